/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tta-survival rmst: restricted means of groups against each other (lib/survival/rmst.c). */
#include <math.h>
#include <stdlib.h>

#include "rmst_tables.h"
#include "tta-survival.h"

static const struct rmst_args defaults = {.level = 0.95};

static const struct tta_option options[] = {
    OUTCOME_OPTIONS(struct rmst_args),
    OUTCOME_WEIGHT(struct rmst_args, "how many persons the row stands for"),
    {.name = "by",
     .value = "COLUMN",
     .kind = TTA_OPT_TEXT,
     .needed = true,
     .offset = offsetof(struct rmst_args, by),
     .help = "the groups to compare"},
    {.name = "tau",
     .value = "N",
     .kind = TTA_OPT_NUMBER,
     .least = 0,
     .most = INT64_MAX,
     .needed = true,
     .offset = offsetof(struct rmst_args, tau),
     .help = "the mean is of the time until the event, N at the most"},
    {.name = "x",
     .value = "COLUMN,...",
     .kind = TTA_OPT_LIST,
     .offset = offsetof(struct rmst_args, x),
     .help = "adjusted for these: numbers as they are, texts as kinds"},
    {.name = "factor",
     .value = "COLUMN,...",
     .kind = TTA_OPT_LIST,
     .offset = offsetof(struct rmst_args, factor),
     .help = "of --x, those whose numbers are names of kinds"},
    {.name = "ref",
     .value = "COLUMN=VALUE,...",
     .kind = TTA_OPT_LIST,
     .offset = offsetof(struct rmst_args, ref),
     .help = "the group, or kind, that others are compared with [the first]"},
    {.name = "level",
     .value = "P",
     .kind = TTA_OPT_NUMBER,
     .least = 0,
     .most = 1,
     .offset = offsetof(struct rmst_args, level),
     .help = "of the confidence limits [0.95]"},
    {.name = NULL},
};

/* The columns: the group, then the covariates. */
static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct rmst_args *args = tta_args(run);
    struct rmst_state *state = tta_state(run);
    const char *by = args->by;
    struct tta_list all = {NULL, args->x.count + 1}, group = {&by, 1};
    int rc;

    if (args->x.count > 0 && (args->outcome.weight != NULL || args->outcome.entry != NULL))
        return tta_fail(e, TTA_E_USAGE, "--x: no --weight and no --entry in the adjusted means");
    state->names = calloc(all.count, sizeof *state->names);
    if (state->names == NULL)
        return tta_fail_memory(e);
    all.items = state->names;
    all.items[0] = args->by;
    for (size_t i = 0; i < args->x.count; i++)
        all.items[i + 1] = args->x.items[i];
    rc = outcome_begin(run, &args->outcome, &state->outcome, e);
    if (rc == 0)
        rc = covariates_begin(run, &all, TTA_NULLABLE, &state->columns, e);
    if (rc == 0)
        rc = covariates_force(&state->columns, &group, "by", e);
    if (rc == 0)
        rc = covariates_force(&state->columns, &args->factor, "factor", e);
    return rc == 0 ? covariates_force(&state->columns, &args->ref, "ref", e) : rc;
}

static int record(struct tta_run *run, struct tta_error *e)
{
    struct rmst_state *state = tta_state(run);

    return covariates_add(run, &state->columns, &state->outcome, e);
}

static int end(struct tta_run *run, struct tta_error *e)
{
    const struct rmst_args *args = tta_args(run);
    struct rmst_state *state = tta_state(run);
    struct tta_groups groups = {0};
    bool robust;
    int rc;

    covariates_note(run, &state->columns);
    rc = outcome_check(&state->outcome, e);
    if (rc == 0)
        rc = covariates_finish(&state->columns, &args->ref, e);
    if (rc == 0)
        rc = tta_groups_make(state->columns.v, 1, state->outcome.n, &groups, e);
    if (rc == 0 && groups.count < 2)
        rc = tta_fail(e, TTA_E_DATA, "a comparison needs two groups or more");
    if (rc == 0)
        rc = outcome_robust(run, &state->outcome, false, &robust, e);
    if (rc == 0)
        rc = rmst_write(run, args, state, &groups, e);
    tta_groups_release(&groups);
    return rc;
}

static void release(struct tta_run *run)
{
    struct rmst_state *state = tta_state(run);

    covariates_release(&state->columns);
    outcome_release(&state->outcome);
    free(state->names);
}

const struct tta_tool tta_survival_rmst = {
    .command = "rmst",
    .summary = "restricted mean times of groups: differences and ratios, adjusted too",
    .example = "  tta-survival rmst --time=weeks --event=returned --by=arm --tau=52 cases.csv",
    .about = "The mean number of weeks (of the first TAU) before the event, which needs no\n"
             "proportional hazards; and what is lost, TAU less it.",
    .shape = TTA_SUMMARY,
    .whole = true,
    .options = options,
    .drawings = tta_paper,
    .args_size = sizeof(struct rmst_args),
    .defaults = &defaults,
    .adds = rmst_columns,
    .state_size = sizeof(struct rmst_state),
    .begin = begin,
    .record = record,
    .end = end,
    .release = release,
};
