/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rows as cells (tta/cells.h): a model sees them in one order, equal ones together, so that the
 * same rows in another order, or the counts of merged parts, give the same bits.
 */
#include <stdlib.h>

#include "model.h"
#include "tta/cells.h"

/* All that the estimators see of a row but its time. */
static size_t list_columns(const struct model *m, struct tta_cells_column *c)
{
    const struct outcome *o = &m->outcome;
    size_t count = 0;

    c[count++].flag = o->event;
    if (o->entry != NULL)
        c[count++].number = o->entry;
    if (o->weight != NULL)
        c[count++].number = o->weight;
    if (o->cluster != NULL)
        c[count++].kind = o->cluster;
    for (size_t i = 0; i < m->named; i++)
        if (m->columns.v[i].is_factor)
            c[count++].kind = m->columns.v[i].level;
        else
            c[count++].number = m->columns.v[i].number;
    return count;
}

static int rearrange(struct model *m, const struct tta_cells *cells, struct tta_error *e)
{
    struct outcome *o = &m->outcome;
    int rc = tta_cells_numbers(cells, &o->time, e);

    if (rc == 0)
        rc = tta_cells_flags(cells, &o->event, e);
    if (rc == 0)
        rc = tta_cells_numbers(cells, &o->entry, e);
    if (rc == 0)
        rc = tta_cells_numbers(cells, &o->weight, e);
    if (rc == 0)
        rc = tta_cells_kinds(cells, &o->cluster, e);
    if (rc == 0)
        rc = tta_cells_counts(cells, &m->count, e);
    for (size_t i = 0; rc == 0 && i < m->named; i++) {
        struct tta_variable *v = &m->columns.v[i];

        rc = tta_cells_numbers(cells, &v->number, e);
        if (rc == 0)
            rc = tta_cells_kinds(cells, &v->level, e);
        v->n = v->cap = cells->n;
    }
    o->n = o->cap = cells->n;
    return rc;
}

int model_cells_take(struct model *m, struct tta_error *e)
{
    struct tta_cells_column *columns = calloc(m->named + 4, sizeof *columns);
    struct tta_cells cells = {0};
    size_t rows = m->outcome.n;
    int rc = columns == NULL ? tta_fail_memory(e) : 0;

    if (rc == 0)
        rc = tta_cells_make(m->outcome.time, columns, list_columns(m, columns), rows,
                            !m->one_by_one, &cells, e);
    if (rc == 0 && m->needs_rows && (m->cell_of = malloc(rows * sizeof *m->cell_of)) == NULL)
        rc = tta_fail_memory(e);
    if (rc == 0 && m->needs_rows)
        tta_cells_of_rows(&cells, m->cell_of);
    if (rc == 0)
        rc = rearrange(m, &cells, e);
    tta_cells_release(&cells);
    free(columns);
    return rc;
}
