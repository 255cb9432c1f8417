/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows of a group added together, for tables that decide of groups. */
#include <stdio.h>
#include <stdlib.h>

#include "internal.h"
#include "tta/names.h"

struct tta_rules_groups {
    const struct tta_rules *t;
    struct tta_names names;
    union tta_slot *sums; /* input_count for each name */
    size_t cap;
};

static bool is_number(enum tta_type type)
{
    return type == TTA_INTEGER || type == TTA_DECIMAL || type == TTA_MONEY;
}

int tta_rules_groups_new(const struct tta_rules *t, struct tta_rules_groups **out,
                         struct tta_error *e)
{
    *out = NULL;
    for (size_t i = 0; i < t->input_count; i++)
        if (!is_number(t->inputs[i].type))
            return tta_fail(e, TTA_E_USAGE,
                            "%s cannot decide of groups: rows are added up, and its input %s is "
                            "a %s",
                            t->id, t->inputs[i].name, tta_type_name(t->inputs[i].type));
    *out = calloc(1, sizeof **out);
    if (*out == NULL)
        return tta_fail_memory(e);
    (*out)->t = t;
    return 0;
}

/* The sums of a group, all missing when it is new. */
static union tta_slot *find(struct tta_rules_groups *g, struct tta_text name, struct tta_error *e)
{
    size_t n = g->t->input_count, before = (size_t)g->names.count;
    int32_t number;

    if (before == g->cap) {
        size_t cap = g->cap == 0 ? 16 : g->cap * 2;
        union tta_slot *grown = realloc(g->sums, cap * n * sizeof *grown);

        if (grown == NULL) {
            tta_fail_memory(e);
            return NULL;
        }
        g->sums = grown;
        g->cap = cap;
    }
    if (tta_names_number(&g->names, name, &number) != 0) {
        tta_fail_memory(e);
        return NULL;
    }
    for (size_t i = 0; (size_t)number == before && i < n; i++)
        tta_type_set_missing(g->t->inputs[i].type, &g->sums[before * n + i]);
    return &g->sums[(size_t)number * n];
}

int tta_rules_groups_add(struct tta_rules_groups *g, struct tta_text name, const union tta_slot *in,
                         struct tta_error *e)
{
    union tta_slot *sums, totals[TTA_RULES_INPUTS_MAX];
    int64_t number[TTA_RULES_INPUTS_MAX];

    if (!tta_rules_take_inputs(g->t, in, number))
        return tta_rules_fail_input(g->t, in, number, e);
    sums = find(g, name, e);
    if (sums == NULL)
        return e->code;
    for (size_t i = 0; i < g->t->input_count; i++) {
        totals[i] = sums[i];
        if (in[i].integer == TTA_INTEGER_NONE)
            continue;
        if (sums[i].integer == TTA_INTEGER_NONE)
            totals[i] = in[i];
        else if (!tta_add(sums[i].integer, in[i].integer, &totals[i].integer) ||
                 totals[i].integer == TTA_INTEGER_NONE) {
            snprintf(e->column, sizeof e->column, "%s", g->t->inputs[i].name);
            return tta_fail(e, TTA_E_DATA, "its group adds up to a number too large to hold");
        }
    }
    memcpy(sums, totals, g->t->input_count * sizeof *sums); /* all of a row, or nothing */
    return 0;
}

const union tta_slot *tta_rules_groups_get(const struct tta_rules_groups *g, size_t i,
                                           struct tta_text *name)
{
    if (i >= (size_t)g->names.count)
        return NULL;
    *name = tta_names_text(&g->names, (int32_t)i);
    return &g->sums[i * g->t->input_count];
}

void tta_rules_groups_free(struct tta_rules_groups *g)
{
    if (g == NULL)
        return;
    tta_names_release(&g->names);
    free(g->sums);
    free(g);
}
