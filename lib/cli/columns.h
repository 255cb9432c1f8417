/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_LIB_CLI_COLUMNS_H
#define TTA_LIB_CLI_COLUMNS_H
#include "tta/column.h"
#include "tta/data.h"

/* The alias table of the document codes/columns, loaded once. */
struct tta_aliases;
int tta_aliases_load(struct tta_aliases **out, struct tta_error *e);
void tta_aliases_free(struct tta_aliases *a);

/* Does the table know normal (a name in normal form) as another name of column? */
bool tta_is_alias(const struct tta_aliases *a, const char *column, const char *normal);

/* The aliases of a column's choices, ended by text NULL; the caller frees. NULL without memory. */
const struct tta_choice_alias *tta_choice_aliases(const struct tta_aliases *a,
                                                  const struct tta_column *column);

#endif
