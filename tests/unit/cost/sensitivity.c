/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>

#include "../data/support.h"

#include "tta/cost_scenario.h"

Suite *cost_sensitivity_suite(void);

static struct tta_scenario s;
static struct tta_error e;

static void load(const char *name)
{
    tta_error_clear(&e);
    ck_assert_msg(tta_scenario_load(name, &s, &e) == 0, "%s", e.text);
}

START_TEST(the_tornado_is_in_order)
{
    struct tta_tornado_row rows[TTA_SCENARIO_INPUTS];
    size_t count;

    load("roskilde-2012");
    ck_assert_int_eq(tta_scenario_one_way(&s, tta_scenario_figure_named(&s, tta_text_of("net")),
                                          rows, &count, &e),
                     0);
    ck_assert_uint_eq(count, 5);
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq(rows[i].swing, llabs(rows[i].at_high - rows[i].at_low));
        ck_assert(i == 0 || rows[i].swing <= rows[i - 1].swing);
    }
    /* the second year is worth 9 million more or less, nothing else */
    ck_assert_str_eq(s.input[rows[0].input].id, "saving_year2");
    ck_assert_int_eq(rows[0].swing, INT64_C(9000000000000));
}
END_TEST

/* The years as applied rest on moved, anyway and gain, not on the rate nor on the years. */
START_TEST(the_tornado_leaves_out)
{
    struct tta_tornado_row rows[TTA_SCENARIO_INPUTS];
    size_t count;

    load("vestegn-payback");
    ck_assert_int_eq(
        tta_scenario_one_way(&s, tta_scenario_figure_named(&s, tta_text_of("years_applied")), rows,
                             &count, &e),
        0);
    ck_assert_uint_eq(count, 3);
}
END_TEST

/* R 4.2.2: qnorm(.9,7.3,1), qlnorm(.1,0,.5), qgamma(.9,100,scale=.01), qbeta(.1,3,2); by hand
 * the uniform and the triangular (0, 10, mode 2): 10 - sqrt(.5 x 10 x 8), sqrt(.1 x 10 x 2). */
START_TEST(quantiles)
{
    const struct {
        struct tta_distribution d;
        double u, want;
    } q[] = {{{TTA_UNIFORM, 2, 6, 0}, 0.25, 3},
             {{TTA_TRIANGULAR, 0, 10, 2}, 0.5, 3.6754446796632412},
             {{TTA_TRIANGULAR, 0, 10, 2}, 0.1, 1.4142135623730951},
             {{TTA_NORMAL, 7.3, 1, 0}, 0.9, 8.5815515655446},
             {{TTA_LOGNORMAL, 0, 0.5, 0}, 0.1, 0.526883518296036},
             {{TTA_GAMMA, 1, 0.1, 0}, 0.9, 1.13010523859844},
             {{TTA_BETA, 3, 2, 0}, 0.1, 0.320460583721818}};

    for (size_t i = 0; i < sizeof q / sizeof *q; i++)
        ck_assert_double_eq_tol(tta_distribution_quantile(&q[i].d, q[i].u), q[i].want, 1e-12);
}
END_TEST

/*
 * Between 0 and 0.5, by hand: the uniform -0.25..0.5 is outside with 1/3, -1..0.5 with 2/3;
 * the triangular 0..1 with mode 0.1 with 0.5^2 / 0.9 = 0.28, 0..2 with 1.5^2 / 3.8 = 0.59,
 * -3..1 with mode 0 with 0.75 below and 0.25 / 4 above; a half is not more than half. Of
 * whole numbers 1 and 2 the uniform 0.5..4.4 with 1.9 / 3.9, 0.5..4.6 with 2.1 / 4.1. R:
 * plnorm(.5, 0, .1) 2e-12, pgamma(.5, 100, scale=.01) 1e-9, pbeta(.5, 8, 2) 0.02.
 */
START_TEST(distributions_outside)
{
    static const struct {
        struct tta_distribution d;
        bool whole, good;
    } r[] = {
        {{TTA_UNIFORM, -0.25, 0.5, 0}, false, true}, {{TTA_UNIFORM, -1, 0.5, 0}, false, false},
        {{TTA_TRIANGULAR, 0, 1, 0.1}, false, true},  {{TTA_TRIANGULAR, 0, 2, 0.1}, false, false},
        {{TTA_TRIANGULAR, -3, 1, 0}, false, false},  {{TTA_NORMAL, 0, 0.05, 0}, false, true},
        {{TTA_NORMAL, 0, 0.5, 0}, false, false},     {{TTA_LOGNORMAL, -2, 0.1, 0}, false, true},
        {{TTA_LOGNORMAL, 0, 0.1, 0}, false, false},  {{TTA_GAMMA, 0.1, 0.1, 0}, false, true},
        {{TTA_GAMMA, 1, 0.1, 0}, false, false},      {{TTA_BETA, 2, 8, 0}, false, true},
        {{TTA_BETA, 8, 2, 0}, false, false},         {{TTA_UNIFORM, 0.5, 4.4, 0}, true, true},
        {{TTA_UNIFORM, 0.5, 4.6, 0}, true, false}};

    for (size_t i = 0; i < sizeof r / sizeof *r; i++) {
        struct tta_scenario_input in = {.distribution = r[i].d, .whole = r[i].whole};

        in.least = in.whole ? TTA_MICRO : 0;
        in.most = in.whole ? 2 * TTA_MICRO : TTA_MICRO / 2;
        ck_assert_msg((tta_scenario_distribution_problem(&in) == NULL) == r[i].good, "%zu", i);
    }
}
END_TEST

/*
 * Against 10^6 draws of R (rgamma x triangular x (1 - 1.04^-10)/.04 - 26,080,827,
 * set.seed(1)): mean 407,368, sd 8,365,060, 2.5 % -13,216,698, 97.5 % 19,342,062,
 * above 0 in 0.4746. With 20,000 draws the standard error of the mean is 59,000.
 */
START_TEST(draws)
{
    static int64_t values[20000], again, moved[TTA_SCENARIO_INPUTS];
    struct tta_scenario_spread spread;
    struct tta_stream stream;
    struct tta_key key;
    size_t figure;

    load("vestegn-payback");
    figure = tta_scenario_figure_named(&s, tta_text_of("net"));
    tta_key_from_text(tta_text_of("draws"), &key);
    tta_stream_of(&stream, &key, tta_text_of(""));
    for (size_t i = 0; i < 20000; i++)
        ck_assert_int_eq(tta_scenario_draw(&s, figure, &stream, &values[i], moved, &e), 0);
    tta_stream_of(&stream, &key, tta_text_of(""));
    ck_assert_int_eq(tta_scenario_draw(&s, figure, &stream, &again, moved, &e), 0);
    ck_assert_int_eq(again, values[0]);
    tta_scenario_summarize(values, 20000, 0.95, 0, &spread);
    ck_assert_double_eq_tol(spread.mean, 407368, 200000);
    ck_assert_double_eq_tol(spread.deviation, 8365060, 150000);
    ck_assert_double_eq_tol(spread.lower, -13216698, 300000);
    ck_assert_double_eq_tol(spread.upper, 19342062, 500000);
    ck_assert_double_eq_tol(spread.above, 0.4746, 0.011);
}
END_TEST

/* A figure that is the input: as many draws are counted as lie on the end, some 1/3. */
START_TEST(moved_draws_are_counted)
{
    int64_t moved[TTA_SCENARIO_INPUTS] = {0}, value, at_end = 0;
    struct tta_stream stream;
    struct tta_key key;

    memset(&s, 0, sizeof s);
    tta_error_clear(&e);
    s.input_count = s.figure_count = 1;
    s.input[0].most = TTA_MICRO / 2;
    s.input[0].distribution = (struct tta_distribution){TTA_UNIFORM, -0.25, 0.5, 0};
    s.figure[0] = (struct tta_scenario_figure){.least = TTA_INTEGER_NONE, .first = 1, .count = 1};
    tta_key_from_text(tta_text_of("moved"), &key);
    tta_stream_of(&stream, &key, tta_text_of(""));
    for (int i = 0; i < 3000; i++) {
        ck_assert_int_eq(tta_scenario_draw(&s, 0, &stream, &value, moved, &e), 0);
        at_end += value == 0;
    }
    ck_assert_int_eq(moved[0], at_end);
    ck_assert_int_ge(at_end, 897); /* four standard errors of 1,000 are 103 */
    ck_assert_int_le(at_end, 1103);
}
END_TEST

/* R: x <- c(1,2,4,8,16); mean 6.2, sd 6.09918, quantile(.05) 1.2, .5 4, .95 14.4; 3 of 5 above 2.
 */
START_TEST(spread_of_five)
{
    int64_t x[] = {16000000, 1000000, 8000000, 2000000, 4000000};
    struct tta_scenario_spread spread;

    tta_scenario_summarize(x, 5, 0.9, 2000000, &spread);
    ck_assert_double_eq_tol(spread.mean, 6.2, 1e-12);
    ck_assert_double_eq_tol(spread.deviation, 6.0991802728, 1e-9);
    ck_assert_double_eq_tol(spread.lower, 1.2, 1e-12);
    ck_assert_double_eq_tol(spread.median, 4, 1e-12);
    ck_assert_double_eq_tol(spread.upper, 14.4, 1e-12);
    ck_assert_double_eq_tol(spread.above, 0.6, 1e-12);
}
END_TEST

/* R: x <- c(1, 2, 4, 8, Inf); quantile(x, c(.05, .5, .75, .95)) is 1.2, 4, 8, Inf. */
START_TEST(spread_with_never)
{
    int64_t x[] = {TTA_INTEGER_NONE, 1000000, 8000000, 2000000, 4000000};
    struct tta_scenario_spread spread;

    tta_scenario_summarize(x, 5, 0.9, 2000000, &spread);
    ck_assert(isnan(spread.mean) && isnan(spread.deviation) && isnan(spread.upper));
    ck_assert_double_eq_tol(spread.lower, 1.2, 1e-12);
    ck_assert_double_eq_tol(spread.median, 4, 1e-12);
    ck_assert_double_eq_tol(spread.above, 0.6, 1e-12);
    ck_assert_double_eq_tol(spread.never, 0.2, 1e-12);
    tta_scenario_summarize(x, 5, 0.5, 2000000, &spread);
    ck_assert_double_eq_tol(spread.upper, 8, 1e-12);
}
END_TEST

Suite *cost_sensitivity_suite(void)
{
    Suite *suite = suite_create("cost/sensitivity");
    TCase *t = tcase_create("sensitivity");

    tcase_add_test(t, the_tornado_is_in_order);
    tcase_add_test(t, the_tornado_leaves_out);
    tcase_add_test(t, quantiles);
    tcase_add_test(t, distributions_outside);
    tcase_add_test(t, draws);
    tcase_add_test(t, moved_draws_are_counted);
    tcase_add_test(t, spread_of_five);
    tcase_add_test(t, spread_with_never);
    suite_add_tcase(suite, t);
    return suite;
}
