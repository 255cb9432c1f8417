/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_BUDGET_H
#define TTA_CMD_BUDGET_H
#include "tta/tool.h"

extern const struct tta_tool tta_budget_certificates;
extern const struct tta_tool tta_budget_consortium;
extern const struct tta_tool tta_budget_cost;
extern const struct tta_tool tta_budget_grant;
extern const struct tta_tool tta_budget_icer;
extern const struct tta_tool tta_budget_model;
extern const struct tta_tool tta_budget_net;
extern const struct tta_tool tta_budget_package;
extern const struct tta_tool tta_budget_scenario;
extern const struct tta_tool tta_budget_sensitivity;
extern const struct tta_tool tta_budget_staffing;
extern const struct tta_tool tta_budget_weeks;

/* A column of the output that has no value in some rows. */
#define MAY_BE_EMPTY(n, t, h)                                                                      \
    {                                                                                              \
        .name = n, .type = t, .flags = TTA_NULLABLE, .help = h                                     \
    }

#endif
