/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cox.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct robust {
    const struct tta_cox_input *in;
    const struct tta_cox_data *d;
    size_t p;
    double *sum;   /* of weighted score residuals: clusters x p, or p */
    double *meat;  /* p x p, lower triangle */
    double *score; /* p */
};

static void add_square(struct robust *r, const double *u, double factor)
{
    for (size_t j = 0; j < r->p; j++)
        for (size_t k = 0; k <= j; k++)
            r->meat[j * r->p + k] += factor * u[j] * u[k];
}

/* Sum over clusters, or rows, of the outer product of their weighted scores. */
static void cook(struct robust *r, const struct tta_cox_steps *s)
{
    const struct tta_cox_data *d = r->d;
    size_t place = 0, p = r->p;

    for (size_t b = 0; b < d->blocks; b++)
        for (size_t i = 0; i < d->block[b].rows; i++, place++) {
            double w = d->weight == NULL ? 1 : d->weight[place];
            uint32_t row = d->row[place];

            tta_cox_score_residual(d, s, b, place, i >= d->block[b].rows - d->block[b].events,
                                   r->score);
            for (size_t j = 0; j < p; j++)
                r->score[j] *= w * d->scale[j];
            if (r->in->cluster == NULL) /* equal persons are so many rows */
                add_square(r, r->score, r->in->count == NULL ? 1 : 1 / r->in->count[row]);
            for (size_t j = 0; r->in->cluster != NULL && j < p; j++)
                r->sum[(size_t)r->in->cluster[row] * p + j] += r->score[j];
        }
    for (int32_t c = 0; r->in->cluster != NULL && c < r->in->clusters; c++)
        add_square(r, r->sum + (size_t)c * p, 1);
}

/* to = V meat V; half is work. */
static void multiply(const double *meat, const double *v, size_t p, double *half, double *to)
{
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j < p; j++) {
            half[i * p + j] = 0;
            for (size_t k = 0; k < p; k++)
                half[i * p + j] += v[i * p + k] * meat[k >= j ? k * p + j : j * p + k];
        }
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = 0;

            for (size_t k = 0; k < p; k++)
                sum += half[i * p + k] * v[k * p + j];
            to[i * p + j] = to[j * p + i] = sum;
        }
}

int tta_cox_sandwich(const double *meat, struct tta_cox_fit *fit, struct tta_error *e)
{
    size_t p = fit->p;
    double *b = malloc((p + 2 * p * p) * sizeof *b), wald;

    if (b == NULL)
        return tta_fail_memory(e);
    fit->robust_se = b;
    fit->robust = b + p;
    multiply(meat, fit->covariance, p, b + p + p * p, fit->robust);
    for (size_t j = 0; j < p; j++)
        fit->robust_se[j] = sqrt(fit->robust[j * p + j]);
    if (tta_cox_quadratic(fit->robust, fit->coef, p, &wald, e) != 0)
        return e->code;
    fit->wald = tta_cox_chi_square(wald, p);
    return 0;
}

int tta_cox_robust(const struct tta_cox_input *in, const struct tta_cox_data *d, enum tta_ties ties,
                   const double *beta, struct tta_cox_fit *fit, struct tta_error *e)
{
    size_t p = in->p, sums = in->cluster == NULL ? 1 : (size_t)in->clusters;
    struct robust r = {.in = in, .d = d, .p = p};
    struct tta_cox_steps s;
    int code = tta_cox_steps_make(d, ties, beta, &s, e);

    if (code != 0)
        return code;
    r.sum = calloc(sums * p + p * p + p, sizeof *r.sum);
    if (r.sum == NULL) {
        code = tta_fail_memory(e);
    } else {
        r.meat = r.sum + sums * p;
        r.score = r.meat + p * p;
        cook(&r, &s);
        code = tta_cox_sandwich(r.meat, fit, e);
    }
    free(r.sum);
    tta_cox_steps_release(&s);
    return code;
}
