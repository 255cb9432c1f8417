/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_COST_LOAD_SCENARIO_H
#define TTA_COST_LOAD_SCENARIO_H
#include "tta/cost_scenario.h"
#include "tta/data.h"

void tta_scenario_take_names(const json_t *item, char id[TTA_SCENARIO_ID],
                             char unit[TTA_SCENARIO_ID]);

/* An item of "flows", and what a figure says in "over_years". */
int tta_scenario_take_flow(const struct tta_document *d, const json_t *item, const char *place,
                           struct tta_scenario *s, struct tta_error *e);
int tta_scenario_take_over_years(const struct tta_document *d, const json_t *over,
                                 const char *place, const struct tta_scenario *s,
                                 struct tta_scenario_figure *f, struct tta_error *e);

#endif
