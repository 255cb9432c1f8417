/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../data/support.h"

#include "tta/cost_staffing.h"

Suite *cost_staffing_suite(void);

static struct tta_staffing_norms norms;
static struct tta_error e;

static void set_up(void)
{
    tta_error_clear(&e);
    ck_assert_msg(tta_staffing_load("normer", &norms, &e) == 0, "%s", e.text);
}

/*
 * By hand: 25 % of 100; 25 / (170 / 12) = 1.764706, two teams of two; half to the
 * team, half of those to the clinic: 6.25 x 4 h, and 3 h x 31 / 7 of conference;
 * 7 / 6 + 5 / 10 = 1.67 meetings; 45 / 25 = 1.8 and 45 / 20 = 2.25 coordinators.
 */
START_TEST(needs_by_hand)
{
    struct tta_staffing_month m = {100, 7, 5, 45, 31};
    struct tta_staffing_need n;

    ck_assert_int_eq(tta_staffing_need(&norms, &m, &n, &e), 0);
    ck_assert_int_eq(n.category2_micro, 25000000);
    ck_assert_int_eq(n.coordinators_micro, 1764706);
    ck_assert_int_eq(n.team_members, 4);
    ck_assert_int_eq(n.clinic_micro, 6250000);
    ck_assert_int_eq(n.clinic_hours_micro, 38285714);
    ck_assert_int_eq(n.meetings, 2);
    ck_assert_int_eq(n.course_coordinators_least, 2);
    ck_assert_int_eq(n.course_coordinators_most, 3);
    m.clarification_cases = TTA_INTEGER_NONE; /* 7 cases are two meetings of 6, 12 too, 13 three */
    m.rehabilitation_cases = 12;
    ck_assert_int_eq(tta_staffing_need(&norms, &m, &n, &e), 0);
    ck_assert_int_eq(n.meetings, 2);
    m.rehabilitation_cases = 13;
    ck_assert_int_eq(tta_staffing_need(&norms, &m, &n, &e), 0);
    ck_assert_int_eq(n.meetings, 3);
    m.courses = -1;
    ck_assert_int_eq(tta_staffing_need(&norms, &m, &n, &e), TTA_E_DATA);
}
END_TEST

/* The call: 80 to 100 courses for four coordinators. */
START_TEST(a_year_is_twelve_months)
{
    struct tta_staffing_month m = {680, TTA_INTEGER_NONE, TTA_INTEGER_NONE, 100, 30};
    struct tta_staffing_need n;

    ck_assert_int_eq(tta_staffing_need(&norms, &m, &n, &e), 0);
    ck_assert_int_eq(n.coordinators_micro, 12000000); /* 170 in a month */
    ck_assert_int_eq(n.meetings, TTA_INTEGER_NONE);
    ck_assert_int_eq(n.course_coordinators_least, 4);
    m.courses = 80;
    ck_assert_int_eq(tta_staffing_need(&norms, &m, &n, &e), 0);
    ck_assert_int_eq(n.course_coordinators_most, 4);
}
END_TEST

/* Law: who came were handled or wait; nobody is handled beyond the capacity. */
START_TEST(nobody_is_lost_in_a_queue)
{
    struct tta_queue q = {0};
    int64_t came = 0, handled = 0, capacity = tta_staffing_capacity(&norms, 1500000);

    ck_assert_int_eq(capacity, 21250000);
    for (int i = 0; i < 100; i++) {
        int64_t arrivals = (int64_t)(i * 7919 % 43) * 1000000;
        int64_t before = q.waiting_micro;

        ck_assert_int_eq(tta_queue_month(&q, arrivals, capacity, &e), 0);
        came += arrivals;
        handled += before + arrivals - q.waiting_micro;
        ck_assert_int_le(before + arrivals - q.waiting_micro, capacity);
        ck_assert(q.waiting_micro == 0 || q.used_micro == TTA_MICRO);
    }
    ck_assert_int_eq(came, handled + q.waiting_micro);
    ck_assert_int_eq(tta_queue_month(&q, INT64_MAX, capacity, &e), TTA_E_DATA);
}
END_TEST

/* (40 - 3 x 31 / 7) / 4 = 6.678571 cases; 13 hours do not even hold the conference. */
START_TEST(the_clinic)
{
    ck_assert_int_eq(tta_staffing_clinic_capacity(&norms, 40000000, 31), 6678572);
    ck_assert_int_eq(tta_staffing_clinic_capacity(&norms, 13000000, 31), 0);
}
END_TEST

Suite *cost_staffing_suite(void)
{
    Suite *s = suite_create("cost/staffing");
    TCase *t = tcase_create("staffing");

    tcase_add_checked_fixture(t, set_up, NULL);
    tcase_add_test(t, needs_by_hand);
    tcase_add_test(t, a_year_is_twelve_months);
    tcase_add_test(t, nobody_is_lost_in_a_queue);
    tcase_add_test(t, the_clinic);
    suite_add_tcase(s, t);
    return s;
}
