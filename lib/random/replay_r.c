/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The strata of a list, one after the other, by R's generator. */
#include <stdlib.h>

#include "replay.h"

/* What is the same for every stratum. */
struct design {
    const struct tta_replay *replay;
    const struct tta_plan *plan;
    uint16_t *levels; /* the arms, each as often as its number says */
    size_t level_count;
    uint32_t *ratio, *multiples;
    double *prob; /* NULL: equal */
};

static int prepare(struct design *d, struct tta_error *e)
{
    const struct tta_plan *p = d->plan;
    size_t at = 0;
    bool equal = true;

    d->level_count = tta_replay_level_count(p);
    d->levels = calloc(d->level_count + 1, sizeof *d->levels);
    d->ratio = calloc(p->arms.count + 1, sizeof *d->ratio);
    d->prob = calloc(p->arms.count + 1, sizeof *d->prob);
    d->multiples = calloc(p->block_count + 1, sizeof *d->multiples);
    if (d->levels == NULL || d->ratio == NULL || d->prob == NULL || d->multiples == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < p->arms.count; i++) {
        d->ratio[i] = (uint32_t)p->arms.items[i].number;
        d->prob[i] = (double)p->arms.items[i].number;
        equal = equal && p->arms.items[i].number == p->arms.items[0].number;
        for (uint64_t k = 0; k < p->arms.items[i].number; k++)
            d->levels[at++] = (uint16_t)i;
    }
    for (size_t i = 0; i < p->block_count; i++)
        d->multiples[i] = (uint32_t)(p->blocks[i] / d->level_count);
    if (equal) {
        free(d->prob);
        d->prob = NULL;
    }
    return 0;
}

static int draw_blocks(const struct design *d, struct tta_r *r, uint16_t *out, size_t n,
                       struct tta_error *e)
{
    struct tta_r_blocks blocks = {d->levels, d->level_count, d->multiples, d->plan->block_count};
    uint16_t *all = malloc(tta_r_blocks_room(&blocks, n) * sizeof *all);

    if (all == NULL)
        return tta_fail_memory(e);
    tta_r_blockrand(r, &blocks, n, all, NULL);
    memcpy(out, all, n * sizeof *out);
    free(all);
    return 0;
}

/* rep(levels, length.out = n) is rep(arms, sizes) when n is their sum. */
static int draw_complete(const struct design *d, struct tta_r *r, uint16_t *out, size_t n,
                         bool stratified, struct tta_error *e)
{
    const struct tta_plan *p = d->plan;

    if (d->replay->randomizr && tta_plan_is_ratio(p))
        return stratified ? tta_r_block_ra(r, p->arms.count, d->ratio, out, n, e)
                          : tta_r_complete_ra(r, p->arms.count, d->ratio, out, n, e);
    for (size_t i = 0; i < n; i++)
        out[i] = tta_plan_is_ratio(p) ? d->levels[i % d->level_count] : d->levels[i];
    if (!(d->replay->randomizr && p->arms.count == 2 && p->arms.items[0].number == 0))
        tta_r_shuffle(r, out, n);
    return 0;
}

int tta_replay_r(const struct tta_replay *replay, const struct tta_plan *p,
                 struct tta_replay_list *l, struct tta_error *e)
{
    struct design d = {.replay = replay, .plan = p};
    struct tta_r r;
    int rc = prepare(&d, e);

    tta_r_seed(&r, replay->seed, replay->sampling);
    for (size_t s = 0; rc == 0 && s < l->stratum_count; s++) {
        uint16_t *out = l->arm + l->strata[s].begin;
        size_t n = l->strata[s].count;

        if (p->method == TTA_SIMPLE)
            rc = tta_r_simple(&r, p->arms.count, d.prob, out, n, e);
        else if (p->method == TTA_BLOCKS)
            rc = draw_blocks(&d, &r, out, n, e);
        else
            rc = draw_complete(&d, &r, out, n, p->strata.count > 0, e);
    }
    free(d.levels);
    free(d.ratio);
    free(d.prob);
    free(d.multiples);
    return rc;
}
