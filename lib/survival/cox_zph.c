/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cox.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "order.h"

/* g at each distinct time of all rows, in order of time. */
struct clock {
    size_t n;
    double *time, *g;
};

static double count_of(const struct tta_cox_input *in, uint32_t row)
{
    return in->count == NULL ? 1 : in->count[row];
}

/* One group of equal times: first..*next-1. Counts rows and events. */
static void count_group(const struct tta_cox_input *in, const struct tta_time_order *o,
                        size_t first, size_t *next, double *rows, double *events)
{
    *rows = *events = 0;
    for (*next = first; *next < o->n && o->time[*next] == o->time[first]; ++*next) {
        double count = count_of(in, o->row[*next]);

        *rows += count;
        *events += in->event[o->row[*next]] ? count : 0;
    }
}

static void run_clock(const struct tta_cox_input *in, const struct tta_time_order *o,
                      enum tta_zph_transform transform, struct clock *c)
{
    double at_risk = 0, before = 0, survival = 1, rows, events;
    size_t entered = 0;

    for (size_t i = 0; o->entry == NULL && i < o->n; i++)
        at_risk += count_of(in, o->row[i]);
    for (size_t i = 0, next; i < o->n; i = next) {
        double t = o->time[i];

        count_group(in, o, i, &next, &rows, &events);
        for (; o->entry != NULL && entered < o->n && o->entry[entered] < t; entered++)
            at_risk += count_of(in, o->entry_row[entered]);
        c->time[c->n] = t;
        c->g[c->n++] = transform == TTA_ZPH_KM     ? 1 - survival
                       : transform == TTA_ZPH_RANK ? before + (rows + 1) / 2
                       : transform == TTA_ZPH_LOG  ? log(t)
                                                   : t;
        if (events > 0)
            survival *= 1 - events / at_risk;
        at_risk -= rows;
        before += rows;
    }
}

static int make_clock(const struct tta_cox_input *in, bool timefix,
                      enum tta_zph_transform transform, struct clock *c, struct tta_error *e)
{
    struct tta_time_order o;
    int code = tta_time_order_spans(in->entry, in->time, in->event, in->n, timefix, &o, e);

    if (code != 0)
        return code;
    c->time = malloc(2 * in->n * sizeof *c->time);
    if (c->time == NULL)
        code = tta_fail_memory(e);
    else {
        c->g = c->time + in->n;
        run_clock(in, &o, transform, c);
    }
    tta_time_order_release(&o);
    return code;
}

static double g_at(const struct clock *c, double time)
{
    size_t low = 0, high = c->n;

    while (high - low > 1) {
        size_t middle = (low + high) / 2;

        if (c->time[middle] <= time)
            low = middle;
        else
            high = middle;
    }
    return c->g[low];
}

/* The information of x and x g together, and the score of x g; that of x is 0. */
struct wide {
    size_t p;
    double *i0, *i1, *i2; /* p x p each: sums of the risk sets' information times 1, g, g^2 */
    double *score;        /* p */
    double *part;         /* of a test: (2 p) x (2 p) */
    double *u;            /* 2 p */
    struct tta_cox_point at;
    double *work;
};

static int wide_init(struct wide *w, const struct tta_cox_data *d, const double *coef,
                     struct tta_error *e)
{
    size_t p = d->p;
    double *b = calloc(8 * p * p + 5 * p + tta_cox_work_size(d), sizeof *b);

    if (b == NULL)
        return tta_fail_memory(e);
    w->p = p;
    w->i0 = b;
    w->i1 = b += p * p;
    w->i2 = b += p * p;
    w->at.info = b += p * p;
    w->part = b += p * p;
    w->score = b += 4 * p * p;
    w->u = b += p;
    w->at.beta = b += 2 * p;
    w->at.score = b += p;
    w->work = b + p;
    tta_cox_scale_coef(d, coef, w->at.beta);
    return 0;
}

static int add_blocks(struct wide *w, const struct tta_cox_data *d, enum tta_ties ties,
                      const struct clock *c, struct tta_error *e)
{
    struct tta_cox_sweep s = tta_cox_sweep(d, w->at.beta, true, w->work);
    double mean = 0;
    int code = 0;

    for (size_t b = 0; b < d->blocks; b++)
        mean += g_at(c, d->block[b].time) * d->block[b].tied / d->events;
    while (code == 0 && tta_cox_sweep_next(&s)) {
        double g = g_at(c, d->block[s.block].time) - mean;

        if (!isfinite(g))
            return tta_fail(e, TTA_E_DATA, "an event at time 0, which has no log");
        tta_cox_point_clear(&w->at, w->p);
        code = tta_cox_add_block(&s, ties, &w->at, e);
        for (size_t j = 0; j < w->p; j++) {
            w->score[j] += g * w->at.score[j];
            for (size_t k = 0; k <= j; k++) {
                double v = w->at.info[j * w->p + k];

                w->i0[j * w->p + k] += v;
                w->i1[j * w->p + k] += g * v;
                w->i2[j * w->p + k] += g * g * v;
            }
        }
    }
    return code;
}

static double at(const double *lower, size_t p, size_t j, size_t k)
{
    return j >= k ? lower[j * p + k] : lower[k * p + j];
}

/* The test of those terms that test_of says, or of all (test NULL). */
static int test(struct wide *w, const size_t *test_of, const size_t *number,
                struct tta_cox_test *out, struct tta_error *e)
{
    size_t p = w->p, m = p;
    double chisq;

    memset(w->u, 0, 2 * p * sizeof *w->u);
    for (size_t j = 0; j < p; j++)
        m += number == NULL || test_of[j] == *number;
    for (size_t j = 0; j < p; j++)
        for (size_t k = 0; k < p; k++)
            w->part[j * m + k] = at(w->i0, p, j, k);
    for (size_t j = 0, to = p; j < p; j++) {
        if (number != NULL && test_of[j] != *number)
            continue;
        w->u[to] = w->score[j];
        for (size_t k = 0; k < p; k++)
            w->part[to * m + k] = w->part[k * m + to] = at(w->i1, p, j, k);
        for (size_t k = 0, from = p; k < p; k++)
            if (number == NULL || test_of[k] == *number)
                w->part[to * m + from++] = at(w->i2, p, j, k);
        to++;
    }
    if (tta_cox_quadratic(w->part, w->u, m, &chisq, e) != 0)
        return e->code;
    *out = tta_cox_chi_square(chisq, m - p);
    return 0;
}

int tta_cox_zph(const struct tta_cox_input *in, const struct tta_cox_options *options,
                const struct tta_cox_fit *fit, enum tta_zph_transform transform,
                const size_t *test_of, size_t tests, struct tta_cox_test *result,
                struct tta_error *e)
{
    const struct tta_cox_options *o = options == NULL ? &tta_cox_usual : options;
    struct tta_cox_data d = {0};
    struct clock c = {0};
    struct wide w = {0};
    int code = make_clock(in, o->timefix, transform, &c, e);

    if (code == 0)
        code = tta_cox_data_make(in, o->timefix, NULL, &d, e);
    if (code == 0)
        code = wide_init(&w, &d, fit->coef, e);
    if (code == 0)
        code = add_blocks(&w, &d, o->ties, &c, e);
    for (size_t i = 0; code == 0 && i < tests; i++)
        code = test(&w, test_of, &i, &result[i], e);
    if (code == 0)
        code = test(&w, NULL, NULL, &result[tests], e);
    tta_cox_data_release(&d);
    free(c.time);
    free(w.i0);
    return code;
}
