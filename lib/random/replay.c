/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A whole allocation as a script in R or Stata drew it: the rows (or clusters) of
 * every stratum are listed in the order of the script, and drawn one stratum after
 * the other.
 */
#include "replay.h"

#include <stdlib.h>

int tta_replay_check(const struct tta_replay *r, const struct tta_plan *p, struct tta_error *e)
{
    const bool whole = p->method == TTA_COMPLETE || p->method == TTA_CLUSTER;

    if (r->generator != TTA_REPLAY_R && p->method != TTA_COMPLETE)
        return tta_fail(e, TTA_E_USAGE, "--generator: draws of Stata are of --method=complete");
    if (r->generator == TTA_REPLAY_R && !whole && p->method != TTA_BLOCKS &&
        p->method != TTA_SIMPLE)
        return tta_fail(e, TTA_E_USAGE,
                        "--generator=r: --method is complete, blocks, simple or cluster");
    if (p->unit != NULL && p->method != TTA_CLUSTER)
        return tta_fail(e, TTA_E_USAGE, "--unit: R and Stata draw clusters by --method=cluster");
    if (r->randomizr && !whole)
        return tta_fail(e, TTA_E_USAGE, "--as=randomizr: --method is complete or cluster");
    if (r->generator != TTA_REPLAY_R && r->seed < 0)
        return tta_fail(e, TTA_E_USAGE, "--seed: Stata takes 0 to 2147483647");
    if (p->method != TTA_BLOCKS)
        return 0;
    for (size_t i = 0; i < p->block_count; i++)
        if (p->blocks[i] % tta_replay_level_count(p) != 0)
            return tta_fail(e, TTA_E_USAGE,
                            "--blocks: with --generator=r multiples of the arms' sum, %zu",
                            tta_replay_level_count(p));
    return 0;
}

size_t tta_replay_level_count(const struct tta_plan *p)
{
    size_t sum = 0;

    for (size_t i = 0; i < p->arms.count; i++)
        sum += (size_t)p->arms.items[i].number;
    return sum;
}

/* ---- which items are drawn, in which order ---- */

static int by_label(const void *a, const void *b)
{
    const struct tta_replay_stratum *x = a, *y = b;

    return tta_text_compare(x->label, y->label);
}

/* Counts the items of every stratum and gives each its part of items. */
static int list_strata(struct tta_replay_list *l, const struct tta_units *u, struct tta_error *e)
{
    l->stratum_count = u->strata.count == 0 ? 1 : (size_t)u->strata.count;
    l->strata = calloc(l->stratum_count, sizeof *l->strata);
    l->place = calloc(l->stratum_count, sizeof *l->place);
    if (l->strata == NULL || l->place == NULL)
        return tta_fail_memory(e);
    for (size_t s = 0; s < l->stratum_count; s++) {
        l->strata[s].number = s;
        l->strata[s].label =
            u->strata.count == 0 ? tta_text_of("") : tta_names_text(&u->strata, (int32_t)s);
    }
    qsort(l->strata, l->stratum_count, sizeof *l->strata, by_label);
    for (size_t s = 0; s < l->stratum_count; s++)
        l->place[l->strata[s].number] = s;
    return 0;
}

static size_t stratum_of(const struct tta_replay_list *l, const struct tta_units *u, size_t row)
{
    return l->place[u->stratum == NULL ? 0 : (size_t)u->stratum[row]];
}

/* Is this row the first of its item? Every row is one, or the first of its cluster. */
static bool begins_item(struct tta_replay_list *l, const struct tta_units *u, size_t row)
{
    size_t group;

    if (l->group_seen == NULL)
        return true;
    group = (size_t)u->group[row];
    if (l->group_seen[group])
        return false;
    l->group_seen[group] = true;
    return true;
}

static int list_items(struct tta_replay_list *l, const struct tta_plan *p,
                      const struct tta_units *u, struct tta_error *e)
{
    size_t begin = 0;

    l->row = calloc(u->n + 1, sizeof *l->row);
    if (p->method == TTA_CLUSTER)
        l->group_seen = calloc((size_t)u->groups.count + 1, sizeof *l->group_seen);
    if (l->row == NULL || (p->method == TTA_CLUSTER && l->group_seen == NULL))
        return tta_fail_memory(e);
    for (size_t i = 0; i < u->n; i++)
        if (begins_item(l, u, i))
            l->strata[stratum_of(l, u, i)].count++;
    for (size_t s = 0; s < l->stratum_count; s++) {
        l->strata[s].begin = begin;
        begin += l->strata[s].count;
        l->strata[s].count = 0;
    }
    if (l->group_seen != NULL)
        memset(l->group_seen, 0, (size_t)u->groups.count * sizeof *l->group_seen);
    for (size_t i = 0; i < u->n; i++)
        if (begins_item(l, u, i)) {
            struct tta_replay_stratum *s = &l->strata[stratum_of(l, u, i)];

            l->row[s->begin + s->count++] = i;
        }
    l->count = begin;
    return 0;
}

struct cluster {
    struct tta_text name;
    size_t row;
};

static int by_name(const void *a, const void *b)
{
    return tta_text_compare(((const struct cluster *)a)->name, ((const struct cluster *)b)->name);
}

/* randomizr takes the clusters of a stratum in the order of their names. */
static int sort_clusters(struct tta_replay_list *l, const struct tta_units *u, struct tta_error *e)
{
    struct cluster *c = calloc(l->count + 1, sizeof *c);

    if (c == NULL)
        return tta_fail_memory(e);
    for (size_t s = 0; s < l->stratum_count; s++) {
        size_t begin = l->strata[s].begin, n = l->strata[s].count;

        for (size_t i = 0; i < n; i++) {
            c[i].row = l->row[begin + i];
            c[i].name = tta_names_text(&u->groups, u->group[c[i].row]);
        }
        qsort(c, n, sizeof *c, by_name);
        for (size_t i = 0; i < n; i++)
            l->row[begin + i] = c[i].row;
    }
    free(c);
    return 0;
}

static void release_list(struct tta_replay_list *l)
{
    free(l->strata);
    free(l->place);
    free(l->row);
    free(l->group_seen);
    free(l->arm);
}

/* ---- the arms back to the rows ---- */

static int give_arms(const struct tta_replay_list *l, const struct tta_units *u,
                     struct tta_allocation *out, struct tta_error *e)
{
    uint16_t *of_group;

    out->arm = calloc(u->n + 1, sizeof *out->arm);
    of_group = calloc((size_t)u->groups.count + 1, sizeof *of_group);
    if (out->arm == NULL || of_group == NULL) {
        free(of_group);
        return tta_fail_memory(e);
    }
    for (size_t i = 0; i < l->count; i++) {
        if (l->group_seen == NULL)
            out->arm[l->row[i]] = l->arm[i];
        else
            of_group[u->group[l->row[i]]] = l->arm[i];
    }
    for (size_t i = 0; l->group_seen != NULL && i < u->n; i++)
        out->arm[i] = of_group[u->group[i]];
    free(of_group);
    return 0;
}

/* The numbers of the arms against the items of a stratum. */
static int check_sizes(const struct tta_plan *p, const struct tta_replay_stratum *s,
                       struct tta_error *e)
{
    size_t sum = tta_replay_level_count(p);

    if (tta_plan_is_ratio(p) || p->method == TTA_BLOCKS || p->method == TTA_SIMPLE ||
        s->count == sum)
        return 0;
    return tta_fail(e, TTA_E_DATA, "the arms add up to %zu, %s has %zu %s", sum,
                    s->label.len > 0 ? "a stratum" : "the input", s->count,
                    p->method == TTA_CLUSTER ? "clusters" : "units");
}

int tta_replay_allocate(const struct tta_replay *r, const struct tta_plan *p,
                        const struct tta_units *u, struct tta_allocation *out, struct tta_error *e)
{
    struct tta_replay_list list = {0};
    int rc = tta_replay_check(r, p, e);

    memset(out, 0, sizeof *out);
    if (rc == 0)
        rc = list_strata(&list, u, e);
    if (rc == 0)
        rc = list_items(&list, p, u, e);
    if (rc == 0 && r->randomizr && list.group_seen != NULL)
        rc = sort_clusters(&list, u, e);
    for (size_t s = 0; rc == 0 && s < list.stratum_count; s++)
        rc = check_sizes(p, &list.strata[s], e);
    if (rc == 0) {
        list.arm = calloc(list.count + 1, sizeof *list.arm);
        rc = list.arm == NULL ? tta_fail_memory(e) : 0;
    }
    if (rc == 0)
        rc = r->generator == TTA_REPLAY_R ? tta_replay_r(r, p, &list, e)
                                          : tta_replay_stata(r, p, u->n, &list, e);
    if (rc == 0)
        rc = give_arms(&list, u, out, e);
    release_list(&list);
    if (rc != 0)
        tta_allocation_release(out);
    return rc;
}
