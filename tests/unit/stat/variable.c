/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers or kinds: a property of the whole column; and the order of the kinds. */
#include "support.h"

#include <stdio.h>

Suite *stat_variable_suite(void);

static const struct tta_number_style plain = {'.', 0}, dk = {',', '.'};

START_TEST(numeric)
{
    struct tta_variable v = variable_of("age", "30 1.5 -2e3 30", false);

    ck_assert(!v.is_factor);
    ck_assert_uint_eq(v.n, 4);
    ck_assert_double_eq(v.number[0], 30);
    ck_assert_double_eq(v.number[1], 1.5);
    ck_assert_double_eq(v.number[2], -2000);
    ck_assert_double_eq(v.number[3], 30);
    ck_assert_int_eq(v.levels.count, 0);
    tta_variable_release(&v);
}
END_TEST

static const struct {
    const char *words;
    bool forced;
    const char *levels;
    int32_t rows[8];
} factors[] = {
    /* bytes: capitals before small letters, one text before what begins with it */
    {"b a B ab a", false, "B a ab b", {3, 1, 0, 2, 1}},
    {"z \xC3\xA5 \xC3\xA6 a", false, "a z \xC3\xA5 \xC3\xA6", {1, 2, 3, 0}},
    {"one", false, "one", {0}},
    /* forced, all numbers: by their size, not by their bytes */
    {"10 9 100 -1 9", true, "-1 9 10 100", {2, 1, 3, 0, 1}},
    {"1e3 999 1.5", true, "1.5 999 1e3", {2, 1, 0}},
    {"1.0 1 1.00", true, "1 1.0 1.00", {1, 0, 2}}, /* three texts, three levels */
    /* forced, not all numbers: by bytes */
    {"10 9 x", true, "10 9 x", {0, 1, 2}},
    {"x 10 9", true, "10 9 x", {2, 0, 1}},
};

START_TEST(levels_in_order)
{
    struct tta_variable v = variable_of("arm", factors[_i].words, factors[_i].forced);

    ck_assert(v.is_factor);
    expect_levels(&v, factors[_i].levels);
    for (size_t row = 0; row < v.n; row++)
        ck_assert_int_eq(v.level[row], factors[_i].rows[row]);
    tta_variable_release(&v);
}
END_TEST

/* The number of a level is what the file's dialect says: 1.234 is more than 2 in dk. */
START_TEST(numbers_of_the_dialect)
{
    struct tta_variable v = {.name = "x", .forced = true};
    struct tta_error e = {0};

    ck_assert_int_eq(add_words(&v, "1.234 2 1,5 2", dk, &e), 0);
    ck_assert_int_eq(tta_variable_finish(&v, &e), 0);
    expect_levels(&v, "1,5 2 1.234");
    ck_assert_int_eq(v.level[0], 2);
    tta_variable_release(&v);
}
END_TEST

START_TEST(mixed)
{
    static const struct {
        const char *words, *sentence;
    } mixes[] = {
        {"30 40 4o",
         "not a number, as the values before it are; is it a list of kinds, see --factor"},
        {"a b 3", "a number, which the values before it are not; if it is a list of kinds, see "
                  "--factor; if those mean no value, --missing"},
    };

    for (size_t i = 0; i < 2; i++) {
        struct tta_variable v = {.name = "age"};
        struct tta_error e = {0};

        ck_assert_int_eq(add_words(&v, mixes[i].words, plain, &e), TTA_E_DATA);
        ck_assert_str_eq(e.text, mixes[i].sentence);
        ck_assert_str_eq(e.column, "age");
        ck_assert_uint_eq(v.n, 2);
        tta_variable_release(&v);
    }
}
END_TEST

START_TEST(no_rows)
{
    struct tta_variable v = variable_of("x", "", false);

    ck_assert_uint_eq(v.n, 0);
    ck_assert_int_eq(v.levels.count, 0);
    tta_variable_release(&v);
}
END_TEST

/* More rows and levels than any first allocation holds. */
START_TEST(many_rows)
{
    struct tta_variable v = {.name = "x", .forced = true}, w = {.name = "y"};
    struct tta_error e = {0};

    for (int i = 0; i < 10000; i++) {
        char text[16];
        struct tta_either value;

        snprintf(text, sizeof text, "%d", 9999 - i % 5000);
        value = either_of(text, plain);
        ck_assert_int_eq(tta_variable_add(&v, &value, &e), 0);
        ck_assert_int_eq(tta_variable_add(&w, &value, &e), 0);
    }
    ck_assert_int_eq(tta_variable_finish(&v, &e), 0);
    ck_assert_int_eq(v.levels.count, 5000);
    for (int i = 0; i < 10000; i++) {
        ck_assert_int_eq(v.level[i], 4999 - i % 5000);
        ck_assert_double_eq(w.number[i], 9999 - i % 5000);
    }
    tta_variable_release(&v);
    tta_variable_release(&w);
}
END_TEST

Suite *stat_variable_suite(void)
{
    Suite *s = suite_create("stat/variable");
    TCase *t = tcase_create("all");

    tcase_add_test(t, numeric);
    tcase_add_loop_test(t, levels_in_order, 0, sizeof factors / sizeof *factors);
    tcase_add_test(t, numbers_of_the_dialect);
    tcase_add_test(t, mixed);
    tcase_add_test(t, no_rows);
    tcase_add_test(t, many_rows);
    suite_add_tcase(s, t);
    return s;
}
