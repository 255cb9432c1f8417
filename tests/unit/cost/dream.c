/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dream_support.h"

Suite *cost_dream_suite(void);

/*
 * The list as it was seen: 131 codes; 111, 130, 651, 740, 771, 783 and 890 to 899 were
 * checked against other sources, and 774 is sickness benefit, 785 job clarification.
 */
START_TEST(codes_as_listed)
{
    static const struct {
        const char *code, *benefit;
        enum tta_dream_counts counts;
        bool work;
    } want[] = {
        {"0", "", TTA_DREAM_NONE, false},
        {"100", "beskæftigelse", TTA_DREAM_NONE, true},
        {"111", "dagpenge", TTA_DREAM_BENEFIT, false},
        {"130", "kontanthjælp", TTA_DREAM_BENEFIT, false},
        {"651", "", TTA_DREAM_OTHER, false},
        {"740", "ledighedsydelse", TTA_DREAM_BENEFIT, false},
        {"771", "fleksjob", TTA_DREAM_BENEFIT, false},
        {"774", "sygedagpenge", TTA_DREAM_BENEFIT, false},
        {"783", "førtidspension", TTA_DREAM_BENEFIT, false},
        {"785", "jobafklaring", TTA_DREAM_BENEFIT, false},
        {"890", "sygedagpenge", TTA_DREAM_BENEFIT, false},
        {"899", "sygedagpenge", TTA_DREAM_BENEFIT, false},
    };

    ck_assert_uint_eq(codes.count, 131);
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        int at = tta_dream_find(&codes, tta_text_of(want[i].code));

        ck_assert_int_ge(at, 0);
        ck_assert_str_eq(codes.code[at].benefit, want[i].benefit);
        ck_assert_int_eq(codes.code[at].counts, want[i].counts);
        ck_assert_int_eq(codes.code[at].work, want[i].work);
    }
    ck_assert_str_eq(codes.code[tta_dream_find(&codes, tta_text_of("sygedagpenge"))].benefit,
                     "sygedagpenge");
    ck_assert_int_eq(tta_dream_find(&codes, tta_text_of("870")), -1); /* of newer vintages */
    ck_assert_int_eq(tta_dream_find(&codes, tta_text_of("")), -1);
}
END_TEST

START_TEST(codes_that_contradict)
{
    static const struct {
        const char *from, *to, *says;
    } wrong[] = {
        {"\"code\": \"100\"", "\"code\": \"0\"", "/rows/1: its code stands twice"},
        {"\"benefit\": \"dagpenge\", \"counts\": \"benefit\"",
         "\"benefit\": \"dagpenge\", \"counts\": \"other\"",
         "/rows/3: its benefit counts otherwise than under a code before"},
        {"\"counts\": \"benefit\"", "\"counts\": \"often\"", "/rows/2/counts"},
    };
    char path[] = TEST_PATH, named[64];

    changed_file(path, "dream", "2015", wrong[_i].from, wrong[_i].to);
    snprintf(named, sizeof named, "%s.json", path);
    ck_assert_int_eq(rename(path, named), 0);
    ck_assert_int_eq(tta_dream_codes_load(named, &codes, &e), TTA_E_CONFIG);
    unlink(named);
    ck_assert_msg(strstr(e.text, wrong[_i].says) != NULL, "%s", e.text);
}
END_TEST

START_TEST(weeks_as_they_are_written)
{
    static const struct {
        const char *text, *monday;
    } good[] = {{"2020-W07", "2020-02-10"}, {"2020W53", "2020-12-28"}, {"y_2007", "2020-02-10"},
                {"y_9132", "1991-08-05"},   {"y_0101", "2001-01-01"},  {"2021-W01", "2021-01-04"}};
    static const char *const bad[] = {"",         "2020",     "2021-W53", "2020-W00", "2020-W7",
                                      "2020-w07", "y_20077",  "y_207",    "2020-W0x", "x_2007",
                                      "y_20-1",   "0000-W01", "202007"};
    tta_date got, want;

    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        ck_assert_ptr_null(tta_dream_week_parse(tta_text_of(good[i].text), &got));
        ck_assert_ptr_null(tta_date_parse(tta_text_of(good[i].monday), TTA_DATE_ISO, &want));
        ck_assert_int_eq(got, want);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(tta_dream_week_parse(tta_text_of(bad[i]), &got) != NULL, "%s", bad[i]);
}
END_TEST

/* 2020 has 53 weeks; 28 December 2020 to 3 January 2021 has its Thursday in 2020. */
START_TEST(a_week_lies_where_its_thursday_lies)
{
    ck_assert_int_eq(take_days("890", "2020-12-30", "2021-01-04"), 0);
    ck_assert_str_eq(rows_of(&person, always),
                     "2020 sygedagpenge 1 1 1; 2021 sygedagpenge 1 2 1; ");
}
END_TEST

/*
 * Lov 994 § 5: weeks count over all benefits and over gaps. § 6: anew after 52 whole weeks
 * of self-support. 2016 has 52 weeks: week 4, 11 to 52 of 2016 and 1 to 10 of 2017 are 53.
 */
START_TEST(the_count_of_the_refusion)
{
    ck_assert_int_eq(take("130", "2016-W01", "2016-W03"), 0);
    ck_assert_int_eq(take("890", "2016-W05", "2016-W08"), 0);
    ck_assert_int_eq(take("130", "2016-W09", "2016-W10"), 0);
    ck_assert_int_eq(take("130", "2017-W11", "2017-W12"), 0);
    ck_assert_str_eq(rows_of(&person, always),
                     "2016 kontanthjælp 3 1 1; 2016 sygedagpenge 4 4 1; 2016 kontanthjælp 2 8 1; "
                     "2017 kontanthjælp 2 1 2; ");
    ck_assert_int_eq(take("651", "2016-W30", "2016-W31"), 0); /* and 51 are left */
    ck_assert_str_eq(rows_of(&person, always),
                     "2016 kontanthjælp 3 1 1; 2016 sygedagpenge 4 4 1; 2016 kontanthjælp 2 8 1; "
                     "2017 kontanthjælp 2 10 1; ");
}
END_TEST

/* § 30: from 1 July 2014, a Tuesday of week 27. Before it as the acts of those years count. */
START_TEST(weeks_before_the_act)
{
    ck_assert_int_eq(take("130", "2014-W20", "2014-W40"), 0);
    ck_assert_str_eq(rows_of(&person, always),
                     "2014 kontanthjælp 7 1 1; 2014 kontanthjælp 14 1 2; ");
}
END_TEST

START_TEST(an_act_that_counts_absence)
{
    ck_assert_int_eq(tta_refusion_scheme_load("2011", NULL, &act, &e), 0);
    ck_assert_int_eq(take("890", "2012-W01", "2012-W10"), 0);
    ck_assert_int_eq(take("130", "2012-W11", "2012-W12"), 0);
    ck_assert_int_eq(take("893", "2012-W14", "2012-W15"), 0);
    ck_assert_int_eq(take("899", "2012-W16", "2012-W16"), 0);
    ck_assert_str_eq(
        rows_of(&person, always),
        "2012 sygedagpenge 10 1 1; 2012 kontanthjælp 2 1 2; 2012 sygedagpenge 3 1 3; ");
}
END_TEST

/* Weeks outside are counted but not written; the window too goes by Thursdays. */
START_TEST(a_window)
{
    tta_date since, until;
    struct tta_dream_window w;

    ck_assert_ptr_null(tta_date_parse(tta_text_of("2020-01-02"), TTA_DATE_ISO, &since));
    ck_assert_ptr_null(tta_date_parse(tta_text_of("2020-01-22"), TTA_DATE_ISO, &until));
    ck_assert_int_eq(take("890", "2019-W50", "2020-W10"), 0);
    ck_assert_str_eq(rows_of(&person, tta_dream_window_of(since, until)),
                     "2020 sygedagpenge 3 4 1; ");
    ck_assert_str_eq(rows_of(&person, tta_dream_window_of(since + 1, until + 1)),
                     "2020 sygedagpenge 3 5 1; ");
    w = tta_dream_window_of(since, until);
    ck_assert_int_eq(tta_dream_window_end(w), until - 3); /* the Sunday of week 3 */
    ck_assert_int_eq(tta_dream_window_end(always), TTA_DATE_NONE);
}
END_TEST

START_TEST(one_code_a_week)
{
    ck_assert_int_eq(take_days("890", "2021-01-04", "2021-01-13"), 0);
    ck_assert_int_eq(take_days("100", "2020-12-28", "2021-01-24"), 0); /* yields */
    ck_assert_int_eq(take_days("899", "2021-01-14", "2021-01-17"), 0); /* the same benefit */
    ck_assert_str_eq(rows_of(&person, always), "2020 beskæftigelse 1 0 0; 2021 sygedagpenge 2 1 1; "
                                               "2021 beskæftigelse 1 0 0; ");
#define BAD(call)                                                                                  \
    do {                                                                                           \
        ck_assert_int_eq(call, TTA_E_DATA);                                                        \
        tta_error_clear(&e);                                                                       \
    } while (0)
    BAD(take_days("890", "2021-01-17", "2021-02-17")); /* a day twice */
    BAD(take_days("130", "2020-12-30", "2021-01-05"));
    BAD(take_days("890", "2021-03-03", "2021-03-02"));
    BAD(take_days("890", "1991-08-04", "2021-03-02")); /* DREAM begins on the 5th */
    ck_assert_int_eq(take_days("890", "2021-01-27", "2021-01-27"), 0);
    BAD(take_days("130", "2021-01-28", "2021-01-28")); /* two codes, no priority */
    codes.code[tta_dream_find(&codes, tta_text_of("130"))].priority = 2;
    ck_assert_int_eq(take_days("130", "2021-01-28", "2021-01-28"), 0);
    ck_assert_str_eq(rows_of(&person, always),
                     "2020 beskæftigelse 1 0 0; 2021 sygedagpenge 2 1 1; 2021 beskæftigelse 1 0 0; "
                     "2021 kontanthjælp 1 3 1; ");
}
END_TEST

Suite *cost_dream_suite(void)
{
    Suite *s = suite_create("cost/dream");
    TCase *t = tcase_create("dream");

    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, codes_as_listed);
    tcase_add_loop_test(t, codes_that_contradict, 0, 3);
    tcase_add_test(t, weeks_as_they_are_written);
    tcase_add_test(t, a_week_lies_where_its_thursday_lies);
    tcase_add_test(t, the_count_of_the_refusion);
    tcase_add_test(t, weeks_before_the_act);
    tcase_add_test(t, an_act_that_counts_absence);
    tcase_add_test(t, a_window);
    tcase_add_test(t, one_code_a_week);
    suite_add_tcase(s, t);
    return s;
}
