/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Groups of rows, and the columns of the design matrix. */
#include "support.h"

Suite *stat_design_suite(void);

START_TEST(groups_of_two_factors)
{
    struct tta_variable v[2] = {variable_of("arm", "k i k i i k", false),
                                variable_of("year", "10 9 9 10 9 10", true)};
    static const char *const labels[] = {"arm=i, year=9", "arm=i, year=10", "arm=k, year=9",
                                         "arm=k, year=10"};
    static const int32_t of_row[] = {3, 0, 2, 1, 0, 3};
    struct tta_groups g;
    struct tta_error e = {0};

    ck_assert_int_eq(tta_groups_make(v, 2, 6, &g, &e), 0);
    ck_assert_int_eq(g.count, 4);
    for (int i = 0; i < 4; i++)
        ck_assert_str_eq(g.labels[i], labels[i]);
    for (int row = 0; row < 6; row++)
        ck_assert_int_eq(g.of_row[row], of_row[row]);
    tta_groups_release(&g);
    /* only the combinations that there are; the second factor first */
    struct tta_variable swapped[2] = {v[1], v[0]};

    ck_assert_int_eq(tta_groups_make(swapped, 2, 3, &g, &e), 0);
    ck_assert_int_eq(g.count, 3);
    ck_assert_str_eq(g.labels[0], "year=9, arm=i");
    ck_assert_str_eq(g.labels[1], "year=9, arm=k");
    ck_assert_str_eq(g.labels[2], "year=10, arm=k");
    tta_groups_release(&g);
    tta_variable_release(&v[0]);
    tta_variable_release(&v[1]);
}
END_TEST

START_TEST(no_factors_or_rows)
{
    struct tta_variable v = variable_of("arm", "", true);
    struct tta_groups g;
    struct tta_error e = {0};

    ck_assert_int_eq(tta_groups_make(NULL, 0, 3, &g, &e), 0);
    ck_assert_int_eq(g.count, 1); /* all rows are one group without a name */
    ck_assert_str_eq(g.labels[0], "");
    ck_assert_int_eq(g.of_row[0] + g.of_row[1] + g.of_row[2], 0);
    tta_groups_release(&g);
    ck_assert_int_eq(tta_groups_make(&v, 1, 0, &g, &e), 0);
    ck_assert_int_eq(g.count, 0);
    tta_groups_release(&g);
    tta_variable_release(&v);
}
END_TEST

static void expect_column(const struct tta_design *d, size_t n, size_t term, const char *name,
                          const double *x)
{
    ck_assert_str_eq(d->terms[term], name);
    for (size_t row = 0; row < n; row++)
        ck_assert_double_eq(d->x[term * n + row], x[row]);
}

START_TEST(matrix_and_references)
{
    struct tta_variable v[3] = {variable_of("arm", "c a b a", false),
                                variable_of("age", "30 40.5 50 -1", false),
                                variable_of("sex", "1 2 2 1", true)};
    static const int32_t first[] = {0, 0, 0}, other[] = {2, 0, 1};
    struct tta_design d;
    struct tta_error e = {0};

    ck_assert_int_eq(tta_design_make(v, first, 3, 4, &d, &e), 0);
    ck_assert_uint_eq(d.p, 4);
    expect_column(&d, 4, 0, "arm=b", (double[]){0, 0, 1, 0});
    expect_column(&d, 4, 1, "arm=c", (double[]){1, 0, 0, 0});
    expect_column(&d, 4, 2, "age", (double[]){30, 40.5, 50, -1});
    expect_column(&d, 4, 3, "sex=2", (double[]){0, 1, 1, 0});
    tta_design_release(&d);
    ck_assert_int_eq(tta_design_make(v, other, 3, 4, &d, &e), 0);
    ck_assert_uint_eq(d.p, 4);
    expect_column(&d, 4, 0, "arm=a", (double[]){0, 1, 0, 1});
    expect_column(&d, 4, 1, "arm=b", (double[]){0, 0, 1, 0});
    expect_column(&d, 4, 3, "sex=1", (double[]){1, 0, 0, 1});
    tta_design_release(&d);
    for (int i = 0; i < 3; i++)
        tta_variable_release(&v[i]);
}
END_TEST

START_TEST(one_level)
{
    struct tta_variable v[2] = {variable_of("age", "1 2", false), variable_of("arm", "a a", false)};
    static const int32_t reference[] = {0, 0};
    struct tta_design d;
    struct tta_error e = {0};

    ck_assert_int_eq(tta_design_make(v, reference, 2, 2, &d, &e), TTA_E_DATA);
    ck_assert_str_eq(e.text, "arm has the same value in every row");
    tta_design_release(&d); /* allowed, and nothing there */
    tta_variable_release(&v[0]);
    tta_variable_release(&v[1]);
}
END_TEST

START_TEST(too_many_terms)
{
    struct tta_variable v = {.name = "id", .forced = true};
    static const int32_t reference[] = {0};
    static const struct tta_number_style plain = {'.', 0};
    struct tta_design d;
    struct tta_error e = {0};

    for (int i = 0; i < 10002; i++) {
        struct tta_buffer b = {0};
        struct tta_either value;

        tta_buffer_format(&b, "%d", i);
        tta_buffer_char(&b, '\0');
        value = either_of(b.ptr, plain);
        ck_assert_int_eq(tta_variable_add(&v, &value, &e), 0);
        tta_buffer_release(&b);
    }
    ck_assert_int_eq(tta_variable_finish(&v, &e), 0);
    ck_assert_int_eq(tta_design_make(&v, reference, 1, 10002, &d, &e), TTA_E_DATA);
    ck_assert_str_eq(e.text, "10001 terms are too many; is a factor really a number?");
    tta_design_release(&d);
    tta_variable_release(&v);
}
END_TEST

Suite *stat_design_suite(void)
{
    Suite *s = suite_create("stat/design");
    TCase *t = tcase_create("all");

    tcase_add_test(t, groups_of_two_factors);
    tcase_add_test(t, no_factors_or_rows);
    tcase_add_test(t, matrix_and_references);
    tcase_add_test(t, one_level);
    tcase_add_test(t, too_many_terms);
    suite_add_tcase(s, t);
    return s;
}
