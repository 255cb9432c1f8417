/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One case, by stretches of equal weeks instead of week by week. A full week
 * has five weekdays wherever it starts, so that a case is at most
 *
 *   full weeks of the employer · the week in which the employer period ends ·
 *   full weeks of state and municipality · the last, begun week
 *
 * and a stretch is cut only where a band ends.
 */
#include <string.h>

#include "tta/number.h"
#include "tta/refusion.h"

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

/* Half up. The common amounts stay in 64 bits; a share is 1 at the most, so nothing overflows. */
static int64_t share_of(int64_t ore, int64_t micro)
{
    int64_t part = 0;

    if (ore <= (INT64_MAX - TTA_MICRO) / TTA_MICRO)
        return (ore * micro + TTA_MICRO / 2) / TTA_MICRO;
    tta_muldiv_half_up(ore, micro, TTA_MICRO, &part);
    return part;
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
        state = share_of(rest, s->band->state_micro);
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
    int64_t last_pay = weekdays_pay(pay, tta_date_weekdays(last_week, c->last));

    add_weeks(s, week, pay, pay);
    if (period % 7 != 0) {
        tta_date from = c->first + (tta_date)(7 * week);
        tta_date to = c->first + (tta_date)period - 1;
        int64_t employer = weekdays_pay(pay, tta_date_weekdays(from, to));

        add_weeks(s, 1, week < full ? pay : last_pay, employer);
        week++;
    }
    if (week < full)
        add_weeks(s, full - week, pay, 0);
    if (week <= full && days % 7 != 0)
        add_weeks(s, 1, last_pay, 0);
}

static int employer_period(const struct tta_rates *periods, const struct tta_refusion_case *c,
                           int64_t *days, struct tta_error *e)
{
    *days = 0;
    if (c->employed && !tta_rates_on(periods, c->first, days))
        return tta_fail(e, TTA_E_DATA, "no employer period is known for this first absence day");
    return 0;
}

int tta_refusion_split(const struct tta_refusion_scheme *scheme, const struct tta_rates *periods,
                       const struct tta_refusion_case *c, struct tta_refusion_split *out,
                       struct tta_error *e)
{
    struct sum s = {scheme, out, scheme->band, 0};
    int64_t days = (int64_t)c->last - c->first + 1;
    int64_t weeks = (days + 6) / 7;
    int64_t period, most;

    memset(out, 0, sizeof *out);
    if (c->first == TTA_DATE_NONE || c->last == TTA_DATE_NONE)
        return tta_fail(e, TTA_E_DATA, "a missing date");
    if (days <= 0)
        return tta_fail(e, TTA_E_DATA, "the last absence day is before the first");
    if (c->weekly_benefit_ore < 0)
        return tta_fail(e, TTA_E_DATA, "a negative weekly benefit");
    /* no sum below is more than the benefit of the weeks; five more for the weekdays */
    if (__builtin_mul_overflow(c->weekly_benefit_ore, weeks + 5, &most))
        return tta_fail(e, TTA_E_DATA, "an amount too large to hold");
    if (employer_period(periods, c, &period, e) != 0)
        return e->code;
    out->weeks = weeks;
    add_case(&s, c, days, period < days ? period : days);
    return 0;
}
