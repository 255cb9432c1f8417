/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_RANDOM_ALLOTMENTS_H
#define TTA_RANDOM_ALLOTMENTS_H
/*
 * All ways to give m of n units to the first arm, or some that were drawn, each with
 * its score: the weighted sum over covariates of the square of the first arm's sum.
 */
#include "methods.h"

struct tta_allotments {
    size_t n, m, width;     /* units, of them in the first arm; covariates */
    const int64_t *z;       /* n x width: standardised covariates */
    const uint64_t *weight; /* width */
    uint64_t drawn;         /* 0: all of them; else so many, from that stream: */
    const struct tta_key *key;
};

/* C(n, m), or UINT64_MAX when it is more than most. */
uint64_t tta_combinations(uint64_t n, uint64_t m, uint64_t most);

/* Some allotments that follow each other. */
struct tta_allotment_row {
    const uint64_t *scores;
    size_t count;
    uint64_t high;       /* bit i: unit i is in the first arm, of all of the row; up to 64 units */
    const uint16_t *low; /* NULL, or of each the bits that are added to those */
};

static inline uint64_t tta_allotment_set(const struct tta_allotment_row *row, size_t i)
{
    return row->high | (row->low == NULL ? 0 : row->low[i]);
}

/*
 * Calls see with all allotments in their order, a row at a time. When it returns a
 * place below the row's count, the walk ends, and in_first[0 .. n-1], all false before,
 * says who is in the first arm of that allotment.
 */
typedef size_t tta_see_allotments(void *context, const struct tta_allotment_row *row);
#define TTA_SEE_ON SIZE_MAX
int tta_allotments_walk(const struct tta_allotments *a, tta_see_allotments *see, void *context,
                        bool *in_first, struct tta_error *e);

#endif
