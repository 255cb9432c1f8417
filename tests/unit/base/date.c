/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Days beside a calendar that counts: every day of the years that are read. */
#include <check.h>
#include <stdlib.h>

#include "../../fuzz/number_reference.h"
#include "tta/date.h"
#include "quick.h"

Suite *base_date_suite(void);

#define FIRST (-62091) /* 1800-01-01 */
#define LAST 84005     /* 2199-12-31 */

static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

static int length_of(int year, int month)
{
    bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);

    return lengths[month - 1] + (leap && month == 2);
}

static tta_date on(int year, int month, int day)
{
    tta_date d = 0;

    ck_assert_msg(tta_date_from_ymd(year, month, day, &d), "%d-%d-%d", year, month, day);
    return d;
}

START_TEST(every_day)
{
    tta_date day = FIRST;
    int weekday = 2; /* 1800-01-01 was a Wednesday */

    for (int year = 1800; year <= 2199; year++)
        for (int month = 1; month <= 12; month++)
            for (int dom = 1; dom <= length_of(year, month); dom++, day++) {
                int y, m, d;

                tta_date_to_ymd(day, &y, &m, &d);
                if (on(year, month, dom) != day || y != year || m != month || d != dom)
                    ck_abort_msg("%d-%d-%d", year, month, dom);
                quick_assert(tta_date_weekday(day) == weekday);
                weekday = (weekday + 1) % 7;
            }
    quick_assert(day - 1 == LAST);
    quick_assert(on(1970, 1, 1) == 0);
    quick_assert(on(2000, 3, 1) == 11017); /* date -d 2000-03-01 +%s / 86400 */
}
END_TEST

/* The week with the year's first Thursday is week 1; weeks are counted from there. */
START_TEST(every_iso_week)
{
    tta_date day = FIRST;
    int iso_year = 1800, week = 1; /* 1800-01-01 was a Wednesday: in the week of a Thursday */

    for (; day <= LAST - 7; day++) {
        int y = 0, w = 0, year, month, dom;

        if (tta_date_weekday(day) == 0) { /* Monday: the Thursday of its week says which */
            tta_date_to_ymd(day + 3, &year, &month, &dom);
            week = year == iso_year ? week + 1 : 1;
            iso_year = year;
        }
        tta_date_iso_week(day, &y, &w);
        if (y != iso_year || w != week)
            ck_abort_msg("day %d: %d-W%d, not %d-W%d", (int)day, y, w, iso_year, week);
    }
}
END_TEST

START_TEST(known_iso_weeks)
{
    static const struct {
        int year, month, day, iso_year, week;
    } known[] = {
        {2019, 12, 29, 2019, 52}, {2019, 12, 30, 2020, 1}, {2021, 1, 3, 2020, 53},
        {2021, 1, 4, 2021, 1},    {2005, 1, 1, 2004, 53},  {2010, 1, 3, 2009, 53},
        {2008, 12, 29, 2009, 1},  {2012, 1, 2, 2012, 1},   {2016, 1, 3, 2015, 53},
        {2000, 1, 2, 1999, 52},
    };

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        int y, w;

        tta_date_iso_week(on(known[i].year, known[i].month, known[i].day), &y, &w);
        ck_assert_int_eq(y, known[i].iso_year);
        ck_assert_int_eq(w, known[i].week);
    }
}
END_TEST

START_TEST(written_and_read)
{
    char out[TTA_DATE_SIZE];

    for (tta_date day = FIRST; day <= LAST; day++)
        for (int format = 0; format < 2; format++) {
            tta_date again = 0;
            struct tta_text t = {out, 10};
            int y, m, d;

            quick_assert(tta_date_write(day, (enum tta_date_format)format, out) == 10);
            quick_assert(out[10] == '\0');
            if (tta_date_parse(t, (enum tta_date_format)format, &again) != NULL || again != day)
                ck_abort_msg("%s", out);
            quick_assert(nref_date(t, format == TTA_DATE_DK, &y, &m, &d));
        }
    tta_date_write(on(2012, 1, 2), TTA_DATE_ISO, out);
    ck_assert_str_eq(out, "2012-01-02");
    tta_date_write(on(2012, 1, 2), TTA_DATE_DK, out);
    ck_assert_str_eq(out, "02-01-2012");
}
END_TEST

static const char *const iso_shapes[] = {
    "",           "2012",       "2012-1-2",    "2012-01-2",  "2012-01-021", "20120102",
    "2012/01/02", "2012-01/02", "2012.01.02",  "02-01-2012", " 2012-01-02", "2012-01-02 ",
    "2012-01-0a", "2012-01--2", "+012-01-02",  "2012-0 -02", "2012 01 02",  "12-01-0002",
    "2012-W01-1", "2012-001-2", "0002012-1-2", "2O12-01-02", "2012-01-02T", "-2012-01-02",
};
static const char *const dk_shapes[] = {
    "",           "1-1-2012",   "01-1-2012",   "1-01-2012",   "02/01/2012", "02.01.2012",
    "02-01-12",   "2012-01-02", "02-01-2012 ", " 2-01-2012",  "02-01-201a", "02-01--012",
    "0201-2012x", "+2-01-2012", "02-01/2012",  "02-01-02012", "02 01 2012",
};
static const char *const no_days[] = {
    "2021-02-29", "2021-02-31", "1900-02-29", "2100-02-29", "2012-04-31",
    "2012-13-01", "2012-00-10", "2012-10-00", "2012-01-32", "1799-12-31",
    "2200-01-01", "0000-01-01", "9999-12-31",
};

static void refused(const char *text, enum tta_date_format format, const char *sentence)
{
    tta_date untouched = 77;
    const char *problem = tta_date_parse(tta_text_of(text), format, &untouched);

    ck_assert_msg(problem != NULL, "%s was read", text);
    ck_assert_str_eq(problem, sentence);
    ck_assert_int_eq(untouched, 77);
}

START_TEST(bad_shapes)
{
    tta_date d;
    struct tta_text missing = {NULL, 0}, nul = {"2012-01-0\0", 10};

    for (size_t i = 0; i < sizeof iso_shapes / sizeof *iso_shapes; i++)
        refused(iso_shapes[i], TTA_DATE_ISO, "not a date (yyyy-mm-dd)");
    for (size_t i = 0; i < sizeof dk_shapes / sizeof *dk_shapes; i++)
        refused(dk_shapes[i], TTA_DATE_DK, "not a date (dd-mm-yyyy)");
    for (size_t i = 0; i < sizeof no_days / sizeof *no_days; i++) {
        const char *t = no_days[i];
        char dk[11] = {t[8], t[9], '-', t[5], t[6], '-', t[0], t[1], t[2], t[3], '\0'};
        static const char none[] = "no such day in the calendar (years 1800 to 2199 are read)";

        refused(t, TTA_DATE_ISO, none);
        refused(dk, TTA_DATE_DK, none);
    }
    ck_assert_ptr_nonnull(tta_date_parse(missing, TTA_DATE_ISO, &d));
    ck_assert_ptr_nonnull(tta_date_parse(missing, TTA_DATE_DK, &d));
    ck_assert_ptr_nonnull(tta_date_parse(nul, TTA_DATE_ISO, &d));
}
END_TEST

START_TEST(from_ymd_refuses)
{
    static const int bad[][3] = {{1799, 12, 31}, {2200, 1, 1},  {2012, 0, 1},
                                 {2012, 13, 1},  {2012, 1, 0},  {2012, 1, 32},
                                 {2011, 2, 29},  {2012, -1, 1}, {2012, 1, -1}};
    tta_date d = 77;

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert(!tta_date_from_ymd(bad[i][0], bad[i][1], bad[i][2], &d));
    ck_assert_int_eq(d, 77);
    ck_assert(tta_date_from_ymd(2000, 2, 29, &d));
}
END_TEST

/* One month at a time; what is cut off is only the days that a month lacks. */
START_TEST(adding_months)
{
    for (int months = -1200; months <= 1200; months++) {
        int year = 2000 + (months + 1200) / 12 - 100, month = (months + 1200) % 12 + 1;

        for (int dom = 1; dom <= 31; dom++) {
            int last = length_of(year, month);

            quick_assert(tta_date_add_months(on(2000, 1, dom), months) ==
                         on(year, month, dom < last ? dom : last));
            if (dom <= last)
                quick_assert(tta_date_month_end(on(year, month, dom)) == on(year, month, last));
        }
    }
    quick_assert(tta_date_add_months(on(2012, 1, 31), 1) == on(2012, 2, 29));
    quick_assert(tta_date_add_months(on(2011, 1, 31), 1) == on(2011, 2, 28));
    quick_assert(tta_date_add_months(on(2012, 2, 29), 12) == on(2013, 2, 28));
    quick_assert(tta_date_add_months(on(2012, 3, 31), -1) == on(2012, 2, 29));
    quick_assert(tta_date_add_months(on(2012, 5, 15), 0) == on(2012, 5, 15));
}
END_TEST

START_TEST(weekdays_by_counting)
{
    for (tta_date first = on(2011, 12, 25); first < on(2012, 1, 10); first++) {
        int64_t count = 0;

        quick_assert(tta_date_weekdays(first, first - 1) == 0);
        quick_assert(tta_date_weekdays(first, first - 400) == 0);
        for (tta_date last = first; last < first + 400; last++) {
            count += tta_date_weekday(last) < 5;
            quick_assert(tta_date_weekdays(first, last) == count);
        }
    }
    quick_assert(tta_date_weekdays(on(2012, 1, 2), on(2012, 12, 30)) == 52 * 5);
    quick_assert(tta_date_weekdays(INT32_MIN + 1, INT32_MAX) == INT64_C(3067833783));
}
END_TEST

Suite *base_date_suite(void)
{
    Suite *s = suite_create("base/date");
    TCase *t = tcase_create("all");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, every_day);
    tcase_add_test(t, every_iso_week);
    tcase_add_test(t, known_iso_weeks);
    tcase_add_test(t, written_and_read);
    tcase_add_test(t, bad_shapes);
    tcase_add_test(t, from_ymd_refuses);
    tcase_add_test(t, adding_months);
    tcase_add_test(t, weekdays_by_counting);
    suite_add_tcase(s, t);
    return s;
}
