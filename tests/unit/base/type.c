/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "tta/type.h"

Suite *base_type_suite(void);

/* Every type by itself: its name, its size, a value that is there. */
static const struct {
    enum tta_type type;
    const char *name;
    size_t size;
    union tta_slot there;
} types[] = {
    {TTA_TEXT, "text", sizeof(struct tta_text), {.text = {"", 0}}},
    {TTA_INTEGER, "whole number", 8, {.integer = 0}},
    {TTA_DECIMAL, "decimal number", 8, {.micro = -1}},
    {TTA_MONEY, "amount in kroner", 8, {.ore = INT64_MIN + 1}},
    {TTA_DATE, "date", 4, {.date = 0}},
    {TTA_BOOLEAN, "truth value", 1, {.boolean = 0}},
    {TTA_NUMBER, "number", 8, {.number = 0}},
    {TTA_CHOICE, "choice", 4, {.choice = 0}},
    {TTA_EITHER, "number or text", sizeof(struct tta_either), {.either = {{"", 0}, NAN}}},
};

START_TEST(missing_and_there)
{
    union tta_slot slot;

    ck_assert_str_eq(tta_type_name(types[_i].type), types[_i].name);
    ck_assert_uint_eq(tta_type_size(types[_i].type), types[_i].size);
    slot = types[_i].there;
    ck_assert(!tta_type_is_missing(types[_i].type, &slot));
    tta_type_set_missing(types[_i].type, &slot);
    ck_assert(tta_type_is_missing(types[_i].type, &slot));
}
END_TEST

/* Only the member is written, not what stands behind it in a record. */
START_TEST(missing_stays_inside)
{
    unsigned char place[2 * sizeof(union tta_slot)] __attribute__((aligned(16)));
    size_t size = types[_i].size;

    memset(place, 0xA5, sizeof place);
    tta_type_set_missing(types[_i].type, place);
    for (size_t i = size; i < sizeof place; i++)
        ck_assert_uint_eq(place[i], 0xA5);
}
END_TEST

START_TEST(missing_values)
{
    union tta_slot s;

    tta_type_set_missing(TTA_TEXT, &s);
    ck_assert_ptr_null(s.text.ptr);
    ck_assert_uint_eq(s.text.len, 0);
    tta_type_set_missing(TTA_MONEY, &s);
    ck_assert(s.ore == TTA_INTEGER_NONE);
    tta_type_set_missing(TTA_DATE, &s);
    ck_assert(s.date == TTA_DATE_NONE);
    tta_type_set_missing(TTA_BOOLEAN, &s);
    ck_assert(s.boolean == TTA_BOOLEAN_NONE);
    tta_type_set_missing(TTA_CHOICE, &s);
    ck_assert(s.choice == TTA_CHOICE_NONE);
    tta_type_set_missing(TTA_NUMBER, &s);
    ck_assert(isnan(s.number));
    tta_type_set_missing(TTA_EITHER, &s);
    ck_assert(isnan(s.either.number));
    ck_assert_ptr_null(s.either.text.ptr);
}
END_TEST

START_TEST(truth_values)
{
    static const char *const yes[] = {"1",   "true", "TRUE", "True", "tRUE", "yes", "Yes",
                                      "YES", "ja",   "Ja",   "JA",   "sand", "SAND"};
    static const char *const no[] = {"0",  "false", "FALSE", "False", "fALSE", "no",
                                     "No", "nej",   "Nej",   "NEJ",   "falsk", "Falsk"};
    static const char *const neither[] = {"",       "2",    "-1",     "01",    "10",    "t",
                                          "f",      "y",    "n",      "j",     "tru",   "truee",
                                          "falsee", "fals", " true",  "true ", "yes.",  "on",
                                          "off",    "oui",  "ja nej", "1.0",   "sandt", "null"};
    int8_t value;

    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        value = 7;
        ck_assert_ptr_null(tta_boolean_parse(tta_text_of(yes[i]), &value));
        ck_assert_int_eq(value, 1);
    }
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
        value = 7;
        ck_assert_ptr_null(tta_boolean_parse(tta_text_of(no[i]), &value));
        ck_assert_int_eq(value, 0);
    }
    value = 7;
    for (size_t i = 0; i < sizeof neither / sizeof *neither; i++)
        ck_assert_str_eq(tta_boolean_parse(tta_text_of(neither[i]), &value),
                         "not a truth value (true/false, 1/0, yes/no, ja/nej)");
    ck_assert_ptr_nonnull(tta_boolean_parse(tta_text_of(NULL), &value));
    ck_assert_int_eq(value, 7);
}
END_TEST

Suite *base_type_suite(void)
{
    Suite *s = suite_create("base/type");
    TCase *t = tcase_create("all");

    tcase_add_loop_test(t, missing_and_there, 0, sizeof types / sizeof *types);
    tcase_add_loop_test(t, missing_stays_inside, 0, sizeof types / sizeof *types);
    tcase_add_test(t, missing_values);
    tcase_add_test(t, truth_values);
    suite_add_tcase(s, t);
    return s;
}
