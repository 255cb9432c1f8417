/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../data/support.h"

#include "tta/cost_net.h"

Suite *cost_net_suite(void);

static struct tta_benefits benefits;
static struct tta_price_index cpi;
static struct tta_discount rate;
static struct tta_net net;
static struct tta_error e;

static void set_up(void)
{
    tta_error_clear(&e);
    memset(&net, 0, sizeof net);
    ck_assert_msg(tta_benefits_load("satser-2020", &benefits, &e) == 0, "%s", e.text);
    ck_assert_msg(tta_index_load("cpi", &cpi, &e) == 0, "%s", e.text);
    ck_assert_msg(tta_discount_load("0.04", &rate, &e) == 0, "%s", e.text);
}

/*
 * By hand, act of 2016 (80, 40, 30, 20 % in weeks 1-4, 5-26, 27-52, 53-), 4,405 kr a
 * week, tax 24.95 and 12.11 %. 10 weeks from week 1: state 4 x 0.8 + 6 x 0.4 = 5.6
 * weeks, 24,668; municipality 19,382; of the gross 44,050 come 10,990.48 and 5,334.46
 * back. 40 weeks: state 3.2 + 8.8 + 4.2 = 16.2 weeks. 2.5 weeks from week 4: state
 * 0.8 + 1.5 x 0.4 = 1.4 weeks, 6,167 of 11,012.50. Monthly rates x 12 / 52: 11,554 is
 * 2,666.31 a week, 6,331 is 1,461.00, 19,092 is 4,405.85, 6,142 is 1,417.38, 19,094 is
 * 4,406.31, 18,701 is 4,315.62 and 17,366 is 4,007.54; 89 % of 4,405 are 3,920.45.
 */
static const struct {
    const char *id;
    int64_t weeks, first, kommune, stat;
} hand[] = {
    {"sygedagpenge", 10000000, 1, 1938200 - 1099048, 2466800 - 533446},
    {"sygedagpenge", 40000000, 1, 17620000 - 7136100 - 4396190, 7136100 - 2133782},
    {"sygedagpenge", 2500000, 4, 1101250 - 616700 - 274762, 616700 - 133361},
    {"kontanthjælp", 5000000, 60, 1333155 - 266631 - 332622, 266631 - 161445},
    /* a week of the first four: 20 % less 24.95 %, and 80 % less 12.11 % */
    {"dagpenge", 1000000, 1, 88100 - 109905, 352400 - 53345},
    {"uddannelseshjælp", 1000000, 1, 29220 - 36452, 116880 - 17693},
    {"jobafklaring", 1000000, 1, 53326 - 66524, 213305 - 32289},
    {"ressourceforløb", 1000000, 1, 53326 - 66524, 213305 - 32289},
    {"førtidspension", 1000000, 1, 88117 - 109926, 352468 - 53355},
    {"integrationsydelse", 1000000, 1, 28348 - 35364, 113390 - 17164},
    {"revalidering", 1000000, 5, 264379 - 109937, 176252 - 53360},
    {"forrevalidering", 1000000, 1, 53326 - 66524, 213305 - 32289},
    {"ledighedsydelse", 10000000, 60, 3136360 - 978152, 784090 - 474766},
    {"fleksjob", 1000000, 27, 302093 - 107675, 129469 - 52262},
    /* the state pays all */
    {"barselsdagpenge", 2000000, 1, -219810, 881000 - 106689},
    {"efterløn", 1000000, 60, -99988, 400754 - 48531},
    {"vejledning", 2000000, 1, 100000, 0},
    {"beskæftigelse", 10000000, 1, -1746500, -847700},
};

START_TEST(benefits_by_hand)
{
    int64_t ore[TTA_PAYERS];

    ck_assert_int_eq(tta_benefit_cost(&benefits, &cpi, 2020, tta_text_of(hand[_i].id),
                                      hand[_i].weeks, hand[_i].first, ore, &e),
                     0);
    ck_assert_int_eq(ore[TTA_KOMMUNE], hand[_i].kommune);
    ck_assert_int_eq(ore[TTA_REGION], 0);
    ck_assert_int_eq(ore[TTA_STAT], hand[_i].stat);
}
END_TEST

/* Without tax the payers share the gross; what week a week is only moves it between them. */
START_TEST(payers_share_the_gross)
{
    int64_t ore[TTA_PAYERS];

    for (size_t i = 0; i < benefits.count; i++)
        memset(benefits.benefit[i].tax_micro, 0, sizeof benefits.benefit[i].tax_micro);
    for (int first = 1; first < 70; first += 3)
        for (int64_t weeks = 0; weeks <= 53000000; weeks += 1234567) {
            int64_t gross;

            ck_assert(tta_muldiv_half_up(weeks, 440500, TTA_MICRO, &gross));
            ck_assert_int_eq(tta_benefit_cost(&benefits, &cpi, 2020, tta_text_of("sygedagpenge"),
                                              weeks, first, ore, &e),
                             0);
            ck_assert_int_eq(ore[TTA_KOMMUNE] + ore[TTA_STAT], gross);
            ck_assert_int_ge(ore[TTA_KOMMUNE], 0);
            ck_assert_int_ge(ore[TTA_STAT], 0);
        }
}
END_TEST

/*
 * payer1 of R 4.2.2: lines by year and payer, 4 %, year 0 not discounted.
 *   indsats 0 -2,200,000 -600,000 0; 1 -900,000 -200,000 0; kontanthjælp 1 410,000 0
 *   390,000; 2 780,000 0 640,000; skat 2 120,000 0 260,000; 3 180,000 0 410,000;
 *   førtidspension 4 250,000 0 300,000; vejledning 2 60,000 0 0
 */
START_TEST(net_present_value_as_in_r)
{
    const int64_t gain[5][TTA_PAYERS] = {{0, 0, 0},
                                         {410000, 0, 390000},
                                         {960000, 0, 900000},
                                         {180000, 0, 410000},
                                         {250000, 0, 300000}};
    const int64_t cost[2][TTA_PAYERS] = {{2200000, 600000, 0}, {900000, 200000, 0}};
    const double want[TTA_PAYERS] = {-1409859.4893386087, -792307.69230769225, 1828030.3560799691};
    const double cumulative[] = {-2800000, -3088461.5384615385, -1368786.9822485209,
                                 -844279.13063268107, -374136.82556633197};
    struct tta_net_row sum[TTA_PAYERS] = {{0}}, total = {0}, row;

    net.persons[0] = 3; /* the control's averages times three are its sums over two, times three */
    net.persons[1] = 2;
    for (int year = 0; year < 5; year++)
        for (int i = 0; i < TTA_PAYERS; i++) {
            ck_assert_int_eq(tta_net_add(&net, 1, year, i, gain[year][i] * 200, &e), 0);
            ck_assert_int_eq(tta_net_add(&net, 0, year, i, gain[year][i] * 200, &e), 0);
            if (year < 2)
                ck_assert_int_eq(tta_net_add(&net, -1, year, i, cost[year][i] * 100, &e), 0);
        }
    for (int year = 0; year < 5; year++) {
        for (int i = 0; i < TTA_PAYERS; i++) {
            ck_assert_int_eq(tta_net_row(&net, &rate, TTA_FLOW_START, year, i, &row, &e), 0);
            ck_assert(tta_net_row_add(&sum[i], &row) && tta_net_row_add(&total, &row));
        }
        ck_assert_double_eq_tol((double)total.present_ore / 100, cumulative[year], 0.1);
    }
    for (int i = 0; i < TTA_PAYERS; i++)
        ck_assert_double_eq_tol((double)sum[i].present_ore / 100, want[i], 0.05);
}
END_TEST

/*
 * By hand: 4 and 8 persons; 3 and 2 in work, so 3 - 2 x 4 / 8 = 2 more. 100 and 408 weeks on
 * benefits: 408 x 4 / 8 - 100 = 104 fewer, 24 months. A gain of 600 kr pays a cost of 150 in a
 * quarter of them, 6 months; each of the 2 persons is half of all.
 */
START_TEST(people_by_hand)
{
    const struct tta_net_row total = {60000, 15000, 45000, 44001};
    struct tta_net_people people;
    struct tta_net_row each;

    net.persons[0] = 4;
    net.persons[1] = 8;
    net.in_work[0] = 3;
    net.in_work[1] = 2;
    for (int arm = 0; arm < 2; arm++) {
        ck_assert_int_eq(tta_net_add_weeks(&net, &benefits, tta_text_of("kontanthjælp"), arm,
                                           arm == 0 ? 100000000 : 408000000, &e),
                         0);
        /* neither work nor what runs alongside is on benefits */
        ck_assert_int_eq(
            tta_net_add_weeks(&net, &benefits, tta_text_of("beskæftigelse"), arm, 7000000, &e), 0);
        ck_assert_int_eq(
            tta_net_add_weeks(&net, &benefits, tta_text_of("vejledning"), arm, 9000000, &e), 0);
    }
    ck_assert_int_eq(tta_net_people(&net, &total, &people, &e), 0);
    ck_assert_int_eq(people.additional_micro, TTA_INTEGER_NONE); /* not known */
    net.work_known = 12;
    ck_assert_int_eq(tta_net_people(&net, &total, &people, &e), 0);
    ck_assert_int_eq(people.additional_micro, 2000000);
    ck_assert_int_eq(people.months_micro, 24000000);
    ck_assert_int_eq(people.break_even_micro, 6000000);
    ck_assert_int_eq(tta_net_each(&total, &people, &each, &e), 0);
    ck_assert_int_eq(each.gain_ore, 30000);
    ck_assert_int_eq(each.cost_ore, 7500);
    ck_assert_int_eq(each.net_ore, 22500);
    ck_assert_int_eq(each.present_ore, 22001); /* 22,000.5 */
    net.benefit_weeks_micro[1] = 100000000; /* more months on benefits, and nothing is paid back */
    ck_assert_int_eq(tta_net_people(&net, &total, &people, &e), 0);
    ck_assert_int_lt(people.months_micro, 0);
    ck_assert_int_eq(people.break_even_micro, TTA_INTEGER_NONE);
    ck_assert_int_eq(
        tta_net_add_weeks(&net, &benefits, tta_text_of("kontanthjælp"), 0, INT64_MAX, &e),
        TTA_E_DATA);
}
END_TEST

/* 1 of 1 against 2 of 3 is a third of a person more, so each amount is three times as much. */
START_TEST(each_of_a_third)
{
    const struct tta_net_row total = {0, 1000000000, -1000000000, -999999999};
    struct tta_net_people people;
    struct tta_net_row each;

    net.persons[0] = net.in_work[0] = 1;
    net.persons[1] = 3;
    net.in_work[1] = 2;
    net.work_known = 4;
    ck_assert_int_eq(tta_net_people(&net, &total, &people, &e), 0);
    ck_assert_int_eq(people.additional_micro, 333333);
    ck_assert_int_eq(tta_net_each(&total, &people, &each, &e), 0);
    ck_assert_int_eq(each.cost_ore, INT64_C(3000000000));
    ck_assert_int_eq(each.present_ore, INT64_C(-2999999997));
    net.persons[1] = 30; /* in its lowest terms */
    net.in_work[1] = 20;
    ck_assert_int_eq(tta_net_people(&net, &total, &people, &e), 0);
    ck_assert_int_eq(people.additional, 1);
    ck_assert_int_eq(people.parts, 3);
    net.in_work[0] = INT64_MAX;
    ck_assert_int_eq(tta_net_people(&net, &total, &people, &e), TTA_E_DATA);
}
END_TEST

/*
 * What cases cost adds up to the net result: the difference of their means x persons of the
 * intervention is the present value with the sign turned, to the øre that each is rounded by.
 */
START_TEST(cases_add_up_to_the_net_result)
{
    const struct tta_net_view view = {5, &rate, TTA_FLOW_MIDDLE}; /* municipality and state */
    int64_t sum[2] = {0, 0}, effort, total = 0;
    const int cases[2] = {30, 17};

    for (int arm = 0; arm < 2; arm++) {
        net.persons[arm] = cases[arm];
        for (int i = 0; i < cases[arm]; i++) {
            int64_t one = 0;

            for (int year = 0; year < 3; year++) {
                int64_t ore[TTA_PAYERS] = {1000003 * (i + arm) + year, 77777,
                                           31 * i * i - 999 * year};

                ck_assert_int_eq(tta_net_case_add(&net, &view, year, ore, &one, &e), 0);
                for (int p = 0; p < TTA_PAYERS; p++)
                    ck_assert_int_eq(tta_net_add(&net, arm, year, p, ore[p], &e), 0);
            }
            sum[arm] += one;
        }
    }
    for (int p = 0; p < TTA_PAYERS; p++)
        ck_assert_int_eq(tta_net_add(&net, -1, 1, p, 123456789, &e), 0);
    ck_assert_int_eq(tta_net_effort_each(&net, &view, &effort, &e), 0);
    for (int year = 0; year < 3; year++)
        for (int p = 0; p < TTA_PAYERS; p += 2) {
            struct tta_net_row row;

            ck_assert_int_eq(tta_net_row(&net, &rate, TTA_FLOW_MIDDLE, year, p, &row, &e), 0);
            total += row.present_ore;
        }
    ck_assert_double_eq_tol((double)sum[0] + 30 * (double)effort - (double)sum[1] * 30 / 17,
                            -(double)total, 30 + 47 * 6);
}
END_TEST

/*
 * A week of the count stands once, over benefits and years; benefits that take part in no
 * refusion, and rows without a number, are held against their own year and benefit only.
 * ISO 8601: 2020 has 53 weeks, 2021 52.
 */
static const struct {
    const char *id;
    int64_t year, weeks, first, count;
    int rc;
} taken[] = {
    {"sygedagpenge", 2020, 30, 1, 1, 0},
    {"kontanthjælp", 2020, 20, 1, 1, TTA_E_DATA},
    {"kontanthjælp", 2020, 20, 30, 1, TTA_E_DATA},
    {"kontanthjælp", 2020, 20, 31, 1, 0},
    {"sygedagpenge", 2021, 1, 50, 1, TTA_E_DATA},
    {"sygedagpenge", 2021, 1, 51, 1, 0},
    {"dagpenge", 2021, 1, 1, 2, 0},
    {"dagpenge", 2022, 1, 1, 2, TTA_E_DATA},
    {"dagpenge", 2022, 1, 1, 1001, TTA_E_DATA},
    {"dagpenge", 2022, 1, TTA_INTEGER_NONE, 2, 0},
    {"dagpenge", 2022, 1, 1, 2, TTA_E_DATA}, /* the same benefit and year */
    {"efterløn", 2020, 3, 1, 1, 0},
    {"efterløn", 2021, 3, 1, 1, 0},
    {"efterløn", 2021, 3, 3, 1, TTA_E_DATA},
    {"sygedagpenge", 2021, 48, 100, 1, TTA_E_DATA}, /* 48 + 5 of 52 */
    {"sygedagpenge", 2021, 47, 100, 1, 0},
    {"vejledning", 2021, 53, 1, 1, TTA_E_DATA},
    {"vejledning", 2021, 52, 1, 1, 0},
    {"vejledning", 2020, 53, 1, 1, 0},
};

START_TEST(weeks_are_taken_once)
{
    struct tta_net_weeks seen = {0};

    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        for (int32_t person = 0; person < 3000; person += 2999) { /* others are others */
            ck_assert_msg(tta_net_weeks_take(&seen, &benefits, tta_text_of(taken[i].id), person,
                                             taken[i].year, taken[i].weeks * TTA_MICRO,
                                             taken[i].first, taken[i].count, &e) == taken[i].rc,
                          "row %zu: %s", i, e.text);
            tta_error_clear(&e);
        }
    tta_net_weeks_release(&seen);
}
END_TEST

/* ISO 8601: years of 53 weeks are those that begin or end on a Thursday. */
START_TEST(weeks_of_a_year)
{
    for (int year = 1900; year < 2200; year++) {
        tta_date first, last;

        ck_assert(tta_date_from_ymd(year, 1, 1, &first) && tta_date_from_ymd(year, 12, 31, &last));
        ck_assert_int_eq(tta_net_weeks_of(year),
                         tta_date_weekday(first) == 3 || tta_date_weekday(last) == 3 ? 53 : 52);
    }
}
END_TEST

/* refusion/2016 is valid from Monday 28 December 2015, the last week of 53 of 2015. */
START_TEST(years_outside_validity)
{
    const struct tta_text id = tta_text_of("sygedagpenge");

    ck_assert_uint_eq(benefits.schemes, 1);
    ck_assert_str_eq(benefits.scheme[0].id, "2016");
    ck_assert(tta_benefit_outside(&benefits, id, 2012, 1));
    ck_assert(!tta_benefit_outside(&benefits, id, 2012, 0));
    ck_assert(!tta_benefit_outside(&benefits, tta_text_of("efterløn"), 2012, TTA_MICRO));
    ck_assert(!tta_benefit_outside(&benefits, id, 2015, TTA_MICRO));
    ck_assert(tta_benefit_outside(&benefits, id, 2015, TTA_MICRO + 1));
    ck_assert(!tta_benefit_outside(&benefits, id, 2016, 52 * TTA_MICRO));
    ck_assert(tta_date_from_ymd(2020, 1, 12, &benefits.scheme[0].valid_to)); /* two weeks */
    ck_assert(!tta_benefit_outside(&benefits, id, 2020, 2 * TTA_MICRO));
    ck_assert(tta_benefit_outside(&benefits, id, 2020, 3 * TTA_MICRO));
    ck_assert(tta_benefit_outside(&benefits, id, 2021, TTA_MICRO));
}
END_TEST

START_TEST(what_cannot_be)
{
    const struct tta_text id = tta_text_of("sygedagpenge");
    int64_t ore[TTA_PAYERS];

#define BAD(call)                                                                                  \
    do {                                                                                           \
        ck_assert_int_eq(call, TTA_E_DATA);                                                        \
        tta_error_clear(&e);                                                                       \
    } while (0)
    BAD(tta_benefit_cost(&benefits, &cpi, 2020, tta_text_of("su"), 1, 1, ore, &e));
    BAD(tta_benefit_cost(&benefits, &cpi, 2020, id, -1, 1, ore, &e));
    BAD(tta_benefit_cost(&benefits, &cpi, 2020, id, 53000001, 1, ore, &e));
    BAD(tta_benefit_cost(&benefits, &cpi, 2020, id, 1, 0, ore, &e));
    BAD(tta_benefit_cost(&benefits, &cpi, 2030, id, 1, 1, ore, &e));
    BAD(tta_net_add(&net, 0, -1, 0, 1, &e));
    BAD(tta_net_add(&net, 0, TTA_NET_YEARS, 0, 1, &e));
    ck_assert_int_eq(tta_net_add(&net, 0, 0, 0, INT64_MAX, &e), 0);
    BAD(tta_net_add(&net, 0, 0, 0, 1, &e));
}
END_TEST

Suite *cost_net_suite(void)
{
    Suite *s = suite_create("cost/net");
    TCase *t = tcase_create("net");

    tcase_add_checked_fixture(t, set_up, NULL);
    tcase_add_loop_test(t, benefits_by_hand, 0, sizeof hand / sizeof *hand);
    tcase_add_test(t, payers_share_the_gross);
    tcase_add_test(t, net_present_value_as_in_r);
    tcase_add_test(t, people_by_hand);
    tcase_add_test(t, each_of_a_third);
    tcase_add_test(t, cases_add_up_to_the_net_result);
    tcase_add_test(t, weeks_are_taken_once);
    tcase_add_test(t, weeks_of_a_year);
    tcase_add_test(t, years_outside_validity);
    tcase_add_test(t, what_cannot_be);
    suite_add_tcase(s, t);
    return s;
}
