/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_LIB_RULES_DESCRIBE_H
#define TTA_LIB_RULES_DESCRIBE_H
#include "internal.h"

/* Where the description goes, and in which language its own words are. */
struct tta_rules_page {
    struct tta_buffer *out;
    bool danish;
};

static inline const char *tta_rules_word(const struct tta_rules_page *p, const char *english,
                                         const char *danish)
{
    return p->danish ? danish : english;
}

/* An expression as a person would write it; the caller puts it between backquotes. */
int tta_rules_write_expression(const struct tta_rules_page *p, const struct tta_rules_node *n);

#endif
