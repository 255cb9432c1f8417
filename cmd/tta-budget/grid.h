/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_BUDGET_GRID_H
#define TTA_CMD_BUDGET_GRID_H
/* Two inputs of a scenario at all values of a grid. */
#include "tta/cost_scenario.h"
#include "tta/tool.h"

struct grid {
    struct {
        size_t input;
        int64_t from, to, steps; /* steps + 1 values */
    } side[2];
    int64_t at; /* the next of all the rows */
};

/* Reads INPUT=FROM:TO:STEPS twice, and says which columns come. */
int grid_begin(struct tta_run *run, const struct tta_scenario *s, const struct tta_list *items,
               struct grid *out, struct tta_error *e);
/* Emits the next row, or returns TTA_DONE. */
int grid_row(struct tta_run *run, const struct tta_scenario *s, size_t figure, struct grid *g,
             struct tta_error *e);

#endif
