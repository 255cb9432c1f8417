/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_VISIT_H
#define TTA_CMD_VISIT_H
/* What the forms of tta-visit share. */
#include "tta/rules.h"
#include "tta/tool.h"

struct visit_args {
    const char *rules; /* NULL: tta-2009 */
    tta_date on;
    struct tta_list reading;
    bool explain, describe, check;
    int lang;
    bool flow;
    const char *by;
};

struct tta_flow;

struct visit_state {
    struct tta_rules_family *family;
    struct tta_rules_answer answer;
    struct tta_flow *flow; /* NULL: not --flow */
    bool dated;            /* one table, with a deciding date: that input, */
    size_t deciding;
    int64_t days, outside;           /* rows with that date, and those outside the validity */
    struct tta_rules_groups *groups; /* NULL: not --by */
    struct tta_buffer text[2];       /* joined ids and sentences of COLLECT tables */
};

/* Tells the versions what today is, how they are to be read, and in which language they speak. */
int visit_prepare(const struct tta_run *run, struct tta_rules_family *f, struct tta_error *e);

/* The answers of --describe and --check-rules. */
int visit_describe(struct tta_run *run, const struct tta_rules_family *f, bool danish,
                   struct tta_error *e);
int visit_check(struct tta_run *run, const struct tta_rules_family *f, struct tta_error *e);

/*
 * classify.c: the columns of a table (room for more slots behind the inputs), and the
 * row of a case. put_answer fills own from the first output on.
 */
int visit_read_inputs(struct tta_run *run, const struct tta_rules_family *f, size_t more,
                      struct tta_error *e);
int visit_add_outputs(struct tta_run *run, const struct tta_rules_family *f, bool explain,
                      struct tta_error *e);
int visit_put_answer(struct tta_run *run, const struct tta_rules *t, union tta_slot *own,
                     struct tta_error *e);
int visit_classify(struct tta_run *run, struct tta_error *e);
void visit_note_days(struct tta_run *run);

/* groups.c: --by without --flow */
int visit_groups_begin(struct tta_run *run, struct tta_error *e);
int visit_groups_record(struct tta_run *run, struct tta_error *e);
int visit_groups_end(struct tta_run *run, struct tta_error *e);

/* TTA_E_USAGE: the column of --by is called as one that comes beside it. */
int visit_check_by(const char *by, const char *other, struct tta_error *e);

/* flow.c: --flow */
int visit_flow_begin(struct tta_run *run, struct tta_error *e);
int visit_flow_record(struct tta_run *run, struct tta_error *e);
int visit_flow_end(struct tta_run *run, struct tta_error *e);

#endif
