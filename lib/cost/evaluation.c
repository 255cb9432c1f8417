/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The rows of an evaluation, added up as quantities by year. */
#include "tta/cost_evaluation.h"

#include <string.h>

#define UNIT_ORE INT64_C(100000000) /* at this price an amount in øre is 10^-8 units */

static int fail_large(struct tta_error *e)
{
    return tta_fail(e, TTA_E_DATA, "a quantity too large to hold");
}

int tta_evaluation_begin(const struct tta_evaluation_rules *rules, const struct tta_net *net,
                         struct tta_evaluation *out, struct tta_error *e)
{
    memset(out, 0, sizeof *out);
    if (net->last_year >= rules->years)
        return tta_fail(e, TTA_E_DATA, "--costs: column year: after the horizon");
    out->benefits = *rules->benefits;
    for (size_t i = 0; i < out->benefits.count; i++)
        out->benefits.benefit[i].weekly_ore = UNIT_ORE;
    if (rules->costing.prices != NULL) {
        out->prices = *rules->costing.prices;
        for (size_t i = 0; i < out->prices.count; i++)
            out->prices.component[i].price_ore = UNIT_ORE;
    }
    for (int32_t y = 0; y < rules->years; y++)
        for (int p = 0; p < TTA_PAYERS; p++)
            if ((rules->payers >> p & 1) != 0 &&
                !tta_add(out->costs_ore[y], net->effort_ore[y][p], &out->costs_ore[y]))
                return fail_large(e);
    return 0;
}

int tta_evaluation_weeks(const struct tta_evaluation_rules *rules,
                         const struct tta_evaluation_row *row, struct tta_evaluation *ev,
                         struct tta_net_weeks *seen, struct tta_net *net, struct tta_error *e)
{
    int64_t ore[TTA_PAYERS], borne[TTA_PAYERS], weeks[2] = {row->weeks_micro, row->weeks_micro};
    int64_t *sum, after;
    int64_t first = row->first_week == TTA_INTEGER_NONE ? 1 : row->first_week;
    size_t at;
    int32_t price_year = rules->costing.price_year;

    if (tta_benefit_cost(rules->benefits, rules->costing.index, price_year, row->benefit,
                         row->weeks_micro, first, ore, e) != 0 ||
        tta_benefit_cost(&ev->benefits, rules->costing.index, price_year, row->benefit,
                         row->weeks_micro, first, borne, e) != 0 ||
        tta_net_weeks_take(seen, rules->benefits, row->benefit, row->case_number, row->year,
                           row->weeks_micro, row->first_week, row->count, e) != 0)
        return e->code;
    if (row->year >= net->first_year + rules->years)
        return 0;
    if (tta_net_times(row->persons, ore, &weeks[0], e) != 0 ||
        tta_net_times(row->persons, borne, &weeks[1], e) != 0)
        return e->code;
    for (int p = 0; p < TTA_PAYERS; p++)
        if (tta_net_add(net, row->arm, row->year, p, ore[p], e) != 0)
            return e->code;
    at = (size_t)(tta_benefit_named(rules->benefits, row->benefit) - rules->benefits->benefit);
    after = row->year - net->first_year;
    sum = &ev->weeks[row->arm][at][after];
    for (int p = 0; p < TTA_PAYERS; p++)
        if ((rules->payers >> p & 1) != 0 && !tta_add(*sum, borne[p], sum))
            return fail_large(e);
    return 0;
}

/* An activity with the end of the study on the last day of a year: the amount, and what is left. */
static int one(const struct tta_costing_rules *rules, const struct tta_component *c, tta_date day,
               int64_t quantity_micro, int32_t last_year, int64_t out[2], struct tta_error *e)
{
    struct tta_costing_rules until = *rules;
    struct tta_costing sums = {0};

    tta_date_from_ymd(last_year, 12, 31, &until.until);
    if (tta_costing_add(&until, tta_text_of(c->id), day, quantity_micro, &sums, e) != 0)
        return e->code;
    out[0] = sums.payer[c->payer].amount_ore - sums.residual[c->payer].amount_ore;
    out[1] = sums.residual[c->payer].amount_ore;
    return 0;
}

static const struct tta_component *find(const struct tta_prices *prices, struct tta_text id)
{
    for (size_t i = 0; i < prices->count; i++)
        if (tta_text_is(id, prices->component[i].id))
            return &prices->component[i];
    return NULL;
}

int tta_evaluation_activity(const struct tta_evaluation_rules *rules, struct tta_text component,
                            tta_date day, int64_t quantity_micro, struct tta_evaluation *ev,
                            struct tta_net *net, struct tta_error *e)
{
    const struct tta_component *c = find(rules->costing.prices, component);
    struct tta_costing_rules unit = rules->costing;
    int64_t ore[2], units[2];
    int year, month, dom;
    size_t at;

    if (c == NULL)
        return tta_fail(e, TTA_E_DATA, "column component: %s has no unit price for it",
                        rules->costing.prices->id);
    at = (size_t)(c - rules->costing.prices->component);
    unit.prices = &ev->prices;
    tta_date_to_ymd(day, &year, &month, &dom);
    if (year < net->first_year || year >= net->first_year + rules->years)
        return tta_fail(e, TTA_E_DATA, "column date: before the first year or after the horizon");
    for (int32_t last = year; last < net->first_year + rules->years; last++) {
        int64_t y = last - net->first_year;

        if (one(&rules->costing, c, day, quantity_micro, last, ore, e) != 0 ||
            one(&unit, c, day, quantity_micro, last, units, e) != 0 ||
            (last == year && tta_net_add(net, -1, year, (int)c->payer, ore[0], e) != 0))
            return e->code;
        if ((rules->payers >> c->payer & 1) == 0)
            return 0;
        if ((last == year && !tta_add(ev->units[at][y], units[0], &ev->units[at][y])) ||
            !tta_add(ev->left[at][y], units[1], &ev->left[at][y]) ||
            !tta_add(ev->left_ore[y], ore[1], &ev->left_ore[y]))
            return fail_large(e);
        if (ore[1] == 0 && units[1] == 0)
            return 0;
    }
    return 0;
}
