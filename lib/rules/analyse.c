/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Gaps, overlaps, rules that others come before: what the walk comes to. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "analyse.h"

#define GAPS_TOLD 5
#define READINGS_MAX 256
#define SOLVE_STEPS 200000000 /* of all searches: some seconds */

int tta_analysis_tell(struct tta_analysis *a, const char *format, ...)
{
    char text[512];
    va_list args;

    a->found++;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return tta_buffer_format(a->out, "%s: %s", a->t->id, text) == 0 ? 0 : tta_fail_memory(a->e);
}

static int tell_row(struct tta_analysis *a)
{
    return tta_buffer_string(a->out, ": ") == 0 ? tta_analysis_write_row(a) : tta_fail_memory(a->e);
}

/* ---- what the walk comes to ---- */

/* Looks for a row, and counts what was not decided. */
static int find(struct tta_analysis *a, const uint64_t *state, enum tta_outcome wanted, size_t rule,
                size_t other, bool *shown)
{
    enum tta_finding found = tta_analysis_find_row(a, state, wanted, rule, other);

    *shown = found == FOUND_ROW;
    a->without_row += !*shown;
    a->undecided += found == FOUND_NOTHING;
    return found == FOUND_NO_MEMORY ? a->e->code : 0;
}

static int tell_gap(struct tta_analysis *a, const uint64_t *state)
{
    bool shown = false;
    int rc;

    if (a->gaps >= GAPS_TOLD)
        return 0;
    rc = find(a, state, OUTCOME_GAP, 0, 0, &shown);
    if (!shown)
        return rc;
    a->gaps++;
    return tta_analysis_tell(a, "gap: no rule takes it, and there is no default") != 0
               ? a->e->code
               : tell_row(a);
}

/* Of rows in which a column is missing: is one of them answered? */
static int probe_leaf(struct tta_analysis *a, const uint64_t *state, int hit)
{
    size_t rule = hit < 0 ? a->t->rule_count : (size_t)hit;

    if (a->answered || (hit < 0 && !a->t->has_default))
        return 0;
    return find(a, state, OUTCOME_HIT, rule, 0, &a->answered);
}

int tta_analysis_leaf(struct tta_analysis *a, const uint64_t *state, int hit)
{
    size_t rule = hit < 0 ? a->t->rule_count : (size_t)hit, before;
    bool shown;
    int rc;

    a->cases++;
    if (a->probing)
        return probe_leaf(a, state, hit);
    if (hit < 0 && a->t->hit_policy == TTA_HIT_COLLECT)
        return 0;
    if (hit < 0 && !a->t->has_default)
        return tell_gap(a, state);
    if (a->reached[rule])
        return 0;
    before = a->undecided;
    rc = find(a, state, OUTCOME_HIT, rule, 0, &shown);
    a->reached[rule] = shown;
    a->possible[rule] = a->possible[rule] || a->undecided > before;
    /* once it is reached, what could not be told of its other rows is no matter */
    a->undecided = before;
    return rc;
}

/* Do two rules give the same in every row? Values are shared, so equal ones are one. */
static bool same_outputs(const struct tta_rules *t, size_t a, size_t b)
{
    const struct tta_rule *x = &t->rules[a], *y = &t->rules[b];

    for (size_t i = 0; i < t->output_count; i++) {
        uint16_t p = x->computed == NULL ? TTA_RULES_CONSTANT : x->computed[i];
        uint16_t q = y->computed == NULL ? TTA_RULES_CONSTANT : y->computed[i];

        if (p != q)
            return false;
        if (p == TTA_RULES_CONSTANT &&
            !tta_rules_slot_equal(t->outputs[i].type, &x->then[i], &y->then[i]))
            return false;
    }
    return true;
}

/* Two rules of an ANY table take rows and say the same of them: the second takes rows too. */
static int agree(struct tta_analysis *a, const uint64_t *state, size_t first, size_t second)
{
    size_t before = a->undecided;
    int rc;

    if (a->reached[second])
        return 0;
    rc = find(a, state, OUTCOME_TAKES, first, second, &a->reached[second]);
    a->possible[second] = a->possible[second] || a->undecided > before;
    a->undecided = before;
    return rc;
}

int tta_analysis_overlap(struct tta_analysis *a, const uint64_t *state, int first, int second)
{
    size_t pair = (size_t)first * TTA_RULES_MAX + (size_t)second, *grown;
    bool any = a->t->hit_policy == TTA_HIT_ANY, shown;
    int rc;

    a->cases++;
    if (a->probing)
        return 0;
    if (any && same_outputs(a->t, (size_t)first, (size_t)second))
        return agree(a, state, (size_t)first, (size_t)second);
    for (size_t i = 0; i < a->overlap_count; i++)
        if (a->overlaps[i] == pair)
            return 0;
    rc = find(a, state, OUTCOME_OVERLAP, (size_t)first, (size_t)second, &shown);
    if (!shown)
        return rc;
    a->reached[first] = a->reached[second] = true; /* they take rows, if not alone */
    grown = realloc(a->overlaps, (a->overlap_count + 1) * sizeof *grown);
    if (grown == NULL)
        return tta_fail_memory(a->e);
    a->overlaps = grown;
    grown[a->overlap_count++] = pair;
    if (tta_analysis_tell(a, "overlap: the rules %s and %s both take it%s", a->t->rules[first].id,
                          a->t->rules[second].id, any ? " and differ" : "") != 0)
        return a->e->code;
    return tell_row(a);
}

/* ---- rules that take no row ---- */

/* Rules that the examples show to take rows need not be looked for. */
static void take_examples(struct tta_analysis *a)
{
    struct tta_rules *t = a->t;

    for (size_t i = 0; i < t->example_count; i++) {
        const struct tta_rules_example *x = &t->examples[i];
        struct tta_error e = {0};

        for (size_t k = 0; k < t->option_count; k++)
            tta_rules_read(t, k, x->reading != NULL ? &x->reading[k] : &t->options[k].start);
        tta_rules_on(t, x->on);
        if (tta_rules_answer(t, x->given, &a->answer, &e) == 0)
            for (size_t k = 0; k < a->answer.hit_count; k++)
                a->reached[a->answer.hits[k]] = true;
    }
}

/* A FIRST rule whose rows others take: one of them, and who. */
static int tell_shadowed(struct tta_analysis *a, size_t rule, const uint64_t *state)
{
    if (a->told[rule] || tta_analysis_find_row(a, state, OUTCOME_TAKES, rule, rule) != FOUND_ROW)
        return 0;
    a->told[rule] = true;
    if (tta_analysis_tell(a, "unreachable: rule %s takes no row; %s comes before it where it could",
                          a->t->rules[rule].id, a->t->rules[a->answer.hits[0]].id) != 0)
        return a->e->code;
    return tell_row(a);
}

int tta_analysis_rule(struct tta_analysis *a, const uint64_t *state)
{
    size_t rule = (size_t)a->only;

    if (a->t->hit_policy == TTA_HIT_FIRST)
        return tell_shadowed(a, rule, state);
    return tta_analysis_leaf(a, state, a->only);
}

/* ---- readings ---- */

/* The next combination of those readings that have a list of values; false: that was the last. */
static bool next_reading(struct tta_rules *t)
{
    for (size_t i = 0; i < t->option_count; i++) {
        const struct tta_rules_column *c = &t->options[i];
        union tta_slot v = *tta_rules_read_as(t, i);

        if (c->type == TTA_BOOLEAN) {
            v.boolean = !v.boolean;
            tta_rules_read(t, i, &v);
            if (v.boolean != 0)
                return true;
        } else if (c->type == TTA_CHOICE) {
            v.choice = (v.choice + 1) % (int32_t)c->value_count;
            tta_rules_read(t, i, &v);
            if (v.choice != 0)
                return true;
        }
    }
    return false;
}

/* So that the combinations are gone through from their first. */
static void first_reading(struct tta_rules *t)
{
    for (size_t i = 0; i < t->option_count; i++) {
        union tta_slot v = t->options[i].start;

        if (t->options[i].type == TTA_BOOLEAN)
            v.boolean = 0;
        else if (t->options[i].type == TTA_CHOICE)
            v.choice = 0;
        tta_rules_read(t, i, &v);
    }
}

static int walk_rules(struct tta_analysis *a)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < a->t->rule_count; i++) {
        if (a->reached[i])
            continue;
        a->only = (int)i;
        rc = tta_analysis_walk(a);
    }
    a->only = -1;
    return rc;
}

static int one_reading(struct tta_analysis *a, bool *too_large)
{
    bool collect = a->t->hit_policy == TTA_HIT_COLLECT;
    int rc = tta_analysis_prepare(a);

    if (rc != 0 || a->too_large) {
        *too_large = *too_large || a->too_large;
        return rc;
    }
    rc = collect ? walk_rules(a) : tta_analysis_walk(a);
    *too_large = *too_large || a->too_large;
    if (rc == 0 && !collect && !a->too_large)
        rc = tta_analysis_find_empty(a);
    return rc;
}

/* What was not looked at must not pass for good. */
static void summarise(struct tta_analysis *a, size_t readings, bool too_large)
{
    size_t faults = a->found;
    bool open = too_large || a->undecided > 0;

    if (too_large)
        tta_buffer_format(a->out, "%s: not decided: too large to look at every kind of row\n",
                          a->t->id);
    if (a->undecided > 0)
        tta_buffer_format(a->out,
                          "%s: not decided: %zu kind%s of rows of which neither one was found nor "
                          "that there is none\n",
                          a->t->id, a->undecided, a->undecided == 1 ? "" : "s");
    a->found += open;
    tta_buffer_format(a->out, "%s: %zu rule%s", a->t->id, a->t->rule_count,
                      a->t->rule_count == 1 ? "" : "s");
    if (a->t->hit_policy != TTA_HIT_COLLECT)
        tta_buffer_format(a->out, ", %zu kind%s of rows", a->cases, a->cases == 1 ? "" : "s");
    if (readings > 1)
        tta_buffer_format(a->out, " in %zu readings%s", readings,
                          readings == READINGS_MAX ? " (the first ones)" : "");
    if (open && faults == 0)
        tta_buffer_string(a->out, ": not decided\n");
    else
        tta_buffer_format(a->out, ": %zu fault%s%s\n", faults, faults == 1 ? "" : "s",
                          open ? ", and not decided whole" : "");
}

static int analyse(struct tta_analysis *a)
{
    size_t readings = 0;
    bool too_large = false;
    int rc = 0;

    take_examples(a);
    tta_rules_on(a->t, a->example_today);
    first_reading(a->t);
    do {
        tta_analysis_release(a);
        readings++;
        rc = one_reading(a, &too_large);
    } while (rc == 0 && readings < READINGS_MAX && next_reading(a->t));
    if (rc == 0 && !too_large && a->t->hit_policy == TTA_HIT_FIRST)
        rc = walk_rules(a);
    if (rc == 0 && !too_large)
        rc = tta_analysis_tell_rest(a);
    if (rc == 0)
        summarise(a, readings, too_large);
    return rc;
}

int tta_rules_analyse(struct tta_rules *t, struct tta_buffer *out, size_t *found,
                      struct tta_error *e)
{
    struct tta_analysis *a = calloc(1, sizeof *a);
    union tta_slot *rows = calloc(2 * t->input_count + t->option_count + 1, sizeof *rows);
    bool *marks = calloc(3 * (t->rule_count + 1) + t->input_count, sizeof *marks);
    tta_date today = t->program->today;
    int rc = a == NULL || rows == NULL || marks == NULL ? tta_fail_memory(e) : 0;

    *found = 0;
    if (rc == 0) {
        union tta_slot *readings = rows + 2 * t->input_count;

        memcpy(readings, t->program->readings, t->option_count * sizeof *readings);
        a->t = t;
        a->e = e;
        a->out = out;
        a->only = -1;
        a->example = rows;
        a->trial = rows + t->input_count;
        a->reached = marks;
        a->possible = marks + t->rule_count + 1;
        a->empty = marks + 3 * (t->rule_count + 1);
        a->told = a->possible + t->rule_count + 1;
        a->free_today = today == TTA_DATE_NONE;
        a->example_today = today;
        a->tries_left = 3000000;
        a->solve_left = SOLVE_STEPS;
        rc = analyse(a);
        *found = a->found;
        tta_analysis_release(a);
        free(a->overlaps);
        memcpy(t->program->readings, readings, t->option_count * sizeof *readings);
    }
    tta_rules_on(t, today);
    free(a);
    free(rows);
    free(marks);
    return rc;
}
