/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Methods for units that arrive one by one: each draw knows only those before it. */
#include <stdlib.h>

#include "methods.h"

static void simple(const struct tta_job *j, struct tta_things t, struct tta_stream *s)
{
    const struct tta_arms *arms = &j->plan->arms;

    for (size_t i = 0; i < t.n; i++)
        j->arm[t.thing[i]] = tta_arm_at(arms, tta_stream_below(s, arms->sum));
}

static void biased_coin(const struct tta_job *j, struct tta_things t, struct tta_stream *s)
{
    const struct tta_fraction p = j->plan->probability;
    int64_t ahead = 0; /* units of arm 0 less those of arm 1 */

    for (size_t i = 0; i < t.n; i++) {
        uint16_t arm;

        if (ahead == 0)
            arm = (uint16_t)tta_stream_below(s, 2);
        else if (tta_stream_below(s, p.den) < p.num)
            arm = ahead > 0;
        else
            arm = ahead < 0;
        ahead += arm == 0 ? 1 : -1;
        j->arm[t.thing[i]] = arm;
    }
}

static void big_stick(const struct tta_job *j, struct tta_things t, struct tta_stream *s)
{
    const int64_t limit = (int64_t)j->plan->limit;
    int64_t ahead = 0;

    for (size_t i = 0; i < t.n; i++) {
        uint16_t arm;

        if (ahead == limit || ahead == -limit)
            arm = ahead > 0;
        else
            arm = (uint16_t)tta_stream_below(s, 2);
        ahead += arm == 0 ? 1 : -1;
        j->arm[t.thing[i]] = arm;
    }
}

/* Balls of arm a before unit i: start + add for every unit so far of another arm. */
static int urn(const struct tta_job *j, struct tta_things t, struct tta_stream *s,
               struct tta_error *e)
{
    const struct tta_plan *p = j->plan;
    uint64_t k = p->arms.count, *balls = calloc(k, sizeof *balls);

    if (balls == NULL)
        return tta_fail_memory(e);
    for (size_t a = 0; a < k; a++)
        balls[a] = p->urn_start;
    for (size_t i = 0; i < t.n; i++) {
        uint64_t all = k * p->urn_start + i * (k - 1) * p->urn_add;
        uint64_t x = tta_stream_below(s, all == 0 ? k : all);
        uint16_t arm = 0;

        if (all == 0)
            arm = (uint16_t)x;
        else
            while (x >= balls[arm])
                x -= balls[arm++];
        for (size_t a = 0; a < k; a++)
            if (a != arm)
                balls[a] += p->urn_add;
        j->arm[t.thing[i]] = arm;
    }
    free(balls);
    return 0;
}

static int blocks(const struct tta_job *j, struct tta_things t, struct tta_stream *s,
                  struct tta_error *e)
{
    const struct tta_plan *p = j->plan;
    uint64_t largest = 0;
    uint16_t *block;
    size_t i = 0;

    for (size_t b = 0; b < p->block_count; b++)
        largest = p->blocks[b] > largest ? p->blocks[b] : largest;
    block = malloc(largest * sizeof *block);
    if (block == NULL)
        return tta_fail_memory(e);
    while (i < t.n) {
        size_t choice = p->block_count == 1 ? 0 : (size_t)tta_stream_below(s, p->block_count);
        size_t size = (size_t)p->blocks[choice], at = 0;

        for (size_t a = 0; a < p->arms.count; a++)
            for (uint64_t of = size / p->arms.sum * p->arms.items[a].number; of > 0; of--)
                block[at++] = (uint16_t)a;
        tta_shuffle_u16(block, size, s);
        for (size_t k = 0; k < size && i < t.n; k++)
            j->arm[t.thing[i++]] = block[k];
    }
    free(block);
    return 0;
}

static int draw_stratum(const struct tta_job *j, struct tta_things t, struct tta_stream *s,
                        struct tta_error *e)
{
    switch (j->plan->method) {
    case TTA_BLOCKS:
        return blocks(j, t, s, e);
    case TTA_URN:
        return urn(j, t, s, e);
    case TTA_BIASED_COIN:
        biased_coin(j, t, s);
        return 0;
    case TTA_BIG_STICK:
        big_stick(j, t, s);
        return 0;
    default:
        simple(j, t, s);
        return 0;
    }
}

int tta_draw_sequence(struct tta_job *j, const struct tta_things *strata, size_t count,
                      struct tta_error *e)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < count; i++) {
        struct tta_stream s;

        tta_stream_of_stratum(&s, j, i);
        rc = draw_stratum(j, strata[i], &s, e);
        if (rc == 0)
            rc = tta_stream_check(&s, e);
        tta_stream_wipe(&s);
    }
    return rc;
}
