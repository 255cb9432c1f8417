/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Exact numbers: by hand, at both ends of their ranges, and beside a slow reader. */
#include "../../fuzz/feed.h"

#include <check.h>

#include "../../fuzz/number_reference.h"
#include "quick.h"

Suite *base_number_suite(void);

typedef const char *parse_fn(struct tta_text t, struct tta_number_style s, int64_t *out);

static const struct tta_number_style plain = {'.', 0}, dk = {',', '.'}, english = {'.', ','},
                                     spaced = {',', ' '}, swiss = {'.', '\''};

static const struct {
    parse_fn *parse;
    const struct tta_number_style *style;
    const char *text;
    int64_t value;
} good[] = {
    {tta_integer_parse, &plain, "0", 0},
    {tta_integer_parse, &plain, "-0", 0},
    {tta_integer_parse, &plain, "+7", 7},
    {tta_integer_parse, &plain, "007", 7},
    {tta_integer_parse, &plain, "123456789", 123456789},
    {tta_integer_parse, &plain, "1234567890", 1234567890},
    {tta_integer_parse, &plain, "9223372036854775807", INT64_MAX},
    {tta_integer_parse, &plain, "-9223372036854775807", -INT64_MAX},
    {tta_integer_parse, &plain, "000000000000000000000000000001", 1},
    {tta_integer_parse, &dk, "1.234", 1234},
    {tta_integer_parse, &dk, "1234", 1234},
    {tta_integer_parse, &dk, "-12.345.678", -12345678},
    {tta_integer_parse, &english, "1,234,567", 1234567},
    {tta_integer_parse, &spaced, "12 345", 12345},
    {tta_integer_parse, &swiss, "123'456", 123456},
    {tta_money_parse, &plain, "12.5", 1250},
    {tta_money_parse, &plain, "12.50", 1250},
    {tta_money_parse, &plain, "-0.05", -5},
    {tta_money_parse, &plain, "22175", 2217500},
    {tta_money_parse, &plain, "92233720368547758.07", INT64_MAX},
    {tta_money_parse, &plain, "-92233720368547758.07", -INT64_MAX},
    {tta_money_parse, &dk, "1.234,56", 123456},
    {tta_money_parse, &dk, "1234,56", 123456},
    {tta_money_parse, &dk, "0,5", 50},
    {tta_decimal_parse, &plain, "44.375", 44375000},
    {tta_decimal_parse, &plain, "0.000001", 1},
    {tta_decimal_parse, &plain, "-0.000001", -1},
    {tta_decimal_parse, &plain, "9223372036854.775807", INT64_MAX},
    {tta_decimal_parse, &plain, "-9223372036854.775807", -INT64_MAX},
    {tta_decimal_parse, &dk, "1.000,25", 1000250000},
};

START_TEST(fixed_numbers)
{
    int64_t value = 7;
    const char *problem = good[_i].parse(tta_text_of(good[_i].text), *good[_i].style, &value);

    ck_assert_msg(problem == NULL, "%s: %s", good[_i].text, problem);
    ck_assert_int_eq(value, good[_i].value);
}
END_TEST

#define WHOLE "not a whole number"
#define KRONER "not an amount in kroner"
#define NUMBER "not a number"
#define LARGE "a number too large to hold"
#define GROUPS "digits grouped otherwise than in threes"

static const struct {
    parse_fn *parse;
    const struct tta_number_style *style;
    const char *text, *problem;
} bad[] = {
    {tta_integer_parse, &plain, "", WHOLE},
    {tta_integer_parse, &plain, "-", WHOLE},
    {tta_integer_parse, &plain, "+-1", WHOLE},
    {tta_integer_parse, &plain, " 1", WHOLE},
    {tta_integer_parse, &plain, "1 ", WHOLE},
    {tta_integer_parse, &plain, "1.0", WHOLE},
    {tta_integer_parse, &plain, "1e3", WHOLE},
    {tta_integer_parse, &plain, "0x1", WHOLE},
    {tta_integer_parse, &plain, "1,234", WHOLE},
    {tta_integer_parse, &plain,
     "1\xC2\xA0"
     "234",
     WHOLE},
    {tta_integer_parse, &plain, "nan", WHOLE},
    {tta_integer_parse, &plain, "9223372036854775808", LARGE},
    {tta_integer_parse, &plain, "-9223372036854775808", LARGE},
    {tta_integer_parse, &plain, "99999999999999999999", LARGE},
    {tta_integer_parse, &dk, "1.23", GROUPS},
    {tta_integer_parse, &dk, "1.2345", GROUPS},
    {tta_integer_parse, &dk, "1234.567", GROUPS},
    {tta_integer_parse, &dk, "1.234.56", GROUPS},
    {tta_integer_parse, &dk, ".123", GROUPS},
    {tta_integer_parse, &dk, "1..234", GROUPS},
    {tta_integer_parse, &dk, "1.", GROUPS},
    {tta_integer_parse, &dk, "1,0", WHOLE},
    {tta_money_parse, &plain, "12.345", "more than two decimals"},
    {tta_money_parse, &plain, "3.940", "more than two decimals"},
    {tta_money_parse, &dk, "0.940", "digits grouped otherwise than in threes"},
    {tta_money_parse, &plain, "12.501", "more than two decimals"},
    {tta_money_parse, &plain, "12.", KRONER},
    {tta_money_parse, &plain, ".5", KRONER},
    {tta_money_parse, &plain, "12,50", KRONER},
    {tta_money_parse, &plain, "kr", KRONER},
    {tta_money_parse, &plain, "12.5 kr", KRONER},
    {tta_money_parse, &plain, "1.5e2", KRONER},
    {tta_money_parse, &plain, "92233720368547758.08", LARGE},
    {tta_money_parse, &plain, "-92233720368547758.08", LARGE},
    {tta_money_parse, &plain, "92233720368547759", LARGE},
    {tta_money_parse, &dk, "1.23", GROUPS},
    {tta_money_parse, &dk, "1.234,5.6", KRONER},
    {tta_money_parse, &dk, "12.50", GROUPS},
    {tta_decimal_parse, &plain, "0.0000001", "more than six decimals"},
    {tta_decimal_parse, &plain, "0.1000000", "more than six decimals"},
    {tta_decimal_parse, &dk, "0.125", GROUPS},
    {tta_integer_parse, &dk, "012.345", GROUPS},
    {tta_decimal_parse, &plain, "9223372036854.775808", LARGE},
    {tta_decimal_parse, &plain, "-9223372036855", LARGE},
    {tta_decimal_parse, &plain, "inf", NUMBER},
};

START_TEST(fixed_refused)
{
    int64_t untouched = 77;
    const char *problem = bad[_i].parse(tta_text_of(bad[_i].text), *bad[_i].style, &untouched);

    ck_assert_msg(problem != NULL, "%s was read", bad[_i].text);
    ck_assert_str_eq(problem, bad[_i].problem);
    ck_assert_int_eq(untouched, 77);
}
END_TEST

/* Random texts of the characters that numbers are made of, beside the slow reader. */
START_TEST(fixed_beside_reference)
{
    static const char alphabet[] = "0123456789000,.,.-+ 'e";
    static parse_fn *const parse[] = {tta_integer_parse, tta_money_parse, tta_decimal_parse};
    static const struct tta_number_style *const styles[] = {&plain, &dk, &english, &spaced, &swiss};
    uint64_t state = 1;
    char text[24];
    int read = 0;

    for (int i = 0; i < 300000; i++) {
        struct tta_text t = {text, feed_below(&state, sizeof text)};
        struct tta_number_style s = *styles[feed_below(&state, 5)];
        int which = i % 3;
        int64_t value = 7, wanted = 7;
        bool good_number;
        size_t letters = feed_below(&state, 2) > 0 ? 10 : sizeof alphabet - 1;

        for (size_t k = 0; k < t.len; k++)
            text[k] = alphabet[feed_below(&state, letters)];
        if (t.len > 8 && letters == 10)
            text[t.len - 1 - feed_below(&state, 8)] = s.decimal;
        good_number = parse[which](t, s, &value) == NULL;
        if (good_number != nref_fixed(t, s,
                                      which == 0   ? 0
                                      : which == 1 ? 2
                                                   : 6,
                                      &wanted) ||
            value != wanted)
            ck_abort_msg("%.*s", (int)t.len, text);
        read += good_number;
    }
    ck_assert_int_gt(read, 50000);
}
END_TEST

START_TEST(fixed_written)
{
    char out[TTA_NUMBER_SIZE];
    static const struct {
        int64_t value;
        const char *integer, *money, *decimal;
    } written[] = {
        {0, "0", "0,00", "0"},
        {-1, "-1", "-0,01", "-0,000001"},
        {123450, "123450", "1234,50", "0,12345"},
        {44375000, "44375000", "443750,00", "44,375"},
        {3000000, "3000000", "30000,00", "3"},
        {INT64_MAX, "9223372036854775807", "92233720368547758,07", "9223372036854,775807"},
        {INT64_MIN, "-9223372036854775808", "-92233720368547758,08", "-9223372036854,775808"},
    };

    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        int len = tta_integer_write(written[i].value, out);

        ck_assert_str_eq(out, written[i].integer);
        ck_assert_int_eq(len, (int)strlen(out));
        len = tta_money_write(written[i].value, ',', out);
        ck_assert_str_eq(out, written[i].money);
        ck_assert_int_eq(len, (int)strlen(out));
        len = tta_decimal_write(written[i].value, ',', out);
        ck_assert_str_eq(out, written[i].decimal);
        ck_assert_int_eq(len, (int)strlen(out));
    }
    tta_money_write(123456, '.', out);
    ck_assert_str_eq(out, "1234.56");
}
END_TEST

START_TEST(fixed_written_and_read)
{
    uint64_t state = 3;
    char out[TTA_NUMBER_SIZE];

    for (int i = 0; i < 100000; i++) {
        int64_t value = (int64_t)feed_random(&state) >> feed_below(&state, 60), again = 0;
        struct tta_text t = {out, (size_t)tta_integer_write(value, out)};

        quick_assert(tta_integer_parse(t, dk, &again) == NULL);
        quick_assert(again == value);
        t.len = (size_t)tta_money_write(value, ',', out);
        quick_assert(tta_money_parse(t, dk, &again) == NULL);
        quick_assert(again == value);
        t.len = (size_t)tta_decimal_write(value, ',', out);
        quick_assert(tta_decimal_parse(t, dk, &again) == NULL);
        quick_assert(again == value);
    }
}
END_TEST

START_TEST(adding)
{
    int64_t out = 77;

    ck_assert(!tta_add(INT64_MAX, 1, &out));
    ck_assert(!tta_add(INT64_MIN, -1, &out));
    ck_assert_int_eq(out, 77);
    ck_assert(tta_add(INT64_MAX, INT64_MIN, &out));
    ck_assert_int_eq(out, -1);
}
END_TEST

static const struct {
    int64_t value, mul, div, result;
} products[] = {
    {5, 1, 2, 3},
    {-5, 1, 2, -3},
    {4, 1, 2, 2},
    {1, 1, 3, 0},
    {2, 1, 3, 1},
    {-2, 1, 3, -1},
    {-1, 1, 3, 0},
    {7, 1, 1, 7},
    {100000, 30, 100, 30000},
    {12345, 20, 100, 2469},
    {12347, 50, 100, 6174},
    {0, 9, 7, 0},
    {INT64_MAX, 1, 1, INT64_MAX},
    {INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX},
    {-INT64_MAX, INT64_MAX, INT64_MAX, -INT64_MAX},
    {INT64_MAX, 1, INT64_MAX, 1},
    {INT64_MAX / 2, 1, INT64_MAX, 0},
    {INT64_MAX / 2 + 1, 1, INT64_MAX, 1},
};

START_TEST(muldiv_by_hand)
{
    for (size_t i = 0; i < sizeof products / sizeof *products; i++) {
        int64_t out = 77;

        ck_assert(tta_muldiv_half_up(products[i].value, products[i].mul, products[i].div, &out));
        ck_assert_int_eq(out, products[i].result);
    }
}
END_TEST

START_TEST(muldiv_out_of_range)
{
    int64_t out = 77;

    ck_assert(!tta_muldiv_half_up(INT64_MAX, 2, 1, &out));
    ck_assert(!tta_muldiv_half_up(INT64_MAX, INT64_MAX, 1, &out));
    ck_assert(!tta_muldiv_half_up(INT64_MIN, INT64_MIN, 1, &out));
    ck_assert(!tta_muldiv_half_up(INT64_MIN, 1, 1, &out)); /* that is the missing value */
    ck_assert(!tta_muldiv_half_up(INT64_MAX, 3, 2, &out));
    ck_assert_int_eq(out, 77);
}
END_TEST

/* q x div is within half a div of value x mul: checked by school multiplication in 64 bits. */
START_TEST(muldiv_is_nearest)
{
    uint64_t state = 13;

    for (int i = 0; i < 200000; i++) {
        int64_t value = (int64_t)feed_random(&state) >> (33 + feed_below(&state, 30));
        int64_t mul = (int64_t)feed_random(&state) >> (33 + feed_below(&state, 30));
        int64_t div = 1 + (int64_t)feed_below(&state, 1000000), out = 0;
        int64_t exact = value * mul, rest;

        quick_assert(tta_muldiv_half_up(value, mul, div, &out));
        rest = exact - out * div; /* 2|rest| <= div, and a half goes away from zero */
        if (2 * llabs(rest) > div || (2 * llabs(rest) == div && (exact > 0) == (rest > 0)))
            ck_abort_msg("%lld x %lld / %lld", (long long)value, (long long)mul, (long long)div);
    }
}
END_TEST

Suite *base_number_suite(void)
{
    Suite *s = suite_create("base/number");
    TCase *t = tcase_create("all");

    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, fixed_numbers, 0, sizeof good / sizeof *good);
    tcase_add_loop_test(t, fixed_refused, 0, sizeof bad / sizeof *bad);
    tcase_add_test(t, fixed_beside_reference);
    tcase_add_test(t, fixed_written);
    tcase_add_test(t, fixed_written_and_read);
    tcase_add_test(t, adding);
    tcase_add_test(t, muldiv_by_hand);
    tcase_add_test(t, muldiv_out_of_range);
    tcase_add_test(t, muldiv_is_nearest);
    suite_add_tcase(s, t);
    return s;
}
