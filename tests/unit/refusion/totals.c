/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support.h"

#include "tta/refusion_totals.h"

Suite *refusion_totals_suite(void);

static struct tta_error e;

static void add(struct tta_refusion_totals *t, int32_t period, const char *a, const char *b,
                int64_t ore)
{
    struct tta_text cells[2] = {tta_text_of(a), tta_text_of(b)};
    int64_t sum[TTA_SUMS] = {[TTA_SUM_CASES] = 1, [TTA_SUM_BENEFIT] = ore, [TTA_SUM_STATE] = ore};

    ck_assert_int_eq(tta_totals_add(t, period, cells, sum, NULL, &e), 0);
}

/* By period as a number, then byte by byte, the shorter first; whatever order they came in. */
START_TEST(order)
{
    static const struct {
        int32_t period;
        const char *a, *b;
        int64_t ore;
    } wanted[] = {{9, "b", "", 1},   {10, "", "x", 2},   {10, "a", "", 4},
                  {10, "a", "b", 8}, {10, "ab", "", 48}, {10, "b", "a", 64}};
    struct tta_refusion_totals t = {.columns = 2};
    int32_t *places;

    add(&t, 10, "ab", "", 16);
    add(&t, 10, "b", "a", 64);
    add(&t, 10, "a", "b", 8);
    add(&t, 9, "b", "", 1);
    add(&t, 10, "a", "", 4);
    add(&t, 10, "ab", "", 32);
    add(&t, 10, "", "x", 2);
    ck_assert_int_eq(t.keys.count, 6);
    ck_assert_int_eq(tta_totals_order(&t, &places, &e), 0);
    for (int32_t i = 0; i < 6; i++) {
        struct tta_text cells[2];

        ck_assert_int_eq(tta_totals_key(&t, places[i], cells), wanted[i].period);
        ck_assert(tta_text_is(cells[0], wanted[i].a));
        ck_assert(tta_text_is(cells[1], wanted[i].b));
        ck_assert_int_eq(t.sums[places[i]][TTA_SUM_STATE], wanted[i].ore);
    }
    ck_assert_int_eq(t.sums[places[4]][TTA_SUM_CASES], 2);
    free(places);
    tta_totals_release(&t);
}
END_TEST

START_TEST(room)
{
    struct tta_refusion_totals t = {.columns = 0};

    ck_assert_int_eq(tta_totals_room(&t, INT64_MAX - 5, &e), 0);
    ck_assert_int_eq(tta_totals_room(&t, 5, &e), 0);
    ck_assert_int_eq(tta_totals_room(&t, 1, &e), TTA_E_DATA);
    ck_assert_str_eq(e.text, "the totals are too large to hold");
    tta_totals_release(&t);
}
END_TEST

/*
 * By month, one case by hand: unemployed from Monday 2 January 2012, 1,000 kr a
 * week, to Sunday 4 March. January: 22 weekdays, 4,400; weeks 1 to 4 and two days
 * of week 5 at 50 %: state 4,200. February: 21 weekdays, 4,200; the 18 to 26
 * February (weeks 5 to 8) at 50 %, 1,800, and three of week 9 at 30 %, 180. March:
 * Thursday and Friday, 400, 120.
 */
START_TEST(months)
{
    static const int64_t benefit[] = {440000, 420000, 40000}, state[] = {420000, 198000, 12000};
    struct tta_refusion_law law;
    struct tta_refusion_case c = case_of("2012-01-02", "2012-03-04", false, 100000);
    struct tta_refusion_totals t = {.columns = 0};

    load_law(&law, "auto", NULL);
    ck_assert_int_eq(tta_totals_case(&t, &law, &c, NULL, false, false, NULL, &e), 0);
    load_law(&law, "2016", NULL);
    ck_assert_int_eq(tta_totals_case(&t, &law, &c, NULL, true, false, NULL, &e), 0);
    ck_assert_int_eq(t.keys.count, 3);
    for (int32_t i = 0; i < 3; i++) {
        ck_assert_int_eq(tta_totals_key(&t, i, NULL), 2012 * 12 + i);
        ck_assert_int_eq(t.sums[i][TTA_SUM_BENEFIT], benefit[i]);
        ck_assert_int_eq(t.sums[i][TTA_SUM_STATE], state[i]);
        ck_assert_int_eq(t.sums[i][TTA_SUM_MUNICIPALITY], benefit[i] - state[i]);
        ck_assert_int_eq(t.sums[i][TTA_SUM_CASES], 1);
        ck_assert_int_eq(t.sums[i][TTA_SUM_OTHER_STATE] + t.sums[i][TTA_SUM_OTHER_MUNICIPALITY],
                         benefit[i]);
    }
    /* 2016: January 20 days at 80 % and 2 at 40 %: 3,200 + 160 */
    ck_assert_int_eq(t.sums[0][TTA_SUM_OTHER_STATE], 336000);
    tta_totals_release(&t);
}
END_TEST

START_TEST(fingerprints)
{
    struct tta_refusion_law law;
    const struct tta_refusion_law *laws[2] = {&law, NULL};
    char prints[4][TTA_FINGERPRINT_SIZE];

    load_law(&law, "auto", NULL);
    tta_refusion_fingerprint(laws, 2, tta_text_of("by=2"), prints[0]);
    tta_refusion_fingerprint(laws, 2, tta_text_of("by=3"), prints[1]);
    laws[1] = &law;
    tta_refusion_fingerprint(laws, 2, tta_text_of("by=2"), prints[2]);
    laws[1] = NULL;
    load_law(&law, "auto", "from-july-2009");
    tta_refusion_fingerprint(laws, 2, tta_text_of("by=2"), prints[3]);
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < i; j++)
            ck_assert_str_ne(prints[i], prints[j]);
    load_law(&law, "auto", NULL);
    tta_refusion_fingerprint(laws, 2, tta_text_of("by=2"), prints[1]);
    ck_assert_str_eq(prints[0], prints[1]);
}
END_TEST

Suite *refusion_totals_suite(void)
{
    Suite *s = suite_create("refusion/totals");
    TCase *t = tcase_create("all");

    tcase_add_test(t, order);
    tcase_add_test(t, room);
    tcase_add_test(t, months);
    tcase_add_test(t, fingerprints);
    suite_add_tcase(s, t);
    return s;
}
