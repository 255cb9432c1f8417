/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows added together by group. */
#include "document.h"

Suite *rules_groups_suite(void);

#define NUMBER(name, type, more) "{\"name\":\"" name "\",\"type\":\"" type "\"," more DESCRIBED "}"
#define TABLE                                                                                      \
    document(                                                                                      \
        "",                                                                                        \
        NUMBER("n", "integer", "\"minimum\":0,") "," NUMBER("kr", "money", "\"nullable\":true,"),  \
        OUT, RULE("r", "true", "{\"o\":1}"))

static int add(struct tta_rules_groups *g, const char *name, int64_t n, int64_t ore,
               struct tta_error *e)
{
    union tta_slot row[2] = {{.integer = n}, {.ore = ore}};

    return tta_rules_groups_add(g, tta_text_of(name), row, e);
}

/* The sums do not depend on the order of the rows; a missing number adds nothing. */
START_TEST(sums)
{
    static const struct {
        const char *name;
        int64_t n, ore;
    } rows[] = {{"b", 1, 100},
                {"a", 2, TTA_INTEGER_NONE},
                {"b", 4, TTA_INTEGER_NONE},
                {"a", 8, TTA_INTEGER_NONE},
                {"b", 16, -250}};
    struct tta_rules *t = load_good(TABLE);

    for (int turn = 0; turn < 5; turn++) {
        struct tta_rules_groups *g;
        struct tta_error e = {0};
        struct tta_text name;
        const union tta_slot *sum;
        size_t i = 0;

        ck_assert_int_eq(tta_rules_groups_new(t, &g, &e), 0);
        for (int k = 0; k < 5; k++) {
            int at = (k + turn) % 5;

            ck_assert_int_eq(add(g, rows[at].name, rows[at].n, rows[at].ore, &e), 0);
        }
        for (; (sum = tta_rules_groups_get(g, i, &name)) != NULL; i++) {
            bool b = tta_text_is(name, "b");

            ck_assert_int_eq(sum[0].integer, b ? 21 : 10);
            ck_assert_int_eq(sum[1].ore, b ? -150 : TTA_INTEGER_NONE);
        }
        ck_assert_uint_eq(i, 2);
        tta_rules_groups_free(g);
    }
    tta_rules_free(t);
}
END_TEST

START_TEST(many_groups)
{
    struct tta_rules *t = load_good(TABLE);
    struct tta_rules_groups *g;
    struct tta_error e = {0};
    struct tta_text text;
    char name[16];

    ck_assert_int_eq(tta_rules_groups_new(t, &g, &e), 0);
    for (int turn = 1; turn <= 2; turn++)
        for (int i = 0; i < 1000; i++) {
            snprintf(name, sizeof name, "K%d", i);
            ck_assert_int_eq(add(g, name, i, turn, &e), 0);
        }
    for (size_t i = 0; i < 1000; i++) {
        const union tta_slot *sum = tta_rules_groups_get(g, i, &text);

        snprintf(name, sizeof name, "K%zu", i);
        ck_assert(tta_text_is(text, name));
        ck_assert_int_eq(sum[0].integer, 2 * (int64_t)i);
        ck_assert_int_eq(sum[1].ore, 3);
    }
    ck_assert_ptr_null(tta_rules_groups_get(g, 1000, &text));
    tta_rules_groups_free(g);
    tta_rules_free(t);
}
END_TEST

START_TEST(refused)
{
    struct tta_rules *t = load_good(TABLE);
    struct tta_rules_groups *g;
    struct tta_error e = {0};
    struct tta_text name;

    ck_assert_int_eq(tta_rules_groups_new(t, &g, &e), 0);
    ck_assert_int_eq(add(g, "a", -1, 0, &e), TTA_E_DATA); /* below its minimum */
    ck_assert_str_eq(e.column, "n");
    tta_error_clear(&e);
    ck_assert_int_eq(add(g, "a", TTA_INTEGER_NONE, 0, &e), TTA_E_DATA);
    tta_error_clear(&e);
    ck_assert_int_eq(add(g, "a", INT64_MAX, INT64_MAX, &e), 0);
    ck_assert_int_eq(add(g, "a", 0, 1, &e), TTA_E_DATA);
    ck_assert_str_eq(e.column, "kr");
    ck_assert_str_eq(e.text, "its group adds up to a number too large to hold");
    tta_error_clear(&e);
    ck_assert_int_eq(add(g, "b", 7, INT64_MAX, &e), 0);
    ck_assert_int_eq(add(g, "b", 1, 1, &e), TTA_E_DATA); /* nothing of a bad row is added */
    ck_assert_int_eq(tta_rules_groups_get(g, 1, &name)[0].integer, 7);
    tta_rules_groups_free(g);
    tta_rules_free(t);

    tta_error_clear(&e);
    t = load_good(document("", IN("b", "boolean"), OUT, RULE("r", "true", "{\"o\":1}")));
    ck_assert_int_eq(tta_rules_groups_new(t, &g, &e), TTA_E_USAGE);
    ck_assert_ptr_nonnull(strstr(e.text, "its input b is a truth value"));
    tta_rules_free(t);
}
END_TEST

Suite *rules_groups_suite(void)
{
    Suite *s = suite_create("rules/groups");
    TCase *t = tcase_create("groups");

    tcase_add_test(t, refused);
    tcase_add_test(t, sums);
    tcase_add_test(t, many_groups);
    suite_add_tcase(s, t);
    return s;
}
