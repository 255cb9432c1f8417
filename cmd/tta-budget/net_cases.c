/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "net_rows.h"

enum { CASE_ID, ARM, BENEFITS, EFFORT, COST, IN_WORK };
const struct tta_column net_case_columns[] = {
    {.name = "case_id", .type = TTA_TEXT, .help = "of --cases"},
    {.name = "arm", .type = TTA_CHOICE, .choices = study_arms, .help = "of --cases"},
    {.name = "benefits_cost", .type = TTA_MONEY, .help = "of its weeks, as present value"},
    {.name = "effort_cost", .type = TTA_MONEY, .help = "its equal share of --costs, the same"},
    {.name = "cost", .type = TTA_MONEY, .help = "both"},
    {.name = "in_work",
     .type = TTA_INTEGER,
     .flags = TTA_NULLABLE,
     .help = "of --cases: 1 or 0, or empty"},
    {.name = NULL},
};

int net_case_rows(struct tta_run *run, const struct study *study, const struct tta_net_view *view,
                  const int64_t *benefits_ore, struct tta_error *e)
{
    union tta_slot *own = tta_own(run);
    int64_t effort;
    int rc = tta_net_effort_each(study->net, view, &effort, e);

    for (int32_t i = 0; rc == 0 && i < study->names.count; i++) {
        own[CASE_ID].text = tta_names_text(&study->names, i);
        own[ARM].choice = study->arm[i];
        own[BENEFITS].ore = benefits_ore[i];
        own[EFFORT].ore = study->arm[i] == 0 ? effort : 0;
        if (study->in_work[i] != TTA_BOOLEAN_NONE)
            own[IN_WORK].integer = study->in_work[i];
        rc = tta_add(benefits_ore[i], own[EFFORT].ore, &own[COST].ore)
                 ? tta_emit(run, e)
                 : tta_fail(e, TTA_E_DATA, "an amount too large to hold");
    }
    return rc;
}
