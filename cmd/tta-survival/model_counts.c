/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A model as counts, for a part, and from those of merged parts. */
#include <stdlib.h>

#include "model.h"

bool model_is_part(const struct model *m)
{
    return m->parts != NULL && m->parts->partial != NULL;
}

bool model_counts(const struct model *m)
{
    return m->parts != NULL && (model_is_part(m) || m->parts->merge);
}

int model_counts_begin(struct tta_run *run, const struct outcome_args *outcome, struct model *m,
                       struct tta_error *e)
{
    for (size_t i = 0; i < m->columns.count; i++)
        m->columns.v[i].forced = true;
    m->columns.keep_absent = true;
    return parts_begin(run, m->parts, outcome, e);
}

static bool is_among(const struct tta_list *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->items[i], name) == 0)
            return true;
    return false;
}

void model_counts_choose(struct tta_run *run, const struct model *m, const struct model_args *args,
                         struct tta_list *by, struct tta_list *strata)
{
    const struct tta_counts_of *of = &m->counts.of;
    const struct tta_list formula = {(const char **)(uintptr_t)m->formula.columns,
                                     m->formula.column_count};

    parts_choose(&args->by, of->columns, m->by_of_parts ? of->by : 0, by);
    parts_choose(&args->strata, of->columns + of->by, m->strata_of_parts ? of->strata : 0, strata);
    for (size_t i = 0; args->x.count > 0 && args->strata.count == 0 && i < of->strata; i++)
        if (!is_among(&formula, of->columns[of->by + i]))
            tta_note(run, "the parts have strata, %s: not used, as --strata does not name it",
                     of->columns[of->by + i]);
    if (args->x.count > 0 && args->offset == NULL && of->offset != NULL &&
        !is_among(&formula, of->offset))
        tta_note(run, "the parts have an offset, %s: not used, as --offset does not name it",
                 of->offset);
}

/* Moves the columns at these places to v, once each; how many those are. */
static size_t move(const struct model *m, const size_t *places, size_t count, bool *moved,
                   struct tta_variable *v)
{
    size_t n = 0;

    for (size_t i = 0; i < count; i++)
        if (!moved[places[i]]) {
            moved[places[i]] = true;
            v[n++] = m->columns.v[places[i]];
        }
    return n;
}

int model_counts_write(struct tta_run *run, struct model *m, const char *offset,
                       struct tta_error *e)
{
    struct covariates ordered = m->columns; /* borrows their arrays */
    struct parts_columns what = {.columns = &ordered, .offset = offset};
    bool *moved = calloc(m->columns.count + 1, sizeof *moved);
    size_t n;
    int rc;

    ordered.v = malloc((m->columns.count + 1) * sizeof *ordered.v);
    if (moved == NULL || ordered.v == NULL) {
        rc = tta_fail_memory(e);
    } else {
        what.by = move(m, m->by, m->by_count, moved, ordered.v);
        what.strata = move(m, m->strata, m->strata_count, moved, ordered.v + what.by);
        n = what.by + what.strata;
        for (size_t i = 0; i < m->columns.count; i++)
            n += move(m, &i, 1, moved, ordered.v + n);
        rc = parts_write(run, m->parts, &m->outcome, &what, e);
    }
    free(ordered.v);
    free(moved);
    return rc;
}

/* Rows of one kind have one weight, which is among the columns. */
static int fill_weights(struct model *m, struct tta_error *e)
{
    const struct tta_variable *v = &m->columns.v[m->weight];
    struct outcome *o = &m->outcome;

    o->weight = malloc((o->n + 1) * sizeof *o->weight);
    if (o->weight == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < o->n; i++)
        o->weight[i] = v->is_factor ? v->level_number[v->level[i]] : v->number[i];
    return 0;
}

int model_counts_fill(struct model *m, struct tta_error *e)
{
    size_t *place = calloc(m->columns.count + 1, sizeof *place);
    int rc = place == NULL ? tta_fail_memory(e) : 0;

    for (size_t i = 0; rc == 0 && i < m->columns.count; i++)
        rc = parts_find(&m->counts, m->names[i], &place[i], e);
    if (rc == 0)
        rc = parts_fill(&m->counts, place, m->one_by_one, &m->outcome, &m->columns, e);
    free(place);
    if (rc == 0 && m->counts.of.weight != NULL)
        rc = fill_weights(m, e);
    if (rc != 0 || m->one_by_one)
        return rc;
    m->count = malloc((m->outcome.n + 1) * sizeof *m->count);
    if (m->count == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < m->outcome.n; i++)
        m->count[i] = (double)m->outcome.tally[i].rows;
    return 0;
}
