/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A row of a state that shows what was found. Where nothing is computed any row of the
 * state does; where values are computed from columns, some rows are guessed, and when none of
 * them really does what the walk took to be possible, it is searched for (solve.c).
 */
#include <stdio.h>

#include "analyse.h"

#define TRIES 400

static uint64_t draw(struct tta_analysis *a, uint64_t n)
{
    uint64_t x = a->random += UINT64_C(0x9E3779B97F4A7C15); /* splitmix64 */

    x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
    return (x ^ x >> 31) % n;
}

static void add_offset(struct tta_analysis *a, int64_t days)
{
    if (days < -60000 || days > 60000 || a->offset_count == sizeof a->offsets / sizeof *a->offsets)
        return;
    for (size_t i = 0; i < a->offset_count; i++)
        if (a->offsets[i] == days)
            return;
    a->offsets[a->offset_count++] = days;
}

/* The numbers that computed values meet, as days, weeks, months and years. */
static void take_number(struct tta_analysis *a, int64_t n)
{
    if (n < -1000 || n > 60000)
        return;
    add_offset(a, n);
    add_offset(a, n * 7);
    add_offset(a, n * 30);
    add_offset(a, n * 365 + n / 4);
}

static void collect_offsets(struct tta_analysis *a)
{
    const struct tta_rules_program *p = a->t->program;

    add_offset(a, 0);
    for (size_t i = 0; i < a->variable_count; i++) {
        const struct tta_variable_of *v = &a->variables[i];

        for (size_t k = 0; v->kind == VARIABLE_COMPUTED && v->type == TTA_INTEGER && k < v->count;
             k++)
            take_number(a, v->regions[k].lo);
    }
    for (size_t i = 0; i < p->value_count; i++)
        if (p->values[i].op == VALUE_CONSTANT && p->values[i].column.type == TTA_INTEGER)
            take_number(a, p->values[i].constant.integer);
}

static bool has(const uint64_t *state, const struct tta_variable_of *v, size_t region)
{
    return (state[v->word + region / 64] >> region % 64 & 1) != 0;
}

/* A region of the state: the first that is there, or any. */
static const struct tta_region *pick(struct tta_analysis *a, const uint64_t *state,
                                     const struct tta_variable_of *v, bool any)
{
    size_t start = any ? draw(a, v->count) : v->regions[0].missing;

    for (size_t i = 0; i < v->count; i++) {
        size_t k = (start + i) % v->count;

        if (has(state, v, k))
            return &v->regions[k];
    }
    return &v->regions[0];
}

static int64_t clip(int64_t x, const struct tta_region *r)
{
    return x < r->lo ? r->lo : x > r->hi ? r->hi : x;
}

/* So far from what stands for the region; that may be the least or the largest number there is. */
static int64_t near(const struct tta_region *r, int64_t distance)
{
    int64_t x;

    return tta_add(r->rep.integer, distance, &x) ? clip(x, r) : r->rep.integer;
}

static int64_t some_day(struct tta_analysis *a, tta_date base)
{
    int64_t offset = a->offset_count == 0 ? 0 : a->offsets[draw(a, a->offset_count)];

    switch (draw(a, 4)) {
    case 0:
        return base + offset;
    case 1:
        return base - offset;
    case 2:
        return base + offset + (int64_t)draw(a, 15) - 7;
    default:
        return base - offset - (int64_t)draw(a, 400) + 200;
    }
}

static void pick_value(struct tta_analysis *a, const struct tta_variable_of *v,
                       const struct tta_region *r, tta_date base, union tta_slot *out)
{
    *out = r->rep;
    if (r->missing || draw(a, 4) == 0)
        return;
    if (v->type == TTA_DATE)
        out->date = (tta_date)clip(some_day(a, base), r);
    else if (v->type == TTA_INTEGER || v->type == TTA_DECIMAL || v->type == TTA_MONEY)
        out->integer = draw(a, 2) != 0 ? near(r, (int64_t)draw(a, 40))
                       : draw(a, 2)    ? near(r, -(int64_t)draw(a, 40))
                                       : clip((int64_t)draw(a, 1000), r);
}

/* Does the rule take a->example, asked by itself? */
static bool takes(struct tta_analysis *a, size_t rule)
{
    const struct tta_rules_step *code = a->t->program->code;
    size_t pc = a->t->program->entries[rule];

    tta_rules_row_start(&a->row, a->t, a->example, &a->space);
    while (code[pc].op < OP_BEGIN) {
        int answer = tta_rules_ask(&a->row, &code[pc]);

        if (answer == ROW_BAD || (answer == ROW_MISSING && code[pc].missing == TTA_RULES_FAIL))
            return false;
        pc = answer == ROW_YES ? code[pc].yes : answer == ROW_NO ? code[pc].no : code[pc].missing;
    }
    return code[pc].op == OP_HIT && code[pc].rule == rule;
}

bool tta_analysis_shows(struct tta_analysis *a, const struct tta_question_of_row *q)
{
    struct tta_error e = {0};
    const struct tta_rules *t = a->t;
    char both[200];

    if (tta_rules_answer(t, a->example, &a->answer, &e) == 0) {
        if (q->wanted == OUTCOME_OTHER_HIT)
            return true;
        if (q->wanted == OUTCOME_TAKES)
            return takes(a, q->other);
        for (size_t i = 0; q->wanted == OUTCOME_HIT && i < a->answer.hit_count; i++)
            if (a->answer.hits[i] == q->rule)
                return true;
        return false;
    }
    if (q->wanted == OUTCOME_GAP)
        return strncmp(e.text, "no rule of ", 11) == 0;
    if (q->wanted != OUTCOME_OVERLAP)
        return false;
    snprintf(both, sizeof both, "the rules %s and %s both take it", t->rules[q->rule].id,
             t->rules[q->other].id);
    return strncmp(e.text, both, strlen(both)) == 0;
}

static bool is_free(const struct tta_analysis *a, const uint64_t *state)
{
    for (size_t i = a->t->input_count; i < a->variable_count; i++)
        for (size_t k = 0; k < a->variables[i].count; k++)
            if (!has(state, &a->variables[i], k))
                return false;
    return true;
}

static void set_today(struct tta_analysis *a, tta_date base)
{
    if (a->free_today)
        tta_rules_on(a->t, (tta_date)some_day(a, base));
    a->example_today = a->t->program->today;
}

/* A row that people would write: about the first days of the table, round numbers. */
static bool guess(struct tta_analysis *a, const uint64_t *state,
                  const struct tta_question_of_row *q, int most)
{
    const struct tta_rules *t = a->t;

    a->random = q->rule * 1000 + q->other;
    for (int tries = 0; tries < most && (tries == 0 || a->tries_left-- > 0); tries++) {
        tta_date base = (tta_date)(t->valid_from + (int64_t)draw(a, 3000));

        for (size_t i = 0; i < t->input_count; i++) {
            const struct tta_variable_of *v = &a->variables[i];
            const struct tta_region *r = pick(a, state, v, tries > 0 && draw(a, 2) != 0);

            if (tries == 0)
                a->example[i] = r->rep;
            else
                pick_value(a, v, r, base, &a->example[i]);
        }
        set_today(a, base);
        if (tta_analysis_shows(a, q))
            return true;
    }
    return false;
}

bool tta_analysis_guess(struct tta_analysis *a, const uint64_t *state)
{
    const struct tta_question_of_row q = {OUTCOME_OTHER_HIT, 0, 0};

    return guess(a, state, &q, TRIES);
}

enum tta_finding tta_analysis_find_row(struct tta_analysis *a, const uint64_t *state,
                                       enum tta_outcome wanted, size_t rule, size_t other)
{
    const struct tta_question_of_row q = {wanted, rule, other};
    bool excluded = false;

    if (a->offset_count == 0)
        collect_offsets(a);
    if (a->free_count > 0 && tta_analysis_exclude(a, state, &excluded) != 0)
        return FOUND_NO_MEMORY;
    if (excluded)
        return FOUND_NONE;
    if (guess(a, state, &q, a->free_count == 0 && is_free(a, state) ? 8 : TRIES))
        return FOUND_ROW;
    return tta_analysis_solve(a, state, &q);
}

/* " where a=1, b=empty". */
int tta_analysis_write_row(struct tta_analysis *a)
{
    const struct tta_rules *t = a->t;
    char day[TTA_DATE_SIZE];
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < t->input_count; i++) {
        rc = tta_buffer_format(a->out, "%s%s=", i == 0 ? "" : ", ", t->inputs[i].name);
        if (rc == 0)
            rc = tta_rules_write(a->out, &t->inputs[i], &a->example[i]);
    }
    for (size_t i = 0; rc == 0 && i < t->option_count; i++) {
        rc = tta_buffer_format(a->out, ", reading %s=", t->options[i].name);
        if (rc == 0)
            rc = tta_rules_write(a->out, &t->options[i], tta_rules_read_as(t, i));
    }
    if (rc == 0 && t->needs_today) {
        tta_date_write(a->example_today, TTA_DATE_ISO, day);
        rc = tta_buffer_format(a->out, ", on=%s", day);
    }
    if (rc == 0)
        rc = tta_buffer_char(a->out, '\n');
    return rc == 0 ? 0 : tta_fail_memory(a->e);
}
