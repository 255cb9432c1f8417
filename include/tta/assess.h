/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_ASSESS_H
#define TTA_ASSESS_H
/*
 * Is an allocation what a draw should be? And how much of it could somebody foresee
 * who sees every lot once it is drawn? Units are in the order of the list; where
 * clusters are drawn whole, a cluster is a unit, at its first row.
 */
#include "tta/allocate.h"

/*
 * Runs of one arm in a row of n: more than by chance when arms alternate, fewer when
 * they stick (Wald and Wolfowitz 1940; for more than two arms Mood, Ann. Math. Statist.
 * 11 (1940) 367, eq. 4.1): mean and variance given the numbers of each arm, p two-sided
 * from the normal distribution. p is NaN when there is but one arm.
 */
struct tta_runs {
    uint64_t runs;
    double expected, variance, p;
};
int tta_runs_test(const uint16_t *arm, size_t n, size_t arms, struct tta_runs *out,
                  struct tta_error *e);

/*
 * The convergence strategy of Blackwell and Hodges (Ann. Math. Statist. 28 (1957) 449):
 * always guess the arm that is furthest behind; of several the one with the largest
 * share, of these any. Gives the expected number of right guesses in a row of n lots.
 * share: of every arm, as whole numbers. block: after so many lots, again and again, all
 * arms have their share, and the guesser knows; 0: never, or he does not know when.
 * For two equal arms that makes no difference; in blocks of 2 m he is right in
 * m + 2^(2 m - 1) / (2 m over m) - 1/2 of 2 m, so in 3 of 4 when they are of two.
 */
double tta_guesses(const uint16_t *arm, size_t n, const uint64_t *share, size_t arms, size_t block,
                   uint64_t *scratch);

/* The units of one stratum in their order: places in row. */
struct tta_assess_stratum {
    struct tta_text label; /* borrowed from the units */
    size_t begin, count;
};

struct tta_assessment {
    struct tta_assess_stratum *strata; /* in byte order of their labels */
    size_t stratum_count;
    size_t *row; /* of every unit, by stratum */
    size_t units, arms;
    uint64_t *share; /* of every arm; their sum is whole */
    uint64_t whole;
    size_t redraws;
    size_t worst;          /* the unit whose arm over all redraws is furthest from its shares */
    double worst_expected; /* arms - 1, its degrees of freedom */
    double worst_chisq;
    double p;          /* of that, times the number of units (Bonferroni); at most 1 */
    double guessed;    /* mean share of right guesses over the redraws */
    double guessed_se; /* its Monte Carlo standard error */
    double foreseen;   /* the better of the two: guessed and blind */
    double blind;      /* what guessing the largest arm would reach */
};

/* The strata and shares alone, without redraws. */
int tta_assess_begin(struct tta_assessment *a, const struct tta_plan *p, const struct tta_units *u,
                     struct tta_error *e);

/* Units of arm k among n, and how many its share says. */
double tta_assess_count(const uint16_t *arm, size_t n, size_t k);
double tta_assess_expected(const struct tta_assessment *a, size_t n, size_t k);

/*
 * Draws again, redraws times, under the keys that tta_key_derive makes of "check 0",
 * "check 1" ...: is every unit in every arm as often as it should?
 */
int tta_assess_redraw(struct tta_assessment *a, const struct tta_plan *p, const struct tta_key *key,
                      const struct tta_units *u, size_t redraws, struct tta_error *e);

void tta_assessment_release(struct tta_assessment *a);

#endif
