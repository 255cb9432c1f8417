/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_VISIT_H
#define TTA_CMD_VISIT_H
/* What the forms of tta-visit share. */
#include "tta/rules.h"
#include "tta/tool.h"

struct visit_args {
    const char *rules;
    tta_date on;
    struct tta_list reading;
    bool explain, describe, check;
    int lang;
    bool flow;
    const char *by;
    int draw; /* -1: not */
};

struct visit_flow;

struct visit_state {
    struct tta_rules_family *family;
    struct tta_rules_answer answer;
    struct visit_flow *flow;   /* NULL: not --flow */
    struct tta_buffer text[2]; /* joined ids and sentences of COLLECT tables */
};

/* Tells a table what today is and how it is to be read. */
int visit_prepare(struct tta_rules *rules, const struct visit_args *args, struct tta_error *e);

/* The answers of --describe and --check-rules. */
int visit_describe(struct tta_run *run, const struct tta_rules_family *f, bool danish,
                   struct tta_error *e);
int visit_check(struct tta_run *run, const struct tta_rules_family *f, struct tta_error *e);

/* classify.c: the columns of a table, and the row of a case. */
int visit_columns(struct tta_run *run, const struct tta_rules_family *f, bool explain,
                  struct tta_error *e);
int visit_classify(struct tta_run *run, struct tta_error *e);

/* flow.c, flow_rows.c: --flow */
int visit_flow_begin(struct tta_run *run, struct tta_error *e);
int visit_flow_record(struct tta_run *run, struct tta_error *e);
int visit_flow_end(struct tta_run *run, struct tta_error *e);
void visit_flow_release(struct visit_flow *f);

#endif
