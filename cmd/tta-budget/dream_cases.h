/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_BUDGET_DREAM_CASES_H
#define TTA_CMD_BUDGET_DREAM_CASES_H
/* The cases of tta-budget weeks: their weeks, and the part of them that is looked at. */
#include "tta/cost_dream.h"
#include "tta/names.h"
#include "tta/tool.h"

struct dream_person {
    struct tta_dream_case weeks;
    tta_date included;
    int32_t arm;
};

struct dream_study {
    tta_date since, until;
    int64_t follow_up; /* weeks; 0: no end */
};

struct dream_cases {
    struct tta_names names;
    struct dream_person *person; /* by number of the name */
    size_t cap;
    bool needs_arm; /* of everybody */
    bool closed;    /* nobody else comes */
};

/*
 * The cases of a file. TTA_E_DATA: one that stands twice, lacks its arm or first day, or
 * begins after the end.
 */
int dream_cases_read(struct tta_run *run, const char *file, const struct dream_study *study,
                     struct dream_cases *c, struct tta_error *e);
/* The case of that id, new where that is allowed. */
int dream_cases_find(struct dream_cases *c, struct tta_text id, struct dream_person **out,
                     struct tta_error *e);
struct tta_dream_window dream_window(const struct dream_study *study,
                                     const struct dream_person *person);
void dream_cases_release(struct dream_cases *c);

#endif
