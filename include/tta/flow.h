/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_FLOW_H
#define TTA_FLOW_H
/*
 * How many cases went where: the flow of figure 1 in the call for Det store danske
 * TTA-forsøg (2009), beside what it planned, and the counts of a CONSORT diagram
 * (assessed, excluded with reasons, allocated; Schulz, Altman and Moher 2010).
 *
 * Everything is a part of something: the excluded of the assessed, the arms of the
 * eligible, the categories of the classified, the team's cases of those of category 2
 * where the team's need is known, and the clinic's of the team's.
 */
#include "tta/text.h"
#include "tta/type.h"

struct tta_flow_case {
    struct tta_text group;   /* ptr NULL: of none */
    struct tta_text reasons; /* why it is excluded, ids with ; between them; ptr NULL: not said */
    struct tta_text arm;     /* ptr NULL: allocated to none */
    int64_t category;        /* 1, 2 or 3; TTA_INTEGER_NONE: not classified */
    int8_t needs_team, needs_clinic;
    int8_t eligible; /* 0: excluded; TTA_BOOLEAN_NONE counts as eligible */
};

/* Planned shares of 1: category 2 of all, the team's of category 2, the clinic's of the team's. */
struct tta_flow_plan {
    double category2, team, clinic;
};

struct tta_flow;

/* 0 or TTA_E_MEMORY. tta_flow_free ends it; NULL is fine. */
int tta_flow_new(const struct tta_flow_plan *plan, struct tta_flow **out, struct tta_error *e);
void tta_flow_free(struct tta_flow *f);

/* Before the first case: steps and boxes are named in Danish. */
void tta_flow_speak_danish(struct tta_flow *f);

/*
 * Counts a case, once for all cases and once for its group. TTA_E_DATA, with e->column,
 * for a category that is none. An excluded case counts under each of its reasons once, and
 * nowhere further on; one with an arm is counted as allocated though excluded.
 */
int tta_flow_add(struct tta_flow *f, const struct tta_flow_case *c, struct tta_error *e);

/* Was any case excluded, classified or allocated? Also true where there was no case. */
bool tta_flow_says_anything(const struct tta_flow *f);

struct tta_flow_row {
    struct tta_text step;  /* "excluded: age" */
    struct tta_text group; /* ptr NULL: all cases */
    int64_t n, of;
    double share; /* NaN where of is 0 */
    double lower,
        upper;      /* the exact 95 % interval of share; NaN where nothing was left to chance */
    double planned; /* NaN where nothing was planned */
    int8_t differs; /* planned lies outside; TTA_BOOLEAN_NONE where it is NaN */
};

/*
 * Calls row for every count, all cases first, then the groups in the order they were
 * seen, each with the steps of all cases, so that every step adds up; its texts are borrowed. Ends
 * with the first failure of row.
 */
int tta_flow_rows(const struct tta_flow *f,
                  int (*row)(void *context, const struct tta_flow_row *row, struct tta_error *e),
                  void *context, struct tta_error *e);

/*
 * Appends the flow, of all cases and of each group by itself where there are groups, as a graph for
 * Graphviz (dot) or Mermaid. Nothing of a label is taken for syntax. 0 or TTA_E_MEMORY.
 */
enum tta_flow_language { TTA_FLOW_DOT, TTA_FLOW_MERMAID };
int tta_flow_draw(const struct tta_flow *f, enum tta_flow_language language,
                  struct tta_buffer *out);

#endif
