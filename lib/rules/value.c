/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Expressions that are values: columns, readings, days, and what is computed from them. */
#include "resolver.h"

#include <stdlib.h>

const struct tta_rules_column tta_rules_plain[] = {
    [TTA_TEXT] = {.name = "a text", .type = TTA_TEXT},
    [TTA_INTEGER] = {.name = "a whole number", .type = TTA_INTEGER},
    [TTA_DECIMAL] = {.name = "a decimal number", .type = TTA_DECIMAL},
    [TTA_MONEY] = {.name = "an amount in kroner", .type = TTA_MONEY},
    [TTA_DATE] = {.name = "a date", .type = TTA_DATE},
    [TTA_BOOLEAN] = {.name = "a truth value", .type = TTA_BOOLEAN},
};

const struct tta_rules_column *tta_rules_slot(const struct tta_rules *t, uint16_t slot)
{
    return slot < t->input_count ? &t->inputs[slot]
                                 : &t->program->values[slot - t->input_count].column;
}

/* Resolved conditions that ask the same in the same order. */
static bool same_condition(const struct tta_rules_node *a, const struct tta_rules_node *b)
{
    if (a == b)
        return true;
    if (a == NULL || b == NULL || a->kind != b->kind || a->truth != b->truth ||
        a->part_count != b->part_count || a->step_count != b->step_count)
        return false;
    for (int i = 0; i < a->step_count; i++) {
        const struct tta_rules_step *x = &a->steps[i], *y = &b->steps[i];

        if (x->op != y->op || x->slot != y->slot || x->lo != y->lo || x->hi != y->hi ||
            a->wanted[i] != b->wanted[i])
            return false;
    }
    for (size_t i = 0; i < a->part_count; i++)
        if (!same_condition(a->parts[i], b->parts[i]))
            return false;
    return true;
}

static bool same_value(const struct tta_rules_value *a, const struct tta_rules_value *b)
{
    return a->op == b->op && a->a == b->a && a->b == b->b && a->scale == b->scale &&
           same_condition(a->condition, b->condition) && a->column.type == b->column.type &&
           (a->op != VALUE_CONSTANT ||
            tta_rules_slot_equal(a->column.type, &a->constant, &b->constant));
}

int tta_rules_add_value(const struct tta_rules_resolver *r, const struct tta_rules_node *at,
                        const struct tta_rules_value *value, uint16_t *slot)
{
    struct tta_rules_program *p = r->t->program;

    for (size_t i = 0; i < p->value_count; i++)
        if (same_value(&p->values[i], value)) {
            *slot = (uint16_t)(r->t->input_count + i);
            return 0;
        }
    if (p->value_count == TTA_RULES_VALUES_MAX)
        return tta_rules_fault_at(r, at, "more than %d computed values", TTA_RULES_VALUES_MAX);
    if (p->value_count == p->value_cap) {
        size_t cap = p->value_cap == 0 ? 16 : p->value_cap * 2;
        struct tta_rules_value *grown = realloc(p->values, cap * sizeof *grown);

        if (grown == NULL)
            return TTA_E_MEMORY;
        p->values = grown;
        p->value_cap = cap;
    }
    p->values[p->value_count] = *value;
    *slot = (uint16_t)(r->t->input_count + p->value_count++);
    return 0;
}

static int add_constant(const struct tta_rules_resolver *r, const struct tta_rules_node *n,
                        const struct tta_rules_column *wanted, uint16_t *slot)
{
    struct tta_rules_value v = {.op = VALUE_CONSTANT, .column = *wanted};
    const char *why;

    if (!tta_rules_constant(wanted, n, &v.constant, &why))
        return tta_rules_fault_at(r, n, "should be %s, but is %s", wanted->name, why);
    v.column.name = "a constant";
    return tta_rules_add_value(r, n, &v, slot);
}

/* The slot as that column's type; a choice can be a text. */
static int fit(const struct tta_rules_resolver *r, const struct tta_rules_node *n,
               const struct tta_rules_column *wanted, uint16_t *slot)
{
    const struct tta_rules_column *c = tta_rules_slot(r->t, *slot);
    struct tta_rules_value v = {.op = VALUE_INPUT, .a = *slot};

    if (c->type == wanted->type && (c->type != TTA_CHOICE || tta_rules_same_choices(c, wanted)))
        return 0;
    if (c->type != TTA_CHOICE || wanted->type != TTA_TEXT)
        return tta_rules_fault_at(r, n, "%s is a %s, where a %s should stand", c->name,
                                  tta_type_name(c->type), tta_type_name(wanted->type));
    v.column = tta_rules_plain[TTA_TEXT];
    v.column.name = c->name;
    v.column.values = c->values;
    return tta_rules_add_value(r, n, &v, slot);
}

static int resolve_option(const struct tta_rules_resolver *r, struct tta_rules_node *n,
                          uint16_t *slot)
{
    struct tta_rules_value v = {.op = VALUE_OPTION};
    char shown[64];

    if (n->count != 1 || n->operands[0]->kind != NODE_TEXT)
        return tta_rules_fault_at(r, n, "option takes the name of one reading");
    for (size_t i = 0; i < r->t->option_count; i++)
        if (strcmp(r->t->options[i].name, n->operands[0]->name) == 0) {
            v.a = (uint16_t)i;
            v.column = r->t->options[i];
            return tta_rules_add_value(r, n, &v, slot);
        }
    return tta_rules_fault_at(
        r, n, "no option %s",
        tta_text_printable(tta_text_of(n->operands[0]->name), shown, sizeof shown));
}

static int resolve_today(const struct tta_rules_resolver *r, struct tta_rules_node *n,
                         uint16_t *slot)
{
    struct tta_rules_value v = {.op = VALUE_TODAY, .column = tta_rules_plain[TTA_DATE]};

    if (n->count != 0)
        return tta_rules_fault_at(r, n, "today takes nothing: {\"today\": []}");
    if (!r->t->needs_today)
        return tta_rules_fault_at(r, n, "today needs \"today\": true in the table");
    v.column.name = "today";
    return tta_rules_add_value(r, n, &v, slot);
}

static int resolve_truth_value(const struct tta_rules_resolver *r, struct tta_rules_node *n,
                               uint16_t *slot)
{
    struct tta_rules_value v = {.op = VALUE_CONDITION, .column = tta_rules_plain[TTA_BOOLEAN]};
    int code = tta_rules_resolve_condition(r, n);

    v.condition = n;
    v.column.name = "a condition";
    return code != 0 ? code : tta_rules_add_value(r, n, &v, slot);
}

/*
 * What type an if has: that of the first branch that is more than a constant; where
 * nothing else says it, what its last constant looks like.
 */
static int type_of_if(const struct tta_rules_resolver *r, struct tta_rules_node *n,
                      struct tta_rules_column *type)
{
    const struct tta_rules_node *last = n->operands[n->count - 1];

    for (size_t i = 0; i < n->count; i++) {
        struct tta_rules_operand o;
        bool branch = i % 2 == 1 || i + 1 == n->count;
        int code;

        if (!branch || (n->operands[i]->kind != NODE_OPERATOR && !n->operands[i]->has_slot))
            continue;
        code = tta_rules_resolve_operand(r, n->operands[i], &o);
        if (code == 0)
            *type = *tta_rules_slot(r->t, o.slot);
        return code;
    }
    *type = tta_rules_plain[TTA_TEXT];
    if (last->kind == NODE_NUMBER)
        *type = tta_rules_plain[last->is_integer ? TTA_INTEGER : TTA_DECIMAL];
    else if (last->kind == NODE_TRUTH)
        *type = tta_rules_plain[TTA_BOOLEAN];
    return 0;
}

static int resolve_if(const struct tta_rules_resolver *r, struct tta_rules_node *n,
                      const struct tta_rules_column *wanted, uint16_t *slot)
{
    struct tta_rules_column type;
    uint16_t otherwise;
    int code;

    if (n->count < 3 || n->count % 2 == 0)
        return tta_rules_fault_at(r, n, "if takes a condition, a value and another value");
    if (wanted == NULL) {
        code = type_of_if(r, n, &type);
        if (code != 0)
            return code;
        wanted = &type;
    }
    code = tta_rules_resolve_as(r, n->operands[n->count - 1], wanted, &otherwise);
    for (size_t i = n->count - 1; code == 0 && i >= 2; i -= 2) {
        struct tta_rules_value v = {.op = VALUE_IF, .column = *wanted};

        v.column.name = "an if";
        v.b = otherwise;
        v.condition = n->operands[i - 2];
        code = tta_rules_resolve_condition(r, v.condition);
        if (code == 0)
            code = tta_rules_resolve_as(r, n->operands[i - 1], wanted, &v.a);
        if (code == 0)
            code = tta_rules_add_value(r, n, &v, &otherwise);
    }
    *slot = otherwise;
    return code;
}

static const struct function {
    const char *name;
    enum tta_rules_value_op op;
    size_t count;
    enum tta_type operands[2], result;
    int64_t scale;
} functions[] = {
    {"days_between", VALUE_DAYS, 2, {TTA_DATE, TTA_DATE}, TTA_INTEGER, 1},
    {"weeks_between", VALUE_WEEKS, 2, {TTA_DATE, TTA_DATE}, TTA_INTEGER, 1},
    {"age_on", VALUE_AGE, 2, {TTA_DATE, TTA_DATE}, TTA_INTEGER, 1},
    {"add_days", VALUE_ADD_DAYS, 2, {TTA_DATE, TTA_INTEGER}, TTA_DATE, 1},
    {"add_weeks", VALUE_ADD_DAYS, 2, {TTA_DATE, TTA_INTEGER}, TTA_DATE, 7},
    {"add_months", VALUE_ADD_MONTHS, 2, {TTA_DATE, TTA_INTEGER}, TTA_DATE, 1},
    {"iso_week", VALUE_ISO_WEEK, 1, {TTA_DATE, TTA_DATE}, TTA_INTEGER, 1},
    {"month_end", VALUE_MONTH_END, 1, {TTA_DATE, TTA_DATE}, TTA_DATE, 1},
};

static int resolve_function(const struct tta_rules_resolver *r, struct tta_rules_node *n,
                            const struct function *f, uint16_t *slot)
{
    struct tta_rules_value v = {.op = (uint8_t)f->op, .scale = f->scale};
    uint16_t *const operands[] = {&v.a, &v.b};

    if (n->count != f->count)
        return tta_rules_fault_at(r, n, "%s takes %s", f->name,
                                  f->count == 1 ? "a date" : "two operands");
    for (size_t i = 0; i < f->count; i++) {
        int code =
            tta_rules_resolve_as(r, n->operands[i], &tta_rules_plain[f->operands[i]], operands[i]);

        if (code != 0)
            return code;
    }
    v.column = tta_rules_plain[f->result];
    v.column.name = f->name;
    return tta_rules_add_value(r, n, &v, slot);
}

/* An operator that gives a value, of whatever type it has. */
static int resolve_new(const struct tta_rules_resolver *r, struct tta_rules_node *n,
                       const struct tta_rules_column *wanted, uint16_t *slot)
{
    bool known;
    char shown[64];
    int code;

    if (strcmp(n->name, "var") == 0)
        return n->count == 1 ? tta_rules_find_input(r, n->operands[0], slot)
                             : tta_rules_fault_at(r, n, "var takes the name of one column");
    if (strcmp(n->name, "option") == 0)
        return resolve_option(r, n, slot);
    if (strcmp(n->name, "today") == 0)
        return resolve_today(r, n, slot);
    if (strcmp(n->name, "if") == 0)
        return resolve_if(r, n, wanted, slot);
    if (tta_rules_is_condition(n))
        return resolve_truth_value(r, n, slot);
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (strcmp(n->name, functions[i].name) == 0)
            return resolve_function(r, n, &functions[i], slot);
    code = tta_rules_resolve_arithmetic(r, n, &known, slot);
    return known
               ? code
               : tta_rules_fault_at(r, n, "no operator %s",
                                    tta_text_printable(tta_text_of(n->name), shown, sizeof shown));
}

/* The same; asked again (for its type, then for itself) a node is what it was. */
static int resolve_operator(const struct tta_rules_resolver *r, struct tta_rules_node *n,
                            const struct tta_rules_column *wanted, uint16_t *slot)
{
    int code = n->has_slot ? 0 : resolve_new(r, n, wanted, &n->slot);

    n->has_slot = n->has_slot || code == 0;
    *slot = n->slot;
    return code;
}

int tta_rules_resolve_operand(const struct tta_rules_resolver *r, struct tta_rules_node *n,
                              struct tta_rules_operand *out)
{
    out->constant = NULL;
    if (tta_rules_is_constant(n)) {
        out->constant = n;
        return 0;
    }
    if (n->kind == NODE_OPERATOR || n->has_slot)
        return resolve_operator(r, n, NULL, &out->slot);
    return tta_rules_fault_at(r, n,
                              n->kind == NODE_NULL
                                  ? "null stands for an empty output only; see missing"
                                  : "a list where an expression or a constant should stand");
}

int tta_rules_resolve_as(const struct tta_rules_resolver *r, struct tta_rules_node *n,
                         const struct tta_rules_column *wanted, uint16_t *slot)
{
    struct tta_rules_value nothing = {.op = VALUE_NULL};
    struct tta_rules_operand o;
    int code;

    if (n->kind == NODE_NULL && wanted == r->output && wanted->nullable) {
        nothing.column = tta_rules_plain[wanted->type];
        return tta_rules_add_value(r, n, &nothing, slot);
    }
    if (n->kind == NODE_NULL && wanted == r->output)
        return tta_rules_fault_at(r, n, "null, but output %s is not nullable", wanted->name);
    if (tta_rules_is_constant(n))
        return add_constant(r, n, wanted, slot);
    if (n->kind == NODE_OPERATOR || n->has_slot)
        code = resolve_operator(r, n, wanted, slot);
    else
        code = tta_rules_resolve_operand(r, n, &o);
    return code != 0 ? code : fit(r, n, wanted, slot);
}

int tta_rules_resolve_output(struct tta_rules *t, struct tta_rules_node *node,
                             const struct tta_rules_column *column, uint16_t *slot,
                             struct tta_rules_fault *fault)
{
    struct tta_rules_resolver r = {t, fault, column};

    return tta_rules_resolve_as(&r, node, column, slot);
}
