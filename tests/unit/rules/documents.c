/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every shipped table: its examples, what they must cover, and that it has no holes. */
#include "document.h"

#include "tta/data.h"

Suite *rules_documents_suite(void);

static struct tta_rules_answer a;

/* The i-th shipped table, or NULL. */
static struct tta_rules *table(size_t i)
{
    const struct tta_embedded *list;
    size_t count = tta_embedded_list(&list);
    struct tta_error e = {0};
    struct tta_rules *t = NULL;

    for (size_t k = 0; k < count; k++)
        if (strcmp(list[k].kind, "rules") == 0 && i-- == 0)
            ck_assert_msg(tta_rules_load(list[k].name, &t, &e) == 0, "%s: %s", list[k].name,
                          e.text);
    return t;
}

START_TEST(faultless)
{
    size_t i = 0, failed, found;
    struct tta_error e = {0};

    for (struct tta_rules *t; (t = table(i)) != NULL; i++) {
        struct tta_buffer out = {0};

        ck_assert_int_eq(tta_rules_run_examples(t, &out, &failed, &e), 0);
        ck_assert_int_eq(tta_rules_analyse(t, &out, &found, &e), 0);
        ck_assert_int_eq(tta_buffer_char(&out, '\0'), 0);
        ck_assert_msg(failed + found == 0, "%s", out.ptr);
        ck_assert_msg(strstr(out.ptr, "too large") == NULL, "%s", out.ptr);
        tta_buffer_release(&out);
        tta_rules_free(t);
    }
    ck_assert_uint_gt(i, 0);
}
END_TEST

static bool gives_missing(const struct tta_rules *t, const struct tta_rules_example *x)
{
    for (size_t i = 0; i < t->input_count; i++)
        if (tta_type_is_missing(t->inputs[i].type, &x->given[i]))
            return true;
    return false;
}

START_TEST(examples_cover)
{
    for (size_t n = 0;; n++) {
        struct tta_rules *t = table(n);
        bool hit[TTA_RULES_MAX + 1] = {false}, missing = false;

        if (t == NULL)
            break;
        ck_assert_msg(t->example_count >= 6, "%s: %zu examples", t->id, t->example_count);
        for (size_t i = 0; i < t->example_count; i++) {
            const struct tta_rules_example *x = &t->examples[i];
            struct tta_error e = {0};

            missing = missing || gives_missing(t, x);
            tta_rules_on(t, x->on);
            for (size_t k = 0; k < t->option_count; k++)
                tta_rules_read(t, k, x->reading != NULL ? &x->reading[k] : &t->options[k].start);
            if (tta_rules_answer(t, x->given, &a, &e) == 0)
                for (size_t k = 0; k < a.hit_count; k++)
                    hit[a.hits[k]] = true;
        }
        ck_assert_msg(missing, "%s: no example with a missing value", t->id);
        for (size_t i = 0; i < t->rule_count + t->has_default; i++)
            ck_assert_msg(hit[i], "%s: no example of rule %s", t->id, t->rules[i].id);
        tta_rules_free(t);
    }
}
END_TEST

START_TEST(described)
{
    for (size_t n = 0;; n++) {
        struct tta_rules *t = table(n);
        struct tta_buffer out = {0};
        struct tta_error e = {0};

        if (t == NULL)
            break;
        ck_assert_int_eq(tta_rules_describe(t, n % 2, &out, &e), 0);
        ck_assert_int_eq(tta_buffer_char(&out, '\0'), 0);
        ck_assert_str_ne(t->source, "");
        ck_assert_int_eq(strncmp(out.ptr, "# ", 2), 0);
        for (size_t i = 0; i < t->rule_count; i++) {
            char head[100];

            snprintf(head, sizeof head, "### %zu. `%s`\n", i + 1, t->rules[i].id);
            ck_assert_msg(strstr(out.ptr, head) != NULL, "%s: %s", t->id, head);
        }
        tta_buffer_release(&out);
        tta_rules_free(t);
    }
}
END_TEST

Suite *rules_documents_suite(void)
{
    Suite *s = suite_create("rules/documents");
    TCase *t = tcase_create("documents");

    tcase_set_timeout(t, 120);
    tcase_add_test(t, faultless);
    tcase_add_test(t, examples_cover);
    tcase_add_test(t, described);
    suite_add_tcase(s, t);
    return s;
}
