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

/*
 * R 4.2.2: options(digits = 17); binom.test(n, of)$conf.int
 */
START_TEST(as_r)
{
    static const struct {
        int64_t n, of;
        double lower, upper;
    } known[] = {
        {5, 12, 0.1516522298084301, 0.72333031431789419},
        {0, 7, 0, 0.40961639722500343},
        {7, 7, 0.59038360277499657, 1},
        {40, 200, 0.14689448821575884, 0.26222636458960025},
        {61, 200, 0.24201943702359074, 0.37386780453377022},
        {100, 200, 0.42865843090683214, 0.5713415690931678},
        {2500, 10000, 0.24153687618202971, 0.25860894609709317},
    };

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        double lower, upper;

        tta_binomial_interval(known[i].n, known[i].of, 0.95, &lower, &upper);
        ck_assert_double_eq_tol(lower, known[i].lower, 1e-12);
        ck_assert_double_eq_tol(upper, known[i].upper, 1e-12);
    }
}
END_TEST

Suite *stat_binomial_suite(void)
{
    Suite *s = suite_create("stat/binomial");
    TCase *t = tcase_create("binomial");

    tcase_add_test(t, intervals);
    tcase_add_test(t, as_r);
    suite_add_tcase(s, t);
    return s;
}
