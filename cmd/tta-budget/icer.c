/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tta-budget icer: cost against effect, with a bootstrap over cases (lib/cost/icer.c). */
#include <stdlib.h>

#include "evaluation.h"
#include "icer_rows.h"
#include "study.h"
#include "tta-budget.h"

struct args {
    const char *cost, *effect, *seed, *rate;
    struct tta_list price;
    int64_t draws, price_year;
    int perspective;
    double level, horizon;
};

struct record {
    int32_t arm;
    int64_t cost;
    double effect;
    struct tta_text currency;
};

struct state {
    struct pairs arm[2];
    struct icer_draws draws;
};

static const struct args defaults = {
    .cost = "cost", .effect = "effect", .draws = 2000, .level = 0.95};

static const struct tta_option options[] = {
    {.name = "cost",
     .value = "COLUMN",
     .kind = TTA_OPT_TEXT,
     .offset = offsetof(struct args, cost),
     .help = "kroner of each case [cost]"},
    {.name = "effect",
     .value = "COLUMN",
     .kind = TTA_OPT_TEXT,
     .offset = offsetof(struct args, effect),
     .help = "of each case; 1 for in work and 0 for not [effect]"},
    {.name = "perspective",
     .value = "public|kommune|region|stat",
     .kind = TTA_OPT_CHOICE,
     .choices = evaluation_perspectives,
     .needed = true,
     .offset = offsetof(struct args, perspective),
     .help = "whose money the costs are; for the manifest"},
    {.name = "price-year",
     .value = "YEAR",
     .kind = TTA_OPT_INTEGER,
     .least = 1900,
     .most = 2199,
     .needed = true,
     .offset = offsetof(struct args, price_year),
     .help = "of the costs; for the manifest"},
    {.name = "horizon",
     .value = "YEARS",
     .kind = TTA_OPT_NUMBER,
     .least = 0,
     .most = 1000,
     .needed = true,
     .offset = offsetof(struct args, horizon),
     .help = "of costs and effects; for the manifest"},
    {.name = "rate",
     .value = "RATE|NAME|FILE",
     .kind = TTA_OPT_TEXT,
     .offset = offsetof(struct args, rate),
     .help = "they were discounted at; for the manifest, needed beyond a year"},
    {.name = "wtp",
     .value = "KR,...",
     .kind = TTA_OPT_LIST,
     .offset = offsetof(struct args, price),
     .help = "what one more of the effect may cost: the acceptability curve"},
    {.name = "draws",
     .value = "N",
     .kind = TTA_OPT_INTEGER,
     .least = 1,
     .most = 10000000,
     .offset = offsetof(struct args, draws),
     .help = "of the bootstrap [2000]"},
    {.name = "seed",
     .value = "TEXT",
     .kind = TTA_OPT_TEXT,
     .needed = true,
     .offset = offsetof(struct args, seed),
     .help = "the same text gives the same draws"},
    {.name = "level",
     .value = "P",
     .kind = TTA_OPT_NUMBER,
     .least = 0,
     .most = 1,
     .offset = offsetof(struct args, level),
     .help = "of the intervals [0.95]"},
    {.name = NULL},
};

static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    const struct tta_column columns[] = {
        {.name = "arm",
         .type = TTA_CHOICE,
         .choices = study_arms,
         .offset = offsetof(struct record, arm)},
        {.name = args->cost, .type = TTA_MONEY, .offset = offsetof(struct record, cost)},
        {.name = args->effect, .type = TTA_NUMBER, .offset = offsetof(struct record, effect)},
        {.name = "currency",
         .type = TTA_TEXT,
         .flags = TTA_OPTIONAL,
         .offset = offsetof(struct record, currency)}};
    char horizon[TTA_NUMBER_SIZE];
    int rc = 0;

    if (args->rate == NULL && args->horizon > 1)
        return tta_fail(e, TTA_E_USAGE, "--horizon beyond a year needs --rate; --rate=0 is a rate");
    for (size_t i = 0; rc == 0 && i < 4; i++)
        rc = tta_read_column(run, &columns[i], e);
    if (rc == 0)
        rc = pairs_prices_check(&args->price, e);
    tta_double_write(args->horizon, '.', horizon);
    if (rc == 0)
        rc = evaluation_assume(run, args->perspective, "DKK", args->price_year, horizon, e);
    return rc != 0 ? rc : evaluation_rate(run, args->rate, e);
}

static int record(struct tta_run *run, struct tta_error *e)
{
    const struct record *r = tta_record(run);
    struct state *state = tta_state(run);

    if (evaluation_row_currency(r->currency, "DKK", e) != 0)
        return e->code;
    return pairs_add(&state->arm[r->arm], r->cost, r->effect, e);
}

static int end(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    const struct tta_icer_arm arms[2] = {pairs_arm(&state->arm[0]), pairs_arm(&state->arm[1])};
    struct tta_icer fit;
    struct tta_stream stream;
    struct tta_key key;
    size_t n = (size_t)args->draws;
    struct icer_draws *draws = &state->draws;

    evaluation_note(run);
    if (tta_icer(arms, &fit, e) != 0)
        return e->code;
    *draws = (struct icer_draws){n, calloc(n, sizeof(double)), calloc(n, sizeof(double)),
                                 calloc(n, sizeof(double))};
    if (draws->cost == NULL || draws->effect == NULL || draws->work == NULL)
        return tta_fail_memory(e);
    tta_key_from_text(tta_text_of(args->seed), &key);
    tta_stream_of(&stream, &key, tta_text_of("icer"));
    if (tta_icer_bootstrap(arms, &stream, n, draws->cost, draws->effect, e) != 0)
        return e->code;
    return icer_rows(run, arms, &fit, draws, &args->price, args->level, e);
}

static void release(struct tta_run *run)
{
    struct state *state = tta_state(run);

    for (int i = 0; i < 2; i++)
        pairs_release(&state->arm[i]);
    free(state->draws.cost);
    free(state->draws.effect);
    free(state->draws.work);
}

const struct tta_tool tta_budget_icer = {
    .command = "icer",
    .summary = "cost for one more of the effect, with a bootstrap over cases",
    .example = "  tta-budget icer --effect=in_work --wtp=100000,300000 --perspective=public \\\n"
               "      --price-year=2020 --horizon=1 --seed=2020 cases.csv",
    .about = "An icer whose effect may be on both sides of 0 has no sound interval: see the\n"
             "quadrants, and the net benefit at what one more may cost (--wtp).",
    .shape = TTA_SUMMARY,
    .whole = true,
    .options = options,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .adds = icer_columns,
    .record_size = sizeof(struct record),
    .state_size = sizeof(struct state),
    .begin = begin,
    .record = record,
    .end = end,
    .release = release,
};
