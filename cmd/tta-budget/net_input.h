/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_BUDGET_NET_INPUT_H
#define TTA_CMD_BUDGET_NET_INPUT_H
/* What tta-budget net reads: weeks of a case, or means of an arm. */
#include "study.h"
#include "tta/cost_net.h"

struct net_weeks {
    struct tta_text case_id, benefit, currency;
    int64_t year, weeks, first_week, count;
    int32_t arm;
};

extern const struct tta_column net_reads[];

/* Whose weeks these are: a case and its arm, or an arm of so many alike. */
struct net_who {
    int32_t number;
    int arm;
    int64_t persons;
};

/* TTA_E_DATA: a case that is not known, or neither case nor arm where it is needed. */
int net_who(const struct study *study, const struct net_weeks *r, struct net_who *who,
            struct tta_error *e);

/* The benefits, and the documents that they rest on, into the manifest. */
int net_benefits(struct tta_run *run, const char *name_or_path, struct tta_benefits *out,
                 struct tta_error *e);

/*
 * The week that the row begins with in the count of the refusion: TTA_INTEGER_NONE where the
 * input has no such column.
 */
int64_t net_first_week(const struct tta_run *run, const struct net_weeks *r);
/* Counts a row that is in the result, and says of all what must be known. */
void net_count(struct study *study, const struct tta_benefits *benefits, const struct net_weeks *r,
               int64_t first_week);
void net_note(const struct tta_run *run, const struct study *study);

#endif
