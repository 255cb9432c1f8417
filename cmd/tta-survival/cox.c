/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tta-survival cox: proportional hazards regression (lib/survival/cox.c) on a design (lib/stat). */
#include "cox_output.h"
#include "tta-survival.h"

struct args {
    struct outcome_args outcome;
    struct model_args model;
    struct parts_args parts;
    bool summary, baseline;
    struct tta_list curve, residuals;
};

struct state {
    struct model model;
    struct tta_buffer kept; /* with --residuals: of each row, whether it is in the model */
};

static const struct args defaults = {.model.level = 0.95};

static const struct tta_option options[] = {
    OUTCOME_OPTIONS(struct args),
    MODEL_OPTIONS(struct args),
    OUTCOME_WEIGHT(struct args, "the row's part of the likelihood, above 0"),
    OUTCOME_CLUSTER(struct args),
    {.name = "robust",
     .kind = TTA_OPT_FLAG,
     .offset = offsetof(struct args, model.robust),
     .help = "robust standard errors without --cluster, by person (--id) or row"},
    {.name = "level",
     .value = "P",
     .kind = TTA_OPT_NUMBER,
     .least = 0,
     .most = 1,
     .offset = offsetof(struct args, model.level),
     .help = "of the confidence limits [0.95]"},
    {.name = "summary",
     .kind = TTA_OPT_FLAG,
     .offset = offsetof(struct args, summary),
     .help = "one row: tests of the whole model, and its concordance"},
    {.name = "baseline",
     .kind = TTA_OPT_FLAG,
     .offset = offsetof(struct args, baseline),
     .help = "the hazard where all numbers are 0 and all kinds the reference"},
    {.name = "curve",
     .value = "COLUMN=VALUE,...",
     .kind = TTA_OPT_LIST,
     .offset = offsetof(struct args, curve),
     .help = "predicted survival for these covariates, and in this stratum"},
    {.name = "residuals",
     .value = "KIND,...",
     .kind = TTA_OPT_LIST,
     .offset = offsetof(struct args, residuals),
     .help = "the input, with martingale, deviance, score, dfbeta or schoenfeld residuals"},
    PARTS_OPTIONS(struct args),
    {.name = NULL},
};

static int choose_output(struct tta_run *run, const struct args *args, struct tta_error *e)
{
    static const struct tta_column none[] = {{.name = NULL}};

    if (args->summary + args->baseline + (args->curve.count > 0) + (args->residuals.count > 0) > 1)
        return tta_fail(e, TTA_E_USAGE,
                        "--summary, --baseline, --curve and --residuals: one at a time");
    if (args->summary)
        return tta_set_columns(run, NULL, cox_summary_columns, e);
    if (args->baseline || args->curve.count > 0)
        return tta_set_columns(run, NULL, cox_curve_columns, e);
    if (args->residuals.count == 0)
        return model_set_columns(run, args->model.robust || args->outcome.cluster != NULL, false,
                                 e);
    tta_set_shape(run, TTA_ROWS);
    if (tta_set_columns(run, NULL, none, e) != 0)
        return e->code;
    return cox_check_residuals(&args->residuals, e);
}

static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    int rc = parts_check_options(run, &tta_survival_cox, &args->parts, e);

    if (rc == 0)
        rc = choose_output(run, args, e);
    state->model.parts = &args->parts;
    state->model.needs_rows = args->residuals.count > 0;
    if (rc == 0 && args->residuals.count > 0 && model_counts(&state->model))
        return tta_fail(e, TTA_E_USAGE, "--residuals needs the rows themselves, not counts");
    if (rc == 0)
        rc = model_begin(run, &args->outcome, &args->model, &state->model, e);
    return rc == 0 ? cox_check_curve(&state->model, args->model.strata.count, &args->curve, e) : rc;
}

static int record(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    size_t before = state->model.outcome.n;
    int rc = model_record(run, &state->model, e);

    if (rc != 0 || args->residuals.count == 0)
        return rc;
    if (tta_buffer_char(&state->kept, (char)(state->model.outcome.n - before)) != 0)
        return tta_fail_memory(e);
    return tta_hold(run, e);
}

static int write(struct tta_run *run, const struct tta_cox_fit *fit, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    const struct state *state = tta_state(run);
    const struct model *m = &state->model;
    int rc = 0;

    if (args->summary)
        return cox_emit_summary(run, m, fit, e);
    if (args->baseline || args->curve.count > 0)
        return cox_emit_curve(run, m, fit, args->model.strata.count, &args->curve, e);
    if (args->residuals.count > 0)
        return cox_emit_residuals(run, m, fit, &args->residuals, &state->kept, e);
    if (m->options.robust) /* which may not have been known before */
        rc = model_set_columns(run, true, false, e);
    return rc == 0 ? model_emit(run, fit, &m->design, NULL, e) : rc;
}

static int end(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct model *m = &((struct state *)tta_state(run))->model;
    struct tta_cox_fit fit = {0};
    int rc = model_finish(run, &args->outcome, &args->model, m, e);

    if (rc != 0 || model_is_part(m))
        return rc;
    rc = tta_cox(&m->in, &m->options, &fit, e);
    if (rc == 0)
        rc = write(run, &fit, e);
    tta_cox_release(&fit);
    return rc;
}

static void release(struct tta_run *run)
{
    struct state *state = tta_state(run);

    model_release(&state->model);
    tta_buffer_release(&state->kept);
}

const struct tta_tool tta_survival_cox = {
    .command = "cox",
    .summary = "proportional hazards regression",
    .example = "  tta-survival cox --time=weeks --event=returned --x=arm,age cases.csv",
    .about = "Rows without a value for a covariate are left out, and counted on standard error.\n"
             "A hazard ratio above 1 means: the event comes sooner.",
    .shape = TTA_SUMMARY,
    .whole = true,
    .options = options,
    .drawings = tta_paper,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .adds = model_columns,
    .state_size = sizeof(struct state),
    .begin = begin,
    .record = record,
    .end = end,
    .release = release,
};
