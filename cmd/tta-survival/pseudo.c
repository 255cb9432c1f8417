/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tta-survival pseudo: pseudo-values as columns behind the input (lib/survival/pseudo.c). */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "grouped.h"
#include "tta-survival.h"

struct args {
    struct outcome_args outcome;
    struct tta_list by, at;
    double tau;
    int type; /* enum tta_pseudo_kind */
};

struct state {
    struct grouped g;
    double *at, *values;
    char (*names)[64];
};

static const char *const types[] = {"jackknife", "ij", NULL};

static const struct tta_option options[] = {
    OUTCOME_TIMES(struct args),
    {.name = "by",
     .value = "COLUMN,...",
     .kind = TTA_OPT_LIST,
     .offset = offsetof(struct args, by),
     .help = "of a curve for each value, or combination of values"},
    {.name = "at",
     .value = "TIME,...",
     .kind = TTA_OPT_LIST,
     .offset = offsetof(struct args, at),
     .help = "of the share without the event at these times"},
    {.name = "tau",
     .value = "N",
     .kind = TTA_OPT_NUMBER,
     .least = 0,
     .most = INT64_MAX,
     .offset = offsetof(struct args, tau),
     .help = "or of the mean time without the event, N at the most"},
    {.name = "type",
     .value = "jackknife|ij",
     .kind = TTA_OPT_CHOICE,
     .choices = types,
     .offset = offsetof(struct args, type),
     .help = "leaving the row out, or infinitesimal as R's pseudo [jackknife]"},
    {.name = NULL},
};

/* Columns pseudo_26, pseudo_52; or pseudo_rmst. */
static int add_columns(struct tta_run *run, const struct args *args, struct state *state,
                       struct tta_error *e)
{
    size_t count = args->at.count > 0 ? args->at.count : 1;
    int rc = 0;

    state->names = calloc(count, sizeof *state->names);
    if (state->names == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; rc == 0 && i < count; i++) {
        struct tta_column column = {
            .name = state->names[i], .type = TTA_NUMBER, .help = "pseudo-value"};

        snprintf(state->names[i], sizeof *state->names, "pseudo_%.50s",
                 args->at.count > 0 ? args->at.items[i] : "rmst");
        rc = tta_add_column(run, &column, e);
    }
    return rc;
}

static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    const struct grouped_args grouped = {&args->outcome, &args->by, NULL, NULL};
    int rc;

    if ((args->at.count > 0) == (args->tau > 0))
        return tta_fail(e, TTA_E_USAGE, "either --at=TIME,... or --tau=TIME is needed");
    rc = numbers_of(&args->at, "at", 0, HUGE_VAL, &state->at, e);
    for (size_t i = 1; rc == 0 && i < args->at.count; i++)
        if (!(state->at[i] > state->at[i - 1]))
            rc = tta_fail(e, TTA_E_USAGE, "--at: times must rise");
    if (rc == 0)
        rc = add_columns(run, args, state, e);
    return rc == 0 ? grouped_begin(run, &grouped, &state->g, e) : rc;
}

static int record(struct tta_run *run, struct tta_error *e)
{
    struct state *state = tta_state(run);
    int rc = grouped_add(run, &state->g, e);

    return rc == 0 ? tta_hold(run, e) : rc;
}

/* The mean until tau is one of what was seen. */
static int check_tau(const struct args *args, const struct grouped *g, struct tta_error *e)
{
    const struct tta_km_options o = {
        .level = 0.95, .timefix = !args->outcome.no_timefix, .tau = args->tau};
    struct tta_km_result km = {0};
    int rc = tta_km(&g->in, &o, &km, e);

    if (rc == 0)
        rc = grouped_check_tau(&km, &g->group, args->tau, e);
    tta_km_release(&km);
    return rc;
}

static int end(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    size_t each = args->at.count > 0 ? args->at.count : 1, n = state->g.outcome.n;
    bool done;
    int rc = grouped_finish(run, &state->g, &done, e);

    if (rc == 0 && args->at.count == 0)
        rc = check_tau(args, &state->g, e);
    if (rc == 0 && (state->values = calloc(n * each, sizeof *state->values)) == NULL)
        rc = tta_fail_memory(e);
    if (rc == 0)
        rc = tta_pseudo(&state->g.in, (enum tta_pseudo_kind)args->type, !args->outcome.no_timefix,
                        state->at, args->at.count, args->tau, state->values, e);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        tta_recall(run, i);
        for (size_t j = 0; j < each; j++)
            tta_own(run)[j].number = state->values[i * each + j];
        rc = tta_emit(run, e);
    }
    return rc;
}

static void release(struct tta_run *run)
{
    struct state *state = tta_state(run);

    grouped_release(&state->g);
    free(state->at);
    free(state->values);
    free(state->names);
}

const struct tta_tool tta_survival_pseudo = {
    .command = "pseudo",
    .summary = "pseudo-values of survival or restricted mean, as columns of the input",
    .example = "  tta-survival pseudo --time=weeks --event=returned --tau=52 cases.csv",
    .about = "What each row adds: n times the estimate, less n - 1 times that without the row.\n"
             "Regressed on covariates like any other number, whatever the censoring.",
    .shape = TTA_ROWS,
    .whole = true,
    .options = options,
    .args_size = sizeof(struct args),
    .state_size = sizeof(struct state),
    .begin = begin,
    .record = record,
    .end = end,
    .release = release,
};
