/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>

#include "../data/support.h"

#include "tta/cost_activity.h"

Suite *cost_present_suite(void);

static struct tta_price_index cpi;
static struct tta_discount rate;
static struct tta_error e;

static void set_up(void)
{
    tta_error_clear(&e);
    ck_assert_msg(tta_index_load("cpi", &cpi, &e) == 0, "%s", e.text);
}

static void load_rate(const char *name)
{
    ck_assert_msg(tta_discount_load(name, &rate, &e) == 0, "%s", e.text);
}

/* The schedules in R 4.2.2, chained year by year: a flow of 1,000 for 76 years from year 0. */
static const struct {
    const char *name;
    double npv, factor_35, factor_36, factor_70, factor_71, factor_75;
} schedules[] = {
    {"fm2013", 25534.299739798716, 0.25341547072729009, 0.24603443759931079, 0.090059651044276282,
     0.088293775533604194, 0.081569800673331971},
    {"fm2021", 28548.206592066657, 0.29997686165814208, 0.29266035283721181, 0.12640157008731973,
     0.12453356658849235, 0.11733356258103922},
};

START_TEST(schedules_as_in_r)
{
    long double npv = 0;

    load_rate(schedules[_i].name);
    for (int year = 0; year < 76; year++)
        npv += 1000 * tta_discount_factor(&rate, year, TTA_FLOW_START);
    ck_assert_double_eq_tol((double)npv, schedules[_i].npv, 1e-8);
#define FACTOR(y)                                                                                  \
    ck_assert_double_eq_tol((double)tta_discount_factor(&rate, y, TTA_FLOW_START),                 \
                            schedules[_i].factor_##y, 1e-14)
    FACTOR(35);
    FACTOR(36);
    FACTOR(70);
    FACTOR(71);
    FACTOR(75);
}
END_TEST

/*
 * npv_vestegn in R 4.2.2: flows -4, -2.5, 1.2, 2.8 and 3.1 million in current prices,
 * an (illustrative) index 100, 101.9, 109.7, 113.3, 114.9, 4 %: real flows, and the
 * net present value with flows at the start, the middle and the end of years.
 */
START_TEST(net_present_value_as_in_r)
{
    const int64_t flow[] = {-400000000, -250000000, 120000000, 280000000, 310000000};
    const double real[] = {-4000000, -2453385.6722276742, 1093892.4339106653, 2471315.0926743159,
                           2697998.2593559613};
    const double npv[] = {-844409.30068476452, -828011.44262516312, -811932.01988919685};
    struct tta_price_index index = {
        .id = "x",
        .first_year = 2020,
        .count = 5,
        .micro = {100000000, 101900000, 109700000, 113300000, 114900000}};

    load_rate("0.04");
    for (int timing = TTA_FLOW_START; timing <= TTA_FLOW_END; timing++) {
        int64_t sum = 0, ore, present;

        for (int i = 0; i < 5; i++) {
            ck_assert_int_eq(tta_index_convert(&index, flow[i], 2020 + i, 2020, &ore, &e), 0);
            ck_assert_double_eq_tol((double)ore / 100, real[i], 0.005);
            ck_assert(tta_present_value(
                ore, tta_discount_factor(&rate, i, (enum tta_flow_timing)timing), &present));
            sum += present;
        }
        ck_assert_double_eq_tol((double)sum / 100, npv[timing], 0.05); /* five roundings, twice */
    }
}
END_TEST

/* sens_rate of the same flows: the rate moves, nothing else. */
START_TEST(rates_as_in_r)
{
    const char *const rates[] = {"0", "0.02", "0.03", "0.035", "0.05", "0.06"};
    const double want[] = {-190179.88628673158, -532556.05444036913, -692089.40044636198,
                           -769126.41254003393, -989900.35942806583, -1128923.2822602615};
    const double real[] = {-4000000, -2453385.6722276742, 1093892.4339106653, 2471315.0926743159,
                           2697998.2593559613};

    for (int k = 0; k < 6; k++) {
        long double npv = 0;

        load_rate(rates[k]);
        for (int i = 0; i < 5; i++)
            npv += real[i] * tta_discount_factor(&rate, i, TTA_FLOW_START);
        ck_assert_double_eq_tol((double)npv, want[k], 1e-6);
    }
}
END_TEST

/* dst.dk: 1,000 kr of 2004 are 1,000 x 8343 / 5687 = 1,467.03 kr of 2025. There and back. */
START_TEST(consumer_prices)
{
    int64_t ore;

    ck_assert_int_eq(tta_index_convert(&cpi, 100000, 2004, 2025, &ore, &e), 0);
    ck_assert_int_eq(ore, 146703);
    ck_assert_int_eq(tta_index_convert(&cpi, -100000, 2004, 2025, &ore, &e), 0);
    ck_assert_int_eq(ore, -146703);
    ck_assert_int_eq(tta_index_convert(&cpi, INT64_C(100000000000), 2004, 2020, &ore, &e), 0);
    ck_assert_int_eq(tta_index_convert(&cpi, ore, 2020, 2004, &ore, &e), 0);
    ck_assert_int_le(llabs(ore - INT64_C(100000000000)), 1);
    ck_assert_int_eq(tta_index_convert(&cpi, 5, 1950, 1950, &ore, &e), 0);
    ck_assert_int_eq(tta_index_convert(&cpi, 1, 2026, 2020, &ore, &e), TTA_E_DATA);
    ck_assert_str_eq(e.text, "price index cpi has no year 2026");
    tta_error_clear(&e);
    ck_assert_int_eq(tta_index_convert(&cpi, INT64_MAX - 1, 2004, 2025, &ore, &e), TTA_E_DATA);
}
END_TEST

/* 2015 = 100 gives the yearly averages of PRIS113 (Statistics Denmark) to a tenth. */
START_TEST(the_index_agrees_with_the_monthly_one)
{
    const double pris113[] = {100.25, 101.40, 102.23, 103.00, 103.43, 105.35, 113.46, 117.21};

    for (int i = 0; i < 8; i++)
        ck_assert_double_eq_tol((double)cpi.micro[2016 + i - cpi.first_year] /
                                    (double)cpi.micro[2015 - cpi.first_year] * 100,
                                pris113[i], 0.05);
}
END_TEST

/* Law: every øre of the components and of what is left of them is some payer's, in some year. */
START_TEST(payers_add_up_to_components)
{
    static struct tta_prices prices;
    static struct tta_costing costing;
    static struct tta_cost_years years;
    struct tta_costing_rules rules = {.prices = &prices,
                                      .index = &cpi,
                                      .price_year = 2024,
                                      .rate = &rate,
                                      .first_year = 2016,
                                      .timing = TTA_FLOW_MIDDLE};
    struct tta_cost_sum total, parts = {0};

    load_rate("fm2021");
    ck_assert(tta_date_from_ymd(2024, 6, 30, &rules.until));
    ck_assert_int_eq(tta_prices_load("vestegn-2020", &prices, &e), 0);
    ck_assert_int_eq(tta_costing_check(&rules, &e), 0);
    for (int i = 0; i < 2000; i++) {
        struct tta_text id = tta_text_of(prices.component[(size_t)i % prices.count].id);
        tta_date day = rules.until - i * 37 % 2900;
        int64_t quantity = (int64_t)(i * 7919 % 10007) * 12345;

        ck_assert_msg(tta_costing_add(&rules, id, day, quantity, &costing, &e) == 0, "%s", e.text);
        ck_assert_int_eq(tta_cost_years_add(&rules, id, day, quantity, &years, &e), 0);
    }
    ck_assert_int_eq(tta_costing_total(&costing, 7, &total, &e), 0);
    for (size_t i = 0; i < prices.count; i++) {
        parts.amount_ore += costing.component[i].amount_ore;
        parts.present_ore += costing.component[i].present_ore;
    }
    for (int i = 0; i < TTA_PAYERS; i++) {
        parts.amount_ore += costing.residual[i].amount_ore;
        parts.present_ore += costing.residual[i].present_ore;
    }
    for (int i = 0; i < TTA_PAYERS; i++) {
        int64_t paid = 0, left = 0;

        for (int y = 0; y < TTA_COST_YEARS; y++) {
            paid += years.paid_ore[y][i];
            left += years.residual_ore[y][i];
        }
        ck_assert_int_eq(left, years.residual_ore[2024 - TTA_COST_FIRST_YEAR][i]);
        ck_assert_int_eq(left, costing.residual[i].amount_ore);
        ck_assert_int_eq(paid + left, costing.payer[i].amount_ore);
    }
    ck_assert_int_eq(parts.amount_ore, total.amount_ore);
    ck_assert_int_eq(parts.present_ore, total.present_ore);
    ck_assert_int_lt(costing.residual[TTA_KOMMUNE].amount_ore, 0);
}
END_TEST

static const struct {
    const char *kind, *name, *from, *to, *text;
} bad[] = {
    {"index", "cpi", "{\"year\": 2010, \"value\": 6432},\n", "",
     "/rows/10/year: not the year after the one before"},
    {"discount", "fm2013", "{\"to_year\": 70", "{\"to_year\": 30",
     "/bands/1/to_year: not later than the band before"},
    {"discount", "fm2013", "\"to_year\": null", "\"to_year\": 90",
     "/bands/2/to_year: null in the last band, and only there"},
    {"prices", "vestegn-2020", "\"id\": \"psykolog\"", "\"id\": \"laege\"",
     "/rows/2/id: stands twice"},
};

START_TEST(refuses)
{
    static struct tta_prices prices;
    char path[] = TEST_PATH;

    changed_file(path, bad[_i].kind, bad[_i].name, bad[_i].from, bad[_i].to);
    if (_i == 0)
        ck_assert_int_eq(tta_index_load(path, &cpi, &e), TTA_E_CONFIG);
    else if (_i < 3)
        ck_assert_int_eq(tta_discount_load(path, &rate, &e), TTA_E_CONFIG);
    else
        ck_assert_int_eq(tta_prices_load(path, &prices, &e), TTA_E_CONFIG);
    ck_assert_str_eq(e.text, bad[_i].text);
    ck_assert_int_eq(unlink(path), 0);
}
END_TEST

Suite *cost_present_suite(void)
{
    Suite *s = suite_create("cost/present");
    TCase *t = tcase_create("present");

    tcase_add_checked_fixture(t, set_up, NULL);
    tcase_add_loop_test(t, schedules_as_in_r, 0, 2);
    tcase_add_test(t, net_present_value_as_in_r);
    tcase_add_test(t, rates_as_in_r);
    tcase_add_test(t, consumer_prices);
    tcase_add_test(t, the_index_agrees_with_the_monthly_one);
    tcase_add_test(t, payers_add_up_to_components);
    tcase_add_loop_test(t, refuses, 0, sizeof bad / sizeof *bad);
    suite_add_tcase(s, t);
    return s;
}
