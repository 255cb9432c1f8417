/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The allotments in rising order of the number that has bit i for unit i of the
 * first arm. The low units' subsets are made once, by their size, with their sums;
 * the high units are decided from the top down, and a row of low subsets closes
 * each: a few additions an allotment, and memory for 2^12 subsets.
 */
#include <stdlib.h>

#include "allotments.h"

#define LOW 12       /* units decided by table */
#define LOW_MOST 924 /* C(12, 6): the longest row of the table */

struct walk {
    const struct tta_allotments *a;
    size_t low;            /* units in the table */
    uint16_t *set;         /* the table's subsets, by size, each size rising */
    int64_t *sum;          /* their sums: by size a part, in it by covariate a row */
    size_t start[LOW + 2]; /* where each size begins in set */
    int64_t *base;         /* width: sums of the high units that are in */
    bool *in_first;
    uint64_t high; /* the same as bits, of the first 64 */
    uint64_t scores[LOW_MOST];
    tta_see_allotments *see;
    void *context;
};

uint64_t tta_combinations(uint64_t n, uint64_t m, uint64_t most)
{
    tta_wide c = 1;

    if (m > n)
        return 0;
    if (m > n - m)
        m = n - m;
    for (uint64_t i = 1; i <= m; i++) { /* C(n - m + i, i): always whole, and rising */
        c = c * (n - m + i) / i;
        if (c > most)
            return UINT64_MAX;
    }
    return (uint64_t)c;
}

static unsigned members(unsigned set)
{
    return (unsigned)__builtin_popcount(set);
}

/* The table: size by size, in each the subsets in rising order. */
static int make_table(struct walk *w)
{
    const struct tta_allotments *a = w->a;
    size_t sets = (size_t)1 << w->low, at = 0;

    w->set = malloc(sets * sizeof *w->set);
    w->sum = calloc(sets * a->width, sizeof *w->sum);
    if (w->set == NULL || w->sum == NULL)
        return TTA_E_MEMORY;
    for (unsigned size = 0; size <= w->low; size++) {
        w->start[size] = at;
        for (unsigned s = 0; s < sets; s++)
            if (members(s) == size)
                w->set[at++] = (uint16_t)s;
        for (size_t c = 0; c < a->width; c++) {
            int64_t *sum = w->sum + w->start[size] * a->width + c * (at - w->start[size]);

            for (size_t k = w->start[size]; k < at; k++)
                for (unsigned i = 0; i < w->low; i++)
                    if ((w->set[k] >> i & 1) != 0)
                        sum[k - w->start[size]] += a->z[i * a->width + c];
        }
    }
    w->start[w->low + 1] = at;
    return 0;
}

/* All subsets of the low units with that many members, under what is decided above. */
static bool close_row(struct walk *w, size_t size)
{
    const struct tta_allotments *a = w->a;
    size_t count = w->start[size + 1] - w->start[size], found;
    struct tta_allotment_row row = {w->scores, count, w->high, w->set + w->start[size]};
    const int64_t *sum = w->sum + w->start[size] * a->width;

    for (size_t k = 0; k < count; k++)
        w->scores[k] = 0;
    for (size_t c = 0; c < a->width; c++, sum += count)
        for (size_t k = 0; k < count; k++) {
            int64_t t = w->base[c] + sum[k];

            w->scores[k] += a->weight[c] * (uint64_t)(t * t);
        }
    found = w->see(w->context, &row);
    if (found == TTA_SEE_ON)
        return false;
    for (size_t i = 0; i < w->low; i++)
        w->in_first[i] = (w->set[w->start[size] + found] >> i & 1) != 0;
    return true;
}

static void take(struct walk *w, size_t unit, bool in)
{
    w->in_first[unit] = in;
    if (unit < 64)
        w->high ^= UINT64_C(1) << unit;
    for (size_t c = 0; c < w->a->width; c++)
        w->base[c] += in ? w->a->z[unit * w->a->width + c] : -w->a->z[unit * w->a->width + c];
}

/*
 * The units below unit have left places to fill. Without it first, so that the
 * number rises. True: it was found.
 */
static bool decide(struct walk *w, size_t unit, size_t left)
{
    bool found = false;

    if (unit == w->low || left == 0)
        return close_row(w, left);
    if (left < unit) /* they fit into the units below this one */
        found = decide(w, unit - 1, left);
    if (!found && left > 0) {
        take(w, unit - 1, true);
        found = decide(w, unit - 1, left - 1);
        if (!found)
            take(w, unit - 1, false);
    }
    return found;
}

/* Who is in the first arm of the list, as bits, and their score. */
static uint64_t score_of(const struct tta_allotments *a, const uint16_t *list, uint64_t *set)
{
    uint64_t score = 0;

    *set = 0;
    for (size_t i = 0; i < a->n && i < 64; i++)
        *set |= (uint64_t)(list[i] == 0) << i;
    for (size_t c = 0; c < a->width; c++) {
        int64_t t = 0;

        for (size_t i = 0; i < a->n; i++)
            t += list[i] == 0 ? a->z[i * a->width + c] : 0;
        score += a->weight[c] * (uint64_t)(t * t);
    }
    return score;
}

static int walk_drawn(struct walk *w, struct tta_error *e)
{
    const struct tta_allotments *a = w->a;
    uint64_t sizes[2] = {a->m, a->n - a->m}, score;
    struct tta_allotment_row row = {&score, 1, 0, NULL};
    uint16_t *list = malloc(a->n * sizeof *list + 1);
    struct tta_stream s;
    bool found = false;
    int rc = list == NULL ? tta_fail_memory(e) : 0;

    tta_stream_of(&s, a->key, tta_text_of("/candidates"));
    for (uint64_t d = 0; rc == 0 && !found && d < a->drawn; d++) {
        rc = tta_draw_complete(sizes, 2, a->n, &s, list, e);
        if (rc == 0) {
            score = score_of(a, list, &row.high);
            found = w->see(w->context, &row) == 0;
        }
    }
    for (size_t i = 0; rc == 0 && found && i < a->n; i++)
        w->in_first[i] = list[i] == 0;
    tta_stream_wipe(&s);
    free(list);
    return rc;
}

int tta_allotments_walk(const struct tta_allotments *a, tta_see_allotments *see, void *context,
                        bool *in_first, struct tta_error *e)
{
    struct walk *w = calloc(1, sizeof *w);
    int rc = 0;

    if (w == NULL)
        return tta_fail_memory(e);
    w->a = a;
    w->low = a->n < LOW ? a->n : LOW;
    w->see = see;
    w->context = context;
    w->in_first = in_first;
    w->base = calloc(a->width, sizeof *w->base);
    if (w->base == NULL || (a->drawn == 0 && make_table(w) != 0))
        rc = tta_fail_memory(e);
    else if (a->drawn > 0)
        rc = walk_drawn(w, e);
    else
        (void)decide(w, a->n, a->m);
    free(w->base);
    free(w->set);
    free(w->sum);
    free(w);
    return rc;
}
