/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Comparisons as questions. */
#include "resolver.h"

enum comparison { EQUAL, UNEQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL };

/* The same said from the other side. */
static const enum comparison turned[] = {EQUAL, UNEQUAL, GREATER, GREATER_EQUAL, LESS, LESS_EQUAL};

static int compare_slots(const struct tta_rules_resolver *r, struct tta_rules_node *n,
                         enum comparison how, uint16_t a, uint16_t b)
{
    const struct tta_rules_column *left = tta_rules_slot(r->t, a), *right = tta_rules_slot(r->t, b);
    static const uint8_t same[] = {
        [TTA_TEXT] = OP_SAME_TEXT, [TTA_INTEGER] = OP_SAME,       [TTA_DECIMAL] = OP_SAME,
        [TTA_MONEY] = OP_SAME,     [TTA_DATE] = OP_SAME_DATE,     [TTA_BOOLEAN] = OP_SAME_TRUTH,
        [TTA_NUMBER] = OP_END,     [TTA_CHOICE] = OP_SAME_CHOICE,
    };
    enum tta_rules_op less = left->type == TTA_DATE ? OP_LESS_DATE : OP_LESS;

    if (left->type != right->type)
        return tta_rules_fault_at(r, n, "compares %s (%s) with %s (%s)", left->name,
                                  tta_type_name(left->type), right->name,
                                  tta_type_name(right->type));
    if (left->type == TTA_CHOICE && !tta_rules_same_choices(left, right))
        return tta_rules_fault_at(r, n, "compares %s with %s, which has other values", left->name,
                                  right->name);
    if (how == EQUAL || how == UNEQUAL)
        tta_rules_question(r, n, same[left->type], a, b, 0, how == EQUAL);
    else if (how == LESS || how == GREATER_EQUAL)
        tta_rules_question(r, n, less, a, b, 0, how == LESS);
    else
        tta_rules_question(r, n, less, b, a, 0, how == GREATER);
    return 0;
}

static int add_text(const struct tta_rules_resolver *r, struct tta_text text, int64_t *place)
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
static void compare_number(const struct tta_rules_resolver *r, struct tta_rules_node *n,
                           enum comparison how, uint16_t slot, enum tta_type type, int64_t value)
{
    enum tta_rules_op op = type == TTA_DATE ? OP_RANGE_DATE : OP_RANGE;
    int64_t least = TTA_INTEGER_NONE + 1;

    if (how == EQUAL || how == UNEQUAL)
        tta_rules_question(r, n, op, slot, value, value, how == EQUAL);
    else if (how == LESS || how == GREATER_EQUAL)
        tta_rules_question(r, n, op, slot, least, value - 1, how == LESS);
    else
        tta_rules_question(r, n, op, slot, least, value, how == LESS_EQUAL);
}

static int compare_constant(const struct tta_rules_resolver *r, struct tta_rules_node *n,
                            enum comparison how, uint16_t slot,
                            const struct tta_rules_node *constant)
{
    const struct tta_rules_column *c = tta_rules_slot(r->t, slot);
    union tta_slot v;
    const char *why;
    int64_t place;

    if (!tta_rules_constant(c, constant, &v, &why))
        return tta_rules_fault_at(r, constant, "compared with %s, but is %s", c->name, why);
    if (tta_rules_is_ordered(c->type)) {
        compare_number(r, n, how, slot, c->type, c->type == TTA_DATE ? v.date : v.integer);
    } else if (c->type == TTA_BOOLEAN) {
        tta_rules_question(r, n, OP_TRUTH, slot, 0, 0, (v.boolean != 0) == (how == EQUAL));
    } else if (c->type == TTA_CHOICE) {
        tta_rules_question(r, n, OP_CHOICE, slot, v.choice, 0, how == EQUAL);
    } else {
        if (add_text(r, v.text, &place) != 0)
            return TTA_E_MEMORY;
        tta_rules_question(r, n, OP_TEXT, slot, place, 0, how == EQUAL);
    }
    return 0;
}

static int compare_pair(const struct tta_rules_resolver *r, struct tta_rules_node *n,
                        enum comparison how, const struct tta_rules_operand *a,
                        const struct tta_rules_operand *b)
{
    const struct tta_rules_column *c;

    if (a->constant != NULL && b->constant != NULL)
        return tta_rules_fault_at(r, n, "compares two constants");
    c = tta_rules_slot(r->t, a->constant == NULL ? a->slot : b->slot);
    if (how != EQUAL && how != UNEQUAL && !tta_rules_is_ordered(c->type))
        return tta_rules_fault_at(r, n, "%s is a %s, which has no order", c->name,
                                  tta_type_name(c->type));
    if (a->constant == NULL && b->constant == NULL)
        return compare_slots(r, n, how, a->slot, b->slot);
    return a->constant == NULL ? compare_constant(r, n, how, a->slot, b->constant)
                               : compare_constant(r, n, turned[how], b->slot, a->constant);
}

/* 1 <= x <= 9 is one question: "not below 1" and "not above 9" become the range 1 to 9. */
static int join_range(const struct tta_rules_resolver *r, struct tta_rules_node *n)
{
    struct tta_rules_step *low = &n->steps[0], *high = &n->steps[1];
    bool one = (low->op == OP_RANGE || low->op == OP_RANGE_DATE) && high->op == low->op &&
               high->slot == low->slot && !n->wanted[0] && n->wanted[1];

    if (!one)
        return 0;
    if (low->hi >= high->hi)
        return tta_rules_fault_at(r, n, "no value is between the two");
    low->lo = low->hi + 1;
    low->hi = high->hi;
    n->wanted[0] = true;
    n->step_count = 1;
    return 0;
}

static int resolve_order(const struct tta_rules_resolver *r, struct tta_rules_node *n,
                         enum comparison how)
{
    bool between = n->count == 3 && (how == LESS || how == LESS_EQUAL);
    struct tta_rules_operand o[3];

    if (n->count != 2 && !between)
        return tta_rules_fault_at(r, n, "%s takes two operands%s", n->name,
                                  how == LESS || how == LESS_EQUAL ? ", or three" : "");
    for (size_t i = 0; i < n->count; i++) {
        int code = tta_rules_resolve_operand(r, n->operands[i], &o[i]);

        if (code != 0)
            return code;
    }
    for (size_t i = 0; i + 1 < n->count; i++) {
        int code = compare_pair(r, n, how, &o[i], &o[i + 1]);

        if (code != 0)
            return code;
    }
    return between ? join_range(r, n) : 0;
}

/* One of some choices is one question. */
static void join_choices(const struct tta_rules_resolver *r, struct tta_rules_node *n,
                         uint16_t slot)
{
    uint64_t set = 0;

    if (tta_rules_slot(r->t, slot)->value_count > 64)
        return;
    for (size_t i = 0; i < n->part_count; i++)
        set |= UINT64_C(1) << n->parts[i]->steps[0].lo;
    tta_rules_question(r, n, OP_SET, slot, (int64_t)set, 0, true);
}

static int resolve_in(const struct tta_rules_resolver *r, struct tta_rules_node *n)
{
    const struct tta_rules_node *list = n->count == 2 ? n->operands[1] : NULL;
    struct tta_rules_operand o;
    int code;

    if (list == NULL || list->kind != NODE_LIST || list->count == 0)
        return tta_rules_fault_at(r, n, "in takes a value and a list of constants");
    code = tta_rules_resolve_operand(r, n->operands[0], &o);
    if (code != 0)
        return code;
    if (o.constant != NULL)
        return tta_rules_fault_at(r, n->operands[0], "looks for a constant");
    n->parts = tta_rules_alloc(r->t, list->count, sizeof(struct tta_rules_node *));
    if (n->parts == NULL)
        return TTA_E_MEMORY;
    n->kind = NODE_ANY;
    n->part_count = list->count;
    for (size_t i = 0; i < list->count; i++) {
        struct tta_rules_node *part = tta_rules_alloc(r->t, 1, sizeof *part);

        if (part == NULL)
            return TTA_E_MEMORY;
        n->parts[i] = part;
        if (!tta_rules_is_constant(list->operands[i]))
            return tta_rules_fault_at(r, list->operands[i], "in takes constants only");
        code = compare_constant(r, part, EQUAL, o.slot, list->operands[i]);
        if (code != 0)
            return code;
    }
    if (tta_rules_slot(r->t, o.slot)->type == TTA_CHOICE)
        join_choices(r, n, o.slot);
    return 0;
}

static int resolve_starts(const struct tta_rules_resolver *r, struct tta_rules_node *n)
{
    uint16_t text, start;
    int64_t place;
    int code;

    if (n->count != 2)
        return tta_rules_fault_at(r, n, "starts_with takes a text and its beginning");
    if (tta_rules_is_constant(n->operands[0]))
        return tta_rules_fault_at(r, n->operands[0], "asks about a constant");
    code = tta_rules_resolve_as(r, n->operands[0], &tta_rules_plain[TTA_TEXT], &text);
    if (code == 0 && n->operands[1]->kind == NODE_TEXT) {
        code = add_text(r, tta_text_of(n->operands[1]->name), &place);
        if (code == 0)
            tta_rules_question(r, n, OP_PREFIX, text, place, 0, true);
        return code;
    }
    if (code == 0)
        code = tta_rules_resolve_as(r, n->operands[1], &tta_rules_plain[TTA_TEXT], &start);
    if (code == 0)
        tta_rules_question(r, n, OP_STARTS, text, start, 0, true);
    return code;
}

int tta_rules_resolve_comparison(const struct tta_rules_resolver *r, struct tta_rules_node *n,
                                 bool *known)
{
    static const char *const comparisons[] = {"==", "!=", "<", "<=", ">", ">="};

    *known = true;
    for (int i = 0; i < 6; i++)
        if (strcmp(n->name, comparisons[i]) == 0)
            return resolve_order(r, n, (enum comparison)i);
    if (strcmp(n->name, "in") == 0)
        return resolve_in(r, n);
    if (strcmp(n->name, "starts_with") == 0)
        return resolve_starts(r, n);
    *known = false;
    return 0;
}
