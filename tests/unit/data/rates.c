/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support.h"

#include "tta/number.h"
#include "tta/rates.h"

Suite *data_rates_suite(void);

static tta_date day(int year, int month, int dom)
{
    tta_date d;

    ck_assert(tta_date_from_ymd(year, month, dom, &d));
    return d;
}

static int64_t on(const struct tta_rates *r, int year, int month, int dom)
{
    int64_t value = -1;

    return tta_rates_on(r, day(year, month, dom), &value) ? value : -1;
}

/*
 * Lov om sygedagpenge section 30: 14, 15, 21 and 30 calendar days by first
 * absence day; the last days of one row and the first of the next.
 */
START_TEST(employer_period_by_first_absence_day)
{
    struct tta_rates r;
    struct tta_error e = {0};

    ck_assert_msg(tta_rates_load("employer-period", TTA_RATES_DAYS, &r, &e) == 0, "%s", e.text);
    ck_assert_str_eq(r.id, "employer-period");
    ck_assert_int_eq(on(&r, 2006, 7, 2), -1);
    ck_assert_int_eq(on(&r, 2006, 7, 3), 14);
    ck_assert_int_eq(on(&r, 2007, 4, 1), 14);
    ck_assert_int_eq(on(&r, 2007, 4, 2), 15);
    ck_assert_int_eq(on(&r, 2008, 6, 1), 15);
    ck_assert_int_eq(on(&r, 2008, 6, 2), 21);
    ck_assert_int_eq(on(&r, 2012, 1, 1), 21);
    ck_assert_int_eq(on(&r, 2012, 1, 2), 30);
    ck_assert_int_eq(on(&r, 2199, 12, 31), 30);
}
END_TEST

/* Official rates: 3,940 kr from 2 January 2012, 4,005 from 7 January 2013, 4,695 from 1 January
 * 2024. */
START_TEST(maximum_weekly_benefit)
{
    struct tta_rates r;
    struct tta_error e = {0};

    ck_assert_msg(tta_rates_load("sygedagpenge-max", TTA_RATES_KR_PER_WEEK, &r, &e) == 0, "%s",
                  e.text);
    ck_assert_int_eq(on(&r, 2004, 1, 4), -1);
    ck_assert_int_eq(on(&r, 2004, 1, 5), 320500);
    ck_assert_int_eq(on(&r, 2012, 1, 1), 383000);
    ck_assert_int_eq(on(&r, 2012, 1, 2), 394000);
    ck_assert_int_eq(on(&r, 2013, 1, 6), 394000);
    ck_assert_int_eq(on(&r, 2013, 1, 7), 400500);
    ck_assert_int_eq(on(&r, 2024, 6, 30), 469500);
    ck_assert_uint_eq(r.count, 2026 - 2004 + 1);
}
END_TEST

/* Section 50: with effect from the first Monday in January, every year, and never lower. */
START_TEST(rates_begin_on_the_first_monday_of_january)
{
    struct tta_rates r;
    struct tta_error e = {0};

    ck_assert_int_eq(tta_rates_load("sygedagpenge-max", TTA_RATES_KR_PER_WEEK, &r, &e), 0);
    for (size_t i = 0; i < r.count; i++) {
        int year, month, dom;

        tta_date_to_ymd(r.row[i].from, &year, &month, &dom);
        ck_assert_int_eq(year, 2004 + (int)i);
        ck_assert_int_eq(month, 1);
        ck_assert_int_le(dom, 7);
        ck_assert_int_eq(tta_date_weekday(r.row[i].from), 0);
        ck_assert_int_eq(r.row[i].value % 500, 0); /* whole fives of kroner */
        if (i > 0)
            ck_assert_int_ge(r.row[i].value, r.row[i - 1].value);
    }
}
END_TEST

/*
 * Quick Care's Roskilde calculation (white paper 2012): 466 citizens x 7.3 weeks
 * x 70 % x the rate of 2011 is the printed 9.1 million kr; only 3,830 gives it.
 */
START_TEST(roskilde_needs_the_rate_of_2011)
{
    struct tta_rates r;
    struct tta_error e = {0};
    int64_t ore;

    ck_assert_int_eq(tta_rates_load("sygedagpenge-max", TTA_RATES_KR_PER_WEEK, &r, &e), 0);
    ck_assert(tta_muldiv_half_up(on(&r, 2011, 6, 1), 466 * 73 * 7, 100, &ore));
    ck_assert_int_eq((ore + 50) / 100, 9120226);
}
END_TEST

START_TEST(the_unit_is_asked_for)
{
    struct tta_rates r;
    struct tta_error e = {0};

    ck_assert_int_eq(tta_rates_load("employer-period", TTA_RATES_KR_PER_WEEK, &r, &e),
                     TTA_E_CONFIG);
    ck_assert_str_eq(e.text, "/unit: should be kr_per_week here");
    ck_assert_str_eq(e.source, "rates/employer-period");
    tta_error_clear(&e);
    ck_assert_int_eq(tta_rates_load("nothing", TTA_RATES_DAYS, &r, &e), TTA_E_CONFIG);
}
END_TEST

static const struct {
    const char *from, *to, *text;
} bad[] = {
    {"\"2008-06-02\"", "\"2007-04-02\"", "/rows/2/valid_from: not later than the row before"},
    {"\"valid_from\": \"2006-07-03\"", "\"valid_from\": \"2006-07-04\"",
     "/rows/0/valid_from: the first row begins with the document"},
    {"\"value\": 21", "\"value\": 21.5", "/rows/2/value: not a whole number of days"},
    {"\"valid_to\": null", "\"valid_to\": \"2012-01-01\"",
     "/rows/3/valid_from: after the end of the document"},
};

START_TEST(bad_rows)
{
    char path[] = TEST_PATH;
    struct tta_rates r;
    struct tta_error e = {0};

    changed_file(path, "rates", "employer-period", bad[_i].from, bad[_i].to);
    ck_assert_int_eq(tta_rates_load(path, TTA_RATES_DAYS, &r, &e), TTA_E_CONFIG);
    ck_assert_str_eq(e.text, bad[_i].text);
    unlink(path);
}
END_TEST

START_TEST(an_end_is_an_end)
{
    char path[] = TEST_PATH;
    struct tta_rates r;
    struct tta_error e = {0};

    changed_file(path, "rates", "employer-period", "\"valid_to\": null",
                 "\"valid_to\": \"2013-12-31\"");
    ck_assert_int_eq(tta_rates_load(path, TTA_RATES_DAYS, &r, &e), 0);
    ck_assert_int_eq(on(&r, 2013, 12, 31), 30);
    ck_assert_int_eq(on(&r, 2014, 1, 1), -1);
    unlink(path);
}
END_TEST

Suite *data_rates_suite(void)
{
    Suite *s = suite_create("data/rates");
    TCase *t = tcase_create("all");

    tcase_add_test(t, employer_period_by_first_absence_day);
    tcase_add_test(t, maximum_weekly_benefit);
    tcase_add_test(t, rates_begin_on_the_first_monday_of_january);
    tcase_add_test(t, roskilde_needs_the_rate_of_2011);
    tcase_add_test(t, the_unit_is_asked_for);
    tcase_add_loop_test(t, bad_rows, 0, sizeof bad / sizeof *bad);
    tcase_add_test(t, an_end_is_an_end);
    suite_add_tcase(s, t);
    return s;
}
