/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/cost_icer.h"

#define MATHLIB_STANDALONE 1
#include <Rmath.h>
#include <math.h>
#include <stdlib.h>

struct moments {
    double cost, effect, cost2, effect2, both; /* means; variances and covariance of the means */
};

static struct moments moments_of(const struct tta_icer_arm *arm)
{
    struct moments m = {0};
    double n = (double)arm->n;

    for (size_t i = 0; i < arm->n; i++) {
        m.cost += arm->cost[i] / n;
        m.effect += arm->effect[i] / n;
    }
    for (size_t i = 0; i < arm->n; i++) {
        double c = arm->cost[i] - m.cost, f = arm->effect[i] - m.effect;

        m.cost2 += c * c / (n - 1) / n;
        m.effect2 += f * f / (n - 1) / n;
        m.both += c * f / (n - 1) / n;
    }
    return m;
}

double tta_icer_value(enum tta_icer_measure measure, double price, double cost, double effect)
{
    switch (measure) {
    case TTA_ICER_COST:
        return cost;
    case TTA_ICER_EFFECT:
        return effect;
    case TTA_ICER_RATIO:
        if (fabs(effect) > 0)
            return cost / effect;
        return cost > 0 ? INFINITY : cost < 0 ? -INFINITY : 0;
    case TTA_ICER_BENEFIT:
        break;
    }
    return price * effect - cost;
}

int tta_icer(const struct tta_icer_arm arms[2], struct tta_icer *out, struct tta_error *e)
{
    struct moments a, b;

    if (arms[0].n < 2 || arms[1].n < 2)
        return tta_fail(e, TTA_E_DATA, "each arm needs two cases or more");
    a = moments_of(&arms[0]);
    b = moments_of(&arms[1]);
    out->cost = a.cost - b.cost;
    out->effect = a.effect - b.effect;
    out->cost_se = sqrt(a.cost2 + b.cost2);
    out->effect_se = sqrt(a.effect2 + b.effect2);
    out->covariance = a.both + b.both;
    out->ratio = fabs(out->effect) > 0 ? out->cost / out->effect : NAN;
    return 0;
}

double tta_icer_benefit(const struct tta_icer *fit, double price)
{
    return price * fit->effect - fit->cost;
}

double tta_icer_benefit_se(const struct tta_icer *fit, double price)
{
    double v = price * price * fit->effect_se * fit->effect_se + fit->cost_se * fit->cost_se -
               2 * price * fit->covariance;

    return v > 0 ? sqrt(v) : 0;
}

int tta_icer_bootstrap(const struct tta_icer_arm arms[2], struct tta_stream *stream, size_t draws,
                       double *cost, double *effect, struct tta_error *e)
{
    for (size_t d = 0; d < draws; d++) {
        double mean[2][2];

        for (int k = 0; k < 2; k++) {
            double sum_cost = 0, sum_effect = 0;

            for (size_t i = 0; i < arms[k].n; i++) {
                uint64_t at = tta_stream_below(stream, arms[k].n);

                sum_cost += arms[k].cost[at];
                sum_effect += arms[k].effect[at];
            }
            mean[k][0] = sum_cost / (double)arms[k].n;
            mean[k][1] = sum_effect / (double)arms[k].n;
        }
        cost[d] = mean[0][0] - mean[1][0];
        effect[d] = mean[0][1] - mean[1][1];
    }
    return tta_stream_check(stream, e);
}

double tta_icer_acceleration(const struct tta_icer_arm arms[2], enum tta_icer_measure measure,
                             double price)
{
    struct moments m[2] = {moments_of(&arms[0]), moments_of(&arms[1])};
    double cubes = 0, squares = 0;

    for (int k = 0; k < 2; k++) {
        double n = (double)arms[k].n, sign = k == 0 ? 1 : -1, mean = 0;

        /* twice: for their mean, and from it */
        for (int pass = 0; pass < 2; pass++)
            for (size_t i = 0; i < arms[k].n; i++) {
                double c = (m[k].cost - arms[k].cost[i]) / (n - 1); /* of the mean without i */
                double f = (m[k].effect - arms[k].effect[i]) / (n - 1);
                double left = tta_icer_value(measure, price, m[0].cost - m[1].cost + sign * c,
                                             m[0].effect - m[1].effect + sign * f);

                if (pass == 0) {
                    mean += left / n;
                } else {
                    cubes += (mean - left) * (mean - left) * (mean - left);
                    squares += (mean - left) * (mean - left);
                }
            }
    }
    return squares > 0 && isfinite(squares) ? cubes / (6 * pow(squares, 1.5)) : 0;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double quantile(const double *sorted, size_t n, double p)
{
    double at = (double)(n - 1) * p, whole = floor(at);
    size_t i = (size_t)whole;

    return sorted[i] + (at - whole) * (sorted[i + 1 < n ? i + 1 : i] - sorted[i]);
}

void tta_icer_limits(double *draws, size_t n, double estimate, double acceleration, double level,
                     struct tta_icer_interval *out)
{
    size_t below = 0, above = 0;
    double tail = (1 - level) / 2, z0;

    qsort(draws, n, sizeof *draws, by_size);
    for (size_t i = 0; i < n; i++) {
        below += draws[i] < estimate;
        above += draws[i] > 0;
    }
    out->lower = quantile(draws, n, tail);
    out->upper = quantile(draws, n, 1 - tail);
    out->above = (double)above / (double)n;
    out->bca_lower = out->bca_upper = NAN;
    if (below == 0 || below == n)
        return;
    z0 = qnorm5((double)below / (double)n, 0, 1, 1, 0);
    for (int k = 0; k < 2; k++) {
        double z = z0 + qnorm5(k == 0 ? tail : 1 - tail, 0, 1, 1, 0);
        double p = pnorm5(z0 + z / (1 - acceleration * z), 0, 1, 1, 0);

        if (isnan(p))
            return;
        *(k == 0 ? &out->bca_lower : &out->bca_upper) = quantile(draws, n, p);
    }
}

void tta_icer_quadrants(const double *cost, const double *effect, size_t n,
                        double share[TTA_ICER_QUADRANTS])
{
    size_t count[TTA_ICER_QUADRANTS] = {0};

    for (size_t i = 0; i < n; i++)
        if (!(fabs(cost[i]) > 0) || !(fabs(effect[i]) > 0))
            count[4]++;
        else
            count[cost[i] > 0 ? (effect[i] > 0 ? 0 : 1) : (effect[i] > 0 ? 3 : 2)]++;
    for (int i = 0; i < TTA_ICER_QUADRANTS; i++)
        share[i] = (double)count[i] / (double)n;
}

size_t tta_icer_other_side(const struct tta_icer *fit, const double *effect, size_t n)
{
    size_t count = 0;

    for (size_t i = 0; i < n; i++)
        count += fit->effect > 0 ? !(effect[i] > 0) : !(effect[i] < 0);
    return count;
}
