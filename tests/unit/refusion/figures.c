/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Figures that others have published or worked out, to the øre. */
#include "support.h"

Suite *refusion_figures_suite(void);

static struct tta_refusion_law law;

/*
 * Cumulative municipal cost in full weeks of the rate through week 4, 8, 26, 52
 * and 78, unemployed from a Monday, passive or active from week 9 on (issue 4;
 * domain 1.1). In øre at 1,000 kr a week. By hand, 2011 active through week 52:
 * 4 x 0 + 4 x 0.5 + 44 x 0.5 = 24.0; after week 52 the state pays nothing, active
 * or not: 26 more weeks are 50.0. 2010 active: 2 + 18 x 0.35 = 8.3, 2 + 44 x 0.35
 * = 17.4, 43.4. The other two make no difference between active and passive.
 */
static const struct {
    const char *name;
    bool active;
    int64_t cost[5];
} anchors[] = {
    {"2006", false, {0, 200000, 1100000, 2400000, 5000000}},
    {"2006", true, {0, 200000, 1100000, 2400000, 5000000}},
    {"2010", false, {0, 200000, 1370000, 3060000, 5660000}},
    {"2010", true, {0, 200000, 830000, 1740000, 4340000}},
    {"2011", false, {0, 200000, 1460000, 3280000, 5880000}},
    {"2011", true, {0, 200000, 1100000, 2400000, 5000000}},
    {"2016", false, {80000, 320000, 1400000, 3220000, 5300000}},
    {"2016", true, {80000, 320000, 1400000, 3220000, 5300000}},
};

START_TEST(cumulative_municipal_cost)
{
    static const int weeks[] = {4, 8, 26, 52, 78};
    tta_date monday = day("2012-01-02");

    load_law(&law, anchors[_i].name, NULL);
    for (int k = 0; k < 5; k++) {
        struct tta_refusion_case c = {
            .first = monday, .last = monday + 7 * weeks[k] - 1, .weekly_benefit_ore = 100000};
        struct tta_refusion_period p = {monday + 56,      c.last,    TTA_LAB_11,
                                        TTA_INTEGER_NONE, TTA_MICRO, TTA_MICRO};

        c.period = &p;
        c.period_count = anchors[_i].active && weeks[k] > 8;
        ck_assert_int_eq(split_case(&law, &c).municipality_ore, anchors[_i].cost[k]);
    }
}
END_TEST

/* The same where each act was in force, found by date; 51 weeks of 2010 are 2 + 43 x 0.65. */
START_TEST(cumulative_cost_by_date)
{
    static const struct {
        const char *first;
        int weeks;
        int64_t cost;
    } by_date[] = {
        {"2007-01-01", 78, 5000000}, {"2010-01-04", 51, 2995000}, {"2012-01-02", 78, 5880000},
        {"2016-02-01", 52, 3220000}, {"2016-02-01", 78, 5300000},
    };

    load_law(&law, "auto", NULL);
    for (size_t i = 0; i < sizeof by_date / sizeof *by_date; i++) {
        struct tta_refusion_case c = {.first = day(by_date[i].first), .weekly_benefit_ore = 100000};

        c.last = c.first + 7 * by_date[i].weeks - 1;
        ck_assert_int_eq(split_case(&law, &c).municipality_ore, by_date[i].cost);
    }
}
END_TEST

/*
 * Quick Care (2012), Roskilde: 466 citizens came back 7.3 weeks sooner, 9.1
 * million kr saved in the first year. 466 x 7.3 x 70 % x 3,830 = 9,120,225.80,
 * printed 9,120,226 (domain 9.3). 466 x 7.3 are 3,401.8 weeks: 139 citizens with 8
 * weeks, one with 7 weeks and four weekdays, 326 with 7; from week 20 on (sick for
 * 19.9 weeks at the start), no activity, unemployed, under 2011 at the rate of 2011.
 */
START_TEST(roskilde)
{
    tta_date monday = day("2011-01-03");
    struct tta_refusion_case until_start = {
        .first = monday, .last = monday + 19 * 7 - 1, .weekly_benefit_ore = 383000};
    int64_t saved = 0;

    load_law(&law, "auto", NULL);
    for (int i = 0; i < 466; i++) {
        struct tta_refusion_case longer = until_start;

        longer.last += i < 139 ? 56 : i == 139 ? 49 + 4 : 49;
        saved += split_case(&law, &longer).municipality_ore -
                 split_case(&law, &until_start).municipality_ore;
    }
    ck_assert_int_eq(saved, 912022580);
    ck_assert_int_eq(half_up(saved, 100), 9120226);
}
END_TEST

/*
 * The rate alone, where none is given: week 1 of an unemployed case from Monday 2
 * January 2012 is 3,940 kr; from Thursday 29 December 2011 two weekdays at 3,830
 * and three at 3,940: 1,532 + 2,364 = 3,896. All the state's.
 */
START_TEST(maximum_of_the_week)
{
    struct tta_refusion_case c = case_of("2012-01-02", "2012-01-08", false, TTA_INTEGER_NONE);
    struct tta_refusion_split s;

    load_law(&law, "auto", NULL);
    ck_assert_int_eq(split_case(&law, &c).state_ore, 394000);
    c = case_of("2011-12-29", "2012-01-04", false, TTA_INTEGER_NONE);
    s = split_case(&law, &c);
    ck_assert_int_eq(s.benefit_ore, 389600);
    ck_assert_int_eq(s.state_ore, 389600);
}
END_TEST

/*
 * Partial return hour for hour: 10 hours of 37 back at work from Monday of week 9
 * under 2011 leave 27/37 of 3,940 = 2,875.135 -> 2,875.14 a week; a gradual return
 * makes it active, 50 %: 1,437.57 each. Half of the rate for the self-employed
 * (stk. 3): 1,970, 985 each.
 */
START_TEST(partial_return)
{
    struct tta_refusion_case c = case_of("2012-01-02", "2012-03-04", false, 394000), eight = c;
    struct tta_refusion_period p = {day("2012-02-27"),     c.last,
                                    TTA_GRADUAL_RETURN,    10 * TTA_MICRO,
                                    (37 - 10) * TTA_MICRO, 37 * TTA_MICRO};
    struct tta_refusion_split before, after;

    load_law(&law, "auto", NULL);
    eight.last -= 7;
    before = split_case(&law, &eight);
    c.period = &p;
    c.period_count = 1;
    after = split_case(&law, &c);
    ck_assert_int_eq(after.benefit_ore - before.benefit_ore, 287514);
    ck_assert_int_eq(after.state_ore - before.state_ore, 143757);
    p.of_micro = TTA_MICRO;
    p.paid_micro = TTA_MICRO / 2;
    after = split_case(&law, &c);
    ck_assert_int_eq(after.benefit_ore - before.benefit_ore, 197000);
    ck_assert_int_eq(after.state_ore - before.state_ore, 98500);
}
END_TEST

/*
 * Divided at the day. Unemployed, 1,000 kr, Monday 1 November 2010 to Sunday 23
 * January 2011: 12 weeks. Weeks 1 to 4 are the state's, weeks 5 to 8 (to 26
 * December) half. Week 9 begins Monday 27 December 2010: five weekdays to Friday
 * 31 December at 35 %: 350. Weeks 10 to 12 are of 2011, 30 %: 900. State 4,000 +
 * 2,000 + 350 + 900 = 7,250, municipality 4,750.
 */
START_TEST(across_1_january_2011)
{
    struct tta_refusion_case c = case_of("2010-11-01", "2011-01-23", false, 100000);

    load_law(&law, "auto", NULL);
    ck_assert_int_eq(split_case(&law, &c).state_ore, 725000);
    ck_assert_int_eq(split_case(&law, &c).municipality_ore, 475000);
}
END_TEST

/*
 * Within a week: from Wednesday 4 November 2009, 10 weeks to Tuesday 12 January
 * 2010. Week 9 begins Wednesday 30 December: two weekdays of 2009 at 50 % and three
 * of 2010 at 35 %: 200 + 210; week 10 at 35 %: 350. State 4,000 + 2,000 + 410 + 350.
 * With the other reading, from 6 July 2009 on, weeks 9 and 10 are at 35 %: 6,700.
 */
START_TEST(across_1_january_2010)
{
    struct tta_refusion_case c = case_of("2009-11-04", "2010-01-12", false, 100000);

    load_law(&law, "auto", NULL);
    ck_assert_int_eq(split_case(&law, &c).state_ore, 676000);
    load_law(&law, "auto", "from-july-2009");
    ck_assert_int_eq(split_case(&law, &c).state_ore, 670000);
}
END_TEST

/*
 * Into lov 994: unemployed from Monday 7 September 2015, 1,000 kr, 20 weeks to 24
 * January 2016. Weeks 1 to 16 (to 27 December) under 2011: 4,000 + 2,000 + 8 x 300 =
 * 8,400 of the state. They count since 1 July 2014, so the week of 28 December is
 * the 17th of benefit: 40 %, and so are the three after it: 1,600. State 10,000.
 */
START_TEST(into_lov_994)
{
    struct tta_refusion_case c = case_of("2015-09-07", "2016-01-24", false, 100000);

    load_law(&law, "auto", NULL);
    ck_assert_int_eq(split_case(&law, &c).state_ore, 1000000);
}
END_TEST

/*
 * § 29: benefit of 28 December 2015 to 3 January 2016 at the share of 4 to 10
 * January. Unemployed from Monday 7 December: the week of 28 December is the 4th
 * of benefit, 80 % by itself; that of 4 January is the 5th, 40 %. So the 4th is at
 * 40 % as well. Weeks 1 to 3 under 2011: all the state's. To 10 January: 3,000 + 400
 * + 400. The scheme asked for by name knows no calendar: 80 % in four weeks, 3,600.
 */
START_TEST(transition_of_2015)
{
    struct tta_refusion_case c = case_of("2015-12-07", "2016-01-10", false, 100000);

    load_law(&law, "auto", NULL);
    ck_assert_int_eq(split_case(&law, &c).state_ore, 380000);
    c.last = day("2016-01-03"); /* also when the case ends before the 4th */
    ck_assert_int_eq(split_case(&law, &c).state_ore, 340000);
    c.last = day("2016-01-10");
    load_law(&law, "2016", NULL);
    ck_assert_int_eq(split_case(&law, &c).state_ore, 4 * 80000 + 40000);
}
END_TEST

/*
 * Weeks before 1 July 2014 do not count (§ 30): unemployed from Monday 2 June 2014
 * the week of 28 December 2015 is week 83 of absence. The week of Monday 30 June has
 * Tuesday 1 July in it and counts: weeks 5 to 83 are 79 of benefit, 20 %. From
 * Monday 5 January 2015 it would be the 52nd, 30 %; by § 29 it is as the 53rd, 20 %.
 */
START_TEST(weeks_since_july_2014)
{
    struct tta_refusion_case c = case_of("2014-06-02", "2016-01-03", false, 100000), before = c;

    load_law(&law, "auto", NULL);
    before.last = day("2015-12-27");
    ck_assert_int_eq(split_case(&law, &c).state_ore - split_case(&law, &before).state_ore, 20000);
    c.first = before.first = day("2015-01-05");
    ck_assert_int_eq(split_case(&law, &c).state_ore - split_case(&law, &before).state_ore, 20000);
    c.first = before.first = day("2015-01-12");
    ck_assert_int_eq(split_case(&law, &c).state_ore - split_case(&law, &before).state_ore, 30000);
}
END_TEST

/*
 * The week of 1 July 2014 itself: unemployed from Monday 2 June 2014, fully back
 * (nothing paid) from 7 July 2014 to 13 December 2015. Weeks of benefit: that of
 * Monday 30 June, for its Tuesday, and those of 14, 21 and 28 December: the last is
 * the 4th, by § 29 as the 5th: 40 %. Without the week of 1 July it would be 80 %.
 */
START_TEST(the_week_of_1_july_2014)
{
    struct tta_refusion_case c = case_of("2014-06-02", "2016-01-03", false, 100000), before = c;
    struct tta_refusion_period p = {
        day("2014-07-07"), day("2015-12-13"), TTA_GRADUAL_RETURN, TTA_INTEGER_NONE, 0, TTA_MICRO};

    load_law(&law, "auto", NULL);
    c.period = before.period = &p;
    c.period_count = before.period_count = 1;
    before.last = day("2015-12-27");
    ck_assert_int_eq(split_case(&law, &c).state_ore - split_case(&law, &before).state_ore, 40000);
}
END_TEST

/* 10 benefit weeks before the case: its first week is the 11th, 40 %; 17 weeks on the 28th, 30 %.
 */
START_TEST(weeks_before_the_case)
{
    struct tta_refusion_case c = case_of("2016-02-01", "2016-02-07", false, 100000);

    load_law(&law, "auto", NULL);
    c.weeks_before = 10;
    ck_assert_int_eq(split_case(&law, &c).state_ore, 40000);
    c.last += 17 * 7;
    ck_assert_int_eq(split_case(&law, &c).state_ore, 16 * 40000 + 2 * 30000);
}
END_TEST

Suite *refusion_figures_suite(void)
{
    Suite *s = suite_create("refusion/figures");
    TCase *t = tcase_create("all");

    tcase_add_loop_test(t, cumulative_municipal_cost, 0, sizeof anchors / sizeof *anchors);
    tcase_add_test(t, cumulative_cost_by_date);
    tcase_add_test(t, roskilde);
    tcase_add_test(t, maximum_of_the_week);
    tcase_add_test(t, partial_return);
    tcase_add_test(t, across_1_january_2011);
    tcase_add_test(t, across_1_january_2010);
    tcase_add_test(t, into_lov_994);
    tcase_add_test(t, transition_of_2015);
    tcase_add_test(t, weeks_since_july_2014);
    tcase_add_test(t, the_week_of_1_july_2014);
    tcase_add_test(t, weeks_before_the_case);
    suite_add_tcase(s, t);
    return s;
}
