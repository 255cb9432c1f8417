/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How large a table can be, and what is said of one that is larger. */
#include "document.h"

Suite *rules_limits_suite(void);

/* That many rules; rule k takes the rows with i = k and gives k. */
static char *many_rules(const char *more, int count)
{
    struct tta_buffer rules = {0};
    char *text;

    for (int i = 0; i < count; i++)
        tta_buffer_format(
            &rules,
            "%s{\"id\":\"r%d\",\"when\":{\"==\":[{\"var\":\"i\"},%d]},\"then\":{\"o\":%d},"
            "\"because\":{\"en\":\"x\",\"da\":\"x\"},\"source\":\"x\"}",
            i == 0 ? "" : ",", i, i, i);
    ck_assert_int_eq(tta_buffer_char(&rules, '\0'), 0);
    text = document(more, ALL_INPUTS, OUT, rules.ptr);
    tta_buffer_release(&rules);
    return text;
}

static void refused(char *text, const char *why)
{
    struct tta_error e = {0};
    struct tta_rules *r = NULL;

    ck_assert_int_eq(load_text(text, &r, &e), TTA_E_CONFIG);
    ck_assert_msg(strstr(e.text, why) != NULL, "%s", e.text);
    ck_assert_ptr_null(r);
}

START_TEST(thousand_rules)
{
    struct tta_rules *r = load_good(many_rules("", 1000));
    union tta_slot row[INPUTS];
    struct tta_error e = {0};

    clear_row(r, row);
    for (int settled = 0; settled < 2; settled++) {
        for (int i = 0; i < 1000; i++) {
            size_t rule = 0;

            row[I].integer = i;
            ck_assert_int_eq(tta_rules_decide(r, row, &rule, &e), 0);
            ck_assert_uint_eq(rule, (size_t)i);
        }
        ck_assert_int_eq(tta_rules_settle(r, &e), 0);
    }
    tta_rules_free(r);
    refused(many_rules("", 1001), "/rules: more than 1000 rules");
}
END_TEST

/* The expression within so many others. */
static char *nested(const char *open, const char *close, int depth)
{
    struct tta_buffer rule = {0};
    char *text;

    tta_buffer_string(&rule, "{\"id\":\"r\",\"when\":{\"==\":[\"2012-01-01\",");
    for (int i = 0; i < depth; i++)
        tta_buffer_string(&rule, open);
    tta_buffer_string(&rule, "{\"var\":\"t\"}");
    for (int i = 0; i < depth; i++)
        tta_buffer_string(&rule, close);
    tta_buffer_string(&rule, "]},\"then\":{\"o\":1},\"because\":{\"en\":\"x\",\"da\":\"x\"},"
                             "\"source\":\"x\"}");
    ck_assert_int_eq(tta_buffer_char(&rule, '\0'), 0);
    text = document("", ALL_INPUTS, OUT, rule.ptr);
    tta_buffer_release(&rule);
    return text;
}

START_TEST(deep_expressions)
{
    static const char *const too_deep = "rule r: more than 32 expressions within each other";

    tta_rules_free(load_good(nested("{\"add_weeks\":[", ",1]}", 29)));
    refused(nested("{\"add_weeks\":[", ",1]}", 30), too_deep);
    refused(nested("{\"month_end\":", "}", 200), too_deep);
    refused(nested("{\"!\":", "}", 200), too_deep);
    refused(nested("{\"!\":", "}", 50000), "nested too deeply");
}
END_TEST

START_TEST(large_documents)
{
    size_t size = 10 * 1000 * 1000;
    char *note = malloc(size + 20);

    ck_assert_ptr_nonnull(note);
    memcpy(note, "\"note\":\"", 8);
    memset(note + 8, 'x', size);
    memcpy(note + 8 + size, "\",", 3);
    refused(document(note, ALL_INPUTS, OUT, RULE("r", "true", "{\"o\":1}")),
            "larger than a document can be (1048576 bytes)");
    free(note);
}
END_TEST

START_TEST(many_inputs)
{
    struct tta_buffer inputs = {0};

    for (int i = 0; i < TTA_RULES_INPUTS_MAX + 1; i++)
        tta_buffer_format(&inputs, "%s{\"name\":\"n%d\",\"type\":\"integer\"," DESCRIBED "}",
                          i == 0 ? "" : ",", i);
    ck_assert_int_eq(tta_buffer_char(&inputs, '\0'), 0);
    refused(document("", inputs.ptr, OUT, RULE("r", "true", "{\"o\":1}")),
            "/inputs: more than 64 items");
    tta_buffer_release(&inputs);
}
END_TEST

/* A table whose ways are too many to look at is told so, and nothing runs out. */
START_TEST(large_analysis)
{
    struct tta_buffer list = {0}, rules = {0}, out = {0};
    struct tta_error e = {0};
    struct tta_rules *r;
    size_t found = 0;

    for (int i = 0; i < 400; i++) {
        list.len = 0;
        for (int k = 0; k < 100; k++)
            tta_buffer_format(&list, "%s%d", k == 0 ? "" : ",", i * 200 + k * 2);
        tta_buffer_char(&list, '\0');
        tta_buffer_format(
            &rules,
            "%s{\"id\":\"r%d\",\"when\":{\"in\":[{\"var\":\"i\"},[%s]]},\"then\":{\"o\":1},"
            "\"because\":{\"en\":\"x\",\"da\":\"x\"},\"source\":\"x\"}",
            i == 0 ? "" : ",", i, list.ptr);
    }
    ck_assert_int_eq(tta_buffer_char(&rules, '\0'), 0);
    r = load_good(document("", ALL_INPUTS, OUT, rules.ptr));
    ck_assert_int_eq(tta_rules_analyse(r, &out, &found, &e), 0);
    ck_assert_int_eq(tta_buffer_char(&out, '\0'), 0);
    ck_assert_ptr_nonnull(strstr(out.ptr, "too large to look at every kind of row"));
    ck_assert_uint_ge(found, 1);
    tta_rules_free(r);
    tta_buffer_release(&list);
    tta_buffer_release(&rules);
    tta_buffer_release(&out);
}
END_TEST

Suite *rules_limits_suite(void)
{
    Suite *suite = suite_create("rules/limits");
    TCase *t = tcase_create("limits");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, thousand_rules);
    tcase_add_test(t, deep_expressions);
    tcase_add_test(t, large_documents);
    tcase_add_test(t, many_inputs);
    tcase_add_test(t, large_analysis);
    suite_add_tcase(suite, t);
    return suite;
}
