/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_RULES_NAIVE_EXPRESSION_H
#define TESTS_UNIT_RULES_NAIVE_EXPRESSION_H
/* Random expressions of every operator and type, as trees and as text. */
#include "document.h"
#include "tta/random.h"

enum type { INT, DEC, MON, DAY, BOOL, TEXT, CHOICES };

enum kind {
    CONSTANT,
    COLUMN,
    OPTION,
    TODAY,
    NOTHING,
    PLUS,
    MINUS,
    NEGATE,
    TIMES,
    DIVIDE,
    LEAST,
    MOST,
    IF,
    DAYS,
    WEEKS,
    ADD_DAYS,
    ADD_WEEKS,
    ADD_MONTHS,
    AGE,
    WEEK,
    MONTH_END,
    ALL,
    ANY,
    NOT,
    NOT_NOT,
    COMPARE,
    BETWEEN,
    IN,
    STARTS,
    MISSING,
    PRESENT
};

struct expression {
    enum kind kind;
    enum type type;
    int value; /* which constant, column, comparison; IN: the constants as bits */
    int count;
    struct expression *parts[3];
};

static const char *const naive_columns[] = {"i",  "i2", "d",  "d2", "m",  "m2", "t",
                                            "t2", "b",  "b2", "s",  "s2", "c",  "c2"};
static const char *const naive_options[] = {"oi", "od", "om", "ot", "ob", "os", "oc"};
static const char *const comparisons[] = {"<", "<=", "==", "!=", ">", ">="};

enum { CONSTANTS = 6 };
static const char *const written[][CONSTANTS] = {
    {"0", "1", "-3", "12", "84", "9223372036854775807"},
    {"-0.25", "0.0", "1.5", "0.000001", "-1000000.5", "100.5"},
    {"0.1", "0.2", "100", "-5.05", "1000000000.01", "0"},
    {"\"1800-01-01\"", "\"1999-12-31\"", "\"2000-02-29\"", "\"2012-01-31\"", "\"2012-03-01\"",
     "\"2199-12-31\""},
    {"false", "true", "true", "false", "true", "false"},
    {"\"\"", "\"x\"", "\"xy\"", "\"xyz\"", "\"y\"", "\"xyx\""},
    {"\"red\"", "\"green\"", "\"blue\"", "\"blue\"", "\"green\"", "\"red\""},
};

static struct tta_stream s;
static struct expression pool[20000];
static size_t used;

static int draw(int n)
{
    return (int)tta_stream_below(&s, (uint64_t)n);
}

static struct expression *draw_value(enum type type, int depth, bool constant);

static struct expression *new_expression(enum kind kind, enum type type, int value)
{
    struct expression *x = &pool[used++];

    ck_assert_uint_lt(used, sizeof pool / sizeof *pool);
    memset(x, 0, sizeof *x);
    x->kind = kind;
    x->type = type;
    x->value = value;
    return x;
}

static struct expression *of(enum kind kind, enum type type, int value, struct expression *a,
                             struct expression *b, struct expression *c)
{
    struct expression *x = new_expression(kind, type, value);

    x->parts[0] = a;
    x->parts[1] = b;
    x->parts[2] = c;
    x->count = c != NULL ? 3 : b != NULL ? 2 : 1;
    return x;
}

static struct expression *draw_leaf(enum type type, bool constant)
{
    int n = draw(constant ? 4 : 3);

    if (n == 3)
        return new_expression(CONSTANT, type, draw(CONSTANTS));
    if (n == 2 && type == DAY && draw(2))
        return new_expression(TODAY, type, 0);
    return n == 2 ? new_expression(OPTION, type, (int)type)
                  : new_expression(COLUMN, type, (int)type * 2 + draw(2));
}

static struct expression *draw_condition(int depth)
{
    static const enum kind chains[] = {ALL, ANY, NOT, NOT_NOT};
    enum type type = (enum type)draw(CHOICES + 1);
    struct expression *a, *b;
    int kind = draw(10);

    if (kind < 4) {
        a = draw_value(BOOL, depth, true);
        b = kind < 2 ? draw_value(BOOL, depth, true) : NULL;
        return of(chains[kind], BOOL, 0, a, b,
                  kind < 2 && draw(2) ? draw_value(BOOL, depth, true) : NULL);
    }
    if (kind == 4)
        return new_expression(draw(2) ? MISSING : PRESENT, BOOL, draw(INPUTS));
    if (kind == 5)
        return of(STARTS, BOOL, 0, draw_value(TEXT, depth, false), draw_value(TEXT, depth, true),
                  NULL);
    if (kind == 6)
        return of(IN, BOOL, 1 + draw((1 << CONSTANTS) - 1), draw_value(type, depth, false), NULL,
                  NULL);
    if (kind == 7) {
        type = (enum type)draw(BOOL);
        return of(BETWEEN, BOOL, draw(2), draw_value(type, depth, false),
                  draw_value(type, depth, false), draw_value(type, depth, true));
    }
    a = draw_value(type, depth, false);
    b = draw_value(type, depth, true);
    return draw(2) ? of(COMPARE, BOOL, type <= DAY ? draw(6) : 2 + draw(2), a, b, NULL)
                   : of(COMPARE, BOOL, type <= DAY ? draw(6) : 2 + draw(2), b, a, NULL);
}

static struct expression *draw_integer(int depth)
{
    static const enum kind two_days[] = {DAYS, WEEKS, AGE};

    if (draw(4) == 0)
        return of(WEEK, INT, 0, draw_value(DAY, depth, true), NULL, NULL);
    if (draw(2))
        return of(two_days[draw(3)], INT, 0, draw_value(DAY, depth, true),
                  draw_value(DAY, depth, true), NULL);
    return of(TIMES, INT, 0, draw_value(INT, depth, false), draw_value(INT, depth, true), NULL);
}

/* Kroner as a constant beside * and / would be a number: they stand as columns there. */
static struct expression *draw_product(enum type type, int depth)
{
    static const enum type decimals[][2] = {{INT, DEC}, {DEC, DEC}, {INT, INT}, {MON, MON}};
    const enum type *pair = decimals[draw(4)];
    enum type other = draw(2) ? INT : DEC;

    if (type == MON && draw(2))
        return of(TIMES, MON, 0, draw_value(other, depth, true), draw_value(MON, depth, false),
                  NULL);
    if (type == MON)
        return of(draw(2) ? TIMES : DIVIDE, MON, 0, draw_value(MON, depth, false),
                  draw_value(other, depth, true), NULL);
    if (draw(2))
        return of(TIMES, DEC, 0, draw_value(DEC, depth, false), draw_value(other, depth, true),
                  NULL);
    if (draw(2))
        return of(DIVIDE, DEC, 0, draw_value(DEC, depth, false), draw_value(INT, depth, true),
                  NULL);
    return of(DIVIDE, DEC, 0, draw_value(pair[0], depth, false), draw_value(pair[1], depth, false),
              NULL);
}

static struct expression *draw_day(int depth)
{
    static const enum kind added[] = {ADD_DAYS, ADD_WEEKS, ADD_MONTHS, ADD_MONTHS};

    return draw(5) == 0 ? of(MONTH_END, DAY, 0, draw_value(DAY, depth, true), NULL, NULL)
                        : of(added[draw(4)], DAY, 0, draw_value(DAY, depth, true),
                             draw_value(INT, draw(3) ? 0 : depth, true), NULL);
}

/* constant: may be one. */
static struct expression *draw_value(enum type type, int depth, bool constant)
{
    static const enum kind chains[] = {PLUS, MINUS, LEAST, MOST};
    bool dates = type == DAY;
    int how = draw(8);

    if (depth <= 0 || how < 2 || type == CHOICES)
        return draw_leaf(type, constant);
    depth--;
    if (how == 2)
        return of(IF, type, 0, draw_value(BOOL, depth, true), draw_value(type, depth, false),
                  draw_value(type, depth, true));
    if (type == TEXT)
        return draw_leaf(type, constant);
    if (type == BOOL)
        return draw_condition(depth);
    if (how == 3 && !dates)
        return of(NEGATE, type, 0, draw_value(type, depth, false), NULL, NULL);
    if (how < 6) {
        enum kind kind = chains[dates ? 2 + draw(2) : draw(4)];

        return of(kind, type, 0, draw_value(type, depth, false), draw_value(type, depth, true),
                  kind != MINUS && draw(3) == 0 ? draw_value(type, depth, true) : NULL);
    }
    return dates ? draw_day(depth) : type == INT ? draw_integer(depth) : draw_product(type, depth);
}

static void write_parts(struct tta_buffer *out, const char *name, const struct expression *x);

static void write_expression(struct tta_buffer *out, const struct expression *x)
{
    static const char *const names[] = {
        [PLUS] = "+",
        [MINUS] = "-",
        [NEGATE] = "-",
        [TIMES] = "*",
        [DIVIDE] = "/",
        [LEAST] = "min",
        [MOST] = "max",
        [IF] = "if",
        [DAYS] = "days_between",
        [WEEKS] = "weeks_between",
        [ADD_DAYS] = "add_days",
        [ADD_WEEKS] = "add_weeks",
        [ADD_MONTHS] = "add_months",
        [AGE] = "age_on",
        [WEEK] = "iso_week",
        [MONTH_END] = "month_end",
        [ALL] = "and",
        [ANY] = "or",
        [NOT] = "!",
        [NOT_NOT] = "!!",
        [STARTS] = "starts_with",
        [MISSING] = "missing",
        [PRESENT] = "present",
    };

    switch (x->kind) {
    case CONSTANT:
        tta_buffer_string(out, written[x->type][x->value]);
        break;
    case COLUMN:
        tta_buffer_format(out, "{\"var\":\"%s\"}", naive_columns[x->value]);
        break;
    case OPTION:
        tta_buffer_format(out, "{\"option\":\"%s\"}", naive_options[x->value]);
        break;
    case TODAY:
        tta_buffer_string(out, "{\"today\":[]}");
        break;
    case NOTHING:
        tta_buffer_string(out, "null");
        break;
    case MISSING:
    case PRESENT:
        tta_buffer_format(out, "{\"%s\":\"%s\"}", names[x->kind], naive_columns[x->value]);
        break;
    case COMPARE:
    case BETWEEN:
        write_parts(out, comparisons[x->value], x);
        break;
    case IN:
        write_parts(out, "in", x);
        break;
    default:
        write_parts(out, names[x->kind], x);
    }
}

static void write_parts(struct tta_buffer *out, const char *name, const struct expression *x)
{
    const char *comma = "";

    tta_buffer_format(out, "{\"%s\":[", name);
    for (int i = 0; i < x->count; i++) {
        tta_buffer_string(out, i == 0 ? "" : ",");
        write_expression(out, x->parts[i]);
    }
    if (x->kind == IN) {
        tta_buffer_string(out, ",[");
        for (int i = 0; i < CONSTANTS; i++)
            if ((x->value >> i & 1) != 0) {
                tta_buffer_format(out, "%s%s", comma, written[x->parts[0]->type][i]);
                comma = ",";
            }
        tta_buffer_string(out, "]");
    }
    tta_buffer_string(out, "]}");
}

#endif
