/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Simulated cases: the same for the same seed, and as the published figures say.
 * Shares are held to five standard deviations of the binomial; chi-squares to
 * R's qchisq(0.999, df). The seeds are fixed, so a test that passes always passes.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tta/rules.h"
#include "tta/simulate.h"

Suite *simulate_cases_suite(void);

#define CASES 200000

/* ck_assert keeps a log of every call; this one is for loops over very many rows. */
#define must(condition)                                                                            \
    do {                                                                                           \
        if (!(condition))                                                                          \
            ck_abort_msg("not so: %s", #condition);                                                \
    } while (0)

static struct tta_sim *simulation(const char *seed)
{
    struct tta_error e = {0};
    struct tta_sim *sim = NULL;
    int code = tta_sim_new("cases", tta_text_of(seed), &sim, &e);

    ck_assert_msg(code == 0, "%s: %s", e.source, e.text);
    return sim;
}

/* calloc'ed, so that cases can be compared byte by byte */
static struct tta_sim_case *cases(const char *seed, size_t n)
{
    struct tta_sim *sim = simulation(seed);
    struct tta_sim_case *list = calloc(n, sizeof *list);
    struct tta_error e = {0};

    ck_assert_ptr_nonnull(list);
    for (size_t i = 0; i < n; i++)
        must(tta_sim_next(sim, &list[i], &e) == 0);
    tta_sim_free(sim);
    return list;
}

/* count of n is what a probability of part/whole gives. */
static void is_share(double count, double n, double part, double whole)
{
    double p = part / whole, sd = sqrt(n * p * (1 - p));

    ck_assert_msg(fabs(count - n * p) <= 5 * sd, "%g of %g, expected %g +- %g", count, n, n * p,
                  5 * sd);
}

START_TEST(rows_do_not_depend_on_n)
{
    struct tta_sim_case *few = cases("prefix", 100), *many = cases("prefix", 1000);
    struct tta_sim_case *other = cases("prefix ", 100);
    int equal = 0;

    ck_assert(memcmp(few, many, 100 * sizeof *few) == 0);
    for (int i = 0; i < 100; i++) {
        ck_assert_int_eq(few[i].case_id, i + 1);
        equal += few[i].municipality == other[i].municipality &&
                 few[i].first_absence == other[i].first_absence;
    }
    ck_assert_int_lt(equal, 10);
    free(few);
    free(many);
    free(other);
}
END_TEST

START_TEST(categories)
{
    struct tta_sim_case *list = cases("categories", CASES);
    double count[4] = {0}, teams = 0, clinics = 0;
    struct tta_rules *rules = NULL;
    struct tta_error e = {0};

    ck_assert_int_eq(tta_rules_load("tta-2009", &rules, &e), 0);
    for (size_t i = 0; i < CASES; i++) {
        const struct tta_sim_case *c = &list[i];
        union tta_slot row[4];
        size_t rule;
        int64_t category;

        row[0].integer = c->expected_weeks;
        row[1].boolean = c->health_unresolved;
        row[2].boolean = c->work_capacity_threatened;
        row[3].boolean = c->able_to_participate;
        must(tta_rules_decide(rules, row, &rule, &e) == 0);
        category = rules->rules[rule].then[0].integer;
        count[category]++;
        must((c->able_to_participate != TTA_BOOLEAN_NONE) == (c->expected_weeks > 13));
        must((c->needs_team != TTA_BOOLEAN_NONE) == (category == 2));
        must((c->needs_clinic != TTA_BOOLEAN_NONE) == (c->needs_team == 1));
        teams += c->needs_team == 1;
        clinics += c->needs_clinic == 1;
    }
    /* the call: 25 % category 2, half of them to the team, half of those to the clinic */
    is_share(count[2], CASES, 25, 100);
    is_share(teams, count[2], 1, 2);
    is_share(clinics, teams, 1, 2);
    is_share(clinics, count[2], 25, 100);
    /* a third of the 55,977 of 309,304 who are not back within 13 weeks */
    is_share(count[3], CASES, 18659, 309304);
    tta_rules_free(rules);
    free(list);
}
END_TEST

/* Quick Care, figure 7: still on benefit after so many whole weeks. */
START_TEST(durations)
{
    static const struct {
        int week, remaining;
    } figure[] = {{1, 309304}, {5, 125749}, {13, 55977}, {26, 29533}, {52, 13492}, {78, 5624}};
    struct tta_sim_case *list = cases("durations", CASES);
    double weekday[7] = {0}, chi = 0;

    for (int k = 0; k < 6; k++) {
        double still = 0;
        for (size_t i = 0; i < CASES; i++)
            still += list[i].last_absence - list[i].first_absence + 1 > 7 * figure[k].week;
        if (k == 0)
            ck_assert_double_eq(still, CASES);
        else
            is_share(still, CASES, figure[k].remaining, 309304);
    }
    for (size_t i = 0; i < CASES; i++) {
        int days = list[i].last_absence - list[i].first_absence + 1;
        must(list[i].expected_weeks == days / 7 + (days % 7 != 0));
        must(list[i].expected_weeks <= 104);
        weekday[days % 7]++;
    }
    /* whole weeks are no likelier than other numbers of days: qchisq(0.999, 6) */
    for (int k = 0; k < 7; k++)
        chi += pow(weekday[k] - CASES / 7.0, 2) / (CASES / 7.0);
    ck_assert_double_lt(chi, 22.46);
    free(list);
}
END_TEST

START_TEST(persons_and_benefits)
{
    struct tta_sim_case *list = cases("persons", CASES);
    double ages[100] = {0}, women = 0, employed = 0, maximum = 0, sum = 0, chi = 0;
    double days[364] = {0};
    tta_date first;

    ck_assert(tta_date_from_ymd(2012, 1, 2, &first));
    for (size_t i = 0; i < CASES; i++) {
        const struct tta_sim_case *c = &list[i];
        must(c->age >= 18 && c->age <= 64);
        must(c->first_absence >= first && c->first_absence < first + 364);
        must(c->weekly_benefit_ore >= 197000 && c->weekly_benefit_ore <= 394000);
        must(c->weekly_benefit_ore % 100 == 0);
        ages[c->age]++;
        days[c->first_absence - first]++;
        women += c->woman;
        employed += c->employed;
        maximum += c->weekly_benefit_ore == 394000;
        sum += (double)c->weekly_benefit_ore;
    }
    is_share(women, CASES, 1, 2);
    is_share(employed, CASES, 3, 4);
    /* two in five of 1,970 to 3,940 kr, of which the maximum is one in 1,971 */
    is_share(maximum, CASES, 0.6 + 0.4 / 1971, 1);
    /* mean 0.6 x 3,940 + 0.4 x 2,955 = 3,546 kr; a benefit's sd is 583 kr */
    ck_assert_double_lt(fabs(sum / CASES - 354600), 5 * 58300 / sqrt(CASES));
    for (int k = 18; k <= 64; k++)
        chi += pow(ages[k] - CASES / 47.0, 2) / (CASES / 47.0);
    ck_assert_double_lt(chi, 81.40); /* qchisq(0.999, 46) */
    chi = 0;
    for (int k = 0; k < 364; k++)
        chi += pow(days[k] - CASES / 364.0, 2) / (CASES / 364.0);
    ck_assert_double_lt(chi, 451.99); /* qchisq(0.999, 363) */
    free(list);
}
END_TEST

/* A municipality gets its share of the cases that come in. */
START_TEST(municipality_shares)
{
    struct tta_sim *sim = simulation("shares");
    const struct tta_sim_municipality *m;
    struct tta_error e = {0};
    double got[1000] = {0}, total = 0, chi = 0;
    size_t count;

    m = tta_sim_municipalities(sim, &count);
    for (size_t i = 0; i < count; i++)
        total += (double)m[i].incoming_cases;
    for (size_t i = 0; i < CASES; i++) {
        struct tta_sim_case c;
        must(tta_sim_next(sim, &c, &e) == 0);
        must(c.municipality > 100 && c.municipality < 1000);
        got[c.municipality]++;
    }
    for (size_t i = 0; i < count; i++) {
        double expected = CASES * (double)m[i].incoming_cases / total;
        chi += pow(got[m[i].code] - expected, 2) / expected;
        got[m[i].code] = 0;
    }
    ck_assert_double_lt(chi, 145.79); /* qchisq(0.999, 97) */
    for (size_t i = 0; i < 1000; i++)
        ck_assert_double_eq(got[i], 0);
    tta_sim_free(sim);
}
END_TEST

Suite *simulate_cases_suite(void)
{
    Suite *s = suite_create("simulate/cases");
    TCase *t = tcase_create("cases");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, rows_do_not_depend_on_n);
    tcase_add_test(t, categories);
    tcase_add_test(t, durations);
    tcase_add_test(t, persons_and_benefits);
    tcase_add_test(t, municipality_shares);
    suite_add_tcase(s, t);
    return s;
}
