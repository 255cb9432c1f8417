/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_FLOW_H
#define TTA_CMD_FLOW_H
/* The flow of figure 1 of the 2009 call, counted. */
#include "tta/names.h"
#include "visit.h"

/* Of one municipality, or of all. */
struct flow_counts {
    int64_t assessed, excluded, classified;
    int64_t category[4];
    int64_t team_known, team;     /* of category 2: needs_team is there, and true */
    int64_t clinic_known, clinic; /* of the team's: the same of needs_clinic */
    struct tta_names reasons, arms;
    int64_t *by_reason, *by_arm;
};

struct visit_flow {
    struct tta_names groups;
    struct flow_counts *counts;
    size_t cap;
    double planned_category2, planned_team, planned_clinic;
};

/* Draws the flow of all groups as dot (0) or Mermaid (1). 0 or TTA_E_MEMORY. */
int visit_draw(const struct visit_flow *flow, bool mermaid, bool grouped, struct tta_buffer *out);

#endif
