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

static int check_rows(const double *entry, const double *time, const uint8_t *event, size_t n,
                      struct tta_error *e)
{
    if (n == 0)
        return tta_fail(e, TTA_E_DATA, "no rows");
    if (n > (entry == NULL ? UINT32_MAX : UINT32_MAX / 2))
        return tta_fail(e, TTA_E_DATA, "more than %lld rows",
                        (long long)(entry == NULL ? UINT32_MAX : UINT32_MAX / 2));
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(time[i]))
            return tta_survival_fail_row(e, i, "the time is missing or not finite");
        if (time[i] < 0)
            return tta_survival_fail_row(e, i, "the time is negative");
        if (event[i] > 1)
            return tta_survival_fail_row(e, i, "the event is neither 0 nor 1");
        if (entry == NULL)
            continue;
        if (!isfinite(entry[i]))
            return tta_survival_fail_row(e, i, "the entry is missing or not finite");
        if (entry[i] < 0)
            return tta_survival_fail_row(e, i, "the entry is negative");
        if (entry[i] >= time[i])
            return tta_survival_fail_row(e, i, "the entry is not before the time");
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

static void set_item(struct item *item, double time, size_t number)
{
    double t = time + 0.0; /* -0.0 becomes 0.0 */

    memcpy(&item->key, &t, sizeof t);
    item->row = (uint32_t)number;
}

/* All times, and entries (as rows n and up), in one order: near ties join across the two. */
static int sort_times(const double *entry, const double *time, size_t n, bool timefix,
                      uint32_t *row, double *sorted_time, struct tta_error *e)
{
    size_t all = entry == NULL ? n : 2 * n;
    struct item *items = malloc(2 * all * sizeof *items);
    uint32_t *count = calloc(DIGITS * BUCKETS, sizeof *count);
    const struct item *sorted;
    int code = items == NULL || count == NULL ? tta_fail_memory(e) : 0;

    if (code == 0) {
        for (size_t i = 0; i < n; i++)
            set_item(&items[i], time[i], i);
        for (size_t i = n; i < all; i++)
            set_item(&items[i], entry[i - n], i);
        sorted = sort_items(items, items + all, all, count);
        for (size_t i = 0; i < all; i++) {
            row[i] = sorted[i].row;
            memcpy(&sorted_time[i], &sorted[i].key, sizeof(double));
        }
        if (timefix)
            join_near_ties(sorted_time, all);
    }
    free(items);
    free(count);
    return code;
}

/* Takes the one order of times and entries apart into two. */
static int part(struct tta_time_order *o, struct tta_error *e)
{
    size_t n = o->n, times = 0, entries = 0;
    double *at = malloc(n * sizeof *at); /* entry by row */
    int code = 0;

    o->entry_row = malloc(n * sizeof *o->entry_row);
    o->entry = malloc(n * sizeof *o->entry);
    if (at == NULL || o->entry_row == NULL || o->entry == NULL) {
        free(at);
        return tta_fail_memory(e);
    }
    for (size_t i = 0; i < 2 * n; i++) {
        uint32_t row = o->row[i];
        double time = o->time[i];

        if (row >= n) {
            o->entry_row[entries] = row - (uint32_t)n;
            o->entry[entries++] = at[row - n] = time;
            continue;
        }
        o->row[times] = row;
        o->time[times++] = time;
    }
    for (size_t i = 0; code == 0 && i < n; i++)
        if (at[o->row[i]] >= o->time[i])
            code = tta_survival_fail_row(
                e, o->row[i], "the entry and the time are one time, but for a near tie");
    free(at);
    return code;
}

int tta_span_order_make(const double *entry, const double *time, const uint8_t *event, size_t n,
                        bool timefix, struct tta_time_order *order, struct tta_error *e)
{
    size_t all = entry == NULL ? n : 2 * n;
    int code = check_rows(entry, time, event, n, e);

    memset(order, 0, sizeof *order);
    if (code != 0)
        return code;
    order->n = n;
    order->row = malloc(all * sizeof *order->row);
    order->time = malloc(all * sizeof *order->time);
    if (order->row == NULL || order->time == NULL)
        code = tta_fail_memory(e);
    if (code == 0)
        code = sort_times(entry, time, n, timefix, order->row, order->time, e);
    if (code == 0 && entry != NULL)
        code = part(order, e);
    if (code != 0)
        tta_time_order_release(order);
    return code;
}

int tta_time_order_make(const double *time, const uint8_t *event, size_t n, bool timefix,
                        struct tta_time_order *order, struct tta_error *e)
{
    return tta_span_order_make(NULL, time, event, n, timefix, order, e);
}

void tta_time_order_release(struct tta_time_order *order)
{
    free(order->row);
    free(order->time);
    free(order->entry_row);
    free(order->entry);
    memset(order, 0, sizeof *order);
}

void tta_order_by_stratum(const int32_t *stratum, size_t strata, const uint32_t *row, size_t n,
                          size_t *start, uint32_t *seq)
{
    memset(start, 0, (strata + 1) * sizeof *start);
    if (stratum == NULL) {
        for (size_t i = 0; i < n; i++)
            seq[i] = (uint32_t)i;
        start[1] = n;
        return;
    }
    for (size_t i = 0; i < n; i++)
        start[stratum[i] + 1]++;
    for (size_t g = 0; g < strata; g++)
        start[g + 1] += start[g];
    for (size_t i = 0; i < n; i++)
        seq[start[stratum[row[i]]]++] = (uint32_t)i;
    for (size_t g = strata; g > 0; g--) /* each has moved to its end, the next one's start */
        start[g] = start[g - 1];
    start[0] = 0;
}
