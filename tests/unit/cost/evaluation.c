/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "evaluation_support.h"

Suite *cost_evaluation_suite(void);

/*
 * By hand, the municipality bears 10 - 5.6 - 2.495 = 1.905 of the first 10 weeks and
 * 40 - 16.2 - 9.98 = 13.82 of 40 (net.c), so 11.915 weeks less, and 10 - 2 - 2.495 = 5.505
 * weeks from the 60th on. 13.82 x 4,405 = 60,877.10 less 8,391.52 (8,391.525, rounded in its
 * tax) is 52,485.58; 5.505 x 2,666.31 = 14,678.04; 20 x 471.70 = 9,434.00. At 4 %
 * 14,678.04 / 1.04 = 14,113.50.
 */
START_TEST(by_hand)
{
    pencil("0.04");
    ck_assert_int_eq(s.cell[0], 11915000);
    ck_assert_int_eq(s.cell[3], 5505000);
    ck_assert_int_eq(value("gain"), INT64_C(67163620000));
    ck_assert_int_eq(value("cost"), INT64_C(9434000000));
    ck_assert_int_eq(value("net"), INT64_C(57729620000));
    ck_assert_int_eq(value("net_present"), INT64_C(57165080000));
    set("effect", 500000); /* 66,599.08 / 2 - 9,434 */
    ck_assert_int_eq(value("net_present"), INT64_C(23865540000));
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
 * 1 of 1 in work against 2 of 3: a third more, which six decimals do not hold, and 10 million kr
 * for it are 30 million for one. At twice the effect 15 million.
 */
START_TEST(cost_of_a_third)
{
    begin(KOMMUNE, 2, "0");
    net.persons[0] = net.in_work[0] = 1;
    net.persons[1] = 3;
    net.in_work[1] = 2;
    net.work_known = 4;
    ck_assert_int_eq(tta_net_add(&net, -1, 2020, 0, 1000000000, &e), 0);
    ck_assert_int_eq(tta_evaluation_begin(&rules, &net, &ev, &e), 0);
    build(TTA_FLOW_START);
    ck_assert_int_eq(s.input[input("in_work")].value, 333333);
    ck_assert_int_eq(value("persons"), 333333);
    ck_assert_int_eq(value("cost_per_person"), INT64_C(30000000000000));
    ck_assert_int_eq(value("net_present_per_person"), INT64_C(-30000000000000));
    set("effect", 2 * TTA_MICRO);
    ck_assert_int_eq(value("cost_per_person"), INT64_C(15000000000000));
    set("effect", -TTA_MICRO);
    ck_assert_int_eq(tta_scenario_value(&s, tta_scenario_figure_named(&s, tta_text_of("persons")),
                                        &net.first_year, &e),
                     TTA_E_DATA);
    ck_assert_str_eq(e.text, "persons_in_parts: below 0.000003");
}
END_TEST

/* 3,000,000 controls: on its way the product is above what 64 bits hold. */
START_TEST(cost_of_a_part_among_many)
{
    begin(KOMMUNE, 2, "0");
    net.persons[0] = net.in_work[0] = 1;
    net.persons[1] = 3000000;
    net.in_work[1] = 2000002;
    net.work_known = 3000001;
    ck_assert_int_eq(tta_net_add(&net, -1, 2020, 0, 1000000000, &e), 0);
    ck_assert_int_eq(tta_evaluation_begin(&rules, &net, &ev, &e), 0);
    build(TTA_FLOW_START);
    /* (10,000,000 x 3,000,000 = 3 x 10^13) / 999,998 */
    ck_assert_int_eq(value("cost_per_person"), INT64_C(30000060000120));
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
    for (size_t i = 0; i < s.figure_count; i++) {
        ck_assert_int_eq(value_of[0][i], value_of[1][i]);
        ck_assert_int_eq(s.figure[i].least, again.figure[i].least);
    }
    tta_buffer_release(&text);
}
END_TEST

/* ---- what is refused ---- */

START_TEST(years_outside)
{
    struct tta_evaluation_row row = {0, 0, 2022, TTA_MICRO, 1, 1, 1, tta_text_of("sygedagpenge")};
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

Suite *cost_evaluation_suite(void)
{
    Suite *suite = suite_create("cost/evaluation");
    TCase *t = tcase_create("evaluation");

    tcase_add_test(t, by_hand);
    tcase_add_test(t, cost_of_one_more_in_work);
    tcase_add_test(t, cost_of_a_third);
    tcase_add_test(t, cost_of_a_part_among_many);
    tcase_add_test(t, what_is_left_of_an_investment);
    tcase_add_loop_test(t, the_model_is_net, 0, 48);
    tcase_add_loop_test(t, prices_are_those_of_net, 0, 10);
    tcase_add_loop_test(t, what_is_written_is_read, 0, 12);
    tcase_add_test(t, years_outside);
    tcase_add_test(t, too_large);
    suite_add_tcase(suite, t);
    return suite;
}
