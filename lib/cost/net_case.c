/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What each case cost, for statistics over cases. */
#include "tta/cost_net.h"

static bool add_present(const struct tta_net_view *view, int32_t year,
                        const int64_t ore[TTA_PAYERS], int64_t *sum)
{
    long double factor =
        view->rate == NULL ? 1 : tta_discount_factor(view->rate, year, view->timing);

    for (int i = 0; i < TTA_PAYERS; i++) {
        int64_t present;

        if ((view->payers >> i & 1) != 0 &&
            (!tta_present_value(ore[i], factor, &present) || !tta_add(*sum, present, sum)))
            return false;
    }
    return true;
}

int tta_net_case_add(const struct tta_net *net, const struct tta_net_view *view, int64_t year,
                     const int64_t ore[TTA_PAYERS], int64_t *sum_ore, struct tta_error *e)
{
    int64_t sum = *sum_ore;

    if (!add_present(view, (int32_t)(year - net->first_year), ore, &sum))
        return tta_fail(e, TTA_E_DATA, "an amount too large to hold");
    *sum_ore = sum;
    return 0;
}

int tta_net_effort_each(const struct tta_net *net, const struct tta_net_view *view, int64_t *ore,
                        struct tta_error *e)
{
    int64_t sum = 0;
    bool fits = true;

    for (int32_t year = 0; fits && year <= net->last_year; year++)
        fits = add_present(view, year, net->effort_ore[year], &sum);
    return fits && tta_muldiv_half_up(sum, 1, net->persons[0], ore)
               ? 0
               : tta_fail(e, TTA_E_DATA, "an amount too large to hold");
}
