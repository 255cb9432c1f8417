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
        ck_assert((strstr(out.ptr, "\nNår `") != NULL) == (n % 2 == 1));
        ck_assert((strstr(out.ptr, "\nWhen `") != NULL) == (n % 2 == 0));
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

static void check_texts(const struct tta_rules *t, const struct tta_rules_column *c, size_t n)
{
    for (size_t i = 0; i < n; i++)
        ck_assert_msg(*c[i].description_en != '\0' && *c[i].description_da != '\0',
                      "%s: %s is not described in both languages", t->id, c[i].name);
}

/* COLLECT puts sentences together with semicolons; none of theirs may look like one of those. */
START_TEST(worded)
{
    for (size_t n = 0;; n++) {
        struct tta_rules *t = table(n);

        if (t == NULL)
            break;
        check_texts(t, t->inputs, t->input_count);
        check_texts(t, t->outputs, t->output_count);
        check_texts(t, t->options, t->option_count);
        for (size_t i = 0; i < t->rule_count; i++) {
            const char *both[] = {t->rules[i].because_en, t->rules[i].because_da};

            ck_assert_ptr_null(strchr(t->rules[i].id, ';'));
            for (int k = 0; k < 2; k++) {
                ck_assert_msg(both[k][strlen(both[k]) - 1] == '.', "%s: %s: no full stop", t->id,
                              t->rules[i].id);
                ck_assert_msg(t->hit_policy != TTA_HIT_COLLECT || strstr(both[k], "; ") == NULL,
                              "%s: %s: a semicolon in its sentence", t->id, t->rules[i].id);
            }
        }
        tta_rules_free(t);
    }
}
END_TEST

static void expect_unknown(const char *name, const char *start)
{
    const struct tta_embedded *list;
    size_t count = tta_embedded_list(&list);
    struct tta_rules_family *f;
    struct tta_error e = {0};

    ck_assert_int_eq(tta_rules_family_load(name, &f, &e), TTA_E_CONFIG);
    ck_assert_ptr_null(f);
    ck_assert_msg(strncmp(e.text, start, strlen(start)) == 0, "%s", e.text);
    /* every table is there, by its name or as "followup (2009, 2015, ...)" */
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].kind, "rules") == 0 && strstr(e.text, list[i].name) == NULL)
            ck_assert_msg(strstr(e.text, strrchr(list[i].name, '-') + 1) != NULL, "%s: %s",
                          list[i].name, e.text);
    ck_assert_msg(strlen(e.text) + 1 < sizeof e.text, "the list no longer fits");
}

START_TEST(unknown)
{
    expect_unknown("folowup", "no table folowup (is followup meant?); there are evidensstige, ");
    expect_unknown("tta-1999", "no table tta-1999 (is tta-2009 meant?); there are ");
    expect_unknown("vestegn", "no table vestegn (is vestegn-2020 meant?); there are ");
    expect_unknown("", "no table ; there are ");
    expect_unknown("something else", "no table something else; there are ");
}
END_TEST

/* A reading that one version of a table has is set in that one. */
START_TEST(family_readings)
{
    static const char *const one[] = {"price_interpreter=1300"}, *const none[] = {"prize=1"};
    struct tta_rules_family *f;
    struct tta_error e = {0};

    ck_assert_int_eq(tta_rules_family_load("le285", &f, &e), 0);
    ck_assert_uint_eq(f->count, 2);
    ck_assert_uint_eq(f->versions[0]->option_count, 3);
    ck_assert_int_eq(tta_rules_family_reading(f, one, 1, &e), 0);
    ck_assert_int_eq(tta_rules_read_as(f->versions[1], 1)->ore, 130000);
    ck_assert_int_eq(tta_rules_family_reading(f, none, 1, &e), TTA_E_USAGE);
    ck_assert_str_eq(e.text, "--reading=NAME=VALUE: the readings of le285 are called price, "
                             "price_from, price_until, price_interpreter");
    tta_rules_family_free(f);
}
END_TEST

/* A check says why in the language it is told to. */
START_TEST(checks_speak)
{
    struct tta_rules *t;
    struct tta_error e = {0};
    union tta_slot row[TTA_RULES_INPUTS_MAX];

    ck_assert_int_eq(tta_rules_load("vestegn-forloeb", &t, &e), 0);
    clear_row(t, row);
    row[0].date = 18000;
    row[1].date = 17999; /* the doctor before inclusion */
    tta_rules_on(t, 18100);
    for (int danish = 0; danish < 2; danish++) {
        tta_rules_speak(t, danish);
        ck_assert_int_eq(tta_rules_answer(t, row, &a, &e), TTA_E_DATA);
        ck_assert_str_eq(e.text, danish ? "Lægesamtalen ligger før inklusionen. "
                                          "(doctor-after-inclusion)"
                                        : "The doctor's talk lies before inclusion. "
                                          "(doctor-after-inclusion)");
        tta_error_clear(&e);
    }
    tta_rules_free(t);
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
    tcase_add_test(t, worded);
    tcase_add_test(t, unknown);
    tcase_add_test(t, checks_speak);
    tcase_add_test(t, family_readings);
    suite_add_tcase(s, t);
    return s;
}
