/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a regression reads: the columns of its formula, then those of its other options. */
#include <stdlib.h>

#include "model.h"

/* The place of the name in names, which is added when it is new. */
static size_t place_of(struct model *m, size_t *count, const char *name)
{
    for (size_t i = 0; i < *count; i++)
        if (strcmp(m->names[i], name) == 0)
            return i;
    m->names[*count] = name;
    return (*count)++;
}

/* Strata and groups are kinds, unless the formula has the column too: then it says what it is. */
static int force(struct model *m, const size_t *places, const struct tta_list *names,
                 struct tta_error *e)
{
    for (size_t i = 0; i < names->count; i++) {
        m->columns.v[places[i]].forced |= places[i] >= m->formula.column_count;
        for (size_t j = 0; j < i; j++)
            if (places[i] == places[j])
                return tta_fail(e, TTA_E_USAGE, "%s is named twice", names->items[i]);
    }
    return 0;
}

static int force_all(struct model *m, const struct model_args *args, const struct tta_list *by,
                     const struct tta_list *strata, struct tta_error *e)
{
    int rc = covariates_force(&m->columns, &args->factor, "factor", e);

    if (rc == 0)
        rc = covariates_force(&m->columns, &args->ref, "ref", e);
    if (rc == 0)
        rc = force(m, m->strata, strata, e);
    if (rc == 0)
        rc = force(m, m->by, by, e);
    if (rc == 0 && m->outcome.args->causes)
        m->columns.v[m->cause].forced = true;
    return rc;
}

static int begin_outcome(struct tta_run *run, const struct outcome_args *outcome, struct model *m,
                         struct tta_error *e)
{
    m->outcome.args = outcome;
    if (m->parts == NULL || !m->parts->merge)
        return outcome_begin(run, outcome, &m->outcome, e);
    if (m->parts->partial != NULL)
        return tta_fail(e, TTA_E_USAGE, "--partial and --merge exclude each other");
    return parts_read(run, outcome, &m->counts, e);
}

int model_begin(struct tta_run *run, const struct outcome_args *outcome,
                const struct model_args *args, struct model *m, struct tta_error *e)
{
    bool merged = m->parts != NULL && m->parts->merge;
    const char *weight;
    size_t count;
    struct tta_list list, by = args->by, strata = args->strata;
    int rc = begin_outcome(run, outcome, m, e);

    if (rc == 0)
        rc = tta_model_parse(args->x.items, args->x.count, &m->formula, e);
    if (rc != 0)
        return rc;
    if (merged)
        model_counts_choose(run, m, args, &by, &strata);
    weight = merged ? m->counts.of.weight : outcome->weight;
    count = m->formula.column_count;
    m->names = malloc((count + strata.count + by.count + 3) * sizeof *m->names);
    m->strata = malloc((strata.count + 1) * sizeof *m->strata);
    m->by = malloc((by.count + 1) * sizeof *m->by);
    if (m->names == NULL || m->strata == NULL || m->by == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < count; i++)
        m->names[i] = m->formula.columns[i];
    for (; m->strata_count < strata.count; m->strata_count++)
        m->strata[m->strata_count] = place_of(m, &count, strata.items[m->strata_count]);
    for (; m->by_count < by.count; m->by_count++)
        m->by[m->by_count] = place_of(m, &count, by.items[m->by_count]);
    if (args->offset != NULL)
        m->offset = place_of(m, &count, args->offset);
    if (outcome->causes)
        m->cause = place_of(m, &count, merged ? m->counts.of.event : outcome->event);
    m->named = count;
    if (model_counts(m) && weight != NULL)
        m->weight = place_of(m, &count, weight);
    list = (struct tta_list){.items = m->names, .count = count};
    rc = covariates_begin(run, &list, TTA_NULLABLE, &m->columns, e);
    if (rc == 0)
        rc = force_all(m, args, &by, &strata, e);
    if (rc == 0 && merged)
        rc = model_counts_fill(m, e);
    else if (rc == 0 && model_counts(m))
        rc = model_counts_begin(run, outcome, m, e);
    return rc;
}
