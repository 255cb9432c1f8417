/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Variables, and their regions. */
#include <stdlib.h>

#include "analyse.h"

static const struct tta_rules_value *value_of(const struct tta_analysis *a, uint16_t slot)
{
    return slot < a->t->input_count ? NULL : &a->t->program->values[slot - a->t->input_count];
}

static bool is_binary(const struct tta_rules_step *s)
{
    return (s->op >= OP_LESS && s->op <= OP_SAME_TEXT) || s->op == OP_STARTS;
}

/* Those of the condition within a value. */
static uint64_t uses_of_code(const struct tta_analysis *a, const struct tta_rules_value *v,
                             bool *today)
{
    uint64_t uses = 0;

    for (size_t pc = v->first; pc <= v->pc; pc++) {
        const struct tta_rules_step *s = &a->t->program->code[pc];

        uses |= tta_analysis_uses(a, s->slot, false, today);
        if (is_binary(s))
            uses |= tta_analysis_uses(a, (uint16_t)s->lo, false, today);
    }
    return uses;
}

/* The inputs that a slot is computed from, as bits; strictly: that it cannot do without. */
uint64_t tta_analysis_uses(const struct tta_analysis *a, uint16_t slot, bool strictly, bool *today)
{
    const struct tta_rules_value *v = value_of(a, slot);
    uint64_t uses = 0;

    if (v == NULL)
        return UINT64_C(1) << slot;
    if (v->op == VALUE_TODAY)
        *today = true;
    if (v->op < VALUE_CONDITION && v->op != VALUE_INPUT)
        return 0;
    if (v->op == VALUE_CONDITION || v->op == VALUE_IF) {
        if (strictly)
            return 0;
        uses = uses_of_code(a, v, today);
        if (v->op == VALUE_CONDITION)
            return uses;
    }
    uses |= tta_analysis_uses(a, v->a, strictly, today);
    if (v->op != VALUE_INPUT && v->op != VALUE_ISO_WEEK && v->op != VALUE_MONTH_END)
        uses |= tta_analysis_uses(a, v->b, strictly, today);
    return uses;
}

/* Is it the same in every row? */
static bool is_known(const struct tta_analysis *a, uint16_t slot)
{
    bool today = false;

    return tta_analysis_uses(a, slot, false, &today) == 0 && !(today && a->free_today);
}

static bool is_finite(enum tta_type type)
{
    return type == TTA_BOOLEAN || type == TTA_CHOICE;
}

/* ---- variables ---- */

int tta_analysis_variable(struct tta_analysis *a, enum tta_variable_kind kind, uint16_t slot,
                          uint16_t other)
{
    struct tta_variable_of *v;
    bool today = false;

    for (size_t i = 0; i < a->variable_count; i++)
        if (a->variables[i].kind == kind && a->variables[i].a == slot && a->variables[i].b == other)
            return (int)i;
    if (a->variable_count == a->variable_cap) {
        size_t cap = a->variable_cap == 0 ? 128 : a->variable_cap * 2;
        struct tta_variable_of *grown = realloc(a->variables, cap * sizeof *grown);

        if (grown == NULL)
            return tta_fail_memory(a->e);
        a->variables = grown;
        a->variable_cap = cap;
    }
    v = &a->variables[a->variable_count];
    memset(v, 0, sizeof *v);
    v->kind = kind;
    v->a = slot;
    v->b = other;
    v->type = tta_rules_slot(a->t, slot)->type;
    v->uses = tta_analysis_uses(a, slot, false, &today);
    v->needs = tta_analysis_uses(a, slot, true, &today);
    if (kind == VARIABLE_ORDER) {
        v->uses |= tta_analysis_uses(a, other, false, &today);
        v->needs |= tta_analysis_uses(a, other, true, &today);
    }
    a->free_count += kind != VARIABLE_INPUT;
    return (int)a->variable_count++;
}

static int input_of(uint64_t bit)
{
    int i = 0;

    while ((bit >> i & 1) == 0)
        i++;
    return i;
}

/* Which variable a question is about: -1 none, < -1 an error. */
int tta_analysis_variable_of(struct tta_analysis *a, const struct tta_rules_step *s)
{
    bool today = false, first = is_known(a, s->slot);
    bool second = !is_binary(s) || is_known(a, (uint16_t)s->lo);
    uint64_t uses = tta_analysis_uses(a, s->slot, false, &today);
    uint16_t x = s->slot, y = is_binary(s) ? (uint16_t)s->lo : x;

    if (first && second)
        return -1;
    if (is_binary(s))
        uses |= tta_analysis_uses(a, y, false, &today);
    if (!(today && a->free_today) && (uses & (uses - 1)) == 0 &&
        is_finite(a->t->inputs[input_of(uses)].type))
        return input_of(uses);
    if (first != second) {
        x = first ? y : x;
        return x < a->t->input_count ? (int)x : tta_analysis_variable(a, VARIABLE_COMPUTED, x, 0);
    }
    if (!is_binary(s))
        return x < a->t->input_count ? (int)x : tta_analysis_variable(a, VARIABLE_COMPUTED, x, 0);
    return x < y || s->op == OP_STARTS ? tta_analysis_variable(a, VARIABLE_ORDER, x, y)
                                       : tta_analysis_variable(a, VARIABLE_ORDER, y, x);
}

/* ---- regions ---- */

static int cut(struct tta_analysis *a, struct tta_variable_of *v, int64_t at)
{
    if (v->cut_count == v->cut_cap) {
        size_t cap = v->cut_cap == 0 ? 16 : v->cut_cap * 2;
        int64_t *grown = realloc(v->cuts, cap * sizeof *grown);

        if (grown == NULL)
            return tta_fail_memory(a->e);
        v->cuts = grown;
        v->cut_cap = cap;
    }
    v->cuts[v->cut_count++] = at;
    return 0;
}

static int cut_text(struct tta_analysis *a, struct tta_variable_of *v, struct tta_text text)
{
    struct tta_text *grown;

    for (size_t i = 0; i < v->text_count; i++)
        if (tta_text_equal(v->texts[i], text))
            return 0;
    grown = realloc(v->texts, (v->text_count + 1) * sizeof *grown);
    if (grown == NULL)
        return tta_fail_memory(a->e);
    v->texts = grown;
    grown[v->text_count++] = text;
    return 0;
}

/* The known side of a question of two slots. */
static const union tta_slot *known_side(struct tta_analysis *a, const struct tta_rules_step *s)
{
    const union tta_slot *v;
    uint16_t slot = is_known(a, s->slot) ? s->slot : (uint16_t)s->lo;

    return tta_rules_value(&a->row, slot, &v) == ROW_YES ? v : NULL;
}

/* Where the constants of a question cut its variable. */
int tta_analysis_cut(struct tta_analysis *a, const struct tta_rules_step *s,
                     struct tta_variable_of *v)
{
    const union tta_slot *known;
    int64_t at;
    bool two = is_binary(s);

    if (v->kind == VARIABLE_ORDER || is_finite(v->type))
        return 0;
    if (s->op == OP_RANGE || s->op == OP_RANGE_DATE)
        return cut(a, v, s->lo) != 0 || (s->hi < INT64_MAX && cut(a, v, s->hi + 1) != 0)
                   ? a->e->code
                   : 0;
    if (s->op == OP_TEXT || s->op == OP_PREFIX)
        return cut_text(a, v, a->t->program->texts[s->lo]);
    known = two ? known_side(a, s) : NULL;
    if (known == NULL)
        return 0;
    if (v->type == TTA_TEXT)
        return cut_text(a, v, known->text);
    at = v->type == TTA_DATE ? known->date : known->integer;
    return cut(a, v, at) != 0 || (at < INT64_MAX && cut(a, v, at + 1) != 0) ? a->e->code : 0;
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static void add_region(struct tta_variable_of *v, int64_t lo, int64_t hi, bool missing)
{
    struct tta_region *r = &v->regions[v->count++];

    r->lo = lo;
    r->hi = hi;
    r->missing = missing;
    if (missing)
        tta_type_set_missing(v->type, &r->rep);
    else if (v->type == TTA_DATE)
        r->rep.date = (tta_date)lo;
    else if (v->type == TTA_BOOLEAN)
        r->rep.boolean = (int8_t)lo;
    else if (v->type == TTA_CHOICE)
        r->rep.choice = (int32_t)lo;
    else
        r->rep.integer = lo;
}

/* Intervals between the cuts, within lo and hi. */
static void number_regions(struct tta_variable_of *v, int64_t lo, int64_t hi)
{
    size_t first = v->count;

    if (v->cut_count > 0)
        qsort(v->cuts, v->cut_count, sizeof *v->cuts, by_number);
    for (size_t i = 0; i < v->cut_count; i++) {
        if (v->cuts[i] <= lo || v->cuts[i] > hi)
            continue;
        add_region(v, lo, v->cuts[i] - 1, false);
        lo = v->cuts[i];
    }
    add_region(v, lo, hi, false);
    /* the first may begin far away: its last value is the better example */
    if (v->count - first > 1) {
        struct tta_region *r = &v->regions[first];

        if (v->type == TTA_DATE)
            r->rep.date = (tta_date)r->hi;
        else
            r->rep.integer = r->hi;
    }
}

/* Each text that is named, each that begins like it and is longer, and any other. */
static int text_regions(struct tta_analysis *a, struct tta_variable_of *v)
{
    for (size_t i = 0; i < v->text_count; i++) {
        char *longer = tta_rules_alloc(a->t, v->texts[i].len + 2, 1);

        if (longer == NULL)
            return tta_fail_memory(a->e);
        memcpy(longer, v->texts[i].ptr == NULL ? "" : v->texts[i].ptr, v->texts[i].len);
        longer[v->texts[i].len] = '~';
        v->regions[v->count++].rep.text = v->texts[i];
        v->regions[v->count++].rep.text = tta_text_of(longer);
    }
    v->regions[v->count++].rep.text = tta_text_of("another text");
    return 0;
}

int tta_analysis_regions(struct tta_analysis *a, struct tta_variable_of *v)
{
    const struct tta_rules_column *c = tta_rules_slot(a->t, v->a);
    bool nullable = v->kind == VARIABLE_INPUT && c->nullable;
    size_t most = 4 + v->cut_count + 2 * v->text_count + c->value_count;
    tta_date first, last;

    for (size_t i = 0; v->kind != VARIABLE_INPUT && i < a->t->input_count; i++)
        nullable = nullable || ((v->uses >> i & 1) != 0 && a->t->inputs[i].nullable);
    v->regions = calloc(most, sizeof *v->regions);
    if (v->regions == NULL)
        return tta_fail_memory(a->e);
    if (nullable)
        add_region(v, 0, 0, true);
    tta_date_from_ymd(1800, 1, 1, &first);
    tta_date_from_ymd(2199, 12, 31, &last);
    if (v->kind == VARIABLE_ORDER)
        for (int64_t sign = -1; sign <= 1; sign++)
            add_region(v, sign, sign, false);
    else if (v->type == TTA_BOOLEAN || v->type == TTA_CHOICE)
        for (size_t i = 0; i < (v->type == TTA_BOOLEAN ? 2 : c->value_count); i++)
            add_region(v, (int64_t)i, (int64_t)i, false);
    else if (v->type == TTA_TEXT)
        return text_regions(a, v);
    else if (v->type == TTA_DATE)
        number_regions(v, first, last);
    else
        number_regions(
            v, v->kind == VARIABLE_INPUT && c->minimum != INT64_MIN ? c->minimum : INT64_MIN + 1,
            v->kind == VARIABLE_INPUT ? c->maximum : INT64_MAX);
    return 0;
}
