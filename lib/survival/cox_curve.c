/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "cox.h"
#include "order.h"

/* The variance of the cumulative hazard that the coefficients' own brings: d'V d. */
static double variance_of_coef(const struct tta_cox_data *d, const struct tta_cox_fit *fit,
                               const double *part)
{
    const double *v = fit->robust != NULL ? fit->robust : fit->covariance;
    double sum = 0;

    for (size_t j = 0; j < d->p; j++)
        for (size_t k = 0; k < d->p; k++)
            sum += part[j] * d->scale[j] * v[j * d->p + k] * part[k] * d->scale[k];
    return sum;
}

/* x: as scaled; then p doubles of work. */
static void fill(const struct tta_cox_data *d, const struct tta_cox_steps *s,
                 const struct tta_cox_fit *fit, double *x, double z, struct tta_cox_curve_row *rows)
{
    size_t p = d->p, to = 0;
    double eta = 0, *part = x + p;

    for (size_t j = 0; j < p; j++)
        eta += x[j] * fit->coef[j] * d->scale[j];
    for (size_t first = 0, end; first < d->blocks; first = end) {
        for (end = first + 1; end < d->blocks && !tta_cox_is_first(d, end);)
            end++;
        for (size_t b = end; b-- > first; to++) { /* blocks are latest first */
            double hazard = s->hazard[b] * exp(eta), se;

            for (size_t j = 0; j < p; j++)
                part[j] = x[j] * s->hazard[b] - s->mean[b * p + j];
            se = sqrt(s->variance[b] + variance_of_coef(d, fit, part)) * exp(eta);
            rows[to] = (struct tta_cox_curve_row){.stratum = d->block[b].stratum,
                                                  .time = d->block[b].time,
                                                  .n_risk = s->n_risk[b],
                                                  .n_event = d->block[b].weight,
                                                  .cumhaz = hazard,
                                                  .survival = exp(-hazard),
                                                  .std_err = exp(-hazard) * se,
                                                  .lower = exp(-hazard - z * se),
                                                  .upper = fmin(1, exp(-hazard + z * se))};
        }
    }
}

/* Where rows weigh, or stand for several persons, that is what is at risk. */
static void weigh_risk_sets(const struct tta_cox_data *d, struct tta_cox_steps *s)
{
    size_t place = 0, gone = 0;
    long double at_risk = 0;

    for (size_t b = 0; b < d->blocks; b++) {
        if (tta_cox_is_first(d, b))
            at_risk = 0;
        for (size_t i = 0; i < d->block[b].leavers; i++)
            at_risk -= d->weight[d->leaver[gone++]];
        for (size_t i = 0; i < d->block[b].rows; i++)
            at_risk += d->weight[place++];
        s->n_risk[b] = (double)at_risk;
    }
}

int tta_cox_curve(const struct tta_cox_input *in, const struct tta_cox_options *options,
                  const struct tta_cox_fit *fit, const double *x, struct tta_cox_curve_row **rows,
                  size_t *count, struct tta_error *e)
{
    const struct tta_cox_options *o = options == NULL ? &tta_cox_usual : options;
    struct tta_cox_data d = {0};
    struct tta_cox_steps s = {0};
    double *work = malloc(3 * in->p * sizeof *work), z;
    int code = work == NULL ? tta_fail_memory(e) : tta_survival_quantile(o->level, &z, e);

    *rows = NULL;
    *count = 0;
    if (code == 0 && o->ties == TTA_TIES_EXACT)
        code = tta_fail(e, TTA_E_USAGE, "there is no baseline hazard for exact ties");
    if (code == 0)
        code = tta_cox_data_make(in, o->timefix, NULL, &d, e);
    if (code == 0) {
        tta_cox_scale_coef(&d, fit->coef, work);
        code = tta_cox_steps_curve(&d, o->ties, work, &s, e);
    }
    if (code == 0 && (*rows = malloc(d.blocks * sizeof **rows)) == NULL)
        code = tta_fail_memory(e);
    if (code == 0) {
        *count = d.blocks;
        for (size_t j = 0; j < in->p; j++)
            work[j] = (x[j] - d.centre[j]) / d.scale[j];
        if (d.weight != NULL)
            weigh_risk_sets(&d, &s);
        fill(&d, &s, fit, work, z, *rows);
    }
    tta_cox_steps_release(&s);
    tta_cox_data_release(&d);
    free(work);
    return code;
}
