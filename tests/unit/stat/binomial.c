/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The exact interval: at its ends in closed form, between them by its definition. */
#include <check.h>
#include <math.h>

#include "tta/binomial.h"

Suite *stat_binomial_suite(void);

/* The chance of n or more of of. */
static double at_least(int64_t n, int64_t of, double p)
{
    double sum = 0;

    for (int64_t k = n; k <= of; k++)
        sum += exp(lgamma((double)of + 1) - lgamma((double)k + 1) - lgamma((double)(of - k) + 1) +
                   (double)k * log(p) + (double)(of - k) * log1p(-p));
    return sum;
}

START_TEST(intervals)
{
    double lower, upper;

    for (int64_t of = 1; of <= 60; of++)
        for (int64_t n = 0; n <= of; n++) {
            tta_binomial_interval(n, of, 0.95, &lower, &upper);
            if (n == 0)
                ck_assert_double_eq(lower, 0);
            else
                ck_assert_double_eq_tol(at_least(n, of, lower), 0.025, 1e-9);
            if (n == of)
                ck_assert_double_eq(upper, 1);
            else
                ck_assert_double_eq_tol(1 - at_least(n + 1, of, upper), 0.025, 1e-9);
        }
    tta_binomial_interval(0, 0, 0.95, &lower, &upper);
    ck_assert(lower == 0 && upper == 1);
    tta_binomial_interval(0, 20, 0.95, &lower, &upper);
    ck_assert_double_eq_tol(upper, 1 - pow(0.025, 1.0 / 20), 1e-12);
}
END_TEST

Suite *stat_binomial_suite(void)
{
    Suite *s = suite_create("stat/binomial");
    TCase *t = tcase_create("binomial");

    tcase_add_test(t, intervals);
    suite_add_tcase(s, t);
    return s;
}
