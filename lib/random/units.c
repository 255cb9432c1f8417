/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The rows of a list: strata, clusters, pairs, levels and covariates of each. */
#include <stdio.h>
#include <stdlib.h>

#include "id_set.h"
#include "tta/allocate.h"

#define COVARIATE_MAX (INT64_C(1000000000) * TTA_MICRO)

/* True when the array has room for count members, or needs none; grown is a void *. */
#define GROW(array, count)                                                                         \
    ((count) == 0 ||                                                                               \
     ((grown = realloc((array), (count) * sizeof *(array))) != NULL && ((array) = grown, true)))

static int grow(struct tta_units *u, const struct tta_plan *p, struct tta_error *e)
{
    size_t cap = u->cap == 0 ? 1024 : u->cap + u->cap / 2;
    size_t grouped = p->unit != NULL || p->pair != NULL ? cap : 0;
    void *grown;

    if (u->n >= INT32_MAX / 2)
        return tta_fail(e, TTA_E_DATA, "more than %d rows", INT32_MAX / 2);
    if (!GROW(u->stratum, cap) || !GROW(u->group, grouped) || !GROW(u->first, grouped) ||
        !GROW(u->level, cap * p->factors.count) || !GROW(u->covariate, cap * p->covariates.count) ||
        !GROW(u->match, cap * p->match.count) || !GROW(u->period, p->period != NULL ? cap : 0))
        return tta_fail_memory(e);
    u->cap = cap;
    if (u->levels == NULL && p->factors.count > 0) {
        u->levels = calloc(p->factors.count, sizeof *u->levels);
        u->factor_count = p->factors.count;
        if (u->levels == NULL)
            return tta_fail_memory(e);
    }
    return 0;
}

/* A kind with '/' and '\' escaped, so that different strata never share a label. */
static int append_kind(struct tta_buffer *b, struct tta_text kind)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < kind.len; i++) {
        if (kind.ptr[i] == '/' || kind.ptr[i] == '\\')
            rc = tta_buffer_char(b, '\\');
        if (rc == 0)
            rc = tta_buffer_char(b, kind.ptr[i]);
    }
    return rc;
}

/* "<30", ">=30<50", ">=50" */
static int append_band(struct tta_buffer *b, const struct tta_term *t, double value)
{
    size_t band = 0;
    int rc = 0;

    while (band < t->cut_count && value >= t->cuts[band])
        band++;
    if (band > 0)
        rc = tta_buffer_format(b, ">=%s", t->cut[band - 1]);
    if (rc == 0 && band < t->cut_count)
        rc = tta_buffer_format(b, "<%s", t->cut[band]);
    return rc;
}

static int append_cell(struct tta_buffer *b, const struct tta_term *t, const union tta_slot *cell)
{
    return t->cut_count > 0 ? append_band(b, t, cell->number) : append_kind(b, cell->text);
}

static int number_of_stratum(struct tta_units *u, const struct tta_terms *terms,
                             const union tta_slot *cells, int32_t *number)
{
    int rc = 0;

    u->label.len = 0;
    if (u->labelled)
        return tta_names_number(&u->strata, cells->text, number);
    for (size_t i = 0; rc == 0 && i < terms->count; i++) {
        if (i > 0)
            rc = tta_buffer_char(&u->label, '/');
        if (rc == 0)
            rc = append_cell(&u->label, &terms->items[i], &cells[i]);
    }
    return rc == 0 ? tta_names_number(&u->strata, tta_buffer_text(&u->label), number) : rc;
}

static int number_of_level(struct tta_units *u, size_t factor, const struct tta_term *t,
                           const union tta_slot *cell, int32_t *number)
{
    int rc;

    u->label.len = 0;
    rc = append_cell(&u->label, t, cell);
    return rc == 0 ? tta_names_number(&u->levels[factor], tta_buffer_text(&u->label), number) : rc;
}

/* The error names the column, when it is not said already. */
static int in_column(struct tta_error *e, const char *column)
{
    if (e->column[0] == '\0')
        snprintf(e->column, sizeof e->column, "%s", column);
    return e->code;
}

/* A row more of a cluster must be as its first row is; of a pair, at least in its stratum. */
static int check_group(const struct tta_units *u, const struct tta_plan *p, size_t first,
                       struct tta_error *e)
{
    size_t f = p->factors.count, c = p->covariates.count, row = u->n;
    const char *what = p->unit != NULL ? "unit" : "pair";

    if (u->stratum[row] != u->stratum[first])
        return tta_fail(e, TTA_E_DATA,
                        "this %s was in another stratum before (row %zu of the list)", what,
                        first + 1);
    if (f > 0 && memcmp(u->level + row * f, u->level + first * f, f * sizeof *u->level) != 0)
        return tta_fail(e, TTA_E_DATA, "this %s had other factors before (row %zu of the list)",
                        what, first + 1);
    if (c > 0 &&
        memcmp(u->covariate + row * c, u->covariate + first * c, c * sizeof *u->covariate) != 0)
        return tta_fail(e, TTA_E_DATA, "this %s had other covariates before (row %zu of the list)",
                        what, first + 1);
    return 0;
}

static int add_group(struct tta_units *u, const struct tta_plan *p, struct tta_text name,
                     struct tta_error *e)
{
    int32_t known = tta_names_find(&u->groups, name);

    if (known >= 0) {
        u->group[u->n] = known;
        return check_group(u, p, u->first[known], e);
    }
    if (tta_names_number(&u->groups, name, &u->group[u->n]) != 0)
        return tta_fail_memory(e);
    u->first[u->group[u->n]] = (uint32_t)u->n;
    return 0;
}

static int add_covariates(struct tta_units *u, const struct tta_plan *p,
                          const union tta_slot *cells, struct tta_error *e)
{
    for (size_t i = 0; i < p->covariates.count; i++) {
        if (cells[i].micro > COVARIATE_MAX || cells[i].micro < -COVARIATE_MAX) {
            tta_fail(e, TTA_E_DATA, "beyond 10^9");
            return in_column(e, p->covariates.items[i].column);
        }
        u->covariate[u->n * p->covariates.count + i] = cells[i].micro;
    }
    return 0;
}

static int add_id(struct tta_units *u, const struct tta_plan *p, struct tta_text id,
                  struct tta_error *e)
{
    bool fresh;

    if (tta_id_set_add(&u->ids, tta_text_trim(id), &fresh) != 0)
        return tta_fail_memory(e);
    if (fresh)
        return 0;
    tta_fail(e, TTA_E_DATA, "the same id was in a row before");
    return in_column(e, p->id);
}

int tta_units_add(struct tta_units *u, const struct tta_plan *p, const union tta_slot *cells,
                  struct tta_error *e)
{
    bool grouped = p->unit != NULL || p->pair != NULL;
    int rc = u->n == u->cap ? grow(u, p, e) : 0;

    if (rc == 0 && number_of_stratum(u, &p->strata, cells, &u->stratum[u->n]) != 0)
        rc = tta_fail_memory(e);
    cells += p->strata.count;
    for (size_t i = 0; rc == 0 && i < p->factors.count; i++, cells++)
        if (number_of_level(u, i, &p->factors.items[i], cells,
                            &u->level[u->n * p->factors.count + i]) != 0)
            rc = tta_fail_memory(e);
    if (rc == 0)
        rc = add_covariates(u, p, cells, e);
    if (rc != 0)
        return rc;
    cells += p->covariates.count;
    for (size_t i = 0; i < p->match.count; i++)
        u->match[u->n * p->match.count + i] = (cells++)->number;
    if (p->id != NULL) /* before its group, which stays when it is new */
        rc = add_id(u, p, cells[grouped].text, e);
    if (rc == 0 && grouped)
        rc = add_group(u, p, cells->text, e);
    if (rc == 0 && p->period != NULL)
        u->period[u->n] = cells[grouped + (p->id != NULL)].integer;
    u->n += rc == 0;
    return rc;
}

struct tta_text tta_units_label(const struct tta_units *u, size_t row)
{
    return tta_names_text(&u->strata, u->stratum[row]);
}

/* Without the blanks at the ends of its kinds; a '/' in a kind is as good as one between. */
static int append_bare(struct tta_buffer *b, struct tta_text label)
{
    int rc = 0;

    b->len = 0;
    while (rc == 0 && label.len > 0) {
        const char *slash = memchr(label.ptr, '/', label.len);
        struct tta_text kind = {label.ptr, slash == NULL ? label.len : (size_t)(slash - label.ptr)};
        struct tta_text bare = tta_text_trim(kind);

        rc = tta_buffer_append(b, bare.ptr, bare.len);
        if (rc == 0 && slash != NULL)
            rc = tta_buffer_char(b, '/');
        label.ptr += kind.len + (slash != NULL);
        label.len -= kind.len + (slash != NULL);
    }
    return rc;
}

size_t tta_units_blank_strata(const struct tta_units *u)
{
    struct tta_names bare = {0};
    struct tta_buffer label = {0};
    size_t n = (size_t)u->strata.count, left;
    int32_t number;
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < n; i++)
        if ((rc = append_bare(&label, tta_names_text(&u->strata, (int32_t)i))) == 0)
            rc = tta_names_number(&bare, tta_buffer_text(&label), &number);
    left = (size_t)bare.count;
    tta_names_release(&bare);
    tta_buffer_release(&label);
    return rc != 0 ? SIZE_MAX : n - left;
}

void tta_units_release(struct tta_units *u)
{
    for (size_t i = 0; u->levels != NULL && i < u->factor_count; i++)
        tta_names_release(&u->levels[i]);
    tta_names_release(&u->strata);
    tta_names_release(&u->groups);
    tta_buffer_release(&u->label);
    tta_id_set_free(u->ids);
    free(u->levels);
    free(u->level);
    free(u->stratum);
    free(u->group);
    free(u->first);
    free(u->covariate);
    free(u->match);
    free(u->period);
    memset(u, 0, sizeof *u);
}
