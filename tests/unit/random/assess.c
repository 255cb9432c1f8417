/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs against all sequences there are, guesses against Blackwell and Hodges. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "tta/assess.h"

Suite *random_assess_suite(void);

/* Mean and variance of the runs of all orders of 3 + 4, and of 2 + 2 + 3, by counting them. */
START_TEST(runs_by_enumeration)
{
    static const int sizes[2][3] = {{3, 4, 0}, {2, 2, 3}};
    struct tta_runs r;
    struct tta_error e = {0};
    double n = 0, sum = 0, squares = 0;

    for (int code = 0; code < 2187; code++) { /* 3^7 */
        uint16_t arm[7];
        int count[3] = {0}, rest = code;

        for (int i = 0; i < 7; i++, rest /= 3)
            count[arm[i] = (uint16_t)(rest % 3)]++;
        if (memcmp(count, sizes[_i], sizeof count) != 0)
            continue;
        ck_assert_int_eq(tta_runs_test(arm, 7, 3, &r, &e), 0);
        n++;
        sum += (double)r.runs;
        squares += (double)(r.runs * r.runs);
    }
    ck_assert_double_eq(n, _i == 0 ? 35 : 210);
    ck_assert_double_eq_tol(r.expected, sum / n, 1e-12);
    ck_assert_double_eq_tol(r.variance, squares / n - sum * sum / n / n, 1e-12);
}
END_TEST

/*
 * By hand: AABBBABBAA, 5 and 5, 5 runs: expected 6, variance 2*25*40/(100*9) = 20/9,
 * z = -1/sqrt(20/9) = -0.67082; R 4.2.2: 2*pnorm(-1/sqrt(20/9)) = 0.5023349543605021.
 */
START_TEST(runs_by_hand)
{
    static const uint16_t arm[] = {0, 0, 1, 1, 1, 0, 1, 1, 0, 0};
    struct tta_runs r;
    struct tta_error e = {0};

    ck_assert_int_eq(tta_runs_test(arm, 10, 2, &r, &e), 0);
    ck_assert_uint_eq(r.runs, 5);
    ck_assert_double_eq_tol(r.expected, 6, 1e-15);
    ck_assert_double_eq_tol(r.variance, 20.0 / 9, 1e-14);
    ck_assert_double_eq_tol(r.p, 0.5023349543605021, 1e-14);
    ck_assert_int_eq(tta_runs_test(arm, 2, 2, &r, &e), 0); /* one arm only: nothing to test */
    ck_assert(isnan(r.p));
    ck_assert_int_eq(tta_runs_test(arm, 0, 2, &r, &e), 0);
    ck_assert_uint_eq(r.runs, 0);
}
END_TEST

/*
 * The mean over all (2 m over m) blocks of 2 m is m + 2^(2m-1) / (2m over m) - 1/2
 * (Blackwell and Hodges 1957): 1.5, 2.8333..., 4.1, 5.3286 for m = 1 to 4.
 */
START_TEST(guesses_of_blocks)
{
    static const uint64_t equal[] = {1, 1};
    static const double over[] = {0, 2, 6, 20, 70};
    uint64_t scratch[2];
    double n = 0, sum = 0;
    size_t m = (size_t)_i;

    for (unsigned bits = 0; bits < 1U << 2 * m; bits++) {
        uint16_t arm[8];
        size_t ones = 0;

        for (size_t i = 0; i < 2 * m; i++)
            ones += arm[i] = (uint16_t)(bits >> i & 1);
        if (ones != m)
            continue;
        n++;
        sum += tta_guesses(arm, 2 * m, equal, 2, 0, scratch);
        ck_assert_double_eq(tta_guesses(arm, 2 * m, equal, 2, 2 * m, scratch),
                            tta_guesses(arm, 2 * m, equal, 2, 0, scratch));
    }
    ck_assert_double_eq(n, over[m]);
    ck_assert_double_eq_tol(sum / n, (double)m + pow(2, 2 * (double)m - 1) / over[m] - 0.5, 1e-12);
}
END_TEST

/*
 * 2:1 in blocks of three, by hand. AAB: A (largest share), then one of each is left: A
 * (larger share), then B for certain: 3. ABA: A, then A is guessed, then A: 2. BAA: A is
 * guessed, then A, A: 2.
 */
START_TEST(guesses_two_to_one)
{
    static const uint64_t share[] = {2, 1};
    static const uint16_t blocks[3][3] = {{0, 0, 1}, {0, 1, 0}, {1, 0, 0}};
    static const double want[] = {3, 2, 2};
    uint64_t scratch[2];

    for (int i = 0; i < 3; i++)
        ck_assert_double_eq(tta_guesses(blocks[i], 3, share, 2, 3, scratch), want[i]);
}
END_TEST

static void make(struct tta_plan *p, struct tta_units *u, const char *method, const char *name,
                 const char *value, size_t n)
{
    struct tta_error e = {0};

    ck_assert_int_eq(tta_plan_set(p, "method", method, &e), 0);
    ck_assert_int_eq(tta_plan_set(p, "arms", "a,b", &e), 0);
    if (name != NULL)
        ck_assert_int_eq(tta_plan_set(p, name, value, &e), 0);
    ck_assert_int_eq(tta_plan_check(p, &e), 0);
    for (size_t i = 0; i < n; i++)
        ck_assert_int_eq(tta_units_add(u, p, NULL, &e), 0);
}

/* The share over redraws, within five Monte Carlo errors of what the formula says. */
START_TEST(redraws)
{
    static const struct {
        const char *method, *name, *value;
        size_t n;
        double want;
    } cases[] = {{"blocks", "blocks", "2", 24, 0.75},
                 {"blocks", "blocks", "4", 24, 17.0 / 24},
                 {"blocks", "blocks", "6", 24, 4.1 / 6},
                 {"simple", NULL, NULL, 24, 0.5},
                 /* 12 of 24: 12 + 2^23 / (24 over 12) - 1/2 = 14.602117 (R 4.2.2) */
                 {"complete", NULL, NULL, 24, 14.602116889706068 / 24},
                 /* never more than one ahead: the second of every two is certain */
                 {"big-stick", "limit", "1", 24, 0.75},
                 /* By hand, p = 2/3: 1/2; 2/3; level with 2/3, so 2/3 1/2 + 1/3 2/3 = 5/9; 2/3 */
                 {"biased-coin", "probability", "2/3", 4, (0.5 + 2.0 / 3 + 5.0 / 9 + 2.0 / 3) / 4},
                 /* far out (Efron 1971): level 1/4 of the time, 1/4 1/2 + 3/4 2/3 = 5/8 */
                 {"biased-coin", "probability", "2/3", 2000, 0.625}};
    struct tta_plan p = {0};
    struct tta_units u = {0};
    struct tta_assessment a;
    struct tta_error e = {0};
    struct tta_key key;

    tta_key_from_text(tta_text_of("redraws"), &key);
    make(&p, &u, cases[_i].method, cases[_i].name, cases[_i].value, cases[_i].n);
    ck_assert_int_eq(tta_assess_begin(&a, &p, &u, &e), 0);
    ck_assert_int_eq(tta_assess_redraw(&a, &p, &key, &u, 4000, &e), 0);
    ck_assert_uint_eq(a.units, cases[_i].n);
    ck_assert_double_eq_tol(a.guessed, cases[_i].want,
                            5 * a.guessed_se + (cases[_i].n > 100 ? 2e-4 : 1e-12));
    ck_assert_double_eq(a.blind, 0.5);
    ck_assert_double_gt(a.p, 0.001);
    tta_assessment_release(&a);
    tta_units_release(&u);
    tta_plan_release(&p);
}
END_TEST

Suite *random_assess_suite(void)
{
    Suite *suite = suite_create("random/assess");
    TCase *tc = tcase_create("assess");

    tcase_add_loop_test(tc, runs_by_enumeration, 0, 2);
    tcase_add_test(tc, runs_by_hand);
    tcase_add_loop_test(tc, guesses_of_blocks, 1, 5);
    tcase_add_test(tc, guesses_two_to_one);
    tcase_add_loop_test(tc, redraws, 0, 8);
    suite_add_tcase(suite, tc);
    return suite;
}
