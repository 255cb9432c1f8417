/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One case as a whole. Where nothing changes within it, by stretches of equal
 * weeks instead of part by part (tests/unit/refusion/walk.c holds both to the same). A full week
 * has five weekdays wherever it starts, so that a case is at most
 *
 *   full weeks of the employer · the week in which the employer period ends ·
 *   full weeks of state and municipality · the last, begun week
 *
 * and a stretch is cut only where a band ends.
 */
#include <string.h>

#include "internal.h"

/* Where in the case, and in the bands, the sum has come to. */
struct sum {
    const struct tta_refusion_scheme *scheme;
    struct tta_refusion_split *out;
    const struct tta_refusion_band *band;
    int64_t counted; /* weeks counted so far */
};

/* That many weekdays of five; a fifth never leaves half an øre, so adding 2 rounds. */
static int64_t weekdays_pay(int64_t weekly_ore, int64_t weekdays)
{
    return weekdays == 5 ? weekly_ore : (weekly_ore * weekdays + 2) / 5;
}

/* Adds that many weeks with the same benefit and the same employer part. */
static void add_weeks(struct sum *s, int64_t weeks, int64_t benefit, int64_t employer)
{
    int64_t rest = benefit - employer;

    s->out->benefit_ore += weeks * benefit;
    s->out->employer_ore += weeks * employer;
    if (rest == 0) {
        if (s->scheme->counted == TTA_WEEKS_OF_ABSENCE)
            s->counted += weeks;
        return;
    }
    while (weeks > 0) {
        int64_t here, state;

        while (s->counted >= s->band->to_week)
            s->band++; /* the last band has no end */
        here = s->band->to_week - s->counted;
        if (here > weeks)
            here = weeks;
        state = tta_refusion_share(rest, s->band->state_micro);
        s->out->state_ore += here * state;
        s->out->municipality_ore += here * (rest - state);
        s->counted += here;
        weeks -= here;
    }
}

static void add_case(struct sum *s, const struct tta_refusion_case *c, int64_t days, int64_t period)
{
    int64_t pay = c->weekly_benefit_ore;
    int64_t full = days / 7;
    int64_t week = period / 7; /* weeks that the employer pays in full */
    tta_date last_week = c->last - (tta_date)(days % 7) + 1;
    int64_t last_pay = weekdays_pay(pay, tta_refusion_weekdays(last_week, c->last));

    add_weeks(s, week, pay, pay);
    if (period % 7 != 0) {
        tta_date from = c->first + (tta_date)(7 * week);
        tta_date to = c->first + (tta_date)period - 1;
        int64_t employer = weekdays_pay(pay, tta_refusion_weekdays(from, to));

        add_weeks(s, 1, week < full ? pay : last_pay, employer);
        week++;
    }
    if (week < full)
        add_weeks(s, full - week, pay, 0);
    if (week <= full && days % 7 != 0)
        add_weeks(s, 1, last_pay, 0);
}

/* Does nothing change within the case but its weeks? */
static bool is_plain(const struct tta_refusion_law *law, const struct tta_refusion_case *c,
                     const struct tta_refusion_scheme *s, tta_date end)
{
    if (c->period_count > 0 || c->weekly_benefit_ore == TTA_INTEGER_NONE || c->last > end)
        return false;
    if (!law->dated || s->counted == TTA_WEEKS_OF_ABSENCE)
        return true;
    return c->first >= tta_refusion_since(law) &&
           (c->first > s->shift_to || c->last < s->shift_from);
}

static void add_parts(const struct tta_refusion_law *law, const struct tta_refusion_case *c,
                      struct tta_refusion_person *person, struct tta_refusion_split *out)
{
    struct tta_refusion_walk walk;

    tta_refusion_walk_start(&walk, law, c, person, false);
    tta_refusion_walk_to(&walk, c->last, out);
}

int tta_refusion_split(const struct tta_refusion_law *law, const struct tta_refusion_case *c,
                       struct tta_refusion_person *person, struct tta_refusion_split *out,
                       struct tta_error *e)
{
    const struct tta_refusion_scheme *scheme;
    int64_t days, period = 0;
    tta_date end;

    memset(out, 0, sizeof *out);
    if (tta_refusion_check(law, c, person, e) != 0)
        return e->code;
    days = (int64_t)c->last - c->first + 1;
    out->weeks = (days + 6) / 7;
    scheme = tta_refusion_scheme_on(law, c->first, &end);
    if (person == NULL && is_plain(law, c, scheme, end)) {
        struct sum s = {scheme, out, scheme->band,
                        scheme->counted == TTA_WEEKS_OF_BENEFIT
                            ? tta_refusion_weeks_before(law, c->first, c->weeks_before)
                            : 0};

        if (c->employed)
            tta_rates_on(&law->employer, c->first, &period);
        add_case(&s, c, days, period < days ? period : days);
    } else {
        add_parts(law, c, person, out);
    }
    return 0;
}
