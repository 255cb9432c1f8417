/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/cost_certificate.h"

#include "tta/cost.h"

int tta_certificate_saving(int64_t category2, int64_t category3, int64_t certificates,
                           int64_t alternatives_ore, int64_t price_ore,
                           struct tta_certificate_saving *out, struct tta_error *e)
{
    const struct {
        const char *column;
        int64_t cases;
    } given[] = {{"category2_cases", category2},
                 {"category3_cases", category3},
                 {"certificates", certificates}};
    int64_t paid, cases;

    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        if (given[i].cases < 0 || given[i].cases > TTA_CASES_MOST)
            return tta_fail(e, TTA_E_DATA, "column %s: negative, or above 10,000,000",
                            given[i].column);
    if (alternatives_ore < 0 || alternatives_ore > TTA_ORE_MOST)
        return tta_fail(e, TTA_E_DATA, "column alternatives: negative, or above 10^12 kr");
    if (price_ore < 0 || !tta_add(category2, category3, &cases) ||
        __builtin_mul_overflow(cases, price_ore, &out->counterfactual_ore) ||
        __builtin_mul_overflow(certificates, price_ore, &paid) ||
        !tta_add(paid, alternatives_ore, &out->actual_ore))
        return tta_fail(e, TTA_E_DATA, "a number too large to hold");
    out->saving_ore = out->counterfactual_ore - out->actual_ore; /* neither is negative */
    return 0;
}
