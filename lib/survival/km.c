/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "km.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void tta_km_count(const struct km *km, uint32_t row, struct tta_tally *t)
{
    const struct tta_km_input *in = km->in;

    if (in->tally != NULL) {
        tta_tally_add(t, &in->tally[row]);
        return;
    }
    t->rows++;
    if (km->weighted) {
        tta_exact_add(&t->weight, in->weight[row]);
        if (km->robust)
            tta_exact_add(&t->weight2, in->weight[row] * in->weight[row]);
    }
}

double tta_km_persons(const struct km *km, const struct tta_tally *t)
{
    return km->weighted ? tta_exact_value(&t->weight) : (double)t->rows;
}

void tta_tally_add(struct tta_tally *t, const struct tta_tally *other)
{
    t->rows += other->rows;
    tta_exact_add_sum(&t->weight, &other->weight);
    tta_exact_add_sum(&t->weight2, &other->weight2);
}

static void take_off(struct tta_tally *from, const struct tta_tally *t)
{
    from->rows -= t->rows;
    tta_exact_subtract(&from->weight, &t->weight);
    tta_exact_subtract(&from->weight2, &t->weight2);
}

/*
 * Sums of 1/(n - k) and 1/(n - k)^2 over k = 0 .. d-1. Many equal steps by
 * Euler and Maclaurin's formula, which from 100 up has no error a double can show.
 */
static void harmonic(double n, double d, double *first, double *second)
{
    double from = n - d, gap; /* terms 1/(from + 1) .. 1/n */

    *first = *second = 0;
    for (; from < n && (from < 100 || n - from < 100); from++) {
        *first += 1 / (from + 1);
        *second += 1 / ((from + 1) * (from + 1));
    }
    if (from >= n)
        return;
    gap = n - from;
    *first += log1p(gap / from) - gap / (2 * from * n) + (1 / (from * from) - 1 / (n * n)) / 12 -
              (pow(from, -4) - pow(n, -4)) / 120;
    *second += gap / (from * n) - (1 / (from * from) - 1 / (n * n)) / 2 +
               (pow(from, -3) - pow(n, -3)) / 6 - (pow(from, -5) - pow(n, -5)) / 30;
}

/* The state of a curve as time goes by. */
struct curve {
    const struct km *km;
    struct tta_tally at_risk, events, others;
    double survival, cumhaz;
    double variance, cumhaz_variance; /* of log S and of the cumulative hazard, Greenwood's way */
    struct influence *of_survival, *of_hazard; /* NULL unless robust */
    double time;
};

/* d events among n at risk. */
static void step(struct curve *c, double n, double d)
{
    struct step s = {0, 0}, hazard = {1 / n, d / n / n};

    if (c->km->options->estimator == TTA_KM_FLEMING_HARRINGTON) {
        double first, second;

        harmonic(n, d, &first, &second);
        c->cumhaz += first;
        c->cumhaz_variance += second;
        hazard.event = n * second / d;
        hazard.at_risk = second;
    } else {
        c->cumhaz += d / n;
        c->cumhaz_variance += d / (n * n);
    }
    if (c->km->options->estimator == TTA_KM_KAPLAN_MEIER) {
        c->survival *= (n - d) / n;
        c->variance += d / (n * (n - d)); /* infinite when nobody is left, and S then 0 */
        if (n > d)
            s = (struct step){1 / (n - d), d / (n * (n - d))};
    } else {
        c->survival = exp(-c->cumhaz);
        c->variance = c->cumhaz_variance;
        s = hazard;
    }
    if (c->of_survival != NULL) {
        tta_influence_step(c->of_survival, s);
        tta_influence_step(c->of_hazard, hazard);
    }
}

/* Those who leave at one time: first .. last-1. */
static void leave(struct curve *c, const uint32_t *first, const uint32_t *last)
{
    const struct km *km = c->km;
    struct tta_tally going[2] = {c->others, c->events};

    for (const uint32_t *p = first; c->of_survival != NULL && p < last; p++) {
        tta_influence_leave(c->of_survival, km->order.row[*p]);
        tta_influence_leave(c->of_hazard, km->order.row[*p]);
    }
    for (int event = 0; event < 2; event++) {
        if (c->of_survival != NULL) {
            tta_influence_left(c->of_survival, &going[event], event == 1);
            tta_influence_left(c->of_hazard, &going[event], event == 1);
        }
        take_off(&c->at_risk, &going[event]);
    }
}

static void set_errors(const struct curve *c, struct tta_km_row *r)
{
    double variance = c->variance, hazard = c->cumhaz_variance;

    if (c->of_survival != NULL) {
        variance = c->survival > 0 ? tta_influence_variance(c->of_survival) : 0;
        hazard = tta_influence_variance(c->of_hazard);
    }
    r->std_err = r->survival * sqrt(variance); /* Greenwood: NaN once S is 0 */
    r->cumhaz_std_err = sqrt(hazard);
    tta_km_limits(r, sqrt(variance), c->km->options->conf_type, c->km->z);
}

/* The area under the curve grows until the next time, or tau. */
static void stay(struct curve *c, double until, struct tta_km_group *g)
{
    double tau = c->km->options->tau, length = fmin(until, tau) - fmin(c->time, tau);

    g->mean += c->survival * length;
    if (c->of_survival != NULL)
        tta_influence_stay(c->of_survival, c->survival, length);
    c->time = until;
}

/* R's survmean: Greenwood's terms, each with the square of the area to come. */
static double mean_variance(const struct tta_km_row *rows, size_t count, double tau)
{
    double area = 0, variance = 0, until = tau;

    for (size_t i = count; i-- > 0;) {
        const struct tta_km_row *r = &rows[i];
        double left = r->n_risk - r->n_event;

        if (r->time > tau)
            continue;
        area += r->survival * (until - r->time);
        until = r->time;
        if (left > 0)
            variance += area * area * r->n_event / (r->n_risk * left);
    }
    return variance;
}

/* The entries before the time. An influence begins where the row does. */
static void enter(struct curve *c, struct span *s, double time, struct tta_km_group *g)
{
    const struct tta_time_order *o = &c->km->order;

    for (; s->enter < s->enter_last && o->entry[*s->enter] < time; s->enter++) {
        uint32_t row = o->entry_row[*s->enter];

        tta_km_count(c->km, row, &c->at_risk);
        if (c->of_survival == NULL)
            continue;
        stay(c, o->entry[*s->enter], g);
        tta_influence_enter(c->of_survival, row);
        tta_influence_enter(c->of_hazard, row);
    }
}

static void count_leavers(struct curve *c, struct span *s)
{
    const struct km *km = c->km;
    double time = km->order.time[*s->first];

    memset(&c->events, 0, sizeof c->events);
    memset(&c->others, 0, sizeof c->others);
    for (; s->first < s->last && km->order.time[*s->first] == time; s->first++) {
        uint32_t row = km->order.row[*s->first];

        tta_km_count(km, row, km->event[*s->first] ? &c->events : &c->others);
    }
}

/* Of those without the event, the ones who do not go on in another row. */
static double censored(const struct curve *c, const uint32_t *first, const uint32_t *last)
{
    const struct km *km = c->km;
    struct tta_tally t = {0};

    if (km->in->goes_on == NULL)
        return tta_km_persons(km, &c->others);
    for (; first < last; first++) {
        uint32_t row = km->order.row[*first];

        if (!km->event[*first] && !km->in->goes_on[row])
            tta_km_count(km, row, &t);
    }
    return tta_km_persons(km, &t);
}

/* One group. Returns the row after the last one written. */
static struct tta_km_row *draw(struct curve *c, struct span s, struct tta_km_group *g,
                               struct tta_km_row *r)
{
    const struct km *km = c->km;
    const struct span whole = s;
    struct tta_km_row *first = r;

    if (c->of_survival != NULL) {
        tta_influence_start(c->of_survival, &s);
        tta_influence_start(c->of_hazard, &s);
    }
    for (const uint32_t *p = s.first; s.enter == NULL && p < s.last; p++)
        tta_km_count(km, km->order.row[*p], &c->at_risk);
    while (s.first < s.last) {
        const uint32_t *here = s.first;
        double time = km->order.time[*here];

        enter(c, &s, time, g);
        stay(c, time, g);
        count_leavers(c, &s);
        *r = (struct tta_km_row){.time = time,
                                 .n_risk = tta_km_persons(km, &c->at_risk),
                                 .n_event = tta_km_persons(km, &c->events),
                                 .n_censor = censored(c, here, s.first)};
        if (c->events.rows > 0)
            step(c, r->n_risk, r->n_event);
        leave(c, here, s.first);
        r->survival = c->survival;
        r->cumhaz = c->cumhaz;
        set_errors(c, r);
        g->last = time;
        r++;
    }
    if (km->options->tau > 0) {
        stay(c, km->options->tau, g);
        g->mean_std_err = sqrt(c->of_survival != NULL
                                   ? tta_influence_mean_variance(c->of_survival, &whole)
                                   : mean_variance(first, (size_t)(r - first), km->options->tau));
    }
    return r;
}

static size_t count_times(const struct km *km, size_t group)
{
    size_t count = 0;

    for (size_t i = km->start[group]; i < km->start[group + 1]; i++)
        count += i == km->start[group] ||
                 km->order.time[km->place[i]] != km->order.time[km->place[i - 1]];
    return count;
}

static void draw_group(const struct km *km, struct influence *const of[2], size_t group,
                       struct tta_km_result *out)
{
    struct curve c = {.km = km, .survival = 1, .of_survival = of[0], .of_hazard = of[1]};
    struct tta_km_group *g = &out->groups[group];
    struct tta_km_row *r = out->rows + g->first, *end;
    struct span s = {km->place + km->start[group], km->place + km->start[group + 1], NULL, NULL};
    struct tta_tally all = {0}, events = {0};

    if (km->enter_place != NULL) {
        s.enter = km->enter_place + km->start[group];
        s.enter_last = km->enter_place + km->start[group + 1];
    }
    for (const uint32_t *p = s.first; p < s.last; p++)
        if (km->in->again == NULL || !km->in->again[km->order.row[*p]])
            tta_km_count(km, km->order.row[*p], &all);
    for (const uint32_t *p = s.first; p < s.last; p++)
        if (km->event[*p])
            tta_km_count(km, km->order.row[*p], &events);
    g->rows = all.rows;
    g->n = tta_km_persons(km, &all);
    g->n_event = tta_km_persons(km, &events);
    end = draw(&c, s, g, r);
    for (; r < end; r++)
        r->group = (int32_t)group;
    if (!(km->options->tau > 0))
        g->mean = g->mean_std_err = NAN;
    g->mean_lower = g->mean - km->z * g->mean_std_err;
    g->mean_upper = g->mean + km->z * g->mean_std_err;
}

/* Where rows only go on there is nothing to say. */
static void leave_out_quiet(struct tta_km_result *r)
{
    size_t to = 0;

    for (size_t g = 0; g < r->group_count; g++) {
        struct tta_km_group *group = &r->groups[g];
        size_t first = to;

        for (size_t i = group->first; i < group->first + group->count; i++)
            if (r->rows[i].n_event > 0 || r->rows[i].n_censor > 0)
                r->rows[to++] = r->rows[i];
        group->first = first;
        group->count = to - first;
    }
    r->count = to;
}

int tta_km(const struct tta_km_input *in, const struct tta_km_options *options,
           struct tta_km_result *out, struct tta_error *e)
{
    static const struct tta_km_options usual = {.level = 0.95, .timefix = true};
    struct influence *of[2] = {NULL, NULL};
    struct km km;
    int code;

    memset(out, 0, sizeof *out);
    code = tta_km_prepare(in, options == NULL ? &usual : options, &km, e);
    if (code == 0 && (out->groups = calloc(km.groups, sizeof *out->groups)) == NULL)
        code = tta_fail_memory(e);
    for (size_t g = 0; code == 0 && g < km.groups; g++) {
        out->groups[g].first = out->count;
        out->groups[g].count = count_times(&km, g);
        out->count += out->groups[g].count;
    }
    out->group_count = km.groups;
    if (code == 0 && (out->rows = malloc(out->count * sizeof *out->rows)) == NULL)
        code = tta_fail_memory(e);
    for (int i = 0; code == 0 && km.robust && i < 2; i++)
        code = tta_influence_new(&km, &of[i], e);
    for (size_t g = 0; code == 0 && g < km.groups; g++)
        draw_group(&km, of, g, out);
    if (code == 0 && in->goes_on != NULL)
        leave_out_quiet(out);
    tta_influence_free(of[0]);
    tta_influence_free(of[1]);
    tta_km_finish(&km);
    if (code != 0)
        tta_km_release(out);
    return code;
}

void tta_km_release(struct tta_km_result *r)
{
    free(r->rows);
    free(r->groups);
    memset(r, 0, sizeof *r);
}
