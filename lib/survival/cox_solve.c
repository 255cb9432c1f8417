/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cox.h"

#include <math.h>
#include <stdlib.h>

#include <lapacke.h>

/*
 * The part of a term's information that the terms before it do not take away,
 * in units of its information at 0. Rounding leaves some 1e-14 of a term that
 * is wholly dependent; R's limit is 1.8e-12.
 */
#define SINGULAR 1e-11

/* Factors the leading k x k part. The _work calls read no environment and allocate nothing. */
static size_t factor_leading(struct tta_cox_solver *s, const double *info, size_t k)
{
    lapack_int rank = 0;

    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            s->factor[i * k + j] = info[i * s->p + j] * s->unit[i] * s->unit[j];
    (void)LAPACKE_dpstrf_work(LAPACK_COL_MAJOR, 'L', (lapack_int)k, s->factor, (lapack_int)k,
                              s->pivot, &rank, SINGULAR, s->work);
    return (size_t)rank;
}

size_t tta_cox_factor(struct tta_cox_solver *s, const double *info)
{
    for (size_t i = 0; i < s->p * s->p; i++)
        if (!isfinite(info[i]))
            return 0;
    return factor_leading(s, info, s->p);
}

void tta_cox_solve(struct tta_cox_solver *s, const double *score, double *step)
{
    lapack_int p = (lapack_int)s->p;

    for (size_t i = 0; i < s->p; i++) {
        int from = s->pivot[i] - 1;

        s->work[i] = score[from] * s->unit[from];
    }
    (void)LAPACKE_dpotrs_work(LAPACK_COL_MAJOR, 'L', p, 1, s->factor, p, s->work, p);
    for (size_t i = 0; i < s->p; i++) {
        int to = s->pivot[i] - 1;

        step[to] = s->work[i] * s->unit[to];
    }
}

void tta_cox_invert(struct tta_cox_solver *s, double *inverse)
{
    lapack_int p = (lapack_int)s->p;

    (void)LAPACKE_dpotri_work(LAPACK_COL_MAJOR, 'L', p, s->factor, p);
    for (size_t i = 0; i < s->p; i++)
        for (size_t j = 0; j <= i; j++) {
            size_t a = (size_t)s->pivot[i] - 1, b = (size_t)s->pivot[j] - 1;
            double v = s->factor[j * s->p + i] * s->unit[a] * s->unit[b];

            inverse[a * s->p + b] = inverse[b * s->p + a] = v;
        }
}

/* Pivots go by size, so the order of the terms is asked for one by one. */
size_t tta_cox_first_dependent(struct tta_cox_solver *s, const double *info)
{
    for (size_t k = 1; k < s->p; k++)
        if (factor_leading(s, info, k) < k)
            return k - 1;
    return s->p - 1;
}

int tta_cox_quadratic(const double *matrix, const double *v, size_t p, double *result,
                      struct tta_error *e)
{
    double *b = malloc((p * p + 5 * p) * sizeof *b), *x = b + p * p + 4 * p;
    int *pivot = malloc(p * sizeof *pivot);
    struct tta_cox_solver s = {.p = p, .factor = b, .unit = b + p * p, .pivot = pivot};
    int code = b == NULL || pivot == NULL ? tta_fail_memory(e) : 0;

    *result = NAN;
    if (code == 0) {
        s.work = s.unit + p;
        for (size_t j = 0; j < p; j++)
            s.unit[j] = matrix[j * p + j] > 0 ? 1 / sqrt(matrix[j * p + j]) : 0;
        if (tta_cox_factor(&s, matrix) == p) {
            tta_cox_solve(&s, v, x);
            *result = 0;
            for (size_t j = 0; j < p; j++)
                *result += v[j] * x[j];
        }
    }
    free(b);
    free(pivot);
    return code;
}
