/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Input that holds no answer: refused, with the row or the term to blame. */
#include "frame.h"

Suite *survival_cox_refused_suite(void);

static void assert_refused(struct frame *f, const struct tta_cox_options *o, int code,
                           int64_t record, const char *part)
{
    struct tta_error e = {0};
    struct tta_cox_fit fit;
    int got;

    frame_name(f);
    got = tta_cox(&f->in, o, &fit, &e);
    ck_assert_msg(got == code && e.code == code, "%d instead of \"%s\" (%s)", got, part, e.text);
    ck_assert_int_eq(e.record, record);
    ck_assert_msg(strstr(e.text, part) != NULL, "\"%s\" lacks \"%s\"", e.text, part);
    ck_assert_ptr_null(fit.coef);
}

static double *column(struct frame *f, size_t term)
{
    return f->x + term * f->in.n;
}

START_TEST(test_rows)
{
    struct frame f = frame_random(50, 2, 1, true);
    static const double wrong[] = {NAN, INFINITY, -INFINITY, -1};
    double keep;

    keep = f.time[7];
    for (int i = 0; i < 4; i++) {
        f.time[7] = wrong[i];
        assert_refused(&f, NULL, TTA_E_DATA, 8, "the time");
    }
    f.time[7] = keep;
    keep = column(&f, 1)[49];
    for (int i = 0; i < 3; i++) {
        column(&f, 1)[49] = wrong[i];
        assert_refused(&f, NULL, TTA_E_DATA, 50, "term x2: the value");
    }
    column(&f, 1)[49] = keep;
    f.event[0] = 2;
    assert_refused(&f, NULL, TTA_E_DATA, 1, "the event");
    f.event[0] = 1;
    for (int i = 0; i < 4; i++) {
        const struct tta_cox_options o = {.level = (double[]){0, 1, 95, NAN}[i], .timefix = true};

        assert_refused(&f, &o, TTA_E_USAGE, 0, "level");
    }
    memset(f.event, 0, 50);
    assert_refused(&f, NULL, TTA_E_DATA, 0, "no events");
    f.in.n = 0;
    assert_refused(&f, NULL, TTA_E_DATA, 0, "no rows");
    f.in.p = 0;
    assert_refused(&f, NULL, TTA_E_USAGE, 0, "term");
    frame_free(&f);
}
END_TEST

START_TEST(test_constant)
{
    struct frame f = frame_random(50, 3, 1, true);

    for (size_t i = 0; i < 50; i++)
        column(&f, 1)[i] = 0.1;
    assert_refused(&f, NULL, TTA_E_DATA, 0, "term x2 has the same value in every row");
    /* other values only where nobody is at risk any more at the first event */
    for (size_t i = 0; i < 50; i++)
        f.time[i] += 10;
    f.time[3] = 1;
    f.event[3] = 0;
    column(&f, 1)[3] = 7;
    assert_refused(&f, NULL, TTA_E_DATA, 0, "term x2 has the same value in every row that is at");
    f.in.n = 1;
    f.event[0] = 1;
    assert_refused(&f, NULL, TTA_E_DATA, 0, "has the same value");
    frame_free(&f);
}
END_TEST

/* Each of five terms in turn is made of others; the last one in the relation is named. */
START_TEST(test_collinear)
{
    static const int of[][3] = {{1, 0, 0}, {2, 0, 1}, {3, 1, 2}, {4, 0, 3}, {4, 2, 1}, {2, 0, 0}};
    struct frame f = frame_random(300, 5, (uint32_t)_i, _i % 2 == 0);
    const int *t = of[_i % 6];
    char part[80];

    for (size_t i = 0; i < 300; i++) /* all but exactly: 0.1 and 0.3 are no doubles */
        column(&f, (size_t)t[0])[i] =
            2009 + 0.1 * column(&f, (size_t)t[1])[i] - 0.3 * column(&f, (size_t)t[2])[i];
    snprintf(part, sizeof part, "term x%d is a linear combination of the terms before it",
             t[0] + 1);
    assert_refused(&f, NULL, TTA_E_DATA, 0, part);
    frame_free(&f);
}
END_TEST

/* A dummy for every level: the last one is too many. */
START_TEST(test_one_dummy_too_many)
{
    struct frame f = frame_random(300, 4, 5, true);

    for (size_t i = 0; i < 300; i++)
        for (size_t j = 1; j < 4; j++)
            column(&f, j)[i] = i % 3 == j - 1;
    assert_refused(&f, NULL, TTA_E_DATA, 0, "term x4 is a linear combination");
    frame_free(&f);
}
END_TEST

/* Close to collinear, but not: estimated. */
START_TEST(test_nearly_collinear)
{
    struct frame f = frame_random(500, 3, 5, false);
    struct tta_cox_fit fit;

    for (size_t i = 0; i < 500; i++) /* a year and its square */
        column(&f, 0)[i] = 2009 + (double)(i % 12);
    for (size_t i = 0; i < 500; i++)
        column(&f, 2)[i] = column(&f, 0)[i] * column(&f, 0)[i];
    frame_fit(&f, &fit);
    ck_assert(fit.se[0] > 1 && fit.se[2] > 1e-4); /* the price of it */
    tta_cox_release(&fit);
    frame_free(&f);
}
END_TEST

/* No event in one arm, beside other terms. */
START_TEST(test_arm_without_events)
{
    struct frame f = frame_random(300, 4, (uint32_t)_i, _i % 2 == 0);

    for (size_t i = 0; i < 300; i++)
        if (column(&f, 3)[i] == 0)
            f.event[i] = 0;
    assert_refused(&f, NULL, TTA_E_DATA, 0,
                   "the coefficient of x4 runs to infinity: at every event the row with the "
                   "event has the largest value");
    for (size_t i = 0; i < 300; i++)
        column(&f, 3)[i] = 1 - column(&f, 3)[i];
    assert_refused(&f, NULL, TTA_E_DATA, 0,
                   "the coefficient of x4 runs to minus infinity: at every event the row with "
                   "the event has the smallest value");
    frame_free(&f);
}
END_TEST

/* The later the event, the smaller the value: with as many gaps as rows. */
START_TEST(test_ordered_by_covariate)
{
    struct frame f = frame_random(200, 2, (uint32_t)_i, false);

    for (size_t i = 0; i < 200; i++)
        column(&f, 0)[i] = -f.time[i];
    assert_refused(&f, NULL, TTA_E_DATA, 0, "the coefficient of x1 runs to infinity");
    frame_free(&f);
}
END_TEST

/* No event in the reference level: all the other levels' dummies run off together. */
START_TEST(test_reference_level_without_events)
{
    struct frame f = frame_random(400, 5, (uint32_t)_i, _i % 2 == 0);

    for (size_t i = 0; i < 400; i++) {
        for (size_t j = 1; j < 4; j++)
            column(&f, j)[i] = i % 4 == j;
        f.event[i] = f.event[i] && i % 4 != 0;
    }
    assert_refused(&f, NULL, TTA_E_DATA, 0, "runs to infinity: together with other terms");
    frame_free(&f);
}
END_TEST

/* Separated by a sum of terms only: no term alone, and none of them a dummy. */
START_TEST(test_separated_by_a_sum)
{
    struct frame f = frame_random(300, 4, (uint32_t)_i, _i % 2 == 0);

    for (size_t i = 0; i < 300; i++)
        f.event[i] = f.event[i] && column(&f, 0)[i] + 2 * column(&f, 2)[i] > 0.1;
    for (size_t i = 0; i < 300; i++) {
        double sum = column(&f, 0)[i] + 2 * column(&f, 2)[i];

        column(&f, 0)[i] += sum > 0.1 ? (1 - sum) : 0; /* all events share one sum */
    }
    assert_refused(&f, NULL, TTA_E_DATA, 0, "runs to infinity");
    frame_free(&f);
}
END_TEST

/* The same with many rows, where a rare level's dummy lies far from its mean. */
START_TEST(test_rare_reference_level)
{
    struct frame f = frame_random(30000, 5, (uint32_t)_i, _i % 2 == 0);
    size_t rare = (size_t)1 << _i * 2; /* this many rows of it */

    for (size_t i = 0; i < 30000; i++) {
        for (size_t j = 1; j < 4; j++)
            column(&f, j)[i] = i >= rare && i % 3 == j - 1;
        f.event[i] = f.event[i] && i >= rare;
        f.time[i] += i < rare ? 100 : 0;
    }
    assert_refused(&f, NULL, TTA_E_DATA, 0, "runs to infinity: together with other terms");
    frame_free(&f);
}
END_TEST

Suite *survival_cox_refused_suite(void)
{
    Suite *s = suite_create("survival/cox_refused");
    TCase *t = tcase_create("refused");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, test_rows);
    tcase_add_test(t, test_constant);
    tcase_add_loop_test(t, test_collinear, 1, 25);
    tcase_add_test(t, test_one_dummy_too_many);
    tcase_add_test(t, test_nearly_collinear);
    tcase_add_loop_test(t, test_arm_without_events, 1, 13);
    tcase_add_loop_test(t, test_ordered_by_covariate, 1, 7);
    tcase_add_loop_test(t, test_reference_level_without_events, 1, 13);
    tcase_add_loop_test(t, test_separated_by_a_sum, 1, 13);
    tcase_add_loop_test(t, test_rare_reference_level, 0, 7);
    suite_add_tcase(s, t);
    return s;
}
