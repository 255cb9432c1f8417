/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cox.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void clear(const struct tta_cox_input *in, const struct tta_cox_residuals *out)
{
    double *const one[] = {out->martingale, out->deviance};
    double *const many[] = {out->score, out->dfbeta};

    for (size_t i = 0; i < 2; i++)
        if (one[i] != NULL)
            memset(one[i], 0, in->n * sizeof(double));
    for (size_t i = 0; i < 2; i++)
        if (many[i] != NULL)
            memset(many[i], 0, in->n * in->p * sizeof(double));
    for (size_t i = 0; out->schoenfeld != NULL && i < in->n * in->p; i++)
        out->schoenfeld[i] = NAN;
}

static double deviance(double martingale, double event)
{
    double sum = martingale + (event > 0 ? log(event - martingale) : 0);

    return copysign(sqrt(fmax(0, -2 * sum)), martingale);
}

/* dfbeta = covariance x score, of the weighted score */
static void put_dfbeta(const struct tta_cox_input *in, const struct tta_cox_fit *fit,
                       const double *score, size_t row, double *dfbeta)
{
    double w = in->weight == NULL ? 1 : in->weight[row];

    for (size_t j = 0; j < in->p; j++) {
        double sum = 0;

        for (size_t k = 0; k < in->p; k++)
            sum += fit->covariance[j * in->p + k] * score[k];
        dfbeta[j * in->n + row] = w * sum;
    }
}

static void put_row(const struct tta_cox_input *in, const struct tta_cox_data *d,
                    const struct tta_cox_steps *s, const struct tta_cox_fit *fit, size_t block,
                    size_t place, double event, const struct tta_cox_residuals *out, double *score)
{
    size_t row = d->row[place], p = d->p;
    double martingale = event - exp(s->eta[place]) * tta_cox_exposure(d, s, block, place, event);

    if (out->martingale != NULL)
        out->martingale[row] = martingale;
    if (out->deviance != NULL)
        out->deviance[row] = deviance(martingale, event);
    for (size_t j = 0; out->schoenfeld != NULL && event > 0 && j < p; j++)
        out->schoenfeld[j * in->n + row] =
            (d->x[place * p + j] - s->centre[block * p + j]) * d->scale[j];
    if (out->score == NULL && out->dfbeta == NULL)
        return;
    tta_cox_score_residual(d, s, block, place, event, score);
    for (size_t j = 0; j < p; j++)
        score[j] *= d->scale[j];
    for (size_t j = 0; out->score != NULL && j < p; j++)
        out->score[j * in->n + row] = score[j];
    if (out->dfbeta != NULL)
        put_dfbeta(in, fit, score, row, out->dfbeta);
}

int tta_cox_residuals(const struct tta_cox_input *in, const struct tta_cox_options *options,
                      const struct tta_cox_fit *fit, const struct tta_cox_residuals *out,
                      struct tta_error *e)
{
    const struct tta_cox_options *o = options == NULL ? &tta_cox_usual : options;
    struct tta_cox_data d = {0};
    struct tta_cox_steps s = {0};
    double *beta = malloc(2 * in->p * sizeof *beta);
    size_t place = 0;
    int code = beta == NULL ? tta_fail_memory(e) : 0;

    if (code == 0 && o->ties == TTA_TIES_EXACT)
        code = tta_fail(e, TTA_E_USAGE, "there are no residuals for exact ties");
    if (code == 0)
        code = tta_cox_data_make(in, o->timefix, NULL, &d, e);
    if (code == 0) {
        tta_cox_scale_coef(&d, fit->coef, beta);
        code = tta_cox_steps_make(&d, o->ties, beta, &s, e);
    }
    if (code == 0)
        clear(in, out);
    for (size_t b = 0; code == 0 && b < d.blocks; b++)
        for (size_t i = 0; i < d.block[b].rows; i++)
            put_row(in, &d, &s, fit, b, place++, i >= d.block[b].rows - d.block[b].events, out,
                    beta + in->p);
    tta_cox_steps_release(&s);
    tta_cox_data_release(&d);
    free(beta);
    return code;
}
