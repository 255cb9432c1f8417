/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Everything that is wrong with a table is found when it is loaded, and says where. */
#include "document.h"

Suite *rules_load_suite(void);

/* The table is refused with exactly that text. */
static void refused(char *text, const char *why)
{
    struct tta_error e = {0};
    struct tta_rules *r = NULL;

    ck_assert_int_eq(load_text(text, &r, &e), TTA_E_CONFIG);
    ck_assert_str_eq(e.text, why);
    ck_assert(strncmp(e.source, "/tmp/tta-rules-", 15) == 0);
    ck_assert_ptr_null(r);
}

/* So is one whose second rule has that condition; the place is below its "when". */
#define refused_when(when, place, why)                                                             \
    refused(document("", ALL_INPUTS, OUT,                                                          \
                     RULE("first", "true", "{\"o\":1}") "," RULE("second", when, "{\"o\":2}")),    \
            "/rules/1/when" place ": rule second: " why)

START_TEST(conditions)
{
    refused_when("{\"var\":\"x\"}", "/var", "no input x");
    refused_when("{\"var\":\"i\"}", "", "i is a whole number, not a truth value");
    refused_when("{\"var\":\"s\"}", "", "s is a text, not a truth value");
    refused_when("{\"var\":[\"b\",\"b2\"]}", "", "var takes the name of one column");
    refused_when("{\"var\":7}", "/var", "should be the name of a column");
    refused_when("{\"var\":{\"var\":\"b\"}}", "/var", "should be the name of a column");
    refused_when("{\"xor\":[{\"var\":\"b\"},true]}", "", "no operator xor");
    refused_when("{\"and\":[true,{\"if\":[true]}]}", "/and/1",
                 "if takes a condition, a value and another value");
    refused_when("{\"and\":{\"var\":\"b\"}}", "", "and takes a list of conditions");
    refused_when("{\"or\":[]}", "", "or takes a list of conditions");
    refused_when("{\"or\":[{\"var\":\"b\"},1]}", "/or/1", "a number is no condition");
    refused_when("{\"!\":\"b\"}", "/!", "a text is no condition");
    refused_when("{\"!\":[true,false]}", "", "! takes one condition");
    refused_when("{\"!\":[{\"/~\":[]}]}", "/!/0", "no operator /~");
    refused_when("{\"missing\":[\"i\",\"d\"]}", "", "missing takes the name of one column");
    refused_when("{\"present\":\"nobody\"}", "/present", "no input nobody");
    refused_when("{\"and\":[[true]]}", "/and/0",
                 "a list where an expression or a constant should stand");
}
END_TEST

START_TEST(comparisons)
{
    refused_when("{\"<\":[{\"var\":\"i\"}]}", "", "< takes two operands, or three");
    refused_when("{\">\":[1,{\"var\":\"i\"},3]}", "", "> takes two operands");
    refused_when("{\"==\":[1,{\"var\":\"i\"},3]}", "", "== takes two operands");
    refused_when("{\"==\":[1,1]}", "", "compares two constants");
    refused_when("{\"<\":[1,2,{\"var\":\"i\"}]}", "", "compares two constants");
    refused_when("{\"<\":[5,{\"var\":\"i\"},6]}", "", "no value is between the two");
    refused_when("{\"<=\":[5,{\"var\":\"i\"},4]}", "", "no value is between the two");
    refused_when("{\"<\":[{\"var\":\"b\"},true]}", "", "b is a truth value, which has no order");
    refused_when("{\">=\":[\"a\",{\"var\":\"s\"}]}", "", "s is a text, which has no order");
    refused_when("{\"<\":[{\"var\":\"c\"},\"red\"]}", "", "c is a choice, which has no order");
    refused_when("{\"==\":[{\"var\":\"z\"},1]}", "/==/0/var", "no input z");
    refused_when("{\"==\":[{\"xor\":[true]},true]}", "/==/0", "no operator xor");
}
END_TEST

START_TEST(types)
{
    refused_when("{\"==\":[{\"var\":\"i\"},{\"var\":\"d\"}]}", "",
                 "compares i (whole number) with d (decimal number)");
    refused_when("{\"<\":[{\"var\":\"t\"},{\"var\":\"i\"}]}", "",
                 "compares t (date) with i (whole number)");
    refused_when("{\"==\":[{\"var\":\"s\"},{\"var\":\"c\"}]}", "",
                 "compares s (text) with c (choice)");
    refused_when("{\"==\":[{\"var\":\"i\"},\"1\"]}", "/==/1", "compared with i, but is a text");
    refused_when("{\"==\":[{\"var\":\"i\"},1.5]}", "/==/1",
                 "compared with i, but is not a whole number");
    refused_when("{\"==\":[true,{\"var\":\"i\"}]}", "/==/0",
                 "compared with i, but is a truth value");
    refused_when("{\"==\":[{\"var\":\"b\"},1]}", "/==/1", "compared with b, but is a number");
    refused_when("{\"==\":[{\"var\":\"s\"},1]}", "/==/1", "compared with s, but is a number");
    refused_when("{\"==\":[{\"var\":\"c\"},\"Red\"]}", "/==/1",
                 "compared with c, but is not among its values");
    refused_when("{\"<\":[{\"var\":\"m\"},0.005]}", "/</1",
                 "compared with m, but is not an amount with two decimals at the most");
    refused_when("{\"<\":[{\"var\":\"d\"},0.1234567]}", "/</1",
                 "compared with d, but is not a number with six decimals at the most");
    refused_when("{\"<\":[{\"var\":\"i\"},-9223372036854775808]}", "/</1",
                 "compared with i, but is not a whole number");
    refused_when("{\"<\":[{\"var\":\"t\"},20120102]}", "/</1", "compared with t, but is a number");
}
END_TEST

/* Why a date is none is told by base; here only that it is refused in its place. */
START_TEST(dates)
{
    struct tta_error e = {0};
    struct tta_rules *r = NULL;
    char *text = document("", ALL_INPUTS, OUT,
                          RULE("r", "{\"<\":[{\"var\":\"t\"},\"2012-02-30\"]}", "{\"o\":1}"));

    ck_assert_int_eq(load_text(text, &r, &e), TTA_E_CONFIG);
    ck_assert_ptr_nonnull(strstr(e.text, "/rules/0/when/</1: rule r: compared with t, but is "));
}
END_TEST

START_TEST(outputs)
{
#define ONE(outputs, then) document("", ALL_INPUTS, outputs, RULE("r", "true", then))
    refused(ONE(OUT, "{\"p\":1}"), "/rules/0/then: rule r: output o is missing");
    refused(ONE(OUT, "{\"o\":1,\"p\":1}"), "/rules/0/then: rule r: no output p");
    refused(ONE(OUT, "{\"o\":\"1\"}"), "/rules/0/then: rule r: output o is a text");
    refused(ONE(OUT, "{\"o\":1.5}"), "/rules/0/then: rule r: output o is not a whole number");
    refused(ONE("{\"name\":\"o\",\"type\":\"integer\",\"values\":[1,2]}", "{\"o\":3}"),
            "/rules/0/then: rule r: output o is not among its values");
    refused(ONE("{\"name\":\"o\",\"type\":\"text\",\"values\":[\"a\"]}", "{\"o\":\"b\"}"),
            "/rules/0/then: rule r: output o is not among its values");
    refused(ONE("{\"name\":\"o\",\"type\":\"integer\",\"values\":[1,\"a\"]}", "{\"o\":1}"),
            "/outputs/0: value 2 is a text");
    refused(ONE(OUT "," OUT, "{\"o\":1}"), "/outputs/1: o stands twice");
    refused(ONE("{\"name\":\"i\",\"type\":\"integer\"}", "{\"i\":1}"),
            "/outputs/0: i is an input too");
    refused(document("\"default\":{\"o\":true},", ALL_INPUTS, OUT, RULE("r", "true", "{\"o\":1}")),
            "/default: rule default: output o is a truth value");
}
END_TEST

START_TEST(inputs)
{
#define INPUT(name, type, more) "{\"name\":\"" name "\",\"type\":\"" type "\"," more DESCRIBED "}"
#define WITH(inputs) document("", inputs, OUT, RULE("r", "true", "{\"o\":1}"))
    refused(WITH(IN("x", "integer") "," IN("x", "date")), "/inputs/1: x stands twice");
    refused(WITH(INPUT("x", "date", "\"minimum\":1,")), "/inputs/0: a date has no minimum");
    refused(WITH(INPUT("x", "boolean", "\"maximum\":1,")),
            "/inputs/0: a truth value has no maximum");
    refused(WITH(INPUT("x", "integer", "\"minimum\":0.5,")),
            "/inputs/0: minimum is no whole number");
    refused(WITH(INPUT("x", "money", "\"maximum\":0.005,")),
            "/inputs/0: maximum is no amount in kroner");
    refused(WITH(INPUT("x", "decimal", "\"minimum\":2,\"maximum\":1.5,")),
            "/inputs/0: minimum is above maximum");
    refused(WITH(INPUT("x", "integer", "\"values\":[\"a\"],")),
            "/inputs/0: only a text has values");
    refused(WITH(INPUT("x", "text", "\"values\":[\"a\",\"b\",\"a\"],")),
            "/inputs/0: a value stands twice");
    refused(document("", CHOICE("x") "," INPUT("y", "text", "\"values\":[\"red\",\"green\"],"), OUT,
                     RULE("r", "{\"==\":[{\"var\":\"x\"},{\"var\":\"y\"}]}", "{\"o\":1}")),
            "/rules/0/when: rule r: compares x with y, which has other values");
}
END_TEST

START_TEST(ids)
{
    refused(document("", ALL_INPUTS, OUT,
                     RULE("r", "true", "{\"o\":1}") "," RULE("r", "true", "{\"o\":1}")),
            "/rules/1/id: rule r stands twice");
    refused(
        document("\"default\":{\"o\":1},", ALL_INPUTS, OUT, RULE("default", "true", "{\"o\":1}")),
        "/rules/0/id: a rule is called as the default is");
}
END_TEST

/* n negations around b: n + 2 expressions within each other, b's name being the last. */
static char *negations(int n)
{
    char when[4096] = "", rule[4500], *text;

    for (int i = 0; i < n; i++)
        strcat(when, "{\"!\":");
    strcat(when, "{\"var\":\"b\"}");
    for (int i = 0; i < n; i++)
        strcat(when, "}");
    snprintf(rule, sizeof rule, RULE("deep", "%s", "{\"o\":1}"), when);
    text = document("\"default\":{\"o\":0},", ALL_INPUTS, OUT, rule);
    return text;
}

START_TEST(depth)
{
    struct tta_error e = {0};
    struct tta_rules *r = load_good(negations(TTA_RULES_DEPTH_MAX - 2));
    union tta_slot row[INPUTS];
    size_t rule;

    clear_row(r, row);
    row[B].boolean = 1;
    ck_assert_int_eq(tta_rules_decide(r, row, &rule, &e), 0);
    ck_assert_uint_eq(rule, TTA_RULES_DEPTH_MAX % 2 == 0 ? 0 : 1);
    tta_rules_free(r);

    ck_assert_int_eq(load_text(negations(TTA_RULES_DEPTH_MAX - 1), &r, &e), TTA_E_CONFIG);
    ck_assert_ptr_nonnull(
        strstr(e.text, ": rule deep: more than 32 expressions within each other"));
    tta_error_clear(&e);
    ck_assert_int_eq(load_text(negations(200), &r, &e), TTA_E_CONFIG);
    ck_assert_ptr_nonnull(
        strstr(e.text, ": rule deep: more than 32 expressions within each other"));
    tta_error_clear(&e);
    ck_assert_int_eq(tta_rules_load("no-such-table", &r, &e), TTA_E_CONFIG);
    ck_assert_ptr_null(r);
    tta_rules_free(NULL);
}
END_TEST

/* n rules, each of its own number. */
static char *many(int n)
{
    struct tta_buffer rules = {0};
    char *text;

    for (int i = 0; i < n; i++)
        tta_buffer_format(&rules, "%s" RULE("r%d", "{\"==\":[{\"var\":\"i\"},%d]}", "{\"o\":1}"),
                          i == 0 ? "" : ",", i, i);
    ck_assert_int_eq(tta_buffer_char(&rules, '\0'), 0);
    text = document("\"default\":{\"o\":0},", ALL_INPUTS, OUT, rules.ptr);
    tta_buffer_release(&rules);
    return text;
}

START_TEST(many_rules)
{
    struct tta_error e = {0};
    struct tta_rules *r = load_good(many(TTA_RULES_MAX));
    struct tta_buffer out = {0};
    union tta_slot row[INPUTS];
    size_t rule, found;

    clear_row(r, row);
    row[I].integer = 999;
    ck_assert_int_eq(tta_rules_decide(r, row, &rule, &e), 0);
    ck_assert_uint_eq(rule, 999);
    ck_assert_int_eq(tta_rules_analyse(r, &out, &found, &e), 0);
    /* every rule asks for the number, which may be missing */
    ck_assert_msg(found == 1 && strstr(out.ptr, "never answered") != NULL, "%.*s", (int)out.len,
                  out.ptr);
    tta_buffer_release(&out);
    tta_rules_free(r);
    ck_assert_int_eq(load_text(many(TTA_RULES_MAX + 1), &r, &e), TTA_E_CONFIG);
    ck_assert_str_eq(e.text, "/rules: more than 1000 rules");
}
END_TEST

Suite *rules_load_suite(void)
{
    Suite *s = suite_create("rules/load");
    TCase *t = tcase_create("load");

    tcase_add_test(t, conditions);
    tcase_add_test(t, comparisons);
    tcase_add_test(t, types);
    tcase_add_test(t, dates);
    tcase_add_test(t, outputs);
    tcase_add_test(t, inputs);
    tcase_add_test(t, ids);
    tcase_add_test(t, depth);
    tcase_add_test(t, many_rules);
    suite_add_tcase(s, t);
    return s;
}
