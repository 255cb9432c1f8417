/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "tta/error.h"

Suite *base_error_suite(void);

START_TEST(first_failure_wins)
{
    struct tta_error e = {0};

    ck_assert_int_eq(tta_fail(&e, TTA_E_DATA, "cell %d of %s", 3, "a row"), TTA_E_DATA);
    ck_assert_int_eq(tta_fail(&e, TTA_E_IO, "later"), TTA_E_DATA);
    ck_assert_int_eq(tta_fail_memory(&e), TTA_E_DATA);
    ck_assert_int_eq(e.code, TTA_E_DATA);
    ck_assert_str_eq(e.text, "cell 3 of a row");
    tta_error_clear(&e);
    ck_assert_int_eq(e.code, 0);
    ck_assert_str_eq(e.text, "");
    ck_assert_int_eq(tta_fail_memory(&e), TTA_E_MEMORY);
    ck_assert_str_eq(e.text, "out of memory");
}
END_TEST

START_TEST(place_is_filled_once)
{
    struct tta_error e = {0};

    ck_assert_int_eq(tta_error_place(&e, "file", 3), 0); /* nothing has failed */
    ck_assert_str_eq(e.source, "");
    ck_assert_int_eq(e.line, 0);
    tta_fail(&e, TTA_E_DATA, "wrong");
    ck_assert_int_eq(tta_error_place(&e, NULL, 0), TTA_E_DATA);
    ck_assert_int_eq(tta_error_place(&e, NULL, 7), TTA_E_DATA);
    ck_assert_int_eq(tta_error_place(&e, "file", 8), TTA_E_DATA);
    ck_assert_int_eq(tta_error_place(&e, "other", 9), TTA_E_DATA);
    ck_assert_str_eq(e.source, "file");
    ck_assert_int_eq(e.line, 7);
}
END_TEST

START_TEST(long_texts_are_cut)
{
    struct tta_error e = {0};
    char text[2000];

    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    tta_fail(&e, TTA_E_DATA, "%s", text);
    tta_error_place(&e, text, 1);
    ck_assert_uint_eq(strlen(e.text), sizeof e.text - 1);
    ck_assert_uint_eq(strlen(e.source), sizeof e.source - 1);
    ck_assert_int_eq(e.line, 1);
}
END_TEST

/* The exit statuses that the manual promises. */
START_TEST(exit_statuses)
{
    static const int codes[][2] = {
        {TTA_OK, 0},         {TTA_E_NO, 1},        {TTA_E_USAGE, 64},  {TTA_E_DATA, 65},
        {TTA_E_NOINPUT, 66}, {TTA_E_INTERNAL, 70}, {TTA_E_MEMORY, 71}, {TTA_E_CREATE, 73},
        {TTA_E_IO, 74},      {TTA_E_KEY, 77},      {TTA_E_CONFIG, 78},
    };

    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        ck_assert_int_eq(-codes[i][0], codes[i][1]);
}
END_TEST

Suite *base_error_suite(void)
{
    Suite *s = suite_create("base/error");
    TCase *t = tcase_create("all");

    tcase_add_test(t, first_failure_wins);
    tcase_add_test(t, place_is_filled_once);
    tcase_add_test(t, long_texts_are_cut);
    tcase_add_test(t, exit_statuses);
    suite_add_tcase(s, t);
    return s;
}
