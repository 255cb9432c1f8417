/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_BUDGET_NET_INPUT_H
#define TTA_CMD_BUDGET_NET_INPUT_H
/* What tta-budget net reads: weeks of a case, or means of an arm. */
#include "study.h"

struct net_weeks {
    struct tta_text case_id, benefit;
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

#endif
