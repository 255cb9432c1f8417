/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A model from counts: of merged parts, or of this run's rows (--counts). Both go through one
 * array in one order, so that what is estimated is the same to the last bit.
 */
#include <stdlib.h>

#include "model.h"

bool model_is_part(const struct model *m)
{
    return m->parts != NULL && m->parts->partial != NULL;
}

bool model_counts(const struct model *m)
{
    return m->parts != NULL && (model_is_part(m) || m->parts->merge || m->parts->counts);
}

int model_counts_begin(struct tta_run *run, const struct outcome_args *outcome, struct model *m,
                       struct tta_error *e)
{
    if (!model_is_part(m) && (outcome->cluster != NULL || outcome->id != NULL))
        return tta_fail(e, TTA_E_USAGE,
                        "--counts: --cluster and --id need the rows themselves, not counts");
    for (size_t i = 0; i < m->columns.count; i++)
        m->columns.v[i].forced = true;
    return model_is_part(m) ? parts_begin(run, m->parts, outcome, e) : 0;
}

/* A spline's knots are quantiles of the rows. */
static bool has_spline(const struct tta_model *formula)
{
    for (size_t i = 0; i < formula->count; i++)
        for (size_t k = 0; k < formula->item[i].count; k++)
            if (formula->item[i].part[k].kind == TTA_PART_SPLINE)
                return true;
    return false;
}

/* Rows of one kind have one weight, which is among the columns. */
static int fill_weights(struct model *m, struct tta_error *e)
{
    const struct tta_variable *v = &m->columns.v[m->weight];
    struct outcome *o = &m->outcome;

    o->weight = malloc((o->n + 1) * sizeof *o->weight);
    if (o->weight == NULL)
        return tta_fail_memory(e);
    if (o->n > 0 && v->is_factor)
        return tta_fail(e, TTA_E_USAGE, "%s is the weight, and cannot be a factor too", v->name);
    for (size_t i = 0; i < o->n; i++)
        o->weight[i] = v->number[i];
    return 0;
}

int model_counts_fill(struct model *m, struct tta_error *e)
{
    bool expand = m->one_by_one || has_spline(&m->formula);
    size_t *place = calloc(m->columns.count + 1, sizeof *place);
    int rc = place == NULL ? tta_fail_memory(e) : 0;

    for (size_t i = 0; rc == 0 && i < m->columns.count; i++)
        rc = parts_find(&m->counts, m->names[i], &place[i], e);
    if (rc == 0)
        rc = parts_fill(&m->counts, place, expand, &m->outcome, &m->columns, e);
    free(place);
    if (rc == 0 && m->counts.of.weight != NULL)
        rc = fill_weights(m, e);
    if (rc != 0 || expand)
        return rc;
    m->count = malloc((m->outcome.n + 1) * sizeof *m->count);
    if (m->count == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < m->outcome.n; i++)
        m->count[i] = (double)m->outcome.tally[i].rows;
    return 0;
}

/* The columns without their rows. */
static void empty(struct covariates *c)
{
    for (size_t i = 0; i < c->count; i++) {
        const char *name = c->v[i].name;

        tta_variable_release(&c->v[i]);
        c->v[i] = (struct tta_variable){.name = name};
    }
}

int model_counts_take(struct tta_run *run, const struct model_args *args, struct model *m,
                      struct tta_error *e)
{
    const struct outcome_args *outcome = m->outcome.args;
    int rc = covariates_finish(&m->columns, NULL, e);

    if (rc == 0)
        rc = parts_collect(run, &m->outcome, &m->columns, &m->counts, e);
    if (rc != 0)
        return rc;
    outcome_release(&m->outcome);
    m->outcome = (struct outcome){.args = outcome};
    empty(&m->columns);
    rc = model_force(m, args, e);
    return rc == 0 ? model_counts_fill(m, e) : rc;
}
