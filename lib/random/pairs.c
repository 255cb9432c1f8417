/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pairs, or sets of as many units as there are arms: one of each to every arm. */
#include <inttypes.h>
#include <stdlib.h>

#include "methods.h"

/* The pairs that the input says. */
static int given_pairs(struct tta_job *j, struct tta_error *e)
{
    const struct tta_units *u = j->units;
    size_t arms = j->plan->arms.count;
    uint32_t *count = calloc((size_t)u->groups.count + 1, sizeof *count);

    if (count == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < u->n; i++) {
        j->out->pair[i] = (uint32_t)u->group[i];
        count[u->group[i]]++;
    }
    for (int32_t g = 0; g < u->groups.count; g++)
        if (count[g] != arms)
            tta_fail(e, TTA_E_DATA,
                     "the pair of row %" PRIu32 " of the list has %" PRIu32 " %s, not %zu",
                     u->first[g] + 1, count[g], count[g] == 1 ? "unit" : "units", arms);
    free(count);
    return e->code;
}

static int match_stratum(struct tta_job *j, const double *z, struct tta_things t, uint32_t *partner,
                         struct tta_error *e)
{
    if (t.n % 2 != 0)
        return tta_fail(e, TTA_E_DATA,
                        "the stratum of row %" PRIu32 " of the list has %zu %s: one would be "
                        "without a partner",
                        t.thing[0] + 1, t.n, t.n == 1 ? "unit" : "units");
    if (tta_match_pairs(z, j->plan->match.count, t, partner, e) != 0)
        return e->code;
    for (size_t i = 0; i < t.n; i++) /* for now, a pair is called by its first row */
        j->out->pair[t.thing[i]] = t.thing[partner[i] < i ? partner[i] : i];
    return 0;
}

/* Pairs that are near, numbered by their first rows. */
static int made_pairs(struct tta_job *j, const struct tta_things *strata, size_t count,
                      struct tta_error *e)
{
    uint32_t *partner = malloc(j->n * sizeof *partner + 1), *pair = j->out->pair, pairs = 0;
    double *z = NULL;
    int rc = partner == NULL ? tta_fail_memory(e) : tta_match_scale(j, &z, e);

    for (size_t i = 0; rc == 0 && i < count; i++)
        if (strata[i].n > 0)
            rc = match_stratum(j, z, strata[i], partner, e);
    for (size_t i = 0; rc == 0 && i < j->n; i++)
        pair[i] = pair[i] == i ? pairs++ : pair[pair[i]];
    free(partner);
    free(z);
    return rc;
}

/* What every stratum uses again. */
struct room {
    uint32_t *taken; /* by pair: units so far */
    uint16_t *arms;  /* by pair: its arms in the order drawn */
};

static void draw_stratum(const struct tta_job *j, struct tta_things t, const struct room *room,
                         struct tta_stream *s)
{
    size_t k = j->plan->arms.count;

    for (size_t i = 0; i < t.n; i++) {
        uint32_t pair = j->out->pair[t.thing[i]];
        uint16_t *arms = room->arms + pair * k;

        if (room->taken[pair] == 0) {
            for (size_t a = 0; a < k; a++)
                arms[a] = (uint16_t)a;
            tta_shuffle_u16(arms, k, s);
        }
        j->arm[t.thing[i]] = arms[room->taken[pair]++];
    }
}

/* Numbers beyond 1:1 are of units. */
static int check_numbers(const struct tta_job *j, struct tta_error *e)
{
    const struct tta_arms *arms = &j->plan->arms;

    if (!arms->numbered || arms->items[0].number < 2 || arms->sum == j->n)
        return 0;
    return tta_fail(e, TTA_E_DATA, "the arms have %" PRIu64 " units, the input has %zu",
                    (uint64_t)arms->sum, j->n);
}

int tta_draw_pairs(struct tta_job *j, const struct tta_things *strata, size_t count,
                   struct tta_error *e)
{
    struct room room = {calloc(j->n + 1, sizeof *room.taken), calloc(j->n + 1, sizeof *room.arms)};
    int rc = 0;

    j->out->pair = malloc(j->n * sizeof *j->out->pair + 1);
    if (j->out->pair == NULL || room.taken == NULL || room.arms == NULL)
        rc = tta_fail_memory(e);
    else if ((rc = check_numbers(j, e)) == 0)
        rc = j->plan->pair != NULL ? given_pairs(j, e) : made_pairs(j, strata, count, e);
    for (size_t i = 0; rc == 0 && i < count; i++) {
        struct tta_stream s;

        tta_stream_of_stratum(&s, j, i);
        draw_stratum(j, strata[i], &room, &s);
        rc = tta_stream_check(&s, e);
        tta_stream_wipe(&s);
    }
    free(room.taken);
    free(room.arms);
    return rc;
}
