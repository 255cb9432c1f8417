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
 * TTA_E_USAGE: it ends before it begins, a follow-up without a first day (or --cases, as
 * listed says), no end although an option needs it (NULL: none does).
 */
int dream_study_check(const struct dream_study *study, bool listed, const char *needs_end,
                      struct tta_error *e);
/* The number of --no-code, -1 without it. TTA_E_USAGE. */
int dream_no_code(const struct tta_dream_codes *codes, const char *text, int *code,
                  struct tta_error *e);
/*
 * The cases of a file. TTA_E_DATA: one that stands twice, lacks its arm or first day, or
 * begins after the end.
 */
int dream_cases_read(struct tta_run *run, const char *file, const struct dream_study *study,
                     struct dream_cases *c, struct tta_error *e);
/* The case of that id, new where that is allowed. */
int dream_cases_find(struct dream_cases *c, struct tta_text id, struct dream_person **out,
                     struct tta_error *e);
/* Nothing is known of it: its spells were bad, or behind the end. */
bool dream_cases_empty(const struct dream_cases *c, int32_t number);
/*
 * What a week of the study without a code is. TTA_E_DATA: there is one, and code is
 * none (below 0); a case has neither a spell in the study nor a first day.
 */
int dream_cases_fill(struct dream_cases *c, const struct dream_study *study,
                     const struct tta_dream_codes *codes, int code, struct tta_error *e);
struct tta_dream_window dream_window(const struct dream_study *study,
                                     const struct dream_person *person);
void dream_cases_release(struct dream_cases *c);

#endif
