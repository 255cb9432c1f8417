/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_RULES_H
#define TTA_RULES_H
/*
 * Decision tables: which rule takes a row, and what it says of it.
 *
 * A table is a document of kind "rules" (lib/data/rules, schema/rules.json). Its
 * expressions are written in JsonLogic's syntax, but nothing of JsonLogic's
 * truthiness or coercion is left: every column has a declared type, and what
 * does not fit is refused when the table is loaded.
 *
 * Conditions:
 *   {"var": "c"} {"option": "o"}  the column c, the reading o, where they are truth values
 *   {"and": [..]} {"or": [..]}    left to right, no further than needed
 *   {"!": x} {"!!": x}
 *   {"==": [a, b]} != < <= > >=   of two values of one type; truth values, texts and
 *                                 choices know only == and !=
 *   {"<": [a, b, c]} and <=       a < b and b < c
 *   {"in": [a, [k, ..]]}          a is one of the constants
 *   {"starts_with": [a, b]}       of texts
 *   {"missing": "c"} {"present": "c"}
 *   {"if": [c, a, d, b, e]}       a where c holds, else b where d holds, else e
 *   true, false
 *
 * Values, besides columns, readings and constants (money is an amount in kroner):
 *   + min max (two operands or more), - (one or two), * and / (two)
 *                                 + - min max keep the type of their operands
 *   *                             whole x whole = whole; decimal x decimal or whole = decimal;
 *                                 money x whole or decimal = money
 *   /                             of two of one type = decimal; money / whole or decimal = money
 *                                 (decimals are rounded to six places, money to the oere, halves
 * away from zero)
 *   {"today": []}                 the day of tta_rules_on
 *   {"days_between": [a, b]}      b - a in days; weeks_between: whole weeks, toward zero
 *   {"add_days": [day, n]} add_weeks, add_months (31 January + 1 = the last of February)
 *   {"age_on": [birth, day]}      completed years; who was born on 29 February completes them
 *                                 on 1 March of common years
 *   {"iso_week": day} {"month_end": day}
 *   {"if": [..]}                  as above
 *   null                          (outputs that are nullable only) empty
 *
 * Constants take the other operand's type: whole numbers, kroner, decimals (six places)
 * as JSON numbers, dates as "2012-01-02", texts as they are.
 *
 * A missing value (type.h) that is compared or computed with is an error of the row;
 * only missing and present may ask about it. So are results that no int64 holds, days
 * outside 1800 to 2199 and divisions by zero. What "and", "or" and "if" do not get to is
 * not asked for, so a rule can ask for a column only where it is needed.
 *
 * Hit policy UNIQUE: every rule is tried, and two that take the same row are an
 * error of the row (of the table, really). FIRST: the first that takes it. ANY: every
 * rule is tried, and those that take the row must give the same. COLLECT: all that
 * take the row count; each output combines what they give (the rules that do not
 * give it left out), and is its "start" where none does.
 *
 * Checks come before the rules: a row for which one does not hold is an error with its
 * sentence. A check that meets a missing value is passed over.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tta/error.h"
#include "tta/type.h"

/* A table with more than this is refused. */
#define TTA_RULES_MAX 1000        /* rules */
#define TTA_RULES_DEPTH_MAX 32    /* expressions within expressions */
#define TTA_RULES_CODE_MAX 60000  /* comparisons, all rules together */
#define TTA_RULES_VALUES_MAX 1024 /* computed values */
#define TTA_RULES_OUTPUTS_MAX 32
#define TTA_RULES_INPUTS_MAX 64 /* the schema says so too */

enum tta_hit_policy { TTA_HIT_UNIQUE, TTA_HIT_FIRST, TTA_HIT_ANY, TTA_HIT_COLLECT };
enum tta_rules_combine {
    TTA_COMBINE_NONE,
    TTA_COMBINE_AND,
    TTA_COMBINE_OR,
    TTA_COMBINE_MIN,
    TTA_COMBINE_MAX,
    TTA_COMBINE_SUM
};

/*
 * A column that the table reads or gives, or a reading. Texts are UTF-8; absent ones are
 * "". An input or reading with values is a TTA_CHOICE, an output text always TTA_TEXT.
 */
struct tta_rules_column {
    const char *name;
    enum tta_type type;
    const char *unit;
    const char *description_en, *description_da;
    bool nullable;                  /* may be missing (an input) or empty (an output) */
    bool optional;                  /* inputs: the column itself may be absent */
    int64_t minimum;                /* inputs, both included, in the type's unit; */
    int64_t maximum;                /* INT64_MIN and INT64_MAX where there is none */
    const char *const *values;      /* TTA_CHOICE: the names by number, and a NULL */
    const union tta_slot *allowed;  /* outputs: the values there are; NULL: any */
    size_t value_count;             /* of values or allowed */
    enum tta_rules_combine combine; /* outputs of COLLECT tables */
    union tta_slot start;           /* the same; readings: the default */
};

#define TTA_RULES_CONSTANT 0xffff  /* in computed: then says it */
#define TTA_RULES_UNTOUCHED 0xfffe /* in computed: a COLLECT rule that does not give it */

struct tta_rule {
    const char *id; /* "default" for the default */
    const char *because_en, *because_da;
    const char *source, *note;
    const union tta_slot *then; /* one constant for each output, in order */
    const uint16_t *computed;   /* NULL: all constant; else for each output */
};

struct tta_rules_check {
    const char *id;
    const char *because_en, *because_da;
};

/* A row worked out by hand. */
struct tta_rules_example {
    const union tta_slot *given;   /* one for each input */
    const union tta_slot *reading; /* one for each option; NULL: the defaults */
    tta_date on;                   /* TTA_DATE_NONE: not said */
    const union tta_slot *expect;  /* one for each output ... */
    const bool *expected;          /* ... that is expected at all */
    const char *rule;              /* the ids expected, or NULL */
    const char *error;             /* what is wrong with the row, or NULL */
};

/* A loaded table. Everything is read only and belongs to it. */
struct tta_rules {
    const char *id, *title;
    const char *source, *note;
    const char *version_of;        /* "": of no family */
    size_t deciding;               /* the input whose day picks the version; SIZE_MAX: none */
    tta_date valid_from, valid_to; /* TTA_DATE_NONE: no end */
    unsigned char hash[32];        /* of the document, for manifests */
    enum tta_hit_policy hit_policy;
    const struct tta_rules_column *inputs, *outputs, *options;
    size_t input_count, output_count, option_count;
    const struct tta_rule *rules; /* rules[rule_count] is the default, where there is one */
    size_t rule_count;
    bool has_default;
    bool needs_today;
    const struct tta_rules_check *checks;
    size_t check_count;
    const struct tta_rules_example *examples;
    size_t example_count;
    struct tta_rules_program *program;
};

/*
 * Loads a built-in table by name, or one by path, checks and compiles it. The
 * caller frees it with tta_rules_free (NULL is fine). Everything that is wrong
 * with a table is TTA_E_CONFIG and names the rule and the place in the document.
 */
int tta_rules_load(const char *name_or_path, struct tta_rules **out, struct tta_error *e);
void tta_rules_free(struct tta_rules *rules);

/* The number of a name among a TTA_CHOICE column's values, or TTA_CHOICE_NONE. */
int32_t tta_rules_choice(const struct tta_rules_column *column, struct tta_text name);

/* What today is (TTA_DATE_NONE: not known, which a rule that asks makes an error of the row). */
void tta_rules_on(struct tta_rules *rules, tta_date day);

/* The language in which a check says why it refuses a row; English before it is called. */
void tta_rules_speak(struct tta_rules *rules, bool danish);

/*
 * Sets readings, "name=value" each. TTA_E_USAGE lists the readings, or the values, there
 * are. tta_rules_read sets one by its number.
 */
int tta_rules_reading(struct tta_rules *rules, const char *const *items, size_t count,
                      struct tta_error *e);
void tta_rules_read(struct tta_rules *rules, size_t option, const union tta_slot *value);
const union tta_slot *tta_rules_read_as(const struct tta_rules *rules, size_t option);

/*
 * Before many rows are decided: writes the program anew for this day and these readings, so
 * that it asks less. What it says of a row, errors too, is the same. Setting a day or a
 * reading takes it back.
 */
int tta_rules_settle(struct tta_rules *rules, struct tta_error *e);

/* What a table says of a row. */
struct tta_rules_answer {
    union tta_slot
        out[TTA_RULES_OUTPUTS_MAX]; /* for each output; texts are the row's or the table's */
    size_t hit_count;
    uint16_t hits[TTA_RULES_MAX]; /* places in rules->rules, in order; without COLLECT one */
};

/*
 * Decides a row. inputs[i] holds the value of rules->inputs[i]. Nothing is allocated,
 * and a table may serve several threads.
 *
 * Fails with TTA_E_DATA and e->column set when an input is missing or outside its
 * range or values, and without a column when a check does not hold, two rules of a UNIQUE
 * (or differing ones of an ANY) table take the row, or none and there is no default.
 */
int tta_rules_answer(const struct tta_rules *rules, const union tta_slot *inputs,
                     struct tta_rules_answer *answer, struct tta_error *e);

/*
 * The same for tables without COLLECT, and only the rule: *rule becomes its place in
 * rules->rules (rule_count for the default).
 */
int tta_rules_decide(const struct tta_rules *rules, const union tta_slot *inputs, size_t *rule,
                     struct tta_error *e);

/*
 * Runs the examples, with today and the readings that each names. What is not as
 * expected is told in out, a line or two each; *failed is how many.
 */
int tta_rules_run_examples(struct tta_rules *rules, struct tta_buffer *out, size_t *failed,
                           struct tta_error *e);

/*
 * Looks at all rows that there can be, told apart by what the rules ask: rows that two
 * rules take or none, rules that take none, values never given, columns that may be empty but
 * in no row that is answered. Each fault is told in out, where there is one with a row that
 * shows it; *found is how many. Whether columns can have the values that a computed value would
 * need is searched for by intervals; what could not be decided, or a table too large to look at
 * whole, is told and counts as one more.
 */
int tta_rules_analyse(struct tta_rules *rules, struct tta_buffer *out, size_t *found,
                      struct tta_error *e);

/*
 * The versions of a table: documents that say the same "version_of", of which each row's
 * deciding date picks one. A table that is loaded by its own name or by path is a family
 * of one, whatever the date. inputs are those of all versions; one that is not in all of
 * them is optional.
 */
struct tta_rules_family {
    const char *name;
    struct tta_rules **versions; /* by valid_from */
    size_t count;
    struct tta_rules_column *inputs;
    size_t input_count, deciding;
    uint16_t *places;  /* TTA_RULES_INPUTS_MAX for each version: where its inputs are in inputs */
    int32_t **choices; /* the same: the version's number of each value, where those differ */
};

/* Loads a table or a family. TTA_E_CONFIG when the versions do not go together. */
int tta_rules_family_load(const char *name_or_path, struct tta_rules_family **out,
                          struct tta_error *e);
void tta_rules_family_free(struct tta_rules_family *f);

/*
 * As tta_rules_reading; each version takes the readings that it has, and one must. ID.NAME=value
 * is for the version called ID. No reading twice, no amount below 0, no day NAME_from after
 * NAME_until.
 */
int tta_rules_family_reading(struct tta_rules_family *f, const char *const *items, size_t count,
                             struct tta_error *e);

/*
 * Decides a row by the version that is valid on its deciding date, which *version
 * becomes. Otherwise as tta_rules_answer.
 */
int tta_rules_family_answer(const struct tta_rules_family *f, const union tta_slot *inputs,
                            const struct tta_rules **version, struct tta_rules_answer *answer,
                            struct tta_error *e);

/*
 * Rows added together, number by number, for a table that decides of groups: how many
 * courses a coordinator has. A missing number adds nothing; where all are missing, so is
 * their sum.
 */
struct tta_rules_groups;

/* TTA_E_USAGE, naming the input, when one is no number. */
int tta_rules_groups_new(const struct tta_rules *rules, struct tta_rules_groups **out,
                         struct tta_error *e);
void tta_rules_groups_free(struct tta_rules_groups *g);

/* TTA_E_DATA, with e->column, for an input outside its range and a sum too large to hold. */
int tta_rules_groups_add(struct tta_rules_groups *g, struct tta_text name,
                         const union tta_slot *inputs, struct tta_error *e);

/* Group number i in the order they were seen, its sums one for each input; NULL: no more. */
const union tta_slot *tta_rules_groups_get(const struct tta_rules_groups *g, size_t i,
                                           struct tta_text *name);

/* The table as Markdown. Its title, sources and notes are in the language of the document. */
int tta_rules_describe(const struct tta_rules *rules, bool danish, struct tta_buffer *out,
                       struct tta_error *e);

#endif
