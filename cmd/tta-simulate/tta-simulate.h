/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_SIMULATE_H
#define TTA_CMD_SIMULATE_H
#include "tta/tool.h"

extern const struct tta_tool tta_simulate_cases, tta_simulate_municipalities;

#endif
