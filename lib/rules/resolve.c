/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Gives a condition its meaning. What comes out are "all", "any" and "not" over
 * questions about single columns (struct tta_rules_step); what does not fit its
 * types, or asks for what is not there, is refused here and never met at run.
 */
#include "internal.h"

#include <stdarg.h>
#include <stdio.h>

struct resolver {
    struct tta_rules *t;
    struct tta_rules_fault *fault;
};

enum comparison { EQUAL, UNEQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL };

/* The same said from the other side. */
static const enum comparison turned[] = {EQUAL, UNEQUAL, GREATER, GREATER_EQUAL, LESS, LESS_EQUAL};

static int fault(const struct resolver *r, const struct tta_rules_node *at, const char *format, ...)
    TTA_PRINTF(3, 4);

static int fault(const struct resolver *r, const struct tta_rules_node *at, const char *format, ...)
{
    va_list args;

    r->fault->at = at;
    va_start(args, format);
    vsnprintf(r->fault->text, sizeof r->fault->text, format, args);
    va_end(args);
    return TTA_E_CONFIG;
}

static const struct tta_rules_column *column_of(const struct resolver *r,
                                                const struct tta_rules_node *var)
{
    return &r->t->inputs[var->slot];
}

static int find_column(const struct resolver *r, struct tta_rules_node *named, uint16_t *slot)
{
    char shown[64];

    if (named->kind != NODE_TEXT)
        return fault(r, named, "should be the name of a column");
    for (size_t i = 0; i < r->t->input_count; i++)
        if (strcmp(r->t->inputs[i].name, named->name) == 0) {
            *slot = (uint16_t)i;
            return 0;
        }
    return fault(r, named, "no input %s",
                 tta_text_printable(tta_text_of(named->name), shown, sizeof shown));
}

/* An operand of a comparison: a column or a constant. */
static int resolve_operand(const struct resolver *r, struct tta_rules_node *n)
{
    if (n->kind != NODE_OPERATOR)
        return 0;
    if (strcmp(n->name, "var") != 0)
        return fault(r, n, "only columns and constants can be compared");
    if (n->count != 1)
        return fault(r, n, "var takes the name of one column");
    n->kind = NODE_VAR;
    return find_column(r, n->operands[0], &n->slot);
}

static bool is_ordered(enum tta_type type)
{
    return type == TTA_INTEGER || type == TTA_DECIMAL || type == TTA_MONEY || type == TTA_DATE;
}

static void ask(struct tta_rules_node *n, enum tta_rules_op op, enum tta_type type, uint16_t slot,
                int64_t lo, int64_t hi, bool wanted)
{
    struct tta_rules_step *s = &n->steps[n->step_count];

    memset(s, 0, sizeof *s);
    s->op = (uint8_t)op;
    s->type = (uint8_t)type;
    s->slot = slot;
    s->lo = lo;
    s->hi = hi;
    n->wanted[n->step_count++] = wanted;
}

static bool same_choices(const struct tta_rules_column *a, const struct tta_rules_column *b)
{
    if (a->value_count != b->value_count)
        return false;
    for (size_t i = 0; i < a->value_count; i++)
        if (strcmp(a->values[i], b->values[i]) != 0)
            return false;
    return true;
}

static int compare_columns(const struct resolver *r, struct tta_rules_node *n, enum comparison how,
                           uint16_t a, uint16_t b)
{
    const struct tta_rules_column *left = &r->t->inputs[a], *right = &r->t->inputs[b];
    static const uint8_t same[] = {
        [TTA_TEXT] = OP_SAME_TEXT, [TTA_INTEGER] = OP_SAME,       [TTA_DECIMAL] = OP_SAME,
        [TTA_MONEY] = OP_SAME,     [TTA_DATE] = OP_SAME_DATE,     [TTA_BOOLEAN] = OP_SAME_TRUTH,
        [TTA_NUMBER] = OP_END,     [TTA_CHOICE] = OP_SAME_CHOICE,
    };
    enum tta_rules_op less = left->type == TTA_DATE ? OP_LESS_DATE : OP_LESS;

    if (left->type != right->type)
        return fault(r, n, "compares %s (%s) with %s (%s)", left->name, tta_type_name(left->type),
                     right->name, tta_type_name(right->type));
    if (left->type == TTA_CHOICE && !same_choices(left, right))
        return fault(r, n, "compares %s with %s, which has other values", left->name, right->name);
    if (how == EQUAL || how == UNEQUAL)
        ask(n, same[left->type], left->type, a, b, 0, how == EQUAL);
    else if (how == LESS || how == GREATER_EQUAL)
        ask(n, less, left->type, a, b, 0, how == LESS);
    else
        ask(n, less, left->type, b, a, 0, how == GREATER);
    return 0;
}

/* A constant as a number within the column's type. */
static int64_t number_of(enum tta_type type, const union tta_slot *v)
{
    return type == TTA_DATE ? v->date : v->integer;
}

static int add_text(const struct resolver *r, struct tta_text text, int64_t *place)
{
    struct tta_rules_program *p = r->t->program;
    struct tta_text *grown;

    for (size_t i = 0; i < p->text_count; i++)
        if (tta_text_equal(p->texts[i], text)) {
            *place = (int64_t)i;
            return 0;
        }
    grown = tta_rules_alloc(r->t, p->text_count + 1, sizeof *grown);
    if (grown == NULL)
        return TTA_E_MEMORY;
    if (p->text_count > 0)
        memcpy(grown, p->texts, p->text_count * sizeof *grown);
    grown[p->text_count] = text;
    p->texts = grown;
    *place = (int64_t)p->text_count++;
    return 0;
}

/* "Greater" is the "no" of "less or equal": so only lower ranges are asked for. */
static void compare_number(struct tta_rules_node *n, enum comparison how, uint16_t slot,
                           enum tta_type type, int64_t value)
{
    enum tta_rules_op op = type == TTA_DATE ? OP_RANGE_DATE : OP_RANGE;
    int64_t least = TTA_INTEGER_NONE + 1;

    if (how == EQUAL || how == UNEQUAL)
        ask(n, op, type, slot, value, value, how == EQUAL);
    else if (how == LESS || how == GREATER_EQUAL)
        ask(n, op, type, slot, least, value - 1, how == LESS);
    else
        ask(n, op, type, slot, least, value, how == LESS_EQUAL);
}

static int compare_constant(const struct resolver *r, struct tta_rules_node *n, enum comparison how,
                            const struct tta_rules_node *var, const struct tta_rules_node *constant)
{
    const struct tta_rules_column *c = column_of(r, var);
    union tta_slot v;
    const char *why;
    int64_t place;

    if (!tta_rules_constant(c, constant, &v, &why))
        return fault(r, constant, "compared with %s, but is %s", c->name, why);
    if (is_ordered(c->type)) {
        compare_number(n, how, var->slot, c->type, number_of(c->type, &v));
    } else if (c->type == TTA_BOOLEAN) {
        ask(n, OP_TRUTH, c->type, var->slot, 0, 0, (v.boolean != 0) == (how == EQUAL));
    } else if (c->type == TTA_CHOICE) {
        ask(n, OP_CHOICE, c->type, var->slot, v.choice, 0, how == EQUAL);
    } else {
        if (add_text(r, v.text, &place) != 0)
            return TTA_E_MEMORY;
        ask(n, OP_TEXT, c->type, var->slot, place, 0, how == EQUAL);
    }
    return 0;
}

static int compare_pair(const struct resolver *r, struct tta_rules_node *n, enum comparison how,
                        const struct tta_rules_node *a, const struct tta_rules_node *b)
{
    const struct tta_rules_node *var = a->kind == NODE_VAR ? a : b;

    if (var->kind != NODE_VAR)
        return fault(r, n, "compares two constants");
    if (how != EQUAL && how != UNEQUAL && !is_ordered(column_of(r, var)->type))
        return fault(r, n, "%s is a %s, which has no order", column_of(r, var)->name,
                     tta_type_name(column_of(r, var)->type));
    if (a->kind == NODE_VAR && b->kind == NODE_VAR)
        return compare_columns(r, n, how, a->slot, b->slot);
    return a->kind == NODE_VAR ? compare_constant(r, n, how, a, b)
                               : compare_constant(r, n, turned[how], b, a);
}

/* 1 <= x <= 9 is one question: "not below 1" and "not above 9" become the range 1 to 9. */
static int join_range(const struct resolver *r, struct tta_rules_node *n)
{
    struct tta_rules_step *low = &n->steps[0], *high = &n->steps[1];
    bool one = (low->op == OP_RANGE || low->op == OP_RANGE_DATE) && high->op == low->op &&
               high->slot == low->slot && !n->wanted[0] && n->wanted[1];

    if (!one)
        return 0;
    if (low->hi >= high->hi)
        return fault(r, n, "no value is between the two");
    low->lo = low->hi + 1;
    low->hi = high->hi;
    n->wanted[0] = true;
    n->step_count = 1;
    return 0;
}

static int resolve_comparison(const struct resolver *r, struct tta_rules_node *n,
                              enum comparison how)
{
    bool between = n->count == 3 && (how == LESS || how == LESS_EQUAL);

    if (n->count != 2 && !between)
        return fault(r, n, "%s takes two operands%s", n->name,
                     how == LESS || how == LESS_EQUAL ? ", or three" : "");
    for (size_t i = 0; i < n->count; i++)
        if (resolve_operand(r, n->operands[i]) != 0)
            return TTA_E_CONFIG;
    n->kind = NODE_STEPS;
    for (size_t i = 0; i + 1 < n->count; i++) {
        int code = compare_pair(r, n, how, n->operands[i], n->operands[i + 1]);
        if (code != 0)
            return code;
    }
    return between ? join_range(r, n) : 0;
}

/* missing, present, and var where it is a condition. */
static int resolve_column(const struct resolver *r, struct tta_rules_node *n, bool is_var,
                          bool wanted)
{
    const struct tta_rules_column *c;
    uint16_t slot = 0;

    if (n->count != 1)
        return fault(r, n, "%s takes the name of one column", n->name);
    if (find_column(r, n->operands[0], &slot) != 0)
        return TTA_E_CONFIG;
    c = &r->t->inputs[slot];
    if (is_var && c->type != TTA_BOOLEAN)
        return fault(r, n, "%s is a %s, not a truth value", c->name, tta_type_name(c->type));
    n->kind = NODE_STEPS;
    ask(n, is_var ? OP_TRUTH : OP_MISSING, c->type, slot, 0, 0, wanted);
    return 0;
}

static int resolve_operator(struct tta_rules_node *n, const struct resolver *r)
{
    static const char *const comparisons[] = {"==", "!=", "<", "<=", ">", ">="};
    char shown[64];

    for (int i = 0; i < 6; i++)
        if (strcmp(n->name, comparisons[i]) == 0)
            return resolve_comparison(r, n, (enum comparison)i);
    if (strcmp(n->name, "var") == 0)
        return resolve_column(r, n, true, true);
    if (strcmp(n->name, "missing") == 0)
        return resolve_column(r, n, false, true);
    if (strcmp(n->name, "present") == 0)
        return resolve_column(r, n, false, false);
    if (strcmp(n->name, "!") == 0) {
        n->kind = NODE_NOT;
        return n->count == 1 ? 0 : fault(r, n, "! takes one condition");
    }
    if (strcmp(n->name, "and") != 0 && strcmp(n->name, "or") != 0)
        return fault(r, n, "no operator %s",
                     tta_text_printable(tta_text_of(n->name), shown, sizeof shown));
    n->kind = strcmp(n->name, "and") == 0 ? NODE_ALL : NODE_ANY;
    return n->count > 0 && n->list ? 0 : fault(r, n, "%s takes a list of conditions", n->name);
}

/* No deeper than the tree, and load.c holds that to TTA_RULES_DEPTH_MAX. */
static int resolve(const struct resolver *r, struct tta_rules_node *n)
{
    int code;

    if (n->kind == NODE_TRUTH)
        return 0;
    if (n->kind != NODE_OPERATOR)
        return fault(r, n, "a %s is no condition", n->kind == NODE_TEXT ? "text" : "number");
    code = resolve_operator(n, r);
    for (size_t i = 0; code == 0 && n->kind != NODE_STEPS && i < n->count; i++)
        code = resolve(r, n->operands[i]);
    return code;
}

int tta_rules_resolve(struct tta_rules *t, struct tta_rules_node *when,
                      struct tta_rules_fault *found)
{
    struct resolver r = {t, found};

    return resolve(&r, when);
}
