/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_BUDGET_STUDY_H
#define TTA_CMD_BUDGET_STUDY_H
/* The people of a study and what the effort cost, from a second and a third file. */
#include "tta/cost_net.h"
#include "tta/names.h"
#include "tta/tool.h"

extern const char *const study_arms[]; /* intervention, control */

struct study {
    struct tta_names names;
    uint8_t *arm;    /* by number of the name */
    int8_t *in_work; /* the same; TTA_BOOLEAN_NONE: not known */
    size_t cap;
    struct tta_net *net;
    struct tta_net_weeks weeks;
    int64_t income;       /* costs below zero: how many */
    int64_t persons[2];   /* set before reading, where there are no cases: how many in each arm */
    const char *currency; /* set before reading: of the costs */
    int64_t last_year;    /* set before reading: costs after it are left out; 0: none are */
    int64_t beyond;       /* how many those were */
    /* rows of weeks that a refusion shares; without a week of the count; outside its validity */
    int64_t shared, unnumbered, outside;
    unsigned char cases_hash[32], costs_hash[32];
};

/*
 * The people (cases NULL: s->persons of them), with who of them is in work at the end where the
 * file says so, and unless costs is NULL what the effort cost: year, payer, amount, in prices of
 * the price year. TTA_E_DATA: a case that stands twice, an arm without any, in_work known of some
 * only.
 */
/* Reads "N,N" into s->persons. TTA_E_USAGE. */
int study_persons(const struct tta_list *list, struct study *s, struct tta_error *e);
int study_read(struct tta_run *run, const char *cases, const char *costs, int64_t first_year,
               struct study *s, struct tta_error *e);
void study_release(struct study *s);

#endif
