/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is read off a finished curve: limits, quantiles, the curve at a time. */
#include <math.h>

#include "km.h"

/* R's tolerance in quantile(survfit) */
#define SHARE_TOLERANCE 0x1p-26

/* The limits of R's survfit_confint; se is that of log S. */
void tta_km_limits(struct tta_km_row *r, double se, enum tta_conf_type type, double z)
{
    const double half_turn = acos(0);
    double s = r->survival, width;

    r->lower = r->upper = NAN;
    if (s <= 0 || (s >= 1 && type != TTA_CONF_LOG && type != TTA_CONF_PLAIN))
        return;
    switch (type) {
    case TTA_CONF_LOG:
        r->lower = exp(log(s) - z * se);
        r->upper = fmin(exp(log(s) + z * se), 1);
        break;
    case TTA_CONF_LOG_LOG:
        width = z * se / log(s);
        r->lower = exp(-exp(log(-log(s)) - width));
        r->upper = exp(-exp(log(-log(s)) + width));
        break;
    case TTA_CONF_PLAIN:
        r->lower = fmax(s - z * se * s, 0);
        r->upper = fmin(s + z * se * s, 1);
        break;
    case TTA_CONF_LOGIT:
        width = z * se * (1 + s / (1 - s));
        r->lower = 1 - 1 / (1 + exp(log(s / (1 - s)) - width));
        r->upper = 1 - 1 / (1 + exp(log(s / (1 - s)) + width));
        break;
    case TTA_CONF_ARCSIN:
        width = 0.5 * z * se * sqrt(s / (1 - s));
        r->lower = pow(sin(fmax(0, asin(sqrt(s)) - width)), 2);
        r->upper = pow(sin(fmin(half_turn, asin(sqrt(s)) + width)), 2);
        break;
    }
}

enum height { AT_SURVIVAL, AT_LOWER, AT_UPPER };

static double height(const struct tta_km_row *r, enum height h)
{
    return h == AT_SURVIVAL ? r->survival : h == AT_LOWER ? r->lower : r->upper;
}

/* The first time at which 1 - height is at least share; halfway to the next fall when equal. */
static double first_time(const struct tta_km_row *rows, size_t count, double share, enum height h)
{
    double first = NAN;

    if (share <= 0)
        return 0;
    for (size_t i = 0; i < count; i++) {
        double fallen = 1 - height(&rows[i], h);

        if (isnan(fallen))
            continue;
        if (isnan(first) && fallen >= share - SHARE_TOLERANCE)
            first = rows[i].time;
        if (fallen >= share + SHARE_TOLERANCE)
            return (first + rows[i].time) / 2;
    }
    /* equal until the end */
    return isnan(first) || isnan(height(&rows[count - 1], h)) ? NAN
                                                              : (first + rows[count - 1].time) / 2;
}

struct tta_km_quantile tta_km_quantile(const struct tta_km_row *rows, size_t count, double p)
{
    /* the curve's lower limit comes down first */
    struct tta_km_quantile q = {first_time(rows, count, p, AT_SURVIVAL),
                                first_time(rows, count, p, AT_LOWER),
                                first_time(rows, count, p, AT_UPPER)};

    return q;
}

struct tta_km_row tta_km_at(const struct tta_km_row *rows, size_t count, double from, double time)
{
    struct tta_km_row at = {.survival = 1, .lower = 1, .upper = 1};
    size_t i = 0;

    for (; i < count && rows[i].time <= time; i++) {
        double n_event = at.n_event + (rows[i].time > from ? rows[i].n_event : 0);
        double n_censor = at.n_censor + (rows[i].time > from ? rows[i].n_censor : 0);

        at = rows[i];
        at.n_event = n_event;
        at.n_censor = n_censor;
    }
    /* those at risk just before the time; between two times, those of the next */
    if (i == 0 || rows[i - 1].time < time)
        at.n_risk = i < count ? rows[i].n_risk : 0;
    at.time = time;
    return at;
}
