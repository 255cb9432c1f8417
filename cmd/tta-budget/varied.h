/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_BUDGET_VARIED_H
#define TTA_CMD_BUDGET_VARIED_H
/* How the inputs of a scenario may vary, from the command line. */
#include "tta/cost_scenario.h"
#include "tta/tool.h"

/* --range: INPUT=LOW:HIGH. TTA_E_USAGE, with the place in the list. */
int varied_ranges(const struct tta_list *items, struct tta_scenario *s, struct tta_error *e);
/* --distribution: INPUT=KIND:NUMBER:NUMBER, of a triangular one a third. */
int varied_distributions(const struct tta_list *items, struct tta_scenario *s, struct tta_error *e);

/* Does the figure rest on an input that has a distribution? */
bool varied_any(const struct tta_scenario *s, size_t figure);
/*
 * Says which inputs the figure rests on that have no range, or no distribution,
 * and which have one that it does not rest on.
 */
void varied_note(const struct tta_run *run, const struct tta_scenario *s, size_t figure,
                 bool distributions);

#endif
