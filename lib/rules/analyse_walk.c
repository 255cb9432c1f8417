/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Walks the program of a table with sets of rows. */
#include <stdlib.h>

#include "analyse.h"

#define NO_RULE (-1)

/* ---- where the walk has been ---- */

#define FORGOTTEN 2

struct tta_seen {
    uint64_t hash[2]; /* of the step, the rule that was hit, and what is still asked about */
};

static uint64_t mix(uint64_t h, uint64_t x)
{
    h = (h ^ x) * UINT64_C(0x9E3779B97F4A7C15);
    return h ^ h >> 29;
}

static int grow_seen(struct tta_analysis *a)
{
    size_t cap = a->seen_cap == 0 ? 4096 : a->seen_cap * 2;
    struct tta_seen *grown = calloc(cap, sizeof *grown);

    if (grown == NULL)
        return tta_fail_memory(a->e);
    for (size_t i = 0; i < a->seen_cap; i++) {
        size_t at = a->seen[i].hash[0] & (cap - 1);

        if (a->seen[i].hash[1] == 0)
            continue;
        while (grown[at].hash[1] != 0)
            at = (at + 1) & (cap - 1);
        grown[at] = a->seen[i];
    }
    free(a->seen);
    a->seen = grown;
    a->seen_cap = cap;
    return 0;
}

static struct tta_seen key_of(const struct tta_analysis *a, size_t pc, int hit,
                              const uint64_t *state)
{
    const uint64_t *relevant = &a->relevant[pc * a->state_words];
    struct tta_seen s = {{mix(pc, (uint64_t)hit + 7), mix((uint64_t)hit + 3, pc * 31 + 1)}};

    for (size_t i = 0; i < a->state_words; i++) {
        s.hash[0] = mix(s.hash[0], state[i] & relevant[i]);
        s.hash[1] = mix(s.hash[1] + UINT64_C(0x632BE59BD9B4E019), state[i] & relevant[i]);
    }
    s.hash[1] |= 1; /* 0 is a free place, and FORGOTTEN one that was */
    return s;
}

/* Where that key stands, or a free place for it. */
static struct tta_seen *find_seen(const struct tta_analysis *a, const struct tta_seen *key)
{
    size_t at = key->hash[0] & (a->seen_cap - 1);

    while (a->seen[at].hash[1] != 0 && memcmp(&a->seen[at], key, sizeof *key) != 0)
        at = (at + 1) & (a->seen_cap - 1);
    return &a->seen[at];
}

/* 1: the walk was here with such a state; 0: it was not, until now; or a code. */
static int see(struct tta_analysis *a, const struct tta_seen *key)
{
    struct tta_seen *place;

    if ((a->seen_count + 1) * 2 > a->seen_cap && grow_seen(a) != 0)
        return a->e->code;
    if (a->seen_count >= TTA_ANALYSIS_SEEN) {
        a->too_large = true;
        a->steps_left = 0;
        return 1;
    }
    place = find_seen(a, key);
    if (place->hash[1] != 0)
        return 1;
    *place = *key;
    a->seen_count++;
    return 0;
}

/* ---- states ---- */

static int reserve(struct tta_analysis *a, size_t depth)
{
    size_t needed = (depth + 1) * (a->state_words + 1);
    uint64_t *grown;

    if (needed <= a->stack_cap)
        return 0;
    grown = realloc(a->stack, needed * 2 * sizeof *grown);
    if (grown == NULL)
        return tta_fail_memory(a->e);
    a->stack = grown;
    a->stack_cap = needed * 2;
    return 0;
}

static uint64_t *state_at(const struct tta_analysis *a, size_t depth)
{
    return &a->stack[depth * (a->state_words + 1)];
}

/* Takes the missing region out of an input, or everything else; false: nothing is left. */
static bool hold_input(const struct tta_analysis *a, uint64_t *state, size_t input, bool missing)
{
    const struct tta_variable_of *v = &a->variables[input];
    uint64_t *first = &state[v->word], left = 0;

    if (!v->regions[0].missing)
        return !missing;
    *first &= missing ? UINT64_C(1) : ~UINT64_C(1);
    for (size_t i = 0; i < v->words; i++) {
        if (missing && i > 0)
            first[i] = 0;
        left |= first[i];
    }
    return left != 0;
}

/* A computed value that is there: so are the inputs that it needs. */
static bool hold_needs(const struct tta_analysis *a, const struct tta_variable_of *v,
                       uint64_t *state)
{
    for (size_t i = 0; i < a->t->input_count; i++)
        if ((v->needs >> i & 1) != 0 && !hold_input(a, state, i, false))
            return false;
    return true;
}

/* The regions of a question's variable that lead to that answer. */
static uint64_t wanted_bits(const struct tta_analysis *a, const struct tta_question *q, int answer,
                            size_t word)
{
    uint64_t yes = a->bits[q->yes + word], missing = a->bits[q->missing + word],
             bad = a->bits[q->bad + word];

    return answer == ROW_YES       ? yes
           : answer == ROW_MISSING ? missing
           : answer == ROW_BAD     ? bad
                                   : ~(yes | missing | bad);
}

/* Makes *to the rows of *from with that answer; false: there are none. */
static bool split(const struct tta_analysis *a, const struct tta_question *q, int answer,
                  const uint64_t *from, uint64_t *to)
{
    const struct tta_variable_of *v = &a->variables[q->variable];
    uint64_t left = 0;

    memcpy(to, from, a->state_words * sizeof *to);
    for (size_t i = 0; i < v->words; i++)
        left |= to[v->word + i] &= wanted_bits(a, q, answer, i);
    if (left == 0)
        return false;
    return v->kind == VARIABLE_INPUT || answer == ROW_MISSING || hold_needs(a, v, to);
}

/* ---- the walk ---- */

static int walk(struct tta_analysis *a, size_t pc, size_t depth, int hit);

/* A computed value is missing where one of the inputs that it is computed from is. */
static int walk_missing(struct tta_analysis *a, const struct tta_variable_of *v, size_t pc,
                        size_t depth, int hit)
{
    int rc = 0;

    if (v->kind == VARIABLE_INPUT)
        return walk(a, pc, depth, hit);
    for (size_t i = 0; rc == 0 && i < a->t->input_count; i++) {
        if ((v->uses >> i & 1) == 0)
            continue;
        rc = reserve(a, depth + 1);
        if (rc != 0)
            return rc;
        memcpy(state_at(a, depth + 1), state_at(a, depth), a->state_words * sizeof(uint64_t));
        if (hold_input(a, state_at(a, depth + 1), i, true))
            rc = walk(a, pc, depth + 1, hit);
    }
    return rc;
}

/* Is there no row in the state that an answer left? What computed values say is looked at. */
static int is_empty(struct tta_analysis *a, const struct tta_question *q, const uint64_t *state,
                    bool *empty)
{
    int rc;

    *empty = false;
    if (a->free_count == 0 || a->solve_left <= 0)
        return 0;
    if (a->variables[q->variable].kind == VARIABLE_INPUT &&
        (a->bound >> (q->variable & 63) & 1) == 0)
        return 0;
    a->steps_left -= (int64_t)(a->t->input_count + a->t->program->value_count);
    rc = tta_analysis_exclude(a, state, empty);
    a->without_row += *empty;
    return rc;
}

static int walk_question(struct tta_analysis *a, size_t pc, size_t depth, int hit)
{
    const struct tta_rules_step *s = &a->t->program->code[pc];
    const struct tta_question *q = &a->questions[pc];
    const struct tta_seen key = key_of(a, pc, hit, state_at(a, depth));
    size_t before = a->without_row;
    bool empty = false;
    int rc = see(a, &key);

    if (rc != 0)
        return rc < 0 ? rc : 0;
    for (int answer = ROW_NO; rc == 0 && answer <= ROW_MISSING; answer++) {
        rc = reserve(a, depth + 1);
        if (rc != 0)
            return rc;
        if (!split(a, q, answer, state_at(a, depth), state_at(a, depth + 1)))
            continue;
        rc = is_empty(a, q, state_at(a, depth + 1), &empty);
        if (empty)
            continue;
        if (answer != ROW_MISSING)
            rc = walk(a, answer == ROW_YES ? s->yes : s->no, depth + 1, hit);
        else if (s->missing != TTA_RULES_FAIL)
            rc = walk_missing(a, &a->variables[q->variable], s->missing, depth + 1, hit);
    }
    /* no row was found for what lies behind: on another way here there may be one */
    if (a->without_row != before)
        find_seen(a, &key)->hash[1] = FORGOTTEN;
    return rc;
}

/* A rule takes the rows. 1: the walk goes on behind it. */
static int walk_hit(struct tta_analysis *a, const struct tta_rules_step *s, size_t depth, int *hit)
{
    int rc = 0;

    if (a->only >= 0)
        return tta_analysis_rule(a, state_at(a, depth));
    if (a->t->hit_policy == TTA_HIT_FIRST)
        return tta_analysis_leaf(a, state_at(a, depth), s->rule);
    if (*hit == NO_RULE)
        *hit = s->rule;
    else
        rc = tta_analysis_overlap(a, state_at(a, depth), *hit, s->rule);
    return rc == 0 && (a->t->hit_policy == TTA_HIT_ANY || *hit == s->rule) ? 1 : rc;
}

static int walk(struct tta_analysis *a, size_t pc, size_t depth, int hit)
{
    for (;;) {
        const struct tta_rules_step *s = &a->t->program->code[pc];
        int rc;

        a->steps_left -= 1 + (int64_t)a->state_words / 16;
        if (a->steps_left <= 0 || depth > TTA_ANALYSIS_DEPTH) {
            a->too_large = true;
            return 0;
        }
        switch (s->op) {
        case OP_END:
            return a->only >= 0 ? 0 : tta_analysis_leaf(a, state_at(a, depth), hit);
        case OP_BAD:
            return 0;
        case OP_BEGIN:
            pc = a->only < 0 ? s->yes : a->t->program->entries[a->only];
            continue;
        case OP_HIT:
            if (a->only >= 0 && s->rule != a->only)
                return 0;
            rc = walk_hit(a, s, depth, &hit);
            if (rc != 1)
                return rc;
            pc = s->yes;
            continue;
        default:
            break;
        }
        if (a->only >= 0 && s->missing == TTA_RULES_FAIL && s->rule != a->only)
            return 0; /* past the rule */
        if (a->questions[pc].variable >= 0)
            return walk_question(a, pc, depth, hit);
        if (a->questions[pc].answer >= ROW_MISSING)
            return 0;
        pc = a->questions[pc].answer == ROW_YES ? s->yes : s->no;
    }
}

int tta_analysis_walk(struct tta_analysis *a)
{
    const struct tta_rules_program *p = a->t->program;
    bool checks = a->t->check_count > 0;

    a->seen_count = 0;
    free(a->seen);
    a->seen = NULL;
    a->seen_cap = 0;
    a->too_large = false;
    a->steps_left = a->only < 0 ? TTA_ANALYSIS_STEPS : TTA_ANALYSIS_STEPS / 100;
    if (reserve(a, 0) != 0)
        return a->e->code;
    memcpy(state_at(a, 0), a->full, a->state_words * sizeof(uint64_t));
    return walk(a, a->only < 0 || checks ? p->entry : p->entries[a->only], 0, NO_RULE);
}
