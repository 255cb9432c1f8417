/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_RULES_NAIVE_VALUE_H
#define TESTS_UNIT_RULES_NAIVE_VALUE_H
/*
 * What an expression of naive_expression.h is of a row: walked as written, days counted one
 * by one, sums in 128 bits.
 */
#include "naive_calendar.h"
#include "naive_expression.h"

enum { NOT_A_DAY = -1000000 };
__extension__ typedef __int128 wide;

static const char *const wrong[] = {"a day outside 1800 to 2199", "a number too large to hold",
                                    "an age before the birth", "a division by zero",
                                    "today, which is not known"};
enum { NO_DAY, TOO_LARGE, UNBORN, BY_ZERO, NO_TODAY };

/* A value; failed: bits of the columns that were missing, and 1 << 20 and up of what was wrong. */
struct value {
    uint32_t failed;
    bool nothing; /* null */
    int64_t n;    /* days from 1800 */
    const char *text;
};

static struct value row[INPUTS], readings[CHOICES + 1];
static int today;

static struct value number(wide n)
{
    struct value v = {0};

    v.n = (int64_t)n;
    if (n > INT64_MAX || n <= INT64_MIN)
        v.failed = 1u << (20 + TOO_LARGE);
    return v;
}

static struct value failing(int why)
{
    struct value v = {.failed = 1u << (20 + why)};

    return v;
}

static struct value day(wide n)
{
    return n < 0 || n >= NAIVE_DAYS ? failing(NO_DAY) : number(n);
}

static struct value constant(enum type type, int i)
{
    static const int64_t integers[] = {0, 1, -3, 12, 84, INT64_MAX};
    static const int64_t micro[] = {-250000, 0, 1500000, 1, -1000000500000, 100500000};
    static const int64_t ore[] = {10, 20, 10000, -505, 100000000001, 0};
    static const int truth[] = {0, 1, 1, 0, 1, 0}, choice[] = {0, 1, 2, 2, 1, 0};
    static const int dates[][3] = {{1800, 1, 1},  {1999, 12, 31}, {2000, 2, 29},
                                   {2012, 1, 31}, {2012, 3, 1},   {2199, 12, 31}};
    static const char *const texts[] = {"", "x", "xy", "xyz", "y", "xyx"};
    struct value v = {0};

    v.text = type == TEXT ? texts[i] : NULL;
    v.n = type == INT    ? integers[i]
          : type == DEC  ? micro[i]
          : type == MON  ? ore[i]
          : type == BOOL ? truth[i]
          : type == DAY ? naive_first[(dates[i][0] - 1800) * 12 + dates[i][1] - 1] + dates[i][2] - 1
                        : choice[i];
    return v;
}

static int order(enum type type, struct value a, struct value b)
{
    return type == TEXT ? strcmp(a.text, b.text) : (a.n > b.n) - (a.n < b.n);
}

static struct value compare(enum type type, int how, struct value a, struct value b)
{
    const int o = a.failed | b.failed ? 0 : order(type, a, b);
    const bool results[] = {o<0, o <= 0, o == 0, o != 0, o> 0, o >= 0};
    struct value v = {.failed = a.failed | b.failed, .n = results[how]};

    return v; /* which of two that are missing is told is not said anywhere */
}

/* To the nearest, halves away from zero. */
static struct value rounded(wide a, wide b)
{
    wide half = a < 0 ? -1 : 1;

    if (b < 0) {
        a = -a;
        b = -b;
        half = -half;
    }
    return number((2 * a + half * b) / (2 * b));
}

static struct value multiply(const struct expression *x, int64_t a, int64_t b)
{
    enum type left = x->parts[0]->type, right = x->parts[1]->type;

    return rounded((wide)a * b, left != INT && right != INT ? 1000000 : 1);
}

static struct value divide(const struct expression *x, int64_t a, int64_t b)
{
    enum type left = x->parts[0]->type, right = x->parts[1]->type;
    wide scale = left == right || left == MON ? 1000000 : right == DEC ? 1000000000000 : 1;

    if (left != INT && right == INT)
        scale = 1;
    return b == 0 ? failing(BY_ZERO) : rounded(a * scale, b);
}

static struct value evaluate(const struct expression *x);

static struct value both(const struct expression *x, struct value a, struct value b)
{
    int on = (int)a.n;

    switch (x->kind) {
    case PLUS:
        return number((wide)a.n + b.n);
    case MINUS:
        return number((wide)a.n - b.n);
    case TIMES:
        return multiply(x, a.n, b.n);
    case DIVIDE:
        return divide(x, a.n, b.n);
    case LEAST:
        return a.n < b.n ? a : b;
    case MOST:
        return a.n > b.n ? a : b;
    case DAYS:
        return number(b.n - a.n);
    case WEEKS:
        return number((b.n - a.n) / 7);
    case ADD_DAYS:
        return day((wide)a.n + b.n);
    case ADD_WEEKS:
        return day((wide)a.n + (wide)b.n * 7);
    case ADD_MONTHS:
        return b.n < -5000 || b.n > 5000 ? failing(NO_DAY) : day(naive_add_months(on, b.n));
    default:
        return naive_age(on, (int)b.n) < 0 ? failing(UNBORN) : number(naive_age(on, (int)b.n));
    }
}

/* What has operands that must all be there, from left to right. */
static struct value compute(const struct expression *x)
{
    struct value a = evaluate(x->parts[0]);

    if (a.failed != 0)
        return a;
    if (x->kind == NEGATE)
        return number(-(wide)a.n);
    if (x->kind == WEEK)
        return number(naive_iso_week((int)a.n));
    if (x->kind == MONTH_END)
        return number(naive_month_end((int)a.n));
    for (int i = 1; i < x->count && a.failed == 0; i++) {
        struct value b = evaluate(x->parts[i]);

        a = b.failed != 0 ? b : both(x, a, b);
    }
    return a;
}

static struct value condition(const struct expression *x)
{
    struct value v = {.n = x->kind == ALL}, other;

    switch (x->kind) {
    case ALL:
    case ANY:
        for (int i = 0; i < x->count && v.failed == 0 && v.n == (x->kind == ALL); i++)
            v = evaluate(x->parts[i]);
        return v;
    case NOT:
    case NOT_NOT:
        v = evaluate(x->parts[0]);
        v.n = v.n == (x->kind == NOT_NOT);
        return v;
    case COMPARE:
    case BETWEEN:
        v = evaluate(x->parts[1]);
        other = compare(x->parts[0]->type, x->value, evaluate(x->parts[0]), v);
        return x->kind == COMPARE || other.failed != 0 || other.n == 0
                   ? other
                   : compare(x->parts[0]->type, x->value, v, evaluate(x->parts[2]));
    case IN:
        other = evaluate(x->parts[0]);
        v.failed = other.failed;
        for (int i = 0; i < CONSTANTS && v.failed == 0; i++)
            if ((x->value >> i & 1) != 0)
                v.n |= order(x->parts[0]->type, other, constant(x->parts[0]->type, i)) == 0;
        return v;
    case STARTS:
        v = evaluate(x->parts[0]);
        other = evaluate(x->parts[1]);
        if ((v.failed |= other.failed) == 0)
            v.n = strncmp(v.text, other.text, strlen(other.text)) == 0;
        return v;
    default:
        v.n = (row[x->value].failed != 0) == (x->kind == MISSING);
        return v;
    }
}

static struct value evaluate(const struct expression *x)
{
    struct value v = {0};

    switch (x->kind) {
    case CONSTANT:
        return constant(x->type, x->value);
    case COLUMN:
        return row[x->value];
    case OPTION:
        return readings[x->value];
    case TODAY:
        return today == NOT_A_DAY ? failing(NO_TODAY) : number(today);
    case NOTHING:
        v.nothing = true;
        return v;
    case IF:
        v = evaluate(x->parts[0]);
        return v.failed != 0 ? v : evaluate(x->parts[v.n != 0 ? 1 : 2]);
    default:
        return x->kind >= ALL ? condition(x) : compute(x);
    }
}

#endif
