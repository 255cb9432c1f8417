/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The rows of the list: units of the draw, and what the audit file hashes of them. */
#include <stdlib.h>

#include "lots.h"

int lots_digest_columns(struct tta_run *run, struct lots *l, struct tta_error *e)
{
    size_t n = tta_plan_columns(&l->plan, NULL, 0);
    struct tta_plan_column *columns = calloc(n + 1, sizeof *columns);
    int rc =
        columns == NULL
            ? tta_fail_memory(e)
            : tta_set_record_size(run, n * (sizeof(union tta_slot) + sizeof(struct tta_text)), e);

    if (rc == 0)
        l->column_count = tta_plan_columns(&l->plan, columns, n);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        struct tta_column text = {.name = columns[i].name, .type = TTA_TEXT};
        bool again = false;

        for (size_t k = 0; k < i; k++)
            again = again || strcmp(columns[k].name, text.name) == 0;
        if (again)
            continue;
        text.offset = n * sizeof(union tta_slot) + l->text_count++ * sizeof(struct tta_text);
        rc = tta_read_column(run, &text, e);
    }
    free(columns);
    tta_digest_begin(&l->digest);
    tta_digest_begin(&l->list);
    l->digested = true;
    tta_hash_inputs(run);
    return rc;
}

/* A column that draw adds to the list. */
static bool is_own(const struct lots *l, struct tta_text name)
{
    const struct tta_plan *p = &l->plan;

    return (p->method == TTA_STEPPED && tta_text_is(name, "crosses")) ||
           (p->match.count > 0 && tta_text_is(name, "pair")) ||
           tta_text_is(name, l->arm_column != NULL ? l->arm_column : "arm");
}

/* The row as it was read, without what draw adds; in CSV that ends the row of the list. */
static int mark_row(const struct tta_run *run, struct lots *l, struct tta_error *e)
{
    struct tta_digest row;
    char hex[TTA_HEX_SIZE];

    tta_digest_begin(&row);
    for (size_t i = 0; i < tta_row_width(run); i++) {
        bool own = is_own(l, tta_row_name(run, i));

        if (own && tta_row_ordered(run))
            break;
        if (own)
            continue;
        tta_digest_add(&row, tta_row_cell(run, i));
        tta_digest_add(&l->list, tta_row_cell(run, i));
    }
    tta_digest_end(&row, hex);
    return tta_buffer_append(&l->marks, hex, 2) != 0 ? tta_fail_memory(e) : 0;
}

int lots_row(struct tta_run *run, struct lots *l, struct tta_error *e)
{
    const union tta_slot *cells = tta_record(run);
    const struct tta_text *texts = (const void *)(cells + l->column_count);
    int rc = tta_units_add(&l->units, &l->plan, cells, e);

    for (size_t i = 0; rc == 0 && i < l->text_count; i++)
        tta_digest_add(&l->digest, texts[i]);
    return rc == 0 && l->digested ? mark_row(run, l, e) : rc;
}

bool lots_have_labels(const struct tta_run *run, const struct tta_plan *p)
{
    bool made = false;

    for (size_t i = 0; i < tta_row_width(run); i++)
        made = made || tta_text_is(tta_row_name(run, i), "seal") ||
               tta_text_is(tta_row_name(run, i), "hash");
    return made && p->strata.count == 1 && p->strata.items[0].cut_count == 0 &&
           strcmp(p->strata.items[0].column, "stratum") == 0;
}
