/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/cost_present.h"

#include <math.h>

#include "tta/number.h"

const char *const tta_flow_timing_names[] = {"start", "middle", "end", NULL};

int tta_index_convert(const struct tta_price_index *index, int64_t ore, int32_t from, int32_t to,
                      int64_t *out, struct tta_error *e)
{
    const int32_t years[] = {from, to};

    *out = ore;
    if (from == to)
        return 0;
    for (int i = 0; i < 2; i++)
        if (years[i] < index->first_year || years[i] >= index->first_year + index->count)
            return tta_fail(e, TTA_E_DATA, "price index %s has no year %d", index->id, years[i]);
    return tta_muldiv_half_up(ore, index->micro[to - index->first_year],
                              index->micro[from - index->first_year], out)
               ? 0
               : tta_fail(e, TTA_E_DATA, "an amount too large to hold");
}

static long double rate_of(const struct tta_discount *d, int32_t year)
{
    int32_t band = 0;

    while (year > d->to_year[band])
        band++;
    return (long double)d->rate_micro[band] / TTA_MICRO;
}

long double tta_discount_factor(const struct tta_discount *d, int32_t year,
                                enum tta_flow_timing timing)
{
    long double factor = 1;

    for (int32_t y = 1; y <= year; y++)
        factor /= 1 + rate_of(d, y);
    if (timing == TTA_FLOW_MIDDLE)
        factor /= sqrtl(1 + rate_of(d, year + 1));
    if (timing == TTA_FLOW_END)
        factor /= 1 + rate_of(d, year + 1);
    return factor;
}

void tta_discount_factors(const struct tta_discount *d, int32_t years, enum tta_flow_timing timing,
                          long double *factor)
{
    long double start = 1;

    for (int32_t y = 0; y < years; y++) {
        long double next = 1 + rate_of(d, y + 1);

        factor[y] = start;
        if (timing == TTA_FLOW_MIDDLE)
            factor[y] /= sqrtl(next);
        if (timing == TTA_FLOW_END)
            factor[y] /= next;
        start /= next;
    }
}

bool tta_present_value(int64_t ore, long double factor, int64_t *out)
{
    long double value = (long double)ore * factor;

    if (!(fabsl(value) < 9.2e18L))
        return false;
    *out = llroundl(value);
    return true;
}
