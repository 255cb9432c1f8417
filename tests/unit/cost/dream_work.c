/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dream_support.h"

#include "../survival/csv.h"

Suite *cost_dream_work_suite(void);

/*
 * dream_open of R (TraMineR 2.2-12): mean weeks in each state by arm, and the first week of
 * the first run of 4 and of 1 weeks in sjob, su or flx.
 */
static const char *const at_work[] = {"100", "651", "771"};

static void take_reference(struct tta_dream_case *people, size_t count)
{
    struct csv spells = csv_read("dream/spells.csv");

    for (size_t i = 0; i < spells.rows; i++) {
        int number = atoi(csv_text(&spells, i, "case_id")) - 1;

        ck_assert_int_lt(number, (int)count);
        person = people[number];
        ck_assert_int_eq(take(csv_text(&spells, i, "code"), csv_text(&spells, i, "from_week"),
                              csv_text(&spells, i, "to_week")),
                         0);
        people[number] = person;
    }
    person = (struct tta_dream_case){0};
    csv_free(&spells);
}

START_TEST(means_and_returns_as_in_r)
{
    static struct tta_dream_case people[400];
    static struct tta_dream_sums sums;
    struct csv means = csv_read("dream/mean_weeks.csv"), back = csv_read("dream/return.csv");

    strcpy(codes.code[tta_dream_find(&codes, tta_text_of("651"))].benefit, "su");
    for (size_t i = 0; i < 3; i++)
        codes.code[tta_dream_find(&codes, tta_text_of(at_work[i]))].work = true;
    take_reference(people, 400);
    for (size_t i = 0; i < 400; i++) {
        struct tta_dream_walk walk;

        ck_assert_int_eq(tta_dream_walk_start(&walk, &codes, &act, &people[i], always, &e), 0);
        tta_dream_sum(&walk, strcmp(csv_text(&back, i, "arm"), "kontrol") == 0, &sums);
        tta_dream_walk_release(&walk);
    }
    for (size_t m = 0; m < means.rows; m++) {
        int at = tta_dream_find(&codes, tta_text_of(csv_text(&means, m, "code")));
        int code = tta_dream_find_benefit(&codes, codes.code[at].benefit);
        bool control = strcmp(csv_text(&means, m, "arm"), "kontrol") == 0;

        assert_close((double)sums.weeks[control][code] / (double)sums.persons[control],
                     csv_number(&means, m, "mean_weeks"), 1e-14, 100, "%s %d",
                     csv_text(&means, m, "state"), control);
    }
    for (size_t i = 0; i < 400; i++)
        for (int k = 1; k <= 4; k += 3) {
            struct tta_dream_work work = tta_dream_work_of(&people[i], &codes, always, k);
            const char *event = k == 1 ? "event_any_k1" : "event_any_k4";
            const char *week = k == 1 ? "week_any_k1" : "week_any_k4";

            ck_assert_int_eq(work.return_week, csv_number(&back, i, event) == 0
                                                   ? 0
                                                   : (int)csv_number(&back, i, week));
        }
    for (size_t i = 0; i < 400; i++)
        tta_dream_case_release(&people[i]);
    csv_free(&means);
    csv_free(&back);
}
END_TEST

/* By hand: in work in weeks 3 and 5 to 9 of 12; then with the last four. */
START_TEST(work)
{
    tta_date since, until;
    struct tta_dream_window w;
    struct tta_dream_work got;

    ck_assert_ptr_null(tta_date_parse(tta_text_of("2021-01-04"), TTA_DATE_ISO, &since));
    until = since + 12 * 7 - 1;
    w = tta_dream_window_of(since, until);
    ck_assert_int_eq(take("100", "2021-W03", "2021-W03"), 0);
    ck_assert_int_eq(take("121", "2021-W05", "2021-W05"), 0); /* on holiday from work */
    ck_assert_int_eq(take("100", "2021-W06", "2021-W09"), 0);
    got = tta_dream_work_of(&person, &codes, w, TTA_DREAM_RETURN);
    ck_assert_int_eq(got.weeks, 6);
    ck_assert_int_eq(got.return_week, 5);
    ck_assert(!got.at_end);
    ck_assert_int_eq(take("100", "2021-W10", "2021-W30"), 0);
    got = tta_dream_work_of(&person, &codes, w, TTA_DREAM_RETURN);
    ck_assert_int_eq(got.weeks, 9);
    ck_assert(got.at_end);
}
END_TEST

/*
 * By hand: sick in weeks 3 and 4 and at work in week 7 of 12, so 9 have no code. When they
 * are work there are 10, and weeks 5 to 8 are the first 4 on end.
 */
START_TEST(weeks_without_a_code)
{
    const tta_date since = 18631; /* 2021-01-04 */
    const struct tta_dream_window w = tta_dream_window_of(since, since + 12 * 7 - 1);
    struct tta_dream_work got;

    ck_assert_int_eq(tta_dream_blank(&person, w), 12);
    ck_assert_int_eq(tta_dream_blank(&person, always), -1);
    ck_assert_int_eq(tta_dream_fill(&person, &codes, 0, always, &e), 0);
    ck_assert_int_eq(person.count, 0);
    ck_assert_int_eq(take("890", "2021-W03", "2021-W04"), 0);
    ck_assert_int_eq(take("100", "2021-W07", "2021-W07"), 0);
    ck_assert_int_eq(tta_dream_blank(&person, w), 9);
    ck_assert_int_eq(tta_dream_blank(&person, always), 2); /* from week 3 to week 7 */
    ck_assert_int_eq(tta_dream_blank(&person, (struct tta_dream_window){w.last, w.first}), 0);
    ck_assert_int_eq(tta_dream_blank(&person, (struct tta_dream_window){INT32_MIN, w.first}), -1);
    ck_assert_int_eq(tta_dream_blank(&person, (struct tta_dream_window){w.last, INT32_MAX}), -1);
    got = tta_dream_work_of(&person, &codes, w, TTA_DREAM_RETURN);
    ck_assert_int_eq(got.weeks, 1);
    ck_assert_int_eq(
        tta_dream_fill(&person, &codes, tta_dream_find(&codes, tta_text_of("100")), w, &e), 0);
    ck_assert_int_eq(tta_dream_blank(&person, w), 0);
    ck_assert_int_eq(tta_dream_blank(&person, (struct tta_dream_window){w.first - 1, w.last + 1}),
                     2);
    got = tta_dream_work_of(&person, &codes, w, TTA_DREAM_RETURN);
    ck_assert_int_eq(got.weeks, 10);
    ck_assert_int_eq(got.return_week, 5);
    ck_assert(got.at_end);
    ck_assert_int_eq(tta_dream_fill(&person, &codes, 0, tta_dream_window_of(0, since), &e),
                     TTA_E_DATA); /* DREAM begins in 1991 */
    ck_assert_int_eq(person.count, 12);
}
END_TEST

/*
 * Lov 994 § 6: a week without a code is self-support, as one that is filled with 0 or 100.
 * 53 of them begin the count anew; 53 of a student (651) do not.
 */
START_TEST(a_week_without_a_code_is_self_support)
{
    static const struct {
        const char *code, *rows;
    } with[] = {
        {NULL, "2016 kontanthjælp 10 1 1; 2017 kontanthjælp 2 1 2; "},
        {"0", "2016 kontanthjælp 10 1 1; 2017 kontanthjælp 2 1 2; "},
        {"100", "2016 kontanthjælp 10 1 1; 2016 beskæftigelse 42 0 0; 2017 beskæftigelse 11 0 0; "
                "2017 kontanthjælp 2 1 2; "},
        {"651", "2016 kontanthjælp 10 1 1; 2017 kontanthjælp 2 11 1; "},
    };

    ck_assert_int_eq(take("130", "2016-W01", "2016-W10"), 0);
    ck_assert_int_eq(take("130", "2017-W12", "2017-W13"), 0);
    if (with[_i].code != NULL)
        ck_assert_int_eq(tta_dream_fill(&person, &codes,
                                        tta_dream_find(&codes, tta_text_of(with[_i].code)), always,
                                        &e),
                         0);
    ck_assert_str_eq(rows_of(&person, always), with[_i].rows);
}
END_TEST

/* A spell that was refused leaves no weeks without a code behind. */
START_TEST(a_refused_spell)
{
    ck_assert_int_eq(take("890", "2021-W03", "2021-W04"), 0);
    ck_assert_int_eq(take("130", "2021-W04", "2021-W30"), TTA_E_DATA);
    ck_assert_int_eq(tta_dream_blank(&person, always), 0);
}
END_TEST

Suite *cost_dream_work_suite(void)
{
    Suite *s = suite_create("cost/dream_work");
    TCase *t = tcase_create("dream");

    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, means_and_returns_as_in_r);
    tcase_add_test(t, work);
    tcase_add_test(t, weeks_without_a_code);
    tcase_add_loop_test(t, a_week_without_a_code_is_self_support, 0, 4);
    tcase_add_test(t, a_refused_spell);
    suite_add_tcase(s, t);
    return s;
}
