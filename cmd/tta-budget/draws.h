/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_BUDGET_DRAWS_H
#define TTA_CMD_BUDGET_DRAWS_H
/* A figure of a scenario with its inputs drawn, and one row that sums it up. */
#include "tta/cost_scenario.h"
#include "tta/tool.h"

struct draws {
    int64_t *values;
    int64_t count;
    bool pays_back, done;
};

/* Draws all, and says which columns come. seed NULL: TTA_E_USAGE. */
int draws_begin(struct tta_run *run, const struct tta_scenario *s, size_t figure, int64_t count,
                const char *seed, struct draws *out, struct tta_error *e);
/* Emits the row, then returns TTA_DONE. */
int draws_row(struct tta_run *run, double level, int64_t threshold_micro, struct draws *d,
              struct tta_error *e);
void draws_release(struct draws *d);

#endif
