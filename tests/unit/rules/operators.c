/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every operator: what it gives, at its edges, and what it refuses at load and at run. */
#include "document.h"

Suite *rules_operators_suite(void);

#define VAR(name) "{\"var\":\"" name "\"}"
#define OUT_OF(type) "{\"name\":\"o\",\"type\":\"" type "\",\"nullable\":true}"

static struct tta_rules *table;
static union tta_slot row[INPUTS];
static struct tta_rules_answer answer;

static tta_date day(const char *text)
{
    tta_date d = 0;

    ck_assert_ptr_null(tta_date_parse(tta_text_of(text), TTA_DATE_ISO, &d));
    return d;
}

/* The table whose only rule gives that expression. */
static void take(const char *type, const char *expression)
{
    char output[100], rule[2000];

    tta_rules_free(table);
    snprintf(output, sizeof output, OUT_OF("%s"), type);
    snprintf(rule, sizeof rule, RULE("r", "true", "{\"o\":%s}"), expression);
    table = load_good(document("\"today\":true,", ALL_INPUTS, output, rule));
    tta_rules_on(table, day("2020-02-29"));
}

static const union tta_slot *result(void)
{
    struct tta_error e = {0};

    ck_assert_msg(tta_rules_answer(table, row, &answer, &e) == 0, "%s: %s", e.column, e.text);
    return &answer.out[0];
}

static void fails(const char *column, const char *text)
{
    struct tta_error e = {0};

    ck_assert_int_eq(tta_rules_answer(table, row, &answer, &e), TTA_E_DATA);
    ck_assert_str_eq(e.column, column);
    ck_assert_str_eq(e.text, text);
}

static void fresh(void)
{
    struct tta_rules *r = load_good(document("", ALL_INPUTS, OUT, RULE("r", "true", "{\"o\":1}")));

    clear_row(r, row);
    tta_rules_free(r);
    table = NULL;
}

static void done(void)
{
    tta_rules_free(table);
    table = NULL;
}

START_TEST(sums)
{
    take("integer", "{\"+\":[" VAR("i") "," VAR("i2") ",3]}");
    row[I].integer = 4;
    fails("i2", "empty, and rule r needs it");
    row[I2].integer = -9;
    ck_assert_int_eq(result()->integer, -2);
    row[I].integer = INT64_MAX;
    row[I2].integer = 1;
    fails("", "rule r: a number too large to hold");
    take("integer", "{\"-\":[" VAR("i") "]}");
    row[I].integer = INT64_MAX;
    ck_assert_int_eq(result()->integer, -INT64_MAX);
    take("money", "{\"-\":[" VAR("m") ",0.05]}");
    row[M].ore = 3;
    ck_assert_int_eq(result()->ore, -2);
    take("decimal", "{\"+\":[0.000001," VAR("d") "]}");
    row[D].micro = 999999;
    ck_assert_int_eq(result()->micro, 1000000);
}
END_TEST

START_TEST(products)
{
    take("integer", "{\"*\":[" VAR("i") ",-7]}");
    row[I].integer = 6;
    ck_assert_int_eq(result()->integer, -42);
    row[I].integer = INT64_MAX;
    fails("", "rule r: a number too large to hold");
    take("decimal", "{\"*\":[" VAR("d") "," VAR("d2") "]}");
    row[D].micro = 1500000;
    row[D2].micro = 333333;
    ck_assert_int_eq(result()->micro, 500000); /* 0.4999995, half up */
    take("decimal", "{\"*\":[" VAR("i") ",0.5]}");
    row[I].integer = 3;
    ck_assert_int_eq(result()->micro, 1500000);
    take("money", "{\"*\":[0.5," VAR("m") "]}");
    row[M].ore = 101;
    ck_assert_int_eq(result()->ore, 51); /* 50.5 øre, half up */
    take("money", "{\"*\":[" VAR("m") "," VAR("i") "]}");
    ck_assert_int_eq(result()->ore, 303);
}
END_TEST

START_TEST(quotients)
{
    take("decimal", "{\"/\":[" VAR("i") "," VAR("i2") "]}");
    row[I].integer = 2;
    row[I2].integer = 3;
    ck_assert_int_eq(result()->micro, 666667);
    row[I2].integer = -3;
    ck_assert_int_eq(result()->micro, -666667);
    row[I2].integer = 0;
    fails("", "rule r: a division by zero");
    take("decimal", "{\"/\":[" VAR("i") ",0.25]}");
    ck_assert_int_eq(result()->micro, 8000000);
    take("decimal", "{\"/\":[" VAR("d") ",4]}");
    row[D].micro = 10;
    ck_assert_int_eq(result()->micro, 3); /* 2.5 millionths */
    take("decimal", "{\"/\":[" VAR("m") "," VAR("m2") "]}");
    row[M].ore = 100;
    row[M2].ore = 400;
    ck_assert_int_eq(result()->micro, 250000);
    take("money", "{\"/\":[" VAR("m") ",3]}");
    ck_assert_int_eq(result()->ore, 33);
    take("money", "{\"/\":[" VAR("m") ",0.8]}");
    ck_assert_int_eq(result()->ore, 125);
}
END_TEST

START_TEST(extremes)
{
    take("integer", "{\"min\":[" VAR("i") ",5," VAR("i2") "]}");
    row[I].integer = 9;
    row[I2].integer = 6;
    ck_assert_int_eq(result()->integer, 5);
    take("date", "{\"max\":[" VAR("t") ",\"2012-01-02\"]}");
    row[T].date = day("2012-01-01");
    ck_assert_int_eq(result()->date, day("2012-01-02"));
    row[T].date = day("2012-01-03");
    ck_assert_int_eq(result()->date, day("2012-01-03"));
    take("date", "{\"min\":[" VAR("t") ",{\"today\":[]}]}");
    ck_assert_int_eq(result()->date, day("2012-01-03"));
    take("money", "{\"max\":[" VAR("m") ",1.5]}");
    row[M].ore = 149;
    ck_assert_int_eq(result()->ore, 150);
}
END_TEST

/* Distances: date -ud A +%s and B, by hand. */
START_TEST(distances)
{
    take("integer", "{\"days_between\":[" VAR("t") "," VAR("t2") "]}");
    row[T].date = day("2012-02-28");
    row[T2].date = day("2012-03-01");
    ck_assert_int_eq(result()->integer, 2);
    row[T2].date = day("2012-02-27");
    ck_assert_int_eq(result()->integer, -1);
    row[T2].date = TTA_DATE_NONE;
    fails("t2", "empty, and rule r needs it");
    take("integer", "{\"weeks_between\":[" VAR("t") "," VAR("t2") "]}");
    row[T2].date = row[T].date + 13;
    ck_assert_int_eq(result()->integer, 1);
    row[T2].date = row[T].date + 14;
    ck_assert_int_eq(result()->integer, 2);
    row[T2].date = row[T].date - 13;
    ck_assert_int_eq(result()->integer, -1);
}
END_TEST

START_TEST(calendar)
{
    take("date", "{\"add_months\":[" VAR("t") "," VAR("i") "]}");
    row[T].date = day("2011-01-31");
    row[I].integer = 1;
    ck_assert_int_eq(result()->date, day("2011-02-28"));
    row[T].date = day("2012-01-31");
    ck_assert_int_eq(result()->date, day("2012-02-29"));
    row[I].integer = 13;
    ck_assert_int_eq(result()->date, day("2013-02-28"));
    row[I].integer = -2;
    ck_assert_int_eq(result()->date, day("2011-11-30"));
    row[I].integer = 12 * 188;
    fails("", "rule r: a day outside 1800 to 2199");
    row[I].integer = INT64_MAX;
    fails("", "rule r: a day outside 1800 to 2199");
    take("date", "{\"add_weeks\":[" VAR("t") ",8]}");
    ck_assert_int_eq(result()->date, day("2012-03-27"));
    row[T].date = day("2199-12-31");
    fails("", "rule r: a day outside 1800 to 2199");
    take("date", "{\"add_days\":[" VAR("t") ",-365]}");
    row[T].date = day("2012-12-31");
    ck_assert_int_eq(result()->date, day("2012-01-01"));
    take("date", "{\"month_end\":" VAR("t") "}");
    row[T].date = day("2012-02-01");
    ck_assert_int_eq(result()->date, day("2012-02-29"));
    row[T].date = day("1900-02-28");
    ck_assert_int_eq(result()->date, day("1900-02-28"));
    row[T].date = day("2011-12-31");
    ck_assert_int_eq(result()->date, day("2011-12-31"));
    take("integer", "{\"iso_week\":[" VAR("t") "]}");
    row[T].date = day("2021-01-03");
    ck_assert_int_eq(result()->integer, 53);
    row[T].date = day("2021-01-04");
    ck_assert_int_eq(result()->integer, 1);
}
END_TEST

START_TEST(ages)
{
    static const struct {
        const char *birth, *on;
        int age;
    } known[] = {
        {"1960-02-29", "2019-02-28", 58}, {"1960-02-29", "2019-03-01", 59},
        {"1960-02-29", "2020-02-28", 59}, {"1960-02-29", "2020-02-29", 60},
        {"1970-06-15", "2012-06-14", 41}, {"1970-06-15", "2012-06-15", 42},
        {"2012-01-01", "2012-01-01", 0},  {"1999-12-31", "2000-01-01", 0},
    };

    take("integer", "{\"age_on\":[" VAR("t") "," VAR("t2") "]}");
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        row[T].date = day(known[i].birth);
        row[T2].date = day(known[i].on);
        ck_assert_int_eq(result()->integer, known[i].age);
    }
    row[T2].date = row[T].date - 1;
    fails("", "rule r: an age before the birth");
}
END_TEST

START_TEST(choices_of_values)
{
    take("text", "{\"if\":[" VAR("b") ",\"a\"," VAR("b2") "," VAR("c") ",null]}");
    row[B].boolean = 1;
    ck_assert(tta_text_is(result()->text, "a"));
    row[B].boolean = 0;
    fails("b2", "empty, and rule r needs it");
    row[B2].boolean = 0;
    ck_assert_ptr_null(result()->text.ptr);
    row[B2].boolean = 1;
    fails("c", "empty, and rule r needs it");
    row[C].choice = 2;
    ck_assert(tta_text_is(result()->text, "blue"));
    take("boolean", "{\"==\":[{\"missing\":\"i\"},{\"present\":\"d\"}]}");
    row[D].micro = 1;
    ck_assert_int_eq(result()->boolean, 1);
    row[I].integer = 1;
    ck_assert_int_eq(result()->boolean, 0);
    take("date", "null");
    ck_assert_int_eq(result()->date, TTA_DATE_NONE);
    take("integer", "{\"+\":[{\"if\":[" VAR("b") ",1,2]},10]}");
    ck_assert_int_eq(result()->integer, 12);
    take("date", "{\"today\":[]}");
    ck_assert_int_eq(result()->date, day("2020-02-29"));
    tta_rules_on(table, TTA_DATE_NONE);
    fails("", "rule r: today, which is not known");
}
END_TEST

/* Is a row taken by a rule with that condition? -1: it cannot be told. */
static int holds(const char *condition)
{
    struct tta_error e = {0};
    char rule[2000];
    size_t which;

    tta_rules_free(table);
    snprintf(rule, sizeof rule, RULE("r", "%s", "{\"o\":1}"), condition);
    table = load_good(document("\"default\":{\"o\":0},", ALL_INPUTS, OUT, rule));
    return tta_rules_decide(table, row, &which, &e) == 0 ? which == 0 : -1;
}

START_TEST(conditions)
{
#define IN_CHOICE "{\"in\":[" VAR("c") ",[\"red\",\"blue\"]]}"
#define IN_NUMBER "{\"in\":[" VAR("i") ",[1,5,-3]]}"
    ck_assert_int_eq(holds(IN_CHOICE), -1);
    row[C].choice = 0;
    ck_assert_int_eq(holds(IN_CHOICE), 1);
    row[C].choice = 1;
    ck_assert_int_eq(holds(IN_CHOICE), 0);
    row[I].integer = -3;
    ck_assert_int_eq(holds(IN_NUMBER), 1);
    row[I].integer = 2;
    ck_assert_int_eq(holds(IN_NUMBER), 0);
    row[S].text = tta_text_of("F43.2");
    ck_assert_int_eq(holds("{\"in\":[" VAR("s") ",[\"F43\",\"F43.2\"]]}"), 1);
    ck_assert_int_eq(holds("{\"starts_with\":[" VAR("s") ",\"F43\"]}"), 1);
    ck_assert_int_eq(holds("{\"starts_with\":[" VAR("s") ",\"F43.21\"]}"), 0);
    ck_assert_int_eq(holds("{\"starts_with\":[" VAR("s") ",\"\"]}"), 1);
    ck_assert_int_eq(holds("{\"starts_with\":[" VAR("c") ",\"gr\"]}"), 1);
    ck_assert_int_eq(holds("{\"starts_with\":[" VAR("s") "," VAR("s2") "]}"), -1);
    row[B].boolean = 1;
    row[B2].boolean = 0;
    ck_assert_int_eq(holds("{\"!!\":" VAR("b") "}"), 1);
    ck_assert_int_eq(holds("{\"if\":[" VAR("b") "," VAR("b2") ",true]}"), 0);
    ck_assert_int_eq(holds("{\"if\":[" VAR("b2") "," VAR("b2") ",true]}"), 1);
    ck_assert_int_eq(holds("{\"<\":[1,{\"+\":[" VAR("i") ",1]},4]}"), 1);
    ck_assert_int_eq(holds("{\"<\":[" VAR("i") ",{\"*\":[" VAR("i") ",2]},4]}"), 0);
    ck_assert_int_eq(holds("{\"!=\":[{\"if\":[" VAR("b") "," VAR("c") "," VAR("c2") "]},\"red\"]}"),
                     1);
}
END_TEST

/* The table is refused with exactly that text, behind its place. */
static void refused(const char *type, const char *expression, const char *why)
{
    struct tta_error e = {0};
    struct tta_rules *r = NULL;
    char output[100], rule[2000];

    snprintf(output, sizeof output, "{\"name\":\"o\",\"type\":\"%s\"}", type);
    snprintf(rule, sizeof rule, RULE("r", "true", "{\"o\":%s}"), expression);
    ck_assert_int_eq(load_text(document("", ALL_INPUTS, output, rule), &r, &e), TTA_E_CONFIG);
    ck_assert_str_eq(e.text, why);
}

START_TEST(types)
{
#define AT "/rules/0/then/o"
    refused("integer", "{\"+\":[" VAR("i") "," VAR("d") "]}",
            AT "/+/1: rule r: d is a decimal number, where a whole number should stand");
    refused("integer", "{\"+\":[1,2]}", AT ": rule r: + of constants only");
    refused("integer", "{\"+\":[" VAR("t") ",2]}", AT ": rule r: + of t, which is a date");
    refused("integer", "{\"+\":[" VAR("i") ",\"2\"]}",
            AT "/+/1: rule r: should be a whole number, but is a text");
    refused("integer", "{\"+\":[" VAR("i") "]}", AT ": rule r: + takes two operands or more");
    refused("integer", "{\"*\":[" VAR("i") ",2,3]}", AT ": rule r: * takes two operands");
    refused("money", "{\"*\":[" VAR("m") "," VAR("m2") "]}",
            AT ": rule r: an amount in kroner times another");
    refused("decimal", "{\"/\":[" VAR("i") "," VAR("m2") "]}",
            AT ": rule r: divides by an amount in kroner");
    refused("integer", "{\"days_between\":[" VAR("t") "," VAR("i") "]}",
            AT "/days_between/1: rule r: i is a whole number, where a date should stand");
    refused("integer", "{\"days_between\":[" VAR("t") "]}",
            AT ": rule r: days_between takes two operands");
    refused("date", "{\"add_days\":[" VAR("t") ",1.5]}",
            AT "/add_days/1: rule r: should be a whole number, but is not a whole number");
    refused("integer", "{\"iso_week\":[" VAR("t") ",1]}", AT ": rule r: iso_week takes a date");
    refused("date", VAR("i"), AT ": rule r: i is a whole number, where a date should stand");
    refused("date", "{\"today\":[]}", AT ": rule r: today needs \"today\": true in the table");
    refused("date", "null", "/rules/0/then: rule r: output o is null, but not nullable");
    refused("date", "{\"if\":[" VAR("b") "," VAR("t") ",null]}",
            AT "/if/2: rule r: null, but output o is not nullable");
    refused("integer", "{\"if\":[" VAR("b") ",1]}",
            AT ": rule r: if takes a condition, a value and another value");
    refused("integer", "{\"if\":[" VAR("i") ",1,2]}",
            AT "/if/0: rule r: i is a whole number, not a truth value");
    refused("integer", "{\"option\":\"x\"}", AT ": rule r: no option x");
    refused("boolean", "{\"in\":[" VAR("i") ",[1,\"a\"]]}",
            AT "/in/1/1: rule r: compared with i, but is a text");
    refused("boolean", "{\"in\":[" VAR("i") "," VAR("i2") "]}",
            AT ": rule r: in takes a value and a list of constants");
    refused("boolean", "{\"starts_with\":[" VAR("i") ",\"a\"]}",
            AT "/starts_with/0: rule r: i is a whole number, where a text should stand");
    refused("boolean", "{\"==\":[" VAR("i") ",null]}",
            AT "/==/1: rule r: null stands for an empty output only; see missing");
    refused("integer", "{\"sqrt\":[" VAR("i") "]}", AT ": rule r: no operator sqrt");
}
END_TEST

Suite *rules_operators_suite(void)
{
    Suite *s = suite_create("rules/operators");
    TCase *t = tcase_create("operators");

    tcase_add_checked_fixture(t, fresh, done);
    tcase_add_test(t, sums);
    tcase_add_test(t, products);
    tcase_add_test(t, quotients);
    tcase_add_test(t, extremes);
    tcase_add_test(t, distances);
    tcase_add_test(t, calendar);
    tcase_add_test(t, ages);
    tcase_add_test(t, choices_of_values);
    tcase_add_test(t, conditions);
    tcase_add_test(t, types);
    suite_add_tcase(s, t);
    return s;
}
