/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>
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
    if (incoming_cases < 0 || incoming_cases > TTA_CASES_MOST)
        return tta_fail(e, TTA_E_DATA, "column incoming_cases: negative, or above 10,000,000");
    if (consortium_cases < incoming_cases)
        return tta_fail(e, TTA_E_DATA, "the consortium has fewer cases than its member");
    if (!calculate(model, incoming_cases, out)) {
        memset(out, 0, sizeof *out);
        return tta_fail(e, TTA_E_DATA, "a number too large to hold");
    }
    out->eligible = consortium_cases >= model->minimum_incoming_cases;
    return 0;
}

#define NANO_AN_ORE INT64_C(10000000)

static bool times_cases(int64_t cases_micro, int64_t nano, int64_t *ore)
{
    return tta_muldiv_half_up(cases_micro, nano, TTA_MICRO * NANO_AN_ORE, ore);
}

int tta_grant_exact(const struct tta_cost_model *model, const struct tta_grant *grant,
                    struct tta_grant_exact *out, struct tta_error *e)
{
    if (!times_cases(grant->category2_micro, model->share_exact_nano, &out->share_exact_ore) ||
        !times_cases(grant->category2_micro, model->exact_nano, &out->exact_ore))
        return tta_fail(e, TTA_E_DATA, "a number too large to hold");
    return 0;
}

int tta_renegotiate(const struct tta_cost_model *model, const struct tta_grant *grant,
                    int64_t actual_micro, struct tta_renegotiation *out, struct tta_error *e)
{
    int64_t actual_ore;

    if (actual_micro < 0 || actual_micro > TTA_CASES_MOST * TTA_MICRO)
        return tta_fail(e, TTA_E_DATA, "column actual_category2: negative, or above 10,000,000");
    out->deviation_micro = TTA_INTEGER_NONE;
    out->cases_micro = actual_micro - grant->category2_micro; /* neither is negative */
    if (!tta_muldiv_half_up(actual_micro, model->per_case_ore, TTA_MICRO, &actual_ore) ||
        (grant->category2_micro > 0 &&
         !tta_muldiv_half_up(out->cases_micro, TTA_MICRO, grant->category2_micro,
                             &out->deviation_micro)))
        return tta_fail(e, TTA_E_DATA, "a number too large to hold");
    out->grant_ore = actual_ore - grant->grant_ore;
    return 0;
}

int tta_grant_phase(const struct tta_grant *grant, int64_t years, bool control,
                    struct tta_grant_phase *out, struct tta_error *e)
{
    out->phase = control ? 2 : 1;
    out->years = control && years > 0 ? years - 1 : years;
    if (__builtin_mul_overflow(grant->grant_ore, out->years, &out->grant_ore))
        return tta_fail(e, TTA_E_DATA, "a number too large to hold");
    return 0;
}

int tta_consortia_add(struct tta_consortia *c, struct tta_text name, int64_t cases, int32_t *number,
                      struct tta_error *e)
{
    int32_t before = c->names.count;

    *number = -1;
    if (name.ptr == NULL)
        return 0;
    if (tta_names_number(&c->names, name, number) != 0)
        return tta_fail_memory(e);
    if (c->names.count > before) {
        int64_t *grown = realloc(c->cases, (size_t)c->names.cap * sizeof *grown);

        if (grown == NULL)
            return tta_fail_memory(e);
        c->cases = grown;
        c->cases[*number] = 0;
    }
    if (!tta_add(c->cases[*number], cases, &c->cases[*number]))
        return tta_fail(e, TTA_E_DATA, "the cases of the consortium are too many to add");
    return 0;
}

void tta_consortia_release(struct tta_consortia *c)
{
    tta_names_release(&c->names);
    free(c->cases);
    memset(c, 0, sizeof *c);
}
