/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_REFUSION_H
#define TTA_CMD_REFUSION_H
/* What the parts of tta-refusion share: its options, a row, and what it keeps. */
#include "tta/refusion_partial.h"
#include "tta/tool.h"

enum by { BY_CASE, BY_WEEK, BY_MONTH, BY_YEAR };

enum empty_benefit { EMPTY_ERROR, EMPTY_MAXIMUM };

struct args {
    struct tta_list scheme, compare, reading, by;
    int empty_benefit;
    tta_date until;
    const char *activity, *history, *maximum, *employer_period;
    bool persons, explain, above, partial, merge;
};

struct record {
    struct tta_text case_id, person_id;
    tta_date first, last, active_from, active_to, partial_from, partial_to;
    int32_t employment, exception;
    int64_t weekly_benefit_ore, weeks_before, hours_micro, fraction_micro;
    struct tta_text cells[TTA_TOTALS_COLUMNS]; /* the COLUMNs of --by=month */
};

/* One row of --activity. */
struct activity_row {
    int32_t case_number;
    bool open; /* no last day: to the end of the case */
    bool used;
    int64_t line;
    struct tta_refusion_period period;
};

struct activity {
    const char *path;
    struct tta_names cases;
    bool *seen; /* by case */
    struct activity_row *rows;
    size_t count, cap;
    size_t *first; /* by case: its first row; one more at the end */
    unsigned char hash[32];
};

/* Rows of --history, by person. */
struct history {
    struct tta_names persons;
    struct tta_refusion_spell *spells;
    int32_t *person; /* of the spell, while it is read */
    bool *used;      /* by person: it is in the input */
    size_t count, cap;
    size_t *first;
    unsigned char hash[32];
};

struct state {
    enum by by;
    struct tta_refusion_law law, other; /* other: --compare */
    struct activity activity;
    struct history history;
    struct tta_refusion_person person, other_person;
    int64_t person_weeks_before;
    struct tta_refusion_period *periods; /* of the case at hand */
    size_t period_cap;
    struct tta_refusion_totals totals;
    char fingerprint[TTA_FINGERPRINT_SIZE];
    struct tta_buffer partial_id; /* fingerprint and tables: of --partial, or of the rows merged */
    struct tta_partial_inputs inputs; /* --partial */
    size_t input_count;               /* --merge: those that said what they hold */
    size_t merged_from;               /* --merge: the number of the last such, from 1 */
    struct tta_partials partials;
    struct tta_refusion_why why; /* of --explain, for the row at hand */
    int64_t too_early;           /* cases or persons with more weeks before than the act counts */
    int64_t outside;             /* cases with days outside the scheme's validity */
    int64_t at_maximum;          /* cases without a weekly benefit */
    int64_t unknown_cases, unknown_weeks; /* after the last day with a known maximum */
    int64_t repeated;                     /* rows with the case_id of the row before */
    struct tta_buffer case_before;
    int64_t alone; /* cases whose weeks of benefit are counted without their person */
};

extern const struct tta_column refusion_reads[], refusion_adds[], refusion_person_column;
extern const struct tta_column refusion_compared[3]; /* of --compare, for cases and weeks */
extern const struct tta_column
    refusion_explained[3]; /* of --explain: regime, paragraph, confidence */

/* setup.c: options to laws, tables and columns. */
int refusion_begin(struct tta_run *run, struct tta_error *e);

/* TTA_E_DATA with the column to look at. */
int refusion_wrong(struct tta_error *e, const char *column, const char *sentence);

/* input.c: the row as a case; whether it can be counted is not asked yet. */
int refusion_case(struct tta_run *run, struct tta_refusion_case *c, struct tta_error *e);

/* notes.c: the row that was counted; in the end, a line for all that is worth a look. */
int refusion_count(struct tta_run *run, const struct tta_refusion_case *c, struct tta_error *e);
void refusion_notes(struct tta_run *run);

/* periods.c: the active days that the row itself has, appended to state->periods. */
int own_periods(struct state *state, const struct record *r, const struct tta_refusion_case *c,
                bool open, size_t *count, struct tta_error *e);
/* Room for one more than count. */
int refusion_more_periods(struct state *state, size_t count, struct tta_error *e);

/* activity.c */
int activity_read(struct tta_run *run, const char *path, struct activity *a, struct tta_error *e);
/* Appends the periods of the row's case to state->periods. */
int activity_periods(struct state *state, const struct tta_refusion_case *c,
                     struct tta_text case_id, bool open, size_t *count, struct tta_error *e);
int activity_check_used(const struct activity *a, struct tta_error *e);
void activity_release(struct activity *a);

/* history.c */
int history_read(struct tta_run *run, const char *path, struct history *h, struct tta_error *e);
const struct tta_refusion_spell *history_of(struct history *h, struct tta_text person,
                                            size_t *count);
int64_t history_unused(const struct history *h);
void history_release(struct history *h);

/* by_case.c, by_week.c, by_month.c: the columns, and the rows of one case. */
int by_case_columns(struct tta_run *run, struct tta_error *e);
int by_case(struct tta_run *run, const struct tta_refusion_case *c, struct tta_error *e);
int by_week_columns(struct tta_run *run, struct tta_error *e);
int by_week(struct tta_run *run, const struct tta_refusion_case *c, struct tta_error *e);
int by_month_columns(struct tta_run *run, struct tta_error *e);
int by_month(struct tta_run *run, const struct tta_refusion_case *c, struct tta_error *e);
int by_month_end(struct tta_run *run, struct tta_error *e);

/* How many of the sums there are columns for. */
int sums_used(const struct args *args);
extern const char *const sum_names[TTA_SUMS];

/* partial.c: what stands before the sums of a part. */
extern const struct tta_column partial_columns[4];
int partial_fingerprint(const struct args *args, struct state *state, struct tta_error *e);
int partial_begin(struct tta_run *run, struct tta_error *e);
int partial_heads(struct tta_run *run, struct tta_error *e);

/* merge.c: a row of --partial; in the end, whether all of it is there. */
int merge_columns(struct tta_run *run, struct tta_error *e);
int merge_row(struct tta_run *run, struct tta_error *e);
int merge_end(struct tta_run *run, struct tta_error *e);

#endif
