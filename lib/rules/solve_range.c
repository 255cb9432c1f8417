/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From what the columns can be to what the computed values can be. */
#include "solve.h"
#include "tta/number.h"

__extension__ typedef __int128 wide; /* gcc and clang on every 64-bit Debian */

static int64_t held(wide x, bool *bad)
{
    if (x >= TTA_RANGE_LEAST && x <= INT64_MAX)
        return (int64_t)x;
    *bad = true;
    return x < 0 ? TTA_RANGE_LEAST : INT64_MAX;
}

static void take(struct tta_range *r, wide x)
{
    int64_t n = held(x, &r->bad);

    r->lo = !r->some || n < r->lo ? n : r->lo;
    r->hi = !r->some || n > r->hi ? n : r->hi;
    r->some = true;
}

/* x / y, halves away from zero. */
static wide rounded(wide x, wide y)
{
    wide sign = (x < 0) == (y < 0) ? 1 : -1;

    x = x < 0 ? -x : x;
    y = y < 0 ? -y : y;
    return sign * ((2 * (x % y) >= y ? 1 : 0) + x / y);
}

static void quotients(struct tta_range *r, const struct tta_range *a, int64_t scale,
                      const struct tta_range *b)
{
    int64_t ends[4] = {b->lo, b->hi < -1 ? b->hi : -1, b->lo > 1 ? b->lo : 1, b->hi};

    r->bad = r->bad || (b->lo <= 0 && b->hi >= 0);
    for (int i = 0; i < 4; i++)
        if (ends[i] != 0 && ends[i] >= b->lo && ends[i] <= b->hi) {
            take(r, rounded((wide)a->lo * scale, ends[i]));
            take(r, rounded((wide)a->hi * scale, ends[i]));
        }
}

static void clip_days(struct tta_range *r)
{
    if (r->some && (r->lo < TTA_RULES_FIRST_DAY || r->hi > TTA_RULES_LAST_DAY)) {
        r->bad = true;
        r->lo = r->lo < TTA_RULES_FIRST_DAY ? TTA_RULES_FIRST_DAY : r->lo;
        r->hi = r->hi > TTA_RULES_LAST_DAY ? TTA_RULES_LAST_DAY : r->hi;
        r->some = r->lo <= r->hi;
    }
}

/* The same as eval.c: what is so far away is no day. */
static struct tta_range within(const struct tta_range *n, int64_t most)
{
    struct tta_range r = *n;

    r.lo = r.lo < -most ? -most : r.lo;
    r.hi = r.hi > most ? most : r.hi;
    r.bad = r.bad || n->lo < -most || n->hi > most;
    r.some = r.lo <= r.hi;
    return r;
}

static void add_months(struct tta_range *r, const struct tta_range *a, const struct tta_range *n)
{
    struct tta_range m = within(n, 4800);

    r->bad = r->bad || m.bad;
    if (!m.some)
        return;
    take(r, tta_date_add_months((tta_date)a->lo, (int)m.lo));
    take(r, tta_date_add_months((tta_date)a->hi, (int)m.hi));
    clip_days(r);
}

static void add_days(struct tta_range *r, const struct tta_range *a, const struct tta_range *n,
                     int64_t scale)
{
    struct tta_range m = within(n, 1000000);

    r->bad = r->bad || m.bad;
    if (!m.some)
        return;
    take(r, (wide)a->lo + (wide)m.lo * scale);
    take(r, (wide)a->hi + (wide)m.hi * scale);
    clip_days(r);
}

static int64_t years(int64_t birth, int64_t day)
{
    int y1, m1, d1, y2, m2, d2;

    tta_date_to_ymd((tta_date)birth, &y1, &m1, &d1);
    tta_date_to_ymd((tta_date)day, &y2, &m2, &d2);
    return y2 - y1 - (m2 < m1 || (m2 == m1 && d2 < d1));
}

static void ages(struct tta_range *r, const struct tta_range *birth, const struct tta_range *day)
{
    r->bad = r->bad || day->lo < birth->hi;
    if (day->hi < birth->lo)
        return;
    take(r, day->lo < birth->hi ? 0 : years(birth->hi, day->lo));
    take(r, years(birth->lo, day->hi));
}

static int64_t month_end(int64_t day)
{
    int year, month, dom;
    tta_date first = (tta_date)day;

    tta_date_to_ymd((tta_date)day, &year, &month, &dom);
    tta_date_from_ymd(year, month, 1, &first);
    return tta_date_add_months(first, 1) - 1;
}

static void weeks_of_year(struct tta_range *r, const struct tta_range *day)
{
    int first_year, last_year, first, last;

    tta_date_iso_week((tta_date)day->lo, &first_year, &first);
    tta_date_iso_week((tta_date)day->hi, &last_year, &last);
    take(r, first_year == last_year ? first : 1);
    take(r, first_year == last_year ? last : 53);
}

/* Of two numbers. */
static void combine(struct tta_range *r, const struct tta_rules_value *v, const struct tta_range *a,
                    const struct tta_range *b)
{
    switch (v->op) {
    case VALUE_ADD:
        take(r, (wide)a->lo + b->lo);
        take(r, (wide)a->hi + b->hi);
        return;
    case VALUE_SUBTRACT:
        take(r, (wide)a->lo - b->hi);
        take(r, (wide)a->hi - b->lo);
        return;
    case VALUE_MULTIPLY:
        take(r, rounded((wide)a->lo * b->lo, v->scale));
        take(r, rounded((wide)a->lo * b->hi, v->scale));
        take(r, rounded((wide)a->hi * b->lo, v->scale));
        take(r, rounded((wide)a->hi * b->hi, v->scale));
        return;
    case VALUE_DIVIDE:
        quotients(r, a, v->scale, b);
        return;
    case VALUE_MIN:
    case VALUE_MIN_DATE:
        take(r, a->lo < b->lo ? a->lo : b->lo);
        take(r, a->hi < b->hi ? a->hi : b->hi);
        return;
    case VALUE_MAX:
    case VALUE_MAX_DATE:
        take(r, a->lo > b->lo ? a->lo : b->lo);
        take(r, a->hi > b->hi ? a->hi : b->hi);
        return;
    case VALUE_DAYS:
    case VALUE_WEEKS:
        take(r, ((wide)b->lo - a->hi) / (v->op == VALUE_WEEKS ? 7 : 1));
        take(r, ((wide)b->hi - a->lo) / (v->op == VALUE_WEEKS ? 7 : 1));
        return;
    case VALUE_ADD_DAYS:
        add_days(r, a, b, v->scale);
        return;
    case VALUE_ADD_MONTHS:
        add_months(r, a, b);
        return;
    default:
        ages(r, a, b);
        return;
    }
}

static void compute(const struct tta_solver *s, struct tta_range *r,
                    const struct tta_rules_value *v)
{
    const struct tta_range *a = &s->ranges[v->a], *b;
    bool alone = v->op == VALUE_INPUT || v->op == VALUE_ISO_WEEK || v->op == VALUE_MONTH_END;

    b = alone ? a : &s->ranges[v->b];
    r->missing = a->missing || b->missing;
    r->bad = a->bad || b->bad;
    if (!a->some || !b->some)
        return;
    if (v->op == VALUE_INPUT) {
        take(r, 0);
    } else if (v->op == VALUE_ISO_WEEK) {
        weeks_of_year(r, a);
    } else if (v->op == VALUE_MONTH_END) {
        take(r, month_end(a->lo));
        take(r, month_end(a->hi));
    } else {
        combine(r, v, a, b);
    }
}

/* ---- conditions within values ---- */

bool tta_solver_meets(const struct tta_solver *s, const struct tta_variable_of *v, size_t region)
{
    const struct tta_region *g = &v->regions[region];
    const struct tta_range *x = &s->ranges[v->a];

    if (v->kind == VARIABLE_ORDER) {
        const struct tta_range *y = &s->ranges[v->b];

        if (g->missing)
            return x->missing || y->missing;
        if (!x->some || !y->some)
            return false;
        if (v->type == TTA_TEXT)
            return true;
        return g->lo < 0   ? x->lo < y->hi
               : g->lo > 0 ? x->hi > y->lo
                           : x->lo <= y->hi && y->lo <= x->hi;
    }
    if (g->missing)
        return x->missing;
    if (v->type == TTA_TEXT && v->kind == VARIABLE_INPUT)
        return x->some && x->lo <= (int64_t)region && x->hi >= (int64_t)region;
    return x->some && (v->type == TTA_TEXT || (x->lo <= g->hi && x->hi >= g->lo));
}

/* The answers that a question can have, as bits. */
static unsigned answers(const struct tta_solver *s, size_t pc)
{
    const struct tta_analysis *a = s->a;
    const struct tta_question *q = &a->questions[pc];
    const struct tta_variable_of *v;
    unsigned found = 0;

    if (q->variable < 0)
        return 1U << q->answer;
    v = &a->variables[q->variable];
    for (size_t i = 0; i < v->count; i++) {
        size_t w = i / 64, b = i % 64;
        int answer = (a->bits[q->yes + w] >> b & 1) != 0       ? ROW_YES
                     : (a->bits[q->missing + w] >> b & 1) != 0 ? ROW_MISSING
                     : (a->bits[q->bad + w] >> b & 1) != 0     ? ROW_BAD
                                                               : ROW_NO;

        if (tta_solver_meets(s, v, i))
            found |= 1U << answer;
    }
    if (v->kind != VARIABLE_INPUT &&
        (s->ranges[v->a].bad || (v->kind == VARIABLE_ORDER && s->ranges[v->b].bad)))
        found |= 1U << ROW_BAD;
    return found;
}

static unsigned follow(const struct tta_solver *s, size_t pc, int depth)
{
    const struct tta_rules_step *code = s->a->t->program->code, *at = &code[pc];
    unsigned can, ends = 0;

    if (at->op == OP_YES || at->op == OP_NO)
        return 1U << (at->op == OP_YES ? ROW_YES : ROW_NO);
    if (depth == 24)
        return 1U << ROW_YES | 1U << ROW_NO | 1U << ROW_MISSING | 1U << ROW_BAD;
    can = answers(s, pc);
    if ((can >> ROW_YES & 1) != 0)
        ends |= follow(s, at->yes, depth + 1);
    if ((can >> ROW_NO & 1) != 0)
        ends |= follow(s, at->no, depth + 1);
    if ((can >> ROW_MISSING & 1) != 0)
        ends |=
            at->missing == TTA_RULES_FAIL ? 1U << ROW_MISSING : follow(s, at->missing, depth + 1);
    return ends | (can & 1U << ROW_BAD);
}

unsigned tta_solver_ends(const struct tta_solver *s, const struct tta_rules_value *v)
{
    return follow(s, v->pc, 0);
}

static void join(struct tta_range *r, const struct tta_range *x)
{
    r->missing = r->missing || x->missing;
    r->bad = r->bad || x->bad;
    if (x->some) {
        take(r, x->lo);
        take(r, x->hi);
    }
}

static void choose(const struct tta_solver *s, struct tta_range *r, const struct tta_rules_value *v)
{
    unsigned ends = tta_solver_ends(s, v);
    bool yes = (ends >> ROW_YES & 1) != 0, no = (ends >> ROW_NO & 1) != 0;

    r->missing = (ends >> ROW_MISSING & 1) != 0;
    r->bad = (ends >> ROW_BAD & 1) != 0;
    if (v->op == VALUE_IF) {
        if (yes)
            join(r, &s->ranges[v->a]);
        if (no)
            join(r, &s->ranges[v->b]);
        return;
    }
    if (yes)
        take(r, 1);
    if (no)
        take(r, 0);
}

static int64_t number_of(enum tta_type type, const union tta_slot *v)
{
    return type == TTA_DATE      ? v->date
           : type == TTA_BOOLEAN ? v->boolean
           : type == TTA_CHOICE  ? v->choice
           : type == TTA_TEXT    ? 0
                                 : v->integer;
}

void tta_solver_forward(struct tta_solver *s)
{
    const struct tta_rules *t = s->a->t;
    const struct tta_rules_program *p = t->program;

    *s->left -= 1 + (int64_t)(t->input_count + 2 * p->value_count);
    memcpy(s->ranges, s->box, t->input_count * sizeof *s->ranges);
    for (size_t i = 0; i < p->value_count; i++) {
        const struct tta_rules_value *v = &p->values[i];
        struct tta_range *r = &s->ranges[t->input_count + i];

        memset(r, 0, sizeof *r);
        if (v->op == VALUE_CONSTANT)
            take(r, number_of(v->column.type, &v->constant));
        else if (v->op == VALUE_OPTION)
            take(r, number_of(v->column.type, &p->readings[v->a]));
        else if (v->op == VALUE_NULL)
            r->missing = true;
        else if (v->op == VALUE_TODAY)
            *r = s->box[t->input_count];
        else if (v->op == VALUE_IF || v->op == VALUE_CONDITION)
            choose(s, r, v);
        else
            compute(s, r, v);
    }
}
