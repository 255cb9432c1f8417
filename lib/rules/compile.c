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
    bool folded;
};

/* The places of the ends. */
enum { AT_END, AT_YES, AT_NO };

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
        int known = tta_rules_implied(w->t, s, answer, next);

        if (known < 0)
            return to;
        to = known != 0 ? next->yes : next->no;
    }
}

static int add_question(struct writer *w, const struct tta_rules_step *question, bool wanted,
                        uint16_t yes, uint16_t no, uint16_t *at)
{
    struct tta_rules_step s = *question;
    bool turned = false;
    int known = w->folded ? tta_rules_fold(w->t, w->p, &s, &turned) : -1;

    if (known >= 0) {
        *at = (known == 1) == wanted ? yes : no;
        return 0;
    }
    wanted = wanted != turned;
    s.yes = past(w, &s, true, wanted ? yes : no);
    s.no = past(w, &s, false, wanted ? no : yes);
    while (w->folded && tta_rules_join(&s, &w->p->code[s.yes], &w->p->code[s.no])) {
        s.yes = past(w, &s, true, s.yes);
        s.no = past(w, &s, false, s.no);
    }
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
    struct tta_rules_limit *limits = tta_rules_alloc(t, t->input_count + 1, sizeof *limits);

    if (limits == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < t->input_count; i++) {
        const struct tta_rules_column *c = &t->inputs[i];
        struct tta_rules_limit *l = &limits[i];

        l->slot = (uint16_t)i;
        l->type = (uint8_t)c->type;
        l->nullable = c->nullable;
        l->lo = c->type == TTA_CHOICE ? 0 : c->minimum;
        l->hi = c->type == TTA_CHOICE ? (int64_t)c->value_count - 1 : c->maximum;
        if (l->lo == TTA_INTEGER_NONE)
            l->lo++;
    }
    t->program->limits = limits;
    for (size_t i = 0; i < t->input_count; i++)
        if (limits[i].type == TTA_TEXT &&
            tta_rules_read_words(t, (uint16_t)i, &limits[i].words) != 0)
            return tta_fail_memory(e);
    return 0;
}

/* The ends, and the conditions within values. */
static int write_values(struct writer *w)
{
    static const uint8_t ends[] = {[AT_END] = OP_END, [AT_YES] = OP_YES, [AT_NO] = OP_NO};
    uint16_t at;
    int code = 0;

    for (size_t i = 0; code == 0 && i < sizeof ends; i++) {
        struct tta_rules_step end = {.op = ends[i], .how = ends[i]};

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
    struct tta_rules_step begin = {.op = OP_BEGIN, .how = OP_BEGIN, .yes = *next};
    int code = add(w, &begin, next);

    for (size_t i = w->t->check_count; code == 0 && i-- > 0;) {
        struct tta_rules_step step = {.op = OP_BAD, .how = OP_BAD};
        uint16_t bad;

        w->rule = (uint16_t)i;
        w->missing = *next;
        code = add(w, &step, &bad);
        if (code == 0)
            code = condition(w, w->p->checks[i], *next, bad, next);
    }
    return code;
}

int tta_rules_write_program(struct tta_rules *t, struct tta_rules_program *p, bool folded,
                            struct tta_error *e)
{
    struct writer w = {t, p, e, 0, TTA_RULES_FAIL, folded};
    uint16_t next = AT_END, hit;
    int code = write_values(&w);

    for (size_t i = t->rule_count; code == 0 && i-- > 0;) {
        struct tta_rules_step step = {.op = OP_HIT, .how = OP_HIT, .yes = next};

        if (t->hit_policy == TTA_HIT_FIRST)
            step.yes = AT_END;
        w.rule = (uint16_t)i;
        code = add(&w, &step, &hit);
        if (code == 0)
            code = condition(&w, p->when[i], hit, next, &next);
        if (p->entries != NULL)
            p->entries[i] = next;
    }
    p->rules_entry = next;
    if (code == 0 && t->check_count > 0)
        code = write_checks(&w, &next);
    p->entry = next;
    return code;
}

int tta_rules_compile(struct tta_rules *t, struct tta_error *e)
{
    int code;

    t->program->entries = tta_rules_alloc(t, t->rule_count + 1, sizeof *t->program->entries);
    if (t->program->entries == NULL)
        return tta_fail_memory(e);
    code = tta_rules_write_program(t, t->program, false, e);
    return code == 0 ? write_limits(t, e) : code;
}
