/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_COLUMN_H
#define TTA_COLUMN_H
/*
 * Columns a filter reads into its record, and columns it adds to the rows.
 */
#include "tta/reader.h"
#include "tta/type.h"

enum tta_column_flag {
    TTA_REQUIRED = 0, /* the column must be there and no cell may be empty */
    TTA_NULLABLE = 1, /* a cell may be empty: the record gets the type's missing value */
    TTA_OPTIONAL = 2  /* the column itself may be absent (then missing in every row) */
};

/* A text that stands for a choice, besides the choice's own name as written. */
struct tta_choice_alias {
    const char *text; /* in normal form (tta_text_normal) */
    int32_t choice;
};

struct tta_column {
    const char *name;
    enum tta_type type;
    unsigned flags;
    size_t offset;              /* columns read: of a member of the type, into the record */
    const char *const *choices; /* TTA_CHOICE: names, NULL at the end */
    const char *help;           /* one line */
};

/* A column that has found its place in the input. */
struct tta_binding {
    const struct tta_column *column;
    size_t index;                           /* SIZE_MAX: absent */
    bool found;                             /* here or in an earlier object */
    const struct tta_choice_alias *aliases; /* TTA_CHOICE: may be NULL; ended by text NULL */
};

/*
 * Parses the bound cells of a row into record. Texts point into the row.
 * TTA_E_DATA names the column; the message never holds the cell.
 */
int tta_bind_row(const struct tta_binding *bindings, size_t count, const struct tta_row *row,
                 const struct tta_dialect *dialect, void *record, struct tta_error *e);

#endif
