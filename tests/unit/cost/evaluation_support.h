/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_TEST_COST_EVALUATION_SUPPORT_H
#define TTA_TEST_COST_EVALUATION_SUPPORT_H
/* An evaluation, row by row, and what its scenario comes to. */
#include <math.h>

#include "../data/support.h"

#include "tta/cost_evaluation.h"

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

static inline void begin(unsigned payers, int32_t years, const char *rate_name)
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

static inline void weeks(int arm, int32_t number, int64_t year, const char *benefit, int64_t micro,
                         int64_t first)
{
    const struct tta_evaluation_row row = {arm,   number, year, micro,
                                           first, 1,      1,    tta_text_of(benefit)};

    ck_assert_msg(tta_evaluation_weeks(&rules, &row, &ev, &seen, &net, &e) == 0, "%s", e.text);
}

static inline void activity(const char *component, int year, int64_t micro)
{
    tta_date day;

    ck_assert(tta_date_from_ymd(year, 3, 1, &day));
    ck_assert_msg(
        tta_evaluation_activity(&rules, tta_text_of(component), day, micro, &ev, &net, &e) == 0,
        "%s", e.text);
}

static inline void build(enum tta_flow_timing timing)
{
    ck_assert_msg(tta_evaluation_scenario(&rules, &ev, &net, &rate, timing, &s, &e) == 0, "%s",
                  e.text);
    tta_net_weeks_release(&seen);
    seen = (struct tta_net_weeks){0};
}

static inline size_t input(const char *id)
{
    size_t at = tta_scenario_input_named(&s, tta_text_of(id));

    ck_assert_msg(at != SIZE_MAX, "no input %s", id);
    return at;
}

static inline void set(const char *id, int64_t micro)
{
    ck_assert_msg(tta_scenario_set(&s, input(id), micro, &e) == 0, "%s", e.text);
}

static inline int64_t value(const char *id)
{
    size_t figure = tta_scenario_figure_named(&s, tta_text_of(id));
    int64_t out = 0;

    ck_assert_msg(figure != SIZE_MAX, "no figure %s", id);
    ck_assert_msg(tta_scenario_value(&s, figure, &out, &e) == 0, "%s", e.text);
    return out;
}

/* What the manual works through with a pencil. */
static inline void pencil(const char *rate_name)
{
    begin(KOMMUNE, 2, rate_name);
    ck_assert_int_eq(tta_evaluation_begin(&rules, &net, &ev, &e), 0);
    weeks(0, 0, 2020, "sygedagpenge", 10 * TTA_MICRO, 1);
    weeks(1, 2, 2020, "sygedagpenge", 40 * TTA_MICRO, 1);
    weeks(1, 2, 2021, "kontanthjælp", 10 * TTA_MICRO, 60);
    activity("virksomhedskonsulent", 2020, 20 * TTA_MICRO);
    build(TTA_FLOW_START);
}

static const struct tta_evaluation_head head = {"mine", "t \"q\" \\", "s", "n", true};

#endif
