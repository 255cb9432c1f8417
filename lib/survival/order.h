/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_SURVIVAL_ORDER_H
#define TTA_SURVIVAL_ORDER_H
/* The rows by time, shared by the estimators. */
#include "tta/survival.h"

struct tta_time_order {
    size_t n;
    uint32_t *row;       /* row[i] is the input row, from 0, with the i-th smallest time */
    double *time;        /* its time, near ties joined; equal times are one time */
    uint32_t *entry_row; /* with entries: the row with the i-th smallest entry */
    double *entry;       /* its entry, joined with the times */
};

/* The same with entries (NULL: none), and event NULL where it is not to be looked at. */
int tta_time_order_spans(const double *entry, const double *time, const uint8_t *event, size_t n,
                         bool timefix, struct tta_time_order *order, struct tta_error *e);

/*
 * Checks time and event of each row and sorts; rows of equal time keep their
 * order. Errors as in tta/survival.h. tta_time_order_release frees.
 */
int tta_time_order_make(const double *time, const uint8_t *event, size_t n, bool timefix,
                        struct tta_time_order *order, struct tta_error *e);
void tta_time_order_release(struct tta_time_order *order);

/*
 * A stable sort of the numbers 0..n-1, places in an order whose rows are row[],
 * by the rows' strata: start[g] (strata + 1 of them) is where g begins in seq.
 * stratum NULL: all are in one.
 */
void tta_order_by_stratum(const int32_t *stratum, size_t strata, const uint32_t *row, size_t n,
                          size_t *start, uint32_t *seq);

/*
 * A stable radix sort of n items by key. Returns the array, a or b, that holds the result; the
 * other is destroyed. buckets: TTA_SORT_BUCKETS of work.
 */
struct tta_sort_item {
    uint64_t key; /* the bits of a double that is not negative sort as it does */
    uint32_t row;
};
#define TTA_SORT_BUCKETS (6 * 2048)
const struct tta_sort_item *tta_sort_items(struct tta_sort_item *a, struct tta_sort_item *b,
                                           size_t n, uint32_t *buckets);

/* Fails with TTA_E_DATA, the 1-based number of the row, and the sentence. */
int tta_survival_fail_row(struct tta_error *e, size_t row, const char *sentence);

/* Every weight above 0 and within its limits; is any not whole? */
int tta_survival_check_weights(const double *weight, size_t n, bool *fractional,
                               struct tta_error *e);

/* The normal quantile for two-sided limits; fails unless 0 < level < 1. */
int tta_survival_quantile(double level, double *z, struct tta_error *e);

#endif
