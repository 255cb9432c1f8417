/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_LIB_REFUSION_INTERNAL_H
#define TTA_LIB_REFUSION_INTERNAL_H
/* What the files of lib/refusion share. */
#include "tta/refusion.h"

/* The scheme that says how weeks of benefit are counted: the first that counts them. NULL: none. */
static inline const struct tta_refusion_scheme *tta_refusion_rules(const struct tta_refusion_law *l)
{
    for (size_t i = 0; i < l->count; i++)
        if (l->scheme[i].counted == TTA_WEEKS_OF_BENEFIT)
            return &l->scheme[i];
    return NULL;
}

/* The first day on which benefit counts. A scheme alone is asked what would be: from ever. */
static inline tta_date tta_refusion_since(const struct tta_refusion_law *l)
{
    const struct tta_refusion_scheme *rules = l->dated ? tta_refusion_rules(l) : NULL;

    return rules == NULL ? TTA_DATE_NONE : rules->counted_since;
}

/* Half up. The common amounts stay in 64 bits; a share is 1 at the most, so nothing overflows. */
static inline int64_t tta_refusion_share(int64_t ore, int64_t micro)
{
    int64_t part = 0;

    if (ore <= (INT64_MAX - TTA_MICRO) / TTA_MICRO)
        return (ore * micro + TTA_MICRO / 2) / TTA_MICRO;
    tta_muldiv_half_up(ore, micro, TTA_MICRO, &part);
    return part;
}

/* Monday to Friday of at most seven days; to is from - 1 for none. */
static inline int tta_refusion_weekdays(tta_date from, tta_date to)
{
    int a = tta_date_weekday(from), b = a + (int)(to - from) + 1; /* days a..b-1 of two weeks */
    int first = (b < 7 ? b : 7) - (a > 5 ? a : 5), second = b - 12;

    return b - a - (first > 0 ? first : 0) - (second > 0 ? second : 0);
}

#endif
