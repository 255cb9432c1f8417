/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/binomial.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>

void tta_binomial_interval(int64_t n, int64_t of, double level, double *lower, double *upper)
{
    double tail = (1 - level) / 2, yes = (double)n, no = (double)(of - n);

    *lower = n == 0 ? 0 : qbeta(tail, yes, no + 1, 1, 0);
    *upper = n == of ? 1 : qbeta(tail, yes + 1, no, 0, 0);
}
