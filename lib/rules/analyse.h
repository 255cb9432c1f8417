/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_LIB_RULES_ANALYSE_H
#define TTA_LIB_RULES_ANALYSE_H
/*
 * All rows that there can be, a finite number of kinds of them.
 *
 * What the questions are about are the variables: inputs, computed values, and orders of
 * two values. The constants of the questions cut each variable into regions within which
 * no question can tell two values apart. A set of rows is then a set of regions for each
 * variable (a state: bits), and the program is walked with states instead of rows: a
 * question splits a state in two or three. A state that comes to a step for the second
 * time (but for variables nobody asks about any more) is not walked again.
 */
#include "internal.h"

/* Of one walk; a table that needs more is too large. */
#define TTA_ANALYSIS_STEPS 30000000
#define TTA_ANALYSIS_SEEN 4000000 /* states remembered: 128 MB */
#define TTA_ANALYSIS_DEPTH 8000   /* questions one after the other */

struct tta_region {
    int64_t lo, hi;     /* of ordered types */
    union tta_slot rep; /* a value of it, or the missing one */
    bool missing;
};

enum tta_variable_kind { VARIABLE_INPUT, VARIABLE_COMPUTED, VARIABLE_ORDER };

struct tta_variable_of {
    enum tta_variable_kind kind;
    uint16_t a, b; /* the slot; the two slots, a < b */
    enum tta_type type;
    int64_t *cuts; /* where regions begin, until they are made */
    size_t cut_count, cut_cap;
    struct tta_text *texts; /* the same for texts: each a region, and what is behind them */
    size_t text_count;
    struct tta_region *regions;
    size_t count;
    size_t word, words; /* where its bits are in a state */
    uint64_t needs;     /* inputs that must be there for it to be */
    uint64_t uses;      /* inputs that it is computed from */
};

/* The questions of the program, by step. */
struct tta_question {
    int variable;             /* -1: the answer is known */
    int answer;               /* then */
    size_t yes, missing, bad; /* where these bits are in bits; no is the rest */
};

struct tta_analysis {
    struct tta_rules *t;
    struct tta_error *e;
    struct tta_variable_of *variables; /* the inputs first */
    size_t variable_count, variable_cap;
    struct tta_question *questions;
    uint64_t *bits;
    size_t bit_words, bit_cap;
    size_t state_words;
    uint64_t *relevant; /* state_words for each step: what is asked from there on */
    uint64_t *full;     /* the state of all rows */
    uint64_t *probe;    /* a state to look at */
    size_t free_count;  /* variables that are no inputs */
    uint64_t bound;     /* inputs that computed values are made of, as bits */
    bool free_today;

    /* the walk */
    uint64_t *stack;
    size_t stack_cap;
    struct tta_seen *seen;
    size_t seen_count, seen_cap;
    int64_t steps_left, tries_left, solve_left;
    int only; /* >= 0: the rule that is walked by itself */
    size_t cases;
    bool probing, answered; /* only whether any row is answered is asked */
    bool too_large;

    /* what was found */
    struct tta_rules_row row;
    struct tta_rules_space space;
    union tta_slot *example, *trial; /* input_count each */
    tta_date example_today;
    struct tta_rules_answer answer;
    uint64_t random;
    int64_t offsets[256]; /* distances in days that the rules speak of, for rows to try */
    size_t offset_count;
    size_t *overlaps; /* pairs told: first * TTA_RULES_MAX + second */
    size_t overlap_count;
    bool *reached;  /* rule_count + 1: by any reading */
    bool *told;     /* the same: that it takes no row */
    bool *possible; /* the same: there are rows for which it could not be shown */
    bool *empty;    /* input_count: a row where it is missing is answered */
    size_t gaps;
    size_t without_row; /* kinds of which no row was found */
    size_t undecided;   /* and of which it was not shown that there is none */
    size_t found;
    struct tta_buffer *out;
};

/*
 * analyse_variables.c: the number of a variable, new or old, or a code; of that of a
 * question (-1: its answer is known); where the question cuts it; its regions, from the cuts.
 */
int tta_analysis_variable(struct tta_analysis *a, enum tta_variable_kind kind, uint16_t slot,
                          uint16_t other);
int tta_analysis_variable_of(struct tta_analysis *a, const struct tta_rules_step *s);
int tta_analysis_cut(struct tta_analysis *a, const struct tta_rules_step *s,
                     struct tta_variable_of *v);
int tta_analysis_regions(struct tta_analysis *a, struct tta_variable_of *v);

/* analyse_questions.c. The texts and numbers in them live until tta_analysis_release. */
int tta_analysis_prepare(struct tta_analysis *a);
void tta_analysis_release(struct tta_analysis *a);
/* The inputs that a slot is computed from, as bits; strictly: that it cannot do without. */
uint64_t tta_analysis_uses(const struct tta_analysis *a, uint16_t slot, bool strictly, bool *today);

/* analyse_walk.c: walks all rows, or those of rule a->only. */
int tta_analysis_walk(struct tta_analysis *a);

/*
 * analyse_row.c: a row within a state with which the table does what is wanted, in
 * a->example. rule and other: for OVERLAP both, for HIT the first. FOUND_NONE: there is none;
 * FOUND_NOTHING: that could not be shown.
 */
enum tta_outcome {
    OUTCOME_HIT,
    OUTCOME_GAP,
    OUTCOME_OVERLAP,
    OUTCOME_OTHER_HIT,
    OUTCOME_TAKES /* rule other takes it too, and gives the same */
};
/* What the row that is looked for must show. */
struct tta_question_of_row {
    enum tta_outcome wanted;
    size_t rule, other;
};
enum tta_finding { FOUND_ROW, FOUND_NONE, FOUND_NOTHING, FOUND_NO_MEMORY };
enum tta_finding tta_analysis_find_row(struct tta_analysis *a, const uint64_t *state,
                                       enum tta_outcome wanted, size_t rule, size_t other);
/* A few rows are tried: is one of them answered? */
bool tta_analysis_guess(struct tta_analysis *a, const uint64_t *state);
/* Does the table do with a->example what is wanted? */
bool tta_analysis_shows(struct tta_analysis *a, const struct tta_question_of_row *q);
/* solve.c: the same row by narrowing, with an end: FOUND_NONE where it can be told. */
enum tta_finding tta_analysis_solve(struct tta_analysis *a, const uint64_t *state,
                                    const struct tta_question_of_row *q);
/* Is there no row in the state? A first look, without a search. */
int tta_analysis_exclude(struct tta_analysis *a, const uint64_t *state, bool *excluded);
int tta_analysis_write_row(struct tta_analysis *a);

/* analyse_never.c: which columns may be missing in a row that is answered. */
int tta_analysis_find_empty(struct tta_analysis *a);
/* What was not met in the whole walk. */
int tta_analysis_tell_rest(struct tta_analysis *a);
/* One fault; its row, or the end of the line, follows. */
int tta_analysis_tell(struct tta_analysis *a, const char *format, ...) TTA_PRINTF(2, 3);

/* analyse.c: what the walk has come to; the last: rows of rule a->only. */
int tta_analysis_rule(struct tta_analysis *a, const uint64_t *state);
int tta_analysis_leaf(struct tta_analysis *a, const uint64_t *state, int hit);
int tta_analysis_overlap(struct tta_analysis *a, const uint64_t *state, int first, int second);

#endif
