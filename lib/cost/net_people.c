/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the effort did to people: more in work, fewer months on benefits, and what each cost. */
#include <stdlib.h>

#include "tta/cost_net.h"

static int fail_large(struct tta_error *e)
{
    return tta_fail(e, TTA_E_DATA, "a number too large to hold");
}

int tta_net_add_weeks(struct tta_net *net, const struct tta_benefits *benefits, struct tta_text id,
                      int arm, int64_t weeks_micro, struct tta_error *e)
{
    const struct tta_benefit *b = tta_benefit_named(benefits, id);

    return b == NULL || b->income || b->alongside ||
                   tta_add(net->benefit_weeks_micro[arm], weeks_micro,
                           &net->benefit_weeks_micro[arm])
               ? 0
               : fail_large(e);
}

int tta_net_times(int64_t persons, int64_t ore[TTA_PAYERS], int64_t *weeks_micro,
                  struct tta_error *e)
{
    for (int i = 0; i < TTA_PAYERS; i++)
        if (__builtin_mul_overflow(ore[i], persons, &ore[i]))
            return fail_large(e);
    return __builtin_mul_overflow(*weeks_micro, persons, weeks_micro) ? fail_large(e) : 0;
}

/* first less second, second for as many persons as the intervention has. */
static bool against(const struct tta_net *net, int64_t first, int64_t second, int64_t *out)
{
    int64_t control;

    return tta_muldiv_half_up(second, net->persons[0], net->persons[1], &control) &&
           !__builtin_sub_overflow(first, control, out);
}

/* More in work, as a fraction in its lowest terms: what is divided by it must not see it rounded.
 */
static bool additional(const struct tta_net *net, struct tta_net_people *out)
{
    int64_t control, a, b;

    if (__builtin_mul_overflow(net->in_work[0], net->persons[1], &out->additional) ||
        __builtin_mul_overflow(net->in_work[1], net->persons[0], &control) ||
        __builtin_sub_overflow(out->additional, control, &out->additional))
        return false;
    for (a = llabs(out->additional), b = net->persons[1]; b != 0;) {
        int64_t rest = a % b;

        a = b;
        b = rest;
    }
    out->additional /= a;
    out->parts = net->persons[1] / a;
    return tta_muldiv_half_up(out->additional, TTA_MICRO, out->parts, &out->additional_micro);
}

int tta_net_people(const struct tta_net *net, const struct tta_net_row *total,
                   struct tta_net_people *out, struct tta_error *e)
{
    int64_t weeks;

    *out = (struct tta_net_people){.additional_micro = TTA_INTEGER_NONE,
                                   .months_micro = TTA_INTEGER_NONE,
                                   .break_even_micro = TTA_INTEGER_NONE};
    if (net->persons[1] == 0)
        return 0;
    if (net->work_known > 0 && !additional(net, out))
        return fail_large(e);
    if (!against(net, net->benefit_weeks_micro[0], net->benefit_weeks_micro[1], &weeks) ||
        !tta_muldiv_half_up(-weeks, 12, 52, &out->months_micro))
        return fail_large(e);
    if (out->months_micro > 0 && total->gain_ore > 0 && total->cost_ore >= 0 &&
        !tta_muldiv_half_up(out->months_micro, total->cost_ore, total->gain_ore,
                            &out->break_even_micro))
        return fail_large(e);
    return 0;
}

int tta_net_each(const struct tta_net_row *total, const struct tta_net_people *people,
                 struct tta_net_row *out, struct tta_error *e)
{
    int64_t parts = people->parts, of = people->additional;

    return tta_muldiv_half_up(total->gain_ore, parts, of, &out->gain_ore) &&
                   tta_muldiv_half_up(total->cost_ore, parts, of, &out->cost_ore) &&
                   tta_muldiv_half_up(total->net_ore, parts, of, &out->net_ore) &&
                   tta_muldiv_half_up(total->present_ore, parts, of, &out->present_ore)
               ? 0
               : fail_large(e);
}
