/* SPDX-License-Identifier: GPL-2.0-or-later */
/* "Later than some months after" without the calendar is what it is with it. */
#include "document.h"
#include "naive_calendar.h"

Suite *rules_near_suite(void);

#define FIRST_DAY (-62091) /* date -ud 1800-01-01 +%s / 86400 */

static struct tta_rules *table(const char *expression)
{
    struct tta_error e = {0};
    char rules[400];
    struct tta_rules *r;

    snprintf(rules, sizeof rules, RULE("r", "%s", "{\"o\":1}"), expression);
    r = load_good(
        document("\"default\":{\"o\":0},", IN("t", "date") "," IN("t2", "date"), OUT, rules));
    ck_assert_int_eq(tta_rules_settle(r, &e), 0);
    return r;
}

/* Days around the one that is so many months on; -1 is outside the calendar. */
static void hold(const struct tta_rules *r, int from, int then, bool left)
{
    static struct tta_rules_answer a;

    for (int to = then - 12; to <= then + 12; to++) {
        union tta_slot row[2];
        struct tta_error e = {0};

        if (to < 0 || to >= NAIVE_DAYS)
            continue;
        memset(row, 0, sizeof row);
        row[0].date = from + FIRST_DAY;
        row[1].date = to + FIRST_DAY;
        if (then < 0) {
            ck_assert_int_eq(tta_rules_answer(r, row, &a, &e), TTA_E_DATA);
            ck_assert_str_eq(e.text, "rule r: a day outside 1800 to 2199");
            continue;
        }
        ck_assert_int_eq(tta_rules_answer(r, row, &a, &e), 0);
        ck_assert_int_eq(a.out[0].integer, left ? then < to : to < then);
    }
}

START_TEST(months)
{
    static const int added[] = {1,    2,    3,  11, 12,  13,  48,    84,
                                1200, 4799, -1, -2, -12, -83, -4799, 0};

    naive_count();
    for (size_t i = 0; i < sizeof added / sizeof *added; i++) {
        char left[200], right[200];
        struct tta_rules *l, *r;

        snprintf(left, sizeof left,
                 "{\"<\":[{\"add_months\":[{\"var\":\"t\"},%d]},{\"var\":\"t2\"}]}", added[i]);
        snprintf(right, sizeof right,
                 "{\">\":[{\"add_months\":[{\"var\":\"t\"},%d]},{\"var\":\"t2\"}]}", added[i]);
        l = table(left);
        r = table(right);
        for (int from = 0; from < NAIVE_DAYS; from += 1 + from % 307) {
            hold(l, from, naive_add_months(from, added[i]), true);
            hold(r, from, naive_add_months(from, added[i]), false);
        }
        tta_rules_free(l);
        tta_rules_free(r);
    }
}
END_TEST

START_TEST(weeks)
{
    struct tta_rules *r = table("{\"<\":[{\"add_weeks\":[{\"var\":\"t\"},-8]},{\"var\":\"t2\"}]}");

    naive_count();
    for (int from = 0; from < NAIVE_DAYS; from += 97)
        hold(r, from, from >= 56 ? from - 56 : -1, true);
    tta_rules_free(r);
}
END_TEST

Suite *rules_near_suite(void)
{
    Suite *suite = suite_create("rules/near");
    TCase *t = tcase_create("near");

    tcase_set_timeout(t, 120);
    tcase_add_test(t, months);
    tcase_add_test(t, weeks);
    suite_add_tcase(suite, t);
    return suite;
}
