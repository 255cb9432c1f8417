/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is computed is decided, or said not to be. Each expected row is a sum by hand. */
#include "told.h"

Suite *rules_solved_suite(void);

/* Arithmetic is decided: what is told of one column is so, and what is not told is not. */
START_TEST(arithmetic)
{
#define ONE(type, more) COL("x", type, more)
#define TAKES(op, left, right) "{\"" op "\":[" left "," right "]}"
#define SPLIT(type, more, left, low, high)                                                         \
    document("", ONE(type, more), RESULT,                                                          \
             RULE("a", TAKES("<", left, low), "{\"o\":1}") "," RULE("b", TAKES(">", left, high),   \
                                                                    "{\"o\":2}"))
    /* x - 30 = 154 is x = 184; 2x is neither 99 nor 100 only at x = 50 */
    told(SPLIT("integer", "\"minimum\":0,\"maximum\":3650,", "{\"-\":[" VAR("x") ",30]}", "154",
               "154"),
         1, "test: gap: no rule takes it, and there is no default: x=184\n");
    told(
        SPLIT("integer", "\"minimum\":0,\"maximum\":100,", "{\"*\":[2," VAR("x") "]}", "99", "100"),
        1, "test: gap: no rule takes it, and there is no default: x=50\n");
    /* 2x is even */
    told(SPLIT("integer", "\"minimum\":0,\"maximum\":100,", "{\"*\":[2," VAR("x") "]}", "99", "98"),
         0, "test: 2 rules, ");
    /* a fifth of 500 kroner is 100 kroner */
    told(SPLIT("money", "\"minimum\":0,\"maximum\":10000,", "{\"/\":[" VAR("x") ",5]}", "100",
               "100"),
         1, "test: gap: no rule takes it, and there is no default: x=500.00\n");
    /* two weeks before 2 January 2012 */
    told(SPLIT("date", "", "{\"add_weeks\":[" VAR("x") ",2]}", "\"2012-01-02\"", "\"2012-01-02\""),
         1, "test: gap: no rule takes it, and there is no default: x=2011-12-19\n");
    /* Only far values overflow. */
    told(document("", ONE("date", ""), "{\"name\":\"o\",\"type\":\"date\"}",
                  RULE("a", "true", "{\"o\":{\"add_days\":[" VAR("x") ",70000]}}")),
         0, "test: 1 rule, 1 kind of rows: 0 faults\n");
}
END_TEST

/* What cannot be decided has not passed: x, y, z with x^3 + y^3 = z^3 there are none, but who
 * knows. */
START_TEST(undecided)
{
#define BIG(name) COL(name, "integer", "\"minimum\":1,\"maximum\":2000000,")
#define CUBE(name) "{\"*\":[" VAR(name) ",{\"*\":[" VAR(name) "," VAR(name) "]}]}"
#define SIDES "{\"+\":[" CUBE("x") "," CUBE("y") "]}"
    told(document("\"default\":{\"o\":2},", BIG("x") "," BIG("y") "," BIG("z"), RESULT,
                  RULE("a", "{\"==\":[" SIDES "," CUBE("z") "]}", "{\"o\":1}")),
         1,
         "test: not decided: 1 kind of rows of which neither one was found nor that there is none\n"
         "test: 1 rule, 2 kinds of rows: not decided\n");
}
END_TEST

/* An ANY rule that others agree with takes rows, if never alone. */
START_TEST(redundant)
{
    told(TABLE("\"hit_policy\":\"ANY\",",
               RULE("a", LESS("8"), "{\"o\":1}") "," RULE("b", NOT_LESS("8"), "{\"o\":2}") "," RULE(
                   "c", NOT_LESS("20"), "{\"o\":2}")),
         0, "test: 3 rules, ");
    told(TABLE("", RULE("a", "true", "{\"o\":1}") "," RULE("b", LESS("8"), "{\"o\":2}")), 1,
         "test: overlap: the rules a and b both take it: ");
}
END_TEST

/* A column that may be empty, and every rule asks for it: the error of the row is the table's. */
START_TEST(never_empty)
{
#define MAY COL("k", "integer", "\"nullable\":true,\"minimum\":0,\"maximum\":9,")
#define K(op) "{\"" op "\":[" VAR("k") ",5]}"
    told(document("", MAY, RESULT,
                  RULE("a", K("<"), "{\"o\":1}") "," RULE("b", K(">="), "{\"o\":2}")),
         1, "test: never answered: a row in which k is empty, as it may be\n");
    told(document("", MAY, RESULT,
                  RULE("a", "{\"and\":[{\"present\":\"k\"}," K("<") "]}", "{\"o\":1}") "," RULE(
                      "b", "{\"or\":[{\"missing\":\"k\"}," K(">=") "]}", "{\"o\":2}")),
         0, "test: 2 rules");
}
END_TEST

Suite *rules_solved_suite(void)
{
    Suite *s = suite_create("rules/solved");
    TCase *t = tcase_create("solved");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, arithmetic);
    tcase_add_test(t, undecided);
    tcase_add_test(t, redundant);
    tcase_add_test(t, never_empty);
    suite_add_tcase(s, t);
    return s;
}
