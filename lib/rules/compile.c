/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Writes the program from its end to its beginning: whoever is written knows
 * where its yes and its no lead, because those are there already.
 */
#include <stdlib.h>

#include "internal.h"

struct writer {
    struct tta_rules *t;
    struct tta_rules_program *p;
    struct tta_error *e;
    uint16_t rule, missing;
};

/* The places of the ends. */
enum { AT_END, AT_YES, AT_NO };

static bool same_question(const struct tta_rules_step *a, const struct tta_rules_step *b)
{
    return a->op == b->op && a->slot == b->slot && a->lo == b->lo && a->hi == b->hi;
}

static bool is_range(const struct tta_rules_step *s)
{
    return s->op == OP_RANGE || s->op == OP_RANGE_DATE;
}

/* The choices that a question is about, as bits; false: it is about something else. */
static bool choice_set(const struct tta_rules_step *s, uint64_t *set)
{
    if (s->op == OP_SET)
        *set = (uint64_t)s->lo;
    else if (s->op == OP_CHOICE && s->lo < 64)
        *set = UINT64_C(1) << s->lo;
    else
        return false;
    return true;
}

/* What the answer to one question says of another: 1, 0, or -1 where it says nothing. */
static int implied(const struct tta_rules_step *known, bool answer,
                   const struct tta_rules_step *asked)
{
    uint64_t a, b;

    if (asked->slot != known->slot || asked->op >= OP_BEGIN)
        return -1;
    if (same_question(known, asked))
        return answer;
    if (asked->op == OP_MISSING && known->op < OP_MISSING)
        return 0;
    if (is_range(known) && is_range(asked)) {
        if (answer && (known->hi < asked->lo || known->lo > asked->hi))
            return 0;
        if (answer && known->lo >= asked->lo && known->hi <= asked->hi)
            return 1;
        return !answer && known->lo <= asked->lo && known->hi >= asked->hi ? 0 : -1;
    }
    if (!choice_set(known, &a) || !choice_set(asked, &b))
        return -1;
    if (answer)
        return (a & b) == 0 ? 0 : (a & ~b) == 0 ? 1 : -1;
    return (b & ~a) == 0 ? 0 : -1;
}

static int add(struct writer *w, const struct tta_rules_step *step, uint16_t *at)
{
    struct tta_rules_program *p = w->p;

    if (p->count == TTA_RULES_CODE_MAX)
        return tta_fail(w->e, TTA_E_CONFIG, "more than %d comparisons", TTA_RULES_CODE_MAX);
    if (p->count == p->cap) {
        size_t cap = p->cap == 0 ? 64 : p->cap * 2;
        struct tta_rules_step *code = realloc(p->code, cap * sizeof *code);
        if (code == NULL)
            return tta_fail_memory(w->e);
        p->code = code;
        p->cap = cap;
    }
    *at = (uint16_t)p->count;
    p->code[p->count] = *step;
    p->code[p->count].missing = w->missing;
    p->code[p->count++].rule = w->rule;
    return 0;
}

/*
 * An answer that leads to a question that it answers too (often the next rule's first)
 * leads past it: the answer is known, and that the value was there.
 */
static uint16_t past(const struct writer *w, const struct tta_rules_step *s, bool answer,
                     uint16_t to)
{
    for (;;) {
        const struct tta_rules_step *next = &w->p->code[to];
        int known = implied(s, answer, next);

        if (known < 0)
            return to;
        to = known != 0 ? next->yes : next->no;
    }
}

static int add_question(struct writer *w, const struct tta_rules_step *question, bool wanted,
                        uint16_t yes, uint16_t no, uint16_t *at)
{
    struct tta_rules_step s = *question;

    s.yes = past(w, &s, true, wanted ? yes : no);
    s.no = past(w, &s, false, wanted ? no : yes);
    return add(w, &s, at);
}

static int condition(struct writer *w, const struct tta_rules_node *n, uint16_t yes, uint16_t no,
                     uint16_t *at);

/* c ? a : d ? b : e, from the end. */
static int conditional(struct writer *w, const struct tta_rules_node *n, uint16_t yes, uint16_t no,
                       uint16_t *at)
{
    uint16_t otherwise, branch;
    int code = condition(w, n->parts[n->part_count - 1], yes, no, &otherwise);

    for (size_t i = n->part_count - 1; code == 0 && i >= 2; i -= 2) {
        code = condition(w, n->parts[i - 1], yes, no, &branch);
        if (code == 0)
            code = condition(w, n->parts[i - 2], branch, otherwise, &otherwise);
    }
    *at = otherwise;
    return code;
}

/* Writes a condition that goes on at yes or no; *at becomes where it begins. */
static int condition(struct writer *w, const struct tta_rules_node *n, uint16_t yes, uint16_t no,
                     uint16_t *at)
{
    int code = 0;

    switch (n->kind) {
    case NODE_TRUTH:
        *at = n->truth ? yes : no;
        return 0;
    case NODE_NOT:
        return condition(w, n->parts[0], no, yes, at);
    case NODE_ALL:
        *at = yes;
        for (size_t i = n->part_count; code == 0 && i-- > 0;)
            code = condition(w, n->parts[i], *at, no, at);
        return code;
    case NODE_ANY:
        *at = no;
        for (size_t i = n->part_count; code == 0 && i-- > 0;)
            code = condition(w, n->parts[i], yes, *at, at);
        return code;
    case NODE_IF:
        return conditional(w, n, yes, no, at);
    case NODE_STEPS:
        *at = yes;
        for (int i = n->step_count; code == 0 && i-- > 0;)
            code = add_question(w, &n->steps[i], n->wanted[i], *at, no, at);
        return code;
    default:
        return tta_fail(w->e, TTA_E_INTERNAL, "a condition without meaning");
    }
}

/* What decide.c asks of every input before the rules do. */
static int write_limits(struct tta_rules *t, struct tta_error *e)
{
    struct tta_rules_limit *limits = tta_rules_alloc(t, t->input_count, sizeof *limits);
    size_t count = 0;

    if (limits == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < t->input_count; i++) {
        const struct tta_rules_column *c = &t->inputs[i];
        struct tta_rules_limit *l = &limits[count];

        l->slot = (uint16_t)i;
        l->type = (uint8_t)c->type;
        l->nullable = c->nullable;
        l->lo = c->type == TTA_CHOICE ? 0 : c->minimum;
        l->hi = c->type == TTA_CHOICE ? (int64_t)c->value_count - 1 : c->maximum;
        count += !c->nullable || l->lo != INT64_MIN || l->hi != INT64_MAX;
    }
    t->program->limits = limits;
    t->program->limit_count = count;
    return 0;
}

/* The ends, and the conditions within values. */
static int write_values(struct writer *w)
{
    static const uint8_t ends[] = {[AT_END] = OP_END, [AT_YES] = OP_YES, [AT_NO] = OP_NO};
    uint16_t at;
    int code = 0;

    for (size_t i = 0; code == 0 && i < sizeof ends; i++) {
        struct tta_rules_step end = {.op = ends[i]};

        code = add(w, &end, &at);
    }
    for (size_t i = 0; code == 0 && i < w->p->value_count; i++)
        if (w->p->values[i].condition != NULL) {
            w->p->values[i].first = (uint16_t)w->p->count;
            code = condition(w, w->p->values[i].condition, AT_YES, AT_NO, &w->p->values[i].pc);
        }
    return code;
}

static int write_checks(struct writer *w, uint16_t *next)
{
    struct tta_rules_step begin = {.op = OP_BEGIN, .yes = *next};
    int code = add(w, &begin, next);

    for (size_t i = w->t->check_count; code == 0 && i-- > 0;) {
        struct tta_rules_step step = {.op = OP_BAD};
        uint16_t bad;

        w->rule = (uint16_t)i;
        w->missing = *next;
        code = add(w, &step, &bad);
        if (code == 0)
            code = condition(w, w->p->checks[i], *next, bad, next);
    }
    return code;
}

int tta_rules_compile(struct tta_rules *t, struct tta_error *e)
{
    struct writer w = {t, t->program, e, 0, TTA_RULES_FAIL};
    uint16_t next = AT_END, hit, *entries = tta_rules_alloc(t, t->rule_count + 1, sizeof *entries);
    int code = entries == NULL ? tta_fail_memory(e) : write_values(&w);

    t->program->entries = entries;
    for (size_t i = t->rule_count; code == 0 && i-- > 0;) {
        struct tta_rules_step step = {.op = OP_HIT, .yes = next};

        if (t->hit_policy == TTA_HIT_FIRST)
            step.yes = AT_END;
        w.rule = (uint16_t)i;
        code = add(&w, &step, &hit);
        if (code == 0)
            code = condition(&w, t->program->when[i], hit, next, &next);
        entries[i] = next;
    }
    t->program->rules_entry = next;
    if (code == 0 && t->check_count > 0)
        code = write_checks(&w, &next);
    t->program->entry = next;
    return code == 0 ? write_limits(t, e) : code;
}
