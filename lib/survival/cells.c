/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/cells.h"

#include <stdlib.h>
#include <string.h>

#include "order.h"

/* So many rows of one time are sorted by radix, whose buckets cost more than fewer rows do. */
#define MANY 1024

struct work {
    const struct tta_cells_column *columns;
    size_t count;
    uint64_t *hash;              /* by row: of its columns */
    struct tta_sort_item *items; /* twice the longest run of equal times */
    uint32_t *buckets;
    struct tta_cells *out;
    bool together;
};

static uint64_t bits_of(const struct tta_cells_column *c, size_t row)
{
    double number;
    uint64_t bits;

    if (c->kind != NULL)
        return (uint64_t)c->kind[row];
    if (c->flag != NULL)
        return c->flag[row];
    number = c->number[row] + 0.0; /* -0.0 becomes 0.0 */
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

/* Steps that can be undone, so that two rows that differ in one column only never meet. */
static uint64_t mix(uint64_t hash, uint64_t bits)
{
    hash = (hash ^ bits) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

static void hash_rows(struct work *w, size_t rows)
{
    memset(w->hash, 0, rows * sizeof *w->hash);
    for (size_t i = 0; i < w->count; i++)
        for (size_t row = 0; row < rows; row++)
            w->hash[row] = mix(w->hash[row], bits_of(&w->columns[i], row));
}

static int compare_rows(const struct work *w, uint32_t a, uint32_t b)
{
    for (size_t i = 0; i < w->count; i++) {
        uint64_t x = bits_of(&w->columns[i], a), y = bits_of(&w->columns[i], b);

        if (x != y)
            return x < y ? -1 : 1;
    }
    return 0;
}

static int by_key(const void *a, const void *b)
{
    const struct tta_sort_item *x = a, *y = b;

    return (x->key > y->key) - (x->key < y->key);
}

/* For rows that differ and have one hash, which needs somebody who looks for them. */
struct full {
    const struct work *w;
    uint32_t row;
};

static int by_columns(const void *a, const void *b)
{
    const struct full *x = a, *y = b;

    return compare_rows(x->w, x->row, y->row);
}

static int sort_fully(const struct work *w, uint32_t *row, size_t n)
{
    struct full *full = malloc(n * sizeof *full);

    if (full == NULL)
        return TTA_E_MEMORY;
    for (size_t i = 0; i < n; i++)
        full[i] = (struct full){w, row[i]};
    qsort(full, n, sizeof *full, by_columns);
    for (size_t i = 0; i < n; i++)
        row[i] = full[i].row;
    free(full);
    return 0;
}

/* n rows of one time, by hash. */
static const struct tta_sort_item *sort_run(struct work *w, const uint32_t *row, size_t n)
{
    for (size_t i = 0; i < n; i++)
        w->items[i] = (struct tta_sort_item){w->hash[row[i]], row[i]};
    if (n > MANY)
        return tta_sort_items(w->items, w->items + n, n, w->buckets);
    qsort(w->items, n, sizeof *w->items, by_key);
    return w->items;
}

static void begin_cell(struct work *w, size_t at)
{
    if (w->out->first != NULL)
        w->out->first[w->out->n] = (uint32_t)at;
    w->out->n++;
}

/* The rows row[first..end-1] have one time. */
static int divide_run(struct work *w, size_t first, size_t end)
{
    uint32_t *row = w->out->row;
    const struct tta_sort_item *sorted;

    if (end - first == 1) {
        begin_cell(w, first);
        return 0;
    }
    sorted = sort_run(w, row + first, end - first);
    for (size_t i = first; i < end; i++)
        row[i] = sorted[i - first].row;
    for (size_t i = first, next; i < end; i = next) {
        bool equal = true;

        for (next = i + 1; next < end && sorted[next - first].key == sorted[i - first].key; next++)
            equal = equal && compare_rows(w, row[i], row[next]) == 0;
        if (!equal && sort_fully(w, row + i, next - i) != 0)
            return TTA_E_MEMORY;
        begin_cell(w, i);
        for (size_t k = i + 1; k < next; k++)
            if (!w->together || (!equal && compare_rows(w, row[k - 1], row[k]) != 0))
                begin_cell(w, k);
    }
    return 0;
}

static size_t end_of_run(const double *time, size_t first, size_t rows)
{
    size_t end = first + 1;

    while (end < rows && time[end] <= time[first])
        end++;
    return end;
}

/* Room for the rows of one time, whichever it is; false, nothing is made: no two have one. */
static bool prepare(struct work *w, const double *time, size_t rows, int *rc)
{
    size_t longest = 1;

    for (size_t i = 0, end; i < rows; i = end) {
        end = end_of_run(time, i, rows);
        longest = end - i > longest ? end - i : longest;
    }
    *rc = 0;
    if (longest == 1)
        return false;
    w->hash = malloc(rows * sizeof *w->hash);
    w->items = malloc(2 * longest * sizeof *w->items);
    w->buckets = malloc(TTA_SORT_BUCKETS * sizeof *w->buckets);
    w->out->first = w->together ? malloc((rows + 1) * sizeof *w->out->first) : NULL;
    if (w->hash == NULL || w->items == NULL || w->buckets == NULL ||
        (w->together && w->out->first == NULL))
        *rc = TTA_E_MEMORY;
    return true;
}

static int divide(struct work *w, const double *time, size_t rows)
{
    struct tta_cells *c = w->out;
    int rc;

    if (!prepare(w, time, rows, &rc)) {
        c->n = rows;
        return 0;
    }
    if (rc == 0)
        hash_rows(w, rows);
    for (size_t i = 0, end; rc == 0 && i < rows; i = end) {
        end = end_of_run(time, i, rows);
        rc = divide_run(w, i, end);
    }
    if (c->first != NULL)
        c->first[c->n] = (uint32_t)rows;
    if (c->n == rows) {
        free(c->first);
        c->first = NULL;
    }
    return rc;
}

int tta_cells_make(const double *time, const struct tta_cells_column *columns, size_t count,
                   size_t rows, bool together, struct tta_cells *out, struct tta_error *e)
{
    struct work w = {.columns = columns, .count = count, .out = out, .together = together};
    struct tta_time_order order;
    int rc;

    *out = (struct tta_cells){.rows = rows};
    if (tta_time_order_make(time, NULL, rows, false, &order, e) != 0)
        return e->code;
    out->row = order.row;
    order.row = NULL;
    rc = divide(&w, order.time, rows);
    tta_time_order_release(&order);
    free(w.hash);
    free(w.items);
    free(w.buckets);
    if (rc == 0)
        return 0;
    tta_cells_release(out);
    return tta_fail_memory(e);
}

void tta_cells_release(struct tta_cells *c)
{
    free(c->row);
    free(c->first);
    memset(c, 0, sizeof *c);
}

static size_t row_of(const struct tta_cells *c, size_t cell)
{
    return c->row[c->first == NULL ? cell : c->first[cell]];
}

int tta_cells_numbers(const struct tta_cells *c, double **array, struct tta_error *e)
{
    double *to;

    if (*array == NULL)
        return 0;
    if ((to = malloc(c->n * sizeof *to)) == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < c->n; i++)
        to[i] = (*array)[row_of(c, i)] + 0.0; /* -0.0 becomes 0.0 */
    free(*array);
    *array = to;
    return 0;
}

int tta_cells_kinds(const struct tta_cells *c, int32_t **array, struct tta_error *e)
{
    int32_t *to;

    if (*array == NULL)
        return 0;
    if ((to = malloc(c->n * sizeof *to)) == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < c->n; i++)
        to[i] = (*array)[row_of(c, i)];
    free(*array);
    *array = to;
    return 0;
}

int tta_cells_flags(const struct tta_cells *c, uint8_t **array, struct tta_error *e)
{
    uint8_t *to;

    if (*array == NULL)
        return 0;
    if ((to = malloc(c->n)) == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < c->n; i++)
        to[i] = (*array)[row_of(c, i)];
    free(*array);
    *array = to;
    return 0;
}

int tta_cells_counts(const struct tta_cells *c, double **count, struct tta_error *e)
{
    bool more = false;
    double *to;

    if (*count == NULL && c->first == NULL)
        return 0;
    if ((to = malloc(c->n * sizeof *to)) == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < c->n; i++) {
        size_t at = c->first == NULL ? i : c->first[i];
        size_t end = c->first == NULL ? i + 1 : c->first[i + 1];

        for (to[i] = 0; at < end; at++)
            to[i] += *count == NULL ? 1 : (*count)[c->row[at]];
        more = more || to[i] > 1;
    }
    free(*count);
    *count = more ? to : NULL;
    if (!more)
        free(to);
    return 0;
}

void tta_cells_of_rows(const struct tta_cells *c, uint32_t *cell)
{
    for (size_t i = 0; i < c->n; i++) {
        size_t at = c->first == NULL ? i : c->first[i];
        size_t end = c->first == NULL ? i + 1 : c->first[i + 1];

        for (; at < end; at++)
            cell[c->row[at]] = (uint32_t)i;
    }
}
