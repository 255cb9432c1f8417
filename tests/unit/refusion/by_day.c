/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Persons day by day, from the sentences of the acts alone (domain 1.1, 1.2), with
 * sets of weeks and no clever sums: the amounts are such that every day's share is
 * whole øre. And stays divided at any day, where lov 994 goes on counting.
 */
#include "support.h"

Suite *refusion_by_day_suite(void);

#define FIRST 1900 /* a calendar week of 2006 */
#define WEEKS 1400
#define CASES 4

static struct tta_refusion_law law;
static struct tta_error e;

static struct {
    struct tta_refusion_case cases[CASES];
    int64_t period[CASES]; /* days of the employer */
    struct tta_refusion_spell spells[6];
    size_t case_count, spell_count;
    int64_t before;
} who;

static bool benefit[WEEKS], support[WEEKS];
static int64_t count[WEEKS];

static int64_t week_of(tta_date d)
{
    return (d + 3) / 7 - FIRST; /* 1970-01-01 was a Thursday */
}

static bool earns(size_t i, tta_date d)
{
    const struct tta_refusion_case *c = &who.cases[i];

    return tta_date_weekday(d) < 5 && d - c->first >= who.period[i] && c->weekly_benefit_ore > 0;
}

/*
 * § 5: weeks with benefit; § 30: since 1 July 2014; § 6: anew after 52 weeks of 156 without any.
 * Weeks before lie, as benefit, directly before the week of the first case.
 */
static void count_weeks(void)
{
    tta_date since = day("2014-07-01");
    int64_t counted = 0;
    int begun = -1;

    memset(benefit, 0, sizeof benefit);
    memset(support, 0, sizeof support);
    for (size_t i = 0; i < who.case_count; i++)
        for (tta_date d = who.cases[i].first; d <= who.cases[i].last; d++)
            if (d >= since && earns(i, d))
                benefit[week_of(d)] = support[week_of(d)] = true;
    for (size_t i = 0; i < who.spell_count; i++)
        for (tta_date d = who.spells[i].from; d <= who.spells[i].to; d++)
            if (d >= since) {
                support[week_of(d)] = true;
                benefit[week_of(d)] |= who.spells[i].benefit;
            }
    for (int64_t k = 1; k <= who.before; k++) {
        int64_t w = week_of(who.cases[0].first) - k;

        if (w >= week_of(since))
            benefit[w] = support[w] = true;
    }
    for (int w = 0; w < WEEKS; w++) {
        int alone = 0;

        for (int v = w < 156 ? 0 : w - 156; begun >= 0 && v < w; v++)
            alone += v > begun && !support[v];
        if (alone >= 52) {
            counted = 0;
            begun = -1;
        }
        counted += benefit[w];
        if (benefit[w] && begun < 0)
            begun = w;
        count[w] = counted;
    }
}

/* Per cent of the state, passive. */
static int64_t share_on(tta_date d, int64_t week)
{
    int64_t counted = count[week_of(d)];

    if (d >= day("2015-12-28")) {
        if (d <= day("2016-01-03")) /* § 29: as the week after it */
            counted++;
        return counted <= 4 ? 80 : counted <= 26 ? 40 : counted <= 52 ? 30 : 20;
    }
    if (week <= 8)
        return week <= 4 ? 100 : 50;
    return week > 52 ? 0 : d < day("2010-01-01") ? 50 : d < day("2011-01-01") ? 35 : 30;
}

static int64_t state_by_day(size_t i)
{
    const struct tta_refusion_case *c = &who.cases[i];
    int64_t sum = 0;

    for (tta_date d = c->first; d <= c->last; d++)
        if (earns(i, d))
            sum += c->weekly_benefit_ore / 5 * share_on(d, (d - c->first) / 7 + 1) / 100;
    return sum;
}

static void pick_person(void)
{
    static const char *const near[] = {"2009-06-01", "2014-03-01", "2015-06-01", "2016-02-01"};
    tta_date at = day(near[pick(4)]) + (tta_date)pick(500);

    memset(&who, 0, sizeof who);
    who.spell_count = pick(3) == 0 ? 0 : pick(7);
    who.before = who.spell_count == 0 ? (int64_t)pick(80) : 0;
    for (size_t i = 0; i < who.spell_count; i++) {
        tta_date from = at - 600 + (tta_date)pick(2200);

        who.spells[i] = (struct tta_refusion_spell){from, from + (tta_date)pick(200), pick(2) == 0};
    }
    who.case_count = 1 + pick(CASES);
    for (size_t i = 0; i < who.case_count; i++) {
        struct tta_refusion_case *c = &who.cases[i];

        c->first = at;
        c->last = at + (tta_date)pick(pick(3) == 0 ? 600 : 150);
        c->employed = pick(2) == 0;
        c->weekly_benefit_ore = 500 * (int64_t)pick(600);
        if (c->employed)
            ck_assert(tta_rates_on(&law.employer, c->first, &who.period[i]));
        at = c->last + 1 + (tta_date)pick(pick(2) == 0 ? 30 : 700);
    }
}

START_TEST(as_by_day)
{
    load_law(&law, "auto", NULL);
    random_state = UINT64_C(994) + (uint64_t)_i;
    for (int n = 0; n < 500; n++) {
        struct tta_refusion_person p;

        pick_person();
        count_weeks();
        tta_refusion_person_begin(&p, who.spells, who.spell_count);
        tta_refusion_person_before(&p, who.cases[0].first,
                                   tta_refusion_weeks_before(&law, who.cases[0].first, who.before));
        for (size_t i = 0; i < who.case_count; i++) {
            struct tta_refusion_split out;

            ck_assert_msg(tta_refusion_split(&law, &who.cases[i], &p, &out, &e) == 0, "%s", e.text);
            ck_assert_int_eq(out.state_ore, state_by_day(i));
        }
    }
}
END_TEST

static int64_t state_of(const struct tta_refusion_case *c, struct tta_refusion_person *p)
{
    struct tta_refusion_split out;

    ck_assert_msg(tta_refusion_split(&law, c, p, &out, &e) == 0, "%s", e.text);
    return out.state_ore;
}

/*
 * A stay divided at any day: the first part, and the rest with the first part as
 * a history, or, from a Monday on, as benefit_weeks_before, come to the whole.
 */
START_TEST(the_rest_of_a_stay)
{
    load_law(&law, "auto", NULL);
    random_state = 6;
    for (int n = 0; n < 3000; n++) {
        tta_date first = day("2016-01-11") + (tta_date)pick(900);
        struct tta_refusion_case whole = {.first = first,
                                          .last = first + 1 + (tta_date)pick(500),
                                          .weekly_benefit_ore = 500 * (1 + (int64_t)pick(600))};
        struct tta_refusion_case a = whole, b = whole;
        struct tta_refusion_spell spell = {first, 0, true};
        struct tta_refusion_person p;
        int64_t both, before = (int64_t)pick(60);

        a.last = first + (tta_date)pick((uint64_t)(whole.last - first));
        b.first = a.last + 1;
        spell.to = a.last;
        if (tta_date_weekday(first) >= 5)
            continue; /* a weekend alone is no week of benefit, as a history it would be */
        tta_refusion_person_begin(&p, NULL, 0);
        tta_refusion_person_before(&p, first, before);
        both = state_of(&whole, &p);
        tta_refusion_person_begin(&p, NULL, 0);
        tta_refusion_person_before(&p, first, before);
        both -= state_of(&a, &p);
        if (tta_date_weekday(b.first) == 0) {
            int64_t weeks = p.counted;

            tta_refusion_person_begin(&p, NULL, 0);
            tta_refusion_person_before(&p, b.first, weeks);
            ck_assert_int_eq(state_of(&b, &p), both);
        }
        spell.from -= (tta_date)(7 * before);
        tta_refusion_person_begin(&p, &spell, 1);
        ck_assert_int_eq(state_of(&b, &p), both);
    }
}
END_TEST

Suite *refusion_by_day_suite(void)
{
    Suite *s = suite_create("refusion/by_day");
    TCase *t = tcase_create("all");

    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, as_by_day, 0, 4);
    tcase_add_test(t, the_rest_of_a_stay);
    suite_add_tcase(s, t);
    return s;
}
