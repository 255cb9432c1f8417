/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rows that belong together. Of all the groups there were only the last is
 * known; as the input is in order, one that comes back is smaller than it.
 */
#include <stdio.h>

#include "cli.h"

int tta_group_by(struct tta_run *run, const char *column, struct tta_error *e)
{
    if (run->group_name != NULL)
        return tta_fail(e, TTA_E_INTERNAL, "a run has groups of one column only");
    run->group_name = column;
    return 0;
}

bool tta_group_begins(const struct tta_run *run)
{
    return run->group_begins;
}

static int bad_key(const struct tta_run *run, const char *sentence, struct tta_error *e)
{
    tta_fail(e, TTA_E_DATA, "%s", sentence);
    snprintf(e->column, sizeof e->column, "%s", run->group_name);
    return e->code;
}

int tta_group_row(struct tta_run *run, struct tta_error *e)
{
    const struct tta_cell *cell =
        run->group_column < run->row.count ? &run->row.cells[run->group_column] : NULL;
    struct tta_text key = {cell == NULL ? NULL : cell->ptr, cell == NULL ? 0 : cell->len};
    int order;

    if (key.ptr == NULL || key.len == 0 || cell->kind == TTA_CELL_NOTHING)
        return bad_key(run, "empty, and rows are grouped by it", e);
    order = run->group_seen ? tta_text_compare(key, tta_buffer_text(&run->group_key)) : 1;
    if (order < 0)
        return bad_key(run, "comes before that of the row before: sort by it (LC_ALL=C)", e);
    run->group_begins = order > 0;
    if (order == 0)
        return 0;
    run->group_seen = true;
    run->group_key.len = 0;
    return tta_buffer_append(&run->group_key, key.ptr, key.len) == 0 ? 0 : tta_fail_memory(e);
}
