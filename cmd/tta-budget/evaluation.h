/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_BUDGET_EVALUATION_H
#define TTA_CMD_BUDGET_EVALUATION_H
/*
 * What an economic evaluation must state (CHEERS 2022): whose money, prices of
 * which year, discounted how and from when. The manifest names it all.
 */
#include "tta/cost_activity.h"
#include "tta/tool.h"

struct evaluation_args {
    const char *index, *rate;
    int64_t price_year, first_year, horizon;
    int perspective, timing;
};
#define EVALUATION_DEFAULTS                                                                        \
    {                                                                                              \
        .index = "cpi", .perspective = -1                                                          \
    }

/* "public": all payers. */
extern const char *const evaluation_perspectives[];

#define EVALUATION_OPTION(S, n, v, k, m, h)                                                        \
    {                                                                                              \
        .name = n, .value = v, .kind = k, .offset = offsetof(S, evaluation.m), .help = h           \
    }
/* Of a command that always discounts; EVALUATION_OPTIONS_SAID: with its own texts. */
#define EVALUATION_OPTIONS(S)                                                                      \
    EVALUATION_OPTIONS_SAID(                                                                       \
        S, "needed; discount: 0 for none, 0.04, fm2013, fm2021",                                   \
        "needed; year 0 of the discounting",                                                       \
        "needed; from --first-year on; what comes later is left out, and said")
#define EVALUATION_OPTIONS_SAID(S, rate_help, first_help, horizon_help)                            \
    {.name = "perspective",                                                                        \
     .value = "public|kommune|region|stat",                                                        \
     .kind = TTA_OPT_CHOICE,                                                                       \
     .choices = evaluation_perspectives,                                                           \
     .needed = true,                                                                               \
     .offset = offsetof(S, evaluation.perspective),                                                \
     .help = "whose money is added up"},                                                           \
        {.name = "price-year",                                                                     \
         .value = "YEAR",                                                                          \
         .kind = TTA_OPT_INTEGER,                                                                  \
         .least = 1900,                                                                            \
         .most = 2199,                                                                             \
         .needed = true,                                                                           \
         .offset = offsetof(S, evaluation.price_year),                                             \
         .help = "amounts come in prices of that year"},                                           \
        EVALUATION_OPTION(S, "index", "NAME|FILE", TTA_OPT_TEXT, index, "price index [cpi]"),      \
        EVALUATION_OPTION(S, "rate", "RATE|NAME|FILE", TTA_OPT_TEXT, rate, rate_help),             \
        {.name = "first-year",                                                                     \
         .value = "YEAR",                                                                          \
         .kind = TTA_OPT_INTEGER,                                                                  \
         .least = 1900,                                                                            \
         .most = 2199,                                                                             \
         .offset = offsetof(S, evaluation.first_year),                                             \
         .help = first_help},                                                                      \
        {.name = "horizon",                                                                        \
         .value = "YEARS",                                                                         \
         .kind = TTA_OPT_INTEGER,                                                                  \
         .least = 1,                                                                               \
         .most = 100,                                                                              \
         .offset = offsetof(S, evaluation.horizon),                                                \
         .help = horizon_help},                                                                    \
    {                                                                                              \
        .name = "timing", .value = "start|middle|end", .kind = TTA_OPT_CHOICE,                     \
        .choices = tta_flow_timing_names, .offset = offsetof(S, evaluation.timing),                \
        .help = "when in its year an amount falls [start]"                                         \
    }

struct evaluation {
    struct tta_price_index index;
    struct tta_discount rate;
    bool discounts;
    unsigned payers;   /* a bit each */
    int64_t last_year; /* of the horizon; INT64_MAX: it has no end */
    int64_t beyond;    /* rows that were left out, with evaluation_beyond() */
};

/*
 * Loads the documents and names them, and what is assumed, in the manifest. A rate needs
 * a horizon: that of the options, or the text.
 */
int evaluation_begin(struct tta_run *run, const struct evaluation_args *args,
                     const char *horizon_or_null, struct evaluation *out, struct tta_error *e);
/* For the manifest. */
int evaluation_year(struct tta_run *run, const char *key, int64_t year, struct tta_error *e);
/* A rate that was used before: a number or a document; NULL: none. */
int evaluation_rate(struct tta_run *run, const char *rate, struct tta_error *e);
int evaluation_assume(struct tta_run *run, int perspective, const char *currency,
                      int64_t price_year, const char *horizon, struct tta_error *e);

/* Does the year, or the day, lie behind the horizon? Then the row is counted as left out. */
bool evaluation_beyond(struct evaluation *evaluation, int64_t year);
bool evaluation_beyond_day(struct evaluation *evaluation, tta_date day);
/* The last day of a horizon that has an end. */
tta_date evaluation_last_day(const struct evaluation *evaluation);

/* Says on standard error that sums are without the rows that were rejected, when some were. */
void evaluation_note(const struct tta_run *run);
/* The same of so many rows, and what they are, that lie behind the horizon. */
void evaluation_note_beyond(const struct tta_run *run, const char *what, int64_t rows,
                            const struct evaluation *evaluation);

/* Of a row, where its column currency says one (else ptr is NULL). TTA_E_DATA: not that. */
int evaluation_row_currency(struct tta_text given, const char *currency, struct tta_error *e);
/* TTA_E_CONFIG: not that of the price index. */
int evaluation_currency(const struct evaluation *evaluation, const char *currency,
                        struct tta_error *e);

#endif
