/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Terms of a model: how they are read, what columns they make, and R's natural splines. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "tta/model.h"

Suite *stat_model_suite(void);

START_TEST(test_parse)
{
    static const char *const texts[] = {"arm", "ns(age", "3)", "log(x)", "arm:log(x)", "sex:arm"};
    struct tta_model m;
    struct tta_error e = {0};

    ck_assert(tta_model_parse(texts, 6, &m, &e) == 0);
    ck_assert_uint_eq(m.count, 5);
    ck_assert_uint_eq(m.column_count, 4);
    ck_assert_str_eq(m.columns[1], "age");
    ck_assert(m.item[1].part[0].kind == TTA_PART_SPLINE && m.item[1].part[0].knots == 3);
    ck_assert_str_eq(m.item[1].label, "ns(age,3)");
    ck_assert(m.item[3].count == 2 && m.item[3].part[1].kind == TTA_PART_LOG);
    ck_assert_uint_eq(m.item[3].part[1].column, 2);
    tta_model_release(&m);
}
END_TEST

START_TEST(test_parse_refuses)
{
    static const char *const bad[][2] = {
        {"a", "a"},      {"a:b", "b:a"}, {"a:a", "b"}, {"ns(a)", "b"}, {"ns(a", "0)"},
        {"ns(a", "99)"}, {"ns(a", "x)"}, {"", "b"},    {"a:", "b"},    {"log()", "b"}};
    struct tta_model m;
    struct tta_error e = {0};

    ck_assert(tta_model_parse(bad[_i], 2, &m, &e) == TTA_E_USAGE);
    tta_model_release(&m);
}
END_TEST

/* R 4.2.2: splines::ns(x, df = k), rows 1, 4, 7 and 10 */
START_TEST(test_spline)
{
    static const double x[] = {1, 2, 2, 3, 5, 7, 8, 8.5, 11, 20};
    static const struct {
        int k, j;
        double at[4];
    } want[] = {
        {1, 1, {0, 0.084398286919712975, 0.29539400421899542, 0.80178372573727308}},
        {2, 1, {0, 0.195459918128466, 0.52792234570895635, 0.28597203789395159}},
        {2, 2, {0, -0.10998569448863832, -0.19800860505958823, 0.83534943272772477}},
        {4, 1, {0, 0.15783066437365112, 0.59736628000448211, 0}},
        {4, 2, {0, -0.22061937083720387, 0.33729413086074878, -0.16476320035432943}},
        {4, 3, {0, 0.48859248326901383, 0.12224771288814591, 0.36318769970578002}},
        {4, 4, {0, -0.26693833232258313, -0.057399667382425135, 0.80157550064854943}},
    };
    double out[40];
    struct tta_spline s;
    struct tta_error e = {0};

    ck_assert(tta_spline_make(x, NULL, 10, want[_i].k, "x", &s, &e) == 0);
    tta_spline_basis(&s, x, 10, out);
    tta_spline_release(&s);
    for (size_t i = 0; i < 4; i++)
        ck_assert(fabs(out[(size_t)(want[_i].j - 1) * 10 + 3 * i] - want[_i].at[i]) < 1e-13);
}
END_TEST

/* R: predict(ns(x, df = k), c(-3, 6, 31)), a line behind the ends */
START_TEST(test_spline_beyond)
{
    static const double x[] = {1, 2, 2, 3, 5, 7, 8, 8.5, 11, 20}, at[] = {-3, 6, 31};
    static const struct {
        int k;
        double basis[12];
    } want[] = {
        {1, {-0.16879657383942595, 0.2109957172992824, 1.2659743037956941}},
        {2,
         {-0.39913636288302656, 0.43472883933741868, -0.22632864997815005, 0.22980578469022744,
          -0.21042601435535591, 2.1303104348359043}},
        {4,
         {0, 0.74578219924876121, 0, 0.6963813498561775, 0.066360901999055852, -1.488563383846373,
          -1.5350341582851226, 0.1388414557970970, 0.4425321901989947, 0.83865280842894496,
          -0.075854844142804231, 2.0460311936473792}},
    };
    double out[12];
    struct tta_spline s;
    struct tta_error e = {0};

    ck_assert(tta_spline_make(x, NULL, 10, want[_i].k, "x", &s, &e) == 0);
    tta_spline_basis(&s, at, 3, out);
    for (int i = 0; i < 3 * want[_i].k; i++)
        ck_assert_msg(fabs(out[i] - want[_i].basis[i]) < 1e-13, "%d: %.17g", i, out[i]);
    tta_spline_release(&s);
}
END_TEST

/* Knots are quantiles of the rows, however they are counted. */
START_TEST(test_spline_counts)
{
    static const double x[] = {9, 1, 4, 7, 2, 5}, count[] = {2, 3, 2, 1, 4, 2};
    double rows[14], of_rows[14 * 3], of_counts[6 * 3];
    struct tta_spline s[2];
    struct tta_error e = {0};
    size_t n = 0;

    for (size_t i = 0; i < 6; i++)
        for (double k = 0; k < count[i]; k++)
            rows[n++] = x[i];
    ck_assert(tta_spline_make(rows, NULL, n, 3, "x", &s[0], &e) == 0);
    ck_assert(tta_spline_make(x, count, 6, 3, "x", &s[1], &e) == 0);
    tta_spline_basis(&s[0], rows, n, of_rows);
    tta_spline_basis(&s[1], x, 6, of_counts);
    tta_spline_release(&s[0]);
    tta_spline_release(&s[1]);
    for (size_t i = 0, row = 0; i < 6; row += (size_t)count[i++])
        for (size_t j = 0; j < 3; j++)
            ck_assert(memcmp(&of_counts[j * 6 + i], &of_rows[j * n + row], sizeof(double)) == 0);
}
END_TEST

START_TEST(test_spline_refuses)
{
    static const double x[] = {1, 1, 1, 1, 2, 3};
    struct tta_spline s;
    struct tta_error e = {0};

    ck_assert(tta_spline_make(x, NULL, 6, 5, "x", &s, &e) == TTA_E_DATA);
    tta_spline_release(&s);
}
END_TEST

static void add(struct tta_variable *v, const char *text, double number)
{
    struct tta_either cell = {tta_text_of(text), number};
    struct tta_error e = {0};

    ck_assert(tta_variable_add(v, &cell, &e) == 0);
}

/* R: model.matrix(~ arm * age), and ~ arm:age, where every arm has its slope. */
START_TEST(test_products)
{
    static const char *const crossed[] = {"arm", "age", "arm:age"}, *const alone[] = {"arm:age"};
    static const int32_t reference[] = {0, 0};
    struct tta_variable v[2] = {{.name = "arm"}, {.name = "age"}};
    struct tta_model m;
    struct tta_design d;
    struct tta_error e = {0};

    for (int i = 0; i < 4; i++) {
        add(&v[0], i % 2 == 0 ? "a" : "b", NAN);
        add(&v[1], "", 30 + i);
    }
    ck_assert(tta_variable_finish(&v[0], &e) == 0 && tta_variable_finish(&v[1], &e) == 0);
    ck_assert(tta_model_parse(crossed, 3, &m, &e) == 0);
    ck_assert(tta_model_design(&m, v, reference, 4, NULL, &d, &e) == 0);
    ck_assert_uint_eq(d.p, 3);
    ck_assert_str_eq(d.terms[2], "arm=b:age");
    for (int i = 0; i < 4; i++)
        ck_assert(d.x[8 + i] == (i % 2 == 0 ? 0 : 30 + i));
    ck_assert(d.item_of[0] == 0 && d.item_of[2] == 2);
    tta_design_release(&d);
    tta_model_release(&m);
    ck_assert(tta_model_parse(alone, 1, &m, &e) == 0);
    ck_assert(tta_model_design(&m, v, reference, 4, NULL, &d, &e) == 0);
    ck_assert_uint_eq(d.p, 2);
    ck_assert_str_eq(d.terms[0], "arm=a:age");
    ck_assert(d.x[0] == 30 && d.x[1] == 0 && d.x[5] == 31);
    tta_design_release(&d);
    tta_model_release(&m);
    tta_variable_release(&v[0]);
    tta_variable_release(&v[1]);
}
END_TEST

Suite *stat_model_suite(void)
{
    Suite *s = suite_create("stat/model");
    TCase *t = tcase_create("model");

    tcase_add_test(t, test_parse);
    tcase_add_loop_test(t, test_parse_refuses, 0, 10);
    tcase_add_loop_test(t, test_spline, 0, 7);
    tcase_add_loop_test(t, test_spline_beyond, 0, 3);
    tcase_add_test(t, test_spline_counts);
    tcase_add_test(t, test_spline_refuses);
    tcase_add_test(t, test_products);
    suite_add_tcase(s, t);
    return s;
}
