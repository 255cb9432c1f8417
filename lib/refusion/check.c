/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Everything that can be wrong with a case, before anything is counted. The
 * column named is the one to look at first.
 */
#include <stdio.h>

#include "tta/refusion.h"

#define TEXT(x) #x
#define NUMBER(x) TEXT(x)

static int wrong(struct tta_error *e, const char *column, const char *sentence)
{
    bool first = e->code == 0;

    tta_fail(e, TTA_E_DATA, "%s", sentence);
    if (first)
        snprintf(e->column, sizeof e->column, "%s", column);
    return e->code;
}

static int check_schemes(const struct tta_refusion_law *law, const struct tta_refusion_case *c,
                         struct tta_error *e)
{
    tta_date end;

    if (!law->dated)
        return 0;
    if (c->first < law->scheme[0].valid_from) {
        char day[TTA_DATE_SIZE], text[64];

        tta_date_write(law->scheme[0].valid_from, TTA_DATE_ISO, day);
        snprintf(text, sizeof text, "before %s, when the first scheme begins", day);
        return wrong(e, "first_absence_date", text);
    }
    if (tta_refusion_scheme_on(law, c->last, &end) == NULL)
        return wrong(e, "last_absence_date", "after the end of the last scheme");
    return 0;
}

static int above_maximum(const struct tta_rate *row, struct tta_error *e)
{
    char day[TTA_DATE_SIZE], text[96];

    tta_date_write(row->from, TTA_DATE_ISO, day);
    snprintf(text, sizeof text, "above the maximum of its weeks from %s: %lld.%02d kr", day,
             (long long)(row->value / 100), (int)(row->value % 100));
    return wrong(e, "weekly_benefit", text);
}

/* The maximum where no benefit is given; where one is, that it is not above. */
static int check_maximum(const struct tta_refusion_law *law, const struct tta_refusion_case *c,
                         struct tta_error *e)
{
    const struct tta_rates *r = &law->maximum;
    int weekday = tta_date_weekday(c->first);
    tta_date earning = c->first + (weekday < 5 ? 0 : 7 - weekday); /* a weekend earns nothing */
    const struct tta_rate *row = tta_rates_row(r, earning), *end = r->row + r->count;

    if (c->weekly_benefit_ore == TTA_INTEGER_NONE) {
        if (tta_rates_row(r, c->first) == NULL ||
            (r->valid_to != TTA_DATE_NONE && c->last > r->valid_to))
            return wrong(e, "weekly_benefit", "empty, and no maximum is known for all its days");
        return 0;
    }
    if (law->above_allowed || earning > c->last)
        return 0;
    if (row == NULL)
        row = r->row; /* where no maximum is known, nothing is above it */
    for (; row < end && row->from <= c->last; row++)
        if (c->weekly_benefit_ore > row->value)
            return above_maximum(row, e);
    return 0;
}

static int check_periods(const struct tta_refusion_case *c, struct tta_error *e)
{
    for (size_t i = 0; i < c->period_count; i++) {
        const struct tta_refusion_period *p = &c->period[i];

        if (p->to < p->from)
            return tta_fail(e, TTA_E_DATA, "an active period ends before it begins");
        if (p->from < c->first || p->to > c->last)
            return tta_fail(e, TTA_E_DATA, "an active period reaches outside the case");
        if (i > 0 && p->from <= p[-1].to)
            return tta_fail(e, TTA_E_DATA, "active periods overlap");
        if (p->of_micro <= 0 || p->paid_micro < 0 || p->paid_micro > p->of_micro)
            return tta_fail(e, TTA_E_DATA, "a part of the benefit that is none");
    }
    return 0;
}

/* The largest weekly benefit of the case. */
static int64_t most_a_week(const struct tta_refusion_law *law, const struct tta_refusion_case *c)
{
    int64_t most = c->weekly_benefit_ore;

    for (size_t i = 0; c->weekly_benefit_ore == TTA_INTEGER_NONE && i < law->maximum.count; i++)
        if (law->maximum.row[i].value > most)
            most = law->maximum.row[i].value;
    return most;
}

const char *tta_refusion_period_problem(const struct tta_refusion_law *law,
                                        const struct tta_refusion_period *p)
{
    for (size_t i = 0; i < law->count; i++)
        if (law->scheme[i].active[p->kind].counts && p->hours_micro == TTA_INTEGER_NONE &&
            law->scheme[i].active[p->kind].hours_over_micro != TTA_INTEGER_NONE)
            return "empty, and --reading asks for the hours";
    return NULL;
}

int64_t tta_refusion_weeks_unknown(const struct tta_refusion_law *law,
                                   const struct tta_refusion_case *c)
{
    tta_date from = law->maximum.known_to;
    bool asked = c->weekly_benefit_ore == TTA_INTEGER_NONE || !law->above_allowed;

    if (!asked || from == TTA_DATE_NONE || c->last <= from)
        return 0;
    from = from < c->first ? c->first : from + 1;
    return (c->last - c->first) / 7 - (from - c->first) / 7 + 1;
}

int tta_refusion_check(const struct tta_refusion_law *law, const struct tta_refusion_case *c,
                       const struct tta_refusion_person *person, struct tta_error *e)
{
    int64_t weeks, most;

    if (c->first == TTA_DATE_NONE || c->last == TTA_DATE_NONE)
        return tta_fail(e, TTA_E_DATA, "a missing date");
    if (c->last < c->first)
        return tta_fail(e, TTA_E_DATA, "the last absence day is before the first");
    if (c->weekly_benefit_ore < 0 && c->weekly_benefit_ore != TTA_INTEGER_NONE)
        return tta_fail(e, TTA_E_DATA, "a negative weekly benefit");
    if ((int64_t)c->last - c->first >= 7 * TTA_REFUSION_LONGEST_WEEKS)
        return wrong(e, "last_absence_date",
                     "a case of more than " NUMBER(TTA_REFUSION_LONGEST_WEEKS) " weeks");
    if (c->weeks_before < 0 || c->weeks_before > TTA_REFUSION_MOST_BEFORE)
        return wrong(e, "benefit_weeks_before", "not from 0 to " NUMBER(TTA_REFUSION_MOST_BEFORE));
    if (check_schemes(law, c, e) != 0 || check_maximum(law, c, e) != 0 || check_periods(c, e) != 0)
        return e->code;
    /* no sum is more than the benefit of the weeks; five more for the weekdays */
    weeks = ((int64_t)c->last - c->first + 7) / 7;
    if (__builtin_mul_overflow(most_a_week(law, c), weeks + 5, &most))
        return tta_fail(e, TTA_E_DATA, "an amount too large to hold");
    if (c->employed && tta_rates_row(&law->employer, c->first) == NULL)
        return tta_fail(e, TTA_E_DATA, "no employer period is known for this first absence day");
    if (person != NULL && person->last_day == INT32_MAX)
        return wrong(e, "first_absence_date",
                     "the case before it of the same person is still open");
    if (person != NULL && person->last_day != TTA_DATE_NONE && c->first <= person->last_day)
        return wrong(e, "first_absence_date",
                     "not after the last day of the case before it of the same person");
    return 0;
}
