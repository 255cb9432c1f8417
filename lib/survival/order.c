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
_Static_assert(DIGITS *BUCKETS == TTA_SORT_BUCKETS, "the header says how many");

/* R's aeqSurv: sqrt(.Machine$double.eps) */
#define TIME_TOLERANCE 0x1p-26

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
    if (tta_survival_check_size(n, e) != 0)
        return e->code;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(time[i]) || (entry != NULL && !isfinite(entry[i])))
            return tta_survival_fail_row(e, i, "the time is missing or not finite");
        if (time[i] < 0 || (entry != NULL && entry[i] < 0))
            return tta_survival_fail_row(e, i, "the time is negative");
        if (entry != NULL && entry[i] >= time[i])
            return tta_survival_fail_row(e, i, "the entry does not come before the time");
        if (event != NULL && event[i] > 1)
            return tta_survival_fail_row(e, i, "the event is neither 0 nor 1");
    }
    return 0;
}

static unsigned digit_of(uint64_t key, int digit)
{
    return (unsigned)(key >> (digit * DIGIT_BITS)) & (BUCKETS - 1);
}

/* One stable pass from a to b. false: all rows agree in this digit, b was not written. */
static bool sort_digit(const struct tta_sort_item *a, struct tta_sort_item *b, size_t n, int digit,
                       uint32_t *count)
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
 * From the low digit up. Weeks and days are small whole numbers: as doubles they agree in the
 * low digits, so two or three passes are left.
 */
const struct tta_sort_item *tta_sort_items(struct tta_sort_item *a, struct tta_sort_item *b,
                                           size_t n, uint32_t *count)
{
    memset(count, 0, TTA_SORT_BUCKETS * sizeof *count);
    for (size_t i = 0; i < n; i++)
        for (int d = 0; d < DIGITS; d++)
            count[(unsigned)d * BUCKETS + digit_of(a[i].key, d)]++;
    for (int d = 0; d < DIGITS; d++)
        if (sort_digit(a, b, n, d, count + (unsigned)d * BUCKETS)) {
            struct tta_sort_item *other = a;

            a = b;
            b = other;
        }
    return a;
}

/* The distinct values of two sorted arrays; b may be NULL. */
struct walk {
    const double *a, *b;
    size_t n, i, j;
};

static bool next_distinct(struct walk *w, double *value)
{
    if (w->i == w->n && (w->b == NULL || w->j == w->n))
        return false;
    *value = w->i == w->n                   ? w->b[w->j]
             : w->b == NULL || w->j == w->n ? w->a[w->i]
             : w->a[w->i] < w->b[w->j]      ? w->a[w->i]
                                            : w->b[w->j];
    while (w->i < w->n && w->a[w->i] <= *value)
        w->i++;
    while (w->b != NULL && w->j < w->n && w->b[w->j] <= *value)
        w->j++;
    return true;
}

/*
 * Near ties become the smallest time of their chain, as R's aeqSurv does: over the
 * distinct values of time and entry together.
 */
static void join_near_ties(double *time, double *entry, size_t n)
{
    struct walk w = {time, entry, n, 0, 0};
    long double sum = 0; /* does not overflow */
    double mean, value, previous = 0, joined = 0;
    size_t distinct = 0, i, j;

    for (; next_distinct(&w, &value); distinct++)
        sum += value;
    mean = (double)(sum / (long double)distinct);
    w = (struct walk){time, entry, n, 0, 0};
    for (i = j = distinct = 0; next_distinct(&w, &value); distinct++) {
        double step = value - previous;

        if (distinct == 0 || (step > TIME_TOLERANCE && step / mean > TIME_TOLERANCE))
            joined = value;
        previous = value;
        for (; i < w.i; i++)
            time[i] = joined;
        for (; entry != NULL && j < w.j; j++)
            entry[j] = joined;
    }
}

/* The rows' numbers and times as they are; false when they are not in order. */
static bool take_sorted(const double *time, size_t n, uint32_t *row, double *sorted_time)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && time[i] < time[i - 1])
            return false;
        row[i] = (uint32_t)i;
        sorted_time[i] = time[i] + 0.0; /* -0.0 becomes 0.0 */
    }
    return true;
}

static int sort_rows(const double *time, size_t n, uint32_t *row, double *sorted_time,
                     struct tta_error *e)
{
    struct tta_sort_item *items = malloc(2 * n * sizeof *items);
    uint32_t *buckets = malloc(TTA_SORT_BUCKETS * sizeof *buckets);
    const struct tta_sort_item *sorted;

    for (size_t i = 0; items != NULL && i < n; i++) {
        double t = time[i] + 0.0;

        memcpy(&items[i].key, &t, sizeof t);
        items[i].row = (uint32_t)i;
    }
    if (items != NULL && buckets != NULL) {
        sorted = tta_sort_items(items, items + n, n, buckets);
        for (size_t i = 0; i < n; i++) {
            row[i] = sorted[i].row;
            memcpy(&sorted_time[i], &sorted[i].key, sizeof(double));
        }
    } else {
        tta_fail_memory(e);
    }
    free(items);
    free(buckets);
    return e->code;
}

static int sort_times(const double *time, size_t n, uint32_t **row, double **sorted_time,
                      struct tta_error *e)
{
    *row = malloc(n * sizeof **row);
    *sorted_time = malloc(n * sizeof **sorted_time);
    if (*row == NULL || *sorted_time == NULL)
        return tta_fail_memory(e);
    return take_sorted(time, n, *row, *sorted_time) ? 0 : sort_rows(time, n, *row, *sorted_time, e);
}

/* Joined, an interval may have lost its length: R refuses those, too. */
static int check_lengths(const struct tta_time_order *o, struct tta_error *e)
{
    double *entry = malloc(o->n * sizeof *entry);
    int code = 0;

    if (entry == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < o->n; i++)
        entry[o->entry_row[i]] = o->entry[i];
    for (size_t i = 0; code == 0 && i < o->n; i++)
        if (entry[o->row[i]] >= o->time[i])
            code = tta_survival_fail_row(
                e, o->row[i], "entry and time are one time (near ties); see --no-timefix");
    free(entry);
    return code;
}

int tta_time_order_spans(const double *entry, const double *time, const uint8_t *event, size_t n,
                         bool timefix, struct tta_time_order *order, struct tta_error *e)
{
    int code = check_rows(entry, time, event, n, e);

    memset(order, 0, sizeof *order);
    if (code != 0)
        return code;
    order->n = n;
    code = sort_times(time, n, &order->row, &order->time, e);
    if (code == 0 && entry != NULL)
        code = sort_times(entry, n, &order->entry_row, &order->entry, e);
    if (code == 0 && timefix) {
        join_near_ties(order->time, order->entry, n);
        if (entry != NULL)
            code = check_lengths(order, e);
    }
    if (code != 0)
        tta_time_order_release(order);
    return code;
}

int tta_time_order_make(const double *time, const uint8_t *event, size_t n, bool timefix,
                        struct tta_time_order *order, struct tta_error *e)
{
    return tta_time_order_spans(NULL, time, event, n, timefix, order, e);
}

void tta_time_order_release(struct tta_time_order *order)
{
    free(order->row);
    free(order->time);
    free(order->entry_row);
    free(order->entry);
    memset(order, 0, sizeof *order);
}

struct interval {
    int32_t id;
    uint32_t row;
    double entry, time;
};

static int compare_intervals(const void *a, const void *b)
{
    const struct interval *x = a, *y = b;

    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    return x->entry < y->entry ? -1 : x->entry > y->entry ? 1 : x->row < y->row ? -1 : 1;
}

/* Has the person an earlier row in its group? */
static bool is_again(const struct interval *all, size_t i, const int32_t *group)
{
    for (size_t j = i; j-- > 0 && all[j].id == all[i].id;)
        if (group == NULL || group[all[j].row] == group[all[i].row])
            return true;
    return false;
}

int tta_survival_persons(size_t n, const double *entry, const double *time, const int32_t *id,
                         const int32_t *group, uint8_t *goes_on, uint8_t *again, size_t *row,
                         struct tta_error *e)
{
    struct interval *all;
    int code = tta_survival_check_size(n, e);

    *row = SIZE_MAX;
    if (code != 0)
        return code;
    if ((all = malloc((n + 1) * sizeof *all)) == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < n; i++)
        all[i] = (struct interval){id[i], (uint32_t)i, entry == NULL ? 0 : entry[i], time[i]};
    qsort(all, n, sizeof *all, compare_intervals);
    for (size_t i = 0; i < n && code == 0; i++) {
        bool more = i + 1 < n && all[i + 1].id == all[i].id;

        if (more && (entry == NULL || all[i + 1].entry < all[i].time)) {
            *row = all[i + 1].row > all[i].row ? all[i + 1].row : all[i].row;
            code = tta_survival_fail_row(e, *row, "overlaps another row of the same person");
            break;
        }
        if (goes_on != NULL)
            goes_on[all[i].row] = more && all[i + 1].entry <= all[i].time &&
                                  (group == NULL || group[all[i].row] == group[all[i + 1].row]);
        if (again != NULL)
            again[all[i].row] = is_again(all, i, group);
    }
    free(all);
    return code;
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
