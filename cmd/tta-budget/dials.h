/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_BUDGET_DIALS_H
#define TTA_CMD_BUDGET_DIALS_H
/* A scenario as the command line changes it. */
#include "tta/cost_scenario.h"
#include "tta/tool.h"

/* Loads it, names it in the manifest, and sets the inputs of --set. */
int dials_begin(struct tta_run *run, const char *model, const struct tta_list *set,
                struct tta_scenario *out, struct tta_error *e);

/* The figure of that id. TTA_E_USAGE: there is none. */
int dials_figure(const struct tta_scenario *s, const char *id, size_t *figure, struct tta_error *e);

#endif
