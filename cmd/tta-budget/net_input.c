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
    {.name = "currency",
     .type = TTA_TEXT,
     .flags = TTA_OPTIONAL,
     .offset = AT(currency),
     .help = "of --benefits; another is an error"},
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

int net_benefits(struct tta_run *run, const char *name_or_path, struct tta_benefits *out,
                 struct tta_error *e)
{
    int rc = tta_benefits_load(name_or_path, out, e);

    if (rc == 0)
        rc = tta_used_document(run, "benefits", out->id, out->hash, e);
    for (size_t i = 0; rc == 0 && i < out->schemes; i++)
        rc = tta_used_document(run, "refusion", out->scheme[i].id, out->scheme[i].hash, e);
    return rc;
}

int64_t net_first_week(const struct tta_run *run, const struct net_weeks *r)
{
    if (r->first_week != TTA_INTEGER_NONE || !tta_has_column(run, "first_week"))
        return r->first_week;
    return 1;
}

void net_count(struct study *study, const struct tta_benefits *benefits, const struct net_weeks *r,
               int64_t first_week)
{
    const struct tta_benefit *b = tta_benefit_named(benefits, r->benefit);

    if (b->scheme < 0)
        return;
    study->shared++;
    study->unnumbered += first_week == TTA_INTEGER_NONE;
    study->outside += tta_benefit_outside(benefits, r->benefit, r->year, r->weeks);
}

void net_note(const struct tta_run *run, const struct study *study)
{
    if (study->unnumbered > 0)
        tta_note(run,
                 "column first_week is missing: %lld of %lld rows with refusion are counted from "
                 "week 1, which the state pays most of",
                 (long long)study->unnumbered, (long long)study->shared);
    if (study->outside > 0)
        tta_note(run,
                 "%lld of %lld rows with refusion have weeks of a year outside the validity of "
                 "the refusion document of their benefit, and are shared by it all the same",
                 (long long)study->outside, (long long)study->shared);
}
