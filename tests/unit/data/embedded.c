/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <check.h>

#include "../../../lib/data/embedded.h"

Suite *data_embedded_suite(void);

START_TEST(list_is_all_but_schemas)
{
    const struct tta_embedded *list, *again;
    size_t count = tta_embedded_list(&list), schemas = 0;

    for (unsigned i = 0; i < tta_embedded_count; i++)
        schemas += strcmp(tta_embedded_all[i].kind, "schema") == 0;
    ck_assert_uint_gt(schemas, 0);
    ck_assert_uint_eq(count + schemas, tta_embedded_count);
    for (size_t i = 0; i < count; i++)
        ck_assert_str_ne(list[i].kind, "schema");
    ck_assert_uint_eq(tta_embedded_list(&again), count);
    ck_assert_ptr_eq(again, list);
}
END_TEST

START_TEST(list_is_ordered)
{
    const struct tta_embedded *list;
    size_t count = tta_embedded_list(&list);

    for (size_t i = 1; i < count; i++) {
        int kinds = strcmp(list[i - 1].kind, list[i].kind);

        ck_assert_int_le(kinds, 0);
        if (kinds == 0)
            ck_assert_int_lt(strcmp(list[i - 1].name, list[i].name), 0);
    }
}
END_TEST

START_TEST(find_by_kind_and_name)
{
    const struct tta_embedded *d = tta_embedded_find("refusion", "2011");

    ck_assert_ptr_nonnull(d);
    ck_assert_str_eq(d->kind, "refusion");
    ck_assert_str_eq(d->name, "2011");
    ck_assert_uint_eq(d->len, strlen(d->json));
    ck_assert_int_eq(d->json[0], '{');
    ck_assert_ptr_null(tta_embedded_find("refusion", "tta-2009"));
    ck_assert_ptr_null(tta_embedded_find("refusion", ""));
    ck_assert_ptr_null(tta_embedded_find("nothing", "2011"));
}
END_TEST

START_TEST(find_in_any_kind)
{
    ck_assert_str_eq(tta_embedded_find(NULL, "2016")->kind, "refusion");
    ck_assert_str_eq(tta_embedded_find(NULL, "cases")->kind, "simulation");
    /* two documents have this name: the first in order */
    ck_assert_str_eq(tta_embedded_find(NULL, "tta-2009")->kind, "cost");
    ck_assert_ptr_null(tta_embedded_find(NULL, "document")); /* a schema only */
    ck_assert_ptr_nonnull(tta_embedded_find("schema", "document"));
}
END_TEST

Suite *data_embedded_suite(void)
{
    Suite *s = suite_create("data/embedded");
    TCase *t = tcase_create("all");

    tcase_add_test(t, list_is_all_but_schemas);
    tcase_add_test(t, list_is_ordered);
    tcase_add_test(t, find_by_kind_and_name);
    tcase_add_test(t, find_in_any_kind);
    suite_add_tcase(s, t);
    return s;
}
