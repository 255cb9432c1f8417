/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "km.h"

#define MATHLIB_STANDALONE 1
#include <Rmath.h>

/* The risk sets of one stratum as time goes by. */
struct sweep {
    const struct km *km; /* its groups are the strata */
    const int32_t *group;
    int32_t *group_of; /* by place in the order, as looking it up by row is slow */
    const struct tta_logrank_options *options;
    struct tta_logrank *t;
    double *at_risk, *leaving; /* by group */
    double n, d;               /* at risk, events */
    double survival, peto;     /* S(t-) of all, and Peto's */
};

/* Persons that a row stands for: whole numbers, so that their sums are exact. */
static double persons(const struct sweep *s, uint32_t row)
{
    struct tta_tally t = {0};

    tta_km_count(s->km, row, &t);
    return tta_km_persons(s->km, &t);
}

static double weight(struct sweep *s)
{
    s->peto *= 1 - s->d / (s->n + 1);
    switch (s->options->weight) {
    case TTA_LOGRANK_GEHAN:
        return s->n;
    case TTA_LOGRANK_TARONE_WARE:
        return sqrt(s->n);
    case TTA_LOGRANK_PETO:
        return s->peto;
    case TTA_LOGRANK_FH:
        break;
    }
    return pow(s->survival, s->options->rho) * pow(1 - s->survival, s->options->gamma);
}

/* The events of one time. */
static void compare(struct sweep *s, const double *events)
{
    struct tta_logrank *t = s->t;
    size_t k = (size_t)t->groups;
    double w = weight(s), scale = 0;

    if (s->n > 1)
        scale = w * w * s->d * (s->n - s->d) / (s->n * (s->n - 1));
    for (size_t i = 0; i < k; i++) {
        t->observed[i] += w * events[i];
        t->expected[i] += w * s->d * s->at_risk[i] / s->n;
        if (s->at_risk[i] <= 0)
            continue;
        for (size_t j = 0; j < k; j++)
            t->variance[i * k + j] += scale * s->at_risk[i] * ((i == j) - s->at_risk[j] / s->n);
    }
    s->survival *= (s->n - s->d) / s->n;
}

static void sweep_stratum(struct sweep *s, struct span span)
{
    const struct tta_time_order *o = &s->km->order;
    size_t k = (size_t)s->t->groups;

    memset(s->at_risk, 0, k * sizeof *s->at_risk);
    s->n = 0;
    s->survival = s->peto = 1;
    for (const uint32_t *p = span.first; p < span.last; p++) {
        double one = persons(s, o->row[*p]);

        if (s->km->in->again == NULL || !s->km->in->again[o->row[*p]])
            s->t->n[s->group_of[*p]] += one;
        if (span.enter == NULL) {
            s->at_risk[s->group_of[*p]] += one;
            s->n += one;
        }
    }
    while (span.first < span.last) {
        double time = o->time[*span.first], *events = s->leaving, *all = s->leaving + k;

        memset(s->leaving, 0, 2 * k * sizeof *s->leaving);
        s->d = 0;
        for (; span.enter < span.enter_last && o->entry[*span.enter] < time; span.enter++) {
            uint32_t row = o->entry_row[*span.enter];
            double one = persons(s, row);

            s->at_risk[s->group[row]] += one;
            s->n += one;
        }
        for (; span.first < span.last && o->time[*span.first] == time; span.first++) {
            int32_t group = s->group_of[*span.first];
            double one = persons(s, o->row[*span.first]), event = s->km->event[*span.first] * one;

            all[group] += one;
            events[group] += event;
            s->d += event;
        }
        if (s->d > 0)
            compare(s, events);
        for (size_t i = 0; i < k; i++) {
            s->at_risk[i] -= all[i];
            s->n -= all[i];
        }
    }
}

/*
 * u' V^-1 u by elimination without exchanges, which a variance does not need. v and u are
 * overwritten; the pivots are left on the diagonal of v.
 */
static double quadratic_form(double *v, double *u, size_t k)
{
    double sum = 0;

    for (size_t i = 0; i < k; i++) {
        double pivot = v[i * k + i];

        for (size_t j = i + 1; j < k; j++) {
            double f = v[j * k + i] / pivot;

            u[j] -= f * u[i];
            for (size_t l = i; l < k; l++)
                v[j * k + l] -= f * v[i * k + l];
        }
        sum += u[i] * u[i] / pivot;
    }
    return sum;
}

/* Is each pivot more than rounding errors of the variance it was? */
static bool pivots_hold(const struct tta_logrank *t, const double *v, const size_t *use, size_t k)
{
    for (size_t i = 0; i < k; i++) {
        size_t g = use[i + 1];

        if (!(v[i * k + i] > 1e-12 * t->variance[g * (size_t)t->groups + g]))
            return false;
    }
    return true;
}

static int test_alike(struct tta_logrank *t, struct tta_error *e)
{
    size_t k = (size_t)t->groups, used = 0;
    size_t *use = malloc(k * sizeof *use);
    double *v = malloc(k * k * sizeof *v), *u = malloc(k * sizeof *u);
    int code = 0;

    if (use == NULL || v == NULL || u == NULL) {
        code = tta_fail_memory(e);
        goto end;
    }
    for (size_t i = 0; i < k; i++)
        if (t->expected[i] > 0)
            use[used++] = i;
    t->df = (double)used - 1;
    for (size_t i = 1; i < used; i++) { /* the first follows from the others */
        u[i - 1] = t->observed[use[i]] - t->expected[use[i]];
        for (size_t j = 1; j < used; j++)
            v[(i - 1) * (used - 1) + j - 1] = t->variance[use[i] * k + use[j]];
    }
    if (used >= 2)
        t->chisq = quadratic_form(v, u, used - 1);
    if (used < 2 || !pivots_hold(t, v, use, used - 1))
        code =
            tta_fail(e, TTA_E_DATA, "the groups were never at risk of an event at the same time");
end:
    free(use);
    free(v);
    free(u);
    return code;
}

static int test_trend(struct tta_logrank *t, const double *score, struct tta_error *e)
{
    size_t k = (size_t)t->groups;
    double sum = 0, variance = 0, size = 0;

    for (size_t i = 0; i < k; i++) {
        sum += score[i] * (t->observed[i] - t->expected[i]);
        for (size_t j = 0; j < k; j++) {
            variance += score[i] * score[j] * t->variance[i * k + j];
            size += fabs(score[i] * score[j] * t->variance[i * k + j]);
        }
    }
    if (!(variance > 1e-12 * size))
        return tta_fail(e, TTA_E_DATA, "the scores of the groups at risk are all the same");
    t->chisq = sum * sum / variance;
    t->df = 1;
    return 0;
}

static int check(const struct km *km, const struct tta_km_input *in, struct tta_error *e)
{
    bool event = false;

    if (in->group == NULL || in->groups < 2)
        return tta_fail(e, TTA_E_DATA, "a test needs two groups or more");
    if (km->fractional)
        return tta_fail(e, TTA_E_DATA,
                        "a weight that is not a whole number: the test is of counts");
    for (size_t i = 0; i < in->n; i++) {
        if (in->group[i] < 0 || in->group[i] >= in->groups)
            return tta_survival_fail_row(e, i, "the group is out of range");
        event = event || in->event[i] == 1;
    }
    return event ? 0 : tta_fail(e, TTA_E_DATA, "there are no events");
}

static int allocate(struct sweep *s, struct tta_error *e)
{
    struct tta_logrank *t = s->t;
    size_t k = (size_t)t->groups;

    t->n = calloc(k, sizeof *t->n);
    t->observed = calloc(k, sizeof *t->observed);
    t->expected = calloc(k, sizeof *t->expected);
    t->variance = calloc(k * k, sizeof *t->variance);
    s->at_risk = malloc(k * sizeof *s->at_risk);
    s->leaving = malloc(2 * k * sizeof *s->leaving);
    s->group_of = malloc(s->km->in->n * sizeof *s->group_of);
    if (t->n == NULL || t->observed == NULL || t->expected == NULL || t->variance == NULL ||
        s->at_risk == NULL || s->leaving == NULL || s->group_of == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < s->km->in->n; i++)
        s->group_of[i] = s->group[s->km->order.row[i]];
    return 0;
}

int tta_logrank(const struct tta_km_input *in, const int32_t *stratum, int32_t strata,
                const struct tta_logrank_options *options, struct tta_logrank *out,
                struct tta_error *e)
{
    static const struct tta_logrank_options usual = {.timefix = true};
    const struct tta_logrank_options *o = options == NULL ? &usual : options;
    const struct tta_km_options order = {.level = 0.95, .timefix = o->timefix};
    struct tta_km_input by_stratum = *in;
    struct km km;
    struct sweep s = {.km = &km, .group = in->group, .options = o, .t = out};
    int code;

    memset(out, 0, sizeof *out);
    out->groups = in->groups;
    by_stratum.group = stratum;
    by_stratum.groups = stratum == NULL ? 1 : strata;
    by_stratum.cluster = NULL;
    by_stratum.goes_on = NULL;
    code = tta_km_prepare(&by_stratum, &order, &km, e);
    if (code == 0)
        code = check(&km, in, e);
    if (code == 0)
        code = allocate(&s, e);
    for (size_t g = 0; code == 0 && g < km.groups; g++) {
        const uint32_t *place = km.place, *enter = km.enter_place;
        struct span span = {place + km.start[g], place + km.start[g + 1], NULL, NULL};

        if (enter != NULL) {
            span.enter = enter + km.start[g];
            span.enter_last = enter + km.start[g + 1];
        }
        sweep_stratum(&s, span);
    }
    if (code == 0)
        code = o->score != NULL ? test_trend(out, o->score, e) : test_alike(out, e);
    if (code == 0)
        out->p_value = pchisq(out->chisq, out->df, 0, 0);
    free(s.at_risk);
    free(s.leaving);
    free(s.group_of);
    tta_km_finish(&km);
    if (code != 0)
        tta_logrank_release(out);
    return code;
}

void tta_logrank_release(struct tta_logrank *t)
{
    free(t->n);
    free(t->observed);
    free(t->expected);
    free(t->variance);
    memset(t, 0, sizeof *t);
}
