/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cox.h"

#include <math.h>
#include <string.h>

/* x'beta may grow by so much before the sums are taken down by its exp(). */
#define HEADROOM 100

/* Sums of which so little is left by those who leave are made anew: they hold rounding errors. */
#define LEFT_OVER 1e-6

static size_t sums_size(const struct tta_cox_sweep *s)
{
    return s->d->p + (s->second ? s->d->p * s->d->p : 0);
}

static void add_row(struct tta_cox_sums *s, const double *x, double w, size_t p, bool second)
{
    s->s0 += w;
    for (size_t j = 0; j < p; j++) {
        double wx = w * x[j], *s2 = s->s2 + j * p;

        s->s1[j] += wx;
        for (size_t k = 0; second && k <= j; k++)
            s2[k] += wx * x[k];
    }
}

static void scale_sums(struct tta_cox_sums *s, double factor, size_t size)
{
    s->s0 *= factor;
    for (size_t j = 0; j < size; j++)
        s->s1[j] *= factor;
}

static void clear_sums(struct tta_cox_sums *s, size_t size)
{
    s->s0 = 0;
    memset(s->s1, 0, size * sizeof(double));
}

/* exp(eta - base), base made ready for it */
static double weigh(struct tta_cox_sweep *s, double eta)
{
    if (eta > s->base + HEADROOM) {
        double factor = exp(s->base - eta); /* 0 at the first row: base is -infinity */

        scale_sums(&s->here, factor, sums_size(s));
        if (s->d->late != NULL)
            scale_sums(&s->gone, factor, sums_size(s));
        scale_sums(&s->tied, factor, sums_size(s));
        s->peak *= factor;
        s->base = eta;
    }
    return exp(eta - s->base);
}

static double predict(const double *x, const double *beta, size_t p)
{
    double sum = 0;

    for (size_t j = 0; j < p; j++)
        sum += x[j] * beta[j];
    return sum;
}

static double weight_of(const struct tta_cox_sweep *s, size_t place)
{
    return s->d->weight == NULL ? 1 : s->d->weight[place];
}

static double predict_row(const struct tta_cox_sweep *s, size_t place)
{
    double eta = predict(s->d->x + place * s->d->p, s->beta, s->d->p);

    return s->d->offset == NULL ? eta : eta + s->d->offset[place];
}

static void start_sums(struct tta_cox_sweep *s)
{
    clear_sums(&s->here, sums_size(s));
    s->base = -INFINITY;
    s->peak = 0;
    s->at_risk = 0;
}

/* Behind the last event all who had a competing event are there, until their time comes. */
static void gather_gone(struct tta_cox_sweep *s)
{
    const struct tta_cox_data *d = s->d;
    size_t place = s->places, block = s->block;

    clear_sums(&s->gone, sums_size(s));
    do
        for (size_t i = 0; i < d->block[block].rows; i++, place++)
            if (d->late[place] > 0)
                add_row(&s->gone, d->x + place * d->p,
                        d->late[place] * weight_of(s, place) * weigh(s, predict_row(s, place)),
                        d->p, s->second);
    while (++block < d->blocks && !tta_cox_is_first(d, block));
}

static void start_stratum(struct tta_cox_sweep *s)
{
    start_sums(s);
    s->first = s->places;
    if (s->d->late != NULL)
        gather_gone(s);
}

/* The sums of the rows that are in the risk set, from nothing. */
static void make_anew(struct tta_cox_sweep *s)
{
    size_t p = s->d->p;
    double top = -INFINITY;

    for (size_t i = s->first; i < s->places; i++)
        if (s->d->until[i] > s->block)
            top = fmax(top, s->eta[i]);
    start_sums(s);
    s->base = top;
    for (size_t i = s->first; i < s->places; i++)
        if (s->d->until[i] > s->block) {
            add_row(&s->here, s->d->x + i * p, weight_of(s, i) * exp(s->eta[i] - top), p,
                    s->second);
            s->at_risk++;
        }
    s->peak = s->here.s0;
}

static void let_leave(struct tta_cox_sweep *s, size_t leavers)
{
    size_t p = s->d->p;

    s->peak = fmax(s->peak, s->here.s0);
    for (size_t i = 0; i < leavers; i++) {
        const struct tta_cox_data *d = s->d;
        size_t at = s->left++;
        const double *x = d->leaver_x + at * p;
        double eta = predict(x, s->beta, p) + (d->offset == NULL ? 0 : d->leaver_offset[at]);

        add_row(&s->here, x, -(d->weight == NULL ? 1 : d->leaver_weight[at]) * exp(eta - s->base),
                p, s->second);
    }
    s->at_risk -= leavers;
    if (!(s->here.s0 > LEFT_OVER * s->peak))
        make_anew(s);
}

/* Adds n rows to the sums, which are those of s. */
static void add_rows(struct tta_cox_sweep *s, struct tta_cox_sums *sums, size_t n)
{
    size_t p = s->d->p;
    const double *x = s->d->x + s->places * p;

    for (size_t i = s->places; i < s->places + n; i++, x += p) {
        double w;

        s->eta[i] = predict_row(s, i);
        w = weight_of(s, i) * weigh(s, s->eta[i]);
        add_row(sums, x, w, p, s->second);
        if (s->d->late != NULL && s->d->late[i] > 0)
            add_row(&s->gone, x, -s->d->late[i] * w, p, s->second);
    }
    s->places += n;
    s->at_risk += n;
}

size_t tta_cox_work_size(const struct tta_cox_data *d)
{
    return 4 * (d->p + d->p * d->p) + d->rows;
}

struct tta_cox_sweep tta_cox_sweep(const struct tta_cox_data *d, const double *beta, bool second,
                                   double *work)
{
    size_t p = d->p, size = p + p * p;
    struct tta_cox_sweep s = {.d = d,
                              .beta = beta,
                              .second = second,
                              .all = {0, work, work + p},
                              .tied = {0, work + size, work + size + p},
                              .here = {0, work, work + p},
                              .gone = {0, work + 3 * size, work + 3 * size + p},
                              .eta = work + 4 * size};

    memset(work, 0, 4 * size * sizeof *work);
    if (d->late != NULL) /* else all is here */
        s.here = (struct tta_cox_sums){0, work + 2 * size, work + 2 * size + p};
    return s;
}

/* all = here, and those after a competing event. */
static void sum_up(struct tta_cox_sweep *s)
{
    size_t size = sums_size(s);
    double share;

    s->all.s0 = s->here.s0;
    if (s->d->late == NULL)
        return;
    share = s->d->share[s->block];
    s->all.s0 += share * s->gone.s0;
    for (size_t j = 0; j < size; j++)
        s->all.s1[j] = s->here.s1[j] + share * s->gone.s1[j];
}

bool tta_cox_sweep_next(struct tta_cox_sweep *s)
{
    const struct tta_cox_data *d = s->d;
    size_t size = sums_size(s);
    const struct tta_cox_block *b;

    s->block += s->begun;
    s->begun = true;
    if (s->block == d->blocks)
        return false;
    b = &d->block[s->block];
    if (tta_cox_is_first(d, s->block))
        start_stratum(s);
    if (b->leavers > 0)
        let_leave(s, b->leavers);
    add_rows(s, &s->here, b->rows - b->events);
    if (b->tied <= 1) {
        add_rows(s, &s->here, b->events);
    } else {
        clear_sums(&s->tied, size);
        add_rows(s, &s->tied, b->events);
        s->here.s0 += s->tied.s0;
        for (size_t j = 0; j < size; j++)
            s->here.s1[j] += s->tied.s1[j];
    }
    sum_up(s);
    return true;
}
