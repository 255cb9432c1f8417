/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/cells.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

Suite *survival_cells_suite(void);

static uint32_t next(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

struct rows {
    size_t n;
    double *time, *x, *count;
    int32_t *kind;
    uint8_t *flag;
};

static struct rows make(size_t n)
{
    struct rows r = {.n = n,
                     .time = malloc(n * sizeof *r.time),
                     .x = malloc(n * sizeof *r.x),
                     .kind = malloc(n * sizeof *r.kind),
                     .flag = malloc(n)};

    return r;
}

/* One time, few, or many. */
static struct rows draw(size_t n, uint32_t times, uint32_t seed)
{
    struct rows r = make(n);

    for (size_t i = 0; i < n; i++) {
        r.time[i] = 0.25 * (next(&seed) % times);
        r.x[i] = (next(&seed) % 2 ? -0.1 : 0.1) * (next(&seed) % 4); /* with -0 */
        r.kind[i] = (int32_t)(next(&seed) % 3) - 1;
        r.flag[i] = next(&seed) % 2;
    }
    return r;
}

static struct rows shuffled(const struct rows *from, uint32_t seed)
{
    struct rows r = make(from->n);
    size_t *at = malloc(from->n * sizeof *at);

    for (size_t i = 0; i < from->n; i++) {
        size_t k = next(&seed) % (i + 1);

        at[i] = i;
        at[i] = at[k];
        at[k] = i;
    }
    for (size_t i = 0; i < from->n; i++) {
        r.time[i] = from->time[at[i]];
        r.x[i] = from->x[at[i]];
        r.kind[i] = from->kind[at[i]];
        r.flag[i] = from->flag[at[i]];
    }
    free(at);
    return r;
}

static void release(struct rows *r)
{
    free(r->time);
    free(r->x);
    free(r->kind);
    free(r->flag);
    free(r->count);
}

/* The rows become their cells. */
static void take(struct rows *r, bool together, struct tta_cells *c)
{
    const struct tta_cells_column columns[] = {
        {.number = r->x}, {.kind = r->kind}, {.flag = r->flag}};
    struct tta_error e = {0};

    ck_assert_msg(tta_cells_make(r->time, columns, 3, r->n, together, c, &e) == 0, "%s", e.text);
    ck_assert(tta_cells_numbers(c, &r->time, &e) == 0 && tta_cells_numbers(c, &r->x, &e) == 0 &&
              tta_cells_kinds(c, &r->kind, &e) == 0 && tta_cells_flags(c, &r->flag, &e) == 0 &&
              tta_cells_counts(c, &r->count, &e) == 0);
    r->n = c->n;
}

static bool same_row(const struct rows *a, size_t i, const struct rows *b, size_t k)
{
    return !(a->time[i] < b->time[k] || a->time[i] > b->time[k] || a->x[i] < b->x[k] ||
             a->x[i] > b->x[k]) &&
           a->kind[i] == b->kind[k] && a->flag[i] == b->flag[k];
}

static void assert_same_bits(const struct rows *a, const struct rows *b)
{
    ck_assert_uint_eq(a->n, b->n);
    ck_assert_mem_eq(a->time, b->time, a->n * sizeof *a->time);
    ck_assert_mem_eq(a->x, b->x, a->n * sizeof *a->x);
    ck_assert_mem_eq(a->kind, b->kind, a->n * sizeof *a->kind);
    ck_assert_mem_eq(a->flag, b->flag, a->n);
    ck_assert_int_eq(a->count == NULL, b->count == NULL);
    if (a->count != NULL)
        ck_assert_mem_eq(a->count, b->count, a->n * sizeof *a->count);
}

/* By time; each row is in a cell that is its equal, no two cells are equal, none is lost. */
static void assert_cells(const struct rows *rows, const struct rows *cells,
                         const struct tta_cells *c)
{
    uint32_t *cell = malloc(rows->n * sizeof *cell);
    double *seen = calloc(cells->n, sizeof *seen);

    tta_cells_of_rows(c, cell);
    for (size_t i = 0; i < rows->n; i++) {
        ck_assert(cell[i] < cells->n && same_row(rows, i, cells, cell[i]));
        seen[cell[i]]++;
    }
    for (size_t i = 0; i < cells->n; i++) {
        ck_assert(i == 0 || cells->time[i - 1] <= cells->time[i]);
        ck_assert(fabs(seen[i] - (cells->count == NULL ? 1 : cells->count[i])) < 0.5);
        for (size_t k = i; k-- > 0 && cells->time[k] >= cells->time[i];)
            ck_assert(!same_row(cells, i, cells, k));
    }
    free(cell);
    free(seen);
}

static const struct {
    size_t n;
    uint32_t times;
} sizes[] = {{2, 1},      {500, 1},      {5000, 2},     {5000, 2},
             {5000, 100}, {2000, 60000}, {2000, 60000}, {1, 1}};

START_TEST(test_any_order)
{
    struct rows all = draw(sizes[_i].n, sizes[_i].times, (uint32_t)_i), before = shuffled(&all, 1),
                a = shuffled(&all, 1), b = shuffled(&all, 2);
    struct tta_cells c, other;

    take(&a, _i % 2 == 0, &c);
    take(&b, _i % 2 == 0, &other);
    assert_same_bits(&a, &b);
    if (_i % 2 == 0)
        assert_cells(&before, &a, &c);
    else
        ck_assert(a.n == all.n && a.count == NULL);
    tta_cells_release(&c);
    tta_cells_release(&other);
    release(&a);
    release(&b);
    release(&before);
    release(&all);
}
END_TEST

/* Cells of cells that were counted: what merged parts are. */
START_TEST(test_counts_of_parts)
{
    struct rows all = draw(3000, 40, (uint32_t)_i), whole = shuffled(&all, 5), parts = make(3000);
    size_t cut = 700 * (size_t)(_i + 1), n = 0;
    struct tta_cells c;

    parts.count = malloc(3000 * sizeof *parts.count);
    for (size_t part = 0; part < 2; part++) {
        struct rows some = shuffled(&all, 0);
        size_t from = part == 0 ? 0 : cut, rows = part == 0 ? cut : all.n - cut;

        memcpy(some.time, all.time + from, rows * sizeof *some.time);
        memcpy(some.x, all.x + from, rows * sizeof *some.x);
        memcpy(some.kind, all.kind + from, rows * sizeof *some.kind);
        memcpy(some.flag, all.flag + from, rows);
        some.n = rows;
        take(&some, true, &c);
        for (size_t i = 0; i < some.n; i++, n++) {
            parts.time[n] = some.time[i];
            parts.x[n] = some.x[i];
            parts.kind[n] = some.kind[i];
            parts.flag[n] = some.flag[i];
            parts.count[n] = some.count == NULL ? 1 : some.count[i];
        }
        tta_cells_release(&c);
        release(&some);
    }
    parts.n = n;
    take(&parts, true, &c);
    tta_cells_release(&c);
    take(&whole, true, &c);
    tta_cells_release(&c);
    assert_same_bits(&whole, &parts);
    release(&all);
    release(&whole);
    release(&parts);
}
END_TEST

/* The hash of cells.c, of rows that somebody makes to have one. */
static uint64_t mix(uint64_t hash, uint64_t bits)
{
    hash = (hash ^ bits) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

START_TEST(test_one_hash)
{
    enum { N = 300 };
    double *time[2], *x[2], *y[2];
    struct tta_error e = {0};
    size_t n = 0;

    for (int k = 0; k < 2; k++) {
        time[k] = calloc(N, sizeof(double));
        x[k] = malloc(N * sizeof(double));
        y[k] = malloc(N * sizeof(double));
    }
    for (double a = 1; n < N; a++) { /* mix(mix(0, x), y) is mix(0, 0) */
        uint64_t bits;
        double b;

        memcpy(&bits, &a, sizeof bits);
        bits = mix(0, bits);
        memcpy(&b, &bits, sizeof b);
        for (int copy = 0; isfinite(b) && copy < 2 && n < N; copy++, n++) {
            x[0][n] = x[1][N - 1 - n] = a;
            y[0][n] = y[1][N - 1 - n] = b;
        }
    }
    for (int k = 0; k < 2; k++) {
        const struct tta_cells_column columns[] = {{.number = x[k]}, {.number = y[k]}};
        struct tta_cells c;

        ck_assert(tta_cells_make(time[k], columns, 2, N, true, &c, &e) == 0);
        ck_assert_uint_eq(c.n, N / 2);
        ck_assert(tta_cells_numbers(&c, &x[k], &e) == 0 && tta_cells_numbers(&c, &y[k], &e) == 0);
        tta_cells_release(&c);
    }
    ck_assert_mem_eq(x[0], x[1], N / 2 * sizeof(double));
    for (int k = 0; k < 2; k++) {
        free(time[k]);
        free(x[k]);
        free(y[k]);
    }
}
END_TEST

START_TEST(test_refuses)
{
    static const double time[] = {1, -1};
    struct tta_cells c;
    struct tta_error e = {0};

    ck_assert(tta_cells_make(time, NULL, 0, 2, true, &c, &e) == TTA_E_DATA);
    ck_assert_int_eq(e.record, 2);
}
END_TEST

Suite *survival_cells_suite(void)
{
    Suite *s = suite_create("survival/cells");
    TCase *t = tcase_create("cells");

    tcase_add_loop_test(t, test_any_order, 0, (int)(sizeof sizes / sizeof *sizes));
    tcase_add_loop_test(t, test_counts_of_parts, 0, 3);
    tcase_add_test(t, test_one_hash);
    tcase_add_test(t, test_refuses);
    suite_add_tcase(s, t);
    return s;
}
