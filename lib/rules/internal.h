/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_LIB_RULES_INTERNAL_H
#define TTA_LIB_RULES_INTERNAL_H
/*
 * How a table comes to be: load.c reads the JSON into columns, rules and trees of
 * struct tta_rules_node; resolve.c gives every node its meaning and refuses what
 * does not fit; compile.c writes the program; decide.c runs it.
 */
#include "tta/rules.h"

/* ---- the program ---- */

enum tta_rules_op {
    OP_TRUTH,      /* truth value */
    OP_RANGE,      /* int64 from lo to hi: every comparison of a number with a constant */
    OP_RANGE_DATE, /* the same of a date */
    OP_CHOICE,     /* choice equal to lo */
    OP_TEXT,       /* text equal to text number lo */
    OP_MISSING,    /* of any type */
    OP_LESS,       /* int64 below that of slot lo */
    OP_LESS_DATE,
    OP_SAME, /* equal to slot lo */
    OP_SAME_DATE,
    OP_SAME_TRUTH,
    OP_SAME_CHOICE,
    OP_SAME_TEXT,
    OP_HIT, /* the rule takes the row; goes on at yes */
    OP_END
};

/*
 * One question about the row, and where to go on after each answer. There is no
 * stack: and, or and ! are nothing but where the questions lead. Of the six
 * comparisons "less", "range" and "same" are enough, with yes and no exchanged.
 */
struct tta_rules_step {
    uint8_t op;
    uint8_t type; /* enum tta_type of the slot */
    uint16_t slot;
    uint16_t yes, no;
    uint16_t rule; /* whose question it is */
    int64_t lo, hi;
};

/* What every row's inputs are held to before the rules see them. */
struct tta_rules_limit {
    uint16_t slot;
    uint8_t type;
    bool nullable;
    int64_t lo, hi;
};

struct tta_rules_program {
    struct tta_rules_step *code;
    size_t count, cap;
    uint16_t entry;
    struct tta_rules_limit *limits;
    size_t limit_count;
    struct tta_text *texts; /* constants of OP_TEXT */
    size_t text_count;
    struct tta_rules_block *blocks; /* the memory of the table */
};

/* ---- the tree ---- */

enum tta_rules_kind {
    NODE_OPERATOR,
    NODE_TRUTH,
    NODE_NUMBER,
    NODE_TEXT,
    /* what resolve.c makes of operators */
    NODE_ALL,  /* and */
    NODE_ANY,  /* or */
    NODE_NOT,  /* ! */
    NODE_VAR,  /* a column that is no condition: an operand */
    NODE_STEPS /* one or two questions that must both be answered so */
};

struct tta_rules_node {
    enum tta_rules_kind kind;
    const char *name; /* NODE_OPERATOR: as written; NODE_TEXT: the text */
    struct tta_rules_node **operands;
    size_t count;
    const struct tta_rules_node *parent;
    size_t place;                      /* among the parent's operands */
    bool list;                         /* the operands stood in a list */
    bool truth;                        /* NODE_TRUTH */
    bool is_integer, is_micro, is_ore; /* NODE_NUMBER: which of the three it can be */
    int64_t integer, micro, ore;
    uint16_t slot;                  /* NODE_VAR */
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
 * A constant as a value of that column's type. false: it is none, and why (a clause that
 * goes on after "is"); a text stays the node's.
 */
bool tta_rules_constant(const struct tta_rules_column *column, const struct tta_rules_node *node,
                        union tta_slot *out, const char **why);

/* Writes the program of the resolved conditions, one for each rule. 0 or a code. */
int tta_rules_compile(struct tta_rules *t, struct tta_rules_node *const when[],
                      struct tta_error *e);

#endif
