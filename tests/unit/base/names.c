/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "tta/names.h"
#include "quick.h"

Suite *base_names_suite(void);

START_TEST(numbered_as_first_seen)
{
    static const char *const texts[] = {"b", "a", "b", "", "c", "a", "", "b"};
    static const int32_t numbers[] = {0, 1, 0, 2, 3, 1, 2, 0};
    struct tta_names n = {0};

    ck_assert_int_eq(tta_names_find(&n, tta_text_of("b")), -1);
    for (size_t i = 0; i < 8; i++) {
        int32_t number = -7;

        ck_assert_int_eq(tta_names_number(&n, tta_text_of(texts[i]), &number), 0);
        ck_assert_int_eq(number, numbers[i]);
    }
    ck_assert_int_eq(n.count, 4);
    ck_assert(tta_text_is(tta_names_text(&n, 3), "c"));
    ck_assert_int_eq(tta_names_find(&n, tta_text_of("")), 2);
    ck_assert_int_eq(tta_names_find(&n, tta_text_of("d")), -1);
    tta_names_release(&n);
    ck_assert_int_eq(n.count, 0);
    ck_assert_int_eq(tta_names_find(&n, tta_text_of("b")), -1);
    tta_names_release(&n);
}
END_TEST

/* Bytes count, not strings: with NUL inside, and one the beginning of the other. */
START_TEST(all_bytes_count)
{
    static const struct tta_text texts[] = {{"a\0b", 3}, {"a\0c", 3}, {"a\0", 2}, {"a", 1}};
    struct tta_names n = {0};

    for (int32_t i = 0; i < 4; i++) {
        int32_t number;

        ck_assert_int_eq(tta_names_number(&n, texts[i], &number), 0);
        ck_assert_int_eq(number, i);
        ck_assert(tta_text_equal(tta_names_text(&n, i), texts[i]));
    }
    for (int32_t i = 0; i < 4; i++)
        ck_assert_int_eq(tta_names_find(&n, texts[i]), i);
    tta_names_release(&n);
}
END_TEST

START_TEST(many)
{
    struct tta_names n = {0};
    char text[32];
    int32_t number;

    for (int round = 0; round < 2; round++)
        for (int32_t i = 0; i < 100000; i++) {
            snprintf(text, sizeof text, "%d", (int)i);
            quick_assert(tta_names_number(&n, tta_text_of(text), &number) == 0);
            quick_assert(number == i);
        }
    quick_assert(n.count == 100000);
    for (int32_t i = 0; i < 100000; i++) {
        snprintf(text, sizeof text, "%d", (int)i);
        quick_assert(tta_names_find(&n, tta_text_of(text)) == i);
        quick_assert(tta_text_is(tta_names_text(&n, i), text));
    }
    tta_names_release(&n);
}
END_TEST

Suite *base_names_suite(void)
{
    Suite *s = suite_create("base/names");
    TCase *t = tcase_create("all");

    tcase_set_timeout(t, 30);
    tcase_add_test(t, numbered_as_first_seen);
    tcase_add_test(t, all_bytes_count);
    tcase_add_test(t, many);
    suite_add_tcase(s, t);
    return s;
}
