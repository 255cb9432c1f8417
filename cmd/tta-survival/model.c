/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model.h"

#include <stdlib.h>

const char *const model_ties[] = {"efron", "breslow", "exact", NULL};

int model_record(struct tta_run *run, struct model *m, struct tta_error *e)
{
    return covariates_add(run, &m->columns, &m->outcome, e);
}

static int make_groups(const struct model *m, const size_t *places, size_t count,
                       struct tta_groups *groups, struct tta_error *e)
{
    struct tta_variable *v = malloc((count + 1) * sizeof *v); /* borrows their arrays */
    int rc = v == NULL ? tta_fail_memory(e) : 0;

    for (size_t i = 0; rc == 0 && i < count; i++) {
        v[i] = m->columns.v[places[i]];
        if (!v[i].is_factor)
            rc = tta_fail(e, TTA_E_USAGE, "%s is a number in --x: name it in --factor too",
                          v[i].name);
    }
    if (rc == 0 && count > 0)
        rc = tta_groups_make(v, count, m->outcome.n, groups, e);
    free(v);
    return rc;
}

/* Numbers that the design holds now are not kept twice. */
static void forget_numbers(struct model *m, bool offset)
{
    for (size_t i = 0; i < m->columns.count; i++)
        if (!offset || i != m->offset) {
            free(m->columns.v[i].number);
            m->columns.v[i].number = NULL;
        }
}

static void fill(struct model *m, const struct outcome_args *outcome, const struct model_args *args,
                 bool robust)
{
    const struct outcome *o = &m->outcome;

    m->in = (struct tta_cox_input){.n = o->n,
                                   .p = m->design.p,
                                   .time = o->time,
                                   .event = o->event,
                                   .x = m->design.x,
                                   .terms = (const char *const *)m->design.shown,
                                   .entry = o->entry,
                                   .weight = o->weight,
                                   .count = m->count,
                                   .stratum = m->groups.of_row,
                                   .strata = m->groups.count,
                                   .cluster = o->cluster,
                                   .clusters = o->clusters.count};
    if (args->offset != NULL)
        m->in.offset = m->columns.v[m->offset].number;
    m->options = (struct tta_cox_options){.level = args->level,
                                          .timefix = !outcome->no_timefix,
                                          .ties = (enum tta_ties)args->ties,
                                          .robust = robust};
}

void model_note_events(struct tta_run *run, const struct model *m, const char *cause)
{
    double events = 0;

    for (size_t i = 0; i < m->in.n; i++)
        events += m->in.event[i] == 0 ? 0 : m->count == NULL ? 1 : m->count[i];
    if (events > 0 && events < (double)m->in.p)
        tta_note(run, "%s%s%.0f events are fewer than the %zu terms", cause == NULL ? "" : cause,
                 cause == NULL ? "" : ": ", events, m->in.p);
}

static int find_robust(struct tta_run *run, const struct model_args *args, struct model *m,
                       bool *robust, struct tta_error *e)
{
    bool clusters = m->outcome.cluster != NULL;
    int rc = m->no_errors
                 ? 0
                 : outcome_robust(run, &m->outcome, args->robust || m->jackknife, robust, e);

    if (rc == 0 && m->outcome.fractional && !args->robust && !clusters)
        tta_note(run, "the weights are not whole numbers: robust standard errors, as in R");
    return rc;
}

int model_finish(struct tta_run *run, const struct outcome_args *outcome,
                 const struct model_args *args, struct model *m, struct tta_error *e)
{
    bool robust = false;
    int rc = 0;

    covariates_note(run, &m->columns);
    if (model_is_part(m)) {
        rc = covariates_finish(&m->columns, NULL, e);
        return rc != 0 ? rc : model_counts_write(run, m, args->offset, e);
    }
    rc = outcome_check(&m->outcome, e);
    if (rc == 0)
        rc = covariates_finish(&m->columns, &args->ref, e);
    if (rc == 0)
        rc = find_robust(run, args, m, &robust, e);
    if (rc == 0)
        rc = model_cells_take(m, e);
    if (rc == 0)
        rc = make_groups(m, m->strata, m->strata_count, &m->groups, e);
    if (rc == 0)
        rc = make_groups(m, m->by, m->by_count, &m->by_groups, e);
    if (rc == 0 && args->offset != NULL && m->columns.v[m->offset].is_factor)
        rc = tta_fail(e, TTA_E_DATA, "the offset %s is not a number", args->offset);
    if (rc == 0)
        rc = tta_model_design(&m->formula, m->columns.v, m->columns.reference, m->outcome.n,
                              m->count, &m->design, e);
    if (rc != 0)
        return rc;
    forget_numbers(m, args->offset != NULL);
    fill(m, outcome, args, robust);
    if (!outcome->causes)
        model_note_events(run, m, NULL);
    return 0;
}

const char *model_stratum(const struct model *m, int32_t stratum)
{
    return m->groups.of_row == NULL ? "all" : m->groups.labels[stratum];
}

void model_release(struct model *m)
{
    tta_design_release(&m->design);
    tta_groups_release(&m->groups);
    tta_groups_release(&m->by_groups);
    tta_counts_release(&m->counts);
    free(m->count);
    free(m->cell_of);
    covariates_release(&m->columns);
    outcome_release(&m->outcome);
    tta_model_release(&m->formula);
    free(m->names);
    free(m->strata);
    free(m->by);
}
