/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The shipped rule table against the text of the call, with an evaluator of its
 * own: what lib/rules makes of it is another matter.
 */
#include "support.h"

Suite *data_rule_table_suite(void);

struct answers {
    int64_t weeks;
    bool health, capacity, able;
};

static bool truth(const json_t *expr, const struct answers *a);

static const json_t *operand(const json_t *expr, const char *op, size_t i)
{
    return json_array_get(json_object_get(expr, op), i);
}

static bool variable(const char *name, const struct answers *a)
{
    if (strcmp(name, "health_unresolved") == 0)
        return a->health;
    if (strcmp(name, "work_capacity_threatened") == 0)
        return a->capacity;
    ck_assert_str_eq(name, "able_to_participate");
    return a->able;
}

static bool comparison(const json_t *expr, const char *op, const struct answers *a)
{
    int64_t right = json_integer_value(operand(expr, op, 1));

    ck_assert_str_eq(tta_json_text(operand(expr, op, 0), "var", ""), "expected_weeks");
    ck_assert(json_is_integer(operand(expr, op, 1)));
    return strcmp(op, "<=") == 0 ? a->weeks <= right : a->weeks > right;
}

/* The six operators of the document, and no others. */
static bool truth(const json_t *expr, const struct answers *a)
{
    static const char *const lists[] = {"and", "or"};

    ck_assert_uint_eq(json_object_size(expr), 1);
    for (int k = 0; k < 2; k++) {
        const json_t *list = json_object_get(expr, lists[k]);
        bool all = true, any = false;

        for (size_t i = 0; i < json_array_size(list); i++) {
            bool one = truth(json_array_get(list, i), a);

            all = all && one;
            any = any || one;
        }
        if (list != NULL)
            return k == 0 ? all : any;
    }
    if (json_object_get(expr, "!") != NULL)
        return !truth(json_object_get(expr, "!"), a);
    if (json_object_get(expr, "var") != NULL)
        return variable(tta_json_text(expr, "var", ""), a);
    return comparison(expr, json_object_get(expr, "<=") != NULL ? "<=" : ">", a);
}

/*
 * Call 2009 and ISRCTN43004323, written down as a person would decide: category
 * 3 first, then risk, then length. Every combination falls in exactly one rule.
 */
START_TEST(every_case_falls_in_one_category)
{
    static const int64_t weeks[] = {0, 1, 12, 13, 14, 52, 520};
    struct tta_document doc;
    struct tta_error e = {0};
    const json_t *rules;

    ck_assert_msg(tta_document_load("rules", "tta-2009", &doc, &e) == 0, "%s", e.text);
    rules = json_object_get(doc.root, "rules");
    for (int i = 0; i < 7 * 8; i++) {
        struct answers a = {weeks[i / 8], (i & 1) != 0, (i & 2) != 0, (i & 4) != 0};
        bool long_case = a.weeks > 13;
        int64_t expected = long_case && !a.able ? 3 : a.health || a.capacity || long_case ? 2 : 1;
        int hits = 0;

        for (size_t k = 0; k < json_array_size(rules); k++) {
            const json_t *rule = json_array_get(rules, k), *then = json_object_get(rule, "then");

            if (!truth(json_object_get(rule, "when"), &a))
                continue;
            hits++;
            ck_assert_int_eq(tta_json_integer(then, "category", 0), expected);
            ck_assert_str_eq(tta_json_text(then, "route", ""),
                             expected == 2 ? "coordinator" : "caseworker");
        }
        ck_assert_int_eq(hits, 1);
    }
    tta_document_release(&doc);
}
END_TEST

Suite *data_rule_table_suite(void)
{
    Suite *s = suite_create("data/rule_table");
    TCase *t = tcase_create("all");

    tcase_add_test(t, every_case_falls_in_one_category);
    suite_add_tcase(s, t);
    return s;
}
