/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <string.h>

#include "tta/cost_staffing.h"
#include "tta/data.h"

int tta_staffing_load(const char *name_or_path, struct tta_staffing_norms *out, struct tta_error *e)
{
    struct tta_document d;
    int64_t clinic = 0;
    int code = 0;

    memset(out, 0, sizeof *out);
    if (tta_document_load("staffing", name_or_path, &d, e) != 0)
        return e->code;
    snprintf(out->id, sizeof out->id, "%s", d.id);
    memcpy(out->hash, d.hash, sizeof out->hash);
    tta_json_decimal(d.root, "category2_share", &out->category2_micro);
    tta_json_decimal(d.root, "team_share", &out->team_micro);
    tta_json_decimal(d.root, "clinic_share_of_team", &clinic);
    tta_muldiv_half_up(out->team_micro, clinic, TTA_MICRO, &out->clinic_micro);
    tta_json_decimal(d.root, "hours_per_patient", &out->patient_hours_micro);
    tta_json_decimal(d.root, "conference_hours_a_week", &out->conference_hours_micro);
    out->capacity_cases = tta_json_integer(d.root, "capacity_cases", 1);
    out->team_size = tta_json_integer(d.root, "team_size", 1);
    out->meeting_cases = tta_json_integer(d.root, "cases_a_meeting", 1);
    out->meeting_clarifications = tta_json_integer(d.root, "clarifications_a_meeting", 1);
    out->courses_least = tta_json_integer(d.root, "courses_least", 1);
    out->courses_most = tta_json_integer(d.root, "courses_most", 1);
    if (out->courses_least > out->courses_most)
        code = tta_document_fail(&d, e, "/courses_least", "above courses_most");
    tta_document_release(&d);
    return code;
}
