/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_BUDGET_NAMED_H
#define TTA_CMD_BUDGET_NAMED_H
/* Items NAME=NUMBER of a list option. */
#include "tta/tool.h"

/*
 * Cuts an item in two; the number is exact, in millionths. TTA_E_USAGE, with the
 * option's name, for anything else and for a number below least.
 */
int named_number(const char *item, const char *option, int64_t least, struct tta_text *name,
                 int64_t *micro, struct tta_error *e);

/* TTA_E_USAGE: the name of that item stands in an item before it. */
int named_once(const struct tta_list *items, size_t at, const char *option, struct tta_error *e);

#endif
