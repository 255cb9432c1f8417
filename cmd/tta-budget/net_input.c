/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "net_input.h"

#define AT(member) offsetof(struct net_weeks, member)
const struct tta_column net_reads[] = {
    {.name = "case_id",
     .type = TTA_TEXT,
     .flags = TTA_OPTIONAL,
     .offset = AT(case_id),
     .help = "one of --cases, which needs it"},
    {.name = "arm",
     .type = TTA_CHOICE,
     .flags = TTA_OPTIONAL,
     .choices = study_arms,
     .offset = AT(arm),
     .help = "with --persons, which needs it"},
    {.name = "year", .type = TTA_INTEGER, .offset = AT(year), .help = "of the weeks"},
    {.name = "benefit", .type = TTA_TEXT, .offset = AT(benefit), .help = "an id of --benefits"},
    {.name = "weeks", .type = TTA_DECIMAL, .offset = AT(weeks), .help = "on it in that year"},
    {.name = "first_week",
     .type = TTA_INTEGER,
     .flags = TTA_OPTIONAL,
     .offset = AT(first_week),
     .help = "its number in the count of the refusion [1]"},
    {.name = "count",
     .type = TTA_INTEGER,
     .flags = TTA_OPTIONAL,
     .offset = AT(count),
     .help = "which count: 2 when it has begun anew [1]"},
    {.name = NULL},
};

int net_who(const struct study *study, const struct net_weeks *r, struct net_who *who,
            struct tta_error *e)
{
    if (study->persons[0] > 0) {
        if (r->arm == TTA_CHOICE_NONE)
            return tta_fail(e, TTA_E_DATA, "column arm: --persons needs it");
        *who = (struct net_who){r->arm, r->arm, study->persons[r->arm]};
        return 0;
    }
    if (r->case_id.ptr == NULL)
        return tta_fail(e, TTA_E_DATA, "column case_id: --cases needs it");
    *who = (struct net_who){.number = tta_names_find(&study->names, r->case_id), .persons = 1};
    if (who->number < 0)
        return tta_fail(e, TTA_E_DATA, "column case_id: weeks of a case that is not known");
    who->arm = study->arm[who->number];
    return 0;
}
