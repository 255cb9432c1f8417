/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_RANDOMIZE_SETUP_H
#define TTA_CMD_RANDOMIZE_SETUP_H
/*
 * What draw, verify, check, list and next share: the options that make the plan, the
 * key or the generator of others, and the list as it is read.
 */
#include "tta-randomize.h"
#include "tta/audit.h"

/* The options' values; every form has one as the member "setup" of its struct args. */
struct setup {
    const char *method, *arms, *strata, *unit, *id, *blocks, *probability, *limit, *urn, *factors,
        *measure, *pair, *match, *covariates, *keep, *candidates, *steps, *period;
    bool ratio;
    const char *seed, *key_file;
    int generator, sample_kind, as, storage;
};

extern const char *const setup_generators[]; /* tta-1, r, stata-mt64, stata-kiss32 */
extern const char *const setup_sample_kinds[];
extern const char *const setup_as[];
extern const char *const setup_storages[];

#define SETUP_TEXT(option, member, called, says)                                                   \
    {                                                                                              \
        .name = (option), .value = (called), .kind = TTA_OPT_TEXT,                                 \
        .offset = offsetof(struct args, setup.member), .help = (says)                              \
    }
#define SETUP_CHOICE(option, member, called, list, says)                                           \
    {                                                                                              \
        .name = (option), .value = (called), .kind = TTA_OPT_CHOICE, .choices = (list),            \
        .offset = offsetof(struct args, setup.member), .help = (says)                              \
    }

#define SETUP_KEY                                                                                  \
    SETUP_TEXT("seed", seed, "TEXT", "public seed, such as dice thrown before witnesses"),         \
        SETUP_TEXT("key-file", key_file, "FILE",                                                   \
                   "secret key of 32 bytes, mode 0600, instead of a seed")

#define SETUP_GENERATOR                                                                            \
    SETUP_CHOICE("generator", generator, "tta-1|r|stata-mt64|stata-kiss32", setup_generators,      \
                 "repeat a draw of R or Stata from its --seed [tta-1]"),                           \
        SETUP_CHOICE("sample-kind", sample_kind, "rejection|rounding", setup_sample_kinds,         \
                     "R's sample(): since 3.6.0, or before [rejection]"),                          \
        SETUP_CHOICE("as", as, "r|randomizr", setup_as,                                            \
                     "R's way, or that of package randomizr [r]"),                                 \
        SETUP_CHOICE("storage", storage, "float|double", setup_storages,                           \
                     "how Stata kept runiform() [float]")

/* The plan's settings that a sequence of arrivals can have. */
#define SETUP_SEQUENCE                                                                             \
    SETUP_TEXT("arms", arms, "NAME:N,...",                                                         \
               "the arms, and how many units or which share each gets"),                           \
        SETUP_TEXT("method", method, "METHOD", "how is drawn; see the manual [complete]"),         \
        {.name = "ratio",                                                                          \
         .kind = TTA_OPT_FLAG,                                                                     \
         .offset = offsetof(struct args, setup.ratio),                                             \
         .help = "the numbers of --arms are shares"},                                              \
        SETUP_TEXT("blocks", blocks, "N,...", "sizes of blocks in units"),                         \
        SETUP_TEXT("probability", probability, "P", "of following the biased coin"),               \
        SETUP_TEXT("limit", limit, "N", "largest imbalance of the big stick"),                     \
        SETUP_TEXT("urn", urn, "N:N", "balls of each arm to begin with, and added")

/* All of them. */
#define SETUP_PLAN                                                                                 \
    SETUP_SEQUENCE, SETUP_TEXT("strata", strata, "COLUMN,...", "strata; age<30<50 cuts a number"), \
        SETUP_TEXT("id", id, "COLUMN", "must be another in every row"),                            \
        SETUP_TEXT("unit", unit, "COLUMN", "clusters that are drawn whole"),                       \
        SETUP_TEXT("factors", factors, "COLUMN:WEIGHT,...", "what minimise balances"),             \
        SETUP_TEXT("measure", measure, "range|variance|sd", "of imbalance in minimise"),           \
        SETUP_TEXT("pair", pair, "COLUMN", "the pair a row belongs to"),                           \
        SETUP_TEXT("match", match, "COLUMN,...", "numbers that make pairs"),                       \
        SETUP_TEXT("covariates", covariates, "COLUMN:WEIGHT,...", "what constrained balances"),    \
        SETUP_TEXT("keep", keep, "SHARE", "the best share of allotments"),                         \
        SETUP_TEXT("candidates", candidates, "N", "allotments drawn instead of all"),              \
        SETUP_TEXT("steps", steps, "PERIOD:N,...", "how many clusters cross when"),                \
        SETUP_TEXT("period", period, "COLUMN", "the period of a row")

/* A draw in the making. Zeroed it is empty. */
struct draw {
    struct tta_plan plan;
    struct tta_key key;
    bool replayed;
    struct tta_replay replay;
    struct tta_plan_column *columns; /* that the plan reads */
    size_t column_count, text_count; /* text_count: of them without repeats, for the hash */
    struct tta_units units;
    struct tta_allocation drawn;
    struct tta_digest digest;
};

/* Plan, key and generator from the options. The plan is checked. */
int setup_plan(struct draw *d, const struct setup *s, struct tta_error *e);
int setup_key(struct draw *d, const struct setup *s, struct tta_error *e);

/* The columns that the plan reads; their record begins at the offset of the form's own. */
int setup_columns(struct tta_run *run, struct draw *d, size_t offset, struct tta_error *e);

/* In record: the row becomes a unit. */
int setup_row(struct tta_run *run, struct draw *d, size_t offset, struct tta_error *e);

/* In end. */
int setup_draw(struct draw *d, struct tta_error *e);

/* The entry of this draw, counted, with the hashes of the run's inputs. */
int setup_audit(const struct tta_run *run, struct draw *d, const struct setup *s,
                struct tta_audit *a, struct tta_error *e);

void setup_release(struct draw *d);

#endif
