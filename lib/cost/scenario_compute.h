/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_COST_SCENARIO_COMPUTE_H
#define TTA_COST_SCENARIO_COMPUTE_H
#include "tta/cost_scenario.h"

/* One figure, of the inputs and of the figures before it. NULL, or why it cannot be. */
const char *tta_scenario_operate(const struct tta_scenario *s, const struct tta_scenario_figure *f,
                                 const int64_t *given, const int64_t *value, int64_t *out);

/* As tta_scenario_value_at; TTA_INTEGER_NONE: never paid back. */
int tta_scenario_or_never(const struct tta_scenario *s, const int64_t *given, size_t figure,
                          int64_t *out, struct tta_error *e);

#endif
