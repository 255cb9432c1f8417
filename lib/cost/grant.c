/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "tta/cost.h"
#include "tta/number.h"

/* Staff for that many cases, to the nearest step: steps = cases / (capacity x step). */
static bool staff(const struct tta_cost_model *m, int64_t cases_micro, int64_t *micro)
{
    int64_t per_step, steps;

    return !__builtin_mul_overflow(m->capacity_cases, m->step_micro, &per_step) &&
           tta_muldiv_half_up(cases_micro, 1, per_step, &steps) &&
           !__builtin_mul_overflow(steps, m->step_micro, micro);
}

static bool calculate(const struct tta_cost_model *m, int64_t incoming_cases, struct tta_grant *out)
{
    if (__builtin_mul_overflow(incoming_cases, m->category2_micro, &out->category2_micro))
        return false;
    if (!staff(m, out->category2_micro, &out->coordinators_micro))
        return false;
    out->teams_micro = out->coordinators_micro;
    return tta_muldiv_half_up(out->category2_micro, m->clinic_micro, TTA_MICRO,
                              &out->clinical_micro) &&
           tta_muldiv_half_up(out->category2_micro, m->per_case_ore, TTA_MICRO, &out->grant_ore);
}

int tta_grant(const struct tta_cost_model *model, int64_t incoming_cases, int64_t consortium_cases,
              struct tta_grant *out, struct tta_error *e)
{
    memset(out, 0, sizeof *out);
    if (incoming_cases < 0)
        return tta_fail(e, TTA_E_DATA, "a negative number of incoming cases");
    if (consortium_cases < incoming_cases)
        return tta_fail(e, TTA_E_DATA, "the consortium has fewer cases than its member");
    if (!calculate(model, incoming_cases, out)) {
        memset(out, 0, sizeof *out);
        return tta_fail(e, TTA_E_DATA, "a number too large to hold");
    }
    out->eligible = consortium_cases >= model->minimum_incoming_cases;
    return 0;
}
