/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any table decides any row as the definition in rules.h says: random tables over
 * columns of every type, random rows with missing values, and an evaluator that
 * walks the expression as written, on small numbers instead of typed values.
 */
#include <inttypes.h>

#include "document.h"
#include "tta/random.h"

Suite *rules_law_suite(void);

/* An operand is column 0..13 (document.h), or constant 0..2 of that column's type. */
struct operand {
    int column;
    bool constant;
    int value;
};

enum kind { ALL, ANY, NOT, TRUTH, VARIABLE, COMPARE, BETWEEN, MISSING, PRESENT };

struct expression {
    enum kind kind;
    int op, count;
    struct operand operands[3];
    struct expression *parts[3];
};

static const char *const ops[] = {"<", "<=", "==", "!=", ">", ">="};
static const char *const columns[] = {"i",  "i2", "d",  "d2", "m",  "m2", "t",
                                      "t2", "b",  "b2", "s",  "s2", "c",  "c2"};
static const char *const written[][3] = {
    {"0", "1", "2"},
    {"-0.25", "0", "1.5"},
    {"0.1", "0.2", "100"},
    {"\"1999-12-31\"", "\"2000-01-01\"", "\"2012-02-29\""},
    {"false", "true", "true"},
    {"\"\"", "\"x\"", "\"xy\""},
    {"\"red\"", "\"green\"", "\"blue\""},
};

static struct tta_stream s;
static struct expression pool[4000];
static size_t used;

static int draw(int n)
{
    return (int)tta_stream_below(&s, (uint64_t)n);
}

static struct operand draw_operand(int type, bool constant)
{
    struct operand o = {type * 2 + draw(2), constant, draw(type == 4 ? 2 : 3)};

    return o;
}

static struct expression *draw_expression(int depth)
{
    struct expression *x = &pool[used++];
    int type = draw(7);

    x->kind = depth == 0 ? (enum kind)(VARIABLE + draw(5)) : (enum kind)draw(PRESENT + 1);
    x->count = x->kind == NOT ? 1 : 1 + draw(3);
    if (x->kind <= NOT)
        for (int i = 0; i < x->count; i++)
            x->parts[i] = draw_expression(depth - 1);
    if (x->kind == BETWEEN) {
        int one = draw(3); /* whoever is a column for sure */
        type = draw(4);
        x->op = draw(2);
        for (int i = 0; i < 3; i++)
            x->operands[i] = draw_operand(type, i != one && draw(2));
        /* two constants side by side, or none between them, are refused at load */
        if (one == 1 && x->operands[0].constant && x->operands[2].constant) {
            x->operands[0].value = 0;
            x->operands[2].value = 2;
        } else {
            x->operands[1].constant = false;
        }
        return x;
    }
    if (x->kind == VARIABLE)
        type = 4;
    x->op = type < 4 ? draw(6) : 2 + draw(2);
    x->operands[0] = draw_operand(type, false);
    x->operands[1] = draw_operand(type, draw(2));
    if (draw(2) && x->kind == COMPARE) { /* the constant to the left */
        struct operand swap = x->operands[0];
        x->operands[0] = x->operands[1];
        x->operands[1] = swap;
    }
    if (x->kind == TRUTH)
        x->op = draw(2);
    return x;
}

static void write_operand(struct tta_buffer *out, struct operand o)
{
    if (o.constant)
        tta_buffer_string(out, written[o.column / 2][o.value]);
    else
        tta_buffer_format(out, "{\"var\":\"%s\"}", columns[o.column]);
}

static void write_expression(struct tta_buffer *out, const struct expression *x)
{
    static const char *const names[] = {"and", "or", "!"};

    if (x->kind <= NOT) {
        tta_buffer_format(out, "{\"%s\":[", names[x->kind]);
        for (int i = 0; i < x->count; i++) {
            tta_buffer_string(out, i == 0 ? "" : ",");
            write_expression(out, x->parts[i]);
        }
        tta_buffer_string(out, "]}");
    } else if (x->kind == TRUTH) {
        tta_buffer_string(out, x->op != 0 ? "true" : "false");
    } else if (x->kind == VARIABLE) {
        write_operand(out, x->operands[0]);
    } else if (x->kind == MISSING || x->kind == PRESENT) {
        tta_buffer_format(out, "{\"%s\":\"%s\"}", x->kind == MISSING ? "missing" : "present",
                          columns[x->operands[0].column]);
    } else {
        tta_buffer_format(out, "{\"%s\":[", ops[x->op]);
        for (int i = 0; i < (x->kind == BETWEEN ? 3 : 2); i++) {
            tta_buffer_string(out, i == 0 ? "" : ",");
            write_operand(out, x->operands[i]);
        }
        tta_buffer_string(out, "]}");
    }
}

/* The row as small numbers: 0, 1, 2 for each column, -1 missing. */
static int row[14];
static const char *needed[2]; /* columns of which one was missing */

static bool value_of(struct operand o, int *v)
{
    *v = o.constant ? o.value : row[o.column];
    return *v >= 0;
}

/* 1, 0, or -1 when a value was missing. */
static int compare(struct operand a, int op, struct operand b)
{
    int left, right;
    bool has_left = value_of(a, &left), has_right = value_of(b, &right);

    if (!has_left || !has_right) {
        needed[0] = columns[has_left ? b.column : a.column];
        needed[1] = columns[has_right ? a.column : b.column];
        return -1;
    }
    switch (op) {
    case 0:
        return left < right;
    case 1:
        return left <= right;
    case 2:
        return left == right;
    case 3:
        return left != right;
    case 4:
        return left > right;
    default:
        return left >= right;
    }
}

static int evaluate(const struct expression *x)
{
    int v = x->kind == ALL;

    switch (x->kind) {
    case ALL:
    case ANY:
        for (int i = 0; i < x->count && v == (x->kind == ALL); i++)
            v = evaluate(x->parts[i]);
        return v;
    case NOT:
        v = evaluate(x->parts[0]);
        return v < 0 ? v : !v;
    case TRUTH:
        return x->op;
    case VARIABLE:
        needed[0] = needed[1] = columns[x->operands[0].column];
        return row[x->operands[0].column];
    case COMPARE:
        return compare(x->operands[0], x->op, x->operands[1]);
    case BETWEEN:
        v = compare(x->operands[0], x->op, x->operands[1]);
        return v == 1 ? compare(x->operands[1], x->op, x->operands[2]) : v;
    case MISSING:
        return row[x->operands[0].column] < 0;
    default:
        return row[x->operands[0].column] >= 0;
    }
}

static union tta_slot slot_of(int column, int value)
{
    static const int64_t micro[] = {-250000, 0, 1500000}, ore[] = {10, 20, 10000};
    static const tta_date dates[] = {10956, 10957, 15399}; /* date -ud DAY +%s / 86400 */
    union tta_slot v;

    memset(&v, 0, sizeof v);
    switch (column / 2) {
    case 0:
        v.integer = value < 0 ? TTA_INTEGER_NONE : value;
        break;
    case 1:
        v.micro = value < 0 ? TTA_INTEGER_NONE : micro[value];
        break;
    case 2:
        v.ore = value < 0 ? TTA_INTEGER_NONE : ore[value];
        break;
    case 3:
        v.date = value < 0 ? TTA_DATE_NONE : dates[value];
        break;
    case 4:
        v.boolean = (int8_t)value;
        break;
    case 5:
        v.text = tta_text_of(value < 0 ? NULL : value == 0 ? "" : value == 1 ? "x" : "xy");
        break;
    default:
        v.choice = value;
    }
    return v;
}

/* What happened to rows, so that none of the outcomes goes untested. */
static long taken, overlaps, gaps, empties;

static void check_row(const struct tta_rules *r, struct expression *const *when, bool first)
{
    union tta_slot slots[14];
    struct tta_error e = {0};
    size_t rule = 99, hit = 99;
    char want[100] = "";
    int v = 0;

    for (int i = 0; i < 14; i++) {
        row[i] = draw(5) == 0 ? -1 : draw(i / 2 == 4 ? 2 : 3);
        slots[i] = slot_of(i, row[i]);
    }
    for (size_t i = 0; i < r->rule_count && *want == '\0' && !(first && hit != 99); i++) {
        v = evaluate(when[i]);
        if (v < 0)
            sprintf(want, "empty, and rule r%zu needs it", i);
        else if (v == 1 && hit != 99)
            sprintf(want, "the rules r%zu and r%zu both take it", hit, i);
        else if (v == 1)
            hit = i;
    }
    if (*want == '\0' && hit == 99)
        sprintf(want, "no rule of test takes it");
    if (tta_rules_decide(r, slots, &rule, &e) == 0)
        ck_assert_str_eq(want, "");
    else
        ck_assert_str_eq(e.text, want);
    ck_assert_uint_eq(rule, *want == '\0' ? hit : 99);
    if (v < 0)
        ck_assert(strcmp(e.column, needed[0]) == 0 || strcmp(e.column, needed[1]) == 0);
    else
        ck_assert_str_eq(e.column, "");
    taken += *want == '\0';
    empties += *want == 'e';
    overlaps += *want == 't';
    gaps += *want == 'n';
}

START_TEST(any_table)
{
    struct tta_key key;

    tta_key_from_text(tta_text_of("any table"), &key);
    tta_stream_of(&s, &key, tta_text_of(""));
    taken = overlaps = gaps = empties = 0;
    for (int i = 0; i < 1500; i++) {
        struct expression *when[6];
        struct tta_buffer rules = {0};
        bool first = draw(2);
        int count = 1 + draw(6);
        struct tta_rules *r;

        memset(pool, 0, sizeof pool);
        used = 0;
        for (int k = 0; k < count; k++) {
            when[k] = draw_expression(draw(4));
            tta_buffer_format(&rules, "%s{\"id\":\"r%d\",\"when\":", k == 0 ? "" : ",", k);
            write_expression(&rules, when[k]);
            tta_buffer_string(&rules, ",\"then\":{\"o\":1},\"because\":{\"en\":\"x\",\"da\":\"x\"},"
                                      "\"source\":\"x\"}");
        }
        ck_assert_int_eq(tta_buffer_char(&rules, '\0'), 0);
        r = load_good(
            document(first ? "\"hit_policy\":\"FIRST\"," : "", ALL_INPUTS, OUT, rules.ptr));
        for (int k = 0; k < 60; k++)
            check_row(r, when, first);
        tta_rules_free(r);
        tta_buffer_release(&rules);
    }
    ck_assert(taken > 1000 && overlaps > 1000 && gaps > 1000 && empties > 1000);
}
END_TEST

Suite *rules_law_suite(void)
{
    Suite *suite = suite_create("rules/law");
    TCase *t = tcase_create("law");

    tcase_set_timeout(t, 120);
    tcase_add_test(t, any_table);
    suite_add_tcase(suite, t);
    return suite;
}
