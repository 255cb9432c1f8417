/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_LIB_RULES_LOAD_H
#define TTA_LIB_RULES_LOAD_H
/* What the two files that read JSON share. */
#include "internal.h"
#include "tta/data.h"

struct tta_rules_loader {
    struct tta_document d;
    struct tta_rules *t;
    struct tta_rules_column *inputs, *outputs, *options; /* the table's, while they are written */
    struct tta_rule *rules;
    struct tta_rules_check *checks;
    struct tta_error *e;
};

/* Copies a text of the document; false (and the error set) when memory is out. */
bool tta_rules_copy_text(struct tta_rules_loader *l, const json_t *object, const char *key,
                         const char **out);

/* load_columns.c: a list of columns, and those of the readings. */
enum tta_rules_role { ROLE_INPUT, ROLE_OUTPUT, ROLE_OPTION };
int tta_rules_load_columns(struct tta_rules_loader *l, enum tta_rules_role role,
                           struct tta_rules_column **columns, size_t *count);

/* A constant of the document as that column's; null as missing where null_ok. */
int tta_rules_take_constant(struct tta_rules_loader *l, json_t *json,
                            const struct tta_rules_column *c, bool null_ok, const char *place,
                            union tta_slot *out);

/* load_rules.c: checks, rules and the default, resolved; load_examples.c. */
int tta_rules_load_rules(struct tta_rules_loader *l);
int tta_rules_load_examples(struct tta_rules_loader *l);

/* Where an expression stands, for messages: "/rules/3/when", "rule cat1". */
struct tta_rules_place {
    char pointer[80];
    char whose[80];
};

/*
 * Reads an expression or a constant; NULL, and the error set, when it is none.
 * depth: 1 at the top.
 */
struct tta_rules_node *tta_rules_read_node(struct tta_rules_loader *l, json_t *json,
                                           const struct tta_rules_node *parent, size_t place,
                                           const struct tta_rules_place *where, int depth);

/* TTA_E_CONFIG with the place of that node in its expression (NULL: its top). */
int tta_rules_fail_node(struct tta_rules_loader *l, const struct tta_rules_place *where,
                        const struct tta_rules_node *at, const char *problem);

#endif
