/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_SURVIVAL_OUTCOME_H
#define TTA_CMD_SURVIVAL_OUTCOME_H
/* What every subcommand reads of a row: from when to when, whether it ended, whose, how often. */
#include "tta/names.h"
#include "tta/survival.h"
#include "tta/tool.h"

struct outcome_args {
    const char *time, *event, *entry, *weight, *cluster, *id;
    struct tta_list censored;
    bool no_timefix;
    bool causes; /* --event=COLUMN holds the cause; 0, or a value of --censored, is none */
};

/* The head of the subcommand's record. */
struct outcome_record {
    double time, entry, weight;
    struct tta_either event_text;
    struct tta_text cluster, id;
};

/* Where a row stands in the input. */
struct outcome_place {
    const char *file; /* borrowed from the run */
    int64_t line;
};

struct outcome {
    size_t n, cap;
    double *time;
    double *entry;  /* NULL without --entry */
    double *weight; /* NULL without --weight; each above 0 */
    uint8_t *event;
    int32_t
        *cluster; /* NULL without --cluster, unless outcome_robust made it; number in clusters */
    int32_t *id;  /* NULL without --id; number in ids */
    struct outcome_place *place; /* NULL without --id; of each row */
    uint8_t
        *goes_on;   /* NULL without --id, and before outcome_check: the person's next row follows */
    uint8_t *again; /* NULL as goes_on; the person has an earlier row */
    struct tta_tally *tally; /* not NULL: the rows are counts of merged parts */
    bool weighted;           /* of counts */
    bool fractional;         /* of counts, and after outcome_robust: weights not all whole */
    struct tta_names clusters, ids;
    char *event_column;      /* of --event, without "=VALUE" */
    const char *event_value; /* of --event=COLUMN=VALUE, or NULL */
    const struct outcome_args *args;
    bool value_seen;
};

/* A subcommand takes those that it can use. */
#define OUTCOME_TIMES(type)                                                                        \
    {.name = "time",                                                                               \
     .value = "COLUMN",                                                                            \
     .kind = TTA_OPT_TEXT,                                                                         \
     .offset = offsetof(type, outcome.time),                                                       \
     .help = "how long the row was followed (needed)"},                                            \
        {.name = "event",                                                                          \
         .value = "COLUMN[=VALUE]",                                                                \
         .kind = TTA_OPT_TEXT,                                                                     \
         .offset = offsetof(type, outcome.event),                                                  \
         .help = "1 when the event came then, 0 when not, or the VALUE that is it (needed)"},      \
        {.name = "censored",                                                                       \
         .value = "VALUE,...",                                                                     \
         .kind = TTA_OPT_LIST,                                                                     \
         .offset = offsetof(type, outcome.censored),                                               \
         .help = "the other values that may stand there [any]"},                                   \
    {                                                                                              \
        .name = "no-timefix", .kind = TTA_OPT_FLAG, .offset = offsetof(type, outcome.no_timefix),  \
        .help = "times that differ in their last digits stay apart"                                \
    }
#define OUTCOME_OPTIONS(type)                                                                      \
    OUTCOME_TIMES(type),                                                                           \
        {.name = "entry",                                                                          \
         .value = "COLUMN",                                                                        \
         .kind = TTA_OPT_TEXT,                                                                     \
         .offset = offsetof(type, outcome.entry),                                                  \
         .help = "when the row came under observation, before its time [0]"},                      \
    {                                                                                              \
        .name = "id", .value = "COLUMN", .kind = TTA_OPT_TEXT,                                     \
        .offset = offsetof(type, outcome.id),                                                      \
        .help =                                                                                    \
            "whose row it is: one person's rows must not overlap, and are one in robust errors"    \
    }
#define OUTCOME_WEIGHT(type, text)                                                                 \
    {                                                                                              \
        .name = "weight", .value = "COLUMN", .kind = TTA_OPT_TEXT,                                 \
        .offset = offsetof(type, outcome.weight), .help = text                                     \
    }
#define OUTCOME_CLUSTER(type)                                                                      \
    {                                                                                              \
        .name = "cluster", .value = "COLUMN", .kind = TTA_OPT_TEXT,                                \
        .offset = offsetof(type, outcome.cluster),                                                 \
        .help = "rows of one value belong together: robust standard errors"                        \
    }

/* In begin: declares the columns; record starts with a struct outcome_record. */
int outcome_begin(struct tta_run *run, const struct outcome_args *args, struct outcome *o,
                  struct tta_error *e);
/* In record: the next row. */
int outcome_add(const struct tta_run *run, struct outcome *o, const struct outcome_record *r,
                struct tta_error *e);
/* Had the row the event? An error when that cannot be told; of causes: when it is censored. */
int outcome_read_event(const struct outcome *o, const struct outcome_record *r, bool *event,
                       struct tta_error *e);
/* Nearly the value, but not it: Ja, or " ja", for ja; 1.0 for 1. number: the value's, or NAN. */
bool outcome_is_nearly(const struct tta_either *cell, struct tta_text value, double number);
/* In end: was there anything, did VALUE occur, do one person's rows keep apart? */
int outcome_check(struct outcome *o, struct tta_error *e);
/*
 * In end, last: *robust, must the errors be? Asked for, with clusters, with weights that are not
 * whole numbers and with several events of one person, which is said on standard error. Then,
 * without --cluster, the rows of one person (--id) belong together: id becomes cluster.
 */
int outcome_robust(const struct tta_run *run, struct outcome *o, bool asked, bool *robust,
                   struct tta_error *e);
/* With causes: is the cell a censoring? Without --censored that is 0. */
static inline bool outcome_is_censored(const struct outcome_args *args,
                                       const struct tta_either *cell)
{
    for (size_t i = 0; i < args->censored.count; i++)
        if (tta_text_is(cell->text, args->censored.items[i]))
            return true;
    return args->censored.count == 0 && cell->number >= 0 && cell->number <= 0;
}

void outcome_release(struct outcome *o);

#endif
