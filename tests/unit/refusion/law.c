/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Regimes by date, readings of the acts, reasons, and what is refused. */
#include "../data/support.h"
#include "support.h"

Suite *refusion_law_suite(void);

static struct tta_refusion_law law;
static struct tta_error e;

static void set_up(void)
{
    tta_error_clear(&e);
    memset(&law, 0, sizeof law);
}

static const char *on(const char *iso)
{
    tta_date end;
    const struct tta_refusion_scheme *s = tta_refusion_scheme_on(&law, day(iso), &end);

    return s == NULL ? "" : s->id;
}

/* The last and first days of the acts, and what the day's scheme says about its own end. */
START_TEST(by_date)
{
    tta_date end;

    load_law(&law, "auto", NULL);
    ck_assert(law.dated);
    ck_assert_str_eq(on("2006-07-02"), "");
    ck_assert_str_eq(on("2006-07-03"), "2006");
    ck_assert_str_eq(on("2009-12-31"), "2006");
    ck_assert_str_eq(on("2010-01-01"), "2010");
    ck_assert_str_eq(on("2010-12-31"), "2010");
    ck_assert_str_eq(on("2011-01-01"), "2011");
    ck_assert_str_eq(on("2015-12-27"), "2011");
    ck_assert_str_eq(on("2015-12-28"), "2016");
    ck_assert_str_eq(on("2199-12-31"), "2016");
    tta_refusion_scheme_on(&law, day("2010-06-01"), &end);
    ck_assert_int_eq(end, day("2010-12-31"));
}
END_TEST

START_TEST(a_name_pins)
{
    load_law(&law, "2011", NULL);
    ck_assert(!law.dated);
    ck_assert_str_eq(on("1999-01-01"), "2011");
    ck_assert_str_eq(on("2030-01-01"), "2011");
}
END_TEST

/* A reading begins a regime sooner, and so ends the one before. */
START_TEST(readings_of_the_start)
{
    load_law(&law, "auto", "from-july-2009");
    ck_assert_str_eq(on("2009-07-05"), "2006");
    ck_assert_str_eq(on("2009-07-06"), "2010");
    ck_assert_str_eq(law.scheme[1].readings, "from-july-2009");
    ck_assert_str_eq(law.scheme[0].readings, "");
}
END_TEST

/* The act: no hours, chapter 10 only as § 32 stk. 1 nr. 1. The white paper: chapters 10 to 12, over
 * 10 hours. */
START_TEST(readings_of_the_condition)
{
    struct tta_refusion_period p = {0, 0, TTA_LAB_11, TTA_INTEGER_NONE, TTA_MICRO, TTA_MICRO};

    load_law(&law, "2011", NULL);
    ck_assert(!law.scheme[0].active[TTA_LAB_10].counts);
    for (int k = 0; k < TTA_ACTIVITY_KINDS; k++)
        ck_assert_int_eq(law.scheme[0].active[k].hours_over_micro,
                         k == TTA_LAB_10 ? 0 : TTA_INTEGER_NONE);
    ck_assert_ptr_null(tta_refusion_period_problem(&law, &p));
    load_law(&law, "2011", "white-paper-hours");
    ck_assert(law.scheme[0].active[TTA_LAB_10].counts);
    ck_assert_int_eq(law.scheme[0].active[TTA_LAB_12].hours_over_micro, 10 * TTA_MICRO);
    ck_assert_int_eq(law.scheme[0].active[TTA_GRADUAL_RETURN].hours_over_micro, TTA_INTEGER_NONE);
    ck_assert_ptr_nonnull(tta_refusion_period_problem(&law, &p));
    p.hours_micro = 0;
    ck_assert_ptr_null(tta_refusion_period_problem(&law, &p));
}
END_TEST

/* Week 9 under 2011 with an offer of chapter 11: more than 10 hours is 10.01, not 10 (domain 1.3).
 */
START_TEST(more_than_ten_hours)
{
    struct tta_refusion_case c = case_of("2012-01-02", "2012-03-04", false, 100000);
    struct tta_refusion_period p = {day("2012-02-27"), c.last,    TTA_LAB_11,
                                    10 * TTA_MICRO,    TTA_MICRO, TTA_MICRO};

    c.period = &p;
    c.period_count = 1;
    load_law(&law, "2011", NULL);
    ck_assert_int_eq(split_case(&law, &c).state_ore, 400000 + 200000 + 50000);
    load_law(&law, "2011", "white-paper-hours");
    ck_assert_int_eq(split_case(&law, &c).state_ore, 400000 + 200000 + 30000);
    p.hours_micro++;
    ck_assert_int_eq(split_case(&law, &c).state_ore, 400000 + 200000 + 50000);
    p.kind = TTA_LAB_10;
    ck_assert_int_eq(split_case(&law, &c).state_ore, 400000 + 200000 + 50000);
    load_law(&law, "2011", NULL);
    ck_assert_int_eq(split_case(&law, &c).state_ore, 400000 + 200000 + 30000);
}
END_TEST

/* Quick Care's prose: 70/30 from week 5 already (domain 9.3 a): through week 52 4 + 48 x 0.3 = 18.4
 * the state's. */
START_TEST(reading_of_the_prose)
{
    struct tta_refusion_case c = case_of("2012-01-02", "2012-12-30", false, 100000);

    load_law(&law, "2011", "white-paper-prose");
    ck_assert_int_eq(split_case(&law, &c).state_ore, 1840000);
}
END_TEST

START_TEST(several_names)
{
    static const char *const gap[] = {"2006", "2016"}, *const fine[] = {"2011", "2010"};
    static const char *const twice[] = {"2011", "auto"};

    ck_assert_int_eq(tta_refusion_law_load(gap, 2, NULL, &law, &e), TTA_E_CONFIG);
    ck_assert_str_eq(e.text, "no scheme for the days between 2006 and 2016");
    tta_error_clear(&e);
    ck_assert_int_eq(tta_refusion_law_load(twice, 2, NULL, &law, &e), TTA_E_CONFIG);
    ck_assert_str_eq(e.text, "schemes 2011 and 2011 begin on the same day");
    tta_error_clear(&e);
    ck_assert_int_eq(tta_refusion_law_load(fine, 2, NULL, &law, &e), 0);
    ck_assert_str_eq(law.scheme[0].id, "2010");
    ck_assert_str_eq(on("2015-12-27"), "2011");
    ck_assert_str_eq(on("2015-12-28"), "");
    ck_assert_str_eq(on("2009-12-31"), "");
}
END_TEST

static const struct {
    const char *name, *from, *to, *text;
} bad[] = {
    {"2016", "\"self_support_weeks\": 52", "\"self_support_weeks\": 157",
     "/restart/self_support_weeks: more than within_weeks"},
    {"2016", "\"to\": \"2016-01-03\"", "\"to\": \"2015-12-27\"", "/transition/to: before from"},
    {"2016", "\"as_on\": \"2016-01-04\"", "\"as_on\": \"2016-01-03\"",
     "/transition/as_on: not after to"},
    {"2011", "\"kind\": \"lab_32_1_1\"", "\"kind\": \"lab_11\"", "/active/2/kind: stands twice"},
    {"2011", "\"kind\": \"lab_32_1_1\"", "\"kind\": \"lab_9\"",
     "/active/1/kind: should be gradual_return, lab_32_1_1, lab_10, lab_11 or lab_12"},
};

START_TEST(bad_documents)
{
    char path[] = TEST_PATH;
    struct tta_refusion_scheme s;

    changed_file(path, "refusion", bad[_i].name, bad[_i].from, bad[_i].to);
    ck_assert_int_eq(tta_refusion_scheme_load(path, NULL, &s, &e), TTA_E_CONFIG);
    ck_assert_str_eq(e.text, bad[_i].text);
    unlink(path);
}
END_TEST

/* Two readings that change the same are not added up in silence. */
START_TEST(readings_that_clash)
{
    const char *ids[] = {"white-paper-hours", "white-paper-prose"};
    struct tta_refusion_readings r = {.ids = ids, .count = 2};
    struct tta_refusion_scheme s;
    char path[] = TEST_PATH;

    ck_assert_int_eq(tta_refusion_scheme_load("2011", &r, &s, &e), 0); /* active, bands */
    ck_assert_str_eq(s.readings, "white-paper-hours+white-paper-prose");
    changed_file(
        path, "refusion", "2011", "\"id\": \"white-paper-prose\",",
        "\"id\": \"white-paper-prose\", \"active\": [{\"kind\": \"lab_12\", \"paragraph\": "
        "\"x\", \"source\": \"x\", \"confidence\": \"seen\"}],");
    ck_assert_int_eq(tta_refusion_scheme_load(path, &r, &s, &e), TTA_E_CONFIG);
    ck_assert_str_eq(e.text, "/readings: two of those asked for both change active");
    unlink(path);
}
END_TEST

/*
 * The maximum of 2026 holds to Sunday 3 January 2027, as the next begins on the first Monday
 * of January (§ 50). Weeks of the case that have a day after it, begun or cut.
 */
START_TEST(weeks_without_a_known_maximum)
{
    struct tta_refusion_case c = case_of("2026-12-21", "2027-01-03", false, 100000);

    load_law(&law, "auto", NULL);
    ck_assert_int_eq(law.maximum.known_to, day("2027-01-03"));
    ck_assert_int_eq(tta_refusion_weeks_unknown(&law, &c), 0);
    c.last = day("2027-01-04");
    ck_assert_int_eq(tta_refusion_weeks_unknown(&law, &c), 1);
    c.last = day("2027-01-17");
    ck_assert_int_eq(tta_refusion_weeks_unknown(&law, &c), 2);
    c.first = day("2026-12-23"); /* weeks from Wednesdays: 30 December, 6 and 13 January */
    ck_assert_int_eq(tta_refusion_weeks_unknown(&law, &c), 3);
    c = case_of("2028-01-05", "2028-01-05", false, TTA_INTEGER_NONE);
    ck_assert_int_eq(tta_refusion_weeks_unknown(&law, &c), 1);
    law.above_allowed = true; /* the benefit is the maximum: it is asked for all the same */
    ck_assert_int_eq(tta_refusion_weeks_unknown(&law, &c), 1);
    c.weekly_benefit_ore = 100000;
    ck_assert_int_eq(tta_refusion_weeks_unknown(&law, &c), 0);
}
END_TEST

/* ---- cases that are refused ---- */

static void refused(const struct tta_refusion_case *c, const char *column, const char *text)
{
    struct tta_refusion_split out = {1, 1, 1, 1, 1};

    tta_error_clear(&e);
    ck_assert_int_eq(tta_refusion_split(&law, c, NULL, &out, &e), TTA_E_DATA);
    ck_assert_str_eq(e.column, column);
    ck_assert_str_eq(e.text, text);
    ck_assert_int_eq(
        out.weeks + out.benefit_ore + out.employer_ore + out.state_ore + out.municipality_ore, 0);
}

START_TEST(bad_cases)
{
    struct tta_refusion_case c = case_of("2006-07-02", "2006-07-09", false, 100000);

    load_law(&law, "auto", NULL);
    refused(&c, "first_absence_date", "before 2006-07-03, when the first scheme begins");
    c = case_of("2012-01-02", "2012-01-08", false, 394001);
    refused(&c, "weekly_benefit", "above the maximum of its weeks from 2012-01-02: 3940.00 kr");
    c = case_of("2012-12-31", "2013-01-09", false, 400500); /* 4,005 kr from 7 January 2013 only */
    refused(&c, "weekly_benefit", "above the maximum of its weeks from 2012-01-02: 3940.00 kr");
    law.above_allowed = true;
    split_case(&law, &c);
    law.above_allowed = false;
    c = case_of("2012-01-01", "2012-01-08", false, 394000); /* the Sunday earns nothing */
    split_case(&law, &c);
    c = case_of("2012-01-02", "2012-01-08", false, 100000);
    c.weeks_before = -1;
    refused(&c, "benefit_weeks_before", "not from 0 to 2600");
    c = case_of("2012-01-02", "2021-12-19", false, 100000); /* 520 weeks, to a Sunday */
    split_case(&law, &c);
    c.last++;
    refused(&c, "last_absence_date", "a case of more than 520 weeks");
    c.last = day("2199-02-09");
    refused(&c, "last_absence_date", "a case of more than 520 weeks");
    load_law(&law, "2011", NULL);
    c = case_of("2004-01-04", "2004-01-08", false, TTA_INTEGER_NONE);
    refused(&c, "weekly_benefit", "empty, and no maximum is known for all its days");
}
END_TEST

START_TEST(bad_periods)
{
    struct tta_refusion_case c = case_of("2012-01-02", "2012-03-04", false, 100000);
    struct tta_refusion_period p[2] = {
        {c.first, c.first + 6, TTA_LAB_11, TTA_INTEGER_NONE, TTA_MICRO, TTA_MICRO},
        {c.first + 7, c.last, TTA_LAB_12, TTA_INTEGER_NONE, TTA_MICRO, TTA_MICRO}};

    load_law(&law, "auto", NULL);
    c.period = p;
    c.period_count = 2;
    split_case(&law, &c);
    p[1].from--;
    refused(&c, "", "active periods overlap");
    p[1].from++;
    p[1].to++;
    refused(&c, "", "an active period reaches outside the case");
    p[1].to = p[1].from - 1;
    refused(&c, "", "an active period ends before it begins");
    p[1].to = c.last;
    p[0].from--;
    refused(&c, "", "an active period reaches outside the case");
    p[0].from++;
    p[0].paid_micro = TTA_MICRO + 1;
    refused(&c, "", "a part of the benefit that is none");
}
END_TEST

/* ---- reasons ---- */

static size_t reasons_of(const char *first, const char *last, bool employed, int64_t ore,
                         const struct tta_refusion_period *p, int64_t week,
                         const char *out[TTA_REFUSION_REASONS], enum tta_confidence *least)
{
    struct tta_refusion_case c = case_of(first, last, employed, ore);
    struct tta_refusion_walk w;
    struct tta_refusion_part part;

    c.period = p;
    c.period_count = p != NULL;
    ck_assert_msg(tta_refusion_check(&law, &c, NULL, &e) == 0, "%s", e.text);
    tta_refusion_walk_start(&w, &law, &c, NULL, false);
    while (tta_refusion_walk_next(&w, &part))
        if (part.week == week)
            return tta_refusion_reasons(&part, out, least);
    ck_abort_msg("no such week");
    return 0;
}

START_TEST(reasons)
{
    const char *why[TTA_REFUSION_REASONS];
    enum tta_confidence least;
    struct tta_refusion_period p = {day("2012-01-02"), day("2012-03-11"), TTA_GRADUAL_RETURN,
                                    TTA_INTEGER_NONE,  TTA_MICRO / 2,     TTA_MICRO};

    load_law(&law, "auto", NULL);
    /* week 5 is the employer's and the state's */
    ck_assert_uint_eq(reasons_of("2012-01-02", "2012-03-11", true, 100000, NULL, 5, why, &least),
                      2);
    ck_assert_str_eq(why[0], "lov om sygedagpenge § 30");
    ck_assert_str_eq(why[1], "LBK 1152/2011 § 62, stk. 2");
    ck_assert_int_eq(least, TTA_SEEN);
    /* active, reduced, and at the maximum of 2012 */
    ck_assert_uint_eq(
        reasons_of("2012-01-02", "2012-03-11", false, TTA_INTEGER_NONE, &p, 9, why, &least), 3);
    ck_assert_str_eq(why[0], "LBK 1152/2011 § 62, stk. 4");
    ck_assert_str_eq(why[1], "lov om sygedagpenge § 53");
    ck_assert_str_eq(why[2], "lov om sygedagpenge § 50");
    ck_assert_int_eq(least, TTA_DERIVED);
    /* stated, so either of the two */
    p.kind = TTA_ACTIVE_STATED;
    p.paid_micro = TTA_MICRO;
    ck_assert_uint_eq(reasons_of("2012-01-02", "2012-03-11", false, 100000, &p, 9, why, &least), 2);
    ck_assert_str_eq(why[1], "LBK 1152/2011 § 62, stk. 5");
    /* active in week 8 changes nothing: stk. 2 */
    ck_assert_uint_eq(reasons_of("2012-01-02", "2012-03-11", false, 100000, &p, 8, why, &least), 1);
    ck_assert_str_eq(why[0], "LBK 1152/2011 § 62, stk. 2");
    /* the transition of 2015, at a rate from an uncertain table */
    ck_assert_uint_eq(reasons_of("2015-12-28", "2016-01-10", false, 100000, NULL, 1, why, &least),
                      2);
    ck_assert_str_eq(why[1], "lov 994/2015 § 29");
    ck_assert_int_eq(least, TTA_SEEN);
    reasons_of("2016-01-11", "2016-01-17", false, TTA_INTEGER_NONE, NULL, 1, why, &least);
    ck_assert_int_eq(least, TTA_UNCERTAIN);
    reasons_of("2010-06-07", "2010-06-13", false, 100000, NULL, 1, why, &least);
    ck_assert_int_eq(least, TTA_UNCERTAIN);
}
END_TEST

Suite *refusion_law_suite(void)
{
    Suite *s = suite_create("refusion/law");
    TCase *t = tcase_create("all");

    tcase_add_checked_fixture(t, set_up, NULL);
    tcase_add_test(t, by_date);
    tcase_add_test(t, a_name_pins);
    tcase_add_test(t, readings_of_the_start);
    tcase_add_test(t, readings_of_the_condition);
    tcase_add_test(t, more_than_ten_hours);
    tcase_add_test(t, reading_of_the_prose);
    tcase_add_test(t, several_names);
    tcase_add_loop_test(t, bad_documents, 0, sizeof bad / sizeof *bad);
    tcase_add_test(t, readings_that_clash);
    tcase_add_test(t, bad_cases);
    tcase_add_test(t, weeks_without_a_known_maximum);
    tcase_add_test(t, bad_periods);
    tcase_add_test(t, reasons);
    suite_add_tcase(s, t);
    return s;
}
