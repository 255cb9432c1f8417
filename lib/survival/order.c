/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "order.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MATHLIB_STANDALONE 1
#include <Rmath.h>

#define DIGIT_BITS 11
#define DIGITS 6 /* 6 x 11 bits hold the 64 of a double */
#define BUCKETS (1u << DIGIT_BITS)

/* R's aeqSurv: sqrt(.Machine$double.eps) */
#define TIME_TOLERANCE 0x1p-26

struct item {
    uint64_t key; /* the bits of a double that is not negative sort as it does */
    uint32_t row;
};

int tta_survival_fail_row(struct tta_error *e, size_t row, const char *sentence)
{
    if (e->code == 0)
        e->record = (int64_t)row + 1;
    return tta_fail(e, TTA_E_DATA, "%s", sentence);
}

int tta_survival_quantile(double level, double *z, struct tta_error *e)
{
    if (!(level > 0 && level < 1))
        return tta_fail(e, TTA_E_USAGE, "the confidence level must be above 0 and below 1");
    *z = qnorm(1 - (1 - level) / 2, 0, 1, 1, 0);
    return 0;
}

static int check_rows(const double *time, const uint8_t *event, size_t n, struct tta_error *e)
{
    if (n == 0)
        return tta_fail(e, TTA_E_DATA, "no rows");
    if (n > UINT32_MAX)
        return tta_fail(e, TTA_E_DATA, "more than 4294967295 rows");
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(time[i]))
            return tta_survival_fail_row(e, i, "the time is missing or not finite");
        if (time[i] < 0)
            return tta_survival_fail_row(e, i, "the time is negative");
        if (event[i] > 1)
            return tta_survival_fail_row(e, i, "the event is neither 0 nor 1");
    }
    return 0;
}

static unsigned digit_of(uint64_t key, int digit)
{
    return (unsigned)(key >> (digit * DIGIT_BITS)) & (BUCKETS - 1);
}

/* One stable pass from a to b. false: all rows agree in this digit, b was not written. */
static bool sort_digit(const struct item *a, struct item *b, size_t n, int digit, uint32_t *count)
{
    uint32_t start = 0;

    if (count[digit_of(a[0].key, digit)] == n)
        return false;
    for (unsigned i = 0; i < BUCKETS; i++) {
        uint32_t here = count[i];

        count[i] = start;
        start += here;
    }
    for (size_t i = 0; i < n; i++)
        b[count[digit_of(a[i].key, digit)]++] = a[i];
    return true;
}

/*
 * Radix sort from the low digit up. Weeks and days are small whole numbers:
 * as doubles they agree in the low digits, so two or three passes are left.
 * Returns the array, a or b, that holds the result; count has DIGITS x BUCKETS zeros.
 */
static const struct item *sort_items(struct item *a, struct item *b, size_t n, uint32_t *count)
{
    for (size_t i = 0; i < n; i++)
        for (int d = 0; d < DIGITS; d++)
            count[(unsigned)d * BUCKETS + digit_of(a[i].key, d)]++;
    for (int d = 0; d < DIGITS; d++)
        if (sort_digit(a, b, n, d, count + (unsigned)d * BUCKETS)) {
            struct item *other = a;

            a = b;
            b = other;
        }
    return a;
}

/* Near ties become the smallest time of their chain, as R's aeqSurv does. */
static void join_near_ties(double *time, size_t n)
{
    long double sum = time[0]; /* does not overflow */
    double mean, previous = time[0];
    size_t distinct = 1;

    for (size_t i = 1; i < n; i++)
        if (time[i] != time[i - 1]) {
            sum += time[i];
            distinct++;
        }
    mean = (double)(sum / (long double)distinct);
    for (size_t i = 1; i < n; i++) {
        double step = time[i] - previous;

        previous = time[i];
        if (step <= TIME_TOLERANCE || step / mean <= TIME_TOLERANCE)
            time[i] = time[i - 1];
    }
}

int tta_time_order_make(const double *time, const uint8_t *event, size_t n, bool timefix,
                        struct tta_time_order *order, struct tta_error *e)
{
    struct item *items = NULL;
    uint32_t *count = NULL;
    const struct item *sorted;
    int code = check_rows(time, event, n, e);

    memset(order, 0, sizeof *order);
    if (code != 0)
        return code;
    items = malloc(2 * n * sizeof *items);
    count = calloc(DIGITS * BUCKETS, sizeof *count);
    order->row = malloc(n * sizeof *order->row);
    order->time = malloc(n * sizeof *order->time);
    if (items == NULL || count == NULL || order->row == NULL || order->time == NULL) {
        tta_time_order_release(order);
        code = tta_fail_memory(e);
        goto end;
    }
    for (size_t i = 0; i < n; i++) {
        double t = time[i] + 0.0; /* -0.0 becomes 0.0 */

        memcpy(&items[i].key, &t, sizeof t);
        items[i].row = (uint32_t)i;
    }
    sorted = sort_items(items, items + n, n, count);
    for (size_t i = 0; i < n; i++) {
        order->row[i] = sorted[i].row;
        memcpy(&order->time[i], &sorted[i].key, sizeof(double));
    }
    order->n = n;
    if (timefix)
        join_near_ties(order->time, n);
end:
    free(items);
    free(count);
    return code;
}

void tta_time_order_release(struct tta_time_order *order)
{
    free(order->row);
    free(order->time);
    memset(order, 0, sizeof *order);
}
