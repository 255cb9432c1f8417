/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What today and the readings answer, before any row is seen. */
#include "internal.h"

static const union tta_slot *constant(const struct tta_rules *t,
                                      const struct tta_rules_value *values, uint16_t slot)
{
    const struct tta_rules_value *v;

    if (slot < t->input_count)
        return NULL;
    v = &values[slot - t->input_count];
    return v->op == VALUE_CONSTANT ? &v->constant : NULL;
}

/* Does a question ask of constants only? */
static bool is_known(const struct tta_rules *t, const struct tta_rules_value *values,
                     const struct tta_rules_step *s)
{
    return constant(t, values, s->slot) != NULL &&
           (!tta_rules_is_pair(s->op) || constant(t, values, (uint16_t)s->lo) != NULL);
}

/* Is a value computed from constants only? */
static bool is_fixed(const struct tta_rules *t, const struct tta_rules_value *values,
                     const struct tta_rules_value *v)
{
    switch (v->op) {
    case VALUE_CONSTANT:
    case VALUE_NULL:
        return false; /* nothing to be done */
    case VALUE_OPTION:
    case VALUE_TODAY:
        return true;
    case VALUE_CONDITION:
    case VALUE_IF:
        for (size_t pc = v->first; pc <= v->pc; pc++)
            if (!is_known(t, values, &t->program->code[pc]))
                return false;
        return v->op == VALUE_CONDITION ||
               (constant(t, values, v->a) != NULL && constant(t, values, v->b) != NULL);
    case VALUE_INPUT:
    case VALUE_ISO_WEEK:
    case VALUE_MONTH_END:
        return constant(t, values, v->a) != NULL;
    default:
        return constant(t, values, v->a) != NULL && constant(t, values, v->b) != NULL;
    }
}

void tta_rules_fold_values(const struct tta_rules *t, struct tta_rules_value *values)
{
    struct tta_rules_space space;
    struct tta_rules_row row;

    tta_rules_row_start(&row, t, NULL, &space);
    for (size_t i = 0; i < t->program->value_count; i++) {
        const union tta_slot *v;

        /* what cannot be computed stays, to be an error of the row that asks */
        if (!is_fixed(t, values, &values[i]) ||
            tta_rules_value(&row, (uint16_t)(t->input_count + i), &v) != ROW_YES)
            continue;
        values[i].constant = *v;
        values[i].op = VALUE_CONSTANT;
    }
}

/* An order of two slots, of which one is a constant, as a range of the other. */
static void fold_order(struct tta_rules_step *s, uint8_t range, int64_t left, int64_t right,
                       bool left_known, bool *turned)
{
    if (!left_known) {
        s->hi = right - 1;
    } else {
        s->slot = (uint16_t)s->lo;
        s->hi = left;
        *turned = true; /* left < x is not x <= left */
    }
    s->lo = TTA_INTEGER_NONE + 1;
    s->op = range;
}

/* The same of an equality; false: not of texts. */
static bool fold_equality(struct tta_rules_step *s, const union tta_slot *v, bool left_known,
                          bool *turned)
{
    if (s->op == OP_SAME_TEXT)
        return false;
    if (left_known)
        s->slot = (uint16_t)s->lo;
    if (s->op == OP_SAME_TRUTH) {
        *turned = v->boolean == 0;
        s->op = OP_TRUTH;
        s->lo = s->hi = 0;
    } else if (s->op == OP_SAME_CHOICE) {
        s->op = OP_CHOICE;
        s->lo = v->choice;
        s->hi = 0;
    } else {
        s->lo = s->hi = s->op == OP_SAME ? v->integer : v->date;
        s->op = s->op == OP_SAME ? OP_RANGE : OP_RANGE_DATE;
    }
    return true;
}

/* Texts and choices are one of some, as bits, where there are bits enough. */
static void fold_set(const struct tta_rules *t, struct tta_rules_step *s)
{
    if (s->op == OP_CHOICE && tta_rules_slot(t, s->slot)->value_count <= 64) {
        s->lo = (int64_t)(UINT64_C(1) << s->lo);
    } else if ((s->op == OP_TEXT || s->op == OP_PREFIX) && s->slot < t->input_count &&
               t->program->limits[s->slot].words != NULL) {
        s->lo = tta_rules_words_set(t->program->limits[s->slot].words, s);
    } else {
        return;
    }
    s->op = OP_SET;
    if (s->how != OP_COMPUTED)
        s->how = OP_SET;
}

int tta_rules_fold(const struct tta_rules *t, const struct tta_rules_program *p,
                   struct tta_rules_step *s, bool *turned)
{
    const union tta_slot *a = constant(t, p->values, s->slot), *b = NULL;

    if (tta_rules_is_pair(s->op))
        b = constant(t, p->values, (uint16_t)s->lo);
    if (is_known(t, p->values, s)) {
        struct tta_rules_space space;
        struct tta_rules_row row;
        int answer;

        tta_rules_row_start(&row, t, NULL, &space);
        answer = tta_rules_ask(&row, s);
        return answer == ROW_YES || answer == ROW_NO ? answer : -1;
    }
    if (!tta_rules_is_pair(s->op))
        fold_set(t, s);
    if (!tta_rules_is_pair(s->op) || s->op == OP_STARTS || (a == NULL && b == NULL))
        return -1;
    if (s->op == OP_LESS)
        fold_order(s, OP_RANGE, a == NULL ? 0 : a->integer, b == NULL ? 0 : b->integer, a != NULL,
                   turned);
    else if (s->op == OP_LESS_DATE)
        fold_order(s, OP_RANGE_DATE, a == NULL ? 0 : a->date, b == NULL ? 0 : b->date, a != NULL,
                   turned);
    else if (!fold_equality(s, a != NULL ? a : b, a != NULL, turned))
        return -1;
    s->how = s->slot < t->input_count ? s->op : OP_COMPUTED;
    fold_set(t, s);
    return -1;
}
