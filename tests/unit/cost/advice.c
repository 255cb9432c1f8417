/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <check.h>
#include <stdlib.h>

#include "tta/cost.h"

Suite *cost_advice_suite(void);

/*
 * A - B - C - D in a row, E beside B; minimum 700. By hand for A (300):
 * A+B = 500 no. A+B+C = 900 yes. A+B+E = 750 yes. A+C, A+D, A+E do not hang
 * together. A+B+C+D could spare D, A+B+C+E could spare C or E, A+B+D+E and A+B+D
 * do not hang together. Fewest cases first: A+B+E, A+B+C.
 * For D (50): D+C = 450 no, D+B+C = 650 no; three: D+A+B+C = 950, D+B+C+E = 900.
 */
enum { A, B, C, D, E };
static const int64_t cases[] = {300, 200, 400, 50, 250};
static const uint8_t all_free[] = {1, 1, 1, 1, 1};
static const uint8_t near[25] = {0, 1, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0,
                                 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0};
static const struct tta_neighbours row = {5, cases, all_free, near};

START_TEST(by_hand)
{
    struct tta_advice out[5];

    ck_assert_uint_eq(tta_consortium_advice(&row, A, 700, 3, out, 5), 2);
    ck_assert_uint_eq(out[0].partners, 2);
    ck_assert_int_eq(out[0].partner[0], B);
    ck_assert_int_eq(out[0].partner[1], E);
    ck_assert_int_eq(out[0].cases, 750);
    ck_assert_int_eq(out[1].partner[1], C);
    ck_assert_int_eq(out[1].cases, 900);
    ck_assert_uint_eq(tta_consortium_advice(&row, D, 700, 2, out, 5), 0);
    ck_assert_uint_eq(tta_consortium_advice(&row, D, 700, 3, out, 5), 2);
    ck_assert_int_eq(out[0].cases, 900);
    ck_assert_int_eq(out[1].cases, 950);
    ck_assert_uint_eq(tta_consortium_advice(&row, A, 700, 3, out, 1), 1);
    ck_assert_int_eq(out[0].cases, 750);
}
END_TEST

START_TEST(who_is_taken_is_no_partner)
{
    const uint8_t taken[] = {1, 1, 1, 1, 0};
    struct tta_neighbours n = row;
    struct tta_advice out[5];

    n.free = taken;
    ck_assert_uint_eq(tta_consortium_advice(&n, A, 700, 3, out, 5), 1);
    ck_assert_int_eq(out[0].partner[1], C);
}
END_TEST

/* Laws, where all are neighbours: every set reaches the minimum, and none can spare a member. */
START_TEST(sets_are_sufficient_and_minimal)
{
    uint8_t together[12 * 12], free_all[12];
    int64_t some[12];
    struct tta_advice out[400];
    struct tta_neighbours n = {12, some, free_all, together};
    size_t found;

    memset(together, 1, sizeof together);
    memset(free_all, 1, sizeof free_all);
    for (int i = 0; i < 12; i++)
        some[i] = 37 * (i + 3) % 211 + 10;
    found = tta_consortium_advice(&n, 5, 400, 4, out, 400);
    ck_assert_uint_gt(found, 10);
    for (size_t i = 0; i < found; i++) {
        int64_t sum = some[5];

        for (size_t k = 0; k < out[i].partners; k++)
            sum += some[out[i].partner[k]];
        ck_assert_int_eq(sum, out[i].cases);
        ck_assert_int_ge(sum, 400);
        for (size_t k = 0; k < out[i].partners; k++)
            ck_assert_int_lt(sum - some[out[i].partner[k]], 400);
        if (i > 0)
            ck_assert(out[i - 1].partners < out[i].partners ||
                      (out[i - 1].partners == out[i].partners && out[i - 1].cases <= sum));
    }
}
END_TEST

Suite *cost_advice_suite(void)
{
    Suite *s = suite_create("cost/advice");
    TCase *t = tcase_create("advice");

    tcase_add_test(t, by_hand);
    tcase_add_test(t, who_is_taken_is_no_partner);
    tcase_add_test(t, sets_are_sufficient_and_minimal);
    suite_add_tcase(s, t);
    return s;
}
