/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support.h"

#include "../../../lib/data/embedded.h"
#include "../../../lib/data/schema.h"

Suite *data_schema_suite(void);

static json_t *json(const char *text)
{
    json_error_t error;
    json_t *j = json_loads(text, JSON_DECODE_ANY, &error);

    ck_assert_msg(j != NULL, "%s: %s", text, error.text);
    return j;
}

START_TEST(every_shipped_schema_is_one)
{
    int count = 0;

    for (unsigned i = 0; i < tta_embedded_count; i++) {
        struct tta_error e = {0};
        json_t *schema;

        if (strcmp(tta_embedded_all[i].kind, "schema") != 0)
            continue;
        schema = json(tta_embedded_all[i].json);
        ck_assert_msg(tta_schema_verify(schema, &e) == 0, "%s: %s", tta_embedded_all[i].name,
                      e.text);
        json_decref(schema);
        count++;
    }
    ck_assert_int_ge(count, 8);
}
END_TEST

/* Schemas that are none. */
static const struct {
    const char *schema, *text;
} broken[] = {
    {"[]", "schema /: not an object"},
    {"{}", "schema /: type is missing"},
    {"{\"type\": \"text\"}", "schema /type: unknown keyword, or a value it cannot have"},
    {"{\"type\": []}", "schema /type: unknown keyword, or a value it cannot have"},
    {"{\"type\": [\"string\", 1]}", "schema /type: unknown keyword, or a value it cannot have"},
    {"{\"type\": \"string\", \"pattern\": \"a\"}",
     "schema /pattern: unknown keyword, or a value it cannot have"},
    {"{\"type\": \"string\", \"format\": \"time\"}",
     "schema /format: unknown keyword, or a value it cannot have"},
    {"{\"type\": \"number\", \"format\": \"date\"}", "schema /: a number is never a date"},
    {"{\"type\": \"string\", \"minLength\": -1}",
     "schema /minLength: unknown keyword, or a value it cannot have"},
    {"{\"type\": \"string\", \"enum\": [1]}",
     "schema /enum: unknown keyword, or a value it cannot have"},
    {"{\"type\": \"number\", \"minimum\": \"0\"}",
     "schema /minimum: unknown keyword, or a value it cannot have"},
    {"{\"type\": \"object\"}",
     "schema /: an object must name its properties, and nothing else can"},
    {"{\"type\": \"string\", \"properties\": {}}",
     "schema /: an object must name its properties, and nothing else can"},
    {"{\"type\": \"array\"}", "schema /: a list must name its items, and nothing else can"},
    {"{\"type\": \"object\", \"properties\": {}, \"additionalProperties\": true}",
     "schema /additionalProperties: unknown keyword, or a value it cannot have"},
    {"{\"type\": \"object\", \"properties\": {}, \"required\": [\"a\"]}",
     "schema /: a required key is not among the properties"},
    {"{\"type\": \"object\", \"properties\": {\"a/b\": {\"type\": \"any\"}}}",
     "schema /properties/a~1b/type: unknown keyword, or a value it cannot have"},
    {"{\"type\": \"array\", \"items\": {\"type\": \"any\"}}",
     "schema /items/type: unknown keyword, or a value it cannot have"},
    {"{\"type\": \"object\", \"properties\": {}, \"additionalProperties\": {\"type\": 1}}",
     "schema /additionalProperties/type: unknown keyword, or a value it cannot have"},
    {"{\"$ref\": \"#/definitions/a\"}", "schema /: $ref leads nowhere"},
    {"{\"$ref\": \"other.json\"}", "schema /: $ref leads nowhere"},
    {"{\"$ref\": \"#/definitions/a\", \"definitions\": {}}",
     "schema /: nothing but a description may stand beside $ref"},
    {"{\"type\": \"array\", \"items\": {\"$ref\": \"#/definitions/a\"},"
     " \"definitions\": {\"a\": {\"$ref\": \"#/definitions/a\"}}}",
     "schema /items: $ref leads nowhere"},
};

START_TEST(broken_schemas_are_named)
{
    struct tta_error e = {0};
    json_t *schema = json(broken[_i].schema);

    ck_assert_int_eq(tta_schema_verify(schema, &e), TTA_E_INTERNAL);
    ck_assert_str_eq(e.text, broken[_i].text);
    json_decref(schema);
}
END_TEST

#define NUMBERS "{\"type\": \"number\", \"minimum\": -1, \"maximum\": 2.5}"
#define LIST                                                                                       \
    "{\"type\": \"array\", \"minItems\": 1, \"maxItems\": 2, \"items\": {\"type\": \"integer\"}}"
#define OBJECT                                                                                     \
    "{\"type\": \"object\", \"required\": [\"a\"], \"minProperties\": 1, \"maxProperties\": 2,"    \
    " \"properties\": {\"a\": {\"type\": \"boolean\"}, \"b\": {\"type\": \"null\"},"               \
    " \"c\": {\"type\": \"null\"}}}"
#define TREE                                                                                       \
    "{\"type\": \"object\", \"properties\": {}, \"additionalProperties\": {\"$ref\":"              \
    " \"#/definitions/node\"}, \"definitions\": {\"node\": {\"type\": [\"object\", \"integer\"],"  \
    " \"properties\": {}, \"additionalProperties\": {\"$ref\": \"#/definitions/node\"}}}}"

/* A schema, a value, and the sentence; NULL: it fits. */
static const struct {
    const char *schema, *value, *text;
} values[] = {
    {"{\"type\": \"string\"}", "\"\"", NULL},
    {"{\"type\": \"string\"}", "1", "should be a text"},
    {"{\"type\": \"integer\"}", "1", NULL},
    {"{\"type\": \"integer\"}", "1.0", "should be a whole number"},
    {"{\"type\": \"number\"}", "1", NULL},
    {"{\"type\": \"number\"}", "\"1\"", "should be a number"},
    {"{\"type\": \"boolean\"}", "false", NULL},
    {"{\"type\": \"boolean\"}", "null", "should be true or false"},
    {"{\"type\": [\"string\", \"null\"]}", "null", NULL},
    {"{\"type\": [\"string\", \"null\"]}", "true", "should be a text or null"},
    {"{\"type\": [\"string\", \"number\", \"null\"]}", "true",
     "should be a text, a number or null"},
    {NUMBERS, "-1", NULL},
    {NUMBERS, "2.5", NULL},
    {NUMBERS, "-1.01", "less than -1"},
    {NUMBERS, "3", "more than 2.5"},
    {"{\"type\": \"string\", \"minLength\": 1, \"maxLength\": 3}", "\"abc\"", NULL},
    {"{\"type\": \"string\", \"minLength\": 1, \"maxLength\": 3}", "\"\"",
     "at least 1 bytes are needed"},
    {"{\"type\": \"string\", \"minLength\": 1, \"maxLength\": 3}", "\"abcd\"", "more than 3 bytes"},
    {"{\"type\": \"string\", \"enum\": [\"a\", \"b\", \"c\"]}", "\"c\"", NULL},
    {"{\"type\": \"string\", \"enum\": [\"a\", \"b\", \"c\"]}", "\"SECRET\"",
     "should be a, b or c"},
    {"{\"type\": \"string\", \"format\": \"date\"}", "\"2012-02-29\"", NULL},
    {"{\"type\": \"string\", \"format\": \"date\"}", "\"2011-02-29\"",
     "no such day in the calendar (years 1800 to 2199 are read)"},
    {"{\"type\": \"string\", \"format\": \"date\"}", "\"29-02-2012\"", "not a date (yyyy-mm-dd)"},
    {"{\"type\": \"number\", \"format\": \"money\"}", "22192.5", NULL},
    {"{\"type\": \"number\", \"format\": \"money\"}", "0.07", NULL},
    {"{\"type\": \"number\", \"format\": \"money\"}", "0.075",
     "not an amount in kroner with two decimals at the most"},
    {"{\"type\": \"number\", \"format\": \"decimal\"}", "0.000001", NULL},
    {"{\"type\": \"number\", \"format\": \"decimal\"}", "0.0000015",
     "not a number with six decimals at the most"},
    {"{\"type\": \"number\", \"format\": \"decimal\"}", "1e300",
     "not a number with six decimals at the most"},
    {LIST, "[1, 2]", NULL},
    {LIST, "[]", "at least 1 items are needed"},
    {LIST, "[1, 2, 3]", "more than 2 items"},
    {LIST, "[1, \"2\"]", "/1: should be a whole number"},
    {OBJECT, "{\"a\": true, \"b\": null}", NULL},
    {OBJECT, "{\"b\": null}", "key a is missing"},
    {OBJECT, "{\"a\": true, \"d\": 1}", "/d: unknown key"},
    {OBJECT, "{\"a\": true, \"x~/\\n\": 1}", "/x~0~1?: unknown key"},
    {OBJECT, "{\"a\": 1}", "/a: should be true or false"},
    {OBJECT, "{\"a\": true, \"b\": null, \"c\": null}", "more than 2 keys"},
    {TREE, "{\"x\": {\"y\": {\"z\": 1}}, \"w\": 2}", NULL},
    {TREE, "{\"x\": {\"y\": {\"z\": \"1\"}}}", "/x/y/z: should be an object or a whole number"},
};

START_TEST(values_are_checked)
{
    struct tta_error e = {0};
    json_t *schema = json(values[_i].schema), *value = json(values[_i].value);
    int code;

    ck_assert_msg(tta_schema_verify(schema, &e) == 0, "%s", e.text);
    code = tta_schema_check(schema, NULL, value, &e);
    if (values[_i].text == NULL) {
        ck_assert_msg(code == 0, "%s", e.text);
    } else {
        ck_assert_int_eq(code, TTA_E_CONFIG);
        ck_assert_str_eq(e.text, values[_i].text);
    }
    json_decref(schema);
    json_decref(value);
}
END_TEST

START_TEST(base_comes_on_top_of_the_outermost_object)
{
    json_t *base = json("{\"type\": \"object\", \"required\": [\"id\"],"
                        " \"properties\": {\"id\": {\"type\": \"string\"}}}");
    json_t *schema = json("{\"type\": \"object\", \"properties\": {\"in\": {\"type\": \"object\","
                          " \"properties\": {}}}}");
    json_t *good = json("{\"id\": \"a\", \"in\": {}}");
    json_t *without = json("{\"in\": {}}");
    json_t *inside = json("{\"id\": \"a\", \"in\": {\"id\": \"a\"}}");
    struct tta_error e = {0};

    ck_assert_int_eq(tta_schema_check(schema, base, good, &e), 0);
    ck_assert_int_eq(tta_schema_check(schema, base, without, &e), TTA_E_CONFIG);
    ck_assert_str_eq(e.text, "key id is missing");
    tta_error_clear(&e);
    ck_assert_int_eq(tta_schema_check(schema, base, inside, &e), TTA_E_CONFIG);
    ck_assert_str_eq(e.text, "/in/id: unknown key");
    json_decref(base);
    json_decref(schema);
    json_decref(good);
    json_decref(without);
    json_decref(inside);
}
END_TEST

START_TEST(long_pointers_are_cut)
{
    char place[TTA_POINTER_SIZE] = "";
    char key[300];

    memset(key, '/', sizeof key - 1);
    key[sizeof key - 1] = '\0';
    for (int i = 0; i < 3; i++) {
        char parent[TTA_POINTER_SIZE];

        memcpy(parent, place, sizeof parent);
        tta_pointer_key(place, parent, key);
        ck_assert_uint_lt(strlen(place), sizeof place);
        ck_assert_uint_gt(strlen(place), sizeof place - 5);
        tta_pointer_index(parent, place, 12345678);
        ck_assert_uint_lt(strlen(parent), sizeof parent);
    }
}
END_TEST

/* The shipped schemas, seen through shipped documents that are wrong in one place. */
static const struct {
    const char *kind, *name, *from, *to, *text;
} changed[] = {
    {"rules", "tta-2009", "\"hit_policy\"", "\"hit_police\"", "/hit_police: unknown key"},
    {"rules", "tta-2009", "UNIQUE", "MOST", "/hit_policy: should be UNIQUE, FIRST, ANY or COLLECT"},
    {"rules", "tta-2009", "\"type\": \"integer\"", "\"type\": \"int\"",
     "/inputs/0/type: should be integer, decimal, money, date, boolean or text"},
    {"rules", "tta-2009", "\"id\": \"cat1\",", "", "/rules/0: key id is missing"},
    {"rules", "tta-2009", "{\"<=\": [{\"var\": \"expected_weeks\"}, 13]}",
     "{\"<=\": [1, 2], \">\": [1, 2]}", "/rules/0/when/and/0: more than 1 keys"},
    {"rules", "tta-2009", "{\"<=\": [{\"var\": \"expected_weeks\"}, 13]}", "{}",
     "/rules/0/when/and/0: at least 1 keys are needed"},
    {"rules", "tta-2009", "\"then\": {\"category\": 1, \"route\": \"caseworker\"}", "\"then\": []",
     "/rules/0/then: should be an object"},
    {"rules", "tta-2009", "\"maximum\": 520", "\"maximum\": 0.1234567",
     "/inputs/0/maximum: not a number with six decimals at the most"},
    {"refusion", "2011", "\"confidence\": \"seen\",", "", "key confidence is missing"},
    {"refusion", "2011", "\"confidence\": \"seen\"", "\"confidence\": \"sure\"",
     "/confidence: should be seen, derived or uncertain"},
    {"refusion", "2011", "\"2011-01-01\"", "20110101", "/valid_from: should be a text"},
    {"refusion", "2011", "\"2011-01-01\"", "\"2011-13-01\"",
     "/valid_from: no such day in the calendar (years 1800 to 2199 are read)"},
    {"refusion", "2011", "\"2015-12-27\"", "\"\"", "/valid_to: not a date (yyyy-mm-dd)"},
    {"refusion", "2011", "\"absence\"", "\"days\"", "/weeks_counted: should be absence or benefit"},
    {"refusion", "2011", "\"state_share\": 0.5", "\"state_share\": \"half\"",
     "/bands/1/state_share: should be a number"},
    {"refusion", "2011", "\"state_share\": 0.5", "\"state_share\": 50",
     "/bands/1/state_share: more than 1"},
    {"refusion", "2011", "\"state_share\": 0.5", "\"state_share\": -0.5",
     "/bands/1/state_share: less than 0"},
    {"refusion", "2011", "\"id\": \"2011\"", "\"id\": \"\"", "/id: at least 1 bytes are needed"},
    {"refusion", "2011", "\"id\": \"2011\"",
     "\"id\": \"1234567890123456789012345678901234567890123456789012345678901234\"",
     "/id: more than 63 bytes"},
    {"rates", "employer-period", "\"value\": 14", "\"value\": 14.001",
     "/rows/0/value: not an amount in kroner with two decimals at the most"},
    {"rates", "employer-period", "\"days\"", "\"weeks\"", "/unit: should be kr_per_week or days"},
    {"cost", "tta-2009", "\"per_cases\": 170", "\"per_cases\": 0",
     "/lines/0/per_cases: less than 1"},
    {"codes", "municipalities", "\"code\": 101", "\"code\": \"101\"",
     "/municipalities/0/code: should be a whole number"},
    {"codes", "columns", "\"aliases\"", "\"alias\"", "/columns/0: key aliases is missing"},
    {"simulation", "cases", "\"count\": 37318", "\"count\": 37318.5",
     "/able_to_participate/count: should be a whole number"},
};

START_TEST(changed_documents_are_refused)
{
    expect_changed(changed[_i].kind, changed[_i].name, changed[_i].from, changed[_i].to,
                   changed[_i].text);
}
END_TEST

Suite *data_schema_suite(void)
{
    Suite *s = suite_create("data/schema");
    TCase *t = tcase_create("all");

    tcase_add_test(t, every_shipped_schema_is_one);
    tcase_add_loop_test(t, broken_schemas_are_named, 0, sizeof broken / sizeof *broken);
    tcase_add_loop_test(t, values_are_checked, 0, sizeof values / sizeof *values);
    tcase_add_test(t, base_comes_on_top_of_the_outermost_object);
    tcase_add_test(t, long_pointers_are_cut);
    tcase_add_loop_test(t, changed_documents_are_refused, 0, sizeof changed / sizeof *changed);
    suite_add_tcase(s, t);
    return s;
}
