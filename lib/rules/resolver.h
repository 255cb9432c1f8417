/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_LIB_RULES_RESOLVER_H
#define TTA_LIB_RULES_RESOLVER_H
/* What the files that give trees their meaning share. */
#include "internal.h"

struct tta_rules_resolver {
    struct tta_rules *t;
    struct tta_rules_fault *fault;
    const struct tta_rules_column *output; /* where null may stand, or NULL */
};

/* An operand: a constant, whose type is the other's, or a slot. */
struct tta_rules_operand {
    const struct tta_rules_node *constant; /* NULL: a slot */
    uint16_t slot;
};

/* TTA_E_CONFIG with that sentence about that node. */
int tta_rules_fault_at(const struct tta_rules_resolver *r, const struct tta_rules_node *at,
                       const char *format, ...) TTA_PRINTF(3, 4);

bool tta_rules_is_constant(const struct tta_rules_node *n);
bool tta_rules_is_ordered(enum tta_type type);
bool tta_rules_same_choices(const struct tta_rules_column *a, const struct tta_rules_column *b);

/* The slot of the input that the node names. */
int tta_rules_find_input(const struct tta_rules_resolver *r, struct tta_rules_node *named,
                         uint16_t *slot);

/* resolve.c: a condition. */
int tta_rules_resolve_condition(const struct tta_rules_resolver *r, struct tta_rules_node *n);
bool tta_rules_is_condition(const struct tta_rules_node *n);
/* Appends a question to a NODE_STEPS. */
void tta_rules_question(struct tta_rules_resolver const *r, struct tta_rules_node *n,
                        enum tta_rules_op op, uint16_t slot, int64_t lo, int64_t hi, bool wanted);

/* compare.c: == and its like, in, starts_with. *known is false when the node is none of them. */
int tta_rules_resolve_comparison(const struct tta_rules_resolver *r, struct tta_rules_node *n,
                                 bool *known);

/* value.c */
int tta_rules_resolve_operand(const struct tta_rules_resolver *r, struct tta_rules_node *n,
                              struct tta_rules_operand *out);
/* A value of that column's type. */
int tta_rules_resolve_as(const struct tta_rules_resolver *r, struct tta_rules_node *n,
                         const struct tta_rules_column *wanted, uint16_t *slot);
/* The slot of a computed value; one that is there already is used again. */
int tta_rules_add_value(const struct tta_rules_resolver *r, const struct tta_rules_node *at,
                        const struct tta_rules_value *value, uint16_t *slot);
extern const struct tta_rules_column tta_rules_plain[]; /* by type, without any limits */

/* arithmetic.c: + - * / min max. *known as above. */
int tta_rules_resolve_arithmetic(const struct tta_rules_resolver *r, struct tta_rules_node *n,
                                 bool *known, uint16_t *slot);

#endif
