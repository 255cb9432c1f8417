/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_BUDGET_NET_ROWS_H
#define TTA_CMD_BUDGET_NET_ROWS_H
/* What tta-budget net writes. */
#include "evaluation.h"
#include "study.h"

extern const struct tta_column net_columns[];
extern const struct tta_column net_case_columns[]; /* with --by=case */

int net_rows(struct tta_run *run, const struct tta_net *net, const struct evaluation *evaluation,
             enum tta_flow_timing timing, struct tta_error *e);
/* A row for each case; what its benefits cost by number of the name. */
int net_case_rows(struct tta_run *run, const struct study *study, const struct tta_net_view *view,
                  const int64_t *benefits_ore, struct tta_error *e);

#endif
