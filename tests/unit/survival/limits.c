/* SPDX-License-Identifier: GPL-2.0-or-later */
/* More rows than there may be: refused before one is looked at, so that the arrays can be short. */
#include <check.h>

#include "tta/competing.h"
#include "tta/counts.h"
#include "tta/names.h"

Suite *survival_limits_suite(void);

#define MORE (TTA_SURVIVAL_ROWS_MAX + 1)

START_TEST(test_size)
{
    struct tta_error e = {0};

    ck_assert_int_eq(tta_survival_check_size(0, &e), 0);
    ck_assert_int_eq(tta_survival_check_size((size_t)INT32_MAX + 2, &e), 0);
    ck_assert_int_eq(tta_survival_check_size(TTA_SURVIVAL_ROWS_MAX, &e), 0);
    ck_assert_int_eq(tta_survival_check_size(MORE, &e), TTA_E_DATA);
    ck_assert_str_eq(e.text, "more than 4294967295 rows");
}
END_TEST

/* All that take rows. */
START_TEST(test_every_estimator)
{
    const double time[] = {1}, x[] = {1};
    const uint8_t event[] = {1};
    const int32_t zero[] = {0}, cause[] = {1};
    const char *const terms[] = {"x"};
    const struct tta_km_input km = {
        .n = MORE, .time = time, .event = event, .group = zero, .groups = 2};
    const struct tta_cox_input cox = {
        .n = MORE, .p = 1, .time = time, .event = event, .x = x, .terms = terms};
    const struct tta_cif_input cif = {
        .n = MORE, .time = time, .cause = cause, .causes = 1, .group = zero, .groups = 2};
    const struct tta_rmst_input rmst = {
        .n = MORE, .p = 1, .time = time, .event = event, .group = zero, .groups = 2, .x = x};
    struct tta_km_result curves;
    struct tta_logrank logrank;
    struct tta_cox_fit fit;
    struct tta_cif_row *rows;
    struct tta_cox_test test;
    struct tta_rmst_estimate estimate;
    struct tta_error e = {0};
    double out;
    size_t count;
    int code = 0;

    switch (_i) {
    case 0:
        code = tta_km(&km, NULL, &curves, &e);
        break;
    case 1:
        code = tta_logrank(&km, NULL, 0, NULL, &logrank, &e);
        break;
    case 2:
        code = tta_cox(&cox, NULL, &fit, &e);
        break;
    case 3:
        code = tta_cif(&cif, NULL, &rows, &count, &e);
        break;
    case 4:
        code = tta_gray(&cif, NULL, 0, 1, 0, true, &test, &e);
        break;
    case 5:
        code = tta_finegray(&cox, cause, 1, TTA_FINEGRAY_CMPRSK, NULL, &fit, &e);
        break;
    case 6:
        code = tta_rmst_adjusted(&rmst, 1, TTA_RMST_DIFFERENCE, true, 0.95, &estimate, &e);
        break;
    case 7:
        code = tta_pseudo(&km, TTA_PSEUDO_JACKKNIFE, true, NULL, 0, 1, &out, &e);
        break;
    case 8:
        code = tta_survival_persons(MORE, NULL, time, zero, NULL, NULL, NULL, &count, &e);
        break;
    }
    ck_assert_int_eq(code, TTA_E_DATA);
    ck_assert_str_eq(e.text, "more than 4294967295 rows");
}
END_TEST

/* Counts stand for more, but not for more than a double tells apart. */
START_TEST(test_counts)
{
    static const struct {
        int64_t counts[3], rows, rejected;
        bool fits;
    } cases[] = {
        {{3000000000, 3000000000, 3000000000}, 9000000000, 0, true},
        {{TTA_COUNTS_ROWS_MAX - 2, 1, 1}, TTA_COUNTS_ROWS_MAX, 0, true},
        {{TTA_COUNTS_ROWS_MAX, 0, 1}, 1, 0, false},
        {{INT64_MAX, INT64_MAX, 2}, 1, 0, false},
        {{1, 1, 1}, TTA_COUNTS_ROWS_MAX, 1, false},
        {{1, 1, 1}, INT64_MAX, INT64_MAX, false},
    };
    struct tta_count count[3] = {{0}};
    struct tta_counts parts[2] = {
        {.counts = count, .count = 2, .rows = cases[_i].rows, .rejected = cases[_i].rejected},
        {.counts = count + 2, .count = 1}};
    struct tta_error e = {0};

    for (int i = 0; i < 3; i++)
        count[i].tally.rows = cases[_i].counts[i];
    ck_assert_int_eq(tta_counts_check_size(parts, 2, &e), cases[_i].fits ? 0 : TTA_E_DATA);
}
END_TEST

/* Names have numbers of 31 bits, in a table of twice as many. */
START_TEST(test_names)
{
    struct tta_names full = {.count = INT32_C(1) << 30, .cap = INT32_C(1) << 30};
    int32_t number;

    ck_assert_int_eq(tta_names_number(&full, tta_text_of("one more"), &number), TTA_E_MEMORY);
}
END_TEST

Suite *survival_limits_suite(void)
{
    Suite *s = suite_create("survival/limits");
    TCase *t = tcase_create("limits");

    tcase_add_test(t, test_size);
    tcase_add_loop_test(t, test_every_estimator, 0, 9);
    tcase_add_loop_test(t, test_counts, 0, 6);
    tcase_add_test(t, test_names);
    suite_add_tcase(s, t);
    return s;
}
