/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/cost_certificate.h"

#include "tta/number.h"

int tta_certificate_saving(int64_t category2, int64_t category3, int64_t certificates,
                           int64_t alternatives_ore, int64_t price_ore,
                           struct tta_certificate_saving *out, struct tta_error *e)
{
    int64_t paid, cases;

    if (category2 < 0 || category3 < 0 || certificates < 0 || alternatives_ore < 0 || price_ore < 0)
        return tta_fail(e, TTA_E_DATA, "a negative number of cases or certificates, or amount");
    if (!tta_add(category2, category3, &cases) ||
        __builtin_mul_overflow(cases, price_ore, &out->counterfactual_ore) ||
        __builtin_mul_overflow(certificates, price_ore, &paid) ||
        !tta_add(paid, alternatives_ore, &out->actual_ore))
        return tta_fail(e, TTA_E_DATA, "a number too large to hold");
    out->saving_ore = out->counterfactual_ore - out->actual_ore; /* neither is negative */
    return 0;
}
