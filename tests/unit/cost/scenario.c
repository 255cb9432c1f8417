/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>

#include "../data/support.h"

#include "tta/cost_certificate.h"
#include "tta/cost_scenario.h"

Suite *cost_scenario_suite(void);

static struct tta_scenario s;
static struct tta_error e;

static void load(const char *name)
{
    tta_error_clear(&e);
    ck_assert_msg(tta_scenario_load(name, &s, &e) == 0, "%s", e.text);
}

static int64_t value(const char *id)
{
    size_t figure = tta_scenario_figure_named(&s, tta_text_of(id));
    int64_t all[TTA_SCENARIO_FIGURES], one;

    ck_assert_msg(figure != SIZE_MAX, "no figure %s", id);
    ck_assert_msg(tta_scenario_compute(&s, all, &e) == 0, "%s", e.text);
    ck_assert_int_eq(tta_scenario_value(&s, figure, &one, &e), 0);
    ck_assert_int_eq(all[figure], one);
    return one;
}

static void set(const char *id, int64_t micro)
{
    size_t input = tta_scenario_input_named(&s, tta_text_of(id));

    ck_assert_uint_ne(input, SIZE_MAX);
    ck_assert_msg(tta_scenario_set(&s, input, micro, &e) == 0, "%s", e.text);
}

/*
 * White paper of Quick Care, by hand: 466 x 7.3 x 0.7 x 3,830 = 9,120,225.80;
 * 466 x 34,923 = 16,274,118; what is left for the supplier 9,120,225.80 +
 * 9,000,000 - 16,274,118 = 1,846,107.80, half of it 923,053.90; a point of 67 is
 * 18,120,225.80 / 67 = 270,451.131343; 923,053.90 / 270,451.13 = 3.413.
 */
START_TEST(roskilde)
{
    load("roskilde-2012");
    ck_assert_int_eq(value("saving_year1"), INT64_C(9120225800000));
    ck_assert_int_eq(value("net_printed"), INT64_C(16274118000000));
    ck_assert_int_eq(value("net"), INT64_C(16274118000000));
    ck_assert_int_eq(value("net_after_cut"), INT64_C(17197171900000));
    ck_assert_int_eq(value("saving_a_point"), INT64_C(270451131343));
    ck_assert_int_eq(value("drop_that_eats_the_cut"), 3413015);
    set("effect", 640000);
    set("supplier_price", 500000); /* 18,120,225.80 x 64/67 - 923,053.90 */
    ck_assert_int_eq(value("net"), INT64_C(16385818505970));
}
END_TEST

/* The first three follow; the slope of the others is not stated (0.50, 0.45 and 0.54 million). */
START_TEST(claims_of_roskilde)
{
    const bool follows[] = {true, true, true, false, false, false};
    int64_t all[TTA_SCENARIO_FIGURES];

    load("roskilde-2012");
    ck_assert_int_eq(tta_scenario_compute(&s, all, &e), 0);
    ck_assert_uint_eq(s.claim_count, 7);
    for (size_t i = 0; i < 6; i++)
        ck_assert_int_eq(tta_scenario_round(&s.claim[i], all[s.claim[i].figure]) ==
                             s.claim[i].printed,
                         follows[i]);
    ck_assert_uint_eq(s.claim[6].figure, SIZE_MAX);
}
END_TEST

/*
 * 23,660,729 / 3.3 million = 7.169918 years, 18,045,566 / 3.3 million = 5.468353;
 * 118,303.645 / 330,000 x 12 = 4.301951 months, 90,227.83 gives 3.281012. At 4 %,
 * with R 4.2.2: -log(1 - 26080827 / 3.3e6 * 0.04) / log(1.04) = 9.68848363;
 * 3.3e6 * (1 - 1.04^-10) / 0.04 = 26765956.07187201.
 */
START_TEST(vestegn)
{
    load("vestegn-payback");
    ck_assert_int_eq(value("years_applied"), 7169918);
    ck_assert_int_eq(value("years_intervention"), 5468353);
    ck_assert_int_eq(value("months_applied"), 4301951);
    ck_assert_int_eq(value("months_intervention"), 3281012);
    ck_assert_int_eq(value("years_discounted"), 9688484);
    ck_assert_int_eq(value("worth"), INT64_C(26765956071872));
    set("rate", 0);
    ck_assert_int_eq(value("worth"), INT64_C(33000000000000));
    ck_assert_int_eq(value("years_discounted"), value("years_everything"));
}
END_TEST

START_TEST(never_paid_back)
{
    int64_t all[TTA_SCENARIO_FIGURES], one;
    size_t figure, moved;

    load("vestegn-payback");
    figure = tta_scenario_figure_named(&s, tta_text_of("years_discounted"));
    moved = tta_scenario_input_named(&s, tta_text_of("moved"));
    ck_assert_int_eq(tta_scenario_set(&s, moved, 3000000, &e), 0);
    ck_assert_int_eq(tta_scenario_compute(&s, all, &e), 0);
    ck_assert_int_eq(all[figure], TTA_INTEGER_NONE);
    ck_assert_int_eq(tta_scenario_value(&s, figure, &one, &e), TTA_E_DATA);
    ck_assert_str_eq(e.text, "years_discounted: is never paid back");
    tta_error_clear(&e);
    ck_assert_int_eq(tta_scenario_set(&s, moved, -1, &e), TTA_E_DATA);
    ck_assert_str_eq(e.text, "moved lies between 0 and 1000000000000");
}
END_TEST

/* 12 of the 10 that came to work would have found it anyway: fewer than nobody. */
START_TEST(what_cannot_be)
{
    size_t additional, gain, net, price, anyway;
    int64_t all[TTA_SCENARIO_FIGURES], given[TTA_SCENARIO_INPUTS], out;
    uint64_t below;

    load("vestegn-payback");
    additional = tta_scenario_figure_named(&s, tta_text_of("additional"));
    gain = tta_scenario_figure_named(&s, tta_text_of("gain_a_year"));
    net = tta_scenario_figure_named(&s, tta_text_of("net"));
    price = tta_scenario_figure_named(&s, tta_text_of("price_intervention"));
    anyway = tta_scenario_input_named(&s, tta_text_of("anyway"));
    tta_scenario_given(&s, given);
    given[anyway] = 12 * TTA_MICRO;
    ck_assert_int_eq(tta_scenario_value_at(&s, given, price, &out, &e), 0);
    ck_assert_int_eq(tta_scenario_value_at(&s, given, net, &out, &e), TTA_E_DATA);
    ck_assert_str_eq(e.text, "additional: below 0 with anyway 12");
    tta_error_clear(&e);
    set("anyway", 12 * TTA_MICRO);
    ck_assert_int_eq(tta_scenario_compute_possible(&s, all, &below, &e), 0);
    ck_assert_uint_eq(below, UINT64_C(1) << additional);
    ck_assert_int_eq(all[additional], TTA_INTEGER_NONE);
    ck_assert_int_eq(all[gain], TTA_INTEGER_NONE);
    ck_assert_int_eq(all[net], TTA_INTEGER_NONE);
    ck_assert_int_eq(all[price], INT64_C(90227830000));
}
END_TEST

static const struct {
    const char *from, *to, *text;
} bad[] = {
    {"\"id\": \"weeks_saved\"", "\"id\": \"citizens\"", "/inputs/1: its id stands twice"},
    {"\"value\": 0.7,", "\"value\": 1.7,", "/inputs/2: municipal_share lies between 0 and 1"},
    {"\"low\": 0.5,", "\"low\": -0.5,", "/inputs/2: low and high are not a range it can have"},
    {"\"high\": 0.7,", "\"high\": 0.6,", "/inputs/2: low and high do not hold its value"},
    {"\"mean\": 7.3, \"sd\": 1}", "\"mean\": -1, \"sd\": 1}",
     "/inputs/1: its distribution lies for more than half outside what it can be"},
    {"\"low\": 0.5,", "", "/inputs/2: low and high stand together"},
    {"\"sd\": 1}", "\"sd\": 0}", "/inputs/1: its distribution has a deviation that is not above 0"},
    {", \"sd\": 1}", "}", "/inputs/1: its distribution does not have the numbers of its kind"},
    {"\"successes\": 312.22", "\"successes\": 0",
     "/inputs/8: its distribution has successes or failures that are not above 0"},
    {"[\"citizens\", \"weeks_saved\"", "[\"net\", \"weeks_saved\"",
     "/figures/0: names neither an input nor a figure before it"},
    {"\"multiply\": [\"citizens\", \"weeks_saved\"",
     "\"add\": [\"citizens\"], \"multiply\": [\"citizens\", \"weeks_saved\"",
     "/figures/0: should have one way to be computed"},
    {"\"figure\": \"saving_year1\"", "\"figure\": \"citizens\"", "/claims/0: names no figure"},
};

START_TEST(refuses)
{
    char path[] = TEST_PATH;

    e = (struct tta_error){0};
    changed_file(path, "scenario", "roskilde-2012", bad[_i].from, bad[_i].to);
    ck_assert_int_eq(tta_scenario_load(path, &s, &e), TTA_E_CONFIG);
    ck_assert_str_eq(e.text, bad[_i].text);
    ck_assert_int_eq(unlink(path), 0);
}
END_TEST

/* Aalborg: 1,244 x 1,639 = 2,038,916 kr. (100 + 50) x 1,639 - (30 x 1,639 + 12,000) = 184,680. */
START_TEST(certificates)
{
    struct tta_certificate_price p;
    struct tta_certificate_saving c;
    tta_date day;

    e = (struct tta_error){0};
    ck_assert(tta_date_from_ymd(2021, 4, 18, &day));
    ck_assert_int_eq(tta_certificate_price("laegeattester", "LÆ265", day, &p, &e), 0);
    ck_assert_int_eq(tta_certificate_saving(1244, 0, 0, 0, p.ore, &c, &e), 0);
    ck_assert_int_eq(c.saving_ore, 203891600);
    ck_assert_int_eq(tta_certificate_saving(100, 50, 30, 1200000, p.ore, &c, &e), 0);
    ck_assert_int_eq(c.saving_ore, 18468000);
    ck_assert_int_eq(tta_certificate_price("laegeattester", "LÆ285", day, &p, &e), 0);
    ck_assert_int_eq(p.ore, 100700);
    ck_assert_int_eq(tta_certificate_price("laegeattester", "LÆ285", day + 1, &p, &e), 0);
    ck_assert_int_eq(p.ore, 114000);
    ck_assert_int_eq(tta_certificate_saving(-1, 5, 0, 0, 1, &c, &e), TTA_E_DATA);
    tta_error_clear(&e);
    ck_assert_int_eq(tta_certificate_saving(INT64_MAX, 1, 0, 0, 1, &c, &e), TTA_E_DATA);
}
END_TEST

Suite *cost_scenario_suite(void)
{
    Suite *suite = suite_create("cost/scenario");
    TCase *t = tcase_create("scenario");

    tcase_add_test(t, roskilde);
    tcase_add_test(t, claims_of_roskilde);
    tcase_add_test(t, vestegn);
    tcase_add_test(t, never_paid_back);
    tcase_add_test(t, what_cannot_be);
    tcase_add_loop_test(t, refuses, 0, sizeof bad / sizeof *bad);
    tcase_add_test(t, certificates);
    suite_add_tcase(suite, t);
    return suite;
}
