/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Doubles: read as strtod reads them, written with the fewest digits that read back. */
#include "../../fuzz/feed.h"

#include <check.h>
#include <float.h>

#include "../../fuzz/number_reference.h"
#include "quick.h"

Suite *base_double_suite(void);

static const struct tta_number_style plain = {'.', 0}, dk = {',', '.'};

#define LARGE "a number too large to hold"
#define NUMBER "not a number"
#define GROUPS "digits grouped otherwise than in threes"

static const struct {
    const struct tta_number_style *style;
    const char *text;
    double value;
} doubles[] = {
    {&plain, "1", 1},
    {&plain, "-1.5", -1.5},
    {&plain, ".5", .5},
    {&plain, "+0.1", 0.1},
    {&plain, "1e3", 1000},
    {&plain, "1E-3", 1e-3},
    {&plain, "1.5e+300", 1.5e300},
    {&plain, "1e-400", 0},
    {&plain, "4.9406564584124654e-324", 0x1p-1074},
    {&plain, "2.4703282292062327e-324", 0},
    {&plain, "2.4703282292062329e-324", 0x1p-1074},
    {&plain, "1.7976931348623157e308", DBL_MAX},
    {&plain, "1.7976931348623158e308", DBL_MAX},
    {&plain, "9007199254740993", 9007199254740992.0}, /* half way: to even */
    {&plain, "9007199254740995", 9007199254740996.0},
    {&plain, "123456789012345", 123456789012345.0},
    {&plain, "0.123456789012345", 0.123456789012345},
    {&dk, "1.234,5", 1234.5},
    {&dk, "1.234.567", 1234567},
    {&dk, ",5", .5},
    {&dk, "1,5e3", 1500},
};

START_TEST(doubles_by_hand)
{
    double value = 7;
    const char *problem =
        tta_double_parse(tta_text_of(doubles[_i].text), *doubles[_i].style, &value);

    ck_assert_msg(problem == NULL, "%s: %s", doubles[_i].text, problem);
    ck_assert_double_eq(value, doubles[_i].value);
}
END_TEST

START_TEST(doubles_refused)
{
    static const struct {
        const struct tta_number_style *style;
        const char *text, *problem;
    } refused[] = {
        {&plain, "", NUMBER},         {&plain, ".", NUMBER},     {&plain, "5.", NUMBER},
        {&plain, "-", NUMBER},        {&plain, "e5", NUMBER},    {&plain, "1e", NUMBER},
        {&plain, "1e+", NUMBER},      {&plain, "nan", NUMBER},   {&plain, "inf", NUMBER},
        {&plain, "Infinity", NUMBER}, {&plain, "0x1p3", NUMBER}, {&plain, "1 ", NUMBER},
        {&plain, " 1", NUMBER},       {&plain, "1,5", NUMBER},   {&plain, "1.5.2", NUMBER},
        {&plain, "--1", NUMBER},      {&plain, "1e400", LARGE},  {&plain, "-1e309", LARGE},
        {&plain, "1e5.5", NUMBER},    {&dk, "1.23,4", GROUPS},   {&dk, "1.5", GROUPS},
        {&dk, ".123", GROUPS},        {&dk, "1234.567", GROUPS}, {&dk, "1.234e5.6", NUMBER},
    };
    char digits[600];
    double untouched = 77;
    struct tta_text t = {digits, sizeof digits};

    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        const char *problem =
            tta_double_parse(tta_text_of(refused[i].text), *refused[i].style, &untouched);

        ck_assert_msg(problem != NULL, "%s was read", refused[i].text);
        ck_assert_str_eq(problem, refused[i].problem);
    }
    memset(digits, '1', sizeof digits);
    ck_assert_str_eq(tta_double_parse(t, plain, &untouched), LARGE);
    t.len = 300;
    ck_assert_ptr_null(tta_double_parse(t, plain, &untouched));
    ck_assert_double_eq(untouched, 1.11111111111111111111e299);
}
END_TEST

/* Decimals of every length are rounded as strtod rounds them, the quick way as the slow one. */
START_TEST(doubles_beside_strtod)
{
    uint64_t state = 5;
    char text[48];

    for (int i = 0; i < 300000; i++) {
        size_t digits = 1 + feed_below(&state, 20), n = 0;
        size_t point = feed_below(&state, digits + 1);
        struct tta_text t = {text, 0};
        double value = 7;

        if (feed_below(&state, 2) > 0)
            text[n++] = '-';
        for (size_t k = 0; k < digits; k++) {
            if (k == point)
                text[n++] = '.';
            text[n++] = (char)('0' + feed_below(&state, 10));
        }
        if (feed_below(&state, 8) == 0)
            n += (size_t)snprintf(text + n, 8, "e%d", (int)feed_below(&state, 560) - 280);
        text[n] = '\0';
        t.len = n;
        quick_assert(tta_double_parse(t, plain, &value) == NULL);
        if (value != strtod(text, NULL))
            ck_abort_msg("%s", text);
    }
}
END_TEST

/* Doubles by their bits: all magnitudes, subnormals, powers of two and their neighbours. */
static double some_double(uint64_t *state, int i)
{
    double value = 0;
    uint64_t bits = feed_random(state);

    switch (i % 4) {
    case 1: /* subnormal */
        bits &= UINT64_C(0x800FFFFFFFFFFFFF);
        break;
    case 2: /* a power of two, one below, one above */
        bits &= UINT64_C(0xFFF0000000000000);
        bits += feed_below(state, 3);
        bits -= (bits & 0x7FFFFFFFFFFFFFFF) > 0;
        break;
    case 3: /* few digits */
        return (double)((int64_t)bits >> 44) / (double)(1 + feed_below(state, 1000));
    default:
        break;
    }
    memcpy(&value, &bits, sizeof value);
    return value;
}

START_TEST(doubles_shortest_round_trip)
{
    uint64_t state = 11;
    char out[TTA_NUMBER_SIZE];

    for (int i = 0; i < 300000; i++) {
        double value = some_double(&state, i), again = 7;
        struct tta_text t = {out, 0};

        if (!isfinite(value))
            continue;
        t.len = (size_t)tta_double_write(value, i % 2 > 0 ? ',' : '.', out);
        quick_assert(t.len == strlen(out));
        quick_assert(t.len < TTA_NUMBER_SIZE);
        if (tta_double_parse(t, i % 2 > 0 ? (struct tta_number_style){',', 0} : plain, &again) !=
                NULL ||
            memcmp(&again, &value, sizeof value) != 0)
            ck_abort_msg("%a became %s", value, out);
        if (i % 2 == 0 && !nref_is_shortest(value, out, '.'))
            ck_abort_msg("%a has fewer digits than %s", value, out);
    }
}
END_TEST

START_TEST(doubles_written)
{
    static const struct {
        double value;
        const char *text;
    } written[] = {
        {0, "0"},
        {-0.0, "-0"},
        {0.1, "0,1"},
        {1.0 / 3, "0,3333333333333333"},
        {100000, "100000"},
        {1e15, "1e+15"},
        {123456789.125, "123456789,125"},
        {0.40655, "0,40655"},
        {-2.5e-7, "-2,5e-07"},
        {0x1p-1074, "5e-324"},
        {0x1p-1022, "2,2250738585072014e-308"},
        {DBL_MAX, "1,7976931348623157e+308"},
        {0x1p-44, "5,684341886080802e-14"}, /* the nearest 16 digits end in 1, and fail */
        {9007199254740993.0, "9007199254740992"},
    };
    char out[TTA_NUMBER_SIZE];

    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        ck_assert_int_eq(tta_double_write(written[i].value, ',', out),
                         (int)strlen(written[i].text));
        ck_assert_str_eq(out, written[i].text);
    }
}
END_TEST

Suite *base_double_suite(void)
{
    Suite *s = suite_create("base/double");
    TCase *t = tcase_create("all");

    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, doubles_by_hand, 0, sizeof doubles / sizeof *doubles);
    tcase_add_test(t, doubles_refused);
    tcase_add_test(t, doubles_beside_strtod);
    tcase_add_test(t, doubles_shortest_round_trip);
    tcase_add_test(t, doubles_written);
    suite_add_tcase(s, t);
    return s;
}
