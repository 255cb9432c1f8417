/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Exact sums: against 128-bit integers, in any order, at both ends. */
#include "tta/exact.h"

#include <check.h>
#include <math.h>
#include <string.h>

Suite *base_exact_suite(void);

static uint64_t state = 88172645463325252u;

static uint64_t next(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

/* Whole numbers up to 2^53 add up as integers do; back to front gives the same bits. */
START_TEST(test_integers)
{
    struct tta_exact a = {{0}}, b = {{0}};
    uint64_t values[1000], sum = 0;

    for (int i = 0; i < 1000; i++) {
        values[i] = next() >> (11 + next() % 40);
        sum += values[i];
        ck_assert(tta_exact_add(&a, (double)values[i]));
    }
    for (int i = 999; i >= 0; i--)
        ck_assert(tta_exact_add(&b, (double)values[i]));
    ck_assert_mem_eq(&a, &b, sizeof a);
    ck_assert(tta_exact_value(&a) == (double)sum); /* both rounded once */
}
END_TEST

/* 0.1 ten times is what ten times the double 0.1 is, rounded once: 1 exactly. */
START_TEST(test_by_hand)
{
    struct tta_exact a = {{0}}, b = {{0}};

    for (int i = 0; i < 10; i++)
        tta_exact_add(&a, 0.1);
    ck_assert(tta_exact_value(&a) == 1.0); /* 1.00000000000000005551 */
    ck_assert(tta_exact_add(&b, 0x1p80) && tta_exact_add(&b, 0x1p-52));
    ck_assert(tta_exact_value(&b) == 0x1p80);
    memset(&a, 0, sizeof a);
    tta_exact_add(&a, 0x1p80);
    tta_exact_subtract(&b, &a);
    ck_assert(tta_exact_value(&b) == 0x1p-52);
    /* halves to even, and a hair above half goes up */
    memset(&a, 0, sizeof a);
    tta_exact_add(&a, 0x1p53);
    tta_exact_add(&a, 1);
    ck_assert(tta_exact_value(&a) == 0x1p53);
    tta_exact_add(&a, 0x1p-52);
    ck_assert(tta_exact_value(&a) == 0x1p53 + 2);
}
END_TEST

START_TEST(test_one_value_comes_back)
{
    for (int i = 0; i < 20000; i++) {
        double v = ldexp((double)(1 + (next() >> 11)), (int)(next() % 130) - 104);
        char text[TTA_EXACT_TEXT];
        struct tta_exact a = {{0}}, b;

        if (v < TTA_EXACT_LEAST || v > TTA_EXACT_MOST)
            continue;
        ck_assert(tta_exact_add(&a, v));
        tta_exact_write(&a, text);
        if (tta_exact_value(&a) != v || !tta_exact_read(text, &b) || memcmp(&a, &b, sizeof a) != 0)
            ck_abort_msg("%a", v);
    }
}
END_TEST

START_TEST(test_refused)
{
    static const double wrong[] = {-1, NAN, INFINITY, 0x1p87, 0x1p-53};
    struct tta_exact a = {{0}}, none = {{0}}, full = {{0, 0, UINT64_C(1) << 62}};

    for (int i = 0; i < 5; i++)
        ck_assert(!tta_exact_add(&a, wrong[i]));
    ck_assert(tta_exact_add(&a, 0));
    ck_assert_mem_eq(&a, &none, sizeof a);
    ck_assert(!tta_exact_add_sum(&full, &full));
    ck_assert_uint_eq(full.part[2], UINT64_C(1) << 62);
    ck_assert(!tta_exact_read("12", &a));
    ck_assert(!tta_exact_read("00000000000000000000000000000000000000000000000g", &a));
    ck_assert(!tta_exact_read("f00000000000000000000000000000000000000000000000", &a));
}
END_TEST

Suite *base_exact_suite(void)
{
    Suite *s = suite_create("base/exact");
    TCase *t = tcase_create("exact");

    tcase_add_test(t, test_integers);
    tcase_add_test(t, test_by_hand);
    tcase_add_test(t, test_one_value_comes_back);
    tcase_add_test(t, test_refused);
    suite_add_tcase(s, t);
    return s;
}
