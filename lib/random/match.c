/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pairs by Mahalanobis distance: first greedily, of all pairs that can still be made
 * the nearest one, which leaves the last ones far apart; then two pairs exchange
 * partners wherever that makes the sum of their distances less. (No two pairs can be
 * mended further. The optimal matching can still be better: it mends many at once.)
 */
#include <math.h>
#include <stdlib.h>

#include <lapacke.h>

#include "methods.h"

/* The part of a column's variance that the columns before it do not explain; rounding leaves 1e-15.
 */
#define SINGULAR 1e-10

/* z becomes (x - mean) / sd. */
static int standardise(const struct tta_job *j, double *z, struct tta_error *e)
{
    size_t n = j->n, q = j->plan->match.count;

    for (size_t c = 0; c < q; c++) {
        double mean = 0, squares = 0, largest = 0, sd;

        for (size_t i = 0; i < n; i++)
            mean += j->units->match[i * q + c] / (double)n;
        for (size_t i = 0; i < n; i++) {
            double d = j->units->match[i * q + c] - mean;

            z[i * q + c] = d;
            squares += d * d;
            largest = fmax(largest, fabs(j->units->match[i * q + c]));
        }
        sd = sqrt(squares / (double)(n - 1));
        if (!isfinite(sd))
            return tta_fail(e, TTA_E_DATA, "--match: the numbers of %s are too large",
                            j->plan->match.items[c].column);
        if (sd <= 1e-12 * largest)
            return tta_fail(e, TTA_E_DATA, "--match: %s is the same in all units",
                            j->plan->match.items[c].column);
        for (size_t i = 0; i < n; i++)
            z[i * q + c] /= sd;
    }
    return 0;
}

/* z becomes what has the unit matrix as its covariance: then distances are Mahalanobis'. */
static int whiten(const struct tta_job *j, double *z, double *r, struct tta_error *e)
{
    size_t n = j->n, q = j->plan->match.count;
    lapack_int info;

    for (size_t a = 0; a < q; a++)
        for (size_t b = 0; b <= a; b++) {
            double sum = 0;

            for (size_t i = 0; i < n; i++)
                sum += z[i * q + a] * z[i * q + b];
            r[b * q + a] = sum / (double)(n - 1);
        }
    info = LAPACKE_dpotrf_work(LAPACK_COL_MAJOR, 'L', (lapack_int)q, r, (lapack_int)q);
    for (size_t c = 0; c < q; c++)
        if (info == (lapack_int)c + 1 || r[c * q + c] * r[c * q + c] < SINGULAR)
            return tta_fail(e, TTA_E_DATA, "--match: %s follows from the columns before it",
                            j->plan->match.items[c].column);
    for (size_t i = 0; i < n; i++)
        for (size_t a = 0; a < q; a++) {
            for (size_t b = 0; b < a; b++)
                z[i * q + a] -= r[b * q + a] * z[i * q + b];
            z[i * q + a] /= r[a * q + a];
        }
    return 0;
}

int tta_match_scale(const struct tta_job *j, double **z, struct tta_error *e)
{
    size_t q = j->plan->match.count;
    double *r = calloc(q * q, sizeof *r);
    int rc = 0;

    *z = calloc(j->n * q + 1, sizeof **z);
    if (*z == NULL || r == NULL)
        rc = tta_fail_memory(e);
    if (rc == 0 && j->n > 1)
        rc = standardise(j, *z, e);
    if (rc == 0 && j->n > 1)
        rc = whiten(j, *z, r, e);
    free(r);
    return rc;
}

static double square(const double *z, size_t q, uint32_t a, uint32_t b)
{
    double sum = 0;

    for (size_t c = 0; c < q; c++) {
        double d = z[a * q + c] - z[b * q + c];

        sum += d * d;
    }
    return sum;
}

static double distance(const double *z, size_t q, uint32_t a, uint32_t b)
{
    return sqrt(square(z, q, a, b));
}

struct nearest {
    double distance;
    uint32_t to; /* UINT32_MAX: nobody behind it is free */
};

/* Of the free units behind place i: ties go to the first. */
static struct nearest nearest_behind(const double *z, size_t q, struct tta_things t,
                                     const bool *paired, size_t i)
{
    struct nearest best = {INFINITY, UINT32_MAX};
    double least = INFINITY;

    for (size_t k = i + 1; k < t.n; k++) {
        double d;

        if (paired[k] || (d = square(z, q, t.thing[i], t.thing[k])) >= least)
            continue;
        if (sqrt(d) < best.distance) { /* different squares can have one root: a tie */
            best.distance = sqrt(d);
            best.to = (uint32_t)k;
            least = d;
        }
    }
    return best;
}

/* near becomes everybody's partner. */
static void greedy(const double *z, size_t q, struct tta_things t, struct nearest *near,
                   bool *paired)
{
    for (size_t i = 0; i < t.n; i++)
        near[i] = nearest_behind(z, q, t, paired, i);
    for (size_t left = t.n; left > 0; left -= 2) {
        size_t a = SIZE_MAX;

        for (size_t i = 0; i < t.n; i++) {
            if (paired[i] || near[i].to == UINT32_MAX)
                continue;
            if (paired[near[i].to])
                near[i] = nearest_behind(z, q, t, paired, i);
            if (near[i].to != UINT32_MAX && (a == SIZE_MAX || near[i].distance < near[a].distance))
                a = i;
        }
        near[near[a].to] = (struct nearest){near[a].distance, (uint32_t)a};
        paired[a] = paired[near[a].to] = true;
    }
}

static void pair_up(struct nearest *near, uint32_t a, uint32_t b, double apart)
{
    near[a] = (struct nearest){apart, b};
    near[b] = (struct nearest){apart, a};
}

/* What an exchange must gain, so that rounding alone never is a gain. */
#define GAIN 1e-9

/*
 * Pairs (a, a2) and (b, b2): the better of the two other ways, where one is. When a and b are
 * further apart than both pairs are wide together, each other way is wider by the triangle
 * inequality: so nearly all are done with here.
 */
static bool exchange(const double *z, size_t q, struct tta_things t, struct nearest *near,
                     uint32_t a, uint32_t b)
{
    double now = near[a].distance + near[b].distance;
    double apart = square(z, q, t.thing[a], t.thing[b]), by_b[2], by_b2[2];
    uint32_t a2 = near[a].to, b2 = near[b].to;

    if (apart >= now * now)
        return false;
    by_b[0] = sqrt(apart);
    by_b[1] = distance(z, q, t.thing[a2], t.thing[b2]);
    by_b2[0] = distance(z, q, t.thing[a], t.thing[b2]);
    by_b2[1] = distance(z, q, t.thing[a2], t.thing[b]);
    if (!(fmin(by_b[0] + by_b[1], by_b2[0] + by_b2[1]) < now * (1 - GAIN)))
        return false;
    if (by_b[0] + by_b[1] <= by_b2[0] + by_b2[1]) {
        pair_up(near, a, b, by_b[0]);
        pair_up(near, a2, b2, by_b[1]);
    } else {
        pair_up(near, a, b2, by_b2[0]);
        pair_up(near, a2, b, by_b2[1]);
    }
    return true;
}

/* Of every two pairs, by the places of their first units, until none gain. */
static void mend(const double *z, size_t q, struct tta_things t, struct nearest *near)
{
    bool changed = true;

    while (changed) {
        changed = false;
        for (uint32_t a = 0; a < t.n; a++)
            for (uint32_t b = a + 1; b < t.n && near[a].to > a; b++)
                if (near[b].to > b && exchange(z, q, t, near, a, b))
                    changed = true;
    }
}

int tta_match_pairs(const double *z, size_t width, struct tta_things t, uint32_t *partner,
                    struct tta_error *e)
{
    struct nearest *near = calloc(t.n, sizeof *near);
    bool *paired = calloc(t.n, sizeof *paired);
    int rc = near == NULL || paired == NULL ? tta_fail_memory(e) : 0;

    if (rc == 0) {
        greedy(z, width, t, near, paired);
        mend(z, width, t, near);
    }
    for (size_t i = 0; rc == 0 && i < t.n; i++)
        partner[i] = near[i].to;
    free(near);
    free(paired);
    return rc;
}
