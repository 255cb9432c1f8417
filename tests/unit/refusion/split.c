/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support.h"

Suite *refusion_split_suite(void);

static struct tta_refusion_law law;
static struct tta_error e;

static void set_up(void)
{
    tta_error_clear(&e);
}

static struct tta_refusion_split split(const char *name, const char *first, const char *last,
                                       bool employed, int64_t ore)
{
    struct tta_refusion_case c = case_of(first, last, employed, ore);

    load_law(&law, name, NULL);
    law.above_allowed = true;
    return split_case(&law, &c);
}

static void expect(struct tta_refusion_split s, int64_t weeks, int64_t employer, int64_t state,
                   int64_t municipality)
{
    ck_assert_int_eq(s.weeks, weeks);
    ck_assert_int_eq(s.employer_ore, employer);
    ck_assert_int_eq(s.state_ore, state);
    ck_assert_int_eq(s.municipality_ore, municipality);
}

/*
 * Cumulative municipal cost in full weeks of the rate, unemployed, through week
 * 4, 8, 26, 52 and 78; here in øre at 1,000 kr a week. By hand, for 2011 through
 * week 52: 4 x 0 + 4 x 0.5 + 44 x 0.7 = 32.8. The two readings with a name of
 * their own, 32.8 (2011) and 32.2 (2016), are the ones that are argued about.
 */
static const struct {
    const char *name;
    int64_t cost[5];
} anchors[] = {
    {"2006", {0, 200000, 1100000, 2400000, 5000000}},
    {"2010", {0, 200000, 1370000, 3060000, 5660000}},
    {"2011", {0, 200000, 1460000, 3280000, 5880000}},
    {"2016", {80000, 320000, 1400000, 3220000, 5300000}},
};

START_TEST(cumulative_municipal_cost)
{
    static const int weeks[] = {4, 8, 26, 52, 78};
    tta_date monday = day("2012-01-02");

    load_law(&law, anchors[_i].name, NULL);
    for (int k = 0; k < 5; k++) {
        struct tta_refusion_case c = {
            .first = monday, .last = monday + 7 * weeks[k] - 1, .weekly_benefit_ore = 100000};

        expect(split_case(&law, &c), weeks[k], 0, weeks[k] * INT64_C(100000) - anchors[_i].cost[k],
               anchors[_i].cost[k]);
    }
}
END_TEST

/* Issue 2: unemployed, 52 full weeks from Monday 2012-01-02 at 1,000 kr: 32,800 kr under 2011. */
START_TEST(a_year_of_unemployment_under_2011)
{
    expect(split("2011", "2012-01-02", "2012-12-30", false, 100000), 52, 0, 1920000, 3280000);
}
END_TEST

/*
 * Employed from Monday 2 January 2012: 30 calendar days end on Tuesday 31
 * January. Weeks 1 to 4 are the employer's (4,000 kr), and in week 5 Monday and
 * Tuesday (400 kr). Left: Wednesday to Friday of week 5, 600 kr, at 50 %.
 */
START_TEST(employer_period_of_30_days_under_2011)
{
    expect(split("2011", "2012-01-02", "2012-02-05", true, 100000), 5, 440000, 30000, 30000);
}
END_TEST

/*
 * The same under 2016 from Monday 4 January 2016: week 5 is the first in which
 * the municipality pays, so it is a week of the 80 % band: 480 and 120 kr.
 * By week 8 (weeks 5 to 8 are the four weeks of 80 %) 600 + 3,000 kr are split
 * 80/20: 2,880 and 720 kr; week 9 is the first at 40 %: 400 and 600 kr more.
 */
START_TEST(employer_period_uses_up_no_week_of_2016)
{
    expect(split("2016", "2016-01-04", "2016-02-07", true, 100000), 5, 440000, 48000, 12000);
    expect(split("2016", "2016-01-04", "2016-02-28", true, 100000), 8, 440000, 288000, 72000);
    expect(split("2016", "2016-01-04", "2016-03-06", true, 100000), 9, 440000, 328000, 132000);
}
END_TEST

/*
 * The day before, Sunday 1 January 2012, has 21 days: to Saturday 21 January,
 * three weeks of the employer. To Sunday 5 February there are 36 days: five
 * weeks and one day (Sunday). Weeks 4 and 5 are left, at 100 % and 50 %; week 6
 * has only the Sunday, which earns nothing, but is begun.
 */
START_TEST(employer_period_of_21_days)
{
    expect(split("2011", "2012-01-01", "2012-02-05", true, 100000), 6, 300000, 150000, 50000);
}
END_TEST

/*
 * From Saturday 4 February 2012: 30 days end on Sunday 4 March. Week 5 begins on
 * Saturday 3 March; its two employer days are the weekend, so that all five
 * weekdays of week 5 (to Friday 9 March) are split 50/50.
 */
START_TEST(weekend_start)
{
    expect(split("2011", "2012-02-04", "2012-03-09", true, 100000), 5, 400000, 50000, 50000);
    /* Saturday and Sunday only: a begun week, and no kroner */
    expect(split("2011", "2012-02-04", "2012-02-05", false, 100000), 1, 0, 0, 0);
    /* with the Monday: a fifth, all the state's in week 1 */
    expect(split("2011", "2012-02-04", "2012-02-06", false, 100000), 1, 0, 20000, 0);
}
END_TEST

/* A case within the employer period is the employer's alone: 10 days have 8 weekdays, 1,600 kr. */
START_TEST(short_case_is_the_employers)
{
    expect(split("2011", "2012-01-02", "2012-01-11", true, 100000), 2, 160000, 0, 0);
    expect(split("2016", "2016-01-04", "2016-01-04", true, 100000), 1, 20000, 0, 0);
}
END_TEST

/*
 * Week 5 under 2011 (50 %), unemployed, at 1,000.03 kr. Through week 4: 4,000.12
 * kr, all the state's.
 *   one day   200.006 -> 200.01, half is 100.005 -> 100.01 state, 100.00 left
 *   two days  400.012 -> 400.01, half is 200.005 -> 200.01 state, 200.00 left
 *   three     600.018 -> 600.02, half is 300.01, 300.01 left
 *   a week   1000.03,            half is 500.015 -> 500.02 state, 500.01 left
 */
START_TEST(rounding_to_the_ore)
{
    expect(split("2011", "2012-01-02", "2012-01-30", false, 100003), 5, 0, 400012 + 10001, 10000);
    expect(split("2011", "2012-01-02", "2012-01-31", false, 100003), 5, 0, 400012 + 20001, 20000);
    expect(split("2011", "2012-01-02", "2012-02-01", false, 100003), 5, 0, 400012 + 30001, 30001);
    expect(split("2011", "2012-01-02", "2012-02-05", false, 100003), 5, 0, 400012 + 50002, 50001);
}
END_TEST

/*
 * Benefit and employer part are rounded by week, not by day: at 0.04 kr a week
 * Monday and Tuesday earn 0.016 -> 0.02 (two days of 0.008 -> 0.01 each would
 * also be 0.02), Monday to Wednesday 0.024 -> 0.02 (by day it would be 0.03).
 */
START_TEST(rounding_is_by_week)
{
    expect(split("2011", "2012-01-02", "2012-01-03", false, 4), 1, 0, 2, 0);
    expect(split("2011", "2012-01-02", "2012-01-04", false, 4), 1, 0, 2, 0);
}
END_TEST

/* Monday to Friday of week 53 and on are the municipality's alone under 2011. */
START_TEST(nothing_from_the_state_after_a_year)
{
    struct tta_refusion_split year = split("2011", "2012-01-02", "2012-12-30", false, 394000);
    struct tta_refusion_split more = split("2011", "2012-01-02", "2012-12-31", false, 394000);

    ck_assert_int_eq(more.weeks, 53);
    ck_assert_int_eq(more.state_ore, year.state_ore);
    ck_assert_int_eq(more.municipality_ore - year.municipality_ore, 78800); /* 3,940 / 5 */
}
END_TEST

START_TEST(no_benefit_no_kroner)
{
    expect(split("2016", "2012-01-02", "2013-01-01", true, 0), 53, 0, 0, 0);
}
END_TEST

static const struct {
    const char *first, *last;
    bool employed;
    int64_t ore;
    const char *text;
} bad[] = {
    {"2012-01-02", "2012-01-01", false, 100000, "the last absence day is before the first"},
    {"2012-01-02", "2012-01-02", false, -1, "a negative weekly benefit"},
    {"2006-07-02", "2006-07-02", true, 100000,
     "no employer period is known for this first absence day"},
    {"2012-01-02", "2012-12-30", false, INT64_MAX / 52, "an amount too large to hold"},
    {"2012-01-02", "2012-01-02", true, INT64_MAX, "an amount too large to hold"},
};

START_TEST(bad_cases)
{
    struct tta_refusion_case c =
        case_of(bad[_i].first, bad[_i].last, bad[_i].employed, bad[_i].ore);
    struct tta_refusion_split out = {1, 1, 1, 1, 1};

    load_law(&law, "2011", NULL);
    law.above_allowed = true;
    ck_assert_int_eq(tta_refusion_split(&law, &c, NULL, &out, &e), TTA_E_DATA);
    ck_assert_str_eq(e.text, bad[_i].text);
    ck_assert_int_eq(
        out.weeks + out.benefit_ore + out.employer_ore + out.state_ore + out.municipality_ore, 0);
}
END_TEST

START_TEST(missing_dates)
{
    struct tta_refusion_case c = {
        .first = TTA_DATE_NONE, .last = day("2012-01-02"), .weekly_benefit_ore = 1};
    struct tta_refusion_split out;

    load_law(&law, "2011", NULL);
    ck_assert_int_eq(tta_refusion_split(&law, &c, NULL, &out, &e), TTA_E_DATA);
    tta_error_clear(&e);
    c.first = c.last;
    c.last = TTA_DATE_NONE;
    ck_assert_int_eq(tta_refusion_split(&law, &c, NULL, &out, &e), TTA_E_DATA);
}
END_TEST

/* An unemployed case needs no employer period, and very large amounts still add up. */
START_TEST(large_but_not_too_large)
{
    int64_t most = INT64_MAX / 57; /* 52 weeks and the 5 of the bound */
    struct tta_refusion_split out = split("2011", "1990-01-01", "1990-12-30", false, most);

    ck_assert_int_eq(out.benefit_ore, 52 * most);
    ck_assert_int_ge(out.municipality_ore, 0);
}
END_TEST

/* ---- against the definition, day by day ---- */

/* Issue 2's sentences one by one: weeks, days, fifths, roundings, the remainder. */
static struct tta_refusion_split by_definition(const struct tta_refusion_scheme *s,
                                               const struct tta_refusion_case *c, int64_t period)
{
    struct tta_refusion_split sum = {0};
    int64_t counted = 0;

    for (int64_t k = 1; c->first + 7 * (k - 1) <= c->last; k++) {
        int64_t weekdays = 0, employers = 0, benefit, employer, paid, share = -1;

        for (int64_t i = 7 * (k - 1); i <= 7 * k - 1 && c->first + i <= c->last; i++)
            if (tta_date_weekday((tta_date)(c->first + i)) < 5) {
                weekdays++;
                employers += i < period;
            }
        benefit = half_up(c->weekly_benefit_ore * weekdays, 5);
        employer = half_up(c->weekly_benefit_ore * employers, 5);
        counted += s->counted == TTA_WEEKS_OF_ABSENCE || benefit > employer;
        for (size_t b = 0; b < s->count; b++)
            if (s->band[b].from_week <= counted && counted <= s->band[b].to_week)
                share = s->band[b].state_micro;
        paid = benefit > employer ? half_up((benefit - employer) * share, 1000000) : 0;
        sum.weeks = k;
        sum.benefit_ore += benefit;
        sum.employer_ore += employer;
        sum.state_ore += paid;
        sum.municipality_ore += benefit - employer - paid;
    }
    return sum;
}

START_TEST(random_cases_as_by_definition)
{
    static const char *const names[] = {"2006", "2010", "2011", "2016"};
    tta_date from = day("2006-07-03");

    load_law(&law, names[_i], NULL);
    law.above_allowed = true;
    random_state = UINT64_C(20120102) + (uint64_t)_i;
    for (int i = 0; i < 20000; i++) {
        struct tta_refusion_case c = {0};
        struct tta_refusion_split ours, theirs;
        int64_t period = 0;

        c.first = from + (tta_date)pick(6000);
        c.last = c.first + (tta_date)pick(pick(4) == 0 ? 1200 : 60);
        c.employed = pick(2) == 1;
        c.weekly_benefit_ore = (int64_t)pick(pick(10) == 0 ? 20 : 600000);
        if (c.employed)
            ck_assert(tta_rates_on(&law.employer, c.first, &period));
        ck_assert_int_eq(tta_refusion_split(&law, &c, NULL, &ours, &e), 0);
        theirs = by_definition(&law.scheme[0], &c, period);
        expect(ours, theirs.weeks, theirs.employer_ore, theirs.state_ore, theirs.municipality_ore);
        ck_assert_int_eq(ours.benefit_ore, theirs.benefit_ore);
        ck_assert_int_eq(ours.employer_ore + ours.state_ore + ours.municipality_ore,
                         ours.benefit_ore);
        ck_assert(ours.employer_ore >= 0 && ours.state_ore >= 0 && ours.municipality_ore >= 0);
    }
}
END_TEST

Suite *refusion_split_suite(void)
{
    Suite *s = suite_create("refusion/split");
    TCase *t = tcase_create("all");

    tcase_add_checked_fixture(t, set_up, NULL);
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, cumulative_municipal_cost, 0, sizeof anchors / sizeof *anchors);
    tcase_add_test(t, a_year_of_unemployment_under_2011);
    tcase_add_test(t, employer_period_of_30_days_under_2011);
    tcase_add_test(t, employer_period_uses_up_no_week_of_2016);
    tcase_add_test(t, employer_period_of_21_days);
    tcase_add_test(t, weekend_start);
    tcase_add_test(t, short_case_is_the_employers);
    tcase_add_test(t, rounding_to_the_ore);
    tcase_add_test(t, rounding_is_by_week);
    tcase_add_test(t, nothing_from_the_state_after_a_year);
    tcase_add_test(t, no_benefit_no_kroner);
    tcase_add_loop_test(t, bad_cases, 0, sizeof bad / sizeof *bad);
    tcase_add_test(t, missing_dates);
    tcase_add_test(t, large_but_not_too_large);
    tcase_add_loop_test(t, random_cases_as_by_definition, 0, 4);
    suite_add_tcase(s, t);
    return s;
}
