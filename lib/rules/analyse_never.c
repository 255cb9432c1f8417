/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a table never does: rules that take no row, values never given, cells never empty. */
#include "analyse.h"

/* Where two rules overlap the walk ends: what a third asks for of those rows was not seen. */
static const char *why_unreachable(const struct tta_analysis *a, size_t rule)
{
    if (rule == a->t->rule_count)
        return "takes no row; a rule takes every row";
    return a->overlap_count > 0 ? "takes no row alone; mend the overlaps first"
                                : "takes no row; no row is what it asks for";
}

static int tell_unreachable(struct tta_analysis *a)
{
    const struct tta_rules *t = a->t;

    for (size_t i = 0; i < t->rule_count + t->has_default; i++) {
        if (a->reached[i] || a->told[i])
            continue;
        a->undecided += a->possible[i];
        if (!a->possible[i] && tta_analysis_tell(a, "unreachable: rule %s %s\n", t->rules[i].id,
                                                 why_unreachable(a, i)) != 0)
            return a->e->code;
    }
    return 0;
}

/* Can a slot have that value? Where it cannot be told, it can. */
static bool can_be(const struct tta_rules *t, uint16_t slot, enum tta_type type,
                   const union tta_slot *wanted)
{
    const struct tta_rules_value *v;

    if (slot < t->input_count)
        return true;
    v = &t->program->values[slot - t->input_count];
    switch (v->op) {
    case VALUE_CONSTANT:
        return tta_rules_slot_equal(type, &v->constant, wanted);
    case VALUE_NULL:
        return false;
    case VALUE_IF:
        return can_be(t, v->a, type, wanted) || can_be(t, v->b, type, wanted);
    case VALUE_INPUT:
        for (size_t i = 0; v->column.values[i] != NULL; i++)
            if (tta_text_is(wanted->text, v->column.values[i]))
                return true;
        return false;
    default:
        return true;
    }
}

static bool is_given(const struct tta_analysis *a, size_t output, const union tta_slot *value)
{
    const struct tta_rules *t = a->t;
    const struct tta_rules_column *c = &t->outputs[output];

    if (t->hit_policy == TTA_HIT_COLLECT && tta_rules_slot_equal(c->type, &c->start, value))
        return true;
    for (size_t i = 0; i < t->rule_count + t->has_default; i++) {
        const struct tta_rule *r = &t->rules[i];
        uint16_t slot = r->computed == NULL ? TTA_RULES_CONSTANT : r->computed[output];

        if (!a->reached[i] && !a->possible[i])
            continue;
        if (slot == TTA_RULES_UNTOUCHED)
            continue;
        if (slot == TTA_RULES_CONSTANT ? tta_rules_slot_equal(c->type, &r->then[output], value)
                                       : can_be(t, slot, c->type, value))
            return true;
    }
    return false;
}

static int tell_never_given(struct tta_analysis *a)
{
    const struct tta_rules *t = a->t;

    for (size_t i = 0; i < t->output_count; i++)
        for (size_t k = 0; t->outputs[i].allowed != NULL && k < t->outputs[i].value_count; k++) {
            if (is_given(a, i, &t->outputs[i].allowed[k]))
                continue;
            if (tta_analysis_tell(a, "never given: output %s=", t->outputs[i].name) != 0 ||
                tta_rules_write(a->out, &t->outputs[i], &t->outputs[i].allowed[k]) != 0 ||
                tta_buffer_char(a->out, '\n') != 0)
                return tta_fail_memory(a->e);
        }
    return 0;
}

/* ---- columns that may be empty, but in no row that the table answers ---- */

/* Walks the rows in which the input is missing, until one is answered. */
static int probe(struct tta_analysis *a, size_t input)
{
    uint64_t *full = a->full;
    size_t cases = a->cases, undecided = a->undecided;
    bool too_large = a->too_large;
    int rc;

    a->full = a->probe;
    a->probing = true;
    a->answered = false;
    rc = tta_analysis_walk(a);
    a->empty[input] = a->answered || a->too_large || a->undecided > undecided;
    a->full = full;
    a->probing = false;
    a->cases = cases;
    a->undecided = undecided;
    a->too_large = too_large;
    return rc;
}

int tta_analysis_find_empty(struct tta_analysis *a)
{
    const struct tta_rules *t = a->t;
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < t->input_count; i++) {
        const struct tta_variable_of *v = &a->variables[i];
        uint64_t *own = &a->probe[v->word];

        if (a->empty[i] || !t->inputs[i].nullable || !v->regions[0].missing)
            continue;
        memcpy(a->probe, a->full, a->state_words * sizeof *a->probe);
        memset(own, 0, v->words * sizeof *own);
        own[0] = 1;
        if (tta_analysis_guess(a, a->probe))
            a->empty[i] = true;
        else
            rc = probe(a, i);
    }
    return rc;
}

static int tell_never_empty(struct tta_analysis *a)
{
    const struct tta_rules *t = a->t;

    for (size_t i = 0; i < t->input_count; i++)
        if (t->inputs[i].nullable && !a->empty[i] &&
            tta_analysis_tell(a, "never answered: a row in which %s is empty, as it may be\n",
                              t->inputs[i].name) != 0)
            return a->e->code;
    return 0;
}

int tta_analysis_tell_rest(struct tta_analysis *a)
{
    int rc = tell_unreachable(a);

    rc = rc == 0 ? tell_never_given(a) : rc;
    return rc == 0 && a->t->hit_policy != TTA_HIT_COLLECT ? tell_never_empty(a) : rc;
}
