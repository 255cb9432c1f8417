/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_SURVIVAL_KM_H
#define TTA_SURVIVAL_KM_H
/* What the files of tta_km share. */
#include "order.h"

/* The rows of one group as places in the order: by time, and by entry. */
struct span {
    const uint32_t *first, *last;
    const uint32_t *enter, *enter_last; /* NULL without entries */
};

/* The input, checked and in order. */
struct km {
    const struct tta_km_input *in;
    const struct tta_km_options *options;
    struct tta_time_order order;
    double z;
    bool weighted, fractional, robust;
    size_t groups;
    size_t *start;                 /* groups + 1: where a group's places begin */
    uint32_t *place, *enter_place; /* group by group */
    uint8_t *event;                /* by place in the order: to look it up by row is slow */
};

/* Checks, sorts, and parts the groups. tta_km_finish frees, also after an error. */
int tta_km_prepare(const struct tta_km_input *in, const struct tta_km_options *options,
                   struct km *km, struct tta_error *e);
void tta_km_finish(struct km *km);

/* Adds a row of the input. */
void tta_km_count(const struct km *km, uint32_t row, struct tta_tally *t);
/* Persons in it. */
double tta_km_persons(const struct km *km, const struct tta_tally *t);

/* How the estimate answers to one more person: see robust.c. */
struct step {
    double event;   /* to the event of one at risk */
    double at_risk; /* to the presence of one at risk */
};

/*
 * The infinitesimal jackknife of one curve. U(i, t), the derivative of -log S(t) to the
 * weight of row i, is the sum over the times s until t of step.event (where its event
 * is) less step.at_risk (where it is at risk); the variance is the sum over clusters of
 * the squared sum of weight x U.
 */
struct influence;
int tta_influence_new(const struct km *km, struct influence **out, struct tta_error *e);
void tta_influence_free(struct influence *x);
/* Forgets everything: a new curve. */
void tta_influence_start(struct influence *x, const struct span *span);
/* The curve stayed at that height for that long. */
void tta_influence_stay(struct influence *x, double survival, double length);
/* A row comes under observation. */
void tta_influence_enter(struct influence *x, uint32_t row);
/* The next time, and what it does. */
void tta_influence_step(struct influence *x, struct step step);
/* Each of the rows that leave at it; then their tallies, those without event and those with. */
void tta_influence_leave(struct influence *x, uint32_t row);
void tta_influence_left(struct influence *x, const struct tta_tally *t, bool event);
/* Of -log S, when they have left. */
double tta_influence_variance(const struct influence *x);
/* Of the area under S over all stays. Ends the curve. */
double tta_influence_mean_variance(struct influence *x, const struct span *span);

void tta_km_limits(struct tta_km_row *r, double se, enum tta_conf_type type, double z);

#endif
