/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_RANDOMIZE_LOTS_H
#define TTA_CMD_RANDOMIZE_LOTS_H
/*
 * What draw, verify, check, list and next share: where the lots come from (a key, or
 * the generator of others), the list as it is read, and the draw itself.
 */
#include "plan.h"
#include "tta/audit.h"

struct source_args {
    const char *seed, *key_file;
    int generator, sample_kind, as, storage;
};
extern const char *const source_generators[];
extern const char *const source_sample_kinds[];
extern const char *const source_as[];
extern const char *const source_storages[];

#define SOURCE_TEXT(type, option, member, shown, text)                                             \
    {                                                                                              \
        .name = option, .value = shown, .kind = TTA_OPT_TEXT,                                      \
        .offset = offsetof(type, source.member), .help = text                                      \
    }
#define SOURCE_CHOICE(type, option, member, shown, names, text)                                    \
    {                                                                                              \
        .name = option, .value = shown, .kind = TTA_OPT_CHOICE, .choices = names,                  \
        .offset = offsetof(type, source.member), .help = text                                      \
    }

/* Of a struct with a member source. */
#define KEY_OPTIONS(type)                                                                          \
    SOURCE_TEXT(type, "seed", seed, "TEXT", "public seed, such as dice thrown before witnesses"),  \
        SOURCE_TEXT(type, "key-file", key_file, "FILE",                                            \
                    "secret key of 32 bytes, mode 0600, instead of a seed")
#define GENERATOR_OPTIONS(type)                                                                    \
    SOURCE_CHOICE(type, "generator", generator, "tta-1|r|stata-mt64|stata-kiss32",                 \
                  source_generators, "repeat a draw of R or Stata [tta-1]"),                       \
        SOURCE_CHOICE(type, "sample-kind", sample_kind, "rejection|rounding", source_sample_kinds, \
                      "R's sample(): since 3.6.0, or before [rejection]"),                         \
        SOURCE_CHOICE(type, "as", as, "r|randomizr", source_as,                                    \
                      "R's own functions, or package randomizr [r]"),                              \
        SOURCE_CHOICE(type, "storage", storage, "float|double", source_storages,                   \
                      "how Stata kept its numbers [float]")

/* Where a row stands, for messages. */
struct place {
    const char *file; /* borrowed from the run */
    int64_t line;
};

/* A draw in the making. Zeroed it is empty. */
struct lots {
    struct tta_plan plan;
    struct tta_key key;
    bool public_seed, replayed;
    struct tta_replay replay;
    size_t column_count, text_count; /* of the plan; text_count: of them without repeats */
    struct tta_units units;
    struct tta_allocation drawn;
    struct tta_digest digest; /* of the cells that the plan reads */
    bool digested;
    const char *arm_column; /* of the list: it and what stands behind is not hashed; NULL: arm */
    struct tta_digest list; /* of all cells of the list */
    struct tta_buffer marks;
    struct tta_audit audit;
};

/* In begin: the key or the generator; the plan is there. */
int lots_source(struct tta_run *run, struct lots *l, const struct source_args *args,
                struct tta_error *e);

/* In begin: the columns of the plan once more, as texts, for the hash of the audit. */
int lots_digest_columns(struct tta_run *run, struct lots *l, struct tta_error *e);

/* Bytes of the record with both: where a column of the form's own can begin. */
size_t lots_record_size(const struct lots *l);

/* In record: the row becomes a unit. */
int lots_row(struct tta_run *run, struct lots *l, struct tta_error *e);

/* Is it a row of list or of a log, whose column stratum, the plan's strata, holds labels? */
bool lots_have_labels(const struct tta_run *run, const struct tta_plan *plan);

/* In end. */
int lots_draw(struct lots *l, struct tta_error *e);

/* The entry of a draw that is done, counted, with the hashes of the run's inputs. */
int lots_audit(const struct tta_run *run, struct lots *l, struct tta_error *e);

/* The columns that draws add; those of this plan; and their values for a row. */
extern const struct tta_column lots_columns[];
int lots_add_columns(struct tta_run *run, const struct tta_plan *plan, struct tta_error *e);
void lots_fill(const struct lots *l, size_t row, union tta_slot *own);

/* The name of a row's arm, or of the period in which it crosses where there are no arms. */
const char *lots_drawn_name(const struct lots *l, size_t row);

void lots_release(struct lots *l);

#endif
