/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../data/support.h"

#include "tta/cost.h"

Suite *cost_load_suite(void);

/*
 * The call of 2009 prints 5,000 + 8,235 + 6,940 + 2,000 = 22,175 kr per
 * category-2 case; 25 % of incoming cases; 170 per coordinator and team, to the
 * half (1,000 cases: 1½); about 700 incoming cases; the clinic sees 25 %.
 */
START_TEST(the_call_of_2009)
{
    struct tta_cost_model m;
    struct tta_error e = {0};

    ck_assert_msg(tta_cost_model_load("tta-2009", &m, &e) == 0, "%s", e.text);
    ck_assert_str_eq(m.id, "tta-2009");
    ck_assert_int_eq(m.per_case_ore, 2217500);
    ck_assert_int_eq(m.category2_micro, 250000);
    ck_assert_int_eq(m.clinic_micro, 250000);
    ck_assert_int_eq(m.capacity_cases, 170);
    ck_assert_int_eq(m.step_micro, 500000);
    ck_assert_int_eq(m.minimum_incoming_cases, 700);
}
END_TEST

/*
 * Lines by hand: (650,000 + 200,000) / 170 = 5,000; (1,200,000 + 200,000) / 170
 * = 8,235.29; (765,000 + 415,000) / 170 = 6,941.18; 42.5 x 18,000 = 765,000;
 * 10 % of 20,175 = 2,017.50. What a line gives when its rounding or an amount
 * is changed:
 */
static const struct {
    const char *from, *to, *text;
} bad[] = {
    {"\"printed\": 6940", "\"printed\": 6941",
     "/lines/2/printed: the lines and their roundings give 6940.00 kr here"},
    {"\"round_to\": 10,", "\"round_to\": 1,",
     "/lines/2/printed: the lines and their roundings give 6941.00 kr here"},
    {"\"round_to\": 10,", "\"round_to\": 0.01,",
     "/lines/2/printed: the lines and their roundings give 6941.18 kr here"},
    {"\"kroner\": 650000", "\"kroner\": 650255",
     "/lines/0/printed: the lines and their roundings give 5002.00 kr here"},
    {"\"kroner\": 650000", "\"kroner\": 650085", /* 5,000.50 to the nearest krone */
     "/lines/0/printed: the lines and their roundings give 5001.00 kr here"},
    {"\"per_cases\": 170", "\"per_cases\": 85",
     "/lines/0/printed: the lines and their roundings give 10000.00 kr here"},
    {"\"round_to\": 100,", "\"round_to\": 10,",
     "/administration/printed: the lines and their roundings give 2020.00 kr here"},
    {"\"round_to\": 100,", "\"round_to\": 0.01,",
     "/administration/printed: the lines and their roundings give 2017.50 kr here"},
    {"\"share\": 0.1,", "\"share\": 0.2,",
     "/administration/printed: the lines and their roundings give 4000.00 kr here"},
    {"\"printed_total\": 22175", "\"printed_total\": 22192.5",
     "/printed_total: the lines and their roundings give 22175.00 kr here"},
    {"\"quantity\": 42.5", "\"quantity\": 42",
     "/lines/2/amounts/0: quantity x price is not kroner"},
    {", \"price\": 18000", "", "/lines/2/amounts/0: quantity and price stand together"},
};

START_TEST(tables_that_do_not_add_up)
{
    char path[] = TEST_PATH;
    struct tta_cost_model m;
    struct tta_error e = {0};

    changed_file(path, "cost", "tta-2009", bad[_i].from, bad[_i].to);
    ck_assert_int_eq(tta_cost_model_load(path, &m, &e), TTA_E_CONFIG);
    ck_assert_str_eq(e.text, bad[_i].text);
    unlink(path);
}
END_TEST

static void replace(char *text, size_t size, const char *from, const char *to)
{
    char *at = strstr(text, from);
    char *rest;

    ck_assert_ptr_nonnull(at);
    rest = malloc(size);
    ck_assert_ptr_nonnull(rest);
    snprintf(rest, size, "%s", at + strlen(from));
    snprintf(at, size - (size_t)(at - text), "%s%s", to, rest);
    free(rest);
}

/*
 * A copy changed in both places loads. Administration not rounded: 2,017.50, so
 * 22,192.50; nothing rounded but to the øre: 5,000.00 + 8,235.29 + 6,941.18 =
 * 20,176.47, of which 10 % is 2,017.65 (2,017.647), together 22,194.12.
 */
START_TEST(the_exact_totals_as_copies)
{
    char path[] = TEST_PATH, text[16384];
    struct tta_cost_model m;
    struct tta_error e = {0};

    snprintf(text, sizeof text, "%s", tta_embedded_find("cost", "tta-2009")->json);
    replace(text, sizeof text, "\"round_to\": 100,", "\"round_to\": 0.01,");
    replace(text, sizeof text, "\"printed\": 2000", "\"printed\": 2017.5");
    replace(text, sizeof text, "\"printed_total\": 22175", "\"printed_total\": 22192.5");
    write_file(path, text, strlen(text));
    ck_assert_msg(tta_cost_model_load(path, &m, &e) == 0, "%s", e.text);
    ck_assert_int_eq(m.per_case_ore, 2219250);
    unlink(path);

    replace(text, sizeof text, "\"round_to\": 1,\n      \"printed\": 8235",
            "\"round_to\": 0.01,\n      \"printed\": 8235.29");
    replace(text, sizeof text, "\"round_to\": 10,\n      \"printed\": 6940",
            "\"round_to\": 0.01,\n      \"printed\": 6941.18");
    replace(text, sizeof text, "\"printed\": 2017.5", "\"printed\": 2017.65");
    replace(text, sizeof text, "\"printed_total\": 22192.5", "\"printed_total\": 22194.12");
    snprintf(path, sizeof path, "%s", TEST_PATH);
    write_file(path, text, strlen(text));
    ck_assert_msg(tta_cost_model_load(path, &m, &e) == 0, "%s", e.text);
    ck_assert_int_eq(m.per_case_ore, 2219412);
    unlink(path);
}
END_TEST

START_TEST(norms_are_taken_from_the_document)
{
    char path[] = TEST_PATH;
    struct tta_cost_model m;
    struct tta_error e = {0};

    changed_file(path, "cost", "tta-2009", "\"team_share\": 0.5", "\"team_share\": 0.4");
    ck_assert_int_eq(tta_cost_model_load(path, &m, &e), 0);
    ck_assert_int_eq(m.clinic_micro, 200000);
    unlink(path);
}
END_TEST

START_TEST(unknown_model)
{
    struct tta_cost_model m;
    struct tta_error e = {0};

    ck_assert_int_eq(tta_cost_model_load("tta-2010", &m, &e), TTA_E_CONFIG);
    ck_assert_str_eq(e.text, "no cost document tta-2010; built in: tta-2009 (a file is given as a "
                             "path with / or .json)");
}
END_TEST

Suite *cost_load_suite(void)
{
    Suite *s = suite_create("cost/load");
    TCase *t = tcase_create("all");

    tcase_add_test(t, the_call_of_2009);
    tcase_add_loop_test(t, tables_that_do_not_add_up, 0, sizeof bad / sizeof *bad);
    tcase_add_test(t, the_exact_totals_as_copies);
    tcase_add_test(t, norms_are_taken_from_the_document);
    tcase_add_test(t, unknown_model);
    suite_add_tcase(s, t);
    return s;
}
