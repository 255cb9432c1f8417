/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The search for a row: boxes are narrowed, tried and divided. */
#include "solve.h"

#include <stdlib.h>

/* Steps for one state. */
#define SEARCH_STEPS 4000000
#define SEARCH_DEPTH 600

/* The memory of a search: a box for each division that it stands in. */
static int begin(struct tta_solver *s, struct tta_analysis *a, const uint64_t *state, size_t boxes,
                 int64_t *left)
{
    size_t slots = a->t->input_count + a->t->program->value_count;

    memset(s, 0, sizeof *s);
    s->a = a;
    s->state = state;
    s->left = left;
    s->box = calloc(boxes * (a->t->input_count + 1), sizeof *s->box);
    s->ranges = calloc(slots + 1, sizeof *s->ranges);
    s->must = calloc(slots + 1, sizeof *s->must);
    return s->box == NULL || s->ranges == NULL || s->must == NULL ? tta_fail_memory(a->e) : 0;
}

static void end(struct tta_solver *s, struct tta_range *boxes)
{
    free(boxes);
    free(s->ranges);
    free(s->must);
}

static bool has(const struct tta_solver *s, const struct tta_variable_of *v, size_t region)
{
    return (s->state[v->word + region / 64] >> region % 64 & 1) != 0;
}

static void region_ends(const struct tta_variable_of *v, size_t i, int64_t *lo, int64_t *hi)
{
    *lo = v->type == TTA_TEXT ? (int64_t)i : v->regions[i].lo;
    *hi = v->type == TTA_TEXT ? (int64_t)i : v->regions[i].hi;
}

static void fill(struct tta_solver *s)
{
    const struct tta_analysis *a = s->a;
    tta_date today = a->t->program->today;
    struct tta_range *now = &s->box[a->t->input_count];

    for (size_t i = 0; i < a->t->input_count; i++) {
        const struct tta_variable_of *v = &a->variables[i];
        struct tta_range *r = &s->box[i];

        memset(r, 0, sizeof *r);
        for (size_t k = 0; k < v->count; k++) {
            int64_t lo, hi;

            if (!has(s, v, k))
                continue;
            region_ends(v, k, &lo, &hi);
            r->missing = r->missing || v->regions[k].missing;
            if (v->regions[k].missing)
                continue;
            r->lo = r->some && r->lo < lo ? r->lo : lo;
            r->hi = r->some && r->hi > hi ? r->hi : hi;
            r->some = true;
        }
    }
    memset(now, 0, sizeof *now);
    now->some = true;
    now->lo = a->free_today ? TTA_RULES_FIRST_DAY : today;
    now->hi = a->free_today ? TTA_RULES_LAST_DAY : today;
    if (!a->free_today && today == TTA_DATE_NONE) {
        now->some = false;
        now->bad = true;
    }
}

/* The box without what lies between regions at its ends; false: nothing is left. */
static bool fit(const struct tta_solver *s, size_t input, size_t *regions, int64_t *inner)
{
    const struct tta_variable_of *v = &s->a->variables[input];
    struct tta_range *r = &s->box[input];
    int64_t first = INT64_MAX, last = TTA_RANGE_LEAST;

    *regions = 0;
    for (size_t k = 0; r->some && k < v->count; k++) {
        int64_t lo, hi;

        region_ends(v, k, &lo, &hi);
        if (!has(s, v, k) || v->regions[k].missing || lo > r->hi || hi < r->lo)
            continue;
        if (++*regions == 1)
            *inner = hi;
        first = lo < first ? lo : first;
        last = hi > last ? hi : last;
    }
    r->some = *regions > 0;
    r->lo = first > r->lo ? first : r->lo;
    r->hi = last < r->hi ? last : r->hi;
    return r->some || r->missing;
}

/* ---- what a state is about ---- */

/* The inputs, as bits, and today, that its computed values bind. */
static uint64_t bound(const struct tta_solver *s, bool *today, bool *texts)
{
    const struct tta_analysis *a = s->a;
    uint64_t uses = 0;

    *today = *texts = false;
    for (size_t i = a->t->input_count; i < a->variable_count; i++) {
        const struct tta_variable_of *v = &a->variables[i];
        bool full = true;

        for (size_t k = 0; k < v->count; k++)
            full = full && has(s, v, k);
        if (full)
            continue;
        uses |= v->uses;
        tta_analysis_uses(a, v->a, false, today);
        if (v->kind == VARIABLE_ORDER)
            tta_analysis_uses(a, v->b, false, today);
        *texts = *texts || v->type == TTA_TEXT;
    }
    for (size_t i = 0; i < s->wanted_count; i++)
        uses |= tta_analysis_uses(a, s->wanted[i], false, today);
    *today = *today && a->free_today;
    return uses;
}

/* ---- rows of a box ---- */

/* One of its values: the example of its region, where that is within. */
static void pick_from(struct tta_solver *s, size_t input, int corner, union tta_slot *out)
{
    const struct tta_variable_of *v = &s->a->variables[input];
    const struct tta_range *r = &s->box[input];
    int64_t at = corner == 0 ? r->lo : corner == 1 ? r->hi : r->lo / 2 + r->hi / 2;

    if (!r->some) {
        tta_type_set_missing(v->type, out);
        return;
    }
    for (size_t k = 0; k < v->count; k++) {
        int64_t lo, hi;

        region_ends(v, k, &lo, &hi);
        if (!has(s, v, k) || v->regions[k].missing || hi < r->lo || lo > r->hi)
            continue;
        *out = v->regions[k].rep;
        if (v->type == TTA_TEXT || v->type == TTA_BOOLEAN || v->type == TTA_CHOICE)
            return;
        if (at < lo || at > hi)
            continue;
        if (v->type == TTA_DATE)
            out->date = (tta_date)at;
        else
            out->integer = at;
        return;
    }
    if (v->type == TTA_DATE)
        out->date = (tta_date)r->lo;
    else if (v->type != TTA_TEXT && v->type != TTA_BOOLEAN && v->type != TTA_CHOICE)
        out->integer = r->lo;
}

static bool try_box(struct tta_solver *s, const struct tta_question_of_row *q)
{
    struct tta_analysis *a = s->a;

    for (int corner = 0; corner < 3; corner++) {
        const struct tta_range *now = &s->box[a->t->input_count];

        for (size_t i = 0; i < a->t->input_count; i++)
            pick_from(s, i, corner, &a->example[i]);
        if (a->free_today)
            tta_rules_on(a->t, (tta_date)(corner == 0   ? now->lo
                                          : corner == 1 ? now->hi
                                                        : now->lo / 2 + now->hi / 2));
        a->example_today = a->t->program->today;
        *s->left -= 4;
        if (tta_analysis_shows(a, q))
            return true;
    }
    return false;
}

/* ---- divisions ---- */

/* Divides the box into itself and other; false: its bound columns are single values. */
static bool divide(struct tta_solver *s, struct tta_range *other, uint64_t uses, bool today)
{
    size_t inputs = s->a->t->input_count, best = SIZE_MAX;
    uint64_t widest = 0;
    int64_t cut = 0;

    memcpy(other, s->box, (inputs + 1) * sizeof *other);
    for (size_t i = 0; i <= inputs; i++) {
        struct tta_range *r = &s->box[i];
        size_t regions = 1;
        int64_t inner = 0;

        if (i < inputs ? (uses >> i & 1) == 0 : !today)
            continue;
        if (i < inputs)
            fit(s, i, &regions, &inner);
        if (r->missing && r->some) {
            r->missing = false;
            other[i].some = false;
            return true;
        }
        if (!r->some || r->lo == r->hi || (uint64_t)r->hi - (uint64_t)r->lo < widest)
            continue;
        best = i;
        widest = (uint64_t)r->hi - (uint64_t)r->lo;
        cut = regions > 1 ? inner : r->lo + (int64_t)(widest / 2);
    }
    if (best == SIZE_MAX)
        return false;
    memcpy(&other[best], &s->box[best], sizeof *other);
    s->box[best].hi = cut;
    other[best].lo = cut + 1;
    return true;
}

static bool fit_all(const struct tta_solver *s)
{
    for (size_t i = 0; i < s->a->t->input_count; i++) {
        size_t regions;
        int64_t inner;

        if (!fit(s, i, &regions, &inner))
            return false;
    }
    return true;
}

static enum tta_finding search(struct tta_solver *s, struct tta_range *boxes,
                               const struct tta_question_of_row *q)
{
    size_t size = s->a->t->input_count + 1, depth = 1;
    enum tta_finding none = FOUND_NONE;
    bool today, texts;
    uint64_t uses = bound(s, &today, &texts);

    /* whether the row is answered is for later rules to say, of which the state says nothing */
    if (q->wanted == OUTCOME_TAKES) {
        uses |= s->a->bound;
        none = s->a->t->hit_policy == TTA_HIT_ANY ? FOUND_NOTHING : none;
    }
    while (depth > 0 && *s->left > 0) {
        s->box = boxes + --depth * size;
        if (!fit_all(s) || !tta_solver_narrow(s) || !fit_all(s))
            continue;
        if (try_box(s, q))
            return FOUND_ROW;
        if (depth + 2 > SEARCH_DEPTH)
            return FOUND_NOTHING;
        if (divide(s, s->box + size, uses, today))
            depth += 2;
        else if (texts)
            none = FOUND_NOTHING;
    }
    return *s->left > 0 ? none : FOUND_NOTHING;
}

/* The computed outputs of the rules that the question is about. */
static size_t outputs_of(const struct tta_rules *t, const struct tta_question_of_row *q,
                         uint16_t *slots)
{
    size_t rules[2] = {q->rule, q->other}, count = 0;
    size_t n = q->wanted == OUTCOME_OVERLAP ? 2 : q->wanted == OUTCOME_GAP ? 0 : 1;

    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; t->rules[rules[k]].computed != NULL && i < t->output_count; i++)
            if (t->rules[rules[k]].computed[i] < TTA_RULES_UNTOUCHED)
                slots[count++] = t->rules[rules[k]].computed[i];
    return count;
}

enum tta_finding tta_analysis_solve(struct tta_analysis *a, const uint64_t *state,
                                    const struct tta_question_of_row *q)
{
    uint16_t wanted[2 * TTA_RULES_OUTPUTS_MAX];
    int64_t left = a->solve_left < SEARCH_STEPS ? a->solve_left : SEARCH_STEPS, start = left;
    enum tta_finding found = FOUND_NO_MEMORY;
    struct tta_range *boxes;
    struct tta_solver s;
    int rc = begin(&s, a, state, SEARCH_DEPTH, &left);

    boxes = s.box;
    if (rc == 0) {
        s.wanted = wanted;
        s.wanted_count = outputs_of(a->t, q, wanted);
        fill(&s);
        found = search(&s, boxes, q);
    }
    a->solve_left -= start - left;
    end(&s, boxes);
    return found;
}

int tta_analysis_exclude(struct tta_analysis *a, const uint64_t *state, bool *excluded)
{
    int64_t left = 200 * (int64_t)(a->t->input_count + a->t->program->value_count);
    struct tta_solver s;
    int rc = begin(&s, a, state, 1, &left);

    *excluded = false;
    if (rc == 0) {
        fill(&s);
        *excluded = !tta_solver_narrow(&s);
    }
    end(&s, s.box);
    return rc;
}
