/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <check.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "tta/text.h"

Suite *base_text_suite(void);

#define T(literal) ((struct tta_text){literal, sizeof(literal) - 1})

static const struct tta_text missing = {NULL, 0};

START_TEST(equality)
{
    ck_assert(tta_text_equal(T("a\0b"), T("a\0b")));
    ck_assert(!tta_text_equal(T("a\0b"), T("a\0c")));
    ck_assert(!tta_text_equal(T("a"), T("ab")));
    ck_assert(tta_text_equal(missing, T("")));
    ck_assert(tta_text_is(T("abc"), "abc"));
    ck_assert(!tta_text_is(T("abc"), "ab"));
    ck_assert(tta_text_of(NULL).ptr == NULL);
    ck_assert_uint_eq(tta_text_of(NULL).len, 0);
    ck_assert_uint_eq(tta_text_of("abc").len, 3);
}
END_TEST

START_TEST(order_of_bytes)
{
    /* each comes before the next; a locale would have it otherwise */
    static const struct tta_text rising[] = {
        {"", 0},  {"\0", 1},       {"1", 1},        {"10", 2},       {"9", 1},
        {"B", 1}, {"a", 1},        {"a\0", 2},      {"ab", 2},       {"b", 1},
        {"z", 1}, {"\xC3\x85", 2}, {"\xC3\xA6", 2}, {"\xC3\xB8", 2}, {"\xFF", 1},
    };
    size_t count = sizeof rising / sizeof *rising;

    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < count; k++) {
            int order = tta_text_compare(rising[i], rising[k]);

            ck_assert_int_eq((order > 0) - (order < 0), (i > k) - (i < k));
        }
    ck_assert_int_eq(tta_text_compare(missing, T("")), 0);
    ck_assert_int_lt(tta_text_compare(missing, T("a")), 0);
}
END_TEST

START_TEST(folded)
{
    ck_assert(tta_text_equal_fold(T("JaZ@["), "jaz@["));
    ck_assert(!tta_text_equal_fold(T("ja"), "jaz"));
    ck_assert(!tta_text_equal_fold(T("jaz"), "ja"));
    ck_assert(!tta_text_equal_fold(T("ja\0"), "ja"));
    ck_assert(tta_text_equal_fold(T(""), ""));
    ck_assert(!tta_text_equal_fold(T("\xC3\x86"), "\xC3\xA6")); /* only ASCII */
    ck_assert(!tta_text_equal_fold(T("\x01"), "!"));
}
END_TEST

START_TEST(normal_form)
{
    static const struct {
        const char *text, *normal;
    } forms[] = {
        {"first_absence_date", "first_absence_date"},
        {"F\xC3\xB8rste Frav\xC3\xA6rsdag", "foerste_fravaersdag"},
        {"\xC3\x86\xC3\x98\xC3\x85-\xC3\xA6\xC3\xB8\xC3\xA5", "aeoeaa_aeoeaa"},
        {"caf\xC3\xA9", "caf\xC3\xA9"}, /* other letters stay */
        {"\xC3", "\xC3"},
        {"", ""},
    };
    char out[64];

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        ck_assert(tta_text_normal(tta_text_of(forms[i].text), out, sizeof out));
        ck_assert_str_eq(out, forms[i].normal);
    }
}
END_TEST

/* A buffer that is too small is said to be, and nothing is written behind it. */
START_TEST(normal_form_does_not_fit)
{
    struct tta_text t = tta_text_of("\xC3\xA6xx\xC3\xB8");

    for (size_t size = 1; size < 16; size++) {
        char *out = malloc(size); /* the sanitizer watches its end */
        bool fits;

        ck_assert_ptr_nonnull(out);
        fits = tta_text_normal(t, out, size);
        ck_assert(fits || size < 9);
        ck_assert(!fits || size >= 7);
        if (fits)
            ck_assert_str_eq(out, "aexxoe");
        free(out);
    }
}
END_TEST

START_TEST(trimmed)
{
    ck_assert(tta_text_is(tta_text_trim(T("  a b ")), "a b"));
    ck_assert(tta_text_is(tta_text_trim(T("a")), "a"));
    ck_assert(tta_text_is(tta_text_trim(T("   ")), ""));
    ck_assert_ptr_null(tta_text_trim(missing).ptr);
}
END_TEST

START_TEST(copies)
{
    char *copy = tta_text_copy(T("a\0b"));

    ck_assert_int_eq(memcmp(copy, "a\0b", 4), 0); /* and a NUL behind it */
    free(copy);
    copy = tta_text_copy(missing);
    ck_assert_str_eq(copy, "");
    free(copy);
}
END_TEST

START_TEST(printable)
{
    static const struct {
        const char *text;
        size_t size;
        const char *shown;
    } cases[] = {
        {"name", 64, "name"},
        {"a\nb\tc\x7f\x1b[1m", 64, "a?b?c??[1m"},
        {"\xC3\xA6\xC3\xB8", 64, "\xC3\xA6\xC3\xB8"},
        {"abcdef", 4, "abc"},
        {"abcdef", 7, "abcdef"},
        {"abcdef", 1, ""},
        {"ab\xC3\xA6", 4, "ab"}, /* not half a character */
        {"ab\xE2\x82\xAC", 5, "ab"},
        {"ab\xF0\x9F\x98\x80", 6, "ab"},
        {"\xC3\xA6", 2, ""},
    };
    char out[64];

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *shown = tta_text_printable(tta_text_of(cases[i].text), out, cases[i].size);

        ck_assert_ptr_eq(shown, out);
        ck_assert_str_eq(out, cases[i].shown);
    }
}
END_TEST

START_TEST(buffer_grows)
{
    struct tta_buffer b = {0};
    size_t wanted = 0;

    ck_assert(tta_text_equal(tta_buffer_text(&b), T("")));
    ck_assert_ptr_nonnull(tta_buffer_text(&b).ptr);
    for (int i = 0; i < 1000; i++) {
        char line[40];
        int len = snprintf(line, sizeof line, "%d:%s;", i, i % 3 > 0 ? "x" : "");

        ck_assert_int_eq(tta_buffer_format(&b, "%d:", i), 0);
        ck_assert_int_eq(tta_buffer_string(&b, i % 3 > 0 ? "x" : ""), 0);
        ck_assert_int_eq(tta_buffer_char(&b, ';'), 0);
        ck_assert_uint_le(b.len, b.cap);
        ck_assert_uint_eq(b.len, wanted + (size_t)len);
        ck_assert_int_eq(memcmp(b.ptr + wanted, line, (size_t)len), 0);
        wanted = b.len;
    }
    ck_assert_int_eq(tta_buffer_append(&b, NULL, 0), 0);
    ck_assert_uint_eq(b.len, wanted);
    ck_assert_int_eq(tta_buffer_reserve(&b, 5000), 0);
    ck_assert_uint_ge(b.cap - b.len, 5000);
    tta_buffer_release(&b);
    ck_assert_ptr_null(b.ptr);
    ck_assert_uint_eq(b.len + b.cap, 0);
}
END_TEST

START_TEST(buffer_too_large)
{
    struct tta_buffer b = {0};

    ck_assert_int_eq(tta_buffer_string(&b, "kept"), 0);
    ck_assert_int_eq(tta_buffer_reserve(&b, SIZE_MAX), TTA_E_MEMORY);
    ck_assert_int_eq(tta_buffer_reserve(&b, SIZE_MAX / 2), TTA_E_MEMORY);
    ck_assert(tta_text_equal(tta_buffer_text(&b), T("kept")));
    tta_buffer_release(&b);
}
END_TEST

Suite *base_text_suite(void)
{
    Suite *s = suite_create("base/text");
    TCase *t = tcase_create("all");

    tcase_add_test(t, equality);
    tcase_add_test(t, order_of_bytes);
    tcase_add_test(t, folded);
    tcase_add_test(t, normal_form);
    tcase_add_test(t, normal_form_does_not_fit);
    tcase_add_test(t, trimmed);
    tcase_add_test(t, copies);
    tcase_add_test(t, printable);
    tcase_add_test(t, buffer_grows);
    tcase_add_test(t, buffer_too_large);
    suite_add_tcase(s, t);
    return s;
}
