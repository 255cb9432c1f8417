/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>

#include "../data/support.h"

#include "tta/cost_package.h"

Suite *cost_package_suite(void);

static struct tta_package p;
static struct tta_error e;
static struct tta_package_row *rows;
static size_t count;

static void load(void)
{
    tta_error_clear(&e);
    ck_assert_msg(tta_package_load("vestegn-2020", &p, &e) == 0, "%s", e.text);
}

static void compute(void)
{
    free(rows);
    ck_assert_msg(tta_package_rows(&p, true, &rows, &count, &e) == 0, "%s", e.text);
}

static const struct tta_package_row *find(const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].level != TTA_PACKAGE_PROFESSION && strcmp(rows[i].id, id) == 0)
            return &rows[i];
    ck_abort_msg("no row %s", id);
}

static void set_up(void)
{
    load();
    compute();
}

static void tear_down(void)
{
    free(rows);
    rows = NULL;
}

/*
 * Bilag 2 of the application, typed in from it. The second number is what is
 * printed less the printed hourly rates x hours x citizens, by hand:
 *
 *   1  7x944+5x576+5x727+4x527+2x882+4x1009+3x400 = 22,231 x 50  = 1,111,550   -20
 *   2  6608+2880+2181+1581+1200                   = 14,450 x 120 = 1,734,000    -5
 *   3  6608+2880+1581+600                         = 11,669 x 30  =   350,070   +37
 *   4  9440+34560+10905+13175+6054+3600           = 77,734 x 100 = 7,773,400  -881
 *   5  9440+28800+10905+13175+5045+3600           = 70,965 x 70  = 4,967,550  -456
 *   6  9440+17280+3635+7905+3027+3200             = 44,487 x 30  = 1,334,610   -48
 */
static const struct {
    const char *id;
    int64_t price, kroner, error;
} printed[] = {
    {"udredning-1", 22231, 1111570, -20},
    {"udredning-2", 14450, 1734005, -5},
    {"udredning-3", 11668, 350033, 37},
    {"indsats-1", 77743, 7774281, -881},
    {"indsats-2", 70972, 4968006, -456},
    {"indsats-3", 44489, 1334658, -48},
    {"udredning", 0, 3195608, 12},
    {"indsats", 0, 14076944, -1384},
    {"projektledelse", 0, 773013, 0},
    {"udredning-og-indsats", 0, 18045566, -1373},
    {"videnskabelig-ledelse", 0, 638275, 0},
    {"phd", 0, 2139888, 0},
    {"sdu", 0, 797000, 0},
    {"procesevaluering", 0, 1890000, 0},
    {"registerdata", 0, 150000, 0},
    {"videnskab", 0, 5615163, 0},
    {"drift", 0, 30000, 0},
    {"implementering", 0, 160000, 0},
    {"koordineringsmoeder", 0, 93600, 0},
    {"styregruppemoeder", 0, 124800, 0},
    {"virksomhedskonsulenter", 0, 1471698, 0},
    {"lokaler", 0, 540000, 0},
    {"medfinansiering", 0, 2420098, 0},
    {"ansoegt", 0, 23660729, -1372},
};

START_TEST(the_published_budget_to_the_krone)
{
    const struct tta_package_row *row = find(printed[_i].id);

    ck_assert_int_eq(row->kroner, printed[_i].kroner);
    ck_assert_int_eq(row->printed, printed[_i].kroner);
    ck_assert_int_eq(row->difference, 0);
    if (printed[_i].price > 0)
        ck_assert_int_eq((row->price_ore + 50) / 100, printed[_i].price);
}
END_TEST

START_TEST(printed_rates_miss_by)
{
    tta_package_use_printed_rates(&p);
    compute();
    ck_assert_int_eq(find(printed[_i].id)->difference, printed[_i].error);
}
END_TEST

/* The amounts of the professions that the tables print, and the rates to the krone. */
START_TEST(professions_to_the_krone)
{
    int64_t rate[] = {944, 576, 727, 527, 882, 1009, 400};
    size_t seen = 0;

    for (size_t i = 0; i < p.staff_count; i++)
        ck_assert_int_eq((p.staff[i].rate_micro + 500000) / 1000000, rate[i]);
    for (size_t i = 0; i < count; i++)
        if (rows[i].level == TTA_PACKAGE_PROFESSION) {
            ck_assert_int_eq((rows[i].price_ore + 50) / 100, rows[i].printed_price);
            seen++;
        }
    ck_assert_uint_eq(seen, 7 + 5 + 4 + 6 + 6 + 6);
}
END_TEST

/* By hand: secretary 3 h x 410 for 60 citizens is 30 kr more each; 240 citizens are 60 of 25 %. */
START_TEST(changes)
{
    int64_t before = find("udredning-1")->price_ore, after;

    ck_assert(tta_package_set_rate(&p, tta_text_of("sekretaer"), 410000000));
    p.citizens = 240;
    compute();
    after = find("udredning-1")->price_ore;
    ck_assert_int_eq(after - before, 3000);
    ck_assert_int_eq(find("udredning-1")->citizens_micro, 60000000);
    ck_assert_int_eq(find("projektleder")->kroner, 773013);
    ck_assert(!tta_package_set_rate(&p, tta_text_of("tandlaege"), 1));
    ck_assert(!tta_package_set_share(&p, tta_text_of("projektleder"), 1));
    ck_assert(tta_package_set_share(&p, tta_text_of("indsats-1"), 400000));
    ck_assert_int_eq(tta_package_check_shares(&p, &e), TTA_E_DATA);
    ck_assert_str_eq(e.text, "the shares of section indsats add up to 0.9, not to 1");
    ck_assert(tta_package_set_share(&p, tta_text_of("indsats-3"), 250000));
    tta_error_clear(&e);
    ck_assert_int_eq(tta_package_check_shares(&p, &e), 0);
}
END_TEST

START_TEST(too_large)
{
    p.citizens = 100000000;
    for (size_t i = 0; i < p.staff_count; i++)
        p.staff[i].rate_micro = INT64_C(1000000000000);
    free(rows);
    rows = NULL;
    ck_assert_int_eq(tta_package_rows(&p, false, &rows, &count, &e), TTA_E_DATA);
    ck_assert_str_eq(e.text, "udredning-1: an amount too large to hold");
    ck_assert_ptr_null(rows);
}
END_TEST

static const struct {
    const char *from, *to, *text;
} bad[] = {
    {"\"share\": 0.25", "\"share\": 0.2",
     "/sections: the shares of section udredning add up to 0.95, not to 1"},
    {"\"share\": 0.25,", "", "/sections/0/lines/0: should have share and hours, or factors"},
    {"\"staff\": \"laege\"", "\"staff\": \"tandlaege\"",
     "/sections/0/lines/0/hours/0/staff: no such profession among staff"},
    {"\"staff\": \"socialfaglig\"", "\"staff\": \"laege\"",
     "/sections/0/lines/0/hours/1/staff: stands twice"},
    {"\"id\": \"psykolog\"", "\"id\": \"laege\"", "/staff/2/id: stands twice"},
    {"\"id\": \"udredning-2\"", "\"id\": \"udredning-1\"",
     "/sections/0/lines/1: its id stands twice"},
    {"\"id\": \"indsats\"", "\"id\": \"udredning\"", "/sections/1/id: stands twice"},
    {"\"indsats\", \"projektledelse\"]", "\"indsats\", \"ledelse\"]",
     "/totals/0/sections/2: no such section"},
    {"[\"udredning\", \"indsats\", \"projektledelse\"]", "[\"indsats\", \"indsats\"]",
     "/totals/0/sections/1: stands twice"},
    {"\"hours\": 7,", "\"hours\": -7,", "/sections/0/lines/0/hours/0/hours: less than 0"},
};

START_TEST(refuses)
{
    char path[] = TEST_PATH;

    changed_file(path, "package", "vestegn-2020", bad[_i].from, bad[_i].to);
    ck_assert_int_eq(tta_package_load(path, &p, &e), TTA_E_CONFIG);
    ck_assert_str_eq(e.text, bad[_i].text);
    ck_assert_int_eq(unlink(path), 0);
}
END_TEST

Suite *cost_package_suite(void)
{
    Suite *s = suite_create("cost/package");
    TCase *t = tcase_create("budget");

    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_loop_test(t, the_published_budget_to_the_krone, 0, sizeof printed / sizeof *printed);
    tcase_add_loop_test(t, printed_rates_miss_by, 0, sizeof printed / sizeof *printed);
    tcase_add_test(t, professions_to_the_krone);
    tcase_add_test(t, changes);
    tcase_add_test(t, too_large);
    tcase_add_loop_test(t, refuses, 0, sizeof bad / sizeof *bad);
    suite_add_tcase(s, t);
    return s;
}
