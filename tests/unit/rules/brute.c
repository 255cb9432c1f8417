/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is told of small tables that compute is held against every row that there is: each
 * fault is told, or the table not decided; and each fault that is told is there.
 */
#include "document.h"
#include "tta/random.h"

Suite *rules_brute_suite(void);

#define COL(name, type, more) "{\"name\":\"" name "\",\"type\":\"" type "\"," more DESCRIBED "}"
#define SMALL "\"minimum\":0,\"maximum\":3,"
#define COLUMNS                                                                                    \
    COL("n", "integer", SMALL)                                                                     \
    "," COL("k", "integer", "\"nullable\":true," SMALL) "," COL("t", "date", "") "," COL(          \
        "u", "date", "\"nullable\":true,")
/* Days have no bounds but by checks: four, over the end of a February. */
#define WITHIN(name)                                                                               \
    "{\"id\":\"" name "\",\"when\":{\"<=\":[\"2012-02-28\",{\"var\":\"" name                       \
    "\"},\"2012-03-02\"]},\"because\":{\"en\":\"x\",\"da\":\"x\"}}"
#define CHECKS "\"checks\":[" WITHIN("t") "," WITHIN("u") "],"
enum { AT_N, AT_K, AT_T, AT_U, RULES = 4, DAYS = 4, MISSING = 4 };

static struct tta_stream stream;

static int draw(int n)
{
    return (int)tta_stream_below(&stream, (uint64_t)n);
}

static void put(struct tta_buffer *out, const char *text)
{
    ck_assert_int_eq(tta_buffer_string(out, text), 0);
}

static void condition(struct tta_buffer *out, int depth);
static void day(struct tta_buffer *out, int depth);

/* {"name":[of the first kind, of the second]} */
static void pair(struct tta_buffer *out, const char *name, void (*first)(struct tta_buffer *, int),
                 void (*second)(struct tta_buffer *, int), int depth)
{
    ck_assert_int_eq(tta_buffer_format(out, "{\"%s\":[", name), 0);
    first(out, depth);
    put(out, ",");
    second(out, depth);
    put(out, "]}");
}

static void number(struct tta_buffer *out, int depth)
{
    static const char *const leaves[] = {"{\"var\":\"n\"}", "{\"var\":\"k\"}", "{\"var\":\"n\"}"};
    static const char *const names[] = {"+", "-", "*", "min", "max"};

    if (depth == 0 || draw(4) == 0) {
        if (draw(4) == 0)
            ck_assert_int_eq(tta_buffer_format(out, "%d", draw(6) - 2), 0);
        else
            put(out, leaves[draw(3)]);
        return;
    }
    switch (draw(8)) {
    case 0:
    case 1:
        pair(out, "days_between", day, day, depth - 1);
        break;
    case 2:
        put(out, "{\"if\":[");
        condition(out, depth - 1);
        put(out, ",");
        number(out, depth - 1);
        put(out, ",");
        number(out, depth - 1);
        put(out, "]}");
        break;
    default:
        pair(out, names[draw(5)], number, number, depth - 1);
    }
}

static void day(struct tta_buffer *out, int depth)
{
    static const char *const leaves[] = {"{\"var\":\"t\"}", "{\"var\":\"u\"}", "{\"var\":\"t\"}",
                                         "\"2012-02-29\""};

    if (depth == 0 || draw(3) == 0)
        put(out, leaves[draw(4)]);
    else if (draw(2) == 0)
        pair(out, draw(2) ? "min" : "max", day, day, depth - 1);
    else
        pair(out, draw(4) ? "add_days" : "add_months", day, number, depth - 1);
}

static void condition(struct tta_buffer *out, int depth)
{
    static const char *const ops[] = {"<", "<=", "==", "!=", ">", ">="};

    if (depth > 0 && draw(3) == 0) {
        pair(out, draw(2) ? "and" : "or", condition, condition, depth - 1);
        return;
    }
    switch (draw(6)) {
    case 0:
        ck_assert_int_eq(tta_buffer_format(out, "{\"%s\":\"%s\"}", draw(2) ? "missing" : "present",
                                           draw(2) ? "k" : "u"),
                         0);
        break;
    case 1:
        put(out, "{\"!\":");
        condition(out, depth > 0 ? depth - 1 : 0);
        put(out, "}");
        break;
    case 2:
        pair(out, ops[draw(6)], day, day, depth);
        break;
    default:
        pair(out, ops[draw(6)], number, number, depth);
    }
}

/* What all rows come to. */
struct outcome {
    bool gap, overlap[RULES][RULES];
    bool takes[RULES + 1]; /* the last: the default */
    bool asks[RULES];      /* takes rows when it is by itself */
    bool empty[2];         /* a row without k, without u is answered */
};

static void fill(union tta_slot *row, int i)
{
    const tta_date first = 15398; /* 2012-02-28, days from 1970 */
    int k = i / 4 % 5, u = i / 80 % 5;

    memset(row, 0, 4 * sizeof *row);
    row[AT_N].integer = i % 4;
    row[AT_K].integer = k == MISSING ? TTA_INTEGER_NONE : k;
    row[AT_T].date = first + i / 20 % 4;
    row[AT_U].date = u == MISSING ? TTA_DATE_NONE : first + u;
}

/* The two rules of "the rules r0 and r1 ...". */
static bool is_overlap(const char *text, int *first, int *second)
{
    return sscanf(text, "the rules r%d and r%d", first, second) == 2;
}

/* all: the same rules, each by itself (COLLECT) */
static void try_all(const struct tta_rules *r, const struct tta_rules *all, struct outcome *o)
{
    static struct tta_rules_answer answer;

    memset(o, 0, sizeof *o);
    for (int i = 0; i < 4 * 5 * DAYS * 5; i++) {
        union tta_slot row[4];
        struct tta_error e = {0};
        size_t rule;
        int first, second;
        bool answered;

        fill(row, i);
        answered = tta_rules_decide(r, row, &rule, &e) == 0;
        if (answered) {
            o->takes[rule == r->rule_count ? RULES : rule] = true;
            o->empty[0] |= row[AT_K].integer == TTA_INTEGER_NONE;
            o->empty[1] |= row[AT_U].date == TTA_DATE_NONE;
        } else if (strncmp(e.text, "no rule", 7) == 0) {
            o->gap = true;
        } else if (is_overlap(e.text, &first, &second)) {
            o->overlap[first][second] = o->takes[first] = o->takes[second] = true;
        }
        if (r->hit_policy != TTA_HIT_FIRST && tta_rules_answer(all, row, &answer, &e) == 0)
            for (size_t k = 0; k < answer.hit_count; k++) {
                o->asks[answer.hits[k]] = true;
                o->takes[answer.hits[k]] |= answered;
            }
    }
}

/* A row as it was told, behind the colon: "n=1, k=empty, t=2012-02-28, u=empty". */
static void read_row(const char *text, union tta_slot *row)
{
    static const char *const names[] = {"n=", "k=", "t=", "u="};

    memset(row, 0, 4 * sizeof *row);
    for (int i = 0; i < 4; i++) {
        struct tta_text cell;

        text = strstr(text, names[i]) + 2;
        cell = (struct tta_text){text, strcspn(text, ",\n")};
        row[i].integer = TTA_INTEGER_NONE;
        if (i >= AT_T)
            row[i].date = TTA_DATE_NONE;
        if (tta_text_is(cell, "empty"))
            continue;
        if (i < AT_T)
            row[i].integer = strtol(text, NULL, 10);
        else
            ck_assert_ptr_null(tta_date_parse(cell, TTA_DATE_ISO, &row[i].date));
    }
}

/* The row of a line shows what the line says. */
static void check_row(const struct tta_rules *r, const char *line, const char *all)
{
    union tta_slot row[4];
    struct tta_error e = {0};
    int first, second, a, b;
    size_t rule;
    int rc;

    read_row(strstr(line, "n="), row);
    rc = tta_rules_decide(r, row, &rule, &e);
    if (strncmp(line, "test: gap: ", 11) == 0)
        ck_assert_msg(rc != 0 && strncmp(e.text, "no rule", 7) == 0, "%s%s", all, e.text);
    else if (sscanf(line, "test: overlap: the rules r%d and r%d both", &first, &second) == 2)
        ck_assert_msg(rc != 0 && is_overlap(e.text, &a, &b) && a == first && b == second, "%s%s",
                      all, e.text);
    else if (sscanf(line, "test: unreachable: rule r%d takes no row; r%d", &first, &second) == 2)
        ck_assert_msg(rc == 0 && rule == (size_t)second, "%s%s", all, e.text);
    else
        ck_abort_msg("a row of what? %s", all);
}

/* Told where it is so; where it is not decided, at least not told where it is not. */
static void same(bool is_told, bool is_so, bool decided, const char *what, const char *text)
{
    ck_assert_msg(is_told == is_so || (!is_told && !decided), "%s: %s", what, text);
}

static void compare(const struct tta_rules *r, const struct outcome *o, const char *text,
                    bool decided)
{
    char wanted[100];

    same(strstr(text, "test: gap:") != NULL, o->gap, decided, "gap", text);
    for (int i = 0; i < (int)r->rule_count; i++) {
        snprintf(wanted, sizeof wanted, "unreachable: rule r%d ", i);
        same(strstr(text, wanted) != NULL, !o->takes[i], decided, wanted, text);
        snprintf(wanted, sizeof wanted, "rule r%d takes no row; no row is", i);
        ck_assert_msg(strstr(text, wanted) == NULL || !o->asks[i], "r%d: %s", i, text);
        for (int k = 0; k < (int)r->rule_count; k++) {
            snprintf(wanted, sizeof wanted, "overlap: the rules r%d and r%d both", i, k);
            same(strstr(text, wanted) != NULL, o->overlap[i][k], decided, wanted, text);
        }
    }
    same(strstr(text, "unreachable: rule default ") != NULL, r->has_default && !o->takes[RULES],
         decided, "default", text);
    same(strstr(text, "in which k is empty") != NULL, !o->empty[0], decided, "k", text);
    same(strstr(text, "in which u is empty") != NULL, !o->empty[1], decided, "u", text);
    for (const char *line = text; *line != '\0'; line = strchr(line, '\n') + 1) {
        const char *at = strstr(line, "n=");

        if (at != NULL && at < strchr(line, '\n'))
            check_row(r, line, text);
    }
}

/* The same rules by a hit policy; NULL where the table is refused. */
static struct tta_rules *table(const char *policy, const char *outputs, const char *rules)
{
    struct tta_error e = {0};
    struct tta_rules *r = NULL;

    load_text(document(policy, COLUMNS, outputs, rules), &r, &e);
    return r;
}

/* One table: is it decided? -1: not a table. */
static int one(void)
{
    static const char *const policies[] = {"", "\"hit_policy\":\"FIRST\",",
                                           "\"hit_policy\":\"ANY\","};
    struct tta_buffer rules = {0}, out = {0};
    struct tta_error e = {0};
    struct tta_rules *r, *all;
    char more[600];
    int count = 1 + draw(RULES), decided = -1;
    size_t found = 0;

    for (int i = 0; i < count; i++) {
        ck_assert_int_eq(
            tta_buffer_format(&rules, "%s{\"id\":\"r%d\",\"when\":", i == 0 ? "" : ",", i), 0);
        condition(&rules, draw(4));
        ck_assert_int_eq(tta_buffer_format(&rules,
                                           ",\"then\":{\"o\":%d},\"because\":{\"en\":\"x\","
                                           "\"da\":\"x\"},\"source\":\"x\"}",
                                           1 + draw(2)),
                         0);
    }
    ck_assert_int_eq(tta_buffer_char(&rules, '\0'), 0);
    snprintf(more, sizeof more, "%s%s%s", policies[draw(3)], CHECKS,
             draw(3) ? "" : "\"default\":{\"o\":3},");
    r = table(more, OUT, rules.ptr);
    all = table("\"hit_policy\":\"COLLECT\"," CHECKS,
                "{\"name\":\"o\",\"type\":\"integer\",\"start\":0,\"combine\":\"sum\"}", rules.ptr);
    ck_assert((r == NULL) == (all == NULL));
    if (r != NULL) {
        struct outcome o;

        try_all(r, all, &o);
        ck_assert_int_eq(tta_rules_analyse(r, &out, &found, &e), 0);
        ck_assert_int_eq(tta_buffer_char(&out, '\0'), 0);
        decided = strstr(out.ptr, "not decided") == NULL;
        ck_assert_msg((found == 0) == (strstr(out.ptr, ": 0 faults\n") != NULL), "%s", out.ptr);
        ck_assert(decided || found > 0);
        compare(r, &o, out.ptr, decided);
    }
    tta_rules_free(all);
    tta_rules_free(r);
    tta_buffer_release(&rules);
    tta_buffer_release(&out);
    return decided;
}

START_TEST(every_row)
{
    struct tta_key key;
    int tables = 0, decided = 0;

    tta_key_from_text(tta_text_of("every row"), &key);
    tta_stream_of(&stream, &key, tta_text_of(""));
    for (int i = 0; i < 1200; i++) {
        int came = one();

        tables += came >= 0;
        decided += came == 1;
    }
    ck_assert(tables > 800 && decided * 10 > tables * 9);
}
END_TEST

Suite *rules_brute_suite(void)
{
    Suite *s = suite_create("rules/brute");
    TCase *t = tcase_create("brute");

    tcase_set_timeout(t, 120);
    tcase_add_test(t, every_row);
    suite_add_tcase(s, t);
    return s;
}
