/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_LIB_RULES_DESCRIBE_H
#define TTA_LIB_RULES_DESCRIBE_H
#include "internal.h"

/* An expression as a person would write it; the caller puts it between backquotes. */
int tta_rules_write_expression(struct tta_buffer *out, const struct tta_rules_node *n);

#endif
