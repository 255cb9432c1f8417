/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_LIB_STAT_FLOW_H
#define TTA_LIB_STAT_FLOW_H
/* What the counting and the drawing of a flow share. */
#include "tta/flow.h"
#include "tta/names.h"

/* Texts, and how many cases had each. */
struct tta_flow_tally {
    struct tta_names names;
    int64_t *counts;
    int32_t cap;
};

/* Of one group, or of all cases. */
struct tta_flow_counts {
    int64_t assessed, excluded, allocated, classified;
    int64_t category[4];
    int64_t team_known, team;     /* of category 2: needs_team is there, and true */
    int64_t clinic_known, clinic; /* of the team's: the same of needs_clinic */
    /* what should not be: allocated though excluded, the team outside category 2, the clinical
     * unit without the team */
    int64_t broken, stray_team, stray_clinic;
    struct tta_flow_tally reasons, arms;
};

/* How many cases had that text. */
int64_t tta_flow_tallied(const struct tta_flow_tally *t, struct tta_text name);

struct tta_flow {
    struct tta_flow_plan plan;
    bool danish;
    struct tta_names groups; /* number 0 is all cases */
    struct tta_flow_counts *counts;
    int32_t cap;
};

/* In the language of the flow; a text that is none of ours comes back as it is. */
const char *tta_flow_word(const struct tta_flow *f, const char *english);

#endif
