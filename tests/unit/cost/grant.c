/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <check.h>

#include "tta/cost.h"

Suite *cost_grant_suite(void);

static struct tta_cost_model model;
static struct tta_error e;

static void set_up(void)
{
    tta_error_clear(&e);
    ck_assert_msg(tta_cost_model_load("tta-2009", &model, &e) == 0, "%s", e.text);
}

/*
 * By hand, in millionths and øre. 25 % in category 2; coordinators = category 2 /
 * 170 to the nearest half; a quarter of category 2 to the clinic; 22,175 kr each.
 *
 *   700   175        1.029 -> 1     43.75    175    x 22,175 = 3,880,625.00 (the call's minimum)
 *   1000  250        1.471 -> 1.5   62.5     250    x 22,175 = 5,543,750.00 (the call: 1½)
 *   699   174.75     1.028 -> 1     43.6875  174.75 x 22,175 = 3,875,081.25
 *   1     0.25       0.001 -> 0     0.0625   0.25   x 22,175 =     5,543.75
 *   850   212.5      1.25  -> 1.5   53.125   212.5  x 22,175 = 4,712,187.50 (half a step: up)
 *   849   212.25     1.249 -> 1     53.0625  212.25 x 22,175 = 4,706,643.75
 *   170   42.5       0.25  -> 0.5   10.625   42.5   x 22,175 =   942,437.50
 *   169   42.25      0.249 -> 0     10.5625  42.25  x 22,175 =   936,893.75
 */
static const struct {
    int64_t incoming, together;
    struct tta_grant grant;
} hand[] = {
    {700, 700, {175000000, 1000000, 1000000, 43750000, 388062500, true}},
    {1000, 1000, {250000000, 1500000, 1500000, 62500000, 554375000, true}},
    {699, 699, {174750000, 1000000, 1000000, 43687500, 387508125, false}},
    {699, 700, {174750000, 1000000, 1000000, 43687500, 387508125, true}},
    {1, 700, {250000, 0, 0, 62500, 554375, true}},
    {850, 850, {212500000, 1500000, 1500000, 53125000, 471218750, true}},
    {849, 849, {212250000, 1000000, 1000000, 53062500, 470664375, true}},
    {170, 170, {42500000, 500000, 500000, 10625000, 94243750, false}},
    {169, 500, {42250000, 0, 0, 10562500, 93689375, false}},
    {0, 0, {0, 0, 0, 0, 0, false}},
};

START_TEST(grants_by_hand)
{
    const struct tta_grant *want = &hand[_i].grant;
    struct tta_grant g;

    ck_assert_int_eq(tta_grant(&model, hand[_i].incoming, hand[_i].together, &g, &e), 0);
    ck_assert_int_eq(g.category2_micro, want->category2_micro);
    ck_assert_int_eq(g.coordinators_micro, want->coordinators_micro);
    ck_assert_int_eq(g.teams_micro, want->teams_micro);
    ck_assert_int_eq(g.clinical_micro, want->clinical_micro);
    ck_assert_int_eq(g.grant_ore, want->grant_ore);
    ck_assert_int_eq(g.eligible, want->eligible);
}
END_TEST

/* 25 % of a whole number is exact, so grants add up: no municipality loses by a split. */
START_TEST(grants_add_up)
{
    struct tta_grant a, b, both;

    for (int64_t n = 0; n < 3000; n += 7) {
        ck_assert_int_eq(tta_grant(&model, n, n, &a, &e), 0);
        ck_assert_int_eq(tta_grant(&model, 4000 - n, 4000, &b, &e), 0);
        ck_assert_int_eq(tta_grant(&model, 4000, 4000, &both, &e), 0);
        ck_assert_int_eq(a.category2_micro + b.category2_micro, both.category2_micro);
        /* a quarter of 22,175 kr is a whole number of øre */
        ck_assert_int_eq(a.grant_ore + b.grant_ore, both.grant_ore);
    }
}
END_TEST

/* Rounded half up to the øre: 3 cases x 10 % x 33.33 kr = 9.999 kr; 5 x 10 % x 0.01 = 0.005. */
START_TEST(rounded_to_the_ore)
{
    struct tta_grant g;

    model.category2_micro = 100000;
    model.per_case_ore = 3333;
    ck_assert_int_eq(tta_grant(&model, 3, 3, &g, &e), 0);
    ck_assert_int_eq(g.grant_ore, 1000);
    model.per_case_ore = 1;
    ck_assert_int_eq(tta_grant(&model, 5, 5, &g, &e), 0);
    ck_assert_int_eq(g.grant_ore, 1);
    ck_assert_int_eq(tta_grant(&model, 4, 4, &g, &e), 0);
    ck_assert_int_eq(g.grant_ore, 0);
}
END_TEST

static const struct {
    int64_t incoming, together;
    const char *text;
} bad[] = {
    {-1, 700, "column incoming_cases: negative, or above 10,000,000"},
    {700, 699, "the consortium has fewer cases than its member"},
    {10000001, INT64_MAX, "column incoming_cases: negative, or above 10,000,000"},
    {INT64_MAX, INT64_MAX, "column incoming_cases: negative, or above 10,000,000"},
};

START_TEST(bad_numbers)
{
    struct tta_grant g = {1, 1, 1, 1, 1, true};

    ck_assert_int_eq(tta_grant(&model, bad[_i].incoming, bad[_i].together, &g, &e), TTA_E_DATA);
    ck_assert_str_eq(e.text, bad[_i].text);
    ck_assert_int_eq(g.category2_micro + g.coordinators_micro + g.teams_micro + g.clinical_micro +
                         g.grant_ore + g.eligible,
                     0);
}
END_TEST

START_TEST(large_but_not_too_large)
{
    struct tta_grant g;

    /* 10,000,000 cases: 2,500,000 in category 2, x 22,175 kr = 55,437,500,000 kr */
    ck_assert_int_eq(tta_grant(&model, 10000000, INT64_MAX, &g, &e), 0);
    ck_assert_int_eq(g.grant_ore, INT64_C(5543750000000));
    model.capacity_cases = INT64_MAX; /* capacity x step does not fit */
    ck_assert_int_eq(tta_grant(&model, 1, 1, &g, &e), TTA_E_DATA);
}
END_TEST

/*
 * The call, by hand: 5,000 + 8,235 + 6,940 = 20,175, x 1.1 = 22,192.50;
 * (850,000 + 1,400,000 + 1,180,000) / 170 x 1.1 = 22,194.117647; the reference
 * (R) has tta_unit,total 22194.117647058822. For 250 cases 5,548,125.00 and
 * 5,548,529.41.
 */
START_TEST(without_the_roundings)
{
    struct tta_grant g;
    struct tta_grant_exact x;

    ck_assert_int_eq(model.share_exact_nano, INT64_C(22192500000000));
    ck_assert_int_eq(model.exact_nano, INT64_C(22194117647059));
    ck_assert_int_eq(tta_grant(&model, 1000, 1000, &g, &e), 0);
    ck_assert_int_eq(tta_grant_exact(&model, &g, &x, &e), 0);
    ck_assert_int_eq(x.share_exact_ore, 554812500);
    ck_assert_int_eq(x.exact_ore, 554852941);
}
END_TEST

/* 200 came of 250: 50 fewer, 50 x 22,175 = 1,108,750 kr less, a fifth. */
START_TEST(renegotiation)
{
    struct tta_grant g;
    struct tta_renegotiation r;

    ck_assert_int_eq(tta_grant(&model, 1000, 1000, &g, &e), 0);
    ck_assert_int_eq(tta_renegotiate(&model, &g, 200000000, &r, &e), 0);
    ck_assert_int_eq(r.cases_micro, -50000000);
    ck_assert_int_eq(r.grant_ore, -110875000);
    ck_assert_int_eq(r.deviation_micro, -200000);
    ck_assert_int_eq(tta_renegotiate(&model, &g, -1, &r, &e), TTA_E_DATA);
    tta_error_clear(&e);
    ck_assert_int_eq(tta_renegotiate(&model, &g, INT64_MAX, &r, &e), TTA_E_DATA);
    tta_error_clear(&e);
    ck_assert_int_eq(tta_grant(&model, 0, 0, &g, &e), 0);
    ck_assert_int_eq(tta_renegotiate(&model, &g, 1000000, &r, &e), 0);
    ck_assert_int_eq(r.deviation_micro, TTA_INTEGER_NONE);
}
END_TEST

START_TEST(controls_join_after_a_year)
{
    struct tta_grant g = {.grant_ore = 100};
    struct tta_grant_phase p;

    ck_assert_int_eq(tta_grant_phase(&g, 3, false, &p, &e), 0);
    ck_assert(p.phase == 1 && p.years == 3 && p.grant_ore == 300);
    ck_assert_int_eq(tta_grant_phase(&g, 3, true, &p, &e), 0);
    ck_assert(p.phase == 2 && p.years == 2 && p.grant_ore == 200);
    ck_assert_int_eq(tta_grant_phase(&g, 1, true, &p, &e), 0);
    ck_assert(p.years == 0 && p.grant_ore == 0);
    g.grant_ore = INT64_MAX / 2;
    ck_assert_int_eq(tta_grant_phase(&g, 3, false, &p, &e), TTA_E_DATA);
}
END_TEST

Suite *cost_grant_suite(void)
{
    Suite *s = suite_create("cost/grant");
    TCase *t = tcase_create("all");

    tcase_add_checked_fixture(t, set_up, NULL);
    tcase_add_loop_test(t, grants_by_hand, 0, sizeof hand / sizeof *hand);
    tcase_add_test(t, grants_add_up);
    tcase_add_test(t, rounded_to_the_ore);
    tcase_add_loop_test(t, bad_numbers, 0, sizeof bad / sizeof *bad);
    tcase_add_test(t, large_but_not_too_large);
    tcase_add_test(t, without_the_roundings);
    tcase_add_test(t, renegotiation);
    tcase_add_test(t, controls_join_after_a_year);
    suite_add_tcase(s, t);
    return s;
}
