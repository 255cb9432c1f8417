/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The shipped table tta-2009, against the sentence that it was made from. */
#include "document.h"

Suite *rules_tta2009_suite(void);

enum { WEEKS, HEALTH, CAPACITY, ABLE };

/*
 * "Category 2 is the risk case: unresolved health problems, or work capacity
 * threatened for health reasons; or not back within 13 weeks but able to take part.
 * Category 1: back within 13 weeks, neither of the two. Category 3: not back within
 * 13 weeks and not able to take part (this goes before category 2)."
 */
static int category_of(int64_t weeks, bool health, bool capacity, bool able)
{
    bool back = weeks <= 13;

    if (!back && !able)
        return 3;
    if (health || capacity)
        return 2;
    if (!back && able)
        return 2;
    return 1;
}

static struct tta_rules *table(void)
{
    struct tta_error e = {0};
    struct tta_rules *r = NULL;
    int code = tta_rules_load("tta-2009", &r, &e);

    ck_assert_msg(code == 0, "%s", e.text);
    return r;
}

static void set(union tta_slot row[4], int64_t weeks, int health, int capacity, int able)
{
    row[WEEKS].integer = weeks;
    row[HEALTH].boolean = (int8_t)health;
    row[CAPACITY].boolean = (int8_t)capacity;
    row[ABLE].boolean = (int8_t)able;
}

START_TEST(columns)
{
    static const char *const names[] = {"expected_weeks", "health_unresolved",
                                        "work_capacity_threatened", "able_to_participate"};
    struct tta_rules *r = table();

    ck_assert_str_eq(r->id, "tta-2009");
    ck_assert_uint_eq(r->input_count, 4);
    for (size_t i = 0; i < 4; i++)
        ck_assert_str_eq(r->inputs[i].name, names[i]);
    ck_assert_int_eq(r->inputs[WEEKS].type, TTA_INTEGER);
    ck_assert_int_eq(r->inputs[WEEKS].minimum, 0);
    ck_assert_int_eq(r->inputs[WEEKS].maximum, 520);
    ck_assert(r->inputs[ABLE].nullable && !r->inputs[HEALTH].nullable);
    ck_assert_uint_eq(r->output_count, 2);
    ck_assert_str_eq(r->outputs[0].name, "category");
    ck_assert_str_eq(r->outputs[1].name, "route");
    ck_assert_int_eq(r->hit_policy, TTA_HIT_UNIQUE);
    ck_assert(!r->has_default);
    for (size_t i = 0; i < r->rule_count; i++) {
        ck_assert_str_ne(r->rules[i].because_en, "");
        ck_assert_str_ne(r->rules[i].because_da, "");
        ck_assert_str_ne(r->rules[i].source, "");
    }
    tta_rules_free(r);
}
END_TEST

START_TEST(every_combination)
{
    static const int64_t weeks[] = {0, 12, 13, 14, 52};
    struct tta_rules *r = table();
    int seen[4] = {0};

    for (int k = 0; k < 5 * 8; k++) {
        bool health = k & 1, capacity = k & 2, able = k & 4;
        union tta_slot row[4];
        struct tta_error e = {0};
        size_t rule;
        int category = category_of(weeks[k / 8], health, capacity, able);

        set(row, weeks[k / 8], health, capacity, able);
        ck_assert_msg(tta_rules_decide(r, row, &rule, &e) == 0, "%s", e.text);
        ck_assert_int_eq(r->rules[rule].then[0].integer, category);
        ck_assert(
            tta_text_is(r->rules[rule].then[1].text, category == 2 ? "coordinator" : "caseworker"));
        ck_assert_int_eq(strncmp(r->rules[rule].id,
                                 category == 1   ? "cat1"
                                 : category == 2 ? "cat2"
                                                 : "cat3",
                                 4),
                         0);
        seen[category]++;
    }
    /* 3 short weeks x 2; 3 x 6 and 2 long x 4; 2 x 4 */
    ck_assert(seen[1] == 6 && seen[2] == 26 && seen[3] == 8);
    tta_rules_free(r);
}
END_TEST

/* able_to_participate may be empty up to 13 weeks, and only then. */
START_TEST(able_is_asked_when_needed)
{
    struct tta_rules *r = table();

    for (int k = 0; k < 8; k++) {
        int64_t weeks = k & 1 ? 14 : 13;
        union tta_slot row[4];
        struct tta_error e = {0};
        size_t rule = 99;

        set(row, weeks, k >> 1 & 1, k >> 2 & 1, TTA_BOOLEAN_NONE);
        if (weeks <= 13) {
            ck_assert_int_eq(tta_rules_decide(r, row, &rule, &e), 0);
            ck_assert_int_eq(r->rules[rule].then[0].integer, (k >> 1) != 0 ? 2 : 1);
        } else {
            ck_assert_int_eq(tta_rules_decide(r, row, &rule, &e), TTA_E_DATA);
            ck_assert_str_eq(e.column, "able_to_participate");
            ck_assert_str_eq(e.text, "empty, and rule cat2-long needs it");
            ck_assert_uint_eq(rule, 99);
        }
    }
    tta_rules_free(r);
}
END_TEST

static void refused(const struct tta_rules *r, const union tta_slot *row, const char *column,
                    const char *text)
{
    struct tta_error e = {0};
    size_t rule;

    ck_assert_int_eq(tta_rules_decide(r, row, &rule, &e), TTA_E_DATA);
    ck_assert_str_eq(e.column, column);
    ck_assert_str_eq(e.text, text);
}

START_TEST(inputs_out_of_range)
{
    struct tta_rules *r = table();
    union tta_slot row[4];
    struct tta_error e = {0};
    size_t rule;

    set(row, -1, 0, 0, 0);
    refused(r, row, "expected_weeks", "outside 0 to 520");
    set(row, 521, 0, 0, 0);
    refused(r, row, "expected_weeks", "outside 0 to 520");
    set(row, TTA_INTEGER_NONE, 0, 0, 0);
    refused(r, row, "expected_weeks", "empty, and tta-2009 needs it");
    set(row, 5, TTA_BOOLEAN_NONE, 0, 0);
    refused(r, row, "health_unresolved", "empty, and tta-2009 needs it");
    set(row, 5, 0, TTA_BOOLEAN_NONE, 0);
    refused(r, row, "work_capacity_threatened", "empty, and tta-2009 needs it");
    set(row, 520, 0, 0, 0);
    ck_assert_int_eq(tta_rules_decide(r, row, &rule, &e), 0);
    tta_rules_free(r);
}
END_TEST

Suite *rules_tta2009_suite(void)
{
    Suite *s = suite_create("rules/tta2009");
    TCase *t = tcase_create("tta2009");

    tcase_add_test(t, columns);
    tcase_add_test(t, every_combination);
    tcase_add_test(t, able_is_asked_when_needed);
    tcase_add_test(t, inputs_out_of_range);
    suite_add_tcase(s, t);
    return s;
}
