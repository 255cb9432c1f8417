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
    return parts_begin(run, m->parts, outcome, e);
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
