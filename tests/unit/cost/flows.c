/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Flows of a scenario against R, and documents that hold wrong ones. */
#include "evaluation_support.h"

Suite *cost_flows_suite(void);

/*
 * Flows in prices of year 0 at rates and horizons, R 4.2.2:
 * f <- c(-4e6,-2500000,1200000,2800000,3100000) * 100 / c(100,101.9,109.7,113.3,114.9);
 * sum(f / (1 + rate)^(0:4)), and of the first years at 4 %.
 */
START_TEST(rates_and_horizons_of_r)
{
    static const int64_t flow[] = {-4000000000000, -2453385672228, 1093892433911, 2471315092674,
                                   2697998259356};
    static const struct {
        int64_t rate, years;
        double npv;
    } r[] = {{0, 5, -190179.88628673158},     {20000, 5, -532556.05444036913},
             {35000, 5, -769126.41254003393}, {40000, 5, -844409.30068476452},
             {60000, 5, -1128923.2822602615}, {40000, 1, -4000000},
             {40000, 2, -6359024.6848343015}, {40000, 3, -5347659.6386890858},
             {40000, 4, -3150669.520173145}};

    memset(&s, 0, sizeof s);
    s.input_count = 2;
    s.figure_count = 1;
    s.flow[0] = (struct tta_scenario_flow){.years = 5, .count = 1};
    memcpy(s.cell, flow, sizeof flow);
    s.figure[0] = (struct tta_scenario_figure){.operation = TTA_OVER_YEARS,
                                               .least = TTA_INTEGER_NONE,
                                               .count = 2,
                                               .term = {0, 1},
                                               .to_year = {INT32_MAX}};
    for (size_t i = 0; i < sizeof r / sizeof *r; i++) {
        int64_t out;

        s.input[0].value = r[i].years * TTA_MICRO;
        s.input[1].value = r[i].rate;
        ck_assert_int_eq(tta_scenario_value(&s, 0, &out, &e), 0);
        ck_assert_double_eq_tol((double)out / 1e6, r[i].npv, 4e-6);
    }
}
END_TEST

/* 1,000 a year for 76 years from year 0, as in present.c. */
START_TEST(declining_rates_of_r)
{
    static const char *const names[] = {"fm2013", "fm2021"};
    static const double npv[] = {25534.299739798716, 28548.206592066657};

    begin(KOMMUNE, 76, names[_i]);
    for (int64_t year = 2020; year < 2096; year++)
        ck_assert_int_eq(tta_net_add(&net, -1, year, TTA_KOMMUNE, 100000, &e), 0);
    ck_assert_int_eq(tta_evaluation_begin(&rules, &net, &ev, &e), 0);
    build(TTA_FLOW_START);
    ck_assert_uint_ne(input("rate_from_36"), input("rate_from_71"));
    ck_assert_double_eq_tol((double)value("cost_present") / 1e6, npv[_i], 1e-6);
}
END_TEST

/*
 * The pencil's evaluation drawn, against 4 x 10^6 draws of R 4.2.2 (set.seed(5)):
 * e <- rnorm(n, 1, .2); w <- rgamma(n, shape = (4405/200)^2, scale = 200^2/4405);
 * k <- rlnorm(n, 7.9, .05); p triangular 400..600, mode 471.7; u <- rbeta(n, 8, 2);
 * r <- runif(n, 0, .06); h <- 1 + (runif(n) < .5);
 * x <- e * (11.915*w + .005 + (h==2)*5.505*k/(1+r)) - u*20*p. The tolerances are four
 * standard errors of 20,000 draws: of the mean 101, the deviation 71, the quantiles 216,
 * 128 and 297, the share 0.0035.
 */
START_TEST(draws_of_r)
{
    static const struct {
        const char *id;
        struct tta_distribution d;
    } drawn[] = {{"effect", {TTA_NORMAL, 1, 0.2, 0}},
                 {"week:sygedagpenge", {TTA_GAMMA, 4405, 200, 0}},
                 {"week:kontanthjælp", {TTA_LOGNORMAL, 7.9, 0.05, 0}},
                 {"price:virksomhedskonsulent", {TTA_TRIANGULAR, 400, 600, 471.7}},
                 {"use:virksomhedskonsulent", {TTA_BETA, 8, 2, 0}},
                 {"rate", {TTA_UNIFORM, 0, 0.06, 0}},
                 {"horizon", {TTA_UNIFORM, 0.5, 2.5, 0}}};
    static int64_t values[20000], moved[TTA_SCENARIO_INPUTS];
    struct tta_scenario_spread spread;
    struct tta_stream stream;
    struct tta_key key;
    size_t figure;

    pencil("0.04");
    for (size_t i = 0; i < sizeof drawn / sizeof *drawn; i++)
        s.input[input(drawn[i].id)].distribution = drawn[i].d;
    figure = tta_scenario_figure_named(&s, tta_text_of("net_present"));
    tta_key_from_text(tta_text_of("psa"), &key);
    tta_stream_of(&stream, &key, tta_text_of(""));
    for (size_t i = 0; i < 20000; i++)
        ck_assert_int_eq(tta_scenario_draw(&s, figure, &stream, &values[i], moved, &e), 0);
    tta_scenario_summarize(values, 20000, 0.95, 50000 * TTA_MICRO, &spread);
    ck_assert_double_eq_tol(spread.mean, 51854.8, 405);
    ck_assert_double_eq_tol(spread.deviation, 14316.7, 284);
    ck_assert_double_eq_tol(spread.lower, 26150.3, 864);
    ck_assert_double_eq_tol(spread.median, 50945.2, 511);
    ck_assert_double_eq_tol(spread.upper, 81833.5, 1187);
    ck_assert_double_eq_tol(spread.above, 0.5264, 0.0141);
}
END_TEST

static const struct {
    const char *from, *to, *text;
} bad[] = {
    {"\"by_year\": [11.915, 0]", "\"by_year\": [11.915]",
     "/flows/0/parts/0: by_year does not have the 2 years of its flow"},
    {"\"multiply\": [\"effect\", \"week:syg", "\"multiply\": [\"effekt\", \"week:syg",
     "/flows/0/parts/0: names no input"},
    {"{\"id\": \"cost\", \"unit\": \"kr\", \"title\": {\"da\": \"Indsatsens udgifter\", \"en\": "
     "\"cost of the effort\"}, \"years\"",
     "{\"id\": \"gain\", \"unit\": \"kr\", \"title\": {\"da\": \"x\", \"en\": \"x\"}, \"years\"",
     "/flows/1: its id stands twice"},
    {"{\"flow\": \"gain\", \"years\": \"horizon\"}", "{\"flow\": \"gein\", \"years\": \"horizon\"}",
     "/figures/0: names no flow"},
    {"{\"flow\": \"gain\", \"years\": \"horizon\"}", "{\"flow\": \"gain\", \"years\": \"effect\"}",
     "/figures/0: its years are no input that is whole and lies between 1 and the 2 years of its "
     "flow"},
    {"\"value\": 2, \"least\": 1, \"most\": 2", "\"value\": 2, \"least\": 1, \"most\": 3",
     "/figures/0: its years are no input that is whole and lies between 1 and the 2 years of its "
     "flow"},
    {"\"value\": 2, \"least\": 1, \"most\": 2", "\"value\": 0, \"least\": 1, \"most\": 2",
     "/inputs/1: horizon lies between 1 and 2"},
    {"\"value\": 2, \"least\": 1, \"most\": 2", "\"value\": 1.5, \"least\": 1, \"most\": 2",
     "/inputs/1: horizon is a whole number"},
    {"\"most\": 2, \"whole\": true", "\"most\": 2, \"whole\": true, \"low\": 1, \"high\": 1.5",
     "/inputs/1: low and high are not whole numbers"},
    {"\"least\": 1, \"most\": 2, \"whole\"", "\"least\": 0.5, \"most\": 2, \"whole\"",
     "/inputs/1: least and most are not whole numbers"},
    {"\"most\": 0.5}", "\"most\": 0.5, \"low\": 0.06, \"high\": 0.02}",
     "/inputs/0: low and high are not a range it can have"},
    {"\"most\": 0.5}",
     "\"most\": 0.5, \"distribution\": {\"kind\": \"normal\", \"mean\": 0.04, \"sd\": -0.01}}",
     "/inputs/0: its distribution has a deviation that is not above 0"},
    {"{\"to_year\": null, \"rate\": \"rate\"}", "{\"to_year\": 1, \"rate\": \"rate\"}",
     "/figures/3: to_year is null in the last of the rates, and only there"},
    {"{\"to_year\": null, \"rate\": \"rate\"}", "{\"to_year\": null, \"rate\": \"gain\"}",
     "/figures/3: its rate is no input"},
    {"{\"to_year\": null, \"rate\": \"rate\"}",
     "{\"to_year\": 5, \"rate\": \"rate\"}, {\"to_year\": 5, \"rate\": \"rate\"}, {\"to_year\": "
     "null, \"rate\": \"rate\"}",
     "/figures/3: to_year is not later than that before"},
};

START_TEST(refuses)
{
    struct tta_buffer text = {0}, changed = {0};
    char path[] = TEST_PATH, *at;

    pencil("0.04");
    snprintf(s.perspective, sizeof s.perspective, "kommune");
    ck_assert_int_eq(tta_evaluation_write(&head, &s, &text) | tta_buffer_char(&text, '\0'), 0);
    at = strstr(text.ptr, bad[_i].from);
    ck_assert_msg(at != NULL, "no %s", bad[_i].from);
    ck_assert_int_eq(tta_buffer_append(&changed, text.ptr, (size_t)(at - text.ptr)) |
                         tta_buffer_string(&changed, bad[_i].to) |
                         tta_buffer_string(&changed, at + strlen(bad[_i].from)),
                     0);
    write_file(path, changed.ptr, changed.len);
    ck_assert_int_eq(tta_scenario_load(path, &again, &e), TTA_E_CONFIG);
    ck_assert_str_eq(e.text, bad[_i].text);
    ck_assert_int_eq(unlink(path), 0);
    tta_buffer_release(&text);
    tta_buffer_release(&changed);
}
END_TEST

Suite *cost_flows_suite(void)
{
    Suite *suite = suite_create("cost/flows");
    TCase *t = tcase_create("flows");

    tcase_add_test(t, rates_and_horizons_of_r);
    tcase_add_loop_test(t, declining_rates_of_r, 0, 2);
    tcase_add_test(t, draws_of_r);
    tcase_add_loop_test(t, refuses, 0, sizeof bad / sizeof *bad);
    suite_add_tcase(suite, t);
    return suite;
}
