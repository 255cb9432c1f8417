/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cox.h"

#include <math.h>

bool tta_cox_is_infinite(const struct tta_cox_data *d, const double *direction, double tolerance)
{
    const double *x = d->x;
    double top = -INFINITY, slack = 0;

    for (size_t j = 0; j < d->p; j++)
        slack += fabs(direction[j]);
    slack *= tolerance;
    for (size_t b = 0; b < d->blocks; b++) {
        size_t others = d->block[b].rows - d->block[b].events;
        double lowest = INFINITY; /* of the events */

        for (size_t i = 0; i < d->block[b].rows; i++, x += d->p) {
            double sum = 0;

            for (size_t j = 0; j < d->p; j++)
                sum += x[j] * direction[j];
            top = fmax(top, sum);
            if (i >= others)
                lowest = fmin(lowest, sum);
        }
        if (!(lowest >= top - slack))
            return false; /* as a rule after a few blocks */
    }
    return true;
}

static bool is_extreme(const struct tta_cox_data *d, size_t term, double sign)
{
    const double *x = d->x + term;
    double top = -INFINITY;

    for (size_t b = 0; b < d->blocks; b++) {
        size_t others = d->block[b].rows - d->block[b].events;
        double lowest = INFINITY;

        for (size_t i = 0; i < d->block[b].rows; i++, x += d->p) {
            top = fmax(top, sign * *x);
            if (i >= others)
                lowest = fmin(lowest, sign * *x);
        }
        if (lowest < top)
            return false;
    }
    return true;
}

bool tta_cox_infinite_term(const struct tta_cox_data *d, size_t *term, int *sign)
{
    for (*term = 0; *term < d->p; ++*term)
        for (*sign = 1; *sign >= -1; *sign -= 2)
            if (is_extreme(d, *term, *sign))
                return true;
    return false;
}
