/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_SURVIVAL_OUTCOME_H
#define TTA_CMD_SURVIVAL_OUTCOME_H
/* What every subcommand reads of a row: how long, whether it ended, how often. */
#include "tta/tool.h"

struct outcome_args {
    const char *time, *event, *weight;
};

/* The head of the subcommand's record. */
struct outcome_record {
    double time;
    int8_t event;
    struct tta_either event_text;
    int64_t weight;
};

struct outcome {
    size_t n, cap;
    double *time, *weight; /* weight NULL without --weight */
    uint8_t *event;
    char *event_column;      /* of --event, without "=VALUE" */
    const char *event_value; /* of --event=COLUMN=VALUE, or NULL */
    bool weighted, value_seen;
};

#define OUTCOME_OPTIONS(type)                                                                      \
    {.name = "time",                                                                               \
     .value = "COLUMN",                                                                            \
     .kind = TTA_OPT_TEXT,                                                                         \
     .needed = true,                                                                               \
     .offset = offsetof(type, outcome.time),                                                       \
     .help = "how long the row was followed"},                                                     \
    {                                                                                              \
        .name = "event", .value = "COLUMN[=VALUE]", .kind = TTA_OPT_TEXT, .needed = true,          \
        .offset = offsetof(type, outcome.event),                                                   \
        .help = "1 when the event came then, 0 when it had not; or the VALUE that is the event"    \
    }

/* In begin: declares the columns; record starts with a struct outcome_record. */
int outcome_begin(struct tta_run *run, const struct outcome_args *args, struct outcome *o,
                  struct tta_error *e);
/* The next row. */
int outcome_add(struct outcome *o, const struct outcome_record *r, struct tta_error *e);
/* In end: was there anything, and did VALUE occur? */
int outcome_check(const struct outcome *o, struct tta_error *e);
void outcome_release(struct outcome *o);

#endif
