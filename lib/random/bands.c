/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kinds of a stratum that are bands of a number, as cutpoints make them: no holes between. */
#include <math.h>
#include <stdlib.h>

#include "tta/allocate.h"
#include "tta/number.h"

struct band {
    struct tta_text from, to; /* ptr NULL: open */
    double at;                /* where it begins; open: before all */
};

/* "<30", ">=30<50", ">=50" */
static bool read_band(struct tta_text kind, struct band *out)
{
    static const struct tta_number_style plain = {'.', 0};
    const char *end = kind.ptr + kind.len, *less = memchr(kind.ptr, '<', kind.len);
    bool from = kind.len > 2 && memcmp(kind.ptr, ">=", 2) == 0;
    double to;

    memset(out, 0, sizeof *out);
    out->at = -HUGE_VAL;
    if (from) {
        out->from.ptr = kind.ptr + 2;
        out->from.len = (size_t)((less == NULL ? end : less) - out->from.ptr);
    }
    if (less != NULL) {
        out->to.ptr = less + 1;
        out->to.len = (size_t)(end - out->to.ptr);
    }
    return (from || less == kind.ptr) &&
           (!from || tta_double_parse(out->from, plain, &out->at) == NULL) &&
           (less == NULL || tta_double_parse(out->to, plain, &to) == NULL);
}

static int by_begin(const void *a, const void *b)
{
    const struct band *x = a, *y = b;

    return (x->at > y->at) - (x->at < y->at);
}

int tta_bands_check(const char *kinds, struct tta_error *e)
{
    size_t n = 0, most = strlen(kinds) / 2 + 1;
    struct band *band = calloc(most, sizeof *band);
    bool bands = true;
    int rc = band == NULL ? tta_fail_memory(e) : 0;

    for (const char *p = kinds; rc == 0 && bands; p++) {
        struct tta_text kind = {p, strcspn(p, "|")};

        bands = kind.len > 1 && read_band(kind, &band[n++]);
        p += kind.len;
        if (*p == '\0')
            break;
    }
    if (rc == 0 && bands)
        qsort(band, n, sizeof *band, by_begin);
    for (size_t i = 1; rc == 0 && bands && i < n; i++)
        if (band[i].from.ptr == NULL || !tta_text_equal(band[i - 1].to, band[i].from))
            rc = tta_fail(e, TTA_E_USAGE,
                          "--strata: each band begins where the one before ends: <30|>=30<50|>=50");
    free(band);
    return rc;
}
