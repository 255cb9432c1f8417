/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_BUDGET_NET_ROWS_H
#define TTA_CMD_BUDGET_NET_ROWS_H
/* What tta-budget net writes. */
#include "evaluation.h"
#include "tta/cost_net.h"

extern const struct tta_column net_columns[];

int net_rows(struct tta_run *run, const struct tta_net *net, const struct evaluation *evaluation,
             enum tta_flow_timing timing, struct tta_error *e);

#endif
