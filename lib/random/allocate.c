/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From a plan, a key and a list to an arm for every row; strata have streams of their own. */
#include <stdlib.h>

#include "methods.h"

/* The things of every stratum, in their order. order is one array for all; both are freed. */
static struct tta_things *by_stratum(const struct tta_job *j, uint32_t **order)
{
    size_t count = (size_t)j->units->strata.count;
    struct tta_things *strata = calloc(count + 1, sizeof *strata);
    size_t *at = calloc(count + 1, sizeof *at);

    *order = malloc(j->n * sizeof **order + 1);
    if (strata == NULL || at == NULL || *order == NULL) {
        free(strata);
        free(at);
        return NULL;
    }
    for (size_t i = 0; i < j->n; i++)
        strata[j->units->stratum[tta_row_of(j, i)]].n++;
    for (size_t s = 0; s < count; s++) {
        at[s + 1] = at[s] + strata[s].n;
        strata[s].thing = *order + at[s];
    }
    for (size_t i = 0; i < j->n; i++)
        (*order)[at[j->units->stratum[tta_row_of(j, i)]]++] = (uint32_t)i;
    free(at);
    return strata;
}

static tta_draw_method *const draw[] = {
    [TTA_COMPLETE] = tta_draw_lists,          [TTA_CLUSTER] = tta_draw_lists,
    [TTA_STEPPED] = tta_draw_lists,           [TTA_BLOCKS] = tta_draw_sequence,
    [TTA_SIMPLE] = tta_draw_sequence,         [TTA_BIASED_COIN] = tta_draw_sequence,
    [TTA_BIG_STICK] = tta_draw_sequence,      [TTA_URN] = tta_draw_sequence,
    [TTA_MINIMISE] = tta_draw_minimised,      [TTA_PAIRS] = tta_draw_pairs,
    [TTA_CONSTRAINED] = tta_draw_constrained,
};

/* Where clusters were drawn: the arm of every row. */
static int expand(const struct tta_job *j, struct tta_error *e)
{
    uint16_t *arm = malloc(j->units->n * sizeof *arm + 1);

    if (arm == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < j->units->n; i++)
        arm[i] = j->arm[j->units->group[i]];
    free(j->out->arm);
    j->out->arm = arm;
    return 0;
}

int tta_allocate(const struct tta_plan *p, const struct tta_key *key, const struct tta_units *u,
                 struct tta_allocation *out, struct tta_error *e)
{
    struct tta_job j = {.plan = p, .key = key, .units = u, .n = u->n, .out = out};
    struct tta_things *strata;
    uint32_t *order = NULL;
    int rc = 0;

    memset(out, 0, sizeof *out);
    if (p->unit != NULL)
        j.n = (size_t)u->groups.count;
    strata = by_stratum(&j, &order);
    j.arm = out->arm = calloc(j.n + 1, sizeof *out->arm);
    if (strata == NULL || j.arm == NULL)
        rc = tta_fail_memory(e);
    if (rc == 0)
        rc = draw[p->method](&j, strata, (size_t)u->strata.count, e);
    if (rc == 0 && p->unit != NULL)
        rc = expand(&j, e);
    free(strata);
    free(order);
    if (rc != 0)
        tta_allocation_release(out);
    return rc;
}

void tta_allocation_release(struct tta_allocation *a)
{
    free(a->arm);
    free(a->pair);
    memset(a, 0, sizeof *a);
}

const char *tta_allocation_arm(const struct tta_plan *p, const struct tta_units *u,
                               const struct tta_allocation *a, size_t row)
{
    static const struct tta_number_style plain = {'.', 0};
    int64_t crosses;

    if (p->method != TTA_STEPPED)
        return p->arms.items[a->arm[row]].name;
    if (p->period == NULL)
        return "";
    (void)tta_integer_parse(tta_text_of(p->steps.items[a->arm[row]].name), plain, &crosses);
    return p->arms.items[u->period[row] >= crosses].name;
}
