/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How much there may be: asked before an array is looked at, so that a test needs none. */
#include "tta/counts.h"

int tta_survival_check_size(size_t rows, struct tta_error *e)
{
    if (rows <= TTA_SURVIVAL_ROWS_MAX)
        return 0;
    return tta_fail(e, TTA_E_DATA, "more than %llu rows",
                    (unsigned long long)TTA_SURVIVAL_ROWS_MAX);
}

int tta_counts_check_size(const struct tta_counts *parts, size_t count, struct tta_error *e)
{
    int64_t left = TTA_COUNTS_ROWS_MAX, read = TTA_COUNTS_ROWS_MAX;

    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; left >= 0 && k < parts[i].count; k++)
            left = parts[i].counts[k].tally.rows > left ? -1 : left - parts[i].counts[k].tally.rows;
        if (left < 0 || parts[i].rows > read || parts[i].rejected > read - parts[i].rows)
            return tta_fail(e, TTA_E_DATA, "the parts count more than %lld rows",
                            (long long)TTA_COUNTS_ROWS_MAX);
        read -= parts[i].rows + parts[i].rejected;
    }
    return 0;
}
