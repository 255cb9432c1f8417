/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Municipalities, the consortia they form, the draw by weight, and documents that are wrong. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../../../lib/simulate/internal.h"
#include "tta/data.h"

Suite *simulate_municipality_suite(void);

/* ck_assert keeps a log of every call; this one is for loops over very many rows. */
#define must(condition)                                                                            \
    do {                                                                                           \
        if (!(condition))                                                                          \
            ck_abort_msg("not so: %s", #condition);                                                \
    } while (0)

START_TEST(figures)
{
    double sum = 0;

    for (int k = 0; k < 50; k++) {
        char seed[32];
        struct tta_error e = {0};
        struct tta_sim *sim;
        const struct tta_sim_municipality *m;
        size_t count;

        snprintf(seed, sizeof seed, "seed %d", k);
        ck_assert_int_eq(tta_sim_new("cases", tta_text_of(seed), &sim, &e), 0);
        m = tta_sim_municipalities(sim, &count);
        ck_assert_uint_eq(count, 98);
        for (size_t i = 0; i < count; i++) {
            must(m[i].incoming_cases >= 150 && m[i].incoming_cases <= 3350);
            must(i == 0 || m[i].code > m[i - 1].code);
            ck_assert_str_ne(m[i].name, "Christiansø");
            sum += (double)m[i].incoming_cases;
        }
        tta_sim_free(sim);
    }
    /* mean 150 + 3,200 / 4; of u1 x u2 the variance is 1/9 - 1/16 */
    ck_assert_double_lt(fabs(sum / 4900 - 950), 5 * 3200 * sqrt((1 / 9.0 - 1 / 16.0) / 4900));
}
END_TEST

/* What is said of consortia in simulate.h and municipality.c, for every municipality. */
static void check_consortia(const struct tta_sim_municipality *m, size_t count, int *alone)
{
    for (size_t i = 0; i < count; i++) {
        int64_t members = 0, cases = 0, region_cases = 0, region_small = 0, region_joined = 0;

        for (size_t k = 0; k < count; k++) {
            bool same_region = strcmp(m[k].region, m[i].region) == 0;
            if (strcmp(m[k].consortium, m[i].consortium) == 0) {
                must(*m[i].consortium == '\0' || same_region);
                members++;
                cases += m[k].incoming_cases;
            }
            if (same_region && m[k].incoming_cases < 700) {
                region_small++;
                region_cases += m[k].incoming_cases;
                region_joined += *m[k].consortium != '\0';
            }
        }
        if (m[i].incoming_cases >= 700) {
            ck_assert_str_eq(m[i].consortium, "");
        } else if (*m[i].consortium != '\0') {
            ck_assert_int_ge(cases, 700);
            ck_assert(members >= 3 || (members == 2 && region_small == 2));
        } else {
            ck_assert_int_eq(region_joined, 0);
            ck_assert(region_small == 1 || region_cases < 700);
            (*alone)++;
        }
    }
}

START_TEST(consortia)
{
    int alone = 0;

    for (int k = 0; k < 100; k++) {
        char seed[32];
        struct tta_error e = {0};
        struct tta_sim *sim;
        struct tta_stream s;
        struct tta_key key;

        snprintf(seed, sizeof seed, "consortia %d", k);
        ck_assert_int_eq(tta_sim_new("cases", tta_text_of(seed), &sim, &e), 0);
        check_consortia(sim->municipalities, sim->municipality_count, &alone);
        /* the first 11 only, of one region, so that now and then one or two are small */
        sim->municipality_count = 11;
        for (size_t i = 0; i < 11; i++)
            sim->municipalities[i].consortium[0] = '\0';
        sim->municipality = (struct tta_sim_pick){0};
        tta_key_from_text(tta_text_of(seed), &key);
        tta_stream_of(&s, &key, tta_text_of("few"));
        sim->incoming_minimum = k % 2 == 0 ? 150 : 500;
        ck_assert(tta_sim_draw_municipalities(sim, &s));
        check_consortia(sim->municipalities, 11, &alone);
        tta_sim_free(sim);
    }
    ck_assert_int_gt(alone, 0);
}
END_TEST

/* The place of a draw is the one that a plain walk over the weights finds. */
START_TEST(pick_by_weight)
{
    struct tta_stream s;
    struct tta_key key;

    tta_key_from_text(tta_text_of("pick"), &key);
    tta_stream_of(&s, &key, tta_text_of(""));
    for (int k = 0; k < 300; k++) {
        static struct tta_sim_pick p;
        uint64_t weights[PICK_MAX], total = 0;
        size_t count = 1 + (size_t)tta_stream_below(&s, k < 100 ? 5 : PICK_MAX);

        memset(&p, 0, sizeof p);
        for (size_t i = 0; i < count; i++) {
            /* small, with zeros in between, and at times very large */
            weights[i] = tta_stream_below(&s, k % 3 == 0 ? 3 : k % 3 == 1 ? 1000 : 1000000000);
            weights[i] += i + 1 == count;
            total += weights[i];
            must(tta_sim_pick_add(&p, weights[i]));
        }
        tta_sim_pick_ready(&p);
        for (int draws = 0; draws < 500; draws++) {
            struct tta_stream plain = s;
            uint64_t x = tta_stream_below(&plain, total);
            size_t want = 0;
            while (x >= weights[want])
                x -= weights[want++];
            must(tta_sim_pick_draw(&p, &s) == want);
        }
    }
}
END_TEST

START_TEST(pick_has_an_end)
{
    static struct tta_sim_pick p;

    memset(&p, 0, sizeof p);
    for (int i = 0; i < PICK_MAX; i++)
        ck_assert(tta_sim_pick_add(&p, 1));
    ck_assert(!tta_sim_pick_add(&p, 1));
}
END_TEST

/* Loads the built-in document with one piece of text exchanged. */
static int load_changed(const char *from, const char *to, struct tta_sim **sim, struct tta_error *e)
{
    const struct tta_embedded *d = tta_embedded_find("simulation", "cases");
    const char *at = strstr(d->json, from);
    char path[] = "/tmp/tta-simulation-XXXXXX";
    FILE *f = fdopen(mkstemp(path), "w");
    int code;

    ck_assert_ptr_nonnull(f);
    ck_assert_msg(at != NULL, "no %s in the document", from);
    fwrite(d->json, 1, (size_t)(at - d->json), f);
    fputs(to, f);
    fputs(at + strlen(from), f);
    ck_assert_int_eq(fclose(f), 0);
    code = tta_sim_new(path, tta_text_of("x"), sim, e);
    unlink(path);
    return code;
}

static void refused(const char *from, const char *to, const char *why)
{
    struct tta_error e = {0};
    struct tta_sim *sim = NULL;

    ck_assert_int_eq(load_changed(from, to, &sim, &e), TTA_E_CONFIG);
    ck_assert_str_eq(e.text, why);
    ck_assert_ptr_null(sim);
}

START_TEST(wrong_documents)
{
    struct tta_error e = {0};
    struct tta_sim *sim = NULL;

    refused("{\"week\": 5, \"remaining\": 125749", "{\"week\": 4, \"remaining\": 125749",
            "/durations/curve/4: the week is not later than the one before");
    refused("{\"week\": 5, \"remaining\": 125749", "{\"week\": 5, \"remaining\": 157480",
            "/durations/curve/4: no fewer remain than before");
    refused("{\"week\": 104, \"remaining\": 0", "{\"week\": 104, \"remaining\": 1",
            "/durations/curve: the last row must have 0 remaining");
    refused("\"count\": 37318", "\"count\": 55978", "/able_to_participate: count is above of");
    refused("\"health_only\": 20004", "\"health_only\": 300000",
            "/risk/short: the three together are above of");
    refused("\"health_only\": 30,", "\"health_only\": 51,",
            "/risk/long: the three together are above of");
    refused("\"to\": \"2012-12-30\"", "\"to\": \"2012-01-01\"",
            "/first_absence: to is before from");
    refused("\"from\": \"2012-01-02\"", "\"from\": \"2004-01-04\"",
            "/first_absence/from: rates/sygedagpenge-max has no rate on that day");
    refused("\"incoming_cases_minimum\": 150", "\"incoming_cases_minimum\": 3351",
            "/municipality: the maximum is below the minimum");
    refused("\"incoming_cases_minimum\": 150,\n    \"incoming_cases_maximum\": 3350",
            "\"incoming_cases_minimum\": 0, \"incoming_cases_maximum\": 0",
            "/municipality: nobody has a case coming in");
    ck_assert_int_eq(tta_sim_new("no-such", tta_text_of("x"), &sim, &e), TTA_E_CONFIG);
    ck_assert_ptr_null(sim);
    tta_sim_free(NULL);
}
END_TEST

START_TEST(rate_of_the_day)
{
    struct tta_error e = {0};
    struct tta_sim *sim;
    tta_date day;

    ck_assert_int_eq(tta_sim_new("cases", tta_text_of("x"), &sim, &e), 0);
    /* all of 2012 has one rate: 3,940 kr */
    ck_assert_uint_eq(sim->rate_count, 1);
    ck_assert_uint_eq(sim->rates[0].kroner, 3940);
    ck_assert_uint_eq(sim->rates[0].lowest, 1970);
    ck_assert(tta_date_from_ymd(2012, 1, 2, &day));
    ck_assert_int_eq(sim->rates[0].from, day);
    tta_sim_free(sim);
}
END_TEST

/* Maximum of the day: 3,940 kr in 2012, 4,005 from 7 January 2013, 4,075 from 6 January 2014. */
START_TEST(rates_follow_the_calendar)
{
    struct tta_error e = {0};
    struct tta_sim *sim = NULL;
    int seen[3] = {0};
    tta_date in_2013, in_2014;

    ck_assert(tta_date_from_ymd(2013, 1, 7, &in_2013) && tta_date_from_ymd(2014, 1, 6, &in_2014));
    ck_assert_int_eq(load_changed("\"to\": \"2012-12-30\"", "\"to\": \"2014-12-31\"", &sim, &e), 0);
    for (int i = 0; i < 20000; i++) {
        static const int64_t maximum[] = {394000, 400500, 407500};
        struct tta_sim_case c;
        int k;

        must(tta_sim_next(sim, &c, &e) == 0);
        k = (c.first_absence >= in_2013) + (c.first_absence >= in_2014);
        must(c.weekly_benefit_ore <= maximum[k]);
        must(c.weekly_benefit_ore >= maximum[k] / 2);
        seen[k] += c.weekly_benefit_ore == maximum[k];
    }
    /* three in five of a third of them */
    ck_assert(seen[0] > 3500 && seen[1] > 3500 && seen[2] > 3500);
    tta_sim_free(sim);
}
END_TEST

START_TEST(stream_ends)
{
    struct tta_error e = {0};
    struct tta_sim *sim;
    struct tta_sim_case c;

    ck_assert_int_eq(tta_sim_new("cases", tta_text_of("x"), &sim, &e), 0);
    tta_stream_seek(&sim->stream, (UINT64_C(1) << 35) - 3);
    ck_assert_int_eq(tta_sim_next(sim, &c, &e), TTA_E_INTERNAL);
    tta_sim_free(sim);
}
END_TEST

Suite *simulate_municipality_suite(void)
{
    Suite *s = suite_create("simulate/municipality");
    TCase *t = tcase_create("municipality");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, figures);
    tcase_add_test(t, consortia);
    tcase_add_test(t, pick_by_weight);
    tcase_add_test(t, pick_has_an_end);
    tcase_add_test(t, wrong_documents);
    tcase_add_test(t, rate_of_the_day);
    tcase_add_test(t, rates_follow_the_calendar);
    tcase_add_test(t, stream_ends);
    suite_add_tcase(s, t);
    return s;
}
