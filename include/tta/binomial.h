/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_BINOMIAL_H
#define TTA_BINOMIAL_H
/* Shares: how many of so many. */
#include <stdint.h>

/*
 * The exact interval of Clopper and Pearson (1934) for a share that was found as n of
 * of: beta quantiles, as binom.test of R gives it. 0 <= n <= of; level in 0..1. With
 * of 0 it is 0 to 1: nothing is known.
 */
void tta_binomial_interval(int64_t n, int64_t of, double level, double *lower, double *upper);

#endif
