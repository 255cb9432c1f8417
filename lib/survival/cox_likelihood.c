/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cox.h"

#include <math.h>
#include <string.h>

/* x'beta may grow by so much before the sums are taken down by its exp(). */
#define HEADROOM 100

/* Sums over rows of w, w x and (lower triangle) w x x', where w = exp(x'beta - base). */
struct sums {
    double s0;
    double *s1; /* p */
    double *s2; /* p x p, behind s1 */
};

/*
 * base follows the largest x'beta of the rows so far, so that whatever beta is,
 * no exp() overflows and no risk set's sum is 0: where time and covariate go
 * hand in hand, early and late risk sets are thousands apart in x'beta.
 */
struct risk {
    double base;
    struct sums all;  /* the risk set */
    struct sums tied; /* the events of one time, where there are several */
};

static void add_row(struct sums *s, const double *x, double w, size_t p)
{
    s->s0 += w;
    for (size_t j = 0; j < p; j++) {
        double wx = w * x[j], *s2 = s->s2 + j * p;

        s->s1[j] += wx;
        for (size_t k = 0; k <= j; k++)
            s2[k] += wx * x[k];
    }
}

static void add_sums(struct sums *to, const struct sums *from, size_t p)
{
    to->s0 += from->s0;
    for (size_t j = 0; j < p + p * p; j++)
        to->s1[j] += from->s1[j];
}

static void clear_sums(struct sums *s, size_t p)
{
    s->s0 = 0;
    memset(s->s1, 0, (p + p * p) * sizeof(double));
}

static void scale_sums(struct sums *s, double factor, size_t p)
{
    s->s0 *= factor;
    for (size_t j = 0; j < p + p * p; j++)
        s->s1[j] *= factor;
}

/* exp(eta - base), base made ready for it */
static double weigh(struct risk *r, double eta, size_t p)
{
    if (eta > r->base + HEADROOM) {
        double factor = exp(r->base - eta); /* 0 at the first row: base is -infinity */

        scale_sums(&r->all, factor, p);
        scale_sums(&r->tied, factor, p);
        r->base = eta;
    }
    return exp(eta - r->base);
}

/* One event at a time: the risk set r's mean and covariance of x under w. */
static void add_event(struct tta_cox_point *at, const struct sums *r, size_t p)
{
    double a = 1 / r->s0;

    at->loglik -= log(r->s0);
    for (size_t j = 0; j < p; j++) {
        double mean = r->s1[j] * a, *info = at->info + j * p;
        const double *s2 = r->s2 + j * p;

        at->score[j] -= mean;
        for (size_t k = 0; k <= j; k++)
            info[k] += (s2[k] - mean * r->s1[k]) * a;
    }
}

/*
 * m events at one time, Efron: the l-th risk set (l = 0..m-1) counts the events
 * (sums t) with weight 1 - f, f = l/m, so that its sums are r - f t. All m are
 * summed by their scalars first, which makes this O(m + p^2), not O(m p^2).
 */
static void add_events(struct tta_cox_point *at, const struct sums *r, const struct sums *t,
                       size_t m, size_t p)
{
    double a1 = 0, b1 = 0, a2 = 0, b2 = 0, c2 = 0;

    for (size_t l = 0; l < m; l++) {
        double f = (double)l / (double)m, s0 = r->s0 - f * t->s0, a = 1 / s0;

        at->loglik -= log(s0);
        a1 += a;
        b1 += f * a;
        a2 += a * a;
        b2 += f * a * a;
        c2 += f * f * a * a;
    }
    for (size_t j = 0; j < p; j++) {
        const double *r2 = r->s2 + j * p, *t2 = t->s2 + j * p;
        double *info = at->info + j * p, r1 = r->s1[j], t1 = t->s1[j];

        at->score[j] -= a1 * r1 - b1 * t1;
        for (size_t k = 0; k <= j; k++)
            info[k] += a1 * r2[k] - b1 * t2[k] - r->s1[k] * (a2 * r1 - b2 * t1) -
                       t->s1[k] * (c2 * t1 - b2 * r1);
    }
}

static double predict(const double *x, const double *beta, size_t p)
{
    double sum = 0;

    for (size_t j = 0; j < p; j++)
        sum += x[j] * beta[j];
    return sum;
}

/* All blocks, the risk set growing from the last event back to the first. */
static void add_blocks(const struct tta_cox_data *d, struct tta_cox_point *at, struct risk *r)
{
    size_t p = d->p;
    const double *x = d->x;

    for (size_t i = 0; i < d->blocks; i++) {
        size_t events = d->block[i].events;
        struct sums *dead = events == 1 ? &r->all : &r->tied;

        for (size_t n = d->block[i].rows - events; n > 0; n--, x += p)
            add_row(&r->all, x, weigh(r, predict(x, at->beta, p), p), p);
        for (size_t n = events; n > 0; n--, x += p) {
            double eta = predict(x, at->beta, p);

            at->loglik += eta;
            for (size_t j = 0; j < p; j++)
                at->score[j] += x[j];
            add_row(dead, x, weigh(r, eta, p), p);
        }
        at->loglik -= (double)events * r->base;
        if (events == 1) {
            add_event(at, &r->all, p);
            continue;
        }
        add_sums(&r->all, &r->tied, p);
        add_events(at, &r->all, &r->tied, events, p);
        clear_sums(&r->tied, p);
    }
}

size_t tta_cox_work_size(const struct tta_cox_data *d)
{
    return 2 * (d->p + d->p * d->p);
}

void tta_cox_evaluate(const struct tta_cox_data *d, struct tta_cox_point *at, double *work)
{
    size_t p = d->p, size = p + p * p;
    struct risk r = {-INFINITY, {0, work, work + p}, {0, work + size, work + size + p}};

    memset(work, 0, 2 * size * sizeof *work);
    memset(at->score, 0, p * sizeof *at->score);
    memset(at->info, 0, p * p * sizeof *at->info);
    at->loglik = 0;
    add_blocks(d, at, &r);
    for (size_t j = 0; j < p; j++)
        for (size_t k = 0; k < j; k++)
            at->info[k * p + j] = at->info[j * p + k];
    if (!isfinite(at->loglik))
        at->loglik = -INFINITY;
}
