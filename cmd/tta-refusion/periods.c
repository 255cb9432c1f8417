/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Active days, and days of a gradual return, from the columns of the case itself. */
#include <stdio.h>
#include <stdlib.h>

#include "tta-refusion.h"

int refusion_more_periods(struct state *state, size_t count, struct tta_error *e)
{
    size_t cap = state->period_cap == 0 ? 8 : state->period_cap * 2;
    struct tta_refusion_period *grown;

    if (count < state->period_cap)
        return 0;
    grown = realloc(state->periods, cap * sizeof *grown);
    if (grown == NULL)
        return tta_fail_memory(e);
    state->periods = grown;
    state->period_cap = cap;
    return 0;
}

/* A period of the row itself; name: "active" or "partial". */
static int add_own_period(struct state *state, const struct tta_refusion_case *c, bool open,
                          struct tta_refusion_period period, const char *name, size_t *count,
                          struct tta_error *e)
{
    char from[32], to[32];

    snprintf(from, sizeof from, "%s_from", name);
    snprintf(to, sizeof to, "%s_to", name);
    if (period.from < c->first)
        return refusion_wrong(e, from, "before the first absence day");
    if (period.from > c->last && open)
        return 0; /* after --until */
    if (period.from > c->last)
        return refusion_wrong(e, from, "after the last absence day");
    if (period.to != TTA_DATE_NONE && period.to < period.from)
        return refusion_wrong(e, to, "before the first day of the period");
    if (period.to != TTA_DATE_NONE && period.to > c->last && !open)
        return refusion_wrong(e, to, "after the last absence day");
    if (period.to == TTA_DATE_NONE || period.to > c->last)
        period.to = c->last;
    if (refusion_more_periods(state, *count, e) != 0)
        return e->code;
    state->periods[(*count)++] = period;
    return 0;
}

/* How much of the benefit a gradual return leaves. */
static int reduce(const struct record *r, struct tta_refusion_period *p, struct tta_error *e)
{
    bool hours = r->hours_micro != TTA_INTEGER_NONE, part = r->fraction_micro != TTA_INTEGER_NONE;

    if (hours && part)
        return refusion_wrong(e, "benefit_fraction", "hours_worked says how much is paid already");
    if (hours && (r->hours_micro < 0 || r->hours_micro > TTA_FULL_HOURS * TTA_MICRO))
        return refusion_wrong(e, "hours_worked", "not from 0 to 37");
    if (part && (r->fraction_micro < 0 || r->fraction_micro > TTA_MICRO))
        return refusion_wrong(e, "benefit_fraction", "not from 0 to 1");
    p->hours_micro = r->hours_micro;
    p->of_micro = hours ? TTA_FULL_HOURS * TTA_MICRO : TTA_MICRO;
    p->paid_micro = hours ? p->of_micro - r->hours_micro : part ? r->fraction_micro : TTA_MICRO;
    return 0;
}

int own_periods(struct state *state, const struct record *r, const struct tta_refusion_case *c,
                bool open, size_t *count, struct tta_error *e)
{
    struct tta_refusion_period p = {r->active_from, r->active_to, TTA_ACTIVE_STATED, 0,
                                    TTA_MICRO,      TTA_MICRO};

    if (r->active_from == TTA_DATE_NONE && r->active_to == TTA_DATE_NONE &&
        r->partial_from == TTA_DATE_NONE && r->partial_to == TTA_DATE_NONE &&
        r->hours_micro == TTA_INTEGER_NONE && r->fraction_micro == TTA_INTEGER_NONE)
        return 0;
    if (r->active_from == TTA_DATE_NONE && r->active_to != TTA_DATE_NONE)
        return refusion_wrong(e, "active_from", "empty, though active_to is not");
    if (r->partial_from == TTA_DATE_NONE &&
        (r->partial_to != TTA_DATE_NONE || r->hours_micro != TTA_INTEGER_NONE ||
         r->fraction_micro != TTA_INTEGER_NONE))
        return refusion_wrong(e, "partial_from",
                              "empty, though partial_to, hours_worked or benefit_fraction is not");
    if (r->active_from != TTA_DATE_NONE &&
        add_own_period(state, c, open, p, "active", count, e) != 0)
        return e->code;
    if (r->partial_from == TTA_DATE_NONE)
        return 0;
    if (*count > 0 && state->periods[0].to >= r->partial_from &&
        (r->partial_to == TTA_DATE_NONE || r->partial_to >= state->periods[0].from))
        return refusion_wrong(
            e, "partial_from",
            "overlaps active_from to active_to; a gradual return is active itself");
    p.from = r->partial_from;
    p.to = r->partial_to;
    p.kind = TTA_GRADUAL_RETURN;
    return reduce(r, &p, e) != 0 ? e->code : add_own_period(state, c, open, p, "partial", count, e);
}
