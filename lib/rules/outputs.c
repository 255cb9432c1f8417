/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the rules that took a row give. */
#include "internal.h"

#include <stdio.h>

/* Why rule (or the default) cannot be judged, or its output not given. */
int tta_rules_fail_value(const struct tta_rules_row *r, int why, size_t rule, struct tta_error *e)
{
    const struct tta_rules *t = r->t;

    if (why == ROW_BAD)
        return tta_fail(e, TTA_E_DATA, "rule %s: %s", t->rules[rule].id, r->bad);
    if (e->code == 0)
        snprintf(e->column, sizeof e->column, "%s", tta_rules_slot(t, r->missing)->name);
    return tta_fail(e, TTA_E_DATA, "empty, and rule %s needs it", t->rules[rule].id);
}

static int give_computed(struct tta_rules_row *r, size_t rule, size_t output, uint16_t slot,
                         union tta_slot *out, struct tta_error *e)
{
    const struct tta_rule *from = &r->t->rules[rule];
    const struct tta_rules_column *c = &r->t->outputs[output];
    const union tta_slot *v;
    bool known = c->allowed == NULL;
    int rc;

    rc = tta_rules_value(r, slot, &v);
    if (rc != ROW_YES)
        return tta_rules_fail_value(r, rc, rule, e);
    *out = *v;
    if (c->allowed == NULL || tta_rules_is_missing((uint8_t)c->type, v))
        return 0;
    for (size_t i = 0; !known && i < c->value_count; i++)
        known = tta_rules_slot_equal(c->type, &c->allowed[i], v);
    return known ? 0
                 : tta_fail(e, TTA_E_DATA, "rule %s: output %s is not among its values", from->id,
                            c->name);
}

/* One output of a rule; *touched is false where a COLLECT rule does not give it. */
static inline int give(struct tta_rules_row *r, size_t rule, size_t output, union tta_slot *out,
                       bool *touched, struct tta_error *e)
{
    const struct tta_rule *from = &r->t->rules[rule];
    uint16_t slot = from->computed == NULL ? TTA_RULES_CONSTANT : from->computed[output];

    *touched = slot != TTA_RULES_UNTOUCHED;
    if (slot == TTA_RULES_CONSTANT)
        *out = from->then[output];
    else if (*touched)
        return give_computed(r, rule, output, slot, out, e);
    return 0;
}

int tta_rules_give_all(struct tta_rules_row *r, size_t rule, union tta_slot *out,
                       struct tta_error *e)
{
    bool touched;

    if (r->t->rules[rule].computed == NULL) {
        memcpy(out, r->t->rules[rule].then, r->t->output_count * sizeof *out);
        return 0;
    }
    for (size_t i = 0; i < r->t->output_count; i++)
        if (give(r, rule, i, &out[i], &touched, e) != 0)
            return e->code;
    return 0;
}

/* Two rules of an ANY table take the row: do they give the same? */
int tta_rules_compare_outputs(struct tta_rules_row *r, size_t a, size_t b, struct tta_error *e)
{
    const struct tta_rules *t = r->t;
    bool touched;

    for (size_t i = 0; i < t->output_count; i++) {
        union tta_slot x, y;

        if (give(r, a, i, &x, &touched, e) != 0 || give(r, b, i, &y, &touched, e) != 0)
            return e->code;
        if (!tta_rules_slot_equal(t->outputs[i].type, &x, &y))
            return tta_fail(e, TTA_E_DATA, "the rules %s and %s both take it and differ in %s",
                            t->rules[a].id, t->rules[b].id, t->outputs[i].name);
    }
    return 0;
}

static int fold(const struct tta_rules_column *c, union tta_slot *sum, const union tta_slot *v)
{
    bool first_is_less = c->type == TTA_DATE ? sum->date < v->date : sum->integer < v->integer;
    int64_t total;

    switch (c->combine) {
    case TTA_COMBINE_AND:
        sum->boolean = sum->boolean && v->boolean;
        return 0;
    case TTA_COMBINE_OR:
        sum->boolean = sum->boolean || v->boolean;
        return 0;
    case TTA_COMBINE_MIN:
        if (!first_is_less)
            *sum = *v;
        return 0;
    case TTA_COMBINE_MAX:
        if (first_is_less)
            *sum = *v;
        return 0;
    default:
        if (!tta_add(sum->integer, v->integer, &total) || total == TTA_INTEGER_NONE)
            return -1;
        sum->integer = total;
        return 0;
    }
}

int tta_rules_collect(struct tta_rules_row *r, struct tta_rules_answer *a, struct tta_error *e)
{
    const struct tta_rules *t = r->t;

    for (size_t i = 0; i < t->output_count; i++) {
        const struct tta_rules_column *c = &t->outputs[i];
        bool given = false, touched;

        a->out[i] = c->start;
        for (size_t k = 0; k < a->hit_count; k++) {
            union tta_slot v;

            if (give(r, a->hits[k], i, &v, &touched, e) != 0)
                return e->code;
            if (!touched || tta_type_is_missing(c->type, &v))
                continue;
            if (given && fold(c, &a->out[i], &v) != 0)
                return tta_fail(e, TTA_E_DATA, "output %s: a number too large to hold", c->name);
            if (!given)
                a->out[i] = v;
            given = true;
        }
    }
    return 0;
}
