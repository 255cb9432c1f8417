/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_BUDGET_MONTHS_H
#define TTA_CMD_BUDGET_MONTHS_H
/* Months that follow one another, in each municipality, with its queues. */
#include "tta/cost_staffing.h"
#include "tta/names.h"
#include "tta/tool.h"

enum { QUEUE_COORDINATORS, QUEUE_TEAMS, QUEUE_CLINIC, QUEUES };

/* What is left waiting, and the share of the capacity used. */
extern const struct tta_column months_queues[QUEUES][2];

struct months_of {
    int64_t month; /* the last seen: 12 x year + month - 1 */
    struct tta_queue queue[QUEUES];
};

struct months {
    struct tta_names names;
    struct months_of *of;
    struct months_of alone; /* where there is no municipality */
    bool said;
};

/*
 * yyyy-mm to a number and the days of that month. TTA_E_DATA: no month, or not
 * the one after the last of its municipality (a missing name is one too). The
 * queues are the municipality's own, to be changed only when nothing fails.
 */
int months_take(struct months *m, struct tta_text municipality, struct tta_text month,
                struct months_of **of, int64_t *number, int *days, struct tta_error *e);
/* Says once, of the row at hand, that the clinic has no hour for patients, when that is so. */
void months_note_clinic(const struct tta_run *run, struct months *m,
                        const struct tta_queue *clinic);
void months_release(struct months *m);

#endif
