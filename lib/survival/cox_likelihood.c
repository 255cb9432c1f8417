/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cox.h"

#include <math.h>
#include <string.h>

/* Events of one weight at a time, each among the whole risk set r: its mean and covariance of x. */
static void add_event(struct tta_cox_point *at, const struct tta_cox_sums *r, double weight,
                      size_t p)
{
    double a = 1 / r->s0, aw = a * weight;

    at->loglik -= weight * log(r->s0);
    for (size_t j = 0; j < p; j++) {
        double mean = r->s1[j] * a, *info = at->info + j * p;
        const double *s2 = r->s2 + j * p;

        at->score[j] -= weight * mean;
        for (size_t k = 0; k <= j; k++)
            info[k] += (s2[k] - mean * r->s1[k]) * aw;
    }
}

/*
 * m events at one time, Efron: the l-th risk set (l = 0..m-1) counts the events
 * (sums t) with weight 1 - f, f = l/m, so that its sums are r - f t. All m are
 * summed by their scalars first, which makes this O(m + p^2), not O(m p^2).
 */
static void add_events(struct tta_cox_point *at, const struct tta_cox_sweep *s, double m, double w)
{
    const struct tta_cox_sums *r = &s->all, *t = &s->tied;
    size_t p = s->d->p;
    double a1 = 0, b1 = 0, a2 = 0, b2 = 0, c2 = 0;

    for (double l = 0; l < m; l++) {
        double f = l / m, s0 = r->s0 - f * t->s0, a = 1 / s0;

        at->loglik -= w * log(s0);
        a1 += a;
        b1 += f * a;
        a2 += a * a;
        b2 += f * a * a;
        c2 += f * f * a * a;
    }
    for (size_t j = 0; j < p; j++) {
        const double *r2 = r->s2 + j * p, *t2 = t->s2 + j * p;
        double *info = at->info + j * p, r1 = r->s1[j], t1 = t->s1[j];

        at->score[j] -= w * (a1 * r1 - b1 * t1);
        for (size_t k = 0; k <= j; k++)
            info[k] += w * (a1 * r2[k] - b1 * t2[k] - r->s1[k] * (a2 * r1 - b2 * t1) -
                            t->s1[k] * (c2 * t1 - b2 * r1));
    }
}

/* What the events of the block have themselves, for the numerator. */
static void add_numerator(struct tta_cox_point *at, const struct tta_cox_sweep *s)
{
    size_t p = s->d->p, events = s->d->block[s->block].events;

    for (size_t i = s->places - events; i < s->places; i++) {
        const double *x = s->d->x + i * p;
        double w = s->d->weight == NULL ? 1 : s->d->weight[i];

        at->loglik += w * (s->eta[i] - s->base);
        for (size_t j = 0; j < p; j++)
            at->score[j] += w * x[j];
    }
}

int tta_cox_add_block(const struct tta_cox_sweep *s, enum tta_ties ties, struct tta_cox_point *at,
                      struct tta_error *e)
{
    const struct tta_cox_block *b = &s->d->block[s->block];

    add_numerator(at, s);
    if (b->tied <= 1 || ties == TTA_TIES_BRESLOW)
        add_event(at, &s->all, b->weight, s->d->p);
    else if (ties == TTA_TIES_EFRON)
        add_events(at, s, b->tied, b->weight / b->tied);
    else
        return tta_cox_add_exact(s, at, e);
    return 0;
}

void tta_cox_point_clear(struct tta_cox_point *at, size_t p)
{
    memset(at->score, 0, p * sizeof *at->score);
    memset(at->info, 0, p * p * sizeof *at->info);
    at->loglik = 0;
}

int tta_cox_evaluate(const struct tta_cox_data *d, enum tta_ties ties, struct tta_cox_point *at,
                     double *work, struct tta_error *e)
{
    size_t p = d->p;
    struct tta_cox_sweep s = tta_cox_sweep(d, at->beta, true, work);
    int code = 0;

    tta_cox_point_clear(at, p);
    while (code == 0 && tta_cox_sweep_next(&s))
        code = tta_cox_add_block(&s, ties, at, e);
    for (size_t j = 0; j < p; j++)
        for (size_t k = 0; k < j; k++)
            at->info[k * p + j] = at->info[j * p + k];
    if (!isfinite(at->loglik))
        at->loglik = -INFINITY;
    return code;
}
