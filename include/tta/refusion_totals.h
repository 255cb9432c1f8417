/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_REFUSION_TOTALS_H
#define TTA_REFUSION_TOTALS_H
/*
 * Sums by period (a month or a year, as a number) and by the texts of some
 * columns. Memory grows with the sums there are, not with what is added.
 */
#include "tta/names.h"
#include "tta/refusion.h"

enum tta_refusion_sum {
    TTA_SUM_CASES,
    TTA_SUM_BENEFIT,
    TTA_SUM_EMPLOYER,
    TTA_SUM_STATE,
    TTA_SUM_MUNICIPALITY,
    TTA_SUM_OTHER_EMPLOYER, /* under the law compared with */
    TTA_SUM_OTHER_STATE,
    TTA_SUM_OTHER_MUNICIPALITY,
    TTA_SUMS
};
#define TTA_TOTALS_COLUMNS 16

/* {0} with columns set is an empty one. */
struct tta_refusion_totals {
    size_t columns; /* TTA_TOTALS_COLUMNS at the most */
    struct tta_names keys;
    struct tta_buffer key;
    int64_t (*sums)[TTA_SUMS];             /* by the number of the key */
    bool explain;                          /* set: keep what the sums rest on */
    struct tta_refusion_why *why, at_hand; /* by number; of the case at hand */
    int32_t cap;
    int64_t benefit_ore;   /* of all: while it fits, every sum does */
    int64_t all[TTA_SUMS]; /* but for the cases, which can be in several */
};

/* 0, or TTA_E_DATA when the benefit of all would be too large; then nothing was added. */
int tta_totals_room(struct tta_refusion_totals *t, int64_t benefit_ore, struct tta_error *e);
/* Within what room was asked for. why: NULL, or what it rests on. 0 or TTA_E_MEMORY. */
int tta_totals_add(struct tta_refusion_totals *t, int32_t period, const struct tta_text *cells,
                   const int64_t add[TTA_SUMS], const struct tta_refusion_why *why,
                   struct tta_error *e);
void tta_totals_release(struct tta_refusion_totals *t);

/* Their numbers in order of period, then of the cells' bytes; the caller frees. */
int tta_totals_order(const struct tta_refusion_totals *t, int32_t **order, struct tta_error *e);
/* What the sums of that number belong to: the period; the cells are borrowed. */
int32_t tta_totals_key(const struct tta_refusion_totals *t, int32_t number, struct tta_text *cells);

/*
 * Adds a case month by month, or year by year: the law first, the other (NULL:
 * none) beside it. persons may be NULL. Periods are year * 12 + month - 1, or years.
 */
int tta_totals_case(struct tta_refusion_totals *t, const struct tta_refusion_law *law,
                    const struct tta_refusion_case *c, struct tta_refusion_person *person,
                    bool other, bool by_year, const struct tta_text *cells, struct tta_error *e);

/* 32 hexadecimal digits and a NUL that differ where laws or options do. law[i] NULL: none. */
#define TTA_FINGERPRINT_SIZE 33
void tta_refusion_fingerprint(const struct tta_refusion_law *const *law, size_t count,
                              struct tta_text options, char out[TTA_FINGERPRINT_SIZE]);

#endif
