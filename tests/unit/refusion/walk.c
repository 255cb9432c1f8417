/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The walk against the definition, day by day, and the laws that its parts keep. */
#include "support.h"

Suite *refusion_walk_suite(void);

static struct tta_refusion_law law;
static struct tta_error e;
static struct tta_refusion_period periods[4];

static void set_up(void)
{
    tta_error_clear(&e);
}

/* ---- the definition, one day at a time, by its own reading of the acts ---- */

struct sums {
    int64_t benefit, employer, state, municipality;
    int64_t month[12 * 30][4]; /* from 2006 on */
    int64_t week[400][4];
};

enum regime { A1, A2, B, C };
static const char *const regime_names[] = {"2006", "2010", "2011", "2016"};

static enum regime regime_on(tta_date d)
{
    return d < day("2010-01-01") ? A1 : d < day("2011-01-01") ? A2 : d < day("2015-12-28") ? B : C;
}

/* Per mille of the state. */
static int64_t share_on(enum regime r, int64_t week, int64_t benefit_week, bool active)
{
    if (r == C)
        return benefit_week <= 4 ? 800 : benefit_week <= 26 ? 400 : benefit_week <= 52 ? 300 : 200;
    if (week <= 8)
        return week <= 4 ? 1000 : 500;
    if (week > 52)
        return 0;
    return r == A1 ? 500 : r == A2 ? (active ? 650 : 350) : active ? 500 : 300;
}

static int64_t pay_on(const struct tta_refusion_case *c, tta_date d,
                      const struct tta_refusion_period **in)
{
    int64_t ore = c->weekly_benefit_ore;

    *in = NULL;
    if (ore == TTA_INTEGER_NONE)
        ck_assert(tta_rates_on(&law.maximum, d, &ore));
    for (size_t i = 0; i < c->period_count; i++)
        if (c->period[i].from <= d && d <= c->period[i].to) {
            *in = &c->period[i];
            ore = half_up(ore * (c->period[i].paid_micro / 1000), c->period[i].of_micro / 1000);
        }
    return ore;
}

static void put(struct sums *s, const struct tta_refusion_case *c, tta_date d, int kind,
                int64_t ore)
{
    int year, month, dom;

    tta_date_to_ymd(d, &year, &month, &dom);
    s->month[(year - 2006) * 12 + month - 1][kind] += ore;
    s->week[(d - c->first) / 7][kind] += ore;
    *(kind == 0   ? &s->benefit
      : kind == 1 ? &s->employer
      : kind == 2 ? &s->state
                  : &s->municipality) += ore;
}

/* pinned: NULL, or the regime that counts whatever the date. */
static void by_day(struct sums *s, const struct tta_refusion_case *c, int64_t period,
                   const enum regime *pinned)
{
    int64_t counted = c->weeks_before, counted_week = 0;
    int64_t fifths = 0, paid = 0, rest = 0, state = 0, run = -1;

    memset(s, 0, sizeof *s);
    for (tta_date d = c->first; d <= c->last; d++) {
        const struct tta_refusion_period *in;
        int64_t week = (d - c->first) / 7 + 1, ore, benefit, share, part;
        enum regime r = pinned != NULL ? *pinned : regime_on(d);
        bool active;

        if ((d - c->first) % 7 == 0) {
            fifths = paid = 0;
            run = -1;
        }
        ore = pay_on(c, d, &in);
        fifths += tta_date_weekday(d) < 5 ? ore : 0;
        benefit = half_up(fifths, 5) - paid;
        paid += benefit;
        put(s, c, d, 0, benefit);
        if (d - c->first < period) {
            put(s, c, d, 1, benefit);
            continue;
        }
        if (benefit == 0)
            continue;
        if (week != counted_week && (pinned != NULL || d >= day("2014-07-01"))) {
            counted_week = week;
            counted++;
        }
        /* the acts' condition names every kind but chapter 10 at large */
        active = in != NULL && in->kind != TTA_LAB_10 && r != A1 && r != C;
        share = share_on(r, week, counted, active);
        if (pinned == NULL && day("2015-12-28") <= d && d <= day("2016-01-03"))
            share = share_on(
                r, week, counted + (day("2016-01-04") - c->first) / 7 - (d - c->first) / 7, false);
        if (run != (int64_t)r * 10000 + share) {
            run = (int64_t)r * 10000 + share;
            rest = state = 0;
        }
        rest += benefit;
        part = half_up(rest * share, 1000) - state;
        state += part;
        put(s, c, d, 2, part);
        put(s, c, d, 3, benefit - part);
    }
}

/* ---- cases ---- */

static void pick_periods(struct tta_refusion_case *c)
{
    tta_date at = c->first + (tta_date)pick(60);
    size_t n = 0;

    for (size_t want = pick(4); n < want && at <= c->last; n++) {
        tta_date to = at + (tta_date)pick(70);

        periods[n] = (struct tta_refusion_period){at,
                                                  to < c->last ? to : c->last,
                                                  (enum tta_activity_kind)pick(TTA_ACTIVITY_KINDS),
                                                  TTA_INTEGER_NONE,
                                                  TTA_MICRO,
                                                  TTA_MICRO};
        if (periods[n].kind == TTA_GRADUAL_RETURN && pick(2) == 0) {
            periods[n].of_micro = 37 * TTA_MICRO;
            periods[n].paid_micro = (int64_t)pick(38) * TTA_MICRO;
        }
        at = periods[n].to + 1 + (tta_date)pick(30);
    }
    c->period = periods;
    c->period_count = n;
}

static struct tta_refusion_case pick_case(void)
{
    static const char *const near[] = {"2009-09-15", "2010-10-01", "2014-06-10", "2015-11-20"};
    struct tta_refusion_case c = {0};

    c.first = pick(3) == 0 ? day("2006-07-03") + (tta_date)pick(6000)
                           : day(near[pick(4)]) + (tta_date)pick(60);
    c.last = c.first + (tta_date)pick(pick(4) == 0 ? 900 : 140);
    c.employed = pick(2) == 0;
    c.weekly_benefit_ore = pick(3) == 0   ? TTA_INTEGER_NONE
                           : pick(8) == 0 ? (int64_t)pick(20)
                                          : (int64_t)pick(320000);
    c.weeks_before = pick(3) == 0 ? (int64_t)pick(60) : 0;
    pick_periods(&c);
    return c;
}

/* Walks the case; sums by week and month, and the laws that hold for every part. */
static void walk_case(struct sums *s, const struct tta_refusion_case *c, bool by_month)
{
    struct tta_refusion_walk w;
    struct tta_refusion_part p;
    tta_date next = c->first;

    memset(s, 0, sizeof *s);
    ck_assert_msg(tta_refusion_check(&law, c, NULL, &e) == 0, "%s", e.text);
    tta_refusion_walk_start(&w, &law, c, NULL, by_month);
    while (tta_refusion_walk_next(&w, &p)) {
        ck_assert_int_eq(p.from, next);
        ck_assert(p.from <= p.to && p.to <= c->last && p.to <= p.week_start + 6);
        ck_assert_int_eq(p.week_start, c->first + 7 * (p.week - 1));
        ck_assert_int_eq(p.employer_ore + p.state_ore + p.municipality_ore, p.benefit_ore);
        ck_assert(p.employer_ore >= 0 && p.state_ore >= 0 && p.municipality_ore >= 0);
        put(s, c, p.from, 0, p.benefit_ore);
        put(s, c, p.from, 1, p.employer_ore);
        put(s, c, p.from, 2, p.state_ore);
        put(s, c, p.from, 3, p.municipality_ore);
        next = p.to + 1;
    }
    ck_assert_int_eq(next, c->last + 1);
}

START_TEST(as_by_definition)
{
    static struct sums theirs, ours;
    enum regime pinned = (enum regime)_i;

    load_law(&law, _i == 4 ? "auto" : regime_names[_i], NULL);
    random_state = UINT64_C(994) + (uint64_t)_i;
    for (int i = 0; i < 1000; i++) {
        struct tta_refusion_case c = pick_case();
        struct tta_refusion_split split = split_case(&law, &c);
        int64_t period = 0;

        if (c.employed)
            ck_assert(tta_rates_on(&law.employer, c.first, &period));
        by_day(&theirs, &c, period, _i == 4 ? NULL : &pinned);
        walk_case(&ours, &c, false);
        ck_assert_int_eq(memcmp(ours.week, theirs.week, sizeof ours.week), 0);
        ck_assert_int_eq(ours.state, split.state_ore);
        ck_assert_int_eq(ours.employer, split.employer_ore);
        ck_assert_int_eq(ours.municipality, split.municipality_ore);
        ck_assert_int_eq(ours.benefit, split.benefit_ore);
        walk_case(&ours, &c, true);
        ck_assert_int_eq(memcmp(ours.month, theirs.month, sizeof ours.month), 0);
        ck_assert_int_eq(ours.state, split.state_ore);
    }
}
END_TEST

/* Stretches of equal weeks give what the parts give: the same case, plain and walked. */
START_TEST(plain_as_walked)
{
    static struct sums s;

    load_law(&law, "auto", NULL);
    random_state = 30;
    for (int i = 0; i < 5000; i++) {
        struct tta_refusion_case c = pick_case();
        struct tta_refusion_split split;

        c.period_count = 0;
        if (c.weekly_benefit_ore == TTA_INTEGER_NONE)
            c.weekly_benefit_ore = 300001;
        split = split_case(&law, &c);
        walk_case(&s, &c, false);
        ck_assert_int_eq(s.employer, split.employer_ore);
        ck_assert_int_eq(s.state, split.state_ore);
        ck_assert_int_eq(s.municipality, split.municipality_ore);
    }
}
END_TEST

/*
 * A stay divided at any day comes to the same where weeks continue: under lov 994
 * by person. Amounts whose fifths and shares are whole øre, so that no rounding
 * falls between the two; the employer period within the first.
 */
START_TEST(a_stay_divided)
{
    load_law(&law, "auto", NULL);
    random_state = 80403020;
    for (int i = 0; i < 5000; i++) {
        struct tta_refusion_case whole = pick_case(), a, b;
        struct tta_refusion_person one, two;
        struct tta_refusion_split w, x, y;
        int64_t period = 0;

        whole.first = day("2016-01-11") + (tta_date)pick(700);
        whole.last = whole.first + 1 + (tta_date)pick(600);
        whole.period_count = 0;
        whole.weekly_benefit_ore = 5000 * (1 + (int64_t)pick(80));
        if (whole.employed)
            ck_assert(tta_rates_on(&law.employer, whole.first, &period));
        if (whole.last - whole.first <= period)
            whole.last = whole.first + (tta_date)period + 1;
        a = b = whole;
        a.last = whole.first + (tta_date)period +
                 (tta_date)pick((uint64_t)(whole.last - whole.first - period));
        b.first = a.last + 1;
        b.employed = false;
        tta_refusion_person_begin(&one, NULL, 0);
        tta_refusion_person_before(&one, whole.first, whole.weeks_before);
        two = one;
        ck_assert_int_eq(tta_refusion_split(&law, &whole, &one, &w, &e), 0);
        ck_assert_int_eq(tta_refusion_split(&law, &a, &two, &x, &e), 0);
        ck_assert_int_eq(tta_refusion_split(&law, &b, &two, &y, &e), 0);
        ck_assert_int_eq(x.benefit_ore + y.benefit_ore, w.benefit_ore);
        ck_assert_int_eq(x.employer_ore + y.employer_ore, w.employer_ore);
        ck_assert_int_eq(x.state_ore + y.state_ore, w.state_ore);
        ck_assert_int_eq(one.counted, two.counted);
    }
}
END_TEST

/* By the person, from a Monday, is by the case; from a Wednesday a week has more calendar weeks. */
START_TEST(person_and_case)
{
    struct tta_refusion_case c = case_of("2016-02-01", "2016-02-28", false, 100000);
    struct tta_refusion_person p;
    struct tta_refusion_split out;

    load_law(&law, "2016", NULL);
    tta_refusion_person_begin(&p, NULL, 0);
    ck_assert_int_eq(tta_refusion_split(&law, &c, &p, &out, &e), 0);
    ck_assert_int_eq(out.state_ore, 320000);
    ck_assert_int_eq(split_case(&law, &c).state_ore, 320000);
    /* Wednesday 3 February to Tuesday 1 March: four weeks, but Monday and Tuesday are the fifth
     * calendar week: 18 weekdays at 80 % and 2 at 40 %: 2,880 + 160 */
    c = case_of("2016-02-03", "2016-03-01", false, 100000);
    tta_refusion_person_begin(&p, NULL, 0);
    ck_assert_int_eq(tta_refusion_split(&law, &c, &p, &out, &e), 0);
    ck_assert_int_eq(out.state_ore, 304000);
    ck_assert_int_eq(split_case(&law, &c).state_ore, 320000);
    ck_assert_int_eq(p.counted, 5);
}
END_TEST

/* A gradual return that begins on a Wednesday divides the week, also where it makes nothing active.
 */
START_TEST(a_change_within_the_week)
{
    struct tta_refusion_case c = case_of("2016-02-01", "2016-02-07", false, 100000);
    struct tta_refusion_walk w;
    struct tta_refusion_part p;

    load_law(&law, "auto", NULL);
    periods[0] = (struct tta_refusion_period){day("2016-02-03"), c.last,        TTA_GRADUAL_RETURN,
                                              TTA_INTEGER_NONE,  TTA_MICRO / 2, TTA_MICRO};
    c.period = periods;
    c.period_count = 1;
    tta_refusion_walk_start(&w, &law, &c, NULL, false);
    ck_assert(tta_refusion_walk_next(&w, &p));
    ck_assert(!p.reduced && p.weekdays == 2 && p.benefit_ore == 40000 && p.state_ore == 32000);
    ck_assert(tta_refusion_walk_next(&w, &p));
    ck_assert(p.reduced && !p.active && p.weekdays == 3 && p.benefit_ore == 30000);
    ck_assert_int_eq(p.state_ore, 24000);
    ck_assert(!tta_refusion_walk_next(&w, &p));
}
END_TEST

Suite *refusion_walk_suite(void)
{
    Suite *s = suite_create("refusion/walk");
    TCase *t = tcase_create("all");

    tcase_add_checked_fixture(t, set_up, NULL);
    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, as_by_definition, 0, 5);
    tcase_add_test(t, plain_as_walked);
    tcase_add_test(t, a_stay_divided);
    tcase_add_test(t, person_and_case);
    tcase_add_test(t, a_change_within_the_week);
    suite_add_tcase(s, t);
    return s;
}
