/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_LIB_RULES_SOLVE_H
#define TTA_LIB_RULES_SOLVE_H
/*
 * Is there a row in a state? Where values are computed from columns, the regions of a state
 * bind the columns together. What the columns can be is a box, an interval for each; from it
 * follow intervals for the computed values, and from the regions that these must lie in
 * follow narrower intervals for the columns. A box in which an interval becomes empty has no
 * row; one of single values is tried; any other is divided. So the search comes to an end, and
 * says so when it is not given the time.
 *
 * (Interval propagation and bisection: F. Benhamou et al., "Revising hull and box consistency",
 * ICLP 1999.)
 */
#include "analyse.h"

/* What a value can be. Truth values, choices and the regions of texts are numbers too. */
struct tta_range {
    int64_t lo, hi; /* where some */
    bool some, missing, bad;
};

struct tta_solver {
    struct tta_analysis *a;
    const uint64_t *state;
    struct tta_range *box;    /* one for each input, and today */
    struct tta_range *ranges; /* of each slot */
    bool *must;               /* of each slot: that it has a value in its range */
    const uint16_t *wanted;   /* slots that must not be what cannot be computed */
    size_t wanted_count;
    bool changed;  /* a box has become narrower */
    int64_t *left; /* steps */
};

#define TTA_RANGE_LEAST (INT64_MIN + 1)

/* solve_range.c: the ranges that follow from the box. */
void tta_solver_forward(struct tta_solver *s);
/* Does the region lie within the range? */
bool tta_solver_meets(const struct tta_solver *s, const struct tta_variable_of *v, size_t region);
/* The ends that a condition within a value can come to, as bits: 1 << ROW_YES ... */
unsigned tta_solver_ends(const struct tta_solver *s, const struct tta_rules_value *v);

/* solve_narrow.c: what the ranges that must hold say of the box. false: that there is no row. */
bool tta_solver_narrow(struct tta_solver *s);

#endif
