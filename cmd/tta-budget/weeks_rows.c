/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "weeks_rows.h"

#include "study.h"

enum { CASE_ID, YEAR, BENEFIT, WEEKS, FIRST_WEEK, COUNT };
const struct tta_column weeks_columns[] = {
    {.name = "case_id", .type = TTA_TEXT, .help = "as it came"},
    {.name = "year", .type = TTA_INTEGER, .help = "in which the Thursdays of the weeks lie"},
    {.name = "benefit", .type = TTA_TEXT, .help = "an id of the documents of kind benefits"},
    {.name = "weeks", .type = TTA_INTEGER, .help = "on it"},
    {.name = "first_week",
     .type = TTA_INTEGER,
     .flags = TTA_NULLABLE,
     .help = "its number in the count of the refusion"},
    {.name = "count",
     .type = TTA_INTEGER,
     .flags = TTA_NULLABLE,
     .help = "which count: 2 when it has begun anew"},
    {.name = NULL},
};

enum { ARMS_ARM, ARMS_BENEFIT, ARMS_PERSONS, ARMS_WEEKS, ARMS_MEAN };
const struct tta_column weeks_arm_columns[] = {
    {.name = "arm", .type = TTA_CHOICE, .choices = study_arms, .help = "of --cases"},
    {.name = "benefit", .type = TTA_TEXT, .help = "an id of the documents of kind benefits"},
    {.name = "persons", .type = TTA_INTEGER, .help = "of the arm"},
    {.name = "weeks", .type = TTA_INTEGER, .help = "on it, of all of them"},
    {.name = "mean_weeks", .type = TTA_DECIMAL, .help = "for each of them"},
    {.name = NULL},
};

enum { ARM = 1, WORK_WEEKS, RETURN_WEEK, IN_WORK };
const struct tta_column weeks_case_columns[] = {
    {.name = "case_id", .type = TTA_TEXT, .help = "as it came"},
    {.name = "arm",
     .type = TTA_CHOICE,
     .flags = TTA_NULLABLE,
     .choices = study_arms,
     .help = "of --cases"},
    {.name = "work_weeks", .type = TTA_INTEGER, .help = "in work"},
    {.name = "return_week",
     .type = TTA_INTEGER,
     .flags = TTA_NULLABLE,
     .help = "first of 4 weeks in work on end"},
    {.name = "in_work", .type = TTA_INTEGER, .help = "in the last 4 weeks: 1, else 0"},
    {.name = NULL},
};

int weeks_rows(struct tta_run *run, struct tta_text id, struct tta_dream_walk *walk,
               struct tta_error *e)
{
    struct tta_dream_row rows[TTA_DREAM_YEAR_ROWS];
    union tta_slot *own = tta_own(run);
    size_t count;
    int rc = 0;

    while (rc == 0 && (count = tta_dream_walk_year(walk, rows)) > 0)
        for (size_t i = 0; rc == 0 && i < count; i++) {
            own[CASE_ID].text = id;
            own[YEAR].integer = rows[i].year;
            own[BENEFIT].text = tta_text_of(rows[i].benefit);
            own[WEEKS].integer = rows[i].weeks;
            if (rows[i].count > 0) {
                own[FIRST_WEEK].integer = rows[i].first_week;
                own[COUNT].integer = rows[i].count;
            }
            rc = tta_emit(run, e);
        }
    return rc;
}

int weeks_case(struct tta_run *run, struct tta_text id, int32_t arm,
               const struct tta_dream_work *work, struct tta_error *e)
{
    union tta_slot *own = tta_own(run);

    own[CASE_ID].text = id;
    own[ARM].choice = arm;
    own[WORK_WEEKS].integer = work->weeks;
    if (work->return_week > 0)
        own[RETURN_WEEK].integer = work->return_week;
    own[IN_WORK].integer = work->at_end;
    return tta_emit(run, e);
}

int weeks_arms(struct tta_run *run, const struct tta_dream_codes *codes,
               const struct tta_dream_sums *sums, struct tta_error *e)
{
    union tta_slot *own = tta_own(run);
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < codes->count; i++)
        for (int arm = 0; rc == 0 && arm < 2; arm++) {
            if ((sums->weeks[0][i] == 0 && sums->weeks[1][i] == 0) || sums->persons[arm] == 0)
                continue;
            own[ARMS_ARM].choice = arm;
            own[ARMS_BENEFIT].text = tta_text_of(codes->code[i].benefit);
            own[ARMS_PERSONS].integer = sums->persons[arm];
            own[ARMS_WEEKS].integer = sums->weeks[arm][i];
            own[ARMS_MEAN].micro = tta_dream_mean_micro(sums, arm, (int)i);
            rc = tta_emit(run, e);
        }
    return rc;
}
