/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "load_rows.h"

#include <stdio.h>
#include <string.h>

int tta_cost_rows_load(const char *kind, const char *name_or_path, const struct tta_cost_rows *to,
                       void *out, struct tta_error *e)
{
    struct tta_document d;
    const json_t *rows;
    int code = 0;

    if (tta_document_load(kind, name_or_path, &d, e) != 0)
        return e->code;
    snprintf(to->id, sizeof d.id, "%s", d.id);
    memcpy(to->hash, d.hash, sizeof d.hash);
    *to->uncertain = d.uncertain;
    snprintf(to->currency, 4, "%s", tta_json_text(d.root, "currency", ""));
    rows = json_object_get(d.root, "rows");
    for (size_t i = 0; code == 0 && i < json_array_size(rows); i++)
        code = to->take(&d, json_array_get(rows, i), i, out, e);
    tta_document_release(&d);
    return code;
}
