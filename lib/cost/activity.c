/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/cost_activity.h"

#include <string.h>

#include "tta/number.h"

#define MOST_QUANTITY (INT64_C(1000000000) * TTA_MICRO)

const char *const tta_cost_class_names[] = {"forberedelse", "uddannelse", "drift", "løn",
                                            "materiel",     "øvrige",     NULL};
const char *const tta_payer_names[] = {"kommune", "region", "stat", NULL};

static int fail_large(struct tta_error *e)
{
    return tta_fail(e, TTA_E_DATA, "an amount too large to hold");
}

int tta_costing_check(const struct tta_costing_rules *rules, struct tta_error *e)
{
    int64_t unused;

    if (strcmp(rules->prices->currency, rules->index->currency) != 0)
        return tta_fail(e, TTA_E_CONFIG, "%s is in %s, and the price index %s in %s",
                        rules->prices->id, rules->prices->currency, rules->index->id,
                        rules->index->currency);
    return tta_index_convert(rules->index, 1, rules->price_year,
                             rules->index->first_year == rules->price_year
                                 ? rules->price_year + 1
                                 : rules->index->first_year,
                             &unused, e);
}

static bool add(struct tta_cost_sum *sum, const struct tta_cost_sum *more)
{
    return tta_add(sum->quantity_micro, more->quantity_micro, &sum->quantity_micro) &&
           tta_add(sum->amount_ore, more->amount_ore, &sum->amount_ore) &&
           tta_add(sum->present_ore, more->present_ore, &sum->present_ore);
}

/* The present value of the amount, where there is a rate. */
static int discount(const struct tta_costing_rules *rules, int year, struct tta_cost_sum *sum,
                    struct tta_error *e)
{
    if (year < rules->first_year ||
        (rules->rate != NULL && year - rules->first_year > TTA_DISCOUNT_YEARS))
        return tta_fail(e, TTA_E_DATA, "column date: before the first year, or far after");
    if (rules->rate == NULL)
        return 0;
    return tta_present_value(
               sum->amount_ore,
               tta_discount_factor(rules->rate, year - rules->first_year, rules->timing),
               &sum->present_ore)
               ? 0
               : fail_large(e);
}

/* What is left of an investment at the end: in proportion to the days left of its life. */
static int residual(const struct tta_costing_rules *rules, const struct tta_component *component,
                    tta_date day, int64_t amount, struct tta_cost_sum *out, struct tta_error *e)
{
    tta_date end;
    int64_t left;
    int year, month, dom;

    if (component->lifetime_years == 0)
        return 0;
    end = tta_date_add_months(day, 12 * component->lifetime_years);
    left = (int64_t)end - 1 - rules->until; /* an investment has an until */
    if (left <= 0)
        return 0;
    if (!tta_muldiv_half_up(amount, -left, end - day, &out->amount_ore))
        return fail_large(e);
    tta_date_to_ymd(rules->until, &year, &month, &dom);
    return discount(rules, year, out, e);
}

static int price(const struct tta_costing_rules *rules, const struct tta_component *component,
                 int year, int64_t quantity_micro, struct tta_cost_sum *out, struct tta_error *e)
{
    int64_t ore;

    if (!tta_muldiv_half_up(quantity_micro, component->price_ore, TTA_MICRO, &ore))
        return fail_large(e);
    if (tta_index_convert(rules->index, ore,
                          component->price_year == 0 ? year : component->price_year,
                          rules->price_year, &ore, e) != 0)
        return e->code;
    out->quantity_micro = quantity_micro;
    out->amount_ore = component->kind == TTA_COST ? ore : -ore;
    return discount(rules, year, out, e);
}

static const struct tta_component *find(const struct tta_prices *p, struct tta_text id)
{
    for (size_t i = 0; i < p->count; i++)
        if (tta_text_is(id, p->component[i].id))
            return &p->component[i];
    return NULL;
}

int tta_costing_add(const struct tta_costing_rules *rules, struct tta_text id, tta_date day,
                    int64_t quantity_micro, struct tta_costing *c, struct tta_error *e)
{
    const struct tta_component *component = find(rules->prices, id);
    struct tta_cost_sum cost = {0}, left = {0}, sums[3];
    size_t at;
    int year, month, dom;

    if (component == NULL)
        return tta_fail(e, TTA_E_DATA, "column component: %s has no unit price for it",
                        rules->prices->id);
    if (quantity_micro < 0 || quantity_micro > MOST_QUANTITY)
        return tta_fail(e, TTA_E_DATA, "column quantity: negative, or absurdly large");
    if (rules->until != TTA_DATE_NONE && day > rules->until)
        return tta_fail(e, TTA_E_DATA, "column date: after the end of the study");
    if (component->lifetime_years > 0 && rules->until == TTA_DATE_NONE)
        return tta_fail(e, TTA_E_DATA,
                        "column component: an investment needs the end of the study (--until)");
    tta_date_to_ymd(day, &year, &month, &dom);
    if (rules->gross && component->kind != TTA_COST)
        return 0;
    if (price(rules, component, year, quantity_micro, &cost, e) != 0 ||
        residual(rules, component, day, cost.amount_ore, &left, e) != 0)
        return e->code;
    at = (size_t)(component - rules->prices->component);
    sums[0] = c->component[at];
    sums[1] = c->residual[component->payer];
    sums[2] = c->payer[component->payer];
    if (!add(&sums[0], &cost) || !add(&sums[1], &left) || !add(&sums[2], &cost) ||
        !add(&sums[2], &left))
        return fail_large(e);
    c->component[at] = sums[0];
    c->residual[component->payer] = sums[1];
    c->payer[component->payer] = sums[2];
    return 0;
}

int tta_cost_years_add(const struct tta_costing_rules *rules, struct tta_text id, tta_date day,
                       int64_t quantity_micro, struct tta_cost_years *years, struct tta_error *e)
{
    const tta_date days[2] = {day, rules->until == TTA_DATE_NONE ? day : rules->until};
    struct tta_costing one = {0};
    int64_t *at[2];

    if (tta_costing_add(rules, id, day, quantity_micro, &one, e) != 0)
        return e->code;
    for (int payer = 0; payer < TTA_PAYERS; payer++) {
        int64_t left = one.residual[payer].amount_ore;
        int64_t add[2] = {one.payer[payer].amount_ore - left, left}, sum[2];

        for (int i = 0; i < 2; i++) {
            int year, month, dom;

            tta_date_to_ymd(days[i], &year, &month, &dom);
            year -= TTA_COST_FIRST_YEAR;
            at[i] = i == 0 ? &years->paid_ore[year][payer] : &years->residual_ore[year][payer];
            if (!tta_add(*at[i], add[i], &sum[i]))
                return fail_large(e);
        }
        *at[0] = sum[0]; /* one activity has one payer */
        *at[1] = sum[1];
    }
    return 0;
}

int tta_costing_total(const struct tta_costing *c, unsigned payers, struct tta_cost_sum *out,
                      struct tta_error *e)
{
    memset(out, 0, sizeof *out);
    for (int i = 0; i < TTA_PAYERS; i++)
        if ((payers >> i & 1) != 0 && !add(out, &c->payer[i]))
            return fail_large(e);
    return 0;
}

struct tta_cost_sum tta_costing_each(const struct tta_cost_sum *total, int64_t courses)
{
    struct tta_cost_sum each = {0};

    tta_muldiv_half_up(total->amount_ore, 1, courses, &each.amount_ore);
    tta_muldiv_half_up(total->present_ore, 1, courses, &each.present_ore);
    return each;
}
