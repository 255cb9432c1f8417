/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_LIB_RULES_DESCRIBE_H
#define TTA_LIB_RULES_DESCRIBE_H
#include "internal.h"

/* Where the description goes, and in which language its own words are. */
#define TTA_RULES_NAMES 26
struct tta_rules_page {
    struct tta_buffer *out;
    bool danish;
    /* describe_names.c: what is told by a letter, A the last of them; those within others first */
    const struct tta_rules_node *names[TTA_RULES_NAMES];
    size_t name_count;
    const struct tta_rules_node *defining; /* is written out */
};

static inline const char *tta_rules_word(const struct tta_rules_page *p, const char *english,
                                         const char *danish)
{
    return p->danish ? danish : english;
}

/* An expression as a person would write it; the caller puts it between backquotes. */
int tta_rules_write_expression(const struct tta_rules_page *p, const struct tta_rules_node *n);

/* Names the long expressions that the rules repeat. */
int tta_rules_name_parts(const struct tta_rules *t, struct tta_rules_page *p);
/* Which of the names an expression has; name_count: none. */
size_t tta_rules_named(const struct tta_rules_page *p, const struct tta_rules_node *n);

#endif
