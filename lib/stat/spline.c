/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "tta/model.h"

/* A value, and how many rows have it or, once summed, a smaller one. */
struct value {
    double x, rows;
};

static int by_value(const void *a, const void *b)
{
    const struct value *x = a, *y = b;

    return (x->x > y->x) - (x->x < y->x);
}

static double value_at(const struct value *sorted, double place)
{
    while (sorted->rows <= place)
        sorted++;
    return sorted->x;
}

/* R's quantile(x, i / k), type 7 */
static void set_knots(struct tta_spline *s, const struct value *sorted, size_t n)
{
    double rows = sorted[n - 1].rows;

    for (int i = 0; i < 4; i++) {
        s->knot[i] = sorted[0].x;
        s->knot[s->k + 3 + i] = sorted[n - 1].x;
    }
    for (int i = 1; i < s->k; i++) {
        double at = (rows - 1) * ((double)i / s->k), low = floor(at + 4 * 0x1p-52);
        double rest = at - low;

        rest = fabs(rest) < 4 * 0x1p-52 ? 0 : rest;
        s->knot[3 + i] = value_at(sorted, low);
        if (rest > 0 && low + 1 < rows)
            s->knot[3 + i] += rest * (value_at(sorted, low + 1) - value_at(sorted, low));
    }
}

/* The B-splines of the order at x, by de Boor's recursion; there are k + 7 - order of them. */
static void b_splines(const struct tta_spline *s, double x, int order, double *b)
{
    int last = s->k + 6, at = 3;

    while (at < s->k + 2 && x >= s->knot[at + 1])
        at++;
    for (int i = 0; i < last; i++)
        b[i] = i == at;
    for (int m = 2; m <= order; m++)
        for (int i = 0; i + m <= last; i++) {
            double left = s->knot[i + m - 1] - s->knot[i], right = s->knot[i + m] - s->knot[i + 1];

            b[i] = (left > 0 ? (x - s->knot[i]) / left * b[i] : 0) +
                   (right > 0 ? (s->knot[i + m] - x) / right * b[i + 1] : 0);
        }
}

/* Derivatives of the cubic ones, once or twice, from those of a lower order. */
static void derivatives(const struct tta_spline *s, double x, int times, double *b)
{
    int last = s->k + 6;

    b_splines(s, x, 4 - times, b);
    for (int m = 5 - times; m <= 4; m++)
        for (int i = 0; i + m <= last; i++) {
            double left = s->knot[i + m - 1] - s->knot[i], right = s->knot[i + m] - s->knot[i + 1];

            b[i] = (m - 1) * ((left > 0 ? b[i] / left : 0) - (right > 0 ? b[i + 1] / right : 0));
        }
}

/* v -= u (u'v) / u_first, as LINPACK's dqrsl */
static void reflect(const double *u, int first, double *v, int size)
{
    double sum = 0;

    if (!(u[first] > 0 || u[first] < 0))
        return;
    for (int i = first; i < size; i++)
        sum += u[i] * v[i];
    for (int i = first; i < size; i++)
        v[i] -= u[i] * (sum / u[first]);
}

/*
 * No curvature at the ends: the two conditions, without the first B-spline, span
 * a plane, and what is orthogonal to it is the basis. R takes the complement
 * that the QR decomposition gives (LINPACK's Householder vectors); so do we.
 */
static void make_reflections(struct tta_spline *s)
{
    int size = s->k + 2;

    for (int c = 0; c < 2; c++) {
        double *u = s->reflect[c], norm = 0;

        derivatives(s, s->knot[c == 0 ? 0 : s->k + 6], 2, s->row);
        for (int i = 0; i < size; i++)
            u[i] = s->row[i + 1];
        if (c == 1)
            reflect(s->reflect[0], 0, u, size);
        for (int i = c; i < size; i++)
            norm += u[i] * u[i];
        norm = copysign(sqrt(norm), u[c]);
        for (int i = c; i < size; i++)
            u[i] /= norm;
        u[c] += 1;
    }
}

static int check_knots(const struct tta_spline *s, const char *name, struct tta_error *e)
{
    for (int i = 3; i < s->k + 3; i++)
        if (!(s->knot[i] < s->knot[i + 1]))
            return tta_fail(e, TTA_E_DATA, "ns(%s,%d): two of the knots are equal; take fewer",
                            name, s->k);
    return 0;
}

int tta_spline_make(const double *x, const double *count, size_t n, int k, const char *name,
                    struct tta_spline *s, struct tta_error *e)
{
    size_t size = (size_t)k + 7;
    struct value *sorted = malloc((n + 1) * sizeof *sorted);
    int rc = 0;

    *s = (struct tta_spline){.k = k, .knot = malloc(5 * size * sizeof *s->knot)};
    if (sorted == NULL || s->knot == NULL) {
        free(sorted);
        return tta_fail_memory(e);
    }
    s->reflect[0] = s->knot + size;
    s->reflect[1] = s->reflect[0] + size;
    s->row = s->reflect[1] + size;
    s->slope = s->row + size;
    for (size_t i = 0; i < n; i++)
        sorted[i] = (struct value){x[i], count == NULL ? 1 : count[i]};
    qsort(sorted, n, sizeof *sorted, by_value);
    for (size_t i = 1; i < n; i++)
        sorted[i].rows += sorted[i - 1].rows;
    set_knots(s, sorted, n);
    free(sorted);
    rc = check_knots(s, name, e);
    if (rc == 0)
        make_reflections(s);
    return rc;
}

void tta_spline_basis(const struct tta_spline *s, const double *x, size_t n, double *out)
{
    int size = s->k + 2;

    for (size_t i = 0; i < n; i++) {
        double in = fmin(fmax(x[i], s->knot[0]), s->knot[s->k + 6]), out_by = x[i] - in;

        b_splines(s, in, 4, s->row);
        if (out_by < 0 || out_by > 0) { /* a line from the end on */
            derivatives(s, in, 1, s->slope);
            for (int j = 0; j <= size; j++)
                s->row[j] += out_by * s->slope[j];
        }
        reflect(s->reflect[0], 0, s->row + 1, size);
        reflect(s->reflect[1], 1, s->row + 1, size);
        for (int j = 0; j < s->k; j++)
            out[(size_t)j * n + i] = s->row[j + 3];
    }
}

void tta_spline_release(struct tta_spline *s)
{
    free(s->knot);
    *s = (struct tta_spline){0};
}
