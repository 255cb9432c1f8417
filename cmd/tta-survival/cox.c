/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tta-survival cox: proportional hazards regression (lib/survival/cox.c) on a design (lib/stat). */
#include <math.h>

#include "covariates.h"
#include "outcome.h"
#include "tta/cox.h"
#include "tta-survival.h"

struct args {
    struct outcome_args outcome;
    struct tta_list x, factor, ref;
    double level;
};

struct state {
    struct outcome outcome;
    struct covariates x;
};

static const struct args defaults = {.level = 0.95};

static const struct tta_option options[] = {
    OUTCOME_OPTIONS(struct args),
    {.name = "x",
     .value = "COLUMN,...",
     .kind = TTA_OPT_LIST,
     .needed = true,
     .offset = offsetof(struct args, x),
     .help = "covariates: numbers as they are, texts as kinds"},
    {.name = "factor",
     .value = "COLUMN,...",
     .kind = TTA_OPT_LIST,
     .offset = offsetof(struct args, factor),
     .help = "covariates whose numbers are names of kinds"},
    {.name = "ref",
     .value = "COLUMN=VALUE,...",
     .kind = TTA_OPT_LIST,
     .offset = offsetof(struct args, ref),
     .help = "the kind the others are compared with [the first in byte order]"},
    {.name = "level",
     .value = "P",
     .kind = TTA_OPT_NUMBER,
     .least = 0,
     .most = 1,
     .offset = offsetof(struct args, level),
     .help = "of the confidence limits [0.95]"},
    {.name = NULL},
};

enum { TERM, COEF, HR, STD_ERR, Z, P, LOWER, UPPER };
static const struct tta_column adds[] = {
    {.name = "term", .type = TTA_TEXT, .help = "COLUMN, or COLUMN=KIND against the reference"},
    {.name = "coef", .type = TTA_NUMBER, .help = "log hazard ratio"},
    {.name = "hr", .type = TTA_NUMBER, .help = "hazard ratio"},
    {.name = "std_err", .type = TTA_NUMBER, .help = "of coef"},
    {.name = "z", .type = TTA_NUMBER, .help = "coef / std_err"},
    {.name = "p", .type = TTA_NUMBER, .help = "two-sided, of z"},
    {.name = "lower", .type = TTA_NUMBER, .help = "confidence limit of hr"},
    {.name = "upper", .type = TTA_NUMBER, .help = "confidence limit of hr"},
    {.name = NULL},
};

static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    int rc = outcome_begin(run, &args->outcome, &state->outcome, e);

    if (rc == 0)
        rc = covariates_begin(run, &args->x, TTA_NULLABLE, &state->x, e);
    if (rc == 0)
        rc = covariates_force(&state->x, &args->factor, "factor", e);
    return rc == 0 ? covariates_force(&state->x, &args->ref, "ref", e) : rc;
}

static int record(struct tta_run *run, struct tta_error *e)
{
    struct state *state = tta_state(run);

    return covariates_add(&state->x, &state->outcome, tta_record(run), tta_row_number(run), e);
}

static int emit(struct tta_run *run, const struct tta_cox_fit *fit, size_t i, const char *term,
                struct tta_error *e)
{
    union tta_slot *own = tta_own(run);

    own[TERM].text = tta_text_of(term);
    own[COEF].number = fit->coef[i];
    own[HR].number = exp(fit->coef[i]);
    own[STD_ERR].number = fit->se[i];
    own[Z].number = fit->z[i];
    own[P].number = fit->p_value[i];
    own[LOWER].number = exp(fit->lower[i]);
    own[UPPER].number = exp(fit->upper[i]);
    return tta_emit(run, e);
}

static int estimate(struct tta_run *run, const struct tta_design *design, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    const struct outcome *o = &((const struct state *)tta_state(run))->outcome;
    struct tta_cox_input in = {.n = o->n,
                               .p = design->p,
                               .time = o->time,
                               .event = o->event,
                               .x = design->x,
                               .terms = (const char *const *)design->shown};
    struct tta_cox_options options_of_fit = {.level = args->level,
                                             .timefix = !args->outcome.no_timefix};
    struct tta_cox_fit fit = {0};
    int rc = tta_cox(&in, &options_of_fit, &fit, e);

    if (rc != 0)
        return rc;
    for (size_t i = 0; rc == 0 && i < design->p; i++)
        rc = emit(run, &fit, i, design->terms[i], e);
    tta_cox_release(&fit);
    return rc;
}

static int end(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    struct tta_design design = {0};
    int rc;

    covariates_note(run, &state->x);
    rc = outcome_check(&state->outcome, e);
    if (rc == 0)
        rc = covariates_finish(&state->x, &args->ref, e);
    if (rc == 0)
        rc = tta_design_make(state->x.v, state->x.reference, state->x.count, state->outcome.n,
                             &design, e);
    if (rc == 0)
        rc = estimate(run, &design, e);
    tta_design_release(&design);
    return rc;
}

static void release(struct tta_run *run)
{
    struct state *state = tta_state(run);

    covariates_release(&state->x);
    outcome_release(&state->outcome);
}

const struct tta_tool tta_survival_cox = {
    .command = "cox",
    .summary = "proportional hazards regression",
    .example = "  tta-survival cox --time=weeks --event=returned --x=arm,age cases.csv",
    .about = "Ties after Efron. Rows without a value for a covariate are left out, and counted\n"
             "on standard error. A hazard ratio above 1 means: the event comes sooner.",
    .shape = TTA_SUMMARY,
    .whole = true,
    .options = options,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .adds = adds,
    .state_size = sizeof(struct state),
    .begin = begin,
    .record = record,
    .end = end,
    .release = release,
};
