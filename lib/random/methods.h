/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_RANDOM_METHODS_H
#define TTA_RANDOM_METHODS_H
/*
 * One file, one kind of method. What is drawn are things: the rows of the list, or
 * its clusters. A method gets the things of one stratum in their order, and that
 * stratum's stream from its first word.
 */
#include "tta/allocate.h"

__extension__ typedef unsigned __int128 tta_wide;
__extension__ typedef __int128 tta_swide;

struct tta_job {
    const struct tta_plan *plan;
    const struct tta_key *key;
    const struct tta_units *units;
    size_t n; /* things */
    struct tta_allocation *out;
    uint16_t *arm; /* n */
};

struct tta_things {
    const uint32_t *thing; /* their numbers, rising */
    size_t n;
};

/* The row that says what a thing is like: itself, or the first of its cluster. */
static inline size_t tta_row_of(const struct tta_job *j, size_t thing)
{
    return j->plan->unit == NULL ? thing : j->units->first[thing];
}

/* The arm whose part of 0 .. sum-1, laid out in their order, holds x. */
static inline uint16_t tta_arm_at(const struct tta_arms *arms, uint64_t x)
{
    uint16_t a = 0;

    while (x >= arms->items[a].number)
        x -= arms->items[a++].number;
    return a;
}

/* The things of stratum i have its stream, from word 0: ask tta_stream_check, wipe it. */
static inline void tta_stream_of_stratum(struct tta_stream *s, const struct tta_job *j, size_t i)
{
    tta_stream_of(s, j->key, tta_names_text(&j->units->strata, (int32_t)i));
}

typedef int tta_draw_method(struct tta_job *j, const struct tta_things *strata, size_t count,
                            struct tta_error *e);
tta_draw_method tta_draw_sequence; /* simple, blocks, biased coin, big stick, urn */
tta_draw_method tta_draw_minimised;
tta_draw_method tta_draw_pairs;
tta_draw_method tta_draw_lists; /* complete, cluster, stepped */
tta_draw_method tta_draw_constrained;

/*
 * For pairs by distance. scale: n x width numbers whose plain distances are
 * Mahalanobis'; the caller frees. pairs: partner[i] is the place in t of the
 * partner of t.thing[i].
 */
int tta_match_scale(const struct tta_job *j, double **z, struct tta_error *e);
int tta_match_pairs(const double *z, size_t width, struct tta_things t, uint32_t *partner,
                    struct tta_error *e);

/* From shares: sizes of the arms that add up to n, one word (man tta-generator, step 7). */
void tta_sizes_of_ratio(const struct tta_arms *arms, size_t n, struct tta_stream *s,
                        uint64_t *sizes);

/* The whole part of the square root. */
uint64_t tta_square_root(tta_wide x);

#endif
