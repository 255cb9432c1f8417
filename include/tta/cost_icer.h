/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_COST_ICER_H
#define TTA_COST_ICER_H
/*
 * Cost against effect of two arms: differences of means, their ratio (ICER), net
 * benefit at a price of the effect, and a bootstrap over cases within each arm.
 * Efron & Tibshirani, An Introduction to the Bootstrap (1993), ch. 13-14 for the
 * percentile and the BCa interval; the acceleration is that of the jackknife over
 * the cases of both arms. Kroner as doubles: statistics, not bookkeeping.
 */
#include <stddef.h>

#include "tta/error.h"
#include "tta/random.h"

/* The cases of an arm, borrowed. */
struct tta_icer_arm {
    size_t n; /* 2 or more */
    const double *cost, *effect;
};

struct tta_icer {
    double cost, effect;       /* intervention less control */
    double cost_se, effect_se; /* of those differences */
    double covariance;
    double ratio; /* cost / effect; NaN when the effects are equal */
};
/* arms[0] is the intervention. TTA_E_DATA: an arm of fewer than two. */
int tta_icer(const struct tta_icer_arm arms[2], struct tta_icer *out, struct tta_error *e);

/* The net benefit of the differences at a price of the effect: price x effect - cost. */
double tta_icer_benefit(const struct tta_icer *fit, double price);
double tta_icer_benefit_se(const struct tta_icer *fit, double price);

/*
 * Draws cases with replacement: in each draw n of the intervention, then n of the
 * control, each a draw below n (tta/random.h). The differences of means go to cost
 * and effect, both of so many.
 */
int tta_icer_bootstrap(const struct tta_icer_arm arms[2], struct tta_stream *stream, size_t draws,
                       double *cost, double *effect, struct tta_error *e);

/* What is looked at: a difference, their ratio (infinite without effect), or a net benefit. */
enum tta_icer_measure { TTA_ICER_COST, TTA_ICER_EFFECT, TTA_ICER_RATIO, TTA_ICER_BENEFIT };
double tta_icer_value(enum tta_icer_measure measure, double price, double cost, double effect);

/* sum u^3 / (6 (sum u^2)^1.5), u the jackknife's values less their mean in each arm. */
double tta_icer_acceleration(const struct tta_icer_arm arms[2], enum tta_icer_measure measure,
                             double price);

struct tta_icer_interval {
    double lower, upper;         /* percentile; R's type 7 */
    double bca_lower, bca_upper; /* NaN when all draws lie on one side of the estimate */
    double above;                /* share of draws above 0 */
};
/* Sorts the draws. */
void tta_icer_limits(double *draws, size_t n, double estimate, double acceleration, double level,
                     struct tta_icer_interval *out);

/*
 * Shares of the draws: dearer and better, dearer and worse, cheaper and worse, cheaper and
 * better, and those without a difference in cost or in effect.
 */
#define TTA_ICER_QUADRANTS 5
void tta_icer_quadrants(const double *cost, const double *effect, size_t n,
                        double share[TTA_ICER_QUADRANTS]);

/*
 * How many draws have no effect, or one on the other side of 0 than the estimate. Their
 * ratios do not stand in the order of what they mean, so with any of them the limits of
 * the ratio are not sound.
 */
size_t tta_icer_other_side(const struct tta_icer *fit, const double *effect, size_t n);

#endif
