/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_LIB_RULES_LOAD_H
#define TTA_LIB_RULES_LOAD_H
/* What the two files that read JSON share. */
#include "internal.h"
#include "tta/data.h"

struct tta_rules_loader {
    struct tta_document d;
    struct tta_rules *t;
    struct tta_rules_column *inputs, *outputs; /* the table's, while they are written */
    struct tta_rule *rules;
    struct tta_rules_node **when;
    struct tta_error *e;
};

/*
 * Reads an expression or a constant; NULL, and the error set, when it is none.
 * rule: whose it is, for messages; depth: 1 at the top.
 */
struct tta_rules_node *tta_rules_read_node(struct tta_rules_loader *l, json_t *json,
                                           const struct tta_rules_node *parent, size_t place,
                                           size_t rule, int depth);

/* TTA_E_CONFIG with the place of that node in the rule's condition (NULL: its top). */
int tta_rules_fail_rule(struct tta_rules_loader *l, size_t rule, const struct tta_rules_node *at,
                        const char *problem);

#endif
