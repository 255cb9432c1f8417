/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_SURVIVAL_H
#define TTA_CMD_SURVIVAL_H
#include "tta/tool.h"

extern const struct tta_tool tta_survival_km, tta_survival_test, tta_survival_rmst,
    tta_survival_pseudo, tta_survival_cox, tta_survival_zph, tta_survival_cif, tta_survival_merge;

/* Rewrites "merge FILE... km OPTION..." as "km --merge FILE... OPTION...", which is as long. */
void merge_rewrite(int argc, char **argv, const struct tta_tool *const *tools);

#endif
