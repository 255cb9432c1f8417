/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_LIB_RANDOM_REPLAY_H
#define TTA_LIB_RANDOM_REPLAY_H
/* What the files that replay whole allocations share. */
#include "tta/replay.h"

/* A stratum: its items are row[begin .. begin + count - 1] of the list. */
struct tta_replay_stratum {
    struct tta_text label;
    size_t number, begin, count; /* number: in the units' strata */
};

/* The items (rows, or the first rows of clusters) in the order in which they are drawn. */
struct tta_replay_list {
    struct tta_replay_stratum *strata; /* in byte order of their labels */
    size_t stratum_count;
    size_t *place;    /* of a stratum of the units in strata */
    size_t *row;      /* of every item */
    bool *group_seen; /* clusters only */
    uint16_t *arm;    /* of every item: what is drawn */
    size_t count;
};

/* The arms, each repeated as its number says. */
size_t tta_replay_level_count(const struct tta_plan *p);

int tta_replay_r(const struct tta_replay *r, const struct tta_plan *p, struct tta_replay_list *l,
                 struct tta_error *e);
int tta_replay_stata(const struct tta_replay *r, const struct tta_plan *p, size_t n,
                     struct tta_replay_list *l, struct tta_error *e);

#endif
