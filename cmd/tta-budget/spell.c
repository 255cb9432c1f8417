/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "spell.h"

#define AT(member) offsetof(struct spell, member)
const struct tta_column spell_columns[] = {
    {.name = "case_id", .type = TTA_TEXT, .offset = AT(case_id), .help = "one of --cases"},
    {.name = "code", .type = TTA_TEXT, .offset = AT(code), .help = "of DREAM, or a benefit's id"},
    {.name = "from",
     .type = TTA_DATE,
     .flags = TTA_OPTIONAL,
     .offset = AT(from),
     .help = "first day; or from_week"},
    {.name = "to",
     .type = TTA_DATE,
     .flags = TTA_OPTIONAL,
     .offset = AT(to),
     .help = "last day, included; empty: still open"},
    {.name = "from_week",
     .type = TTA_TEXT,
     .flags = TTA_OPTIONAL,
     .offset = AT(from_week),
     .help = "as 2020-W07 or y_2007"},
    {.name = "to_week",
     .type = TTA_TEXT,
     .flags = TTA_OPTIONAL,
     .offset = AT(to_week),
     .help = "the same; without the column that one week"},
    {.name = NULL},
};

int spell_days(const struct tta_run *run, const struct spell *r, tta_date *from, tta_date *to,
               struct tta_error *e)
{
    const char *problem = NULL;

    *from = r->from;
    *to = r->to;
    if ((r->from != TTA_DATE_NONE) == (r->from_week.ptr != NULL))
        return tta_fail(e, TTA_E_DATA, "either from or from_week says where a spell begins");
    if ((r->from_week.ptr == NULL && r->to_week.ptr != NULL) ||
        (r->from_week.ptr != NULL && r->to != TTA_DATE_NONE))
        return tta_fail(e, TTA_E_DATA, "a spell that begins with a day and ends with a week");
    if (r->from_week.ptr == NULL)
        return 0;
    problem = tta_dream_week_parse(r->from_week, from);
    if (problem != NULL)
        return tta_fail(e, TTA_E_DATA, "column from_week: %s", problem);
    if (!tta_has_column(run, "to_week"))
        *to = *from;
    else if (r->to_week.ptr != NULL && (problem = tta_dream_week_parse(r->to_week, to)) != NULL)
        return tta_fail(e, TTA_E_DATA, "column to_week: %s", problem);
    if (*to != TTA_DATE_NONE)
        *to += 6;
    return 0;
}
