/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any table of any operators, under every hit policy, decides any row as the definition in
 * rules.h says, before it is settled and after.
 */
#include "naive_table.h"

Suite *rules_meaning_suite(void);

/* What should come: a sentence, or which columns or reasons could be told, or hits and o. */
struct outcome {
    char text[200];
    uint32_t failed;
    char whose[40];
    size_t hits[RULES], hit_count;
    struct value o;
    int64_t p;
};

static void fails(struct outcome *x, uint32_t failed, const char *whose, int number)
{
    x->failed = failed;
    sprintf(x->whose, "%s%d", whose, number);
}

/* Two rules of an ANY table. */
static void agree(struct outcome *x, int a, int b)
{
    struct value left = evaluate(table.o[a]), right = evaluate(table.o[b]);

    if (left.failed != 0)
        fails(x, left.failed, "rule r", a);
    else if (right.failed != 0)
        fails(x, right.failed, "rule r", b);
    else if (left.nothing != right.nothing ||
             (!left.nothing && order(table.type, left, right) != 0))
        sprintf(x->text, "the rules r%d and r%d both take it and differ in o", a, b);
}

static bool is_over(const struct outcome *x)
{
    return x->failed != 0 || x->text[0] != '\0';
}

static void find_hits(struct outcome *x)
{
    for (int i = 0; i < table.rules && !is_over(x); i++) {
        struct value v = evaluate(table.when[i]);

        if (v.failed != 0)
            fails(x, v.failed, "rule r", i);
        else if (v.n == 0)
            continue;
        else if (x->hit_count == 0 || table.policy == TTA_HIT_COLLECT)
            x->hits[x->hit_count++] = (size_t)i;
        else if (table.policy == TTA_HIT_ANY)
            agree(x, (int)x->hits[0], i);
        else
            sprintf(x->text, "the rules r%zu and r%d both take it", x->hits[0], i);
        if (v.failed == 0 && table.policy == TTA_HIT_FIRST)
            break;
    }
    if (x->hit_count == 0 && table.policy != TTA_HIT_COLLECT && !is_over(x)) {
        if (table.has_default)
            x->hits[x->hit_count++] = (size_t)table.rules;
        else
            strcpy(x->text, "no rule of test takes it");
    }
}

static struct value combine(struct value a, struct value b)
{
    switch (table.combine) {
    case TTA_COMBINE_AND:
        return number(a.n && b.n);
    case TTA_COMBINE_OR:
        return number(a.n || b.n);
    case TTA_COMBINE_SUM:
        return number((wide)a.n + b.n);
    default:
        return (a.n < b.n) == (table.combine == TTA_COMBINE_MIN) ? a : b;
    }
}

static void give(struct outcome *x)
{
    bool collect = table.policy == TTA_HIT_COLLECT, given = false;

    if (!collect && x->hits[0] == (size_t)table.rules) {
        x->o = constant(table.type, table.preset);
        x->p = 7;
        return;
    }
    x->o = constant(table.type, table.start);
    for (size_t i = 0; i < x->hit_count && !is_over(x); i++) {
        struct value v = evaluate(table.o[x->hits[i]]);

        x->p += table.gives_p[x->hits[i]];
        if (v.failed != 0)
            fails(x, v.failed, "rule r", (int)x->hits[i]);
        else if (!collect || !v.nothing) {
            x->o = given ? combine(x->o, v) : v;
            given = true;
        }
        if (v.failed == 0 && x->o.failed != 0)
            strcpy(x->text, "output o: a number too large to hold");
    }
}

static const uint32_t columns = (1u << INPUTS) - 1;

/* false: it is not said which of two faults comes first, and only one of them would stop it */
static bool decide(struct outcome *x)
{
    memset(x, 0, sizeof *x);
    for (int i = 0; i < table.checks && !is_over(x); i++) {
        struct value v = evaluate(table.check[i]);

        if ((v.failed & columns) != 0 && (v.failed & ~columns) != 0)
            return false;
        if ((v.failed & ~columns) != 0)
            fails(x, v.failed, "check k", i);
        else if (v.failed == 0 && v.n == 0)
            sprintf(x->text, "no (k%d)", i);
    }
    if (!is_over(x))
        find_hits(x);
    if (!is_over(x))
        give(x);
    return true;
}

/* Is it one of what could be told? */
static bool is_told(const struct outcome *x, const struct tta_error *e)
{
    char text[300];

    for (int i = 0; i < INPUTS; i++) {
        snprintf(text, sizeof text, "empty, and %s needs it", x->whose);
        if ((x->failed >> i & 1) != 0 && strcmp(e->column, naive_columns[i]) == 0 &&
            strcmp(e->text, text) == 0)
            return true;
    }
    for (int i = 0; i <= NO_TODAY; i++) {
        snprintf(text, sizeof text, "%s: %s", x->whose, wrong[i]);
        if ((x->failed >> (20 + i) & 1) != 0 && strcmp(e->text, text) == 0)
            return true;
    }
    return false;
}

static bool same_output(const struct outcome *x, const union tta_slot *v)
{
    static const enum tta_type of[] = {TTA_INTEGER, TTA_DECIMAL, TTA_MONEY,
                                       TTA_DATE,    TTA_BOOLEAN, TTA_TEXT};
    bool missing = tta_type_is_missing(of[table.type], v);

    if (x->o.nothing || missing)
        return x->o.nothing && missing;
    if (table.type == TEXT)
        return tta_text_is(v->text, x->o.text);
    if (table.type == DAY)
        return v->date == x->o.n + FIRST_DAY;
    return table.type == BOOL ? v->boolean == x->o.n : v->integer == x->o.n;
}

/* What happened to rows, so that none of the outcomes goes untested. */
static long taken[4], sentences, empties, reasons[NO_TODAY + 1];

static void hold(const struct tta_rules *r, const union tta_slot *slots, const struct outcome *x)
{
    static struct tta_rules_answer a;
    struct tta_error e = {0};

    if (tta_rules_answer(r, slots, &a, &e) != 0) {
        ck_assert_msg(x->failed != 0 ? is_told(x, &e) : strcmp(x->text, e.text) == 0,
                      "%s: %s, not %s %x %s", e.column, e.text, x->text, x->failed, x->whose);
        sentences += x->failed == 0;
        empties += e.column[0] != '\0';
        for (int i = 0; i <= NO_TODAY; i++)
            reasons[i] += strstr(e.text, wrong[i]) != NULL;
        return;
    }
    ck_assert_msg(!is_over(x), "an answer, not %s %x %s", x->text, x->failed, x->whose);
    ck_assert_uint_eq(a.hit_count, x->hit_count);
    for (size_t i = 0; i < a.hit_count; i++)
        ck_assert_uint_eq(a.hits[i], x->hits[i]);
    ck_assert(same_output(x, &a.out[0]));
    ck_assert_int_eq(a.out[1].integer, x->p);
    taken[table.policy]++;
}

/* Days near each other and numbers that are constants elsewhere, so that they meet. */
static struct value draw_cell(enum type type)
{
    struct value v = constant(type, draw(CONSTANTS));

    if (type == DAY && draw(3) != 0)
        v.n = naive_first[(2012 - 1800) * 12] + draw(1200) - 400;
    if (type <= MON && draw(2))
        v.n = draw(2) ? draw(40) - 10 : draw(3000000);
    return v;
}

static union tta_slot slot_of(enum type type, struct value v)
{
    static const enum tta_type of[] = {TTA_INTEGER, TTA_DECIMAL, TTA_MONEY, TTA_DATE,
                                       TTA_BOOLEAN, TTA_TEXT,    TTA_CHOICE};
    union tta_slot out;

    memset(&out, 0, sizeof out);
    if (v.failed != 0)
        tta_type_set_missing(of[type], &out);
    else if (type == TEXT)
        out.text = tta_text_of(v.text);
    else if (type == DAY)
        out.date = (tta_date)(v.n + FIRST_DAY);
    else if (type == BOOL)
        out.boolean = (int8_t)v.n;
    else if (type == CHOICES)
        out.choice = (int32_t)v.n;
    else
        out.integer = v.n;
    return out;
}

static void set_readings(struct tta_rules *r)
{
    today = draw(5) == 0 ? NOT_A_DAY : (int)draw_cell(DAY).n;
    tta_rules_on(r, today == NOT_A_DAY ? TTA_DATE_NONE : (tta_date)(today + FIRST_DAY));
    for (int i = 0; i <= CHOICES; i++) {
        union tta_slot v;

        readings[i] = draw_cell((enum type)i);
        v = slot_of((enum type)i, readings[i]);
        tta_rules_read(r, (size_t)i, &v);
    }
}

static void check_rows(struct tta_rules *r)
{
    enum { ROWS = 40 };
    static union tta_slot slots[ROWS][INPUTS];
    static struct outcome expected[ROWS];
    struct tta_error e = {0};
    bool said[ROWS];

    for (int k = 0; k < ROWS; k++) {
        int rarely = 3 + draw(10);

        for (int i = 0; i < INPUTS; i++) {
            row[i] = draw_cell((enum type)(i / 2));
            row[i].failed = draw(rarely) == 0 ? 1u << i : 0;
            slots[k][i] = slot_of((enum type)(i / 2), row[i]);
        }
        said[k] = decide(&expected[k]);
        if (said[k])
            hold(r, slots[k], &expected[k]);
    }
    ck_assert_int_eq(tta_rules_settle(r, &e), 0);
    for (int k = 0; k < ROWS; k++)
        if (said[k])
            hold(r, slots[k], &expected[k]);
}

START_TEST(any_operators)
{
    struct tta_key key;

    tta_key_from_text(tta_text_of("any operators"), &key);
    tta_stream_of(&s, &key, tta_text_of(""));
    naive_count();
    ck_assert_int_eq(naive_first[400 * 12], NAIVE_DAYS);
    for (int i = 0; i < 3000; i++) {
        struct tta_rules *r;

        draw_table();
        r = load_table();
        for (int way = 0; way < 2; way++) {
            set_readings(r);
            check_rows(r);
        }
        tta_rules_free(r);
    }
    for (int i = 0; i < 4; i++)
        ck_assert_int_gt(taken[i], 1000);
    for (int i = 0; i <= NO_TODAY; i++)
        ck_assert_int_gt(reasons[i], 300);
    ck_assert(sentences > 1000 && empties > 1000);
}
END_TEST

Suite *rules_meaning_suite(void)
{
    Suite *suite = suite_create("rules/meaning");
    TCase *t = tcase_create("meaning");

    tcase_set_timeout(t, 120);
    tcase_add_test(t, any_operators);
    suite_add_tcase(suite, t);
    return suite;
}
