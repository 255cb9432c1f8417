/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From what the computed values must be back to what the columns can be. */
#include "solve.h"

__extension__ typedef __int128 wide; /* gcc and clang on every 64-bit Debian */

/* Slack for roundings and for the lengths of months: an interval may be too wide, never too
 * narrow. */
#define MONTH_SLACK 4

static wide floor_div(wide x, wide y)
{
    wide q = x / y;

    return q - (x % y != 0 && (x < 0) != (y < 0));
}

/* The slot has a value, from lo to hi. */
static void hold(struct tta_solver *s, uint16_t slot, wide lo, wide hi)
{
    struct tta_range *r = &s->ranges[slot];

    s->must[slot] = true;
    r->missing = r->bad = false;
    if (lo > r->lo)
        r->lo = lo > INT64_MAX ? INT64_MAX : (int64_t)lo;
    if (hi < r->hi)
        r->hi = hi < TTA_RANGE_LEAST ? TTA_RANGE_LEAST : (int64_t)hi;
    r->some = r->some && r->lo <= r->hi && lo <= INT64_MAX && hi >= TTA_RANGE_LEAST;
}

static void hold_any(struct tta_solver *s, uint16_t slot)
{
    hold(s, slot, TTA_RANGE_LEAST, INT64_MAX);
}

static int64_t later(int64_t day, int64_t months, int64_t slack)
{
    if (months < -4800 || months > 4800 || day < TTA_RULES_FIRST_DAY || day > TTA_RULES_LAST_DAY)
        return slack < 0 ? TTA_RANGE_LEAST : INT64_MAX;
    return tta_date_add_months((tta_date)day, (int)months) + slack;
}

/* a x by / over, rounded, is from lo to hi: so is a. */
static void hold_scaled(struct tta_solver *s, uint16_t slot, const struct tta_range *r, wide by,
                        wide over)
{
    wide one, other;

    if (by == 0 || over == 0)
        return;
    if (by < 0) {
        by = -by;
        over = -over;
    }
    one = over > 0 ? floor_div((wide)r->lo * over - over, by)
                   : floor_div((wide)r->hi * over + over, by);
    other = over > 0 ? floor_div((wide)r->hi * over + over, by) + 1
                     : floor_div((wide)r->lo * over - over, by) + 1;
    hold(s, slot, one, other);
}

static bool single(const struct tta_range *r)
{
    return r->some && r->lo == r->hi;
}

static void back_age(struct tta_solver *s, const struct tta_rules_value *v,
                     const struct tta_range *r, struct tta_range birth, struct tta_range day)
{
    hold(s, v->a, later(day.lo, -12 * (r->hi + 1), -MONTH_SLACK),
         later(day.hi, -12 * r->lo, MONTH_SLACK));
    hold(s, v->b, later(birth.lo, 12 * r->lo, -MONTH_SLACK),
         later(birth.hi, 12 * (r->hi + 1), MONTH_SLACK));
}

/* What a number or day says of the two that it was made of. */
static void back_pair(struct tta_solver *s, const struct tta_rules_value *v,
                      const struct tta_range *r)
{
    const struct tta_range a = s->ranges[v->a], b = s->ranges[v->b];
    wide lo = r->lo, hi = r->hi;

    switch (v->op) {
    case VALUE_ADD:
        hold(s, v->a, lo - b.hi, hi - b.lo);
        hold(s, v->b, lo - a.hi, hi - a.lo);
        return;
    case VALUE_SUBTRACT:
        hold(s, v->a, lo + b.lo, hi + b.hi);
        hold(s, v->b, a.lo - hi, a.hi - lo);
        return;
    case VALUE_WEEKS:
        lo = lo > 0 ? lo * 7 : lo * 7 - 6;
        hi = hi < 0 ? hi * 7 : hi * 7 + 6; /* fall through */
    case VALUE_DAYS:
        hold(s, v->a, b.lo - hi, b.hi - lo);
        hold(s, v->b, a.lo + lo, a.hi + hi);
        return;
    case VALUE_MULTIPLY:
        if (single(&b))
            hold_scaled(s, v->a, r, b.lo, v->scale);
        if (single(&a))
            hold_scaled(s, v->b, r, a.lo, v->scale);
        return;
    case VALUE_DIVIDE:
        if (single(&b))
            hold_scaled(s, v->a, r, v->scale, b.lo);
        return;
    case VALUE_MIN:
    case VALUE_MIN_DATE:
        hold(s, v->a, lo, b.lo > hi ? hi : INT64_MAX);
        hold(s, v->b, lo, a.lo > hi ? hi : INT64_MAX);
        return;
    case VALUE_MAX:
    case VALUE_MAX_DATE:
        hold(s, v->a, b.hi < lo ? lo : TTA_RANGE_LEAST, hi);
        hold(s, v->b, a.hi < lo ? lo : TTA_RANGE_LEAST, hi);
        return;
    case VALUE_ADD_DAYS:
        hold(s, v->a, lo - (wide)b.hi * v->scale, hi - (wide)b.lo * v->scale);
        hold(s, v->b, floor_div(lo - a.hi, v->scale), floor_div(hi - a.lo, v->scale) + 1);
        return;
    case VALUE_ADD_MONTHS:
        hold(s, v->a, later(r->lo, -b.hi, -MONTH_SLACK), later(r->hi, -b.lo, MONTH_SLACK));
        return;
    default:
        back_age(s, v, r, a, b);
        return;
    }
}

/* The branch that is taken has the value. */
static void back_choice(struct tta_solver *s, const struct tta_rules_value *v,
                        const struct tta_range *r)
{
    unsigned ends = tta_solver_ends(s, v);
    const struct tta_range *a = &s->ranges[v->a], *b = &s->ranges[v->b];
    bool yes = (ends >> ROW_YES & 1) != 0 && a->some && a->lo <= r->hi && a->hi >= r->lo;
    bool no = (ends >> ROW_NO & 1) != 0 && b->some && b->lo <= r->hi && b->hi >= r->lo;

    if (yes && !no)
        hold(s, v->a, r->lo, r->hi);
    else if (no && !yes)
        hold(s, v->b, r->lo, r->hi);
}

static void back(struct tta_solver *s, size_t i)
{
    const struct tta_rules_value *v = &s->a->t->program->values[i];
    const struct tta_range r = s->ranges[s->a->t->input_count + i];

    if (v->op == VALUE_IF) {
        back_choice(s, v, &r);
    } else if (v->op == VALUE_MONTH_END) {
        hold(s, v->a, (wide)r.lo - 30, r.hi);
    } else if (v->op == VALUE_ISO_WEEK || v->op == VALUE_INPUT) {
        hold_any(s, v->a);
    } else if (v->op >= VALUE_ADD) {
        hold_any(s, v->a);
        hold_any(s, v->b);
        if (s->ranges[v->a].some && s->ranges[v->b].some)
            back_pair(s, v, &r);
    }
}

/* ---- what the state asks for ---- */

static bool has(const struct tta_solver *s, const struct tta_variable_of *v, size_t region)
{
    return (s->state[v->word + region / 64] >> region % 64 & 1) != 0;
}

/* Two values in one of the orders that the state leaves. */
static void hold_order(struct tta_solver *s, const struct tta_variable_of *v, unsigned signs)
{
    const struct tta_range x = s->ranges[v->a], y = s->ranges[v->b];

    hold_any(s, v->a);
    hold_any(s, v->b);
    if (v->type == TTA_TEXT || (signs & 5) == 5)
        return;
    if ((signs & 4) == 0) { /* x <= y, or below */
        hold(s, v->a, TTA_RANGE_LEAST, (wide)y.hi - (signs == 1));
        hold(s, v->b, (wide)x.lo + (signs == 1), INT64_MAX);
    }
    if ((signs & 1) == 0) {
        hold(s, v->a, (wide)y.lo + (signs == 4), INT64_MAX);
        hold(s, v->b, TTA_RANGE_LEAST, (wide)x.hi - (signs == 4));
    }
}

/* false: the value is in none of the regions that the state leaves it. */
static bool require(struct tta_solver *s, const struct tta_variable_of *v)
{
    bool full = true, missing = false, some = false;
    int64_t lo = INT64_MAX, hi = TTA_RANGE_LEAST;
    unsigned signs = 0;

    for (size_t i = 0; i < v->count; i++) {
        const struct tta_region *g = &v->regions[i];

        full = full && has(s, v, i);
        if (!has(s, v, i) || !tta_solver_meets(s, v, i))
            continue;
        missing = missing || g->missing;
        if (g->missing)
            continue;
        some = true;
        lo = g->lo < lo ? g->lo : lo;
        hi = g->hi > hi ? g->hi : hi;
        if (v->kind == VARIABLE_ORDER)
            signs |= 1U << (g->lo + 1);
    }
    if (full || missing)
        return true;
    if (!some)
        return false;
    if (v->kind == VARIABLE_ORDER)
        hold_order(s, v, signs);
    else if (v->type == TTA_TEXT)
        hold_any(s, v->a);
    else
        hold(s, v->a, lo, hi);
    return true;
}

static bool take_back(struct tta_solver *s, struct tta_range *box, const struct tta_range *r)
{
    if (!r->some)
        return false;
    s->changed = s->changed || box->missing || r->lo > box->lo || r->hi < box->hi;
    box->missing = false;
    box->lo = r->lo > box->lo ? r->lo : box->lo;
    box->hi = r->hi < box->hi ? r->hi : box->hi;
    return box->lo <= box->hi;
}

/* One round: forward, what is required, and back. */
static bool narrow_once(struct tta_solver *s)
{
    const struct tta_analysis *a = s->a;
    const struct tta_rules *t = a->t;
    size_t inputs = t->input_count;

    tta_solver_forward(s);
    memset(s->must, 0, (inputs + t->program->value_count) * sizeof *s->must);
    for (size_t i = 0; i < s->wanted_count; i++)
        if (!s->ranges[s->wanted[i]].missing)
            hold_any(s, s->wanted[i]);
    for (size_t i = inputs; i < a->variable_count; i++)
        if (!require(s, &a->variables[i]))
            return false;
    for (size_t i = t->program->value_count; i-- > 0;) {
        if (!s->must[inputs + i])
            continue;
        if (!s->ranges[inputs + i].some)
            return false;
        if (t->program->values[i].op == VALUE_TODAY) {
            if (!take_back(s, &s->box[inputs], &s->ranges[inputs + i]))
                return false;
        } else {
            back(s, i);
        }
    }
    for (size_t i = 0; i < inputs; i++)
        if (s->must[i] && !take_back(s, &s->box[i], &s->ranges[i]))
            return false;
    return true;
}

bool tta_solver_narrow(struct tta_solver *s)
{
    do {
        s->changed = false;
        if (!narrow_once(s))
            return false;
    } while (s->changed && *s->left > 0);
    return true;
}
