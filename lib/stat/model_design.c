/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "model.h"

#define TERMS_MOST 10000

/* One part of an item, worked out on the data: size columns of n. */
struct worked {
    const struct tta_variable *v;
    const struct tta_part *part;
    int32_t reference; /* -1: every level has a column */
    size_t size;
    double *basis; /* of a spline */
};

static size_t level_of(const struct worked *w, size_t i)
{
    return w->reference >= 0 && i >= (size_t)w->reference ? i + 1 : i;
}

/* Multiplies to, or sets it, by the i-th column of the part. */
static void multiply(const struct worked *w, size_t i, size_t n, bool first, double *to)
{
    int32_t level = (int32_t)level_of(w, i);

    if (first && w->part->kind == TTA_PART_COLUMN && !w->v->is_factor) {
        memcpy(to, w->v->number, n * sizeof *to);
        return;
    }
    for (size_t row = 0; row < n; row++) {
        double x = w->v->is_factor                    ? w->v->level[row] == level
                   : w->part->kind == TTA_PART_LOG    ? log(w->v->number[row])
                   : w->part->kind == TTA_PART_SPLINE ? w->basis[i * n + row]
                                                      : w->v->number[row];

        to[row] = first ? x : to[row] * x;
    }
}

/* What a design is made from. */
struct rows {
    const struct tta_model *m;
    const struct tta_variable *v;
    const int32_t *reference;
    size_t n;
    const double *count;           /* or NULL */
    const struct tta_design *like; /* or NULL */
};

/* The next spline of d, on the knots of like's, or else of x. */
static int work_out_spline(const struct rows *r, const char *name, struct worked *w,
                           struct tta_design *d, struct tta_error *e)
{
    size_t at = d->splines;
    struct tta_spline *more = realloc(d->spline, (at + 1) * sizeof *more);
    const struct tta_spline *s;
    int rc = 0;

    w->size = (size_t)w->part->knots;
    w->basis = malloc((w->size * r->n + 1) * sizeof *w->basis);
    if (more != NULL)
        d->spline = more;
    if (more == NULL || w->basis == NULL)
        return tta_fail_memory(e);
    d->spline[at] = (struct tta_spline){0};
    d->splines++;
    if (r->like == NULL)
        rc = tta_spline_make(w->v->number, r->count, r->n, w->part->knots, name, &d->spline[at], e);
    s = r->like == NULL ? &d->spline[at] : &r->like->spline[at];
    if (rc == 0)
        tta_spline_basis(s, w->v->number, r->n, w->basis);
    return rc;
}

static int work_out(const struct rows *r, const struct tta_item *item, size_t at, struct worked *w,
                    struct tta_design *d, struct tta_error *e)
{
    const struct tta_model *m = r->m;
    const struct tta_part *part = &item->part[at];
    const char *name = m->columns[part->column];

    *w = (struct worked){.v = &r->v[part->column], .part = part, .reference = -1, .size = 1};
    if (!w->v->is_factor) {
        for (size_t i = 0; part->kind == TTA_PART_LOG && i < r->n; i++)
            if (!(w->v->number[i] > 0))
                return tta_fail(e, TTA_E_DATA, "log(%s): a value is not above 0", name);
        return part->kind == TTA_PART_SPLINE ? work_out_spline(r, name, w, d, e) : 0;
    }
    if (part->kind != TTA_PART_COLUMN)
        return tta_fail(e, TTA_E_DATA, "%s: %s is a list of kinds, not a number", item->label,
                        name);
    if (w->v->levels.count < 2)
        return tta_fail(e, TTA_E_DATA, "%s has the same value in every row", name);
    if (tta_model_has_rest(m, item, at))
        w->reference = r->reference[part->column];
    w->size = (size_t)w->v->levels.count - (w->reference >= 0);
    return 0;
}

/* The part's piece of the term's name; shown: as messages may show it. */
static int name_part(const struct worked *w, const char *column, size_t i, bool shown,
                     struct tta_buffer *b)
{
    struct tta_text level;
    int rc = b->len > 0 ? tta_buffer_char(b, ':') : 0;

    if (rc != 0)
        return rc;
    if (w->part->kind == TTA_PART_LOG)
        return tta_buffer_format(b, "log(%s)", column);
    if (w->part->kind == TTA_PART_SPLINE)
        return tta_buffer_format(b, "ns(%s,%d)%zu", column, w->part->knots, i + 1);
    if (!w->v->is_factor)
        return tta_buffer_string(b, column);
    level = tta_variable_level(w->v, (int32_t)level_of(w, i));
    if (shown && tta_text_has_number(level))
        return tta_buffer_format(b, "%s=(level %zu)", column, level_of(w, i) + 1);
    rc = tta_buffer_format(b, "%s=", column);
    return rc == 0 ? tta_buffer_append(b, level.ptr, level.len) : rc;
}

static int add_term(const struct tta_model *m, const struct tta_item *item, const struct worked *w,
                    size_t i, size_t n, struct tta_design *d)
{
    struct tta_buffer term = {0}, shown = {0};
    int rc = 0;

    for (size_t at = 0; rc == 0 && at < item->count; at++) {
        const char *column = m->columns[item->part[at].column];

        multiply(&w[at], i % w[at].size, n, at == 0, d->x + d->p * n);
        rc = name_part(&w[at], column, i % w[at].size, false, &term);
        if (rc == 0)
            rc = name_part(&w[at], column, i % w[at].size, true, &shown);
        i /= w[at].size;
    }
    if (rc == 0) {
        d->terms[d->p] = tta_text_copy(tta_buffer_text(&term));
        d->shown[d->p] = tta_text_copy(tta_buffer_text(&shown));
        d->item_of[d->p] = (size_t)(item - m->item);
        rc = d->terms[d->p] == NULL || d->shown[d->p] == NULL ? TTA_E_MEMORY : 0;
        d->p++;
    }
    tta_buffer_release(&term);
    tta_buffer_release(&shown);
    return rc;
}

static int grow(struct tta_design *d, size_t p, size_t n, struct tta_error *e)
{
    double *x;
    char **terms, **shown;
    size_t *item_of;

    if (p > TERMS_MOST || (n > 0 && p > SIZE_MAX / sizeof(double) / n))
        return tta_fail(e, TTA_E_DATA, "%zu terms are too many; is a factor really a number?", p);
    if ((x = realloc(d->x, (p * n + 1) * sizeof *x)) != NULL)
        d->x = x;
    if ((terms = realloc(d->terms, (p + 1) * sizeof *terms)) != NULL)
        d->terms = terms;
    if ((shown = realloc(d->shown, (p + 1) * sizeof *shown)) != NULL)
        d->shown = shown;
    if ((item_of = realloc(d->item_of, (p + 1) * sizeof *item_of)) != NULL)
        d->item_of = item_of;
    if (x == NULL || terms == NULL || shown == NULL || item_of == NULL)
        return tta_fail_memory(e);
    for (size_t i = d->p; i < p; i++)
        d->terms[i] = d->shown[i] = NULL;
    return 0;
}

/* How many terms an item can have, known without the data of the others. */
static int add_item(const struct rows *r, const struct tta_item *item, struct tta_design *d,
                    struct tta_error *e)
{
    struct worked *w = calloc(item->count, sizeof *w);
    size_t size = 1;
    int rc = w == NULL ? tta_fail_memory(e) : 0;

    for (size_t at = 0; rc == 0 && at < item->count; at++) {
        rc = work_out(r, item, at, &w[at], d, e);
        size *= rc == 0 ? w[at].size : 1;
        if (rc == 0 && size > TERMS_MOST)
            rc = tta_fail(e, TTA_E_DATA, "%zu terms are too many; is a factor really a number?",
                          size);
    }
    if (rc == 0)
        rc = grow(d, d->p + size, r->n, e);
    for (size_t i = 0; rc == 0 && i < size; i++)
        if (add_term(r->m, item, w, i, r->n, d) != 0)
            rc = tta_fail_memory(e);
    for (size_t at = 0; w != NULL && at < item->count; at++)
        free(w[at].basis);
    free(w);
    return rc;
}

static int design(const struct rows *r, struct tta_design *out, struct tta_error *e)
{
    int rc = 0;

    memset(out, 0, sizeof *out);
    for (size_t i = 0; rc == 0 && i < r->m->count; i++)
        rc = add_item(r, &r->m->item[i], out, e);
    if (rc != 0)
        tta_design_release(out);
    return rc;
}

int tta_model_design(const struct tta_model *m, const struct tta_variable *v,
                     const int32_t *reference, size_t n, const double *count,
                     struct tta_design *out, struct tta_error *e)
{
    const struct rows rows = {m, v, reference, n, count, NULL};

    return design(&rows, out, e);
}

int tta_model_design_like(const struct tta_model *m, const struct tta_variable *v,
                          const int32_t *reference, size_t n, const struct tta_design *like,
                          struct tta_design *out, struct tta_error *e)
{
    const struct rows rows = {m, v, reference, n, NULL, like};

    return design(&rows, out, e);
}

int tta_design_make(const struct tta_variable *v, const int32_t *reference, size_t count, size_t n,
                    struct tta_design *out, struct tta_error *e)
{
    const char **names = malloc((count + 1) * sizeof *names);
    struct tta_model m = {0};
    struct tta_item *item = calloc(count + 1, sizeof *item);
    struct tta_part *part = calloc(count + 1, sizeof *part);
    int rc = names == NULL || item == NULL || part == NULL ? tta_fail_memory(e) : 0;

    memset(out, 0, sizeof *out);
    for (size_t i = 0; rc == 0 && i < count; i++) {
        names[i] = v[i].name;
        part[i].column = i;
        item[i] = (struct tta_item){.part = &part[i], .count = 1};
    }
    if (rc == 0) {
        m = (struct tta_model){
            .columns = names, .column_count = count, .item = item, .count = count};
        rc = tta_model_design(&m, v, reference, n, NULL, out, e);
    }
    free(names);
    free(item);
    free(part);
    return rc;
}

void tta_design_release(struct tta_design *d)
{
    for (size_t i = 0; i < d->p; i++) {
        free(d->terms[i]);
        free(d->shown[i]);
    }
    for (size_t i = 0; i < d->splines; i++)
        tta_spline_release(&d->spline[i]);
    free(d->spline);
    free(d->terms);
    free(d->shown);
    free(d->x);
    free(d->item_of);
    memset(d, 0, sizeof *d);
}
