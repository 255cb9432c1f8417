/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "grouped.h"

#include <stdlib.h>

int grouped_begin(struct tta_run *run, const struct outcome_args *args, const struct tta_list *by,
                  const struct tta_list *strata, struct grouped *g, struct tta_error *e)
{
    struct tta_list all;
    int rc;

    g->by = by->count;
    g->strata = strata == NULL ? 0 : strata->count;
    g->names = calloc(g->by + g->strata + 1, sizeof *g->names);
    if (g->names == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < g->by + g->strata; i++)
        g->names[i] = i < g->by ? by->items[i] : strata->items[i - g->by];
    all.items = g->names;
    all.count = g->by + g->strata;
    rc = outcome_begin(run, args, &g->outcome, e);
    if (rc == 0)
        rc = covariates_begin(run, &all, TTA_REQUIRED, &g->columns, e);
    return rc == 0 ? covariates_force(&g->columns, &all, "by", e) : rc;
}

int grouped_add(struct tta_run *run, struct grouped *g, struct tta_error *e)
{
    return covariates_add(&g->columns, &g->outcome, tta_record(run), tta_row_number(run), e);
}

int grouped_finish(struct grouped *g, struct tta_error *e)
{
    struct outcome *o = &g->outcome;
    int rc = outcome_check(o, e);

    if (rc == 0)
        rc = covariates_finish(&g->columns, NULL, e);
    if (rc == 0 && g->by > 0)
        rc = tta_groups_make(g->columns.v, g->by, o->n, &g->group, e);
    if (rc == 0 && g->strata > 0)
        rc = tta_groups_make(g->columns.v + g->by, g->strata, o->n, &g->stratum, e);
    g->in = (struct tta_km_input){.n = o->n,
                                  .time = o->time,
                                  .event = o->event,
                                  .weight = o->weight,
                                  .group = g->group.of_row,
                                  .groups = g->group.count,
                                  .entry = o->entry,
                                  .goes_on = o->goes_on,
                                  .cluster = o->cluster,
                                  .clusters = o->clusters.count};
    return rc;
}

const char *grouped_label(const struct grouped *g, int32_t group)
{
    return g->group.of_row == NULL ? "all" : g->group.labels[group];
}

void grouped_release(struct grouped *g)
{
    tta_groups_release(&g->group);
    tta_groups_release(&g->stratum);
    covariates_release(&g->columns);
    outcome_release(&g->outcome);
    free(g->names);
}

int numbers_of(const struct tta_list *list, const char *option, double least, double most,
               double **out, struct tta_error *e)
{
    static const struct tta_number_style plain = {'.', 0};

    *out = malloc((list->count + 1) * sizeof **out);
    if (*out == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < list->count; i++)
        if (tta_double_parse(tta_text_of(list->items[i]), plain, &(*out)[i]) != NULL ||
            !((*out)[i] >= least && (*out)[i] <= most))
            return tta_fail(e, TTA_E_USAGE, "--%s: value %zu is no number from %g to %g", option,
                            i + 1, least, most);
    return 0;
}
