/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Methods for which the list of a stratum is one draw: of fixed numbers, or of shares. */
#include <stdlib.h>

#include "methods.h"

void tta_sizes_of_ratio(const struct tta_arms *arms, size_t n, struct tta_stream *s,
                        uint64_t *sizes)
{
    uint64_t u = tta_stream_below(s, arms->sum), share = 0, before = 0;

    for (size_t a = 0; a < arms->count; a++) {
        uint64_t upto;

        share += arms->items[a].number;
        upto = (n * share + u) / arms->sum;
        sizes[a] = upto - before;
        before = upto;
    }
}

static int by_label(const void *a, const void *b)
{
    const struct tta_text *x = a, *y = b;

    return tta_text_compare(*x, *y);
}

struct labelled {
    struct tta_text label; /* first: by_label sees it alone */
    size_t place;
};

/*
 * The numbers of two arms (or one) for the whole list, spread over the strata in byte order
 * of their labels: the first arm has floor((N c + u) / n) units of the first c of
 * the n, so that the total is N, each stratum's number is its exact share rounded
 * down or up, and up as often as the share says.
 */
static int spread(const struct tta_job *j, const struct tta_things *strata, size_t count,
                  uint64_t *first_arm, struct tta_error *e)
{
    const struct tta_arms *goals = tta_plan_goals(j->plan);
    struct labelled *order = calloc(count + 1, sizeof *order);
    struct tta_stream s;
    uint64_t u, units = 0, before = 0;

    if (order == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < count; i++) {
        order[i].label = tta_names_text(&j->units->strata, (int32_t)i);
        order[i].place = i;
    }
    qsort(order, count, sizeof *order, by_label);
    tta_stream_of(&s, j->key, tta_text_of("/totals"));
    u = tta_stream_below(&s, j->n == 0 ? 1 : j->n);
    tta_stream_wipe(&s);
    for (size_t i = 0; j->n > 0 && i < count; i++) {
        uint64_t upto;

        units += strata[order[i].place].n;
        upto = (goals->items[0].number * units + u) / j->n;
        first_arm[order[i].place] = upto - before;
        before = upto;
    }
    free(order);
    return 0;
}

static int draw_list(const struct tta_job *j, struct tta_things t, const uint64_t *first_arm,
                     uint64_t *sizes, uint16_t *list, struct tta_stream *s, struct tta_error *e)
{
    const struct tta_arms *goals = tta_plan_goals(j->plan);

    if (tta_plan_is_ratio(j->plan)) {
        tta_sizes_of_ratio(goals, t.n, s, sizes);
    } else {
        for (size_t a = 0; a < goals->count; a++)
            sizes[a] = goals->items[a].number;
        if (first_arm != NULL)
            sizes[0] = *first_arm;
        if (first_arm != NULL && goals->count == 2)
            sizes[1] = t.n - *first_arm;
    }
    if (tta_draw_complete(sizes, goals->count, t.n, s, list, e) != 0)
        return e->code;
    for (size_t i = 0; i < t.n; i++)
        j->arm[t.thing[i]] = list[i];
    return 0;
}

int tta_draw_lists(struct tta_job *j, const struct tta_things *strata, size_t count,
                   struct tta_error *e)
{
    const struct tta_arms *goals = tta_plan_goals(j->plan);
    bool spreads = !tta_plan_is_ratio(j->plan) && j->plan->strata.count > 0;
    uint64_t *sizes = calloc(goals->count, sizeof *sizes);
    uint64_t *first_arm = calloc(count + 1, sizeof *first_arm);
    uint16_t *list = malloc(j->n * sizeof *list + 1);
    int rc = sizes == NULL || first_arm == NULL || list == NULL ? tta_fail_memory(e) : 0;

    if (rc == 0 && !tta_plan_is_ratio(j->plan)) {
        for (size_t a = 0; a < goals->count; a++)
            sizes[a] = goals->items[a].number;
        rc = tta_draw_check(sizes, goals->count, j->n, e);
    }
    if (rc == 0 && spreads)
        rc = spread(j, strata, count, first_arm, e);
    for (size_t i = 0; rc == 0 && i < count; i++) {
        struct tta_stream s;

        tta_stream_of_stratum(&s, j, i);
        rc = draw_list(j, strata[i], spreads ? &first_arm[i] : NULL, sizes, list, &s, e);
        tta_stream_wipe(&s);
    }
    free(sizes);
    free(first_arm);
    free(list);
    return rc;
}
