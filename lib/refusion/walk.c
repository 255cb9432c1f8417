/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A case part by part. Each step takes the days up to the next day on which
 * anything can change; steps that turn out not to differ are joined again.
 */
#include <string.h>

#include "internal.h"

static void until(tta_date *to, tta_date day)
{
    if (day < *to)
        *to = day;
}

/* The days from..to stay within one side of a boundary that begins on that day. */
static void until_before(tta_date *to, tta_date from, tta_date day)
{
    if (day != TTA_DATE_NONE && from < day)
        until(to, day - 1);
}

/* The period that the day is in, or NULL; cuts to where that changes. */
static const struct tta_refusion_period *period_of(struct tta_refusion_walk *w, tta_date from,
                                                   tta_date *to)
{
    const struct tta_refusion_period *p;

    while (w->period < w->c->period_count && w->c->period[w->period].to < from)
        w->period++;
    if (w->period == w->c->period_count)
        return NULL;
    p = &w->c->period[w->period];
    until_before(to, from, p->from);
    if (p->from > from)
        return NULL;
    until(to, p->to);
    return p;
}

/* Where the day's scheme, week, month and count end. */
static void cut(const struct tta_refusion_walk *w, struct tta_refusion_part *part)
{
    const struct tta_refusion_scheme *rules = tta_refusion_rules(w->law);
    tta_date end;

    part->scheme = tta_refusion_scheme_on(w->law, part->from, &end);
    until(&part->to, end);
    until(&part->to, part->week_start + 6);
    if (part->from <= w->employer_last)
        until(&part->to, w->employer_last);
    if (w->by_month)
        until(&part->to, w->month_last);
    if (w->person != NULL)
        until(&part->to, part->from + 6 - tta_date_weekday(part->from));
    if (w->law->dated && rules != NULL) {
        until_before(&part->to, part->from, rules->counted_since);
        until_before(&part->to, part->from, rules->shift_from);
        until_before(&part->to, part->from,
                     rules->shift_to == TTA_DATE_NONE ? TTA_DATE_NONE : rules->shift_to + 1);
    }
}

/* Øre a week on these days. */
static int64_t weekly(const struct tta_refusion_walk *w, const struct tta_refusion_period *period,
                      struct tta_refusion_part *part)
{
    int64_t ore = w->c->weekly_benefit_ore;

    if (ore == TTA_INTEGER_NONE) {
        const struct tta_rates *r = &w->law->maximum;

        part->maximum = tta_rates_row(r, part->from);
        ore = part->maximum->value;
        if (part->maximum + 1 < r->row + r->count)
            until_before(&part->to, part->from, part->maximum[1].from);
    }
    if (period != NULL && period->paid_micro != period->of_micro) {
        part->reduced = true;
        tta_muldiv_half_up(ore, period->paid_micro, period->of_micro, &ore);
    }
    return ore;
}

static void judge_active(const struct tta_refusion_period *p, struct tta_refusion_part *part)
{
    const struct tta_refusion_activity *a;

    if (p == NULL)
        return;
    a = &part->scheme->active[p->kind];
    part->kind = p->kind;
    part->active =
        a->counts && (a->hours_over_micro == TTA_INTEGER_NONE ||
                      (p->hours_micro != TTA_INTEGER_NONE && p->hours_micro > a->hours_over_micro));
}

/* The number of the week that picks the band, where the municipality pays. */
static int64_t count_week(struct tta_refusion_walk *w, struct tta_refusion_part *part)
{
    const struct tta_refusion_scheme *rules = tta_refusion_rules(w->law);
    tta_date since = tta_refusion_since(w->law);
    int64_t weeks_on = 0;

    if (rules != NULL && part->from >= since) {
        if (w->person != NULL) {
            w->counted = tta_refusion_person_week(w->person, rules, since,
                                                  tta_refusion_calendar_week(part->from));
        } else if (w->counted_week != part->week) {
            w->counted_week = part->week;
            w->counted++;
        }
    }
    if (part->scheme->counted == TTA_WEEKS_OF_ABSENCE)
        return part->week;
    part->restarted = w->person != NULL && w->person->restarted;
    if (w->law->dated && rules->shift_from != TTA_DATE_NONE && part->from >= rules->shift_from &&
        part->from <= rules->shift_to) {
        part->shifted = true;
        weeks_on = w->person != NULL ? tta_refusion_calendar_week(rules->shift_as) -
                                           tta_refusion_calendar_week(part->from)
                                     : (rules->shift_as - w->c->first) / 7 + 1 - part->week;
    }
    return w->counted + weeks_on;
}

static void split_rest(struct tta_refusion_walk *w, struct tta_refusion_part *part, int64_t rest)
{
    const struct tta_refusion_band *band = part->scheme->band;
    int64_t state;

    part->counted = count_week(w, part);
    while (band->to_week < part->counted)
        band++; /* the last has no end */
    part->band = band;
    part->state_micro = part->active ? band->active_micro : band->state_micro;
    if (w->share_scheme != part->scheme || w->share != part->state_micro) {
        w->share_scheme = part->scheme;
        w->share = part->state_micro;
        w->rest = w->state = 0;
    }
    w->rest += rest;
    state = tta_refusion_share(w->rest, w->share);
    part->state_ore = state - w->state;
    part->municipality_ore = rest - part->state_ore;
    w->state = state;
}

/* The next days up to where anything can change. */
static void step(struct tta_refusion_walk *w, struct tta_refusion_part *part)
{
    const struct tta_refusion_period *period;
    int64_t ore, earned;

    memset(part, 0, sizeof *part);
    part->from = w->next;
    part->to = w->limit;
    if (w->by_month && part->from > w->month_last) {
        w->month_first = part->from;
        w->month_last = tta_date_month_end(part->from);
    }
    part->week = (part->from - w->c->first) / 7 + 1;
    part->week_start = w->c->first + (tta_date)(7 * (part->week - 1));
    if (part->week != w->week) {
        w->week = part->week;
        w->fifths = w->paid = 0;
        w->share_scheme = NULL;
    }
    period = period_of(w, part->from, &part->to);
    cut(w, part);
    ore = weekly(w, period, part);
    judge_active(period, part);
    part->weekdays = tta_refusion_weekdays(part->from, part->to);
    w->fifths += part->weekdays * ore;
    earned = (w->fifths + 2) / 5; /* a fifth never leaves half an øre */
    part->benefit_ore = earned - w->paid;
    w->paid = earned;
    if (part->from <= w->employer_last) {
        part->employer_ore = part->benefit_ore;
        part->employer = w->employer;
    } else if (part->benefit_ore > 0) {
        split_rest(w, part, part->benefit_ore);
    }
    w->next = part->to + 1;
}

static bool joins(const struct tta_refusion_walk *w, const struct tta_refusion_part *a,
                  const struct tta_refusion_part *b)
{
    if (a->week != b->week || (w->by_month && a->from < w->month_first))
        return false;
    if (a->weekdays == 0 || b->weekdays == 0)
        return true; /* days that earn nothing have nothing to say */
    return a->scheme == b->scheme && a->active == b->active && (!a->active || a->kind == b->kind) &&
           a->reduced == b->reduced && a->maximum == b->maximum &&
           (a->band == NULL || b->band == NULL ||
            (a->band == b->band && a->state_micro == b->state_micro && a->shifted == b->shifted));
}

/* b behind a, into a. */
static void join(struct tta_refusion_part *a, const struct tta_refusion_part *b)
{
    struct tta_refusion_part both = a->weekdays == 0 ? *b : *a;

    both.from = a->from;
    both.to = b->to;
    both.weekdays = a->weekdays + b->weekdays;
    if (both.band == NULL) {
        both.band = b->band;
        both.counted = b->counted;
        both.state_micro = b->state_micro;
        both.shifted = b->shifted;
        both.restarted = b->restarted;
    }
    if (both.employer == NULL)
        both.employer = a->employer;
    both.benefit_ore = a->benefit_ore + b->benefit_ore;
    both.employer_ore = a->employer_ore + b->employer_ore;
    both.state_ore = a->state_ore + b->state_ore;
    both.municipality_ore = a->municipality_ore + b->municipality_ore;
    *a = both;
}

void tta_refusion_walk_start(struct tta_refusion_walk *w, const struct tta_refusion_law *law,
                             const struct tta_refusion_case *c, struct tta_refusion_person *person,
                             bool by_month)
{
    memset(w, 0, sizeof *w);
    w->law = law;
    w->c = c;
    w->person = person;
    w->by_month = by_month;
    w->next = c->first;
    w->limit = c->last;
    w->month_first = w->month_last = c->first - 1;
    w->employer_last = c->first - 1;
    w->counted = tta_refusion_weeks_before(law, c->first, c->weeks_before);
    if (c->employed) {
        w->employer = tta_rates_row(&law->employer, c->first);
        if (w->employer->value > c->last - c->first)
            w->employer_last = c->last;
        else
            w->employer_last += (tta_date)w->employer->value;
    }
    if (person != NULL)
        person->last_day = c->open ? INT32_MAX : c->last;
}

bool tta_refusion_walk_next(struct tta_refusion_walk *w, struct tta_refusion_part *part)
{
    if (!w->has_ahead) {
        if (w->next > w->limit)
            return false;
        step(w, &w->ahead);
    }
    *part = w->ahead;
    for (w->has_ahead = false; w->next <= w->limit && !w->has_ahead;) {
        step(w, &w->ahead);
        w->has_ahead = !joins(w, part, &w->ahead);
        if (!w->has_ahead)
            join(part, &w->ahead);
    }
    return true;
}

void tta_refusion_walk_to(struct tta_refusion_walk *w, tta_date last,
                          struct tta_refusion_split *sum)
{
    struct tta_refusion_part part;

    w->limit = last;
    while (tta_refusion_walk_next(w, &part)) {
        sum->benefit_ore += part.benefit_ore;
        sum->employer_ore += part.employer_ore;
        sum->state_ore += part.state_ore;
        sum->municipality_ore += part.municipality_ore;
    }
}
