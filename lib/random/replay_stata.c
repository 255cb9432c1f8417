/* SPDX-License-Identifier: GPL-2.0-or-later */
/* gen u = runiform(), sort stratum u, and the arms in the order of the ranks. */
#include <stdlib.h>

#include "replay.h"

struct drawn {
    double u;
    size_t row, item;
};

static int by_number(const void *a, const void *b)
{
    const struct drawn *x = a, *y = b;

    if (x->u != y->u)
        return x->u < y->u ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/* The last rank, from 1, of arm i among n. */
static size_t last_rank(const struct tta_plan *p, size_t i, size_t n)
{
    uint64_t until = 0, all = tta_replay_level_count(p);
    __extension__ typedef unsigned __int128 wide;

    for (size_t k = 0; k <= i; k++)
        until += p->arms.items[k].number;
    return tta_plan_is_ratio(p) ? (size_t)((wide)n * until / all) : (size_t)until;
}

static int one_stratum(const struct tta_plan *p, struct drawn *d, size_t n, uint16_t *arm,
                       struct tta_error *e)
{
    size_t rank = 0;

    qsort(d, n, sizeof *d, by_number);
    for (size_t i = 0; i < p->arms.count; i++) {
        size_t last = last_rank(p, i, n);

        if (rank > 0 && rank < last && d[rank].u == d[rank - 1].u)
            return tta_fail(e, TTA_E_DATA,
                            "rows %zu and %zu drew the same number, and get different arms: "
                            "Stata's sort decided that by a seed of its own",
                            d[rank - 1].row + 1, d[rank].row + 1);
        for (; rank < last && rank < n; rank++)
            arm[d[rank].item] = (uint16_t)i;
    }
    return 0;
}

int tta_replay_stata(const struct tta_replay *r, const struct tta_plan *p, size_t n,
                     struct tta_replay_list *l, struct tta_error *e)
{
    struct drawn *d = calloc(l->count + 1, sizeof *d);
    double *u = calloc(n + 1, sizeof *u);
    struct tta_stata s;
    int rc = d == NULL || u == NULL ? tta_fail_memory(e) : 0;

    tta_stata_seed(&s, (uint32_t)r->seed,
                   r->generator == TTA_REPLAY_STATA_MT64 ? TTA_STATA_MT64 : TTA_STATA_KISS32);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        u[i] = tta_stata_uniform(&s);
        if (!r->wide)
            u[i] = (float)u[i];
    }
    for (size_t i = 0; rc == 0 && i < l->count; i++)
        d[i] = (struct drawn){u[l->row[i]], l->row[i], i};
    for (size_t k = 0; rc == 0 && k < l->stratum_count; k++)
        rc = one_stratum(p, d + l->strata[k].begin, l->strata[k].count, l->arm, e);
    free(d);
    free(u);
    return rc;
}
