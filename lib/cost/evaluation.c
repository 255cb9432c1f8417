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
    int year = 0, month, dom;

    memset(out, 0, sizeof *out);
    if (net->last_year >= rules->years)
        return tta_fail(e, TTA_E_DATA, "--costs: column year: after the horizon");
    if (rules->costing.until != TTA_DATE_NONE) {
        tta_date_to_ymd(rules->costing.until, &year, &month, &dom);
        if (year < rules->costing.first_year || year >= rules->costing.first_year + rules->years)
            return tta_fail(e, TTA_E_USAGE, "--until: not within the horizon");
    }
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
    int64_t ore[TTA_PAYERS], borne[TTA_PAYERS], *sum, after;
    size_t at = 0;
    int32_t price_year = rules->costing.price_year;

    if (row->year >= net->first_year + rules->years)
        return tta_fail(e, TTA_E_DATA, "column year: after the horizon");
    if (tta_benefit_cost(rules->benefits, rules->costing.index, price_year, row->benefit,
                         row->weeks_micro, row->first_week, ore, e) != 0 ||
        tta_benefit_cost(&ev->benefits, rules->costing.index, price_year, row->benefit,
                         row->weeks_micro, row->first_week, borne, e) != 0 ||
        tta_net_weeks_take(seen, rules->benefits, row->benefit, row->case_number, row->year,
                           row->weeks_micro, row->first_week, e) != 0)
        return e->code;
    for (int p = 0; p < TTA_PAYERS; p++)
        if (tta_net_add(net, row->arm, row->year, p, ore[p], e) != 0)
            return e->code;
    while (!tta_text_is(row->benefit, rules->benefits->benefit[at].id))
        at++;
    after = row->year - net->first_year;
    sum = &ev->weeks[row->arm][at][after];
    for (int p = 0; p < TTA_PAYERS; p++)
        if ((rules->payers >> p & 1) != 0 && !tta_add(*sum, borne[p], sum))
            return fail_large(e);
    if (rules->benefits->benefit[at].income)
        ev->work_micro[row->arm][after] += row->weeks_micro; /* 53 of 2^31 people at the most */
    return 0;
}

/* Of one activity and one payer: what falls in its own year, and what is left at the end. */
struct amounts {
    int64_t own, left;
};

static struct amounts amounts_of(const struct tta_costing *one, int payer)
{
    return (struct amounts){one->payer[payer].amount_ore - one->residual[payer].amount_ore,
                            one->residual[payer].amount_ore};
}

int tta_evaluation_activity(const struct tta_evaluation_rules *rules, struct tta_text component,
                            tta_date day, int64_t quantity_micro, struct tta_evaluation *ev,
                            struct tta_net *net, struct tta_error *e)
{
    const struct tta_prices *prices = rules->costing.prices;
    struct tta_costing_rules unit = rules->costing;
    struct tta_costing priced = {0}, counted = {0};
    struct amounts ore, units;
    int year, month, dom, last = 0, payer;
    size_t at = 0;

    unit.prices = &ev->prices;
    tta_date_to_ymd(day, &year, &month, &dom);
    if (year < net->first_year || year >= net->first_year + rules->years)
        return tta_fail(e, TTA_E_DATA, "column date: before the first year or after the horizon");
    if (tta_costing_add(&rules->costing, component, day, quantity_micro, &priced, e) != 0 ||
        tta_costing_add(&unit, component, day, quantity_micro, &counted, e) != 0)
        return e->code;
    while (!tta_text_is(component, prices->component[at].id))
        at++;
    payer = (int)prices->component[at].payer;
    ore = amounts_of(&priced, payer);
    units = amounts_of(&counted, payer);
    if (rules->costing.until != TTA_DATE_NONE)
        tta_date_to_ymd(rules->costing.until, &last, &month, &dom);
    if (tta_net_add(net, -1, year, payer, ore.own, e) != 0 ||
        (ore.left != 0 && tta_net_add(net, -1, last, payer, ore.left, e) != 0))
        return e->code;
    if ((rules->payers >> payer & 1) == 0)
        return 0;
    year -= (int)net->first_year;
    last -= (int)net->first_year;
    if (!tta_add(ev->units[at][year], units.own, &ev->units[at][year]) ||
        (units.left != 0 && !tta_add(ev->units[at][last], units.left, &ev->units[at][last])))
        return fail_large(e);
    return 0;
}
