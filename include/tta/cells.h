/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CELLS_H
#define TTA_CELLS_H
/*
 * Rows in an order of their own: by time, then by what else they hold, in whatever order they
 * came. Equal rows stand together and become one cell with a count. An estimator that is
 * given cells has the same numbers in the same places, and so gives the same bits, for any
 * order of the rows, and also for rows that are counts of merged parts (tta/counts.h).
 */
#include "tta/survival.h"

/* What else a row holds: numbers, kinds or flags; one of them is there, borrowed. */
struct tta_cells_column {
    const double *number; /* no NaN; -0 is 0 */
    const int32_t *kind;
    const uint8_t *flag;
};

struct tta_cells {
    size_t rows, n;  /* n: cells */
    uint32_t *row;   /* the rows, cell after cell */
    uint32_t *first; /* n + 1: where the cell begins in row; NULL: each row is one by itself */
};

/*
 * together: equal rows are one cell; else each is its own, and only the order is made. The
 * columns are part of the order: the same ones in the same sequence, for the same bits.
 * Errors: a time, as in tta/survival.h. tta_cells_release frees. O(n log n) for ties, else O(n).
 */
int tta_cells_make(const double *time, const struct tta_cells_column *columns, size_t count,
                   size_t rows, bool together, struct tta_cells *out, struct tta_error *e);
void tta_cells_release(struct tta_cells *c);

/* The array, one value for each row, becomes one for each cell; it is freed. NULL stays NULL. */
int tta_cells_numbers(const struct tta_cells *c, double **array, struct tta_error *e);
int tta_cells_kinds(const struct tta_cells *c, int32_t **array, struct tta_error *e);
int tta_cells_flags(const struct tta_cells *c, uint8_t **array, struct tta_error *e);

/*
 * How many rows a cell stands for, where the rows stand for count themselves (NULL: 1 each). The
 * array is freed; *count is NULL when it is 1 for all.
 */
int tta_cells_counts(const struct tta_cells *c, double **count, struct tta_error *e);

/* The cell of each row. */
void tta_cells_of_rows(const struct tta_cells *c, uint32_t *cell);

#endif
