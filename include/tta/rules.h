/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_RULES_H
#define TTA_RULES_H
/*
 * Decision tables: which rule takes a row, and what it says of it.
 *
 * A table is a document of kind "rules" (lib/data/rules, schema/rules.json). Its
 * conditions are written in JsonLogic's syntax, but nothing of JsonLogic's
 * truthiness or coercion is left: every column has a declared type, and what
 * does not fit is refused when the table is loaded.
 *
 *   {"var": "c"}                 the column c; as a condition only when it is a truth value
 *   {"and": [..]} {"or": [..]}   left to right, no further than needed
 *   {"!": x}
 *   {"==": [a, b]} != < <= > >=  of two columns of one type, or a column and a constant;
 *                                truth values and texts know only == and !=
 *   {"<": [a, b, c]} and <=      a < b and b < c
 *   {"missing": "c"} {"present": "c"}
 *   true, false
 *
 * Constants take the column's type: whole numbers, kroner, decimals (six places)
 * as JSON numbers, dates as "2012-01-02", texts as they are.
 *
 * A missing value (type.h) that a comparison or a truth value meets is an error of
 * the row; only missing and present may ask about it. What "and" and "or" do not
 * get to is not asked for, so a rule can ask for a column only where it is needed.
 *
 * Hit policy UNIQUE: every rule is tried, and two that take the same row are an
 * error of the row (of the table, really). FIRST: the first that takes it.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tta/error.h"
#include "tta/type.h"

/* A table with more than this is refused. */
#define TTA_RULES_MAX 1000       /* rules */
#define TTA_RULES_DEPTH_MAX 32   /* expressions within expressions */
#define TTA_RULES_CODE_MAX 60000 /* comparisons, all rules together */

enum tta_hit_policy { TTA_HIT_UNIQUE, TTA_HIT_FIRST };

/*
 * A column that the table reads or gives. Texts are UTF-8; absent ones are "".
 * An input text with values is a TTA_CHOICE, an output text always TTA_TEXT.
 */
struct tta_rules_column {
    const char *name;
    enum tta_type type;
    const char *unit;
    const char *description_en, *description_da;
    bool nullable;                 /* inputs: may be missing */
    int64_t minimum;               /* inputs, both included, in the type's unit; */
    int64_t maximum;               /* INT64_MIN and INT64_MAX where there is none */
    const char *const *values;     /* TTA_CHOICE: the names by number, and a NULL */
    const union tta_slot *allowed; /* outputs: the values there are; NULL: any */
    size_t value_count;            /* of values or allowed */
};

struct tta_rule {
    const char *id; /* "default" for the default */
    const char *because_en, *because_da;
    const char *source;
    const union tta_slot *then; /* one constant for each output, in order */
};

/* A loaded table. Everything is read only and belongs to it. */
struct tta_rules {
    const char *id, *title;
    tta_date valid_from, valid_to; /* TTA_DATE_NONE: no end */
    unsigned char hash[32];        /* of the document, for manifests */
    enum tta_hit_policy hit_policy;
    const struct tta_rules_column *inputs, *outputs;
    size_t input_count, output_count;
    const struct tta_rule *rules; /* rules[rule_count] is the default, where there is one */
    size_t rule_count;
    bool has_default;
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

/*
 * Decides a row. inputs[i] holds the value of rules->inputs[i]; *rule becomes the
 * place of the rule in rules->rules (rule_count for the default). Nothing is
 * allocated, and a table may serve several threads.
 *
 * Fails with TTA_E_DATA and e->column set when an input is missing or outside its
 * range or values, and without a column when two rules of a UNIQUE table take the row,
 * or none and there is no default.
 */
int tta_rules_decide(const struct tta_rules *rules, const union tta_slot *inputs, size_t *rule,
                     struct tta_error *e);

#endif
