/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The questions of a table as sets of regions of their variables. */
#include <stdlib.h>

#include "analyse.h"

#define STATE_WORDS_MAX 1024
/* Words: for each step, what can be asked from there on. */
#define RELEVANT_MAX (16 * 1024 * 1024)

/* ---- questions ---- */

/* The answer to a question for a region of its variable. */
static int answer_for(struct tta_analysis *a, const struct tta_rules_step *s,
                      const struct tta_variable_of *v, const struct tta_region *r)
{
    size_t i = v->a - a->t->input_count;

    if (r->missing && v->kind != VARIABLE_INPUT)
        return ROW_MISSING;
    if (v->kind == VARIABLE_ORDER) {
        int64_t sign = s->slot == v->a ? r->lo : -r->lo;

        return s->op == OP_LESS || s->op == OP_LESS_DATE ? sign < 0 : sign == 0;
    }
    if (v->kind == VARIABLE_INPUT)
        a->trial[v->a] = r->rep;
    tta_rules_row_start(&a->row, a->t, a->trial, &a->space);
    if (v->kind != VARIABLE_INPUT) {
        a->space.computed[i] = r->rep;
        a->space.done[i / 64] |= UINT64_C(1) << i % 64;
    }
    return tta_rules_ask(&a->row, s);
}

static int take_bits(struct tta_analysis *a, size_t words, size_t *at)
{
    if (a->bit_words + words > a->bit_cap) {
        size_t cap = (a->bit_cap + words) * 2;
        uint64_t *grown = realloc(a->bits, cap * sizeof *grown);

        if (grown == NULL)
            return tta_fail_memory(a->e);
        a->bits = grown;
        a->bit_cap = cap;
    }
    *at = a->bit_words;
    memset(&a->bits[*at], 0, words * sizeof *a->bits);
    a->bit_words += words;
    return 0;
}

static int make_question(struct tta_analysis *a, size_t pc)
{
    const struct tta_rules_step *s = &a->t->program->code[pc];
    struct tta_question *q = &a->questions[pc];
    const struct tta_variable_of *v;

    if (q->variable < 0) {
        tta_rules_row_start(&a->row, a->t, a->trial, &a->space);
        q->answer = tta_rules_ask(&a->row, s);
        return 0;
    }
    v = &a->variables[q->variable];
    if (take_bits(a, v->words, &q->yes) != 0 || take_bits(a, v->words, &q->missing) != 0 ||
        take_bits(a, v->words, &q->bad) != 0)
        return a->e->code;
    for (size_t i = 0; i < v->count; i++) {
        int answer = answer_for(a, s, v, &v->regions[i]);
        size_t at = answer == ROW_YES ? q->yes : answer == ROW_MISSING ? q->missing : q->bad;

        if (answer != ROW_NO)
            a->bits[at + i / 64] |= UINT64_C(1) << i % 64;
    }
    return 0;
}

static void mark(uint64_t *state, const struct tta_variable_of *v)
{
    for (size_t i = 0; i < v->count; i++)
        state[v->word + i / 64] |= UINT64_C(1) << i % 64;
}

/* From each step on, what is asked about: everything behind a step stands before it. */
static int find_relevant(struct tta_analysis *a)
{
    const struct tta_rules_program *p = a->t->program;
    size_t n = a->state_words;

    a->relevant = calloc(p->count * n + 1, sizeof *a->relevant);
    a->full = calloc(n + 1, sizeof *a->full);
    a->probe = calloc(n + 1, sizeof *a->probe);
    if (a->relevant == NULL || a->full == NULL || a->probe == NULL)
        return tta_fail_memory(a->e);
    for (size_t i = 0; i < a->variable_count; i++)
        mark(a->full, &a->variables[i]);
    for (size_t pc = 0; pc < p->count; pc++) {
        const struct tta_rules_step *s = &p->code[pc];
        uint64_t *mine = &a->relevant[pc * n];
        const struct tta_variable_of *v =
            a->questions[pc].variable < 0 ? NULL : &a->variables[a->questions[pc].variable];
        bool last = s->op >= OP_BAD;

        for (size_t k = 0; k < n && !last; k++)
            mine[k] = a->relevant[s->yes * n + k] |
                      (s->op >= OP_BEGIN ? 0 : a->relevant[s->no * n + k]) |
                      (s->op >= OP_BEGIN || s->missing == TTA_RULES_FAIL
                           ? 0
                           : a->relevant[s->missing * n + k]);
        if (v == NULL)
            continue;
        mark(mine, v);
        for (size_t i = 0; v->kind != VARIABLE_INPUT && i < a->t->input_count; i++)
            if ((v->uses >> i & 1) != 0)
                mark(mine, &a->variables[i]);
    }
    return 0;
}

static int place_variables(struct tta_analysis *a)
{
    a->bound = 0;
    for (size_t i = a->t->input_count; i < a->variable_count; i++)
        a->bound |= a->variables[i].uses;
    for (size_t i = 0; i < a->variable_count; i++) {
        struct tta_variable_of *v = &a->variables[i];

        if (tta_analysis_regions(a, v) != 0)
            return a->e->code;
        v->word = a->state_words;
        v->words = (v->count + 63) / 64;
        a->state_words += v->words;
    }
    a->too_large =
        a->state_words > STATE_WORDS_MAX || a->state_words * a->t->program->count > RELEVANT_MAX;
    return 0;
}

int tta_analysis_prepare(struct tta_analysis *a)
{
    const struct tta_rules_program *p = a->t->program;

    for (size_t i = 0; i < a->t->input_count; i++) {
        tta_type_set_missing(a->t->inputs[i].type, &a->trial[i]);
        if (tta_analysis_variable(a, VARIABLE_INPUT, (uint16_t)i, 0) < 0)
            return a->e->code;
    }
    tta_rules_row_start(&a->row, a->t, a->trial, &a->space);
    a->questions = calloc(p->count, sizeof *a->questions);
    if (a->questions == NULL)
        return tta_fail_memory(a->e);
    for (size_t pc = 0; pc < p->count; pc++) {
        const struct tta_rules_step *s = &p->code[pc];
        int v = s->op >= OP_BEGIN ? -1 : tta_analysis_variable_of(a, s);

        if (v < -1 || (v >= 0 && tta_analysis_cut(a, s, &a->variables[v]) != 0))
            return a->e->code;
        a->questions[pc].variable = v;
    }
    if (place_variables(a) != 0 || a->too_large)
        return a->e->code;
    for (size_t pc = 0; pc < p->count; pc++)
        if (p->code[pc].op < OP_BEGIN && make_question(a, pc) != 0)
            return a->e->code;
    return find_relevant(a);
}

void tta_analysis_release(struct tta_analysis *a)
{
    for (size_t i = 0; i < a->variable_count; i++) {
        free(a->variables[i].cuts);
        free(a->variables[i].texts);
        free(a->variables[i].regions);
    }
    free(a->variables);
    free(a->questions);
    free(a->bits);
    free(a->relevant);
    free(a->full);
    free(a->probe);
    free(a->stack);
    free(a->seen);
    a->variables = NULL;
    a->questions = NULL;
    a->bits = a->relevant = a->full = a->probe = a->stack = NULL;
    a->seen = NULL;
    a->variable_count = a->variable_cap = a->bit_words = a->bit_cap = 0;
    a->state_words = a->stack_cap = a->seen_cap = a->seen_count = a->free_count = 0;
}
