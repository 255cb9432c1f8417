/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_BUDGET_ICER_ROWS_H
#define TTA_CMD_BUDGET_ICER_ROWS_H
/* What tta-budget icer writes. */
#include "pairs.h"

extern const struct tta_column icer_columns[];

struct icer_draws {
    size_t n;
    double *cost, *effect, *work; /* work is room for n more */
};

int icer_rows(struct tta_run *run, const struct tta_icer_arm arms[2], const struct tta_icer *fit,
              const struct icer_draws *draws, const struct tta_list *prices, double level,
              struct tta_error *e);

#endif
