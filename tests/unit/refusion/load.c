/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../data/support.h"

#include "tta/refusion.h"

Suite *refusion_load_suite(void);

static tta_date day(int year, int month, int dom)
{
    tta_date d;

    ck_assert(tta_date_from_ymd(year, month, dom, &d));
    return d;
}

/*
 * The regimes: lov 563/2006, lov 480/2009, the act of 22 December 2010 (section
 * 62 stk. 3: 30 %, stk. 4 and 5: 50 %), lov 994/2015 section 5 stk. 2. In millionths.
 */
static const struct {
    const char *name;
    enum tta_weeks_counted counted;
    struct {
        int32_t from_week, to_week;
        int64_t state_micro, active_micro;
    } band[4];
} regimes[] = {
    {"2006",
     TTA_WEEKS_OF_ABSENCE,
     {{1, 4, 1000000, 1000000},
      {5, 8, 500000, 500000},
      {9, 52, 500000, 500000},
      {53, TTA_WEEK_NO_END, 0, 0}}},
    {"2010",
     TTA_WEEKS_OF_ABSENCE,
     {{1, 4, 1000000, 1000000},
      {5, 8, 500000, 500000},
      {9, 52, 350000, 650000},
      {53, TTA_WEEK_NO_END, 0, 0}}},
    {"2011",
     TTA_WEEKS_OF_ABSENCE,
     {{1, 4, 1000000, 1000000},
      {5, 8, 500000, 500000},
      {9, 52, 300000, 500000},
      {53, TTA_WEEK_NO_END, 0, 0}}},
    {"2016",
     TTA_WEEKS_OF_BENEFIT,
     {{1, 4, 800000, 800000},
      {5, 26, 400000, 400000},
      {27, 52, 300000, 300000},
      {53, TTA_WEEK_NO_END, 200000, 200000}}},
};

START_TEST(regimes_as_the_acts_have_them)
{
    struct tta_refusion_scheme s;
    struct tta_error e = {0};

    ck_assert_msg(tta_refusion_scheme_load(regimes[_i].name, NULL, &s, &e) == 0, "%s", e.text);
    ck_assert_str_eq(s.id, regimes[_i].name);
    ck_assert_int_eq(s.counted, regimes[_i].counted);
    ck_assert_uint_eq(s.count, 4);
    for (size_t i = 0; i < 4; i++) {
        ck_assert_int_eq(s.band[i].from_week, regimes[_i].band[i].from_week);
        ck_assert_int_eq(s.band[i].to_week, regimes[_i].band[i].to_week);
        ck_assert_int_eq(s.band[i].state_micro, regimes[_i].band[i].state_micro);
        ck_assert_int_eq(s.band[i].active_micro, regimes[_i].band[i].active_micro);
    }
}
END_TEST

/* One regime ends the day before the next begins; the last has no end. */
START_TEST(regimes_follow_each_other)
{
    struct tta_refusion_scheme before, s;
    struct tta_error e = {0};

    ck_assert_int_eq(tta_refusion_scheme_load(regimes[0].name, NULL, &before, &e), 0);
    for (size_t i = 1; i < sizeof regimes / sizeof *regimes; i++) {
        ck_assert_int_eq(tta_refusion_scheme_load(regimes[i].name, NULL, &s, &e), 0);
        ck_assert_int_eq(s.valid_from, before.valid_to + 1);
        before = s;
    }
    ck_assert_int_eq(before.valid_from, day(2015, 12, 28)); /* lov 994 section 29 */
    ck_assert_int_eq(before.valid_to, TTA_DATE_NONE);
}
END_TEST

static const struct {
    const char *from, *to, *text;
} bad[] = {
    {"\"from_week\": 1,", "\"from_week\": 2,",
     "/bands/0/from_week: should be week 1: bands have no gaps"},
    {"\"from_week\": 9", "\"from_week\": 10",
     "/bands/2/from_week: should be week 9: bands have no gaps"},
    {"\"from_week\": 9", "\"from_week\": 8",
     "/bands/2/from_week: should be week 9: bands have no gaps"},
    {"\"to_week\": null", "\"to_week\": 99", "/bands/3/to_week: the last band has no end (null)"},
    {"\"to_week\": 8", "\"to_week\": null", "/bands/1/to_week: only the last band has no end"},
    {"\"to_week\": 8", "\"to_week\": 4", "/bands/1/to_week: before from_week"},
};

START_TEST(bad_bands)
{
    char path[] = TEST_PATH;
    struct tta_refusion_scheme s;
    struct tta_error e = {0};

    changed_file(path, "refusion", "2011", bad[_i].from, bad[_i].to);
    ck_assert_int_eq(tta_refusion_scheme_load(path, NULL, &s, &e), TTA_E_CONFIG);
    ck_assert_str_eq(e.text, bad[_i].text);
    ck_assert_str_eq(e.source, path);
    unlink(path);
}
END_TEST

/* A slip of the pen in a document of one's own: nobody's employer pays for more than a year. */
START_TEST(an_employer_period_of_more_than_a_year)
{
    char path[] = TEST_PATH;
    struct tta_rates r;
    struct tta_error e = {0};

    changed_file(path, "rates", "employer-period", "\"value\": 30", "\"value\": 365");
    ck_assert_int_eq(tta_employer_periods_load(path, &r, &e), 0);
    unlink(path);
    memcpy(path, (char[]){TEST_PATH}, sizeof path);
    changed_file(path, "rates", "employer-period", "\"value\": 30", "\"value\": 366");
    ck_assert_int_eq(tta_employer_periods_load(path, &r, &e), TTA_E_CONFIG);
    ck_assert_str_eq(e.text, "/rows/3/value: more than 365 days");
    ck_assert_str_eq(e.source, path);
    unlink(path);
}
END_TEST

START_TEST(a_copy_can_be_changed)
{
    char path[] = TEST_PATH;
    struct tta_refusion_scheme ours, shipped;
    struct tta_error e = {0};

    changed_file(path, "refusion", "2011", "\"state_share\": 0.3", "\"state_share\": 0.333333");
    ck_assert_int_eq(tta_refusion_scheme_load(path, NULL, &ours, &e), 0);
    ck_assert_int_eq(ours.band[2].state_micro, 333333);
    ck_assert_int_eq(tta_refusion_scheme_load("2011", NULL, &shipped, &e), 0);
    ck_assert_int_ne(memcmp(ours.hash, shipped.hash, sizeof ours.hash), 0);
    unlink(path);
}
END_TEST

START_TEST(unknown_documents)
{
    struct tta_refusion_scheme s;
    struct tta_rates r;
    struct tta_error e = {0};

    ck_assert_int_eq(tta_refusion_scheme_load("1999", NULL, &s, &e), TTA_E_CONFIG);
    tta_error_clear(&e);
    ck_assert_int_eq(tta_refusion_scheme_load("/nonexistent/a.json", NULL, &s, &e), TTA_E_NOINPUT);
    tta_error_clear(&e);
    /* rates, but none in days */
    ck_assert_int_eq(tta_employer_periods_load("sygedagpenge-max", &r, &e), TTA_E_CONFIG);
    tta_error_clear(&e);
    ck_assert_int_eq(tta_employer_periods_load("employer-period", &r, &e), 0);
    ck_assert_uint_eq(r.count, 4);
}
END_TEST

Suite *refusion_load_suite(void)
{
    Suite *s = suite_create("refusion/load");
    TCase *t = tcase_create("all");

    tcase_add_loop_test(t, regimes_as_the_acts_have_them, 0, sizeof regimes / sizeof *regimes);
    tcase_add_test(t, regimes_follow_each_other);
    tcase_add_loop_test(t, bad_bands, 0, sizeof bad / sizeof *bad);
    tcase_add_test(t, an_employer_period_of_more_than_a_year);
    tcase_add_test(t, a_copy_can_be_changed);
    tcase_add_test(t, unknown_documents);
    suite_add_tcase(s, t);
    return s;
}
