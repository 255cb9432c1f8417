/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tables at work: hit policies, defaults, constants of every type, limits of inputs. */
#include "document.h"

Suite *rules_decide_suite(void);

#define VAR(name) "{\"var\":\"" name "\"}"

/* Decides; on failure *rule is SIZE_MAX and e tells. */
static int decide(const struct tta_rules *r, const union tta_slot *row, size_t *rule,
                  struct tta_error *e)
{
    *rule = SIZE_MAX;
    tta_error_clear(e);
    return tta_rules_decide(r, row, rule, e);
}

#define TWO RULE("one", VAR("b"), "{\"o\":1}") "," RULE("two", VAR("b2"), "{\"o\":2}")

START_TEST(unique)
{
    struct tta_rules *r = load_good(document("", ALL_INPUTS, OUT, TWO));
    union tta_slot row[INPUTS];
    struct tta_error e;
    size_t rule;

    clear_row(r, row);
    row[B].boolean = row[B2].boolean = 1;
    ck_assert_int_eq(decide(r, row, &rule, &e), TTA_E_DATA);
    ck_assert_str_eq(e.text, "the rules one and two both take it");
    ck_assert_str_eq(e.column, "");
    row[B].boolean = 0;
    ck_assert_int_eq(decide(r, row, &rule, &e), 0);
    ck_assert_uint_eq(rule, 1);
    ck_assert_int_eq(r->rules[rule].then[0].integer, 2);
    row[B2].boolean = 0;
    ck_assert_int_eq(decide(r, row, &rule, &e), TTA_E_DATA);
    ck_assert_str_eq(e.text, "no rule of test takes it");
    /* UNIQUE tries them all, so the second rule's column is needed though the first took it */
    row[B].boolean = 1;
    row[B2].boolean = TTA_BOOLEAN_NONE;
    ck_assert_int_eq(decide(r, row, &rule, &e), TTA_E_DATA);
    ck_assert_str_eq(e.text, "empty, and rule two needs it");
    ck_assert_str_eq(e.column, "b2");
    ck_assert_uint_eq(rule, SIZE_MAX);
    tta_rules_free(r);
}
END_TEST

START_TEST(first)
{
    struct tta_rules *r = load_good(
        document("\"hit_policy\":\"FIRST\",\"default\":{\"o\":9},", ALL_INPUTS, OUT, TWO));
    union tta_slot row[INPUTS];
    struct tta_error e;
    size_t rule;

    clear_row(r, row);
    row[B].boolean = 1; /* b2 is missing, and nobody asks */
    ck_assert_int_eq(decide(r, row, &rule, &e), 0);
    ck_assert_uint_eq(rule, 0);
    row[B2].boolean = 1;
    ck_assert_int_eq(decide(r, row, &rule, &e), 0);
    ck_assert_uint_eq(rule, 0);
    row[B].boolean = 0;
    ck_assert_int_eq(decide(r, row, &rule, &e), 0);
    ck_assert_uint_eq(rule, 1);
    row[B2].boolean = 0;
    ck_assert_int_eq(decide(r, row, &rule, &e), 0);
    ck_assert_uint_eq(rule, r->rule_count);
    ck_assert_str_eq(r->rules[rule].id, "default");
    ck_assert_int_eq(r->rules[rule].then[0].integer, 9);
    tta_rules_free(r);
}
END_TEST

/* A default is for rows that no rule takes, not for rows that cannot be judged. */
START_TEST(default_hides_no_error)
{
    struct tta_rules *r = load_good(document("\"default\":{\"o\":9},", ALL_INPUTS, OUT, TWO));
    union tta_slot row[INPUTS];
    struct tta_error e;
    size_t rule;

    clear_row(r, row);
    ck_assert_int_eq(decide(r, row, &rule, &e), TTA_E_DATA);
    ck_assert_str_eq(e.column, "b");
    row[B].boolean = row[B2].boolean = 0;
    ck_assert_int_eq(decide(r, row, &rule, &e), 0);
    ck_assert_uint_eq(rule, 2);
    tta_rules_free(r);
}
END_TEST

/* Short circuit is what lets a rule ask for a column only where it is needed. */
START_TEST(missing_values)
{
    struct tta_rules *r = load_good(
        document("\"hit_policy\":\"FIRST\",\"default\":{\"o\":0},", ALL_INPUTS, OUT,
                 RULE("and", "{\"and\":[{\"present\":\"i\"},{\">\":[" VAR("i") ",5]}]}",
                      "{\"o\":1}") "," RULE("or",
                                            "{\"or\":[{\"missing\":[\"t\"]},{\"==\":[" VAR(
                                                "t") ",\"2012-01-02\"]}]}",
                                            "{\"o\":2}") "," RULE("not", "{\"!\":[" VAR("b") "]}",
                                                                  "{\"o\":3}")));
    union tta_slot row[INPUTS];
    struct tta_error e;
    size_t rule;

    clear_row(r, row);
    ck_assert_int_eq(decide(r, row, &rule, &e), 0);
    ck_assert_uint_eq(rule, 1);
    row[I].integer = 6;
    ck_assert_int_eq(decide(r, row, &rule, &e), 0);
    ck_assert_uint_eq(rule, 0);
    row[I].integer = 5;
    ck_assert(tta_date_from_ymd(2012, 1, 2, &row[T].date));
    ck_assert_int_eq(decide(r, row, &rule, &e), 0);
    ck_assert_uint_eq(rule, 1);
    row[T].date++;
    ck_assert_int_eq(decide(r, row, &rule, &e), TTA_E_DATA);
    ck_assert_str_eq(e.column, "b");
    ck_assert_str_eq(e.text, "empty, and rule not needs it");
    row[B].boolean = 0;
    ck_assert_int_eq(decide(r, row, &rule, &e), 0);
    ck_assert_uint_eq(rule, 2);
    tta_rules_free(r);
}
END_TEST

/* Outputs of every type, in their units. */
START_TEST(constants)
{
    struct tta_rules *r = load_good(
        document("", ALL_INPUTS,
                 "{\"name\":\"oi\",\"type\":\"integer\",\"values\":[7,-7]},"
                 "{\"name\":\"od\",\"type\":\"decimal\"},{\"name\":\"om\",\"type\":\"money\"},"
                 "{\"name\":\"ot\",\"type\":\"date\",\"values\":[\"2012-01-02\"]},"
                 "{\"name\":\"ob\",\"type\":\"boolean\"},"
                 "{\"name\":\"os\",\"type\":\"text\",\"values\":[\"æ\",\"b\"]}",
                 RULE("r", "true",
                      "{\"os\":\"æ\",\"oi\":-7,\"od\":0.07,\"om\":22192.5,\"ot\":\"2012-01-02\","
                      "\"ob\":false}")));
    const union tta_slot *then = r->rules[0].then;

    ck_assert_int_eq(then[0].integer, -7);
    ck_assert_int_eq(then[1].micro, 70000);
    ck_assert_int_eq(then[2].ore, 2219250);
    ck_assert_int_eq(tta_date_weekday(then[3].date), 0);
    ck_assert_int_eq(then[3].date, 15341); /* date -ud 2012-01-02 +%s / 86400 */
    ck_assert_int_eq(then[4].boolean, 0);
    ck_assert(tta_text_is(then[5].text, "\xC3\xA6"));
    tta_rules_free(r);
}
END_TEST

#define LIMITED(name, type, more) "{\"name\":\"" name "\",\"type\":\"" type "\"," more DESCRIBED "}"

static void outside(const struct tta_rules *r, const union tta_slot *row, const char *column,
                    const char *text)
{
    struct tta_error e;
    size_t rule;

    ck_assert_int_eq(decide(r, row, &rule, &e), TTA_E_DATA);
    ck_assert_str_eq(e.column, column);
    ck_assert_str_eq(e.text, text);
}

START_TEST(limits)
{
    struct tta_rules *r = load_good(document(
        "",
        LIMITED("low", "decimal", "\"minimum\":-0.5,\"nullable\":true,") "," LIMITED(
            "high", "money",
            "\"maximum\":1000.25,") "," LIMITED("day", "date",
                                                "") "," LIMITED("word", "text",
                                                                "\"values\":[\"a\",\"b\"]"
                                                                ",") "," LIMITED("free", "text",
                                                                                 ""),
        OUT, RULE("r", "true", "{\"o\":1}")));
    union tta_slot row[5], good[5];
    struct tta_error e;
    size_t rule;

    good[0].micro = -500000;
    good[1].ore = 100025;
    good[2].date = 15341;
    good[3].choice = 1;
    good[4].text = tta_text_of("");
    ck_assert_int_eq(decide(r, good, &rule, &e), 0);
    memcpy(row, good, sizeof row);
    row[0].micro = TTA_INTEGER_NONE;
    ck_assert_int_eq(decide(r, row, &rule, &e), 0);
    row[0].micro = -500001;
    outside(r, row, "low", "below -0.5");
    memcpy(row, good, sizeof row);
    row[1].ore++;
    outside(r, row, "high", "above 1000.25");
    memcpy(row, good, sizeof row);
    row[2].date = TTA_DATE_NONE;
    outside(r, row, "day", "empty, and test needs it");
    memcpy(row, good, sizeof row);
    row[3].choice = 2;
    outside(r, row, "word", "not one of a, b");
    row[3].choice = -2;
    outside(r, row, "word", "not one of a, b");
    row[3].choice = TTA_CHOICE_NONE;
    outside(r, row, "word", "empty, and test needs it");
    memcpy(row, good, sizeof row);
    row[4].text.ptr = NULL;
    outside(r, row, "free", "empty, and test needs it");
    tta_rules_free(r);
}
END_TEST

START_TEST(choices)
{
    struct tta_rules *r = load_good(
        document("", ALL_INPUTS, OUT, RULE("r", "{\"==\":[" VAR("c") ",\"green\"]}", "{\"o\":1}")));
    const struct tta_rules_column *c = &r->inputs[C];

    ck_assert_int_eq(c->type, TTA_CHOICE);
    ck_assert_str_eq(c->values[2], "blue");
    ck_assert_ptr_null(c->values[3]);
    ck_assert_int_eq(tta_rules_choice(c, tta_text_of("green")), 1);
    ck_assert_int_eq(tta_rules_choice(c, tta_text_of("Green")), TTA_CHOICE_NONE);
    tta_rules_free(r);
}
END_TEST

/* A rule over the given number of comparisons, all of b. */
static char *wide(size_t comparisons)
{
    static const char one[] = VAR("b") ",";
    char *when = malloc(comparisons * sizeof one + 100), *rule, *at, *text;

    ck_assert_ptr_nonnull(when);
    at = when + sprintf(when, "{\"or\":[");
    for (size_t i = 0; i < comparisons; i++, at += sizeof one - 1)
        memcpy(at, one, sizeof one);
    strcpy(at - 1, "]}");
    rule = malloc(strlen(when) + 200);
    ck_assert_ptr_nonnull(rule);
    sprintf(rule, RULE("wide", "%s", "{\"o\":1}"), when);
    text = document("\"default\":{\"o\":0},", ALL_INPUTS, OUT, rule);
    free(rule);
    free(when);
    return text;
}

/* Besides its comparisons a program has three ends and one step for each rule. */
START_TEST(size)
{
    struct tta_rules *r = load_good(wide(TTA_RULES_CODE_MAX - 4));
    union tta_slot row[INPUTS];
    struct tta_error e;
    size_t rule;

    clear_row(r, row);
    row[B].boolean = 1;
    ck_assert_int_eq(decide(r, row, &rule, &e), 0);
    ck_assert_uint_eq(rule, 0);
    row[B].boolean = 0;
    ck_assert_int_eq(decide(r, row, &rule, &e), 0);
    ck_assert_uint_eq(rule, 1);
    tta_rules_free(r);
    tta_error_clear(&e);
    ck_assert_int_eq(load_text(wide(TTA_RULES_CODE_MAX - 3), &r, &e), TTA_E_CONFIG);
    ck_assert_str_eq(e.text, "more than 60000 comparisons");
}
END_TEST

Suite *rules_decide_suite(void)
{
    Suite *s = suite_create("rules/decide");
    TCase *t = tcase_create("decide");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, unique);
    tcase_add_test(t, first);
    tcase_add_test(t, default_hides_no_error);
    tcase_add_test(t, missing_values);
    tcase_add_test(t, constants);
    tcase_add_test(t, limits);
    tcase_add_test(t, choices);
    tcase_add_test(t, size);
    suite_add_tcase(s, t);
    return s;
}
