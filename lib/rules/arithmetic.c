/* SPDX-License-Identifier: GPL-2.0-or-later */
/* + - * / min max: which types go together, and what comes out. */
#include "resolver.h"

static bool is_number(enum tta_type type)
{
    return type == TTA_INTEGER || type == TTA_DECIMAL || type == TTA_MONEY;
}

/* The type of the first operand that is no constant. */
static int common_type(const struct tta_rules_resolver *r, struct tta_rules_node *n, bool dates,
                       enum tta_type *type)
{
    for (size_t i = 0; i < n->count; i++) {
        struct tta_rules_operand o;
        const struct tta_rules_column *c;
        int code;

        if (tta_rules_is_constant(n->operands[i]))
            continue;
        code = tta_rules_resolve_operand(r, n->operands[i], &o);
        if (code != 0)
            return code;
        c = tta_rules_slot(r->t, o.slot);
        if (!is_number(c->type) && !(dates && c->type == TTA_DATE))
            return tta_rules_fault_at(r, n, "%s of %s, which is a %s", n->name, c->name,
                                      tta_type_name(c->type));
        *type = c->type;
        return 0;
    }
    return tta_rules_fault_at(r, n, "%s of constants only", n->name);
}

/* Operands of one type, two by two from the left. */
static int resolve_chain(const struct tta_rules_resolver *r, struct tta_rules_node *n,
                         enum tta_rules_value_op op, bool dates, uint16_t *slot)
{
    struct tta_rules_value v = {.op = (uint8_t)op};
    enum tta_type type = TTA_INTEGER;
    int code = common_type(r, n, dates, &type);

    if (code != 0)
        return code;
    if (type == TTA_DATE)
        v.op = op == VALUE_MIN ? VALUE_MIN_DATE : VALUE_MAX_DATE;
    v.column = tta_rules_plain[type];
    v.column.name = n->name;
    code = tta_rules_resolve_as(r, n->operands[0], &tta_rules_plain[type], slot);
    for (size_t i = 1; code == 0 && i < n->count; i++) {
        v.a = *slot;
        code = tta_rules_resolve_as(r, n->operands[i], &tta_rules_plain[type], &v.b);
        if (code == 0)
            code = tta_rules_add_value(r, n, &v, slot);
    }
    return code;
}

/* -x is 0 - x. */
static int resolve_negation(const struct tta_rules_resolver *r, struct tta_rules_node *n,
                            uint16_t *slot)
{
    struct tta_rules_value zero = {.op = VALUE_CONSTANT}, v = {.op = VALUE_SUBTRACT};
    enum tta_type type = TTA_INTEGER;
    int code = common_type(r, n, false, &type);

    if (code != 0)
        return code;
    zero.column = v.column = tta_rules_plain[type];
    v.column.name = n->name;
    code = tta_rules_add_value(r, n, &zero, &v.a);
    if (code == 0)
        code = tta_rules_resolve_as(r, n->operands[0], &tta_rules_plain[type], &v.b);
    return code != 0 ? code : tta_rules_add_value(r, n, &v, slot);
}

/* A factor: constants are whole numbers where they can be, else decimals. */
static int resolve_factor(const struct tta_rules_resolver *r, struct tta_rules_node *n,
                          uint16_t *slot, enum tta_type *type)
{
    struct tta_rules_operand o;
    int code = 0;

    if (tta_rules_is_constant(n)) {
        *type = n->is_integer ? TTA_INTEGER : TTA_DECIMAL;
        return tta_rules_resolve_as(r, n, &tta_rules_plain[*type], slot);
    }
    code = tta_rules_resolve_operand(r, n, &o);
    if (code != 0)
        return code;
    *slot = o.slot;
    *type = tta_rules_slot(r->t, o.slot)->type;
    if (!is_number(*type))
        return tta_rules_fault_at(r, n, "%s is a %s, not a number",
                                  tta_rules_slot(r->t, o.slot)->name, tta_type_name(*type));
    return 0;
}

static int resolve_product(const struct tta_rules_resolver *r, struct tta_rules_node *n,
                           uint16_t *slot)
{
    struct tta_rules_value v = {.op = VALUE_MULTIPLY, .scale = 1};
    enum tta_type a, b, result;
    int code = resolve_factor(r, n->operands[0], &v.a, &a);

    if (code == 0)
        code = resolve_factor(r, n->operands[1], &v.b, &b);
    if (code != 0)
        return code;
    if (a == TTA_MONEY && b == TTA_MONEY)
        return tta_rules_fault_at(r, n, "an amount in kroner times another");
    result = a == TTA_MONEY || b == TTA_MONEY       ? TTA_MONEY
             : a == TTA_DECIMAL || b == TTA_DECIMAL ? TTA_DECIMAL
                                                    : TTA_INTEGER;
    if (a != TTA_INTEGER && b != TTA_INTEGER) /* one of them is in millionths too many */
        v.scale = TTA_MICRO;
    v.column = tta_rules_plain[result];
    v.column.name = n->name;
    return tta_rules_add_value(r, n, &v, slot);
}

static int resolve_quotient(const struct tta_rules_resolver *r, struct tta_rules_node *n,
                            uint16_t *slot)
{
    struct tta_rules_value v = {.op = VALUE_DIVIDE, .scale = TTA_MICRO};
    enum tta_type a, b;
    int code = resolve_factor(r, n->operands[0], &v.a, &a);

    if (code == 0)
        code = resolve_factor(r, n->operands[1], &v.b, &b);
    if (code != 0)
        return code;
    if (a != TTA_MONEY && b == TTA_MONEY)
        return tta_rules_fault_at(r, n, "divides by an amount in kroner");
    if (b == TTA_INTEGER && a != TTA_INTEGER)
        v.scale = 1;
    if (a == TTA_INTEGER && b == TTA_DECIMAL)
        v.scale = TTA_MICRO * TTA_MICRO;
    v.column = tta_rules_plain[a == TTA_MONEY && b != TTA_MONEY ? TTA_MONEY : TTA_DECIMAL];
    v.column.name = n->name;
    return tta_rules_add_value(r, n, &v, slot);
}

int tta_rules_resolve_arithmetic(const struct tta_rules_resolver *r, struct tta_rules_node *n,
                                 bool *known, uint16_t *slot)
{
    static const struct {
        const char *name;
        size_t least, most;
        enum tta_rules_value_op op;
        const char *wanted;
    } operators[] = {
        {"+", 2, SIZE_MAX, VALUE_ADD, "two operands or more"},
        {"-", 1, 2, VALUE_SUBTRACT, "one or two operands"},
        {"*", 2, 2, VALUE_MULTIPLY, "two operands"},
        {"/", 2, 2, VALUE_DIVIDE, "two operands"},
        {"min", 2, SIZE_MAX, VALUE_MIN, "two operands or more"},
        {"max", 2, SIZE_MAX, VALUE_MAX, "two operands or more"},
    };
    size_t i = 0, count = sizeof operators / sizeof *operators;

    while (i < count && strcmp(n->name, operators[i].name) != 0)
        i++;
    *known = i < count;
    if (i == count)
        return 0;
    if (n->count < operators[i].least || n->count > operators[i].most)
        return tta_rules_fault_at(r, n, "%s takes %s", n->name, operators[i].wanted);
    if (operators[i].op == VALUE_MULTIPLY)
        return resolve_product(r, n, slot);
    if (operators[i].op == VALUE_DIVIDE)
        return resolve_quotient(r, n, slot);
    if (n->count == 1)
        return resolve_negation(r, n, slot);
    return resolve_chain(r, n, operators[i].op,
                         operators[i].op == VALUE_MIN || operators[i].op == VALUE_MAX, slot);
}
