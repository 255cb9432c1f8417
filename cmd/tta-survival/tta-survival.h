/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_SURVIVAL_H
#define TTA_CMD_SURVIVAL_H
#include "tta/tool.h"

extern const struct tta_tool tta_survival_km, tta_survival_cox, tta_survival_zph;

#endif
