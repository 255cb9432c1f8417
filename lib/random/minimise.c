/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Minimisation of Pocock and Simon (1975), in whole numbers, so that a tie is a
 * tie on every machine: counts are taken times multiple / share, the variance as
 * k sum(x^2) - sum(x)^2, the sd as the whole part of the root of 10^8 of that.
 */
#include <stdlib.h>

#include "methods.h"
#include "plan.h"

struct minimise {
    const struct tta_job *job;
    size_t arms, factors;
    uint64_t *scale;   /* by arm: multiple / share */
    uint64_t **counts; /* by factor: level x arm, units so far */
    tta_wide *score;   /* by arm: imbalance if the unit went there */
};

uint64_t tta_square_root(tta_wide x)
{
    tta_wide root = 0;

    for (tta_wide bit = (tta_wide)1 << 126; bit != 0; bit >>= 2) {
        if (x >= root + bit) {
            x -= root + bit;
            root = (root >> 1) + bit;
        } else {
            root >>= 1;
        }
    }
    return (uint64_t)root;
}

/* Of the counts at one level with one unit more in arm. */
static tta_wide imbalance(const struct minimise *m, const uint64_t *counts, size_t arm)
{
    uint64_t least = UINT64_MAX, most = 0;
    tta_wide sum = 0, squares = 0, variance;

    for (size_t b = 0; b < m->arms; b++) {
        uint64_t x = (counts[b] + (b == arm)) * m->scale[b];

        least = x < least ? x : least;
        most = x > most ? x : most;
        sum += x;
        squares += (tta_wide)x * x;
    }
    if (m->job->plan->measure == TTA_RANGE)
        return most - least;
    variance = m->arms * squares - sum * sum;
    return m->job->plan->measure == TTA_VARIANCE ? variance : tta_square_root(variance * 100000000);
}

/* One of the arms that are best (or that are not; there is one), by their shares. */
static uint16_t one_of(const struct minimise *m, tta_wide least, bool best, struct tta_stream *s)
{
    const struct tta_arms *arms = &m->job->plan->arms;
    uint64_t sum = 0, x;
    uint16_t last = 0;

    for (size_t a = 0; a < m->arms; a++)
        if ((m->score[a] == least) == best)
            sum += arms->items[a].number;
    x = sum == 0 ? 0 : tta_stream_below(s, sum);
    for (size_t a = 0; a < m->arms; a++) {
        if ((m->score[a] == least) != best)
            continue;
        last = (uint16_t)a;
        if (x < arms->items[a].number)
            break;
        x -= arms->items[a].number;
    }
    return last;
}

static uint16_t choose(const struct minimise *m, struct tta_stream *s)
{
    const struct tta_fraction p = m->job->plan->probability;
    tta_wide least = m->score[0], most = m->score[0];
    bool best;

    for (size_t a = 1; a < m->arms; a++) {
        least = m->score[a] < least ? m->score[a] : least;
        most = m->score[a] > most ? m->score[a] : most;
    }
    best = tta_stream_below(s, p.den) < p.num;
    return one_of(m, least, best || least == most, s);
}

static uint64_t *counts_of(const struct minimise *m, size_t row, size_t factor)
{
    int32_t level = m->job->units->level[row * m->factors + factor];

    return m->counts[factor] + (size_t)level * m->arms;
}

static uint16_t place(const struct minimise *m, size_t row, struct tta_stream *s)
{
    const struct tta_terms *factors = &m->job->plan->factors;
    uint16_t arm;

    for (size_t a = 0; a < m->arms; a++) {
        m->score[a] = 0;
        for (size_t f = 0; f < m->factors; f++)
            m->score[a] += factors->items[f].weight * imbalance(m, counts_of(m, row, f), a);
    }
    arm = choose(m, s);
    for (size_t f = 0; f < m->factors; f++)
        counts_of(m, row, f)[arm]++;
    return arm;
}

static int prepare(struct minimise *m)
{
    const struct tta_plan *p = m->job->plan;
    uint64_t multiple;

    m->arms = p->arms.count;
    m->factors = p->factors.count;
    m->scale = calloc(m->arms, sizeof *m->scale);
    m->score = calloc(m->arms, sizeof *m->score);
    m->counts = calloc(m->factors, sizeof *m->counts);
    if (m->scale == NULL || m->score == NULL || m->counts == NULL)
        return TTA_E_MEMORY;
    multiple = tta_arms_multiple(&p->arms);
    for (size_t a = 0; a < m->arms; a++)
        m->scale[a] = multiple / p->arms.items[a].number;
    for (size_t f = 0; f < m->factors; f++) {
        size_t levels = m->job->n == 0 ? 0 : (size_t)m->job->units->levels[f].count;

        m->counts[f] = calloc(levels * m->arms + 1, sizeof **m->counts);
        if (m->counts[f] == NULL)
            return TTA_E_MEMORY;
    }
    return 0;
}

static int draw_stratum(const struct minimise *m, struct tta_things t, struct tta_stream *s,
                        struct tta_error *e)
{
    for (size_t i = 0; i < t.n; i++)
        m->job->arm[t.thing[i]] = place(m, tta_row_of(m->job, t.thing[i]), s);
    for (size_t i = 0; i < t.n; i++) /* the next stratum begins with none */
        for (size_t f = 0; f < m->factors; f++)
            memset(counts_of(m, tta_row_of(m->job, t.thing[i]), f), 0,
                   m->arms * sizeof **m->counts);
    return tta_stream_check(s, e);
}

int tta_draw_minimised(struct tta_job *j, const struct tta_things *strata, size_t count,
                       struct tta_error *e)
{
    struct minimise m = {.job = j};
    int rc = prepare(&m) == 0 ? 0 : tta_fail_memory(e);

    for (size_t i = 0; rc == 0 && i < count; i++) {
        struct tta_stream s;

        tta_stream_of_stratum(&s, j, i);
        rc = draw_stratum(&m, strata[i], &s, e);
        tta_stream_wipe(&s);
    }
    for (size_t f = 0; m.counts != NULL && f < m.factors; f++)
        free(m.counts[f]);
    free(m.counts);
    free(m.scale);
    free(m.score);
    return rc;
}
