/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which values of --event are causes, of rows that were read or counted. */
#include <stdlib.h>

#include "cif.h"

static int check_declared(const struct tta_list *declared, struct tta_text name,
                          struct tta_error *e)
{
    for (size_t i = 0; i < declared->count; i++)
        if (tta_text_is(name, declared->items[i]))
            return 0;
    return declared->count == 0
               ? 0
               : tta_fail(e, TTA_E_DATA, "the parts have an event that is none of --causes");
}

static int check_nearly(const struct cif_args *args, const struct tta_variable *v, int32_t levels,
                        const struct tta_either *cell, struct tta_error *e)
{
    for (int32_t i = 0; i < levels; i++) {
        struct tta_either other = {.text = tta_names_text(&v->levels, i),
                                   .number = v->level_number[i]};

        if (!outcome_is_censored(&args->outcome, &other) &&
            outcome_is_nearly(cell, other.text, other.number))
            return tta_fail(e, TTA_E_DATA,
                            "column %s: a cause that is nearly one before it, such as 1.0 and 1, "
                            "or but for blanks and capitals",
                            v->name);
    }
    return 0;
}

int cif_check_new_cause(const struct cif_args *args, const struct cif *c,
                        const struct tta_either *cell, struct tta_error *e)
{
    const struct tta_variable *v = &c->model.columns.v[c->model.cause];

    if (outcome_is_censored(&args->outcome, cell) || tta_names_find(&v->levels, cell->text) >= 0)
        return 0;
    return check_nearly(args, v, v->levels.count, cell, e);
}

/* Two parts can write a cause in two ways. */
static int check_merged(const struct cif_args *args, const struct tta_variable *v,
                        struct tta_error *e)
{
    int rc = 0;

    for (int32_t i = 0; rc == 0 && args->parts.merge && i < v->levels.count; i++) {
        struct tta_either cell = {.text = tta_names_text(&v->levels, i),
                                  .number = v->level_number[i]};

        if (!outcome_is_censored(&args->outcome, &cell))
            rc = check_nearly(args, v, i, &cell, e);
    }
    return rc;
}

/* The levels of --event that are an event are the causes, in their order. */
int cif_number_causes(const struct cif_args *args, struct cif *c, struct tta_error *e)
{
    const struct tta_variable *v = &c->model.columns.v[c->model.cause];
    const uint8_t *event = c->model.outcome.event;
    int32_t *number = calloc((size_t)v->levels.count + 1, sizeof *number);
    int rc = 0;

    c->name = malloc(((size_t)v->levels.count + 1) * sizeof *c->name);
    c->cause = malloc(v->n * sizeof *c->cause);
    c->event = malloc(v->n);
    if (number == NULL || c->name == NULL || c->cause == NULL || c->event == NULL) {
        free(number);
        return tta_fail_memory(e);
    }
    rc = check_merged(args, v, e);
    for (size_t i = 0; i < v->n; i++)
        number[v->level[i]] = event[i];
    for (int32_t i = 0; rc == 0 && i < v->levels.count; i++)
        if (number[i] > 0) {
            c->name[c->causes++] = tta_variable_level(v, i);
            number[i] = c->causes;
            rc = check_declared(&args->causes, c->name[c->causes - 1], e);
        }
    for (size_t i = 0; i < v->n; i++)
        c->cause[i] = number[v->level[i]];
    free(number);
    if (rc == 0 && c->causes == 0)
        rc = tta_fail(e, TTA_E_DATA, "no events: every row is censored");
    return rc;
}

int cif_check_cause(const struct cif_args *args, const struct outcome_record *r,
                    struct tta_error *e)
{
    if (args->causes.count == 0 || outcome_is_censored(&args->outcome, &r->event_text))
        return 0;
    for (size_t i = 0; i < args->causes.count; i++)
        if (tta_text_is(r->event_text.text, args->causes.items[i]))
            return 0;
    return tta_fail(e, TTA_E_DATA, "the event is none of --causes, and no censoring");
}
