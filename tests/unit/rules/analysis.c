/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Faults put into tables on purpose are found, each with a row that shows it. */
#include "told.h"
#include "tta/random.h"

Suite *rules_analysis_suite(void);

START_TEST(nothing)
{
    told(TABLE("", RULE("a", LESS("5"), "{\"o\":1}") "," RULE("b", NOT_LESS("5"), "{\"o\":2}")), 0,
         "test: 2 rules, 2 kinds of rows: 0 faults\n");
}
END_TEST

START_TEST(overlap)
{
    told(TABLE("", RULE("a", LESS("7"), "{\"o\":1}") "," RULE("b", NOT_LESS("6"), "{\"o\":2}")), 1,
         "test: overlap: the rules a and b both take it: n=6, b=");
    /* ANY: only where they differ */
    told(TABLE("\"hit_policy\":\"ANY\",",
               RULE("a", LESS("7"), "{\"o\":1}") "," RULE("b", NOT_LESS("6"), "{\"o\":2}")),
         1, "test: overlap: the rules a and b both take it and differ: n=6, b=");
    told(TABLE("\"hit_policy\":\"ANY\",\"default\":{\"o\":2},",
               RULE("a", LESS("7"), "{\"o\":1}") "," RULE("b", "{\"<=\":[6," VAR("n") ",8]}",
                                                          "{\"o\":1}")),
         0, "test: 2 rules, ");
    told(TABLE("", RULE("a", "{\"starts_with\":[" VAR("x") ",\"F4\"]}", "{\"o\":1}") "," RULE(
                       "b", "{\"!\":{\"starts_with\":[" VAR("x") ",\"F43\"]}}", "{\"o\":2}")),
         1, "test: overlap: the rules a and b both take it: n=0, b=false, c=red, x=\"F4");
}
END_TEST

START_TEST(gap)
{
    told(TABLE("", RULE("a", LESS("5"), "{\"o\":1}") "," RULE("b", NOT_LESS("6"), "{\"o\":2}")), 1,
         "test: gap: no rule takes it, and there is no default: n=5, b=");
    told(TABLE("\"default\":{\"o\":1},", RULE("b", NOT_LESS("6"), "{\"o\":2}")), 0, "test: 1 rule");
    told(TABLE("", RULE("a", "{\"and\":[" VAR("b") ",{\"==\":[" VAR("c") ",\"red\"]}]}",
                        "{\"o\":1}") "," RULE("b", "{\"!\":" VAR("b") "}", "{\"o\":2}")),
         1, "test: gap: no rule takes it, and there is no default: n=0, b=true, c=green, ");
    told(TABLE("", RULE("a", "{\"missing\":\"u\"}", "{\"o\":1}") "," RULE(
                       "b", "{\"and\":[{\"present\":\"u\"},{\"<\":[" VAR("u") ",\"2012-01-02\"]}]}",
                       "{\"o\":2}")),
         1,
         "test: gap: no rule takes it, and there is no default: n=0, b=false, c=red, x=\"another "
         "text\", t=1800-01-01, u=2012-01-02\n");
}
END_TEST

START_TEST(unreachable)
{
    told(TABLE("\"hit_policy\":\"FIRST\",\"default\":{\"o\":2},",
               RULE("a", LESS("7"), "{\"o\":1}") "," RULE("b", LESS("5"), "{\"o\":2}")),
         1, "test: unreachable: rule b takes no row; a comes before it where it could: n=4, b=");
    told(TABLE("\"default\":{\"o\":2},",
               RULE("a", LESS("7"), "{\"o\":1}") "," RULE(
                   "b", "{\"and\":[" NOT_LESS("9") "," LESS("9") "]}", "{\"o\":2}")),
         1, "test: unreachable: rule b takes no row; no row is what it asks for\n");
    told(TABLE("\"default\":{\"o\":2},",
               RULE("a", LESS("7"), "{\"o\":1}") "," RULE("b", NOT_LESS("7"), "{\"o\":2}")),
         1, "test: unreachable: rule default takes no row; a rule takes every row\n");
    /* beyond the range of the column */
    told(TABLE("", RULE("a", LESS("100"), "{\"o\":1}") "," RULE("b", NOT_LESS("100"), "{\"o\":2}")),
         2,
         "test: unreachable: rule b takes no row; no row is what it asks for\n"
         "test: never given: output o=2\n");
    /* COLLECT looks at each rule by itself */
    told(document("\"hit_policy\":\"COLLECT\",", COLUMNS,
                  "{\"name\":\"o\",\"type\":\"integer\",\"start\":0,\"combine\":\"sum\"}",
                  RULE("a", LESS("7"), "{\"o\":1}") "," RULE(
                      "b", "{\"and\":[" VAR("b") ",{\"!\":" VAR("b") "}]}", "{\"o\":2}")),
         1, "test: unreachable: rule b takes no row; no row is what it asks for\n");
}
END_TEST

START_TEST(never_given)
{
    told(TABLE("", RULE("a", LESS("5"), "{\"o\":1}") "," RULE("b", NOT_LESS("5"), "{\"o\":1}")), 1,
         "test: never given: output o=2\n");
    told(TABLE("", RULE("a", "true", "{\"o\":{\"if\":[" VAR("b") ",1,2]}}")), 0, "test: 1 rule");
    told(TABLE("", RULE("a", "true", "{\"o\":{\"if\":[" VAR("b") ",1,1]}}")), 1,
         "test: never given: output o=2\n");
}
END_TEST

#define DAYS "{\"days_between\":[" VAR("t") "," VAR("u") "]}"
#define CHECKED(check, rules)                                                                      \
    TABLE("\"checks\":[{\"id\":\"k\",\"when\":" check                                              \
          ",\"because\":{\"en\":\"x\",\"da\":\"x\"}}],\"default\":{\"o\":2},",                     \
          rules)

/* Values computed from several columns: faults only where a row shows them. */
START_TEST(computed)
{
    told(TABLE("\"default\":{\"o\":2},",
               RULE("a", "{\"and\":[{\"present\":\"u\"},{\"<=\":[" DAYS ",14]}]}",
                    "{\"o\":1}") "," RULE("b",
                                          "{\"and\":[{\"present\":\"u\"},{\">=\":[" DAYS ",14]}]}",
                                          "{\"o\":2}")),
         1, "test: overlap: the rules a and b both take it: ");
    told(TABLE("\"default\":{\"o\":2},",
               RULE("a", "{\"and\":[{\"present\":\"u\"},{\"<=\":[" DAYS ",14]}]}",
                    "{\"o\":1}") "," RULE("b",
                                          "{\"and\":[{\"present\":\"u\"},{\">\":[" DAYS ",14]}]}",
                                          "{\"o\":2}")),
         0, "test: 2 rules");
    /* t < u and days_between(t, u) < 0 go together for the walk, but in no row */
    told(TABLE("\"default\":{\"o\":2},",
               RULE("a", "{\"and\":[{\"present\":\"u\"},{\"<\":[" VAR("t") "," VAR("u") "]}]}",
                    "{\"o\":1}") "," RULE("b",
                                          "{\"and\":[{\"present\":\"u\"},{\"<\":[" DAYS ",0]}]}",
                                          "{\"o\":2}")),
         0, "test: 2 rules");
    /* a row that a check refuses is no gap */
    told(CHECKED("{\"<=\":[" VAR("t") "," VAR("u") "]}",
                 RULE("a", "{\"and\":[{\"present\":\"u\"},{\"<=\":[" VAR("t") "," VAR("u") "]}]}",
                      "{\"o\":1}")),
         0, "test: 1 rule");
    told(CHECKED("{\"<\":[" VAR("n") ",9]}", RULE("a", NOT_LESS("9"), "{\"o\":1}")), 2,
         "test: unreachable: rule a takes no row; no row is what it asks for\n"
         "test: never given: output o=1\n");
}
END_TEST

/* A fault by any reading is one; a rule that only one reading needs is none. */
START_TEST(readings)
{
#define OPTION                                                                                     \
    "\"options\":[{\"name\":\"strict\",\"type\":\"boolean\",\"default\":false," DESCRIBED "}],"
#define STRICT "{\"option\":\"strict\"}"
    told(TABLE(OPTION, RULE("a", "{\"and\":[" STRICT "," LESS("5") "]}", "{\"o\":1}") "," RULE(
                           "b", "{\"or\":[{\"!\":" STRICT "}," NOT_LESS("5") "]}", "{\"o\":2}")),
         0, "test: 2 rules, 3 kinds of rows in 2 readings: 0 faults\n");
    told(TABLE(OPTION, RULE("a", LESS("5"), "{\"o\":1}") "," RULE(
                           "b", "{\"or\":[" STRICT "," NOT_LESS("5") "]}", "{\"o\":2}")),
         1,
         "test: overlap: the rules a and b both take it: n=4, b=false, c=red, x=\"another "
         "text\", t=1800-01-01, u=1800-01-01, reading strict=true\n");
}
END_TEST

/* A random condition over the columns of small(). */
static struct tta_stream stream;

static int draw(int n)
{
    return (int)tta_stream_below(&stream, (uint64_t)n);
}

static void write_condition(struct tta_buffer *out, int depth)
{
    static const char *const names[] = {"and", "or"}, *const ops[] = {"<", "<=", "==", "!=", ">"};

    if (depth > 0 && draw(3) != 0) {
        tta_buffer_format(out, "{\"%s\":[", names[draw(2)]);
        write_condition(out, depth - 1);
        tta_buffer_string(out, ",");
        write_condition(out, depth - 1);
        tta_buffer_string(out, "]}");
        return;
    }
    switch (draw(10)) {
    case 0:
        tta_buffer_string(out, "{\"!\":{\"var\":\"b\"}}");
        break;
    case 1:
        tta_buffer_format(out, "{\"%s\":\"k\"}", draw(2) ? "missing" : "present");
        break;
    case 2:
        tta_buffer_format(out, "{\"==\":[{\"var\":\"c\"},\"%s\"]}", draw(2) ? "red" : "green");
        break;
    case 3:
        tta_buffer_format(out, "{\"%s\":[{\"var\":\"k\"},%d]}", ops[draw(5)], draw(4));
        break;
    case 4:
        tta_buffer_format(out, "{\"%s\":[{\"var\":\"n\"},{\"var\":\"k\"}]}", ops[draw(5)]);
        break;
    case 5:
        tta_buffer_format(out, "{\"%s\":[{\"-\":[{\"*\":[2,{\"var\":\"n\"}]},3]},%d]}",
                          ops[draw(5)], draw(8) - 3);
        break;
    case 6:
        tta_buffer_format(out, "{\"%s\":[{\"+\":[{\"var\":\"n\"},{\"var\":\"k\"}]},%d]}",
                          ops[draw(5)], draw(8));
        break;
    case 7:
        tta_buffer_format(out,
                          "{\"%s\":[{\"-\":[{\"var\":\"n\"},{\"if\":[{\"present\":\"k\"},"
                          "{\"var\":\"k\"},0]}]},%d]}",
                          ops[draw(5)], draw(7) - 3);
        break;
    case 8:
        tta_buffer_format(out, "{\"%s\":[{\"/\":[{\"var\":\"n\"},2]},%d]}", ops[draw(5)], draw(3));
        break;
    default:
        tta_buffer_format(out, "{\"%s\":[{\"var\":\"n\"},%d]}", ops[draw(5)], draw(4));
    }
}

/* What every row of a table over n, k (0 to 3, k may be missing), b and c comes to. */
struct outcome {
    bool gap, overlap[5][5], reached[5];
};

static void try_all(const struct tta_rules *r, struct outcome *o)
{
    memset(o, 0, sizeof *o);
    for (int i = 0; i < 4 * 5 * 2 * 2; i++) {
        union tta_slot row[4];
        struct tta_error e = {0};
        size_t rule;

        memset(row, 0, sizeof row);
        row[0].integer = i % 4;
        row[1].integer = i / 4 % 5 == 4 ? TTA_INTEGER_NONE : i / 4 % 5;
        row[2].boolean = (int8_t)(i / 20 % 2);
        row[3].choice = i / 40;
        if (tta_rules_decide(r, row, &rule, &e) == 0)
            o->reached[rule] = true;
        else if (strncmp(e.text, "no rule", 7) == 0)
            o->gap = true;
        else if (strncmp(e.text, "the rules r", 11) == 0)
            o->overlap[e.text[11] - '0'][e.text[strlen("the rules r0 and r")] - '0'] = true;
    }
}

static void compare(const struct outcome *o, int count, const char *told_text)
{
    char wanted[100];

    ck_assert_msg((strstr(told_text, "test: gap:") != NULL) == o->gap, "%s", told_text);
    for (int i = 0; i < count; i++) {
        snprintf(wanted, sizeof wanted, "unreachable: rule r%d ", i);
        bool takes = o->reached[i]; /* with others or alone */

        for (int k = 0; k < count; k++)
            takes = takes || o->overlap[i][k] || o->overlap[k][i];
        ck_assert_msg((strstr(told_text, wanted) == NULL) == takes, "r%d: %s", i, told_text);
        for (int k = 0; k < count; k++) {
            snprintf(wanted, sizeof wanted, "overlap: the rules r%d and r%d both", i, k);
            ck_assert_msg((strstr(told_text, wanted) != NULL) == o->overlap[i][k], "r%d r%d: %s", i,
                          k, told_text);
        }
    }
}

/* Any small table: the same is found as by trying every row that there is. */
START_TEST(any_table)
{
    static const char columns[] = COL("n", "integer", "\"minimum\":0,\"maximum\":3,") "," COL(
        "k", "integer",
        "\"nullable\":true,\"minimum\":0,\"maximum\":3,") "," COL("b", "boolean",
                                                                  "") "," COL("c", "text",
                                                                              "\"values\":[\"red\","
                                                                              "\"green\"],");
    struct tta_key key;
    long gaps = 0, clean = 0;

    tta_key_from_text(tta_text_of("any analysis"), &key);
    tta_stream_of(&stream, &key, tta_text_of(""));
    for (int i = 0; i < 600; i++) {
        struct tta_buffer rules = {0}, out = {0};
        int count = 1 + draw(4);
        struct tta_error e = {0};
        struct outcome o;
        struct tta_rules *r;
        size_t found;

        for (int k = 0; k < count; k++) {
            tta_buffer_format(&rules, "%s{\"id\":\"r%d\",\"when\":", k == 0 ? "" : ",", k);
            write_condition(&rules, draw(3));
            tta_buffer_string(&rules, ",\"then\":{\"o\":1},\"because\":{\"en\":\"x\",\"da\":\"x\"},"
                                      "\"source\":\"x\"}");
        }
        ck_assert_int_eq(tta_buffer_char(&rules, '\0'), 0);
        r = load_good(
            document(draw(2) ? "\"hit_policy\":\"FIRST\"," : "", columns, OUT, rules.ptr));
        try_all(r, &o);
        ck_assert_int_eq(tta_rules_analyse(r, &out, &found, &e), 0);
        ck_assert_int_eq(tta_buffer_char(&out, '\0'), 0);
        compare(&o, count, out.ptr);
        gaps += o.gap;
        clean += found == 0;
        tta_rules_free(r);
        tta_buffer_release(&rules);
        tta_buffer_release(&out);
    }
    ck_assert(gaps > 50 && clean > 5);
}
END_TEST

/* 2^20 kinds of rows, but few that are asked about at any one place. */
START_TEST(wide)
{
    struct tta_buffer inputs = {0}, rules = {0};

    for (int i = 0; i < 40; i++)
        tta_buffer_format(&inputs, "%s" COL("b%d", "boolean", ""), i == 0 ? "" : ",", i);
    for (int i = 0; i < 40; i++)
        tta_buffer_format(&rules, "%s" RULE("r%d", VAR("b%d"), "{\"o\":1}"), i == 0 ? "" : ",", i,
                          i);
    tta_buffer_char(&inputs, '\0');
    tta_buffer_char(&rules, '\0');
    told(document("\"hit_policy\":\"FIRST\",\"default\":{\"o\":2},", inputs.ptr, RESULT, rules.ptr),
         0, "test: 40 rules");
    told(document("\"hit_policy\":\"ANY\",\"default\":{\"o\":2},", inputs.ptr, RESULT, rules.ptr),
         0, "test: 40 rules");
    tta_buffer_release(&inputs);
    tta_buffer_release(&rules);
}
END_TEST

Suite *rules_analysis_suite(void)
{
    Suite *s = suite_create("rules/analysis");
    TCase *t = tcase_create("analysis");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, nothing);
    tcase_add_test(t, overlap);
    tcase_add_test(t, gap);
    tcase_add_test(t, unreachable);
    tcase_add_test(t, never_given);
    tcase_add_test(t, computed);
    tcase_add_test(t, readings);
    tcase_add_test(t, any_table);
    tcase_add_test(t, wide);
    suite_add_tcase(s, t);
    return s;
}
