/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_LIB_RULES_INTERNAL_H
#define TTA_LIB_RULES_INTERNAL_H
/*
 * How a table comes to be: load*.c read the JSON into columns, rules and trees of
 * struct tta_rules_node; resolve.c, compare.c and value.c give every node its meaning and
 * refuse what does not fit; compile.c writes the program; decide.c and eval.c run it. Once
 * today and the readings are known, settle.c writes it anew for just these: fold.c answers
 * what they answer, thread.c what earlier answers do.
 *
 * Everything that a question can be about has a slot number: the inputs, 0 and up, and
 * behind them the computed values.
 */
#include "tta/rules.h"

/* ---- the program ---- */

enum tta_rules_op {
    OP_TRUTH,      /* truth value */
    OP_RANGE,      /* int64 from lo to hi: every comparison of a number with a constant */
    OP_RANGE_DATE, /* the same of a date */
    OP_CHOICE,     /* choice equal to lo */
    OP_SET,        /* choice whose bit stands in lo */
    OP_MISSING,    /* of any type */
    OP_TEXT,       /* text equal to text number lo */
    OP_PREFIX,     /* text that begins with text number lo */
    OP_STARTS,     /* text that begins with that of slot lo */
    OP_LESS,       /* int64 below that of slot lo */
    OP_LESS_DATE,
    OP_SAME, /* equal to slot lo */
    OP_SAME_DATE,
    OP_SAME_TRUTH,
    OP_SAME_CHOICE,
    OP_SAME_TEXT,
    OP_BITS,  /* number whose bit, counted from lo, stands in hi */
    OP_BEGIN, /* the checks are done; goes on at yes */
    OP_HIT,   /* the rule takes the row; goes on at yes */
    OP_BAD,   /* check number rule does not hold */
    OP_YES,   /* ends of conditions within values */
    OP_NO,
    OP_END,
    OP_COMPUTED,
    OP_DAYS_LESS, /* OP_LESS_DATE where slot is an input and about hi days; see near.c */
    OP_LESS_DAYS  /* the same of slot lo */
};

/* Is the question about two slots? */
static inline bool tta_rules_is_pair(uint8_t op)
{
    return op >= OP_STARTS && op <= OP_SAME_TEXT;
}

#define TTA_RULES_FAIL 0xffff /* where "missing" leads in rules: to an error */

/*
 * One question about the row, and where to go on after each answer. There is no
 * stack: and, or and ! are nothing but where the questions lead. Of the six
 * comparisons "less", "range" and "same" are enough, with yes and no exchanged.
 */
struct tta_rules_step {
    uint8_t op;
    uint8_t type; /* enum tta_type of the slot */
    uint8_t how;  /* op, or OP_COMPUTED: a slot that the question is about is no input */
    uint16_t slot;
    uint16_t yes, no, missing;
    uint16_t rule; /* whose question it is */
    int64_t lo, hi;
};

enum tta_rules_value_op {
    VALUE_CONSTANT,
    VALUE_NULL,   /* empty */
    VALUE_INPUT,  /* of a choice: its name as a text */
    VALUE_OPTION, /* reading number a */
    VALUE_TODAY,
    VALUE_CONDITION, /* the truth of the condition at pc */
    VALUE_IF,        /* the condition at pc ? a : b */
    VALUE_ADD,
    VALUE_SUBTRACT,
    VALUE_MULTIPLY, /* a x b / scale */
    VALUE_DIVIDE,   /* a x scale / b */
    VALUE_MIN,
    VALUE_MAX,
    VALUE_MIN_DATE,
    VALUE_MAX_DATE,
    VALUE_DAYS,
    VALUE_WEEKS,
    VALUE_ADD_DAYS, /* scale days each */
    VALUE_ADD_MONTHS,
    VALUE_AGE,
    VALUE_ISO_WEEK,
    VALUE_MONTH_END
};

/* A computed value; its slot is input_count + its place. Operands have lower slots. */
struct tta_rules_value {
    uint8_t op;
    uint16_t a, b;
    uint16_t first, pc; /* the condition's steps stand from first to pc */
    int64_t scale;
    union tta_slot constant;
    struct tta_rules_column column;   /* its type, and what messages call it */
    struct tta_rules_node *condition; /* until it is compiled */
};

/* What every row's inputs are held to before the rules see them. */
struct tta_rules_limit {
    uint16_t slot;
    uint8_t type;
    bool nullable;
    int64_t lo, hi;                      /* TTA_INTEGER_NONE is below lo */
    const struct tta_rules_words *words; /* texts: NULL, or what tells them apart */
};

/* The program for one day and one set of readings. */
struct tta_rules_settled {
    struct tta_rules_step *code;
    size_t count;
    uint16_t entry;
    struct tta_rules_value *values;
};

struct tta_rules_program {
    struct tta_rules_step *code;
    size_t count, cap;
    uint16_t entry, rules_entry;
    uint16_t *entries;              /* of each rule by itself */
    struct tta_rules_limit *limits; /* one for each input */
    struct tta_rules_value *values;
    size_t value_count, value_cap;
    struct tta_text *texts; /* constants of OP_TEXT and OP_PREFIX */
    size_t text_count;
    tta_date today;
    bool danish;                            /* what checks say */
    union tta_slot *readings;               /* for each option */
    struct tta_rules_settled *settled;      /* NULL: not, or no longer */
    struct tta_rules_node **when, **checks; /* the trees, for describe.c */
    struct tta_rules_node **then;           /* output_count for each rule and the default */
    struct tta_rules_block *blocks;         /* the memory of the table */
};

/* ---- the tree ---- */

enum tta_rules_kind {
    NODE_OPERATOR,
    NODE_TRUTH,
    NODE_NUMBER,
    NODE_TEXT,
    NODE_NULL,
    NODE_LIST, /* of constants */
    /* what resolve.c makes of operators */
    NODE_ALL,  /* and */
    NODE_ANY,  /* or */
    NODE_NOT,  /* ! */
    NODE_IF,   /* of conditions */
    NODE_STEPS /* one or two questions that must both be answered so */
};

struct tta_rules_node {
    enum tta_rules_kind kind;
    const char *name; /* of the operator as written; NODE_TEXT: the text */
    struct tta_rules_node **operands;
    size_t count;
    const struct tta_rules_node *parent;
    size_t place;                      /* among the parent's operands */
    bool list;                         /* the operands stood in a list */
    bool truth;                        /* NODE_TRUTH */
    bool is_integer, is_micro, is_ore; /* NODE_NUMBER: which of the three it can be */
    int64_t integer, micro, ore;
    bool has_slot; /* resolved as a value */
    uint16_t slot;
    struct tta_rules_node **parts; /* what conditions consist of, once resolved */
    size_t part_count;
    struct tta_rules_step steps[2]; /* NODE_STEPS: op, type, slot, lo, hi */
    bool wanted[2];                 /* the answers */
    int step_count;
};

/* What is wrong with a condition, and where. */
struct tta_rules_fault {
    const struct tta_rules_node *at;
    char text[256];
};

/*
 * Memory that lives as long as the table, zeroed; NULL when there is none left.
 * The copy of a NULL text is "".
 */
void *tta_rules_alloc(struct tta_rules *t, size_t count, size_t size);
const char *tta_rules_string(struct tta_rules *t, const char *text);

/* Gives the tree of a condition its meaning. 0, TTA_E_CONFIG with the fault, or TTA_E_MEMORY. */
int tta_rules_resolve(struct tta_rules *t, struct tta_rules_node *when,
                      struct tta_rules_fault *fault);

/*
 * Gives the tree of an output's expression its meaning: *slot gives the value, of that
 * column's type. null is taken where the column is nullable.
 */
int tta_rules_resolve_output(struct tta_rules *t, struct tta_rules_node *node,
                             const struct tta_rules_column *column, uint16_t *slot,
                             struct tta_rules_fault *fault);

/*
 * A constant as a value of that column's type. false: it is none, and why (a clause that
 * goes on after "is"); a text stays the node's.
 */
bool tta_rules_constant(const struct tta_rules_column *column, const struct tta_rules_node *node,
                        union tta_slot *out, const char **why);

/* Writes the program of the resolved conditions, one for each rule and check. 0 or a code. */
int tta_rules_compile(struct tta_rules *t, struct tta_error *e);

/*
 * The same into p, which has the trees and the values; folded: what constants among the
 * values answer is not asked.
 */
int tta_rules_write_program(struct tta_rules *t, struct tta_rules_program *p, bool folded,
                            struct tta_error *e);

/* Turns what today, the readings and constants alone give into constants. */
void tta_rules_fold_values(const struct tta_rules *t, struct tta_rules_value *values);

/*
 * What the constants among p's values say of a question: 1, 0, or -1. Where a constant is
 * one of two sides it becomes a question about the other; *turned: with the answers exchanged.
 */
int tta_rules_fold(const struct tta_rules *t, const struct tta_rules_program *p,
                   struct tta_rules_step *s, bool *turned);

/* words.c: what tells the texts of a slot apart; *out NULL: too much, or nothing, to tell. */
int tta_rules_read_words(struct tta_rules *t, uint16_t slot, const struct tta_rules_words **out);
int64_t tta_rules_words_class(const struct tta_rules_words *w, struct tta_text text);
size_t tta_rules_words_count(const struct tta_rules_words *w);
/* The classes, as bits, of which OP_TEXT or OP_PREFIX is true. */
int64_t tta_rules_words_set(const struct tta_rules_words *w, const struct tta_rules_step *s);

/*
 * Makes one question of two about one slot, where the second is asked on one answer only and
 * the other answer leads both to the same place. false: they stay two.
 */
bool tta_rules_join(struct tta_rules_step *s, const struct tta_rules_step *yes,
                    const struct tta_rules_step *no);

/* What the answer to one question says of another: 1, 0, or -1 where it says nothing. */
int tta_rules_implied(const struct tta_rules *t, const struct tta_rules_step *known, bool answer,
                      const struct tta_rules_step *asked);

/* The choices, or classes of texts, of a slot that OP_SET asks about, as bits; 0: too many. */
uint64_t tta_rules_all_choices(const struct tta_rules *t, uint16_t slot);

/*
 * Appends to the program a copy in which nothing is asked that was answered on the way, and
 * enters there. A program that is too large for it stays as it is.
 */
int tta_rules_thread(const struct tta_rules *t, struct tta_rules_settled *p, struct tta_error *e);

void tta_rules_unsettle(struct tta_rules *t);

/* The column, or what stands for one, of a slot. */
const struct tta_rules_column *tta_rules_slot(const struct tta_rules *t, uint16_t slot);

bool tta_rules_slot_equal(enum tta_type type, const union tta_slot *a, const union tta_slot *b);

/* TTA_E_CONFIG: no built-in table or family is called that; which there are, and the nearest. */
int tta_rules_fail_unknown(const char *name, struct tta_error *e);

/* ---- the run ---- */

/* A row while it is decided. */
struct tta_rules_row {
    const struct tta_rules *t;
    const struct tta_rules_step *code;
    const struct tta_rules_value *values;
    const union tta_slot *in;
    uint16_t missing;              /* the slot that was */
    const char *bad;               /* why a value cannot be computed */
    struct tta_rules_space *space; /* NULL: the table computes nothing */
    /* inputs as numbers of one size, truth values 0 and 1, texts 0 or a class; TTA_INTEGER_NONE:
     * missing */
    int64_t number[TTA_RULES_INPUTS_MAX];
};

/* The computed values of a row, and which of them are there. */
struct tta_rules_space {
    uint64_t done[TTA_RULES_VALUES_MAX / 64];
    union tta_slot computed[TTA_RULES_VALUES_MAX];
};

enum { ROW_NO, ROW_YES, ROW_MISSING, ROW_BAD };

/* begin leaves the numbers to the caller; in may be NULL where no input is asked for. */
void tta_rules_row_begin(struct tta_rules_row *r, const struct tta_rules *t,
                         const union tta_slot *in, struct tta_rules_space *space);
void tta_rules_row_start(struct tta_rules_row *r, const struct tta_rules *t,
                         const union tta_slot *in, struct tta_rules_space *space);

static inline bool tta_rules_is_missing(uint8_t type, const union tta_slot *v)
{
    switch (type) {
    case TTA_BOOLEAN:
        return v->boolean == TTA_BOOLEAN_NONE;
    case TTA_DATE:
        return v->date == TTA_DATE_NONE;
    case TTA_CHOICE:
        return v->choice == TTA_CHOICE_NONE;
    case TTA_TEXT:
        return v->text.ptr == NULL;
    default:
        return v->integer == TTA_INTEGER_NONE;
    }
}

/* The value of a slot: ROW_YES, ROW_MISSING or ROW_BAD. An input that is missing is just that. */
int tta_rules_value(struct tta_rules_row *r, uint16_t slot, const union tta_slot **out);

/* near.c: makes a question of its kind one that seldom needs the calendar. */
void tta_rules_make_near(const struct tta_rules *t, const struct tta_rules_value *values,
                         struct tta_rules_step *s);
/* ROW_YES, ROW_NO, or -1: it needs it. */
int tta_rules_ask_near(const struct tta_rules_row *r, const struct tta_rules_step *s);

#define TTA_RULES_FIRST_DAY (-62091) /* 1 January 1800 */
#define TTA_RULES_LAST_DAY 84005     /* 31 December 2199 */

/* The answer to a question. */
int tta_rules_ask(struct tta_rules_row *r, const struct tta_rules_step *s);

/* Follows a condition within a value to its end. */
int tta_rules_walk(struct tta_rules_row *r, uint16_t pc);

/* ---- outputs.c ---- */

/* TTA_E_DATA: why a rule (or the default) cannot be judged, or its output not given. */
int tta_rules_fail_value(const struct tta_rules_row *r, int why, size_t rule, struct tta_error *e);
int tta_rules_give_all(struct tta_rules_row *r, size_t rule, union tta_slot *out,
                       struct tta_error *e);
/* Two rules of an ANY table take the row: do they give the same? */
int tta_rules_compare_outputs(struct tta_rules_row *r, size_t a, size_t b, struct tta_error *e);
int tta_rules_collect(struct tta_rules_row *r, struct tta_rules_answer *a, struct tta_error *e);

/* Makes the numbers of the inputs. Is every one what its column says? */
bool tta_rules_take_inputs(const struct tta_rules *t, const union tta_slot *in, int64_t *number);

/* TTA_E_DATA for the first input that is not. */
int tta_rules_fail_input(const struct tta_rules *t, const union tta_slot *in, const int64_t *number,
                         struct tta_error *e);

/* Appends a value as documents write it; missing as "empty". */
int tta_rules_write(struct tta_buffer *out, const struct tta_rules_column *column,
                    const union tta_slot *v);

#endif
