/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cox_output.h"

#include <stdlib.h>

enum {
    N,
    EVENTS,
    TIES,
    LOGLIK_NULL,
    LOGLIK,
    LR,
    LR_DF,
    LR_P,
    WALD,
    WALD_DF,
    WALD_P,
    SCORE,
    SCORE_DF,
    SCORE_P,
    CONCORDANCE,
    CONCORDANCE_SE
};
const struct tta_column cox_summary_columns[] = {
    {.name = "n", .type = TTA_INTEGER, .help = "rows in the model"},
    {.name = "events", .type = TTA_INTEGER, .help = "of them"},
    {.name = "ties", .type = TTA_TEXT, .help = "how events at one time were taken"},
    {.name = "loglik_null", .type = TTA_NUMBER, .help = "log partial likelihood without terms"},
    {.name = "loglik", .type = TTA_NUMBER, .help = "and with them"},
    {.name = "lr_chisq", .type = TTA_NUMBER, .help = "likelihood-ratio test of all terms"},
    {.name = "lr_df", .type = TTA_NUMBER, .help = "degrees of freedom"},
    {.name = "lr_p", .type = TTA_NUMBER, .help = "its p"},
    {.name = "wald_chisq", .type = TTA_NUMBER, .help = "Wald test, robust where that was asked"},
    {.name = "wald_df", .type = TTA_NUMBER, .help = "degrees of freedom"},
    {.name = "wald_p", .type = TTA_NUMBER, .help = "its p"},
    {.name = "score_chisq", .type = TTA_NUMBER, .help = "score (log-rank) test"},
    {.name = "score_df", .type = TTA_NUMBER, .help = "degrees of freedom"},
    {.name = "score_p", .type = TTA_NUMBER, .help = "its p"},
    {.name = "concordance", .type = TTA_NUMBER, .help = "pairs in the order that is predicted"},
    {.name = "concordance_se", .type = TTA_NUMBER, .help = "its standard error"},
    {.name = NULL},
};

static void put_test(union tta_slot *own, const struct tta_cox_test *t)
{
    own[0].number = t->statistic;
    own[1].number = t->df;
    own[2].number = t->p_value;
}

int cox_emit_summary(struct tta_run *run, const struct model *m, const struct tta_cox_fit *fit,
                     struct tta_error *e)
{
    struct tta_concordance c;
    union tta_slot *own = tta_own(run);
    int rc = tta_cox_concordance(&m->in, &m->options, fit, &c, e);

    if (rc != 0)
        return rc;
    own[N].integer = (int64_t)fit->n;
    own[EVENTS].integer = (int64_t)fit->events;
    own[TIES].text = tta_text_of(model_ties[m->options.ties]);
    own[LOGLIK_NULL].number = fit->loglik_null;
    own[LOGLIK].number = fit->loglik;
    put_test(own + LR, &fit->likelihood_ratio);
    put_test(own + WALD, &fit->wald);
    put_test(own + SCORE, &fit->score);
    own[CONCORDANCE].number = c.c;
    own[CONCORDANCE_SE].number = c.se;
    return tta_emit(run, e);
}

enum { STRATUM, TIME, N_RISK, N_EVENT, CUMHAZ, SURVIVAL, STD_ERR, LOWER, UPPER };
const struct tta_column cox_curve_columns[] = {
    {.name = "stratum", .type = TTA_TEXT, .help = "\"all\", or COLUMN=VALUE of --strata"},
    {.name = "time", .type = TTA_NUMBER, .help = "of an event"},
    {.name = "n_risk", .type = TTA_NUMBER, .help = "at risk just before the time, weighted"},
    {.name = "n_event", .type = TTA_NUMBER, .help = "events at the time, weighted"},
    {.name = "cumhaz", .type = TTA_NUMBER, .help = "cumulative hazard at these covariates"},
    {.name = "survival", .type = TTA_NUMBER, .help = "exp(-cumhaz)"},
    {.name = "std_err", .type = TTA_NUMBER, .help = "of survival"},
    {.name = "lower", .type = TTA_NUMBER, .help = "confidence limit of survival"},
    {.name = "upper", .type = TTA_NUMBER, .help = "confidence limit of survival"},
    {.name = NULL},
};

/* One row of the variable, with the value of at; number or level are one place to put it. */
static int set_value(struct tta_variable *v, const struct tta_list *at, double *number,
                     int32_t *level, struct tta_error *e)
{
    static const struct tta_number_style plain = {'.', 0};

    for (size_t i = 0; i < at->count; i++) {
        struct tta_text column = {at->items[i], strcspn(at->items[i], "=")};
        const char *value = at->items[i] + column.len;

        if (!tta_text_is(column, v->name) || *value++ != '=')
            continue;
        if (!v->is_factor)
            return tta_double_parse(tta_text_of(value), plain, number) == NULL
                       ? 0
                       : tta_fail(e, TTA_E_USAGE, "--curve: the value of %s is no number", v->name);
        for (int32_t l = 0; l < v->levels.count; l++)
            if (tta_text_is(tta_variable_level(v, l), value)) {
                *level = l;
                return 0;
            }
        return tta_fail(e, TTA_E_DATA, "no row has the value that --curve names for %s", v->name);
    }
    return tta_fail(e, TTA_E_USAGE, "--curve: a value for %s is missing", v->name);
}

/* The design of one row with the values of at, in x. */
static int design_at(const struct model *m, const struct tta_list *at, double *x,
                     struct tta_error *e)
{
    size_t count = m->formula.column_count;
    struct tta_variable *v = malloc((count + 1) * sizeof *v);
    double *number = calloc(count + 1, sizeof *number);
    int32_t *level = calloc(count + 1, sizeof *level);
    struct tta_design d = {0};
    int rc = v == NULL || number == NULL || level == NULL ? tta_fail_memory(e) : 0;

    for (size_t i = 0; rc == 0 && i < count; i++) {
        v[i] = m->columns.v[i];
        v[i].number = &number[i];
        v[i].level = &level[i];
        rc = set_value(&v[i], at, &number[i], &level[i], e);
    }
    if (rc == 0)
        rc = tta_model_design_like(&m->formula, v, m->columns.reference, 1, &m->design, &d, e);
    for (size_t j = 0; rc == 0 && j < d.p; j++)
        x[j] = d.x[j];
    tta_design_release(&d);
    free(v);
    free(number);
    free(level);
    return rc;
}

int cox_emit_curve(struct tta_run *run, const struct model *m, const struct tta_cox_fit *fit,
                   const struct tta_list *at, struct tta_error *e)
{
    struct tta_cox_curve_row *rows = NULL;
    double *x = calloc(m->in.p, sizeof *x);
    size_t count = 0;
    int rc = x == NULL ? tta_fail_memory(e) : at->count == 0 ? 0 : design_at(m, at, x, e);

    if (rc == 0)
        rc = tta_cox_curve(&m->in, &m->options, fit, x, &rows, &count, e);
    for (size_t i = 0; rc == 0 && i < count; i++) {
        union tta_slot *own = tta_own(run);

        own[STRATUM].text = tta_text_of(model_stratum(m, rows[i].stratum));
        own[TIME].number = rows[i].time;
        own[N_RISK].number = rows[i].n_risk;
        own[N_EVENT].number = rows[i].n_event;
        own[CUMHAZ].number = rows[i].cumhaz;
        own[SURVIVAL].number = rows[i].survival;
        own[STD_ERR].number = rows[i].std_err;
        own[LOWER].number = rows[i].lower;
        own[UPPER].number = rows[i].upper;
        rc = tta_emit(run, e);
    }
    free(rows);
    free(x);
    return rc;
}
