/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>

#include "../data/support.h"

#include "tta/cost_evaluation.h"

Suite *cost_evaluation_suite(void);

#define KOMMUNE 1u
#define EVERYBODY 7u

static struct tta_benefits benefits;
static struct tta_prices prices;
static struct tta_price_index cpi;
static struct tta_discount rate;
static struct tta_evaluation_rules rules;
static struct tta_evaluation ev;
static struct tta_net_weeks seen;
static struct tta_net net;
static struct tta_scenario s, again;
static struct tta_error e;

static void begin(unsigned payers, int32_t years, const char *rate_name)
{
    tta_error_clear(&e);
    ck_assert_msg(tta_benefits_load("satser-2020", &benefits, &e) == 0, "%s", e.text);
    ck_assert_msg(tta_prices_load("vestegn-2020", &prices, &e) == 0, "%s", e.text);
    ck_assert_msg(tta_index_load("cpi", &cpi, &e) == 0, "%s", e.text);
    ck_assert_msg(tta_discount_load(rate_name, &rate, &e) == 0, "%s", e.text);
    rules = (struct tta_evaluation_rules){
        .benefits = &benefits,
        .costing = {.prices = &prices, .index = &cpi, .price_year = 2020, .first_year = 2020},
        .years = years,
        .payers = payers};
    memset(&net, 0, sizeof net);
    net.first_year = 2020;
    net.persons[0] = net.persons[1] = 2;
}

static void weeks(int arm, int32_t number, int64_t year, const char *benefit, int64_t micro,
                  int64_t first)
{
    const struct tta_evaluation_row row = {
        arm, number, year, micro, first, 1, tta_text_of(benefit)};

    ck_assert_msg(tta_evaluation_weeks(&rules, &row, &ev, &seen, &net, &e) == 0, "%s", e.text);
}

static void activity(const char *component, int year, int64_t micro)
{
    tta_date day;

    ck_assert(tta_date_from_ymd(year, 3, 1, &day));
    ck_assert_msg(
        tta_evaluation_activity(&rules, tta_text_of(component), day, micro, &ev, &net, &e) == 0,
        "%s", e.text);
}

static void build(enum tta_flow_timing timing)
{
    ck_assert_msg(tta_evaluation_scenario(&rules, &ev, &net, &rate, timing, &s, &e) == 0, "%s",
                  e.text);
    tta_net_weeks_release(&seen);
    seen = (struct tta_net_weeks){0};
}

static size_t input(const char *id)
{
    size_t at = tta_scenario_input_named(&s, tta_text_of(id));

    ck_assert_msg(at != SIZE_MAX, "no input %s", id);
    return at;
}

static void set(const char *id, int64_t micro)
{
    ck_assert_msg(tta_scenario_set(&s, input(id), micro, &e) == 0, "%s", e.text);
}

static int64_t value(const char *id)
{
    size_t figure = tta_scenario_figure_named(&s, tta_text_of(id));
    int64_t out = 0;

    ck_assert_msg(figure != SIZE_MAX, "no figure %s", id);
    ck_assert_msg(tta_scenario_value(&s, figure, &out, &e) == 0, "%s", e.text);
    return out;
}

/* What the manual works through with a pencil. */
static void pencil(const char *rate_name)
{
    begin(KOMMUNE, 2, rate_name);
    ck_assert_int_eq(tta_evaluation_begin(&rules, &net, &ev, &e), 0);
    weeks(0, 0, 2020, "sygedagpenge", 10 * TTA_MICRO, 1);
    weeks(1, 2, 2020, "sygedagpenge", 40 * TTA_MICRO, 1);
    weeks(1, 2, 2021, "kontanthjælp", 10 * TTA_MICRO, 60);
    activity("virksomhedskonsulent", 2020, 20 * TTA_MICRO);
    build(TTA_FLOW_START);
}

/*
 * By hand, the municipality bears 10 - 5.6 - 2.495 = 1.905 of the first 10 weeks and
 * 40 - 16.2 - 9.98 = 13.82 of 40 (net.c), so 11.915 weeks less, and 10 - 2 - 2.495 = 5.505
 * weeks from the 60th on. 13.82 x 4,405 = 60,877.10 less 8,391.52 (8,391.525, rounded in its
 * tax) is 52,485.58; 5.505 x 2,666 = 14,676.33; 20 x 471.70 = 9,434.00. At 4 %
 * 14,676.33 / 1.04 = 14,111.855769.
 */
START_TEST(by_hand)
{
    pencil("0.04");
    ck_assert_int_eq(s.cell[0], 11915000);
    ck_assert_int_eq(s.cell[3], 5505000);
    ck_assert_int_eq(value("gain"), INT64_C(67161910000));
    ck_assert_int_eq(value("cost"), INT64_C(9434000000));
    ck_assert_int_eq(value("net"), INT64_C(57727910000));
    ck_assert_int_eq(value("net_present"), INT64_C(57163435769));
    set("effect", 500000); /* 66,597.435769 / 2 - 9,434 */
    ck_assert_int_eq(value("net_present"), INT64_C(23864717885));
    set("effect", 0);
    ck_assert_int_eq(value("gain"), 0);
    ck_assert_int_eq(value("net_present"), INT64_C(-9434000000));
    set("resource_use", 2 * TTA_MICRO);
    set("use:virksomhedskonsulent", 1500000);
    set("price:virksomhedskonsulent", 500 * TTA_MICRO); /* 2 x 1.5 x 20 x 500 */
    ck_assert_int_eq(value("cost"), INT64_C(30000000000));
    set("effect", TTA_MICRO);
    set("horizon", TTA_MICRO);
    ck_assert_int_eq(value("gain"), INT64_C(52485580000));
    ck_assert_uint_eq(tta_scenario_figure_named(&s, tta_text_of("persons")), SIZE_MAX);
}
END_TEST

/*
 * 1 of 2 in work against none: 1 more, and 9,434 kr for each; at half the effect 18,868. With
 * the effect of 0 there is nobody to divide by.
 */
START_TEST(cost_of_one_more_in_work)
{
    int64_t out[TTA_SCENARIO_FIGURES];

    begin(KOMMUNE, 2, "0");
    net.in_work[0] = 1;
    net.work_known = 4;
    ck_assert_int_eq(tta_evaluation_begin(&rules, &net, &ev, &e), 0);
    activity("virksomhedskonsulent", 2020, 20 * TTA_MICRO);
    build(TTA_FLOW_START);
    ck_assert_int_eq(value("persons"), TTA_MICRO);
    ck_assert_int_eq(value("cost_per_person"), INT64_C(9434000000));
    ck_assert_int_eq(value("net_present_per_person"), INT64_C(-9434000000));
    set("effect", 500000);
    ck_assert_int_eq(value("cost_per_person"), INT64_C(18868000000));
    set("effect", 0);
    ck_assert_int_eq(value("net_present"), INT64_C(-9434000000));
    ck_assert_int_eq(tta_scenario_compute(&s, out, &e), TTA_E_DATA);
    ck_assert_str_eq(e.text, "persons: below 0.000001");
}
END_TEST

/*
 * 50,000 kr bought on 1 March 2020, five years of life, 1,826 days: at the end of 2020 1,520
 * of them are left, at that of 2021 1,155: 50,000 x 1,155 / 1,826 = 31,626.51, and 41,621.03.
 */
START_TEST(what_is_left_of_an_investment)
{
    begin(KOMMUNE, 2, "0.04");
    ck_assert_int_eq(tta_evaluation_begin(&rules, &net, &ev, &e), 0);
    activity("materiel", 2020, 50000 * TTA_MICRO);
    build(TTA_FLOW_START);
    ck_assert_int_eq(value("cost"), INT64_C(18373490000));
    ck_assert_int_eq(value("cost_present"), INT64_C(19589894231)); /* 50,000 - 31,626.51 / 1.04 */
    set("horizon", TTA_MICRO);
    ck_assert_int_eq(value("cost"), INT64_C(8378970000));
    set("resource_use", 2 * TTA_MICRO);
    ck_assert_int_eq(value("cost"), INT64_C(16757940000));
}
END_TEST

/* ---- laws, on random rows ---- */

static uint64_t random_state;

static int64_t below(int64_t n)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (int64_t)((random_state >> 33) % (uint64_t)n);
}

#define YEARS 5
#define ROWS 300

static struct {
    const char *component;
    int year;
    int64_t micro;
} acts[ROWS];

/* The same rows for the same seed, whatever the prices are. */
static void random_rows(uint64_t seed)
{
    random_state = seed;
    net.persons[0] = 40;
    net.persons[1] = 37;
    net.in_work[0] = 20;
    net.in_work[1] = 10;
    net.work_known = 77;
    for (int i = 0; i < 20; i++)
        ck_assert_int_eq(
            tta_net_add(&net, -1, 2020 + below(YEARS), (int)below(3), below(10000000), &e), 0);
    ck_assert_int_eq(tta_evaluation_begin(&rules, &net, &ev, &e), 0);
    for (int32_t i = 0; i < ROWS; i++)
        weeks((int)below(2), i, 2020 + below(YEARS), benefits.benefit[below(7)].id,
              1 + below(50 * TTA_MICRO), 1 + below(80));
    for (int i = 0; i < ROWS; i++) {
        acts[i].component = prices.component[below((int64_t)prices.count)].id;
        acts[i].year = 2020 + (int)below(YEARS);
        acts[i].micro = below(90 * TTA_MICRO);
        activity(acts[i].component, acts[i].year, acts[i].micro);
    }
}

/* Of the payers, at the end of a horizon. */
static int64_t left_ore(int32_t years)
{
    struct tta_costing_rules until = rules.costing;
    struct tta_costing sums = {0};
    int64_t left = 0;
    tta_date day;

    ck_assert(tta_date_from_ymd(2019 + years, 12, 31, &until.until));
    for (int i = 0; i < ROWS; i++) {
        ck_assert(tta_date_from_ymd(acts[i].year, 3, 1, &day));
        if (acts[i].year < 2020 + years)
            ck_assert_int_eq(tta_costing_add(&until, tta_text_of(acts[i].component), day,
                                             acts[i].micro, &sums, &e),
                             0);
    }
    for (int p = 0; p < TTA_PAYERS; p++)
        left += (rules.payers >> p & 1) != 0 ? sums.residual[p].amount_ore : 0;
    return left;
}

/* What tta_net_row() makes of the rows, with what is left of investments, in millionths of kroner.
 */
static void expect(int32_t years, enum tta_flow_timing timing, int64_t out[3])
{
    int64_t left = left_ore(years), present;

    ck_assert(tta_present_value(left, tta_discount_factor(&rate, years - 1, timing), &present));
    out[0] = 0;
    out[1] = left * 10000;
    out[2] = -present * 10000;
    for (int32_t y = 0; y < years; y++)
        for (int p = 0; p < TTA_PAYERS; p++) {
            struct tta_net_row row;

            if ((rules.payers >> p & 1) == 0)
                continue;
            ck_assert_int_eq(tta_net_row(&net, &rate, timing, y, p, &row, &e), 0);
            out[0] += row.gain_ore * 10000;
            out[1] += row.cost_ore * 10000;
            out[2] += row.present_ore * 10000;
        }
}

static void same(int32_t years, enum tta_flow_timing timing, int64_t ore)
{
    int64_t want[3];

    expect(years, timing, want);
    ck_assert_int_le(llabs(value("gain") - want[0]), ore * 10000);
    ck_assert_int_le(llabs(value("cost") - want[1]), ore * 10000);
    /* tta_net_row() rounds each payer's year to the øre */
    ck_assert_int_le(llabs(value("net_present") - want[2]),
                     ore * 10000 + 5000 * (TTA_PAYERS * years + 1) + 10);
}

static const unsigned perspectives[] = {EVERYBODY, 1, 2, 4};
static const char *const rates[] = {"0.04", "0", "fm2021", "0.5"};

/* The figures are those of net, to the øre; for shorter horizons and other rates, too. */
START_TEST(the_model_is_net)
{
    enum tta_flow_timing timing = (enum tta_flow_timing)(_i % 3);

    begin(perspectives[_i % 4], YEARS, rates[_i / 4 % 4]);
    random_rows((uint64_t)_i);
    build(timing);
    same(YEARS, timing, 0);
    for (int32_t years = 1; years < YEARS; years++) {
        set("horizon", years * TTA_MICRO);
        same(years, timing, 0);
    }
    set("rate", 123456);
    ck_assert_int_eq(tta_discount_load("0.123456", &rate, &e), 0);
    same(YEARS - 1, timing, 0);
}
END_TEST

/*
 * Prices of the model changed, against the documents of net changed: the roundings are those
 * of the old prices, so each row may be out by the half øre of its four steps and the control.
 */
START_TEST(prices_are_those_of_net)
{
    int64_t week, price;

    begin(EVERYBODY, YEARS, "0.04");
    random_rows((uint64_t)_i);
    build(TTA_FLOW_START);
    for (size_t i = 0; i < benefits.count; i++) {
        char id[TTA_SCENARIO_ID];

        week = benefits.benefit[i].weekly_ore = 50000 + below(900000);
        snprintf(id, sizeof id, "week:%s", benefits.benefit[i].id);
        if (tta_scenario_input_named(&s, tta_text_of(id)) != SIZE_MAX)
            set(id, week * 10000);
    }
    for (size_t i = 0; i < prices.count; i++) {
        char id[TTA_SCENARIO_ID];

        price = prices.component[i].price_ore = below(200000);
        snprintf(id, sizeof id, "price:%s", prices.component[i].id);
        if (tta_scenario_input_named(&s, tta_text_of(id)) != SIZE_MAX)
            set(id, price * 10000);
    }
    memset(&net, 0, sizeof net);
    net.first_year = 2020;
    random_rows((uint64_t)_i);
    tta_net_weeks_release(&seen);
    seen = (struct tta_net_weeks){0};
    same(YEARS, TTA_FLOW_START, ROWS * 5);
}
END_TEST

static const struct tta_evaluation_head head = {"mine", "t \"q\" \\", "s", "n", true};

/* Written and read again it is the same, ranges, distributions and all. */
START_TEST(what_is_written_is_read)
{
    int64_t value_of[2][TTA_SCENARIO_FIGURES];
    struct tta_buffer text = {0};
    char path[] = TEST_PATH;

    begin(perspectives[_i % 4], YEARS, "fm2013");
    random_rows((uint64_t)_i);
    snprintf(benefits.benefit[0].id, sizeof benefits.benefit[0].id, "a\"\\\n\x01,=:%s", "ø");
    build((enum tta_flow_timing)(_i % 3));
    snprintf(s.perspective, sizeof s.perspective, "public");
    s.input[0].low = 10000;
    s.input[0].high = 500000;
    s.input[1].distribution = (struct tta_distribution){TTA_TRIANGULAR, 1, 5, 2.5};
    s.input[2].distribution = (struct tta_distribution){TTA_LOGNORMAL, -0.125, 0.000001, 0};
    ck_assert_int_eq(tta_evaluation_write(&head, &s, &text), 0);
    write_file(path, text.ptr, text.len);
    ck_assert_msg(tta_scenario_load(path, &again, &e) == 0, "%s", e.text);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(tta_scenario_compute(&s, value_of[0], &e), 0);
    ck_assert_int_eq(tta_scenario_compute(&again, value_of[1], &e), 0);
    ck_assert_uint_eq(s.input_count, again.input_count);
    ck_assert_uint_eq(s.figure_count, again.figure_count);
    for (size_t i = 0; i < s.input_count; i++) {
        ck_assert_str_eq(s.input[i].id, again.input[i].id);
        ck_assert_int_eq(s.input[i].value, again.input[i].value);
        ck_assert_int_eq(s.input[i].low, again.input[i].low);
        ck_assert_int_eq(s.input[i].whole, again.input[i].whole);
        ck_assert_int_eq(s.input[i].distribution.kind, again.input[i].distribution.kind);
        ck_assert_double_eq(s.input[i].distribution.b, again.input[i].distribution.b);
    }
    for (size_t i = 0; i < s.figure_count; i++)
        ck_assert_int_eq(value_of[0][i], value_of[1][i]);
    tta_buffer_release(&text);
}
END_TEST

/* ---- against R ---- */

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
    static int64_t values[20000];
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
        ck_assert_int_eq(tta_scenario_draw(&s, figure, &stream, &values[i], &e), 0);
    tta_scenario_summarize(values, 20000, 0.95, 50000 * TTA_MICRO, &spread);
    ck_assert_double_eq_tol(spread.mean, 51854.8, 405);
    ck_assert_double_eq_tol(spread.deviation, 14316.7, 284);
    ck_assert_double_eq_tol(spread.lower, 26150.3, 864);
    ck_assert_double_eq_tol(spread.median, 50945.2, 511);
    ck_assert_double_eq_tol(spread.upper, 81833.5, 1187);
    ck_assert_double_eq_tol(spread.above, 0.5264, 0.0141);
}
END_TEST

/* ---- what is refused ---- */

START_TEST(years_outside)
{
    struct tta_evaluation_row row = {0, 0, 2022, TTA_MICRO, 1, 1, tta_text_of("sygedagpenge")};
    tta_date day;

    begin(KOMMUNE, 2, "0");
    ck_assert_int_eq(tta_evaluation_begin(&rules, &net, &ev, &e), 0);
    ck_assert_int_eq(tta_evaluation_weeks(&rules, &row, &ev, &seen, &net, &e), 0);
    build(TTA_FLOW_START);
    ck_assert_int_eq(value("gain"), 0);
    row.year = INT64_MIN + 1;
    ck_assert_int_eq(tta_evaluation_weeks(&rules, &row, &ev, &seen, &net, &e), TTA_E_DATA);
    tta_error_clear(&e);
    ck_assert(tta_date_from_ymd(2019, 12, 31, &day));
    ck_assert_int_eq(tta_evaluation_activity(&rules, tta_text_of("laege"), day, 1, &ev, &net, &e),
                     TTA_E_DATA);
    ck_assert_str_eq(e.text, "column date: before the first year or after the horizon");
    tta_error_clear(&e);
    ck_assert_int_eq(tta_evaluation_activity(&rules, tta_text_of("læge"), day, 1, &ev, &net, &e),
                     TTA_E_DATA);
    tta_error_clear(&e);
    ck_assert_int_eq(tta_net_add(&net, -1, 2022, 0, 1, &e), 0);
    ck_assert_int_eq(tta_evaluation_begin(&rules, &net, &ev, &e), TTA_E_DATA);
    tta_net_weeks_release(&seen);
}
END_TEST

/* A price of 10^9 kr is one of the prices documents, but none of a scenario. */
START_TEST(too_large)
{
    begin(KOMMUNE, 2, "0");
    prices.component[7].price_ore = INT64_C(100000000000);
    ck_assert_int_eq(tta_evaluation_begin(&rules, &net, &ev, &e), 0);
    activity(prices.component[7].id, 2020, 1);
    ck_assert_int_eq(tta_evaluation_scenario(&rules, &ev, &net, &rate, TTA_FLOW_START, &s, &e),
                     TTA_E_DATA);
    ck_assert_str_eq(e.text, "price:virksomhedskonsulent: too large for a scenario");
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

Suite *cost_evaluation_suite(void)
{
    Suite *suite = suite_create("cost/evaluation");
    TCase *t = tcase_create("evaluation");

    tcase_add_test(t, by_hand);
    tcase_add_test(t, cost_of_one_more_in_work);
    tcase_add_test(t, what_is_left_of_an_investment);
    tcase_add_loop_test(t, the_model_is_net, 0, 48);
    tcase_add_loop_test(t, prices_are_those_of_net, 0, 10);
    tcase_add_loop_test(t, what_is_written_is_read, 0, 12);
    tcase_add_test(t, rates_and_horizons_of_r);
    tcase_add_loop_test(t, declining_rates_of_r, 0, 2);
    tcase_add_test(t, draws_of_r);
    tcase_add_test(t, years_outside);
    tcase_add_test(t, too_large);
    tcase_add_loop_test(t, refuses, 0, sizeof bad / sizeof *bad);
    suite_add_tcase(suite, t);
    return suite;
}
