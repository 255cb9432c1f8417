/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Writes the program from its end to its beginning: whoever is written knows
 * where its yes and its no lead, because those are there already.
 */
#include <stdlib.h>

#include "internal.h"

struct writer {
    struct tta_rules_program *p;
    struct tta_error *e;
    uint16_t rule;
};

static bool same_question(const struct tta_rules_step *a, const struct tta_rules_step *b)
{
    return a->op == b->op && a->slot == b->slot && a->lo == b->lo && a->hi == b->hi;
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
    p->code[p->count++].rule = w->rule;
    return 0;
}

/*
 * An answer that leads to the same question (often the next rule's first) leads
 * past it: the answer is known, and that the value was there.
 */
static int add_question(struct writer *w, const struct tta_rules_step *question, bool wanted,
                        uint16_t yes, uint16_t no, uint16_t *at)
{
    struct tta_rules_step s = *question;
    const struct tta_rules_step *code = w->p->code;

    s.yes = wanted ? yes : no;
    s.no = wanted ? no : yes;
    while (same_question(&code[s.yes], &s))
        s.yes = code[s.yes].yes;
    while (same_question(&code[s.no], &s))
        s.no = code[s.no].no;
    return add(w, &s, at);
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
        return condition(w, n->operands[0], no, yes, at);
    case NODE_ALL:
        *at = yes;
        for (size_t i = n->count; code == 0 && i-- > 0;)
            code = condition(w, n->operands[i], *at, no, at);
        return code;
    case NODE_ANY:
        *at = no;
        for (size_t i = n->count; code == 0 && i-- > 0;)
            code = condition(w, n->operands[i], yes, *at, at);
        return code;
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

int tta_rules_compile(struct tta_rules *t, struct tta_rules_node *const when[], struct tta_error *e)
{
    struct writer w = {t->program, e, 0};
    struct tta_rules_step end = {.op = OP_END};
    uint16_t next, hit;
    int code = add(&w, &end, &next);

    for (size_t i = t->rule_count; code == 0 && i-- > 0;) {
        struct tta_rules_step step = {.op = OP_HIT, .yes = next};

        if (t->hit_policy == TTA_HIT_FIRST)
            step.yes = 0; /* the end */
        w.rule = (uint16_t)i;
        code = add(&w, &step, &hit);
        if (code == 0)
            code = condition(&w, when[i], hit, next, &next);
    }
    t->program->entry = next;
    return code == 0 ? write_limits(t, e) : code;
}
