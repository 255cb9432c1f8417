/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "grouped.h"

#include <stdio.h>
#include <stdlib.h>

static int name_columns(struct grouped *g, const struct tta_list *by, const struct tta_list *strata,
                        struct tta_error *e)
{
    g->by = by->count;
    g->strata = strata == NULL ? 0 : strata->count;
    g->names = calloc(g->by + g->strata + 1, sizeof *g->names);
    if (g->names == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < g->by + g->strata; i++)
        g->names[i] = i < g->by ? by->items[i] : strata->items[i - g->by];
    return 0;
}

static int declare(struct tta_run *run, struct grouped *g, struct tta_error *e)
{
    const struct tta_list all = {g->names, g->by + g->strata};
    int rc = covariates_begin(run, &all, TTA_REQUIRED, &g->columns, e);

    return rc == 0 ? covariates_force(&g->columns, &all, "by", e) : rc;
}

/* As a row that is read must, a row that was counted must have a group. */
static int check_absent(const struct covariates *columns, struct tta_error *e)
{
    for (size_t i = 0; i < columns->count; i++)
        if (columns->absent[i] > 0)
            return tta_fail(e, TTA_E_DATA, "%lld of %lld rows of the parts have no value for %s",
                            (long long)columns->absent[i], (long long)columns->of_rows,
                            columns->v[i].name);
    return 0;
}

static int begin_merge(struct tta_run *run, const struct grouped_args *args, struct grouped *g,
                       struct tta_error *e)
{
    struct tta_counts *c = &g->counts;
    struct tta_list by, strata;
    size_t *place = NULL;
    int rc = parts_read(run, args->outcome, c, e);

    if (rc != 0)
        return rc;
    parts_choose(args->by, c->of.columns, c->of.by, &by);
    parts_choose(args->strata, c->of.columns + c->of.by, c->of.strata, &strata);
    g->outcome.args = args->outcome;
    rc = name_columns(g, &by, args->strata == NULL ? NULL : &strata, e);
    if (rc == 0)
        rc = declare(run, g, e);
    if (rc == 0 && (place = calloc(g->by + g->strata + 1, sizeof *place)) == NULL)
        rc = tta_fail_memory(e);
    for (size_t i = 0; rc == 0 && i < g->by + g->strata; i++)
        rc = parts_find(c, g->names[i], &place[i], e);
    if (rc == 0)
        rc = parts_fill(c, place, false, &g->outcome, &g->columns, e);
    if (rc == 0)
        rc = check_absent(&g->columns, e);
    free(place);
    return rc;
}

int grouped_begin(struct tta_run *run, const struct grouped_args *args, struct grouped *g,
                  struct tta_error *e)
{
    int rc = 0;

    g->parts = args->parts;
    if (args->parts != NULL && args->parts->merge && args->parts->partial != NULL)
        return tta_fail(e, TTA_E_USAGE, "--partial and --merge exclude each other");
    if (args->parts != NULL && args->parts->merge)
        return begin_merge(run, args, g, e);
    if (args->parts != NULL && args->parts->partial != NULL)
        rc = parts_begin(run, args->parts, args->outcome, e);
    if (rc == 0)
        rc = name_columns(g, args->by, args->strata, e);
    if (rc == 0)
        rc = outcome_begin(run, args->outcome, &g->outcome, e);
    return rc == 0 ? declare(run, g, e) : rc;
}

int grouped_add(struct tta_run *run, struct grouped *g, struct tta_error *e)
{
    return covariates_add(run, &g->columns, &g->outcome, e);
}

int grouped_finish(struct tta_run *run, struct grouped *g, bool *done, struct tta_error *e)
{
    const struct parts_columns counted = {&g->columns, g->by, g->strata, NULL};
    struct outcome *o = &g->outcome;
    size_t row;
    int rc;

    *done = g->parts != NULL && g->parts->partial != NULL;
    rc = *done ? 0 : outcome_check(o, e);
    if (rc == 0)
        rc = covariates_finish(&g->columns, NULL, e);
    if (rc != 0 || *done)
        return rc != 0 ? rc : parts_write(run, g->parts, o, &counted, e);
    if (g->by > 0)
        rc = tta_groups_make(g->columns.v, g->by, o->n, &g->group, e);
    if (rc == 0 && g->by > 0 && o->id != NULL)
        rc = tta_survival_persons(o->n, o->entry, o->time, o->id, g->group.of_row, o->goes_on,
                                  o->again, &row, e);
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
                                  .again = o->again,
                                  .tally = o->tally,
                                  .weighted = o->weighted,
                                  .fractional = o->fractional};
    return rc;
}

int grouped_robust(struct tta_run *run, struct grouped *g, bool asked, struct tta_error *e)
{
    bool robust;
    int rc = outcome_robust(run, &g->outcome, asked, &robust, e);

    g->in.cluster = g->outcome.cluster;
    g->in.clusters = g->outcome.clusters.count;
    return rc;
}

const char *grouped_label(const struct grouped *g, int32_t group)
{
    return g->group.of_row == NULL ? "all" : g->group.labels[group];
}

const char *grouped_shown(const struct tta_groups *groups, size_t group, char *out, size_t size)
{
    const char *label = groups->of_row == NULL ? "the input" : groups->labels[group];

    if (strlen(label) >= size || tta_text_has_number(tta_text_of(label)))
        snprintf(out, size, "group %zu", group + 1);
    else
        snprintf(out, size, "%s", label);
    return out;
}

int grouped_check_tau(const struct tta_km_result *km, const struct tta_groups *groups, double tau,
                      struct tta_error *e)
{
    char name[64];

    for (size_t i = 0; i < km->group_count; i++)
        if (km->groups[i].count > 0 && !tta_rmst_known(km, i, tau))
            return tta_fail(e, TTA_E_DATA,
                            "--tau: %s was followed to %g only; take no larger a time",
                            grouped_shown(groups, i, name, sizeof name), km->groups[i].last);
    return 0;
}

void grouped_release(struct grouped *g)
{
    tta_groups_release(&g->group);
    tta_groups_release(&g->stratum);
    covariates_release(&g->columns);
    outcome_release(&g->outcome);
    tta_counts_release(&g->counts);
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
