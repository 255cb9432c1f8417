/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs the program of a table over a row. Everything else was settled at load. */
#include "internal.h"

#include <inttypes.h>
#include <stdio.h>

#define NO_RULE SIZE_MAX

static bool is_missing(uint8_t type, const union tta_slot *v)
{
    switch (type) {
    case TTA_BOOLEAN:
        return v->boolean == TTA_BOOLEAN_NONE;
    case TTA_DATE:
        return v->date == TTA_DATE_NONE;
    case TTA_CHOICE:
        return v->choice == TTA_CHOICE_NONE;
    case TTA_TEXT:
        return v->text.ptr == NULL;
    default:
        return v->integer == TTA_INTEGER_NONE;
    }
}

static inline bool is_allowed(const struct tta_rules_limit *l, const union tta_slot *v)
{
    switch (l->type) {
    case TTA_BOOLEAN:
        return v->boolean != TTA_BOOLEAN_NONE || l->nullable;
    case TTA_CHOICE:
        return v->choice == TTA_CHOICE_NONE ? l->nullable : v->choice >= 0 && v->choice <= l->hi;
    case TTA_DATE:
        return v->date != TTA_DATE_NONE || l->nullable;
    case TTA_TEXT:
        return v->text.ptr != NULL || l->nullable;
    default:
        return v->integer == TTA_INTEGER_NONE ? l->nullable
                                              : v->integer >= l->lo && v->integer <= l->hi;
    }
}

static void name_column(const struct tta_rules *t, uint16_t slot, struct tta_error *e)
{
    if (e->code == 0)
        snprintf(e->column, sizeof e->column, "%s", t->inputs[slot].name);
}

static void write_number(enum tta_type type, int64_t value, char out[TTA_NUMBER_SIZE])
{
    if (type == TTA_MONEY)
        tta_money_write(value, '.', out);
    else if (type == TTA_DECIMAL)
        tta_decimal_write(value, '.', out);
    else
        tta_integer_write(value, out);
}

static int fail_limit(const struct tta_rules *t, const struct tta_rules_limit *l,
                      const union tta_slot *v, struct tta_error *e)
{
    const struct tta_rules_column *c = &t->inputs[l->slot];
    char lo[TTA_NUMBER_SIZE], hi[TTA_NUMBER_SIZE], names[300] = "";

    name_column(t, l->slot, e);
    if (is_missing(l->type, v))
        return tta_fail(e, TTA_E_DATA, "empty, and %s needs it", t->id);
    if (c->type == TTA_CHOICE) {
        for (size_t i = 0, n = 0; i < c->value_count && n < sizeof names; i++)
            n += (size_t)snprintf(names + n, sizeof names - n, "%s%s", i == 0 ? "" : ", ",
                                  c->values[i]);
        return tta_fail(e, TTA_E_DATA, "not one of %s", names);
    }
    write_number(c->type, l->lo, lo);
    write_number(c->type, l->hi, hi);
    if (l->lo == INT64_MIN)
        return tta_fail(e, TTA_E_DATA, "above %s", hi);
    if (l->hi == INT64_MAX)
        return tta_fail(e, TTA_E_DATA, "below %s", lo);
    return tta_fail(e, TTA_E_DATA, "outside %s to %s", lo, hi);
}

static int fail_missing(const struct tta_rules *t, const struct tta_rules_step *s,
                        const union tta_slot *in, struct tta_error *e)
{
    uint16_t slot = is_missing(s->type, &in[s->slot]) ? s->slot : (uint16_t)s->lo;

    name_column(t, slot, e);
    return tta_fail(e, TTA_E_DATA, "empty, and rule %s needs it", t->rules[s->rule].id);
}

/* The questions that compare two columns, or texts: 1, 0, or -1 where one is missing. */
static int compare(const struct tta_rules_program *p, const struct tta_rules_step *s,
                   const union tta_slot *in)
{
    const union tta_slot *a = &in[s->slot], *b = &in[s->op == OP_TEXT ? s->slot : s->lo];

    if (is_missing(s->type, a) || is_missing(s->type, b))
        return -1;
    switch (s->op) {
    case OP_TEXT:
        return tta_text_equal(a->text, p->texts[s->lo]);
    case OP_LESS:
        return a->integer < b->integer;
    case OP_LESS_DATE:
        return a->date < b->date;
    case OP_SAME:
        return a->integer == b->integer;
    case OP_SAME_DATE:
        return a->date == b->date;
    case OP_SAME_TRUTH:
        return (a->boolean != 0) == (b->boolean != 0);
    case OP_SAME_CHOICE:
        return a->choice == b->choice;
    default:
        return tta_text_equal(a->text, b->text);
    }
}

/* The answer to one question: 1, 0, or -1 where a value is missing. */
static inline int answer(const struct tta_rules_program *p, const struct tta_rules_step *s,
                         const union tta_slot *in)
{
    const union tta_slot *v = &in[s->slot];

    switch (s->op) {
    case OP_TRUTH:
        return v->boolean;
    case OP_RANGE:
        if (v->integer == TTA_INTEGER_NONE)
            return -1;
        return (v->integer >= s->lo) & (v->integer <= s->hi);
    case OP_RANGE_DATE:
        if (v->date == TTA_DATE_NONE)
            return -1;
        return (v->date >= s->lo) & (v->date <= s->hi);
    case OP_CHOICE:
        return v->choice == TTA_CHOICE_NONE ? -1 : v->choice == s->lo;
    case OP_MISSING:
        return is_missing(s->type, v);
    default:
        return compare(p, s, in);
    }
}

static int run(const struct tta_rules *t, const union tta_slot *in, size_t *rule,
               struct tta_error *e)
{
    const struct tta_rules_program *p = t->program;
    const struct tta_rules_step *s = &p->code[p->entry];
    size_t hit = NO_RULE;

    while (s->op != OP_END) {
        int yes;

        if (s->op == OP_HIT) {
            if (hit != NO_RULE)
                return tta_fail(e, TTA_E_DATA, "the rules %s and %s both take it", t->rules[hit].id,
                                t->rules[s->rule].id);
            hit = s->rule;
            s = &p->code[s->yes];
            continue;
        }
        yes = answer(p, s, in);
        if (yes < 0)
            return fail_missing(t, s, in, e);
        s = &p->code[yes != 0 ? s->yes : s->no];
    }
    if (hit == NO_RULE && !t->has_default)
        return tta_fail(e, TTA_E_DATA, "no rule of %s takes it", t->id);
    *rule = hit == NO_RULE ? t->rule_count : hit;
    return 0;
}

int tta_rules_decide(const struct tta_rules *rules, const union tta_slot *inputs, size_t *rule,
                     struct tta_error *e)
{
    const struct tta_rules_program *p = rules->program;

    for (size_t i = 0; i < p->limit_count; i++)
        if (!is_allowed(&p->limits[i], &inputs[p->limits[i].slot]))
            return fail_limit(rules, &p->limits[i], &inputs[p->limits[i].slot], e);
    return run(rules, inputs, rule, e);
}
