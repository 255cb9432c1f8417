/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tta-survival test: are the groups alike? (lib/survival/logrank.c) */
#include <math.h>
#include <stdlib.h>

#include "test_tables.h"
#include "tta-survival.h"

struct args {
    struct outcome_args outcome;
    struct tta_list by, strata, scores;
    struct parts_args parts;
    int weights;
    double rho, gamma;
    bool trend, variance;
};

struct state {
    struct grouped g;
    double *score;
};

static const char *const weights[] = {"log-rank", "gehan", "tarone-ware", "peto", NULL};

static const struct tta_option options[] = {
    OUTCOME_OPTIONS(struct args),
    OUTCOME_WEIGHT(struct args, "how many persons the row stands for (whole numbers)"),
    {.name = "by",
     .value = "COLUMN,...",
     .kind = TTA_OPT_LIST,
     .offset = offsetof(struct args, by),
     .help = "the groups to compare (needed)"},
    {.name = "strata",
     .value = "COLUMN,...",
     .kind = TTA_OPT_LIST,
     .offset = offsetof(struct args, strata),
     .help = "compared only with those of the same value"},
    {.name = "test",
     .value = "log-rank|gehan|tarone-ware|peto",
     .kind = TTA_OPT_CHOICE,
     .choices = weights,
     .offset = offsetof(struct args, weights),
     .help = "the weight of a time [log-rank]"},
    {.name = "rho",
     .value = "N",
     .kind = TTA_OPT_NUMBER,
     .least = -1,
     .most = 1000,
     .offset = offsetof(struct args, rho),
     .help = "weight S(t-)^N: above 0, early differences count more [0]"},
    {.name = "gamma",
     .value = "N",
     .kind = TTA_OPT_NUMBER,
     .least = -1,
     .most = 1000,
     .offset = offsetof(struct args, gamma),
     .help = "and (1 - S(t-))^N: above 0, late differences count more [0]"},
    {.name = "trend",
     .kind = TTA_OPT_FLAG,
     .offset = offsetof(struct args, trend),
     .help = "for a trend over the groups in their order"},
    {.name = "scores",
     .value = "SCORE,...",
     .kind = TTA_OPT_LIST,
     .offset = offsetof(struct args, scores),
     .help = "of the groups, for --trend [1,2,...]"},
    {.name = "variance",
     .kind = TTA_OPT_FLAG,
     .offset = offsetof(struct args, variance),
     .help = "instead: the covariances of observed - expected"},
    PARTS_OPTIONS(struct args),
    {.name = NULL},
};

static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    const struct grouped_args grouped = {&args->outcome, &args->by, &args->strata, &args->parts};
    bool fh = isgreater(args->rho, 0) || isless(args->rho, 0) || isgreater(args->gamma, 0) ||
              isless(args->gamma, 0);
    int rc = parts_check_options(run, &tta_survival_test, &args->parts, e);

    if (rc != 0)
        return rc;
    if (fh && args->weights != 0)
        return tta_fail(e, TTA_E_USAGE, "--rho and --gamma are weights of --test=log-rank");
    if (args->by.count == 0 && !args->parts.merge)
        return tta_fail(e, TTA_E_USAGE, "--by=COLUMN,... is needed");
    if (args->variance && args->trend)
        return tta_fail(e, TTA_E_USAGE, "--variance is of the groups, without --trend");
    if (args->scores.count > 0 && !args->trend)
        return tta_fail(e, TTA_E_USAGE, "--scores goes with --trend");
    rc = numbers_of(&args->scores, "scores", -1e15, 1e15, &state->score, e);
    if (rc == 0 && args->variance)
        rc = tta_set_columns(run, NULL, test_variance_columns, e);
    return rc == 0 ? grouped_begin(run, &grouped, &state->g, e) : rc;
}

static int record(struct tta_run *run, struct tta_error *e)
{
    struct state *state = tta_state(run);

    return grouped_add(run, &state->g, e);
}

/* The scores as many as the groups: 1, 2, ... unless given. */
static int complete_scores(struct state *state, size_t scores, struct tta_error *e)
{
    size_t groups = (size_t)state->g.group.count;
    double *grown;

    if (scores > 0)
        return scores == groups
                   ? 0
                   : tta_fail(e, TTA_E_USAGE, "--scores: %zu for %zu groups", scores, groups);
    grown = realloc(state->score, (groups + 1) * sizeof *grown);
    if (grown == NULL)
        return tta_fail_memory(e);
    state->score = grown;
    for (size_t i = 0; i < groups; i++)
        grown[i] = (double)i + 1;
    return 0;
}

static int end(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    struct grouped *g = &state->g;
    struct tta_logrank_options o = {.weight = (enum tta_logrank_weight)args->weights,
                                    .rho = args->rho,
                                    .gamma = args->gamma,
                                    .timefix = !args->outcome.no_timefix};
    struct tta_logrank t = {0};
    bool done;
    int rc = grouped_finish(run, g, &done, e);

    if (rc != 0 || done)
        return rc;
    if (rc == 0 && args->trend)
        rc = complete_scores(state, args->scores.count, e);
    o.score = args->trend ? state->score : NULL;
    if (rc == 0)
        rc = tta_logrank(&g->in, g->stratum.of_row, g->stratum.count, &o, &t, e);
    if (rc == 0)
        rc = args->variance ? test_write_variance(run, g, &t, e) : test_write(run, g, &t, e);
    tta_logrank_release(&t);
    return rc;
}

static void release(struct tta_run *run)
{
    struct state *state = tta_state(run);

    grouped_release(&state->g);
    free(state->score);
}

const struct tta_tool tta_survival_test = {
    .command = "test",
    .summary = "are the groups alike: log-rank and its family, stratified, for trend",
    .example = "  tta-survival test --time=weeks --event=returned --by=arm --strata=sex cases.csv",
    .about = "One row for every group; chisq, df and p stand in each.",
    .shape = TTA_SUMMARY,
    .whole = true,
    .options = options,
    .drawings = tta_paper,
    .args_size = sizeof(struct args),
    .adds = test_columns,
    .state_size = sizeof(struct state),
    .begin = begin,
    .record = record,
    .end = end,
    .release = release,
};
