/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support.h"

Suite *data_json_suite(void);

static json_t *object;

static void set_up(void)
{
    object = json_loads("{\"text\": \"a\", \"whole\": -7, \"yes\": true, \"no\": false,"
                        " \"day\": \"2012-01-02\", \"nothing\": null, \"quarter\": 0.25,"
                        " \"pay\": 22192.5, \"third\": 0.3333333, \"written\": \"1234.56\","
                        " \"large\": 9223372036854775807, \"small\": 0.000001,"
                        " \"seven\": 0.07, \"billion\": 1000000000.01, \"huge\": 1e20}",
                        0, NULL);
    ck_assert_ptr_nonnull(object);
}

static void tear_down(void)
{
    json_decref(object);
}

START_TEST(members_and_fallbacks)
{
    tta_date day;

    ck_assert_str_eq(tta_json_text(object, "text", "b"), "a");
    ck_assert_str_eq(tta_json_text(object, "absent", "b"), "b");
    ck_assert_str_eq(tta_json_text(object, "nothing", "b"), "b");
    ck_assert_ptr_null(tta_json_text(object, "absent", NULL));
    ck_assert_int_eq(tta_json_integer(object, "whole", 1), -7);
    ck_assert_int_eq(tta_json_integer(object, "absent", 1), 1);
    ck_assert(tta_json_boolean(object, "yes", false));
    ck_assert(!tta_json_boolean(object, "no", true));
    ck_assert(tta_json_boolean(object, "absent", true));
    tta_date_from_ymd(2012, 1, 2, &day);
    ck_assert_int_eq(tta_json_date(object, "day", TTA_DATE_NONE), day);
    ck_assert_int_eq(tta_json_date(object, "nothing", TTA_DATE_NONE), TTA_DATE_NONE);
    ck_assert_int_eq(tta_json_date(object, "absent", 5), 5);
}
END_TEST

static const struct {
    const char *key;
    bool money;
    bool good;
    int64_t value;
} numbers[] = {
    {"quarter", false, true, 250000},
    {"quarter", true, true, 25},
    {"pay", true, true, 2219250},
    {"pay", false, true, 22192500000},
    {"seven", true, true, 7},
    {"seven", false, true, 70000},
    {"small", false, true, 1},
    {"small", true, false, 0},
    {"third", false, false, 0},
    {"third", true, false, 0},
    {"written", true, true, 123456},
    {"written", false, true, 1234560000},
    {"whole", true, true, -700},
    {"whole", false, true, -7000000},
    {"large", true, false, 0},
    {"large", false, false, 0},
    {"billion", true, true, 100000000001},
    {"huge", true, false, 0},
    {"text", true, false, 0},
    {"yes", true, false, 0},
    {"nothing", true, false, 0},
    {"absent", false, false, 0},
};

START_TEST(exact_numbers)
{
    int64_t value = 4711;
    bool good = numbers[_i].money ? tta_json_money(object, numbers[_i].key, &value)
                                  : tta_json_decimal(object, numbers[_i].key, &value);

    ck_assert_int_eq(good, numbers[_i].good);
    ck_assert_int_eq(value, good ? numbers[_i].value : 4711);
}
END_TEST

/* Every amount to 1,000 kr, and every 97th to a million, comes back from its text. */
START_TEST(every_amount_is_exact)
{
    for (int64_t ore = 0; ore < 100000000; ore += ore < 100000 ? 1 : 97) {
        char text[64];
        json_t *j;
        int64_t back = -1;

        snprintf(text, sizeof text, "{\"a\": %lld.%02lld}", (long long)(ore / 100),
                 (long long)(ore % 100));
        j = json_loads(text, 0, NULL);
        ck_assert(tta_json_money(j, "a", &back));
        ck_assert_int_eq(back, ore);
        json_decref(j);
    }
}
END_TEST

Suite *data_json_suite(void)
{
    Suite *s = suite_create("data/json");
    TCase *t = tcase_create("all");

    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, members_and_fallbacks);
    tcase_add_loop_test(t, exact_numbers, 0, sizeof numbers / sizeof *numbers);
    tcase_add_test(t, every_amount_is_exact);
    suite_add_tcase(s, t);
    return s;
}
