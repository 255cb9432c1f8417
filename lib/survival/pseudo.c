/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Leaving out row i changes nothing behind its time but a factor: at the times before
 * its own there is one person less at risk, at its own one event less where it had one.
 * With P the product of 1 - d/(n - 1), S without i is P before its time t, and behind it
 * P(t-) x (what is left of t's factor) x S / S(t). So all values come from running products and
 * areas.
 *
 * The infinitesimal jackknife in the same way: the derivative of S in the weight of row i
 * is S times the running sum of 1/(n - d) - 1/n before its own time; behind it S times a constant,
 * that sum with -1/n for its own event, or with 1/(n - d) - 1/n when it had none.
 */
#include <math.h>
#include <stdlib.h>

#include "km.h"

struct step_of_curve {
    double time, n, d;
    double s, p;           /* S, and P or the derivative of S, from here on */
    double area_s, area_p; /* under them until here */
    double sum;            /* of the derivative, by S */
};

struct jackknife {
    const struct km *km;
    enum tta_pseudo_kind kind;
    const double *at;
    size_t count;
    double tau, *out;
    struct step_of_curve *steps; /* of one group; [0] is time 0 */
    size_t step_count;
};

/* Area under a curve that has height until its next step; cut at tau. */
static double grow(double area, double height, double from, double until, double tau)
{
    return area + height * (fmin(until, tau) - fmin(from, tau));
}

/* P from now on, or the derivative. */
static double follow(const struct jackknife *j, const struct step_of_curve *before,
                     const struct step_of_curve *now)
{
    double n = now->n, d = now->d;

    if (j->kind == TTA_PSEUDO_INFINITESIMAL)
        return now->s > 0 ? now->s * now->sum : 0;
    return n > 1 ? before->p * fmax(n - 1 - d, 0) / (n - 1) : before->p;
}

static void make_steps(struct jackknife *j, size_t first, size_t last)
{
    const struct km *km = j->km;
    struct step_of_curve *now = j->steps;
    double at_risk = (double)(last - first);

    *now = (struct step_of_curve){.s = 1, .p = j->kind == TTA_PSEUDO_INFINITESIMAL ? 0 : 1};
    while (first < last) {
        double time = km->order.time[km->place[first]], d = 0;
        size_t here = first;

        for (; first < last && km->order.time[km->place[first]] == time; first++)
            d += km->event[km->place[first]];
        now[1] = (struct step_of_curve){
            .time = time,
            .n = at_risk,
            .d = d,
            .s = now->s * (at_risk - d) / at_risk,
            .sum = now->sum + (at_risk > d ? 1 / (at_risk - d) - 1 / at_risk : 0),
            .area_s = grow(now->area_s, now->s, now->time, time, j->tau),
            .area_p = grow(now->area_p, now->p, now->time, time, j->tau)};
        now[1].p = follow(j, now, now + 1);
        at_risk -= (double)(first - here);
        now++;
    }
    j->step_count = (size_t)(now - j->steps) + 1;
}

/* The step that holds at the time. */
static const struct step_of_curve *step_at(const struct jackknife *j, double time)
{
    size_t low = 0, high = j->step_count;

    while (high - low > 1) {
        size_t middle = (low + high) / 2;

        if (j->steps[middle].time <= time)
            low = middle;
        else
            high = middle;
    }
    return &j->steps[low];
}

/* The row's own step without it: the height of the curve from there on. */
static double height_without(const struct step_of_curve *own, bool event)
{
    double n = own->n - 1, d = own->d - event;

    return n > 0 ? own[-1].p * (n - d) / n : own[-1].p;
}

/* The same of the derivative. */
static double height_of_change(const struct step_of_curve *own, bool event)
{
    return own->s > 0 ? own->s * (event ? own[-1].sum - 1 / own->n : own->sum) : 0;
}

static void values(const struct jackknife *j, uint32_t row, const struct step_of_curve *own,
                   double n)
{
    bool event = j->km->in->event[row], small = j->kind == TTA_PSEUDO_INFINITESIMAL;
    double here = small ? height_of_change(own, event) : height_without(own, event);
    double ratio = own->s > 0 ? here / own->s : 0;
    double one = small ? 1 : n, other = small ? n : 1 - n;
    double *out = j->out + (size_t)row * (j->count > 0 ? j->count : 1);

    for (size_t k = 0; k < j->count; k++) {
        const struct step_of_curve *at = step_at(j, j->at[k]);
        double without = at < own ? at->p : own->s > 0 ? at->s * ratio : here;

        out[k] = one * at->s + other * without;
    }
    if (j->count == 0) {
        const struct step_of_curve *end = &j->steps[j->step_count - 1];
        double whole = grow(end->area_s, end->s, end->time, HUGE_VAL, j->tau);
        double behind =
            own->s > 0 ? (whole - own->area_s) * ratio : here * fmax(j->tau - own->time, 0);

        out[0] = one * whole + other * (own->area_p + behind);
    }
}

int tta_pseudo(const struct tta_km_input *in, enum tta_pseudo_kind kind, bool timefix,
               const double *at, size_t count, double tau, double *out, struct tta_error *e)
{
    const struct tta_km_options o = {.level = 0.95, .timefix = timefix};
    struct km km;
    struct jackknife j = {&km, kind, at, count, tau, out, NULL, 0};
    int rc;

    if (in->weight != NULL || in->entry != NULL || in->cluster != NULL || in->tally != NULL)
        return tta_fail(e, TTA_E_USAGE, "pseudo-values are of rows without weights and entries");
    rc = tta_km_prepare(in, &o, &km, e);
    if (rc == 0 && (j.steps = malloc((in->n + 1) * sizeof *j.steps)) == NULL)
        rc = tta_fail_memory(e);
    for (size_t g = 0; rc == 0 && g < km.groups; g++) {
        size_t first = km.start[g], last = km.start[g + 1], own = 1;

        make_steps(&j, first, last);
        for (size_t i = first; i < last; i++) {
            while (j.steps[own].time < km.order.time[km.place[i]])
                own++;
            values(&j, km.order.row[km.place[i]], &j.steps[own], (double)(last - first));
        }
    }
    free(j.steps);
    tta_km_finish(&km);
    return rc;
}
