/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TEST_SURVIVAL_KM_FRAME_H
#define TEST_SURVIVAL_KM_FRAME_H
/* Arrays for tta_km. */
#include "tta/survival.h"

#include "csv.h"

struct frame {
    struct tta_km_input in;
    double *time, *weight;
    uint8_t *event;
    int32_t *group;
};

static inline struct frame frame_new(size_t n)
{
    struct frame f = {{0},
                      malloc(n * sizeof(double)),
                      malloc(n * sizeof(double)),
                      malloc(n),
                      malloc(n * sizeof(int32_t))};

    f.in = (struct tta_km_input){n, f.time, f.event, f.weight, f.group, 1};
    return f;
}

static inline void frame_free(struct frame *f)
{
    free(f->time);
    free(f->weight);
    free(f->event);
    free(f->group);
}

#endif
