/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <check.h>
#include <math.h>

#include "tta/cost_icer.h"

#include "../survival/csv.h"

Suite *cost_icer_suite(void);

static struct tta_error e;

/*
 * R 4.2.2, a <- data.frame(cost=c(10,20,40,80), e=c(.5,.7,.6,.9)), b <-
 * data.frame(cost=c(5,9,14), e=c(.4,.6,.3)): differences of means, sqrt of the sum of
 * var / n, cov / n, and sum(u^3) / (6 * sum(u^2)^1.5) over the values without one row.
 */
static const double a_cost[] = {10, 20, 40, 80}, a_effect[] = {.5, .7, .6, .9};
static const double b_cost[] = {5, 9, 14}, b_effect[] = {.4, .6, .3};
static const struct tta_icer_arm small[2] = {{4, a_cost, a_effect}, {3, b_cost, b_effect}};

#define SAME(got, want) ck_assert_double_eq_tol(got, want, 1e-12 * (1 + fabs((double)(want))))

START_TEST(small_by_r)
{
    const double acceleration[] = {0.0521508472592839, -0.00370001871622202, -0.0205121717162037,
                                   0.0044431331604112};
    struct tta_icer fit;

    ck_assert_int_eq(tta_icer(small, &fit, &e), 0);
    SAME(fit.cost, 28.1666666666667);
    SAME(fit.effect, 0.241666666666667);
    SAME(fit.ratio, 116.551724137931);
    SAME(fit.cost_se, 15.695894721586);
    SAME(fit.effect_se, 0.122757665522135);
    SAME(fit.covariance, 1.05694444444444);
    SAME(tta_icer_benefit(&fit, 100), 100 * 0.241666666666667 - 28.1666666666667);
    SAME(tta_icer_benefit_se(&fit, 100), 13.6259556239798);
    for (int m = TTA_ICER_COST; m <= TTA_ICER_BENEFIT; m++)
        SAME(tta_icer_acceleration(small, (enum tta_icer_measure)m, 100), acceleration[m]);
}
END_TEST

/*
 * R: x <- c(4,1,9,16,25,36,49,64,-3); z0 <- qnorm(mean(x < 20)); z <- z0 +
 * qnorm(c(.25,.75)); quantile(x, c(.25,.75)); quantile(x, pnorm(z0 + z / (1 - .02 * z)))
 */
START_TEST(limits_by_r)
{
    struct tta_icer_interval i;
    double x[9] = {4, 1, 9, 16, 25, 36, 49, 64, -3};

    tta_icer_limits(x, 9, 20, 0.02, 0.5, &i);
    SAME(i.lower, 4);
    SAME(i.upper, 36);
    ck_assert_double_eq_tol(i.bca_lower, 7.93945899109753, 1e-9);
    ck_assert_double_eq_tol(i.bca_upper, 44.6658011229897, 1e-9);
    SAME(i.above, 8.0 / 9);
    tta_icer_limits(x, 9, 100, 0.02, 0.5, &i);
    ck_assert(isnan(i.bca_lower) && isnan(i.bca_upper));
}
END_TEST

/* A draw of everyone is the arm itself: constant costs and effects do not move. */
START_TEST(constants_do_not_move)
{
    const double c[] = {7, 7, 7}, f[] = {1, 1, 1};
    const struct tta_icer_arm arms[2] = {{3, c, f}, {3, c, f}};
    struct tta_stream stream;
    struct tta_key key;
    double cost[50], effect[50];
    struct tta_icer fit;

    tta_key_from_text(tta_text_of("x"), &key);
    tta_stream_of(&stream, &key, tta_text_of(""));
    ck_assert_int_eq(tta_icer_bootstrap(arms, &stream, 50, cost, effect, &e), 0);
    for (int i = 0; i < 50; i++)
        ck_assert(fabs(cost[i]) < 1e-12 && fabs(effect[i]) < 1e-12);
    ck_assert_int_eq(tta_icer(arms, &fit, &e), 0);
    ck_assert(isnan(fit.ratio));
    ck_assert(fabs(tta_icer_acceleration(arms, TTA_ICER_COST, 0)) < 1e-12);
}
END_TEST

/*
 * icer_rtw of R 4.2.2 on the open data, qaly as effect, indsats less kontrol. Its
 * bootstrap (B = 2,000, R's own generator) to three Monte Carlo standard errors:
 * boot_sd 1572.68 and 0.0150645, ceac 0.039 at 300,000, NE 0.6525.
 */
START_TEST(open_data_as_in_r)
{
    static double cost0[400], cost1[400], effect0[400], effect1[400], dc[2000], de[2000];
    double *cost[2] = {cost0, cost1}, *effect[2] = {effect0, effect1}, share[TTA_ICER_QUADRANTS],
           sd = 0;
    size_t n[2] = {0, 0};
    struct tta_icer fit;
    struct tta_stream stream;
    struct tta_key key;
    struct tta_icer_interval limits;
    struct csv csv;

    csv = csv_read("data/rtw_open.csv");
    for (size_t i = 0; i < csv.rows; i++) {
        int arm = strcmp(csv_text(&csv, i, "arm"), "indsats") != 0;

        ck_assert_uint_lt(n[arm], 400);
        cost[arm][n[arm]] = csv_number(&csv, i, "cost");
        effect[arm][n[arm]++] = csv_number(&csv, i, "qaly");
    }
    csv_free(&csv);
    ck_assert_uint_eq(n[0] + n[1], 400);
    const struct tta_icer_arm arms[2] = {{n[0], cost0, effect0}, {n[1], cost1, effect1}};
    ck_assert_int_eq(tta_icer(arms, &fit, &e), 0);
    SAME(fit.cost, 10325.427771248531);
    SAME(fit.effect, 0.0058817583956389807);
    ck_assert_double_eq_tol(fit.ratio, 1755500.1543253292, 1e-4);
    SAME(fit.cost_se, 1578.7252371384111);
    SAME(fit.effect_se, 0.015377782197667184);
    SAME(fit.covariance, -1.3660548731527515);
    SAME(tta_icer_benefit(&fit, 300000), -8560.9002525568358);
    SAME(tta_icer_benefit_se(&fit, 300000), 4959.3208181130476);
    tta_key_from_text(tta_text_of("42"), &key);
    tta_stream_of(&stream, &key, tta_text_of("icer"));
    ck_assert_int_eq(tta_icer_bootstrap(arms, &stream, 2000, dc, de, &e), 0);
    tta_icer_quadrants(dc, de, 2000, share);
    ck_assert_double_eq_tol(share[0], 0.6525, 0.045);
    ck_assert_double_eq_tol(share[0] + share[1] + share[2] + share[3] + share[4], 1, 1e-12);
    for (int i = 0; i < 2000; i++)
        sd += (dc[i] - fit.cost) * (dc[i] - fit.cost) / 2000;
    ck_assert_double_eq_tol(sqrt(sd), 1572.68, 3 * 1572.68 / sqrt(2000));
    for (int i = 0; i < 2000; i++)
        de[i] = tta_icer_value(TTA_ICER_BENEFIT, 300000, dc[i], de[i]);
    tta_icer_limits(de, 2000, tta_icer_benefit(&fit, 300000), 0, 0.95, &limits);
    ck_assert_double_eq_tol(limits.above, 0.039, 0.018);
    tta_icer_limits(dc, 2000, fit.cost, 0, 0.95, &limits);
    ck_assert_double_eq_tol(limits.lower, 7368.24, 500);
    ck_assert_double_eq_tol(limits.upper, 13416.73, 500);
}
END_TEST

START_TEST(one_case_is_too_few)
{
    const struct tta_icer_arm arms[2] = {{1, a_cost, a_effect}, {3, b_cost, b_effect}};
    struct tta_icer fit;

    ck_assert_int_eq(tta_icer(arms, &fit, &e), TTA_E_DATA);
    tta_error_clear(&e);
}
END_TEST

Suite *cost_icer_suite(void)
{
    Suite *s = suite_create("cost/icer");
    TCase *t = tcase_create("icer");

    tcase_add_test(t, small_by_r);
    tcase_add_test(t, limits_by_r);
    tcase_add_test(t, constants_do_not_move);
    tcase_add_test(t, open_data_as_in_r);
    tcase_add_test(t, one_case_is_too_few);
    suite_add_tcase(s, t);
    return s;
}
