/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/cost_net.h"

#define MOST_WEEKS (TTA_NET_WEEKS * TTA_MICRO)
#define MOST_FIRST INT64_C(10000)

static int fail_large(struct tta_error *e)
{
    return tta_fail(e, TTA_E_DATA, "an amount too large to hold");
}

/*
 * The state's part of the weeks from..to (millionths, counted from 0), in millionths
 * of a week.
 */
static int64_t state_weeks(const struct tta_benefit *b, int64_t from, int64_t to)
{
    int64_t sum = 0, band_from = 0;

    for (size_t i = 0; i < b->bands; i++) {
        int64_t band_to = (int64_t)b->to_week[i] * TTA_MICRO, part;
        int64_t low = from > band_from ? from : band_from, high = to < band_to ? to : band_to;

        if (high > low && tta_muldiv_half_up(high - low, b->state_micro[i], TTA_MICRO, &part))
            sum += part; /* no more than the weeks there are */
        band_from = band_to;
    }
    return sum;
}

static int price(const struct tta_benefit *b, int64_t weeks, int64_t first_week,
                 int64_t ore[TTA_PAYERS])
{
    int64_t from = (first_week - 1) * TTA_MICRO, gross = 0, state = 0;

    if (!tta_muldiv_half_up(weeks, b->weekly_ore, TTA_MICRO, &gross) ||
        !tta_muldiv_half_up(state_weeks(b, from, from + weeks), b->weekly_ore, TTA_MICRO, &state))
        return TTA_E_DATA;
    ore[TTA_KOMMUNE] = b->income ? 0 : gross - state;
    ore[TTA_REGION] = 0;
    ore[TTA_STAT] = b->income ? 0 : state;
    for (int i = 0; i < TTA_PAYERS; i++) {
        int64_t tax = 0;

        if (!tta_muldiv_half_up(gross, b->tax_micro[i], TTA_MICRO, &tax))
            return TTA_E_DATA;
        ore[i] -= tax;
    }
    return 0;
}

int tta_benefit_cost(const struct tta_benefits *benefits, const struct tta_price_index *index,
                     int32_t price_year, struct tta_text id, int64_t weeks_micro,
                     int64_t first_week, int64_t ore[TTA_PAYERS], struct tta_error *e)
{
    const struct tta_benefit *b = tta_benefit_named(benefits, id);

    if (b == NULL)
        return tta_fail(e, TTA_E_DATA,
                        "column benefit: %s has no price for it; add its row to a copy (see "
                        "--print-data) and give that as --benefits",
                        benefits->id);
    if (weeks_micro < 0 || weeks_micro > MOST_WEEKS)
        return tta_fail(e, TTA_E_DATA, "column weeks: not 0 to 53 weeks of a year");
    if (first_week < 1 || first_week > MOST_FIRST)
        return tta_fail(e, TTA_E_DATA, "column first_week: not 1 or more");
    if (price(b, weeks_micro, first_week, ore) != 0)
        return fail_large(e);
    for (int i = 0; i < TTA_PAYERS; i++)
        if (tta_index_convert(index, ore[i], b->price_year, price_year, &ore[i], e) != 0)
            return e->code;
    return 0;
}

int tta_net_add(struct tta_net *net, int arm, int64_t year, int payer, int64_t ore,
                struct tta_error *e)
{
    int64_t *sum, after = 0;

    if (__builtin_sub_overflow(year, net->first_year, &after) || after < 0 ||
        after >= TTA_NET_YEARS)
        return tta_fail(e, TTA_E_DATA, "column year: before the first year, or far after");
    sum = arm < 0 ? &net->effort_ore[after][payer] : &net->weeks_ore[arm][after][payer];
    if (!tta_add(*sum, ore, sum))
        return fail_large(e);
    if (after > net->last_year)
        net->last_year = (int32_t)after;
    return 0;
}

int tta_net_row(const struct tta_net *net, const struct tta_discount *rate,
                enum tta_flow_timing timing, int32_t year, int payer, struct tta_net_row *out,
                struct tta_error *e)
{
    int64_t control = 0;

    out->cost_ore = net->effort_ore[year][payer];
    if ((net->persons[1] > 0 && !tta_muldiv_half_up(net->weeks_ore[1][year][payer], net->persons[0],
                                                    net->persons[1], &control)) ||
        __builtin_sub_overflow(control, net->weeks_ore[0][year][payer], &out->gain_ore) ||
        __builtin_sub_overflow(out->gain_ore, out->cost_ore, &out->net_ore))
        return fail_large(e);
    out->present_ore = out->net_ore;
    if (rate != NULL && !tta_present_value(out->net_ore, tta_discount_factor(rate, year, timing),
                                           &out->present_ore))
        return fail_large(e);
    return 0;
}

bool tta_net_row_add(struct tta_net_row *sum, const struct tta_net_row *more)
{
    return tta_add(sum->gain_ore, more->gain_ore, &sum->gain_ore) &&
           tta_add(sum->cost_ore, more->cost_ore, &sum->cost_ore) &&
           tta_add(sum->net_ore, more->net_ore, &sum->net_ore) &&
           tta_add(sum->present_ore, more->present_ore, &sum->present_ore);
}
