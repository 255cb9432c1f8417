/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs the program of a table over a row. Everything else was settled at load. */
#include "internal.h"

/* Most texts differ in their first byte. */
static inline bool begins(struct tta_text t, struct tta_text start)
{
    return t.len >= start.len && (start.len == 0 || (t.ptr[0] == start.ptr[0] &&
                                                     memcmp(t.ptr, start.ptr, start.len) == 0));
}

/* The questions about computed values, two values, or texts. */
static int compare(struct tta_rules_row *r, const struct tta_rules_step *s)
{
    const union tta_slot *a, *b = NULL;
    int rc = tta_rules_value(r, s->slot, &a);

    if (s->op == OP_MISSING)
        return rc == ROW_MISSING;
    if (rc == ROW_YES && s->op >= OP_STARTS)
        rc = tta_rules_value(r, (uint16_t)s->lo, &b);
    if (rc != ROW_YES)
        return rc;
    switch (s->op) {
    case OP_TRUTH:
        return a->boolean != 0;
    case OP_RANGE:
        return a->integer >= s->lo && a->integer <= s->hi;
    case OP_RANGE_DATE:
        return a->date >= s->lo && a->date <= s->hi;
    case OP_CHOICE:
        return a->choice == s->lo;
    case OP_SET:
        return (int)((uint64_t)s->lo >> a->choice & 1);
    case OP_TEXT:
        return tta_text_equal(a->text, r->t->program->texts[s->lo]);
    case OP_PREFIX:
        return begins(a->text, r->t->program->texts[s->lo]);
    case OP_STARTS:
        return begins(a->text, b->text);
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

/* A value that is there says ROW_NO or ROW_YES. */
static inline int answer(struct tta_rules_row *r, const struct tta_rules_step *s)
{
    int64_t v;
    int yes;

    if (s->how >= OP_COMPUTED) {
        yes = s->how == OP_COMPUTED ? -1 : tta_rules_ask_near(r, s);
        return yes >= 0 ? yes : compare(r, s);
    }
    v = r->number[s->slot];
    switch (s->how) {
    case OP_RANGE:
    case OP_RANGE_DATE:
        yes = (v >= s->lo) & (v <= s->hi);
        return v == TTA_INTEGER_NONE ? ROW_MISSING : yes;
    case OP_MISSING:
        return v == TTA_INTEGER_NONE;
    case OP_BITS:
        if (v != TTA_INTEGER_NONE)
            return (uint64_t)v - (uint64_t)s->lo < 64 &&
                   ((uint64_t)s->hi >> ((uint64_t)v - (uint64_t)s->lo) & 1) != 0;
        break;
    case OP_TRUTH:
        if (v == 1)
            return ROW_YES;
        break;
    case OP_CHOICE:
        if (v == s->lo)
            return ROW_YES;
        break;
    case OP_SET:
        if (v != TTA_INTEGER_NONE)
            return (int)((uint64_t)s->lo >> v & 1);
        break;
    case OP_PREFIX:
        if (v != TTA_INTEGER_NONE)
            return begins(r->in[s->slot].text, r->t->program->texts[s->lo]);
        break;
    default:
        return compare(r, s);
    }
    return v != TTA_INTEGER_NONE ? ROW_NO : ROW_MISSING;
}

int tta_rules_ask(struct tta_rules_row *r, const struct tta_rules_step *s)
{
    return answer(r, s);
}

/* Where the answer leads, or TTA_RULES_FAIL, and then *why: ROW_MISSING or ROW_BAD. */
static inline uint16_t go_on(struct tta_rules_row *r, const struct tta_rules_step *s, int *why)
{
    int yes;

    if (s->how == OP_RANGE) { /* nearly all; branches, as processors guess them well */
        int64_t v = r->number[s->slot];

        if ((uint64_t)v - (uint64_t)s->lo <= (uint64_t)s->hi - (uint64_t)s->lo)
            return s->yes;
        if (v != TTA_INTEGER_NONE)
            return s->no;
        yes = ROW_MISSING;
    } else {
        yes = answer(r, s);
    }
    *why = yes;
    if (yes == ROW_BAD)
        return TTA_RULES_FAIL;
    if (yes == ROW_YES)
        return s->yes;
    if (yes == ROW_NO)
        return s->no;
    if (s->how < OP_COMPUTED && !tta_rules_is_pair(s->op))
        r->missing = s->slot;
    return s->missing;
}

int tta_rules_walk(struct tta_rules_row *r, uint16_t pc)
{
    const struct tta_rules_step *s = &r->code[pc];
    int why;

    while (s->op != OP_YES && s->op != OP_NO) {
        uint16_t next = go_on(r, s, &why);

        if (next == TTA_RULES_FAIL)
            return why;
        s = &r->code[next];
    }
    return s->op == OP_YES ? ROW_YES : ROW_NO;
}

static int fail_question(const struct tta_rules_row *r, int why, const struct tta_rules_step *s,
                         struct tta_error *e)
{
    if (s->missing == TTA_RULES_FAIL)
        return tta_rules_fail_value(r, why, s->rule, e);
    return tta_fail(e, TTA_E_DATA, "check %s: %s", r->t->checks[s->rule].id, r->bad);
}

static int take_hit(struct tta_rules_row *r, uint16_t rule, uint16_t *hits, size_t *count,
                    struct tta_error *e)
{
    const struct tta_rules *t = r->t;

    if (*count == 0 || t->hit_policy == TTA_HIT_COLLECT) {
        hits[(*count)++] = rule;
        return 0;
    }
    if (t->hit_policy == TTA_HIT_ANY)
        return tta_rules_compare_outputs(r, hits[0], rule, e);
    return tta_fail(e, TTA_E_DATA, "the rules %s and %s both take it", t->rules[hits[0]].id,
                    t->rules[rule].id);
}

static int run(struct tta_rules_row *r, uint16_t entry, uint16_t *hits, size_t *count,
               struct tta_error *e)
{
    const struct tta_rules *t = r->t;
    const struct tta_rules_step *code = r->code, *s = &code[entry];

    *count = 0;
    for (;;) {
        if (s->op < OP_BEGIN) {
            int why;
            uint16_t next = go_on(r, s, &why);

            if (next == TTA_RULES_FAIL)
                return fail_question(r, why, s, e);
            s = &code[next];
        } else if (s->op == OP_END) {
            break;
        } else if (s->op == OP_BAD) {
            return tta_fail(e, TTA_E_DATA, "%s (%s)",
                            t->program->danish ? t->checks[s->rule].because_da
                                               : t->checks[s->rule].because_en,
                            t->checks[s->rule].id);
        } else {
            if (s->op == OP_HIT && take_hit(r, s->rule, hits, count, e) != 0)
                return e->code;
            s = &code[s->yes];
        }
    }
    if (*count > 0 || t->hit_policy == TTA_HIT_COLLECT)
        return 0;
    if (!t->has_default)
        return tta_fail(e, TTA_E_DATA, "no rule of %s takes it", t->id);
    hits[(*count)++] = (uint16_t)t->rule_count;
    return 0;
}

static int answer_row(struct tta_rules_row *r, struct tta_rules_answer *out, struct tta_error *e)
{
    const struct tta_rules *t = r->t;
    const struct tta_rules_settled *settled = t->program->settled;
    uint16_t entry = t->program->entry;

    if (settled != NULL) {
        r->code = settled->code;
        r->values = settled->values;
        entry = settled->entry;
    }
    if (run(r, entry, out->hits, &out->hit_count, e) != 0)
        return e->code;
    return t->hit_policy == TTA_HIT_COLLECT ? tta_rules_collect(r, out, e)
                                            : tta_rules_give_all(r, out->hits[0], out->out, e);
}

/* Apart, so that tables that compute nothing do not pay for the room. */
static int answer_computed(struct tta_rules_row *r, struct tta_rules_answer *out,
                           struct tta_error *e)
{
    struct tta_rules_space space;

    tta_rules_row_begin(r, r->t, r->in, &space);
    return answer_row(r, out, e);
}

int tta_rules_answer(const struct tta_rules *rules, const union tta_slot *inputs,
                     struct tta_rules_answer *out, struct tta_error *e)
{
    struct tta_rules_row r;

    if (!tta_rules_take_inputs(rules, inputs, r.number))
        return tta_rules_fail_input(rules, inputs, r.number, e);
    r.in = inputs;
    r.t = rules;
    if (rules->program->value_count > 0)
        return answer_computed(&r, out, e);
    tta_rules_row_begin(&r, rules, inputs, NULL);
    return answer_row(&r, out, e);
}

int tta_rules_decide(const struct tta_rules *rules, const union tta_slot *inputs, size_t *rule,
                     struct tta_error *e)
{
    struct tta_rules_answer answer;

    if (tta_rules_answer(rules, inputs, &answer, e) != 0)
        return e->code;
    if (answer.hit_count != 1 || rules->hit_policy == TTA_HIT_COLLECT)
        return tta_fail(e, TTA_E_INTERNAL, "a table that collects has no one rule");
    *rule = answer.hits[0];
    return 0;
}
