/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Gives a condition its meaning. What comes out are "all", "any", "not" and "if" over
 * questions about single slots (struct tta_rules_step); what does not fit its types, or
 * asks for what is not there, is refused here and never met at run.
 */
#include "resolver.h"

#include <stdarg.h>
#include <stdio.h>

int tta_rules_fault_at(const struct tta_rules_resolver *r, const struct tta_rules_node *at,
                       const char *format, ...)
{
    va_list args;

    r->fault->at = at;
    va_start(args, format);
    vsnprintf(r->fault->text, sizeof r->fault->text, format, args);
    va_end(args);
    return TTA_E_CONFIG;
}

bool tta_rules_is_constant(const struct tta_rules_node *n)
{
    return n->kind == NODE_TRUTH || n->kind == NODE_NUMBER || n->kind == NODE_TEXT;
}

bool tta_rules_is_ordered(enum tta_type type)
{
    return type == TTA_INTEGER || type == TTA_DECIMAL || type == TTA_MONEY || type == TTA_DATE;
}

bool tta_rules_same_choices(const struct tta_rules_column *a, const struct tta_rules_column *b)
{
    if (a->value_count != b->value_count)
        return false;
    for (size_t i = 0; i < a->value_count; i++)
        if (strcmp(a->values[i], b->values[i]) != 0)
            return false;
    return true;
}

int tta_rules_find_input(const struct tta_rules_resolver *r, struct tta_rules_node *named,
                         uint16_t *slot)
{
    char shown[64];

    if (named->kind != NODE_TEXT)
        return tta_rules_fault_at(r, named, "should be the name of a column");
    for (size_t i = 0; i < r->t->input_count; i++)
        if (strcmp(r->t->inputs[i].name, named->name) == 0) {
            *slot = (uint16_t)i;
            return 0;
        }
    return tta_rules_fault_at(r, named, "no input %s",
                              tta_text_printable(tta_text_of(named->name), shown, sizeof shown));
}

void tta_rules_question(const struct tta_rules_resolver *r, struct tta_rules_node *n,
                        enum tta_rules_op op, uint16_t slot, int64_t lo, int64_t hi, bool wanted)
{
    struct tta_rules_step *s = &n->steps[n->step_count];

    memset(s, 0, sizeof *s);
    s->op = (uint8_t)op;
    s->type = (uint8_t)tta_rules_slot(r->t, slot)->type;
    s->how = (uint8_t)op;
    if (slot >= r->t->input_count ||
        (tta_rules_is_pair((uint8_t)op) && (size_t)lo >= r->t->input_count))
        s->how = OP_COMPUTED;
    s->slot = slot;
    s->lo = lo;
    s->hi = hi;
    n->kind = NODE_STEPS;
    n->wanted[n->step_count++] = wanted;
}

/* missing and present. */
static int resolve_presence(const struct tta_rules_resolver *r, struct tta_rules_node *n,
                            bool missing)
{
    uint16_t slot = 0;

    if (n->count != 1)
        return tta_rules_fault_at(r, n, "%s takes the name of one column", n->name);
    if (tta_rules_find_input(r, n->operands[0], &slot) != 0)
        return TTA_E_CONFIG;
    tta_rules_question(r, n, OP_MISSING, slot, 0, 0, missing);
    return 0;
}

/* A column or a reading where it is a condition. */
static int resolve_truth(const struct tta_rules_resolver *r, struct tta_rules_node *n)
{
    struct tta_rules_operand o;
    const struct tta_rules_column *c;
    int code = tta_rules_resolve_operand(r, n, &o);

    if (code != 0)
        return code;
    c = tta_rules_slot(r->t, o.slot);
    if (c->type != TTA_BOOLEAN)
        return tta_rules_fault_at(r, n, "%s is a %s, not a truth value", c->name,
                                  tta_type_name(c->type));
    tta_rules_question(r, n, OP_TRUTH, o.slot, 0, 0, true);
    return 0;
}

static int resolve_parts(const struct tta_rules_resolver *r, struct tta_rules_node *n,
                         enum tta_rules_kind kind)
{
    n->kind = kind;
    n->parts = n->operands;
    n->part_count = n->count;
    for (size_t i = 0; i < n->count; i++) {
        int code = tta_rules_resolve_condition(r, n->operands[i]);

        if (code != 0)
            return code;
    }
    return 0;
}

static bool named(const struct tta_rules_node *n, const char *name)
{
    return strcmp(n->name, name) == 0;
}

bool tta_rules_is_condition(const struct tta_rules_node *n)
{
    static const char *const names[] = {
        "and", "or", "!",  "!!", "==",      "!=",      "<",
        "<=",  ">",  ">=", "in", "missing", "present", "starts_with"};

    for (size_t i = 0; n->kind == NODE_OPERATOR && i < sizeof names / sizeof *names; i++)
        if (named(n, names[i]))
            return true;
    return false;
}

static int resolve_operator(const struct tta_rules_resolver *r, struct tta_rules_node *n)
{
    bool known;
    int code = tta_rules_resolve_comparison(r, n, &known);

    if (known)
        return code;
    if (named(n, "missing") || named(n, "present"))
        return resolve_presence(r, n, named(n, "missing"));
    if (named(n, "!") || named(n, "!!")) {
        if (n->count != 1)
            return tta_rules_fault_at(r, n, "%s takes one condition", n->name);
        return resolve_parts(r, n, named(n, "!") ? NODE_NOT : NODE_ALL);
    }
    if (named(n, "if")) {
        if (n->count < 3 || n->count % 2 == 0)
            return tta_rules_fault_at(r, n, "if takes a condition, a value and another value");
        return resolve_parts(r, n, NODE_IF);
    }
    if (!named(n, "and") && !named(n, "or"))
        return resolve_truth(r, n);
    if (n->count == 0 || !n->list)
        return tta_rules_fault_at(r, n, "%s takes a list of conditions", n->name);
    return resolve_parts(r, n, named(n, "and") ? NODE_ALL : NODE_ANY);
}

/* No deeper than the tree, and load.c holds that to TTA_RULES_DEPTH_MAX. */
int tta_rules_resolve_condition(const struct tta_rules_resolver *r, struct tta_rules_node *n)
{
    switch (n->kind) {
    case NODE_TRUTH:
        return 0;
    case NODE_OPERATOR:
        return resolve_operator(r, n);
    case NODE_TEXT:
        return tta_rules_fault_at(r, n, "a text is no condition");
    case NODE_NUMBER:
        return tta_rules_fault_at(r, n, "a number is no condition");
    case NODE_NULL:
        return tta_rules_fault_at(r, n, "null is no condition");
    default:
        return tta_rules_fault_at(r, n, "a list where an expression or a constant should stand");
    }
}

int tta_rules_resolve(struct tta_rules *t, struct tta_rules_node *when,
                      struct tta_rules_fault *found)
{
    struct tta_rules_resolver r = {t, found, NULL};

    return tta_rules_resolve_condition(&r, when);
}
