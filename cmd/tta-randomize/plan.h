/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_RANDOMIZE_PLAN_H
#define TTA_CMD_RANDOMIZE_PLAN_H
/* The options that make a plan, and the columns that it reads. */
#include "tta/allocate.h"
#include "tta/tool.h"

struct plan_args {
    int method, measure; /* measure -1: not given */
    bool ratio;
    struct tta_list arms, strata, unit, id, blocks, probability, limit, urn, factors, pair, match,
        covariates, keep, candidates, steps, period;
};
#define PLAN_DEFAULTS                                                                              \
    {                                                                                              \
        .measure = -1                                                                              \
    }

#define PLAN_LIST(type, member, shown, text)                                                       \
    {                                                                                              \
        .name = #member, .value = shown, .kind = TTA_OPT_LIST,                                     \
        .offset = offsetof(type, plan.member), .help = text                                        \
    }
#define PLAN_CHOICE(type, member, shown, names, text)                                              \
    {                                                                                              \
        .name = #member, .value = shown, .kind = TTA_OPT_CHOICE, .choices = names,                 \
        .offset = offsetof(type, plan.member), .help = text                                        \
    }

/* Of a struct with a member plan: what a sequence of lots can have. */
#define PLAN_SEQUENCE_OPTIONS(type)                                                                \
    PLAN_CHOICE(type, method, "complete|blocks|...", tta_method_names,                             \
                "complete, blocks, simple, biased-coin, big-stick, urn, minimise, "                \
                "pairs, cluster, constrained or stepped [complete]"),                              \
        PLAN_LIST(type, arms, "NAME:N,...", "the arms and how many units, or which share, each"),  \
        {.name = "ratio",                                                                          \
         .kind = TTA_OPT_FLAG,                                                                     \
         .offset = offsetof(type, plan.ratio),                                                     \
         .help = "the numbers of the arms are shares, not units"},                                 \
        PLAN_LIST(type, blocks, "N,...", "blocks: their sizes in units, drawn when several"),      \
        PLAN_LIST(type, probability, "P",                                                          \
                  "biased-coin, minimise: of the arm that balances [2/3, 0.8]"),                   \
        PLAN_LIST(type, limit, "N", "big-stick: one arm is never further ahead"),                  \
        PLAN_LIST(type, urn, "BALLS:ADDED", "urn: balls of each arm, and added [1:1]")

/* The rest of what minimise can have. */
#define PLAN_FACTOR_OPTIONS(type)                                                                  \
    PLAN_LIST(type, factors, "COLUMN:WEIGHT,...",                                                  \
              "minimise: what to balance; a number is cut as in --strata"),                        \
        PLAN_CHOICE(type, measure, "range|variance|sd", tta_measure_names,                         \
                    "minimise: the imbalance of the counts [range]")

/* All of them. */
#define PLAN_OPTIONS(type)                                                                         \
    PLAN_SEQUENCE_OPTIONS(type), PLAN_FACTOR_OPTIONS(type),                                        \
        PLAN_LIST(type, strata, "COLUMN,...",                                                      \
                  "draw within each kind of these; a number is cut: age<30<50"),                   \
        PLAN_LIST(type, unit, "COLUMN", "rows with the same value are drawn as one"),              \
        PLAN_LIST(type, id, "COLUMN", "refuse a value that comes again"),                          \
        PLAN_LIST(type, pair, "COLUMN", "pairs: rows with the same value are a pair"),             \
        PLAN_LIST(type, match, "COLUMN,...", "pairs: make them, by nearness in these numbers"),    \
        PLAN_LIST(type, covariates, "COLUMN:WEIGHT,...", "constrained: numbers to balance"),       \
        PLAN_LIST(type, keep, "P", "constrained: the best share, to draw one of [0.1]"),           \
        PLAN_LIST(type, candidates, "N", "constrained: draw so many allotments, not all"),         \
        PLAN_LIST(type, steps, "PERIOD:N,...", "stepped: how many units cross in each period"),    \
        PLAN_LIST(type, period, "COLUMN", "stepped: the period of a row")

/* Was any of the options used? */
bool plan_given(const struct plan_args *args);

/* Can it be drawn for units of which nothing is known but their stratum? TTA_E_USAGE. */
int plan_for_unknown(const struct plan_args *args, struct tta_error *e);

/* The plan, checked. */
int plan_make(const struct plan_args *args, struct tta_plan *plan, struct tta_error *e);

/* In begin: its columns declared; the record is the row's cells. */
int plan_columns(struct tta_run *run, const struct tta_plan *plan, struct tta_error *e);

/* Both. */
int plan_begin(struct tta_run *run, const struct plan_args *args, struct tta_plan *plan,
               struct tta_error *e);

#endif
