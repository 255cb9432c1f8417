/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scenario_compute.h"

#include <math.h>

/* A product may be too large on the way, and not at its end. */
__extension__ typedef __int128 wide;

static const char too_large[] = "too large to hold";

static bool product(const struct tta_scenario_figure *f, const int64_t *term, int64_t *out)
{
    wide v = TTA_MICRO;

    for (size_t i = 0; i < f->count; i++) {
        wide by = i < f->first ? TTA_MICRO : term[i];

        if (__builtin_mul_overflow(v, (wide)(i < f->first ? term[i] : TTA_MICRO), &v))
            return false;
        v = (v >= 0 ? v + by / 2 : v - by / 2) / by;
    }
    *out = (int64_t)v;
    return v <= INT64_MAX && v > INT64_MIN;
}

/* term / divisor with the sign on top, because muldiv divides by positive numbers. */
static bool fix_signs(const struct tta_scenario_figure *f, int64_t *term)
{
    for (size_t i = f->first; i < f->count; i++) {
        if (term[i] == 0)
            return false;
        if (term[i] < 0) {
            term[i] = -term[i];
            term[0] = -term[0];
        }
    }
    return true;
}

static bool sum(const struct tta_scenario_figure *f, const int64_t *term, int64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < f->count; i++)
        if (!tta_add(*out, i < f->first ? term[i] : -term[i], out))
            return false;
    return true;
}

static bool to_micro(long double v, int64_t *out)
{
    if (!(fabsl(v) < 9.2e18L))
        return false;
    *out = llroundl(v);
    return true;
}

/* What a krone at the end of each of that many years is worth; years need not be whole. */
static long double annuity(long double years, long double rate)
{
    return rate == 0 ? years : -expm1l(-years * log1pl(rate)) / rate;
}

static const char *present_value(const int64_t *term, int64_t *out)
{
    long double years = (long double)term[1] / TTA_MICRO, rate = (long double)term[2] / TTA_MICRO;

    if (rate <= -1 || years < 0 || years > 1000)
        return "a rate or a number of years that cannot be";
    return to_micro((long double)term[0] * annuity(years, rate), out) ? NULL : too_large;
}

static const char *payback(const int64_t *term, int64_t *out)
{
    long double rate = (long double)term[2] / TTA_MICRO, years;

    *out = TTA_INTEGER_NONE;
    if (rate <= -1)
        return "a rate that cannot be";
    if (term[1] <= 0)
        return NULL;
    years = (long double)term[0] / (long double)term[1];
    if (years * rate >= 1)
        return NULL;
    if (rate != 0)
        years = -log1pl(-years * rate) / log1pl(rate);
    return to_micro(years * TTA_MICRO, out) ? NULL : too_large;
}

/* What each part's quantities are multiplied with; not rounded, so that its order does not matter.
 */
static void multipliers(const struct tta_scenario *s, const struct tta_scenario_flow *flow,
                        const int64_t *given, long double *out)
{
    for (size_t i = 0; i < flow->count; i++) {
        const struct tta_scenario_part *part = &s->part[flow->first + i];

        out[i] = 1;
        for (size_t k = 0; k < part->count; k++)
            out[i] *= (long double)given[part->factor[k]] / TTA_MICRO;
    }
}

static const char *over_years(const struct tta_scenario *s, const struct tta_scenario_figure *f,
                              const int64_t *given, const int64_t *term, int64_t *out)
{
    const struct tta_scenario_flow *flow = &s->flow[f->flow];
    struct tta_discount rates = {.count = (int32_t)f->count - 1};
    long double multiplier[TTA_SCENARIO_PARTS], factor[TTA_SCENARIO_YEARS], sum = 0;
    int32_t years = (int32_t)(term[0] / TTA_MICRO);

    for (int32_t i = 0; i < rates.count; i++) {
        rates.to_year[i] = f->to_year[i];
        rates.rate_micro[i] = term[i + 1];
        if (term[i + 1] <= -TTA_MICRO)
            return "a rate that cannot be";
    }
    if (rates.count > 0)
        tta_discount_factors(&rates, years, f->timing, factor);
    multipliers(s, flow, given, multiplier);
    for (int32_t y = 0; y < years; y++) {
        long double amount = 0;
        int64_t micro;

        for (size_t i = 0; i < flow->count; i++) {
            const struct tta_scenario_part *part = &s->part[flow->first + i];

            if (!part->at_end || y + 1 == years)
                amount += (long double)s->cell[part->cell + (size_t)y] * multiplier[i];
        }
        if (!to_micro(amount, &micro))
            return too_large;
        sum += rates.count > 0 ? (long double)micro * factor[y] : (long double)micro;
    }
    return to_micro(sum, out) ? NULL : too_large;
}

const char *tta_scenario_operate(const struct tta_scenario *s, const struct tta_scenario_figure *f,
                                 const int64_t *given, const int64_t *value, int64_t *out)
{
    int64_t term[2 * TTA_SCENARIO_TERMS];

    for (size_t i = 0; i < f->count; i++) {
        term[i] = f->term[i] < TTA_SCENARIO_INPUTS ? given[f->term[i]]
                                                   : value[f->term[i] - TTA_SCENARIO_INPUTS];
        if (term[i] == TTA_INTEGER_NONE) /* which also has no opposite */
            return "rests on what is never paid back";
    }
    switch (f->operation) {
    case TTA_PRODUCT:
        if (!fix_signs(f, term))
            return "a division by zero";
        return product(f, term, out) ? NULL : too_large;
    case TTA_SUM:
        return sum(f, term, out) ? NULL : too_large;
    case TTA_PRESENT_VALUE:
        return present_value(term, out);
    case TTA_PAYBACK:
        return payback(term, out);
    case TTA_OVER_YEARS:
        return over_years(s, f, given, term, out);
    }
    return too_large;
}
