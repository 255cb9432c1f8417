/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_REPLAY_H
#define TTA_REPLAY_H
/*
 * The generators of others, to do again what was drawn in R or Stata. They are
 * not for new draws: their seeds have 32 bits, and whoever knows a few lots can
 * find the seed. tests/unit/random holds every function to what R and Stata gave
 * (testdata/reference/rng).
 *
 * An arm is a number, its place in the list of arms from 0. None of these know
 * strata: in R one stream goes from stratum to stratum, so the caller draws them
 * in their order.
 */
#include <stddef.h>
#include <stdint.h>

#include "tta/allocate.h"

/*
 * R's default generator: MT19937 (Matsumoto & Nishimura 1998), the state filled by
 * set.seed's own scrambling: s = 69069 s + 1 (mod 2^32), 50 times, then for each of
 * the 625 words. R's source: src/main/RNG.c.
 */
enum tta_r_sampling {
    TTA_R_REJECTION, /* sample() since R 3.6.0 (April 2019) */
    TTA_R_ROUNDING   /* before, or after RNGversion("3.5.0") */
};

struct tta_r {
    uint32_t state[624];
    uint32_t at; /* words used of the state */
    enum tta_r_sampling sampling;
};

/* set.seed(seed). R takes a seed of -2^31+1 .. 2^31-1; a negative one wraps. */
void tta_r_seed(struct tta_r *r, int32_t seed, enum tta_r_sampling sampling);

/* runif(1): strictly between 0 and 1. */
double tta_r_uniform(struct tta_r *r);

/*
 * sample()'s index below n, 1 <= n < 2^53. Rejection: ceil(log2 n) bits from 16-bit
 * pieces, again while too large. Rounding: floor(n * runif), from two uniforms for
 * n > 2^31 - 1.
 */
uint64_t tta_r_index(struct tta_r *r, uint64_t n);

/* x <- sample(x); takes one from the places left, and the last fills its place. */
void tta_r_shuffle(struct tta_r *r, uint16_t *list, size_t n);

/*
 * sample(arms, n, replace = TRUE, prob): prob NULL for equal chances. With prob the
 * chances are ordered by R's heapsort, which is not stable: ties matter. At most 200
 * arms (TTA_E_DATA): beyond, R uses another method (Walker's).
 */
int tta_r_simple(struct tta_r *r, size_t arms, const double *prob, uint16_t *out, size_t n,
                 struct tta_error *e);

/*
 * sample(arms, n, prob = prob), n <= arms, without replacement: each taken arm's
 * chance is removed. The same limit.
 */
int tta_r_without(struct tta_r *r, size_t arms, const double *prob, uint16_t *out, size_t n,
                  struct tta_error *e);

/*
 * blockrand(n, levels, block.sizes) of package blockrand 1.5: blocks until there are
 * n places or more, the last one whole. levels: the arms, one repeated where its
 * share is larger (2:1 is 0 0 1). multiples: block.sizes, of which a block of k has
 * k * level_count places; a lone one takes no draw. out (and block, the size of the
 * block of each place; may be NULL) have room for n + largest block - 1. Gives the
 * number of places.
 */
struct tta_r_blocks {
    const uint16_t *levels;
    size_t level_count;
    const uint32_t *multiples;
    size_t multiple_count;
};
size_t tta_r_blocks_room(const struct tta_r_blocks *b, size_t n);
size_t tta_r_blockrand(struct tta_r *r, const struct tta_r_blocks *b, size_t n, uint16_t *out,
                       uint32_t *block);

/*
 * randomizr 1.0.0. The chances are those of ratio (NULL: equal).
 *
 * complete_ra(n) without sizes, and cluster_ra of n clusters in byte order of their names.
 * Two arms of equal chances: one uniform is used, for who gets the odd one, also
 * when n is even. Otherwise as block_ra.
 *
 * block_ra within one block, and complete_ra(prob_each): floor(n * chance) of each
 * arm, the rest by sample() without replacement among the arms, then a shuffle.
 *
 * complete_ra(m = ) and (m_each = ) are a shuffle of the arms in their order, but
 * two arms of which the first is empty take no draw.
 */
int tta_r_complete_ra(struct tta_r *r, size_t arms, const uint32_t *ratio, uint16_t *out, size_t n,
                      struct tta_error *e);
int tta_r_block_ra(struct tta_r *r, size_t arms, const uint32_t *ratio, uint16_t *out, size_t n,
                   struct tta_error *e);

/*
 * Stata's runiform(). From Stata 14: MT19937-64 (Nishimura & Matsumoto 2004) from
 * init_genrand64(seed), 53 bits. Until Stata 13: KISS32 (Marsaglia) from the seed and
 * fixed words, 100 draws thrown away. seed: 0 .. 2^31-1.
 */
enum tta_stata_generator { TTA_STATA_MT64, TTA_STATA_KISS32 };

struct tta_stata {
    enum tta_stata_generator generator;
    uint64_t mt[312];
    uint32_t at, x, y, z, w;
};

void tta_stata_seed(struct tta_stata *s, uint32_t seed, enum tta_stata_generator generator);
double tta_stata_uniform(struct tta_stata *s);

/* In tests: a raw word of MT19937-64. */
uint64_t tta_stata_word(struct tta_stata *s);

/*
 * A whole allocation as a script would have drawn it. seed as in the functions above.
 *
 * R, by the plan's method:
 *   complete  sample(rep(arms, sizes)); with shares sample(rep(levels, length.out = n)),
 *             where levels are the arms, each repeated as its share says
 *   blocks    blockrand(n, levels, block.sizes); the plan's blocks are sizes in units
 *   simple    sample(arms, n, TRUE), with prob when the shares differ
 *   cluster   complete, of the clusters in order of appearance
 * Strata draw in turn, in byte order of their labels, from the one stream. With
 * randomizr: complete is complete_ra(n) or (m_each), with strata block_ra; cluster is
 * cluster_ra, which takes the clusters in byte order of their names.
 *
 * Stata: runiform() for every row in the order of the input, kept as a float unless
 * wide; sorted by stratum and that number; in the order of ranks the first arm, then
 * the second ... (gen arm = _n <= 20). With shares an arm ends at the last rank not
 * above n * (its share and those before it). Two rows of one number on a border
 * between arms are TTA_E_DATA: Stata's sort decides those by a seed of its own.
 *
 * Anything else (other methods) is TTA_E_USAGE.
 */
enum tta_replay_generator { TTA_REPLAY_R, TTA_REPLAY_STATA_MT64, TTA_REPLAY_STATA_KISS32 };

struct tta_replay {
    enum tta_replay_generator generator;
    int32_t seed;
    enum tta_r_sampling sampling; /* R */
    bool randomizr;               /* R */
    bool wide;                    /* Stata: gen double u = runiform() */
};

int tta_replay_check(const struct tta_replay *r, const struct tta_plan *p, struct tta_error *e);
int tta_replay_allocate(const struct tta_replay *r, const struct tta_plan *p,
                        const struct tta_units *u, struct tta_allocation *out, struct tta_error *e);

#endif
