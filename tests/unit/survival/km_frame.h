/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TEST_SURVIVAL_KM_FRAME_H
#define TEST_SURVIVAL_KM_FRAME_H
/* Arrays for tta_km. */
#include "tta/survival.h"

#include "csv.h"

struct frame {
    struct tta_km_input in;
    double *time, *entry, *weight;
    uint8_t *event;
    int32_t *group, *cluster;
};

static inline struct frame frame_new(size_t n)
{
    struct frame f = {.time = malloc(n * sizeof(double)),
                      .entry = malloc(n * sizeof(double)),
                      .weight = malloc(n * sizeof(double)),
                      .event = malloc(n),
                      .group = malloc(n * sizeof(int32_t)),
                      .cluster = malloc(n * sizeof(int32_t))};

    memset(f.cluster, -1, n * sizeof(int32_t));
    f.in = (struct tta_km_input){.n = n,
                                 .time = f.time,
                                 .event = f.event,
                                 .weight = f.weight,
                                 .group = f.group,
                                 .groups = 1};
    return f;
}

static inline void frame_free(struct frame *f)
{
    free(f->time);
    free(f->entry);
    free(f->weight);
    free(f->event);
    free(f->group);
    free(f->cluster);
}

#endif
