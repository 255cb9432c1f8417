/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parts that say what they hold, and lists of reasons. */
#include "support.h"

#include <stdio.h>

#include "tta/refusion_partial.h"

Suite *refusion_partial_suite(void);

static struct tta_partials parts;
static struct tta_error e;

static void set_up(void)
{
    memset(&parts, 0, sizeof parts);
    tta_error_clear(&e);
}

static void tear_down(void)
{
    tta_partials_release(&parts);
}

/* name: "1/2 by case_id"; the benefit is the state's. */
static int head(const char *input, const char *name, int64_t cases, int64_t ore)
{
    int64_t sums[TTA_SUMS] = {
        [TTA_SUM_CASES] = cases, [TTA_SUM_BENEFIT] = ore, [TTA_SUM_STATE] = ore};
    struct tta_partial_head h;

    ck_assert(tta_partial_name_parse(tta_text_of(name), &h));
    snprintf(h.input, sizeof h.input, "%s", input);
    tta_error_clear(&e);
    return tta_partials_head(&parts, &h, input, 2, sums, &e);
}

static int row(int64_t ore)
{
    int64_t sums[TTA_SUMS] = {[TTA_SUM_CASES] = 1, [TTA_SUM_BENEFIT] = ore, [TTA_SUM_STATE] = ore};

    tta_error_clear(&e);
    return tta_partials_row(&parts, sums, &e);
}

static void ends(const char *text)
{
    tta_error_clear(&e);
    ck_assert_int_eq(tta_partials_end(&parts, &e), *text == '\0' ? 0 : TTA_E_DATA);
    ck_assert_str_eq(e.text, text);
}

START_TEST(names)
{
    static const char *const good[] = {"1/1", "2/16 by case_id", "64/64 by a b"};
    static const char *const bad[] = {"",    "1",     "0/1",   "2/1",     "1/",     "/1",
                                      "1/x", "-1/-1", "1/2 x", "1/2 by ", "1/2 by", " 1/2"};
    struct tta_partial_head h;
    char name[TTA_PARTIAL_NAME_SIZE];

    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        ck_assert(tta_partial_name_parse(tta_text_of(good[i]), &h));
        tta_partial_name(&h, name);
        ck_assert_str_eq(name, good[i]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!tta_partial_name_parse(tta_text_of(bad[i]), &h), "%s", bad[i]);
}
END_TEST

/* In any order, of several inputs; a case in two months is one case in the head. */
START_TEST(whole)
{
    ck_assert_int_eq(head("a", "2/2 by case_id", 1, 30), 0);
    ck_assert_int_eq(row(10), 0);
    ck_assert_int_eq(row(20), 0);
    ck_assert_int_eq(head("b", "1/1", 1, 5), 0); /* two inputs in one part */
    ck_assert_int_eq(head("c", "1/1", 0, 0), 0);
    ck_assert_int_eq(row(5), 0);
    ck_assert_int_eq(head("a", "1/2 by case_id", 0, 0), 0);
    ck_assert_int_eq(head("c", "1/1", 0, 0), 0); /* nothing, twice */
    ends("");
}
END_TEST

START_TEST(twice)
{
    ck_assert_int_eq(head("a", "1/2 by case_id", 1, 0), 0);
    ck_assert_int_eq(head("a", "1/2 by case_id", 1, 0), TTA_E_DATA);
    ck_assert_str_eq(e.text, "the same part of the same input stands twice");
    ck_assert_int_eq(head("a", "2/3 by case_id", 1, 0), TTA_E_DATA);
    ck_assert_str_eq(e.text, "a part of an input that was divided otherwise before");
    ck_assert_int_eq(head("a", "2/2 by person_id", 1, 0), TTA_E_DATA);
    ck_assert_int_eq(head("a", "1/1", 1, 0), TTA_E_DATA);
    ck_assert_int_eq(head("b", "1/2 by case_id", 1, 0), 0);
}
END_TEST

START_TEST(missing)
{
    head("a", "1/3 by x", 1, 0);
    head("a", "3/3 by x", 1, 0);
    ends("part 2 of 3 of an input is missing");
    head("a", "2/3 by x", 1, 0);
    ends("");
    head("b", "1/2 by x", 0, 0);
    ends("part 2 of 2 of an input is missing");
    head("b", "2/2 by x", 0, 0);
    head("0", "4/4 by x", 0, 0);
    ends("part 1 of 4 of an input is missing");
}
END_TEST

START_TEST(cut_short)
{
    static const char text[] =
        "the part that begins here does not hold what it says: rows are missing, or too many";

    head("a", "1/1", 2, 30);
    row(10);
    ck_assert_int_eq(head("b", "1/1", 1, 20), TTA_E_DATA);
    ck_assert_str_eq(e.text, text);
    ends(text);
    row(20);
    ends("");
    row(1);
    ends(text);
}
END_TEST

START_TEST(too_large)
{
    ck_assert_int_eq(head("a", "1/1", 2, INT64_MAX), 0);
    ck_assert_int_eq(head("b", "1/1", 2, 1), TTA_E_DATA);
    ck_assert_str_eq(e.text, "the totals are too large to hold");
}
END_TEST

/* Each once, in order; a word that begins another is not that other. */
START_TEST(reasons)
{
    struct tta_refusion_why why = {.least = TTA_SEEN};

    ck_assert_int_eq(tta_refusion_why_add(&why, tta_text_of("2016+2010"),
                                          tta_text_of("§ 62, stk. 2; § 62"), TTA_SEEN),
                     0);
    ck_assert_int_eq(
        tta_refusion_why_add(&why, tta_text_of("2010+20"), tta_text_of("§ 62; § 5"), TTA_UNCERTAIN),
        0);
    ck_assert_int_eq(tta_refusion_why_add(&why, tta_text_of(""), tta_text_of(""), TTA_DERIVED), 0);
    ck_assert(tta_text_is(tta_buffer_text(&why.regimes), "2016+2010+20"));
    ck_assert_int_eq(tta_refusion_why_order(&why), 0);
    ck_assert(tta_text_is(tta_buffer_text(&why.regimes), "20+2010+2016"));
    ck_assert(tta_text_is(tta_buffer_text(&why.paragraphs), "§ 5; § 62; § 62, stk. 2"));
    ck_assert_int_eq(why.least, TTA_UNCERTAIN);
    tta_refusion_why_empty(&why);
    ck_assert_int_eq(tta_refusion_why_order(&why), 0);
    ck_assert_uint_eq(why.paragraphs.len, 0);
    tta_refusion_why_release(&why);
}
END_TEST

/* Two cases of input 0, one of input 2: what the totals grew by is the input's. */
START_TEST(sums_by_input)
{
    struct tta_partial_inputs p = {0};
    int64_t totals[4][TTA_SUMS] = {{0}};

    for (int i = 1; i < 4; i++)
        for (int k = TTA_SUM_BENEFIT; k < TTA_SUMS; k++)
            totals[i][k] = totals[i - 1][k] + 10 * i + k;
    ck_assert_int_eq(tta_partial_inputs_room(&p, 0, &e), 0);
    tta_partial_inputs_case(&p, 0, totals[0], totals[1]);
    tta_partial_inputs_case(&p, 0, totals[1], totals[2]);
    ck_assert_int_eq(tta_partial_inputs_room(&p, 2, &e), 0);
    tta_partial_inputs_case(&p, 2, totals[2], totals[3]);
    ck_assert_int_eq(tta_partial_inputs_sums(&p, 0)[TTA_SUM_CASES], 2);
    ck_assert_int_eq(tta_partial_inputs_sums(&p, 0)[TTA_SUM_STATE], 10 + 20 + 2 * TTA_SUM_STATE);
    ck_assert_int_eq(tta_partial_inputs_sums(&p, 1)[TTA_SUM_CASES], 0);
    ck_assert_int_eq(tta_partial_inputs_sums(&p, 2)[TTA_SUM_BENEFIT], 30 + TTA_SUM_BENEFIT);
    ck_assert_int_eq(tta_partial_inputs_sums(&p, 3)[TTA_SUM_BENEFIT], 0);
    tta_partial_inputs_release(&p);
}
END_TEST

/* A part that was cut short is named by where it begins, not by where the next one does. */
START_TEST(named_by_its_place)
{
    ck_assert_int_eq(head("a", "1/1", 1, 100), 0);
    ck_assert_int_eq(row(60), 0);
    ck_assert_int_eq(head("b", "1/1", 1, 100), TTA_E_DATA);
    ck_assert_str_eq(e.source, "a");
    ck_assert_int_eq(e.line, 2);
}
END_TEST

Suite *refusion_partial_suite(void)
{
    Suite *s = suite_create("refusion/partial");
    TCase *t = tcase_create("all");

    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, names);
    tcase_add_test(t, whole);
    tcase_add_test(t, twice);
    tcase_add_test(t, missing);
    tcase_add_test(t, cut_short);
    tcase_add_test(t, too_large);
    tcase_add_test(t, reasons);
    tcase_add_test(t, sums_by_input);
    tcase_add_test(t, named_by_its_place);
    suite_add_tcase(s, t);
    return s;
}
