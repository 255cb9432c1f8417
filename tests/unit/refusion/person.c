/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Weeks of benefit per person: lov 994 §§ 5, 6 and 30. */
#include "support.h"

Suite *refusion_person_suite(void);

static struct tta_refusion_scheme rules;

static void set_up(void)
{
    struct tta_error e = {0};

    ck_assert_int_eq(tta_refusion_scheme_load("2016", NULL, &rules, &e), 0);
    ck_assert_int_eq(rules.restart_weeks, 52); /* § 6 */
    ck_assert_int_eq(rules.restart_within, 156);
    ck_assert_int_eq(rules.counted_since, day("2014-07-01")); /* § 30 */
}

static int64_t pay(struct tta_refusion_person *p, int32_t week)
{
    return tta_refusion_person_week(p, &rules, TTA_DATE_NONE, week);
}

START_TEST(calendar_weeks)
{
    int32_t week = tta_refusion_calendar_week(day("2016-01-04")); /* a Monday */

    ck_assert_int_eq(tta_refusion_calendar_week(day("2016-01-10")), week);
    ck_assert_int_eq(tta_refusion_calendar_week(day("2016-01-03")), week - 1);
    ck_assert_int_eq(tta_refusion_calendar_week(day("1970-01-04")), 0);
    ck_assert_int_eq(tta_refusion_calendar_week(day("1969-12-28")), -1);
    ck_assert_int_eq(tta_refusion_calendar_week(day("1969-12-29")), 0);
    ck_assert_int_eq(tta_refusion_calendar_week(day("1969-12-22")), -1);
    ck_assert_int_eq(tta_refusion_calendar_week(day("1969-12-21")), -2);
}
END_TEST

/* A week counts once, gaps do not count. */
START_TEST(weeks_add_up)
{
    struct tta_refusion_person p;

    tta_refusion_person_begin(&p, NULL, 0);
    tta_refusion_person_before(&p, 7 * 99, 7);
    ck_assert_int_eq(pay(&p, 100), 8);
    ck_assert_int_eq(pay(&p, 100), 8);
    ck_assert_int_eq(pay(&p, 101), 9);
    ck_assert_int_eq(pay(&p, 120), 10);
}
END_TEST

/* Benefit in week 100; weeks 101 to 151 are 51 of self-support, to 152 are 52: begun anew. */
START_TEST(fifty_two_weeks_begin_anew)
{
    struct tta_refusion_person p;

    tta_refusion_person_begin(&p, NULL, 0);
    pay(&p, 99);
    pay(&p, 100);
    ck_assert_int_eq(pay(&p, 152), 3);
    tta_refusion_person_begin(&p, NULL, 0);
    pay(&p, 99);
    pay(&p, 100);
    ck_assert_int_eq(pay(&p, 153), 1);
    ck_assert_int_eq(pay(&p, 154), 2);
}
END_TEST

/* In pieces: 26 weeks, a week of benefit, 26 weeks are 52 as well. */
START_TEST(in_pieces)
{
    struct tta_refusion_person p;

    tta_refusion_person_begin(&p, NULL, 0);
    pay(&p, 100);
    ck_assert_int_eq(pay(&p, 127), 2);
    ck_assert_int_eq(pay(&p, 153), 3); /* 26 + 25 */
    tta_refusion_person_begin(&p, NULL, 0);
    pay(&p, 100);
    pay(&p, 127);
    ck_assert_int_eq(pay(&p, 154), 1);
}
END_TEST

/* Only the last 156 weeks count, and only those after the first week of benefit. */
START_TEST(within_three_years)
{
    struct tta_refusion_person p;

    /* 40 weeks of self-support after week 100, then 130 weeks of benefit: forgotten. */
    tta_refusion_person_begin(&p, NULL, 0);
    pay(&p, 100);
    for (int32_t w = 141; w <= 270; w++)
        pay(&p, w);
    /* weeks 271 to 290 are 20; with the 40 they would be 60 */
    ck_assert_int_eq(pay(&p, 291), 132);
    /* what came before the first week does not count, however long */
    tta_refusion_person_begin(&p, NULL, 0);
    ck_assert_int_eq(pay(&p, 5000), 1);
}
END_TEST

/*
 * Weeks before the first row are benefit, so the first week of benefit (§ 6) is behind:
 * from the calendar week of the row on 52 weeks of self-support begin the count anew.
 * 51 do not.
 */
START_TEST(weeks_before_and_self_support)
{
    struct tta_refusion_person p;
    int32_t week = tta_refusion_calendar_week(day("2016-02-03")); /* a Wednesday */

    tta_refusion_person_begin(&p, NULL, 0);
    tta_refusion_person_before(&p, day("2016-02-03"), 50);
    ck_assert_int_eq(pay(&p, week + 51), 51);
    tta_refusion_person_begin(&p, NULL, 0);
    tta_refusion_person_before(&p, day("2016-02-03"), 50);
    ck_assert_int_eq(pay(&p, week + 52), 1);
    tta_refusion_person_begin(&p, NULL, 0);
    tta_refusion_person_before(&p, day("2016-02-03"), 0); /* no week of benefit yet */
    ck_assert_int_eq(pay(&p, week + 52), 1);
    ck_assert(!p.restarted);
}
END_TEST

/* The same weeks by number and as a history that ends where the row's week begins. */
START_TEST(weeks_before_as_history)
{
    random_state = 30;
    for (int n = 0; n < 2000; n++) {
        struct tta_refusion_person p, q;
        tta_date monday = day("2016-02-01") + 7 * (tta_date)pick(200);
        int64_t weeks = 1 + (int64_t)pick(60);
        struct tta_refusion_spell s = {monday - (tta_date)(7 * weeks), monday - 1, true};
        int32_t week = tta_refusion_calendar_week(monday);

        tta_refusion_person_begin(&p, NULL, 0);
        tta_refusion_person_before(&p, monday + (tta_date)pick(7), weeks);
        tta_refusion_person_begin(&q, &s, 1);
        for (int k = 0; k < 8; k++) {
            week += (int32_t)pick(pick(2) == 0 ? 3 : 60);
            ck_assert_int_eq(pay(&p, week), pay(&q, week));
            week++;
        }
        ck_assert_int_eq(p.restarted, q.restarted);
    }
}
END_TEST

/* § 30: only weeks since 1 July 2014, a Tuesday, count: so many have room before the row. */
START_TEST(weeks_before_since)
{
    struct tta_refusion_law law;

    load_law(&law, "auto", NULL);
    ck_assert_int_eq(tta_refusion_weeks_before(&law, day("2013-01-07"), 30), 0);
    ck_assert_int_eq(tta_refusion_weeks_before(&law, day("2014-07-06"), 30), 0);
    ck_assert_int_eq(tta_refusion_weeks_before(&law, day("2014-07-07"), 30), 1);
    ck_assert_int_eq(tta_refusion_weeks_before(&law, day("2014-07-28"), 30), 4);
    ck_assert_int_eq(tta_refusion_weeks_before(&law, day("2016-02-01"), 30), 30);
    load_law(&law, "2016", NULL); /* alone: as if it had always been so */
    ck_assert_int_eq(tta_refusion_weeks_before(&law, day("2013-01-07"), 30), 30);
}
END_TEST

/*
 * § 6 does not say when one looks back. Benefit in week 100, self-support in 101 to 152, a
 * subsidised job from 153 on, benefit again. After 8 weeks of it the 52 are within three years
 * of the benefit, under both readings; after 158 only those that were asked before see them.
 */
START_TEST(when_one_looks_back)
{
    const char *reading = "restart-at-benefit";
    struct tta_refusion_readings readings = {.ids = &reading, .count = 1};
    struct tta_error e = {0};

    for (int at_benefit = 0; at_benefit <= 1; at_benefit++) {
        struct tta_refusion_spell job = {7 * 153, 7 * 161 - 1, false};
        struct tta_refusion_person p;

        ck_assert_int_eq(
            tta_refusion_scheme_load("2016", at_benefit ? &readings : NULL, &rules, &e), 0);
        ck_assert_int_eq(rules.restart_at_benefit, at_benefit);
        tta_refusion_person_begin(&p, &job, 1);
        pay(&p, 100);
        ck_assert_int_eq(pay(&p, 161), 1);
        job.to = 7 * 161; /* the job ends in the week in which benefit begins */
        tta_refusion_person_begin(&p, &job, 1);
        pay(&p, 100);
        ck_assert_int_eq(pay(&p, 161), 1);
        job.to = 7 * 311 - 1;
        tta_refusion_person_begin(&p, &job, 1);
        pay(&p, 100);
        ck_assert_int_eq(pay(&p, 311), at_benefit ? 2 : 1);
    }
}
END_TEST

/* Support that is no benefit is no self-support, and does not count. */
START_TEST(other_support)
{
    tta_date monday = day("2016-01-04");
    struct tta_refusion_spell subsidised = {monday + 70, monday + 70 + 7 * 20 - 1, false};
    struct tta_refusion_person p;
    int32_t week = tta_refusion_calendar_week(monday);

    tta_refusion_person_begin(&p, &subsidised, 1);
    pay(&p, week);
    ck_assert_int_eq(pay(&p, week + 70), 2); /* 69 weeks between, 20 of them supported: 49 */
    tta_refusion_person_begin(&p, &subsidised, 1);
    pay(&p, week);
    ck_assert_int_eq(pay(&p, week + 73), 1); /* 52 */
}
END_TEST

/* Benefit before 1 July 2014 does not count, the rest of its week does. */
START_TEST(since)
{
    struct tta_refusion_spell s = {day("2014-01-06"), day("2014-06-30"), true};
    struct tta_refusion_person p;
    int32_t week = tta_refusion_calendar_week(day("2014-09-01"));

    tta_refusion_person_begin(&p, &s, 1);
    ck_assert_int_eq(tta_refusion_person_week(&p, &rules, rules.counted_since, week), 1);
    s.to = day("2014-07-01");
    tta_refusion_person_begin(&p, &s, 1);
    ck_assert_int_eq(tta_refusion_person_week(&p, &rules, rules.counted_since, week), 2);
    s.to = day("2014-07-13");
    tta_refusion_person_begin(&p, &s, 1);
    ck_assert_int_eq(tta_refusion_person_week(&p, &rules, rules.counted_since, week), 3);
}
END_TEST

/* ---- against the sentence of § 6, week by week, with no bits ---- */

#define WEEKS 900
enum support { NONE, OTHER, BENEFIT };

/* The count in every week: asked every week, or every week of benefit, whether it begins anew. */
static void by_sentence(const enum support *support, bool at_benefit, int64_t *count)
{
    int64_t counted = 0;
    int begun = -1;

    for (int w = 0; w < WEEKS; w++) {
        int alone = 0;

        for (int v = w - 156; begun >= 0 && v < w; v++)
            alone += v > begun && support[v] == NONE;
        if (alone >= 52 && (!at_benefit || support[w] == BENEFIT)) {
            counted = 0;
            begun = -1;
        }
        if (support[w] == BENEFIT) {
            counted++;
            if (begun < 0)
                begun = w;
        }
        count[w] = counted;
    }
}

START_TEST(as_by_sentence)
{
    random_state = UINT64_C(52) + (uint64_t)_i;
    for (int i = 0; i < 400; i++) {
        enum support support[WEEKS] = {NONE};
        bool from_case[WEEKS] = {false};
        struct tta_refusion_spell spells[40];
        struct tta_refusion_person p;
        int64_t count[WEEKS];
        size_t n = 0;

        for (int w = (int)pick(50); w < WEEKS && n < 40;) {
            int last = w + (int)pick(40);
            uint64_t kind = pick(3);

            if (last >= WEEKS)
                last = WEEKS - 1;
            if (kind < 2) {
                spells[n++] = (struct tta_refusion_spell){
                    7 * w - 3 + (int)pick(7), 7 * last + 3 - (int)pick(7) % (last > w ? 7 : 1),
                    kind == 0};
                if (spells[n - 1].to < spells[n - 1].from)
                    spells[n - 1].to = spells[n - 1].from;
            }
            for (int v = w; v <= last; v++)
                if (kind == 2) {
                    from_case[v] = pick(5) > 0;
                }
            w = last + 1 + (int)pick(pick(4) == 0 ? 90 : 20) - (int)pick(3);
            w = w < 0 ? 0 : w;
        }
        for (size_t k = 0; k < n; k++)
            for (int32_t v = tta_refusion_calendar_week(spells[k].from);
                 v <= tta_refusion_calendar_week(spells[k].to) && v < WEEKS; v++)
                if (support[v] != BENEFIT)
                    support[v] = spells[k].benefit ? BENEFIT : OTHER;
        for (int v = 0; v < WEEKS; v++)
            if (from_case[v])
                support[v] = BENEFIT;
        rules.restart_at_benefit = i % 2 == 1;
        by_sentence(support, rules.restart_at_benefit, count);
        tta_refusion_person_begin(&p, spells, n);
        for (int v = 0; v < WEEKS; v++)
            if (from_case[v])
                ck_assert_int_eq(pay(&p, v), count[v]);
    }
}
END_TEST

/* Cases of one person come in order and apart. */
START_TEST(cases_of_a_person)
{
    struct tta_refusion_law law;
    struct tta_refusion_person p;
    struct tta_refusion_split out;
    struct tta_error e = {0};
    struct tta_refusion_case a = case_of("2016-02-01", "2016-02-28", false, 100000);
    struct tta_refusion_case b = case_of("2016-02-28", "2016-03-27", false, 100000);

    load_law(&law, "auto", NULL);
    tta_refusion_person_begin(&p, NULL, 0);
    ck_assert_int_eq(tta_refusion_split(&law, &a, &p, &out, &e), 0);
    ck_assert_int_eq(out.state_ore, 4 * 80000);
    ck_assert_int_eq(tta_refusion_split(&law, &b, &p, &out, &e), TTA_E_DATA);
    ck_assert_str_eq(e.text, "not after the last day of the case before it of the same person");
    ck_assert_str_eq(e.column, "first_absence_date");
    tta_error_clear(&e);
    b.first++;
    ck_assert_int_eq(tta_refusion_split(&law, &b, &p, &out, &e), 0);
    ck_assert_int_eq(out.state_ore, 4 * 40000); /* weeks 5 to 8 of benefit */
    /* a case that is still open overlaps all after it, whatever its last day counted */
    tta_refusion_person_begin(&p, NULL, 0);
    a.open = true;
    ck_assert_int_eq(tta_refusion_split(&law, &a, &p, &out, &e), 0);
    ck_assert_int_eq(tta_refusion_split(&law, &b, &p, &out, &e), TTA_E_DATA);
    ck_assert_str_eq(e.text, "the case before it of the same person is still open");
}
END_TEST

/* The employer period is no week of benefit: the wage of an unsubsidised job is self-support. */
START_TEST(employer_period_uses_up_nothing)
{
    struct tta_refusion_law law;
    struct tta_refusion_person p;
    struct tta_refusion_split out;
    struct tta_error e = {0};
    struct tta_refusion_case c = case_of("2016-02-01", "2016-03-06", true, 100000);

    load_law(&law, "auto", NULL);
    tta_refusion_person_begin(&p, NULL, 0);
    ck_assert_int_eq(tta_refusion_split(&law, &c, &p, &out, &e), 0);
    ck_assert_int_eq(p.counted, 1);
    ck_assert_int_eq(out.employer_ore, 440000);
    ck_assert_int_eq(out.state_ore, 48000); /* 80 % of Wednesday to Friday of week 5 */
}
END_TEST

Suite *refusion_person_suite(void)
{
    Suite *s = suite_create("refusion/person");
    TCase *t = tcase_create("all");

    tcase_add_checked_fixture(t, set_up, NULL);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, calendar_weeks);
    tcase_add_test(t, weeks_add_up);
    tcase_add_test(t, fifty_two_weeks_begin_anew);
    tcase_add_test(t, in_pieces);
    tcase_add_test(t, within_three_years);
    tcase_add_test(t, weeks_before_and_self_support);
    tcase_add_test(t, weeks_before_as_history);
    tcase_add_test(t, weeks_before_since);
    tcase_add_test(t, when_one_looks_back);
    tcase_add_test(t, other_support);
    tcase_add_test(t, since);
    tcase_add_loop_test(t, as_by_sentence, 0, 3);
    tcase_add_test(t, cases_of_a_person);
    tcase_add_test(t, employer_period_uses_up_nothing);
    suite_add_tcase(s, t);
    return s;
}
