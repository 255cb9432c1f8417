/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * "Is a month after a later than b" needs the calendar only where b is about a month after a.
 * n months are n x 30.436875 days, give or take three (28 February + 1 month = 28 March: 2.44
 * less; 31 January + 1 = 28 February, again 2.44 less; 31 December + 2 = 28 February: 1.9;
 * the leap years that a span has too many or too few are 1.5 at the most).
 */
#include "internal.h"

#define MARGIN 8

/* About how many days are added to the input that the value begins with; false: no such value. */
static bool days_added(const struct tta_rules *t, const struct tta_rules_value *values,
                       int64_t slot, int64_t *days)
{
    const struct tta_rules_value *v, *n;

    if (slot < (int64_t)t->input_count)
        return false;
    v = &values[slot - (int64_t)t->input_count];
    if ((v->op != VALUE_ADD_DAYS && v->op != VALUE_ADD_MONTHS) || v->a >= t->input_count ||
        v->b < t->input_count)
        return false;
    n = &values[v->b - t->input_count];
    if (n->op != VALUE_CONSTANT || n->constant.integer < -4800 || n->constant.integer > 4800)
        return false;
    *days = v->op == VALUE_ADD_DAYS ? n->constant.integer * v->scale
                                    : n->constant.integer * 30436875 / 1000000;
    return true;
}

void tta_rules_make_near(const struct tta_rules *t, const struct tta_rules_value *values,
                         struct tta_rules_step *s)
{
    int64_t days;

    if (s->op != OP_LESS_DATE || s->how != OP_COMPUTED)
        return;
    if (s->lo < (int64_t)t->input_count && days_added(t, values, s->slot, &days))
        s->how = OP_DAYS_LESS;
    else if (s->slot < t->input_count && days_added(t, values, s->lo, &days))
        s->how = OP_LESS_DAYS;
    else
        return;
    s->hi = days;
}

int tta_rules_ask_near(const struct tta_rules_row *r, const struct tta_rules_step *s)
{
    bool left = s->how == OP_DAYS_LESS;
    int64_t value = left ? s->slot : s->lo;
    int64_t from = r->number[r->values[value - (int64_t)r->t->input_count].a];
    int64_t to = r->number[left ? s->lo : s->slot], then;

    if (from == TTA_INTEGER_NONE || to == TTA_INTEGER_NONE)
        return -1;
    then = from + s->hi;
    /* a day outside the calendar is an error of the row */
    if (then < TTA_RULES_FIRST_DAY + MARGIN || then > TTA_RULES_LAST_DAY - MARGIN ||
        (then - to >= -MARGIN && then - to <= MARGIN))
        return -1;
    return left ? then < to : to < then;
}
