/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <string.h>

#include "tta/cost_activity.h"
#include "tta/data.h"

static int place_in(const char *const *names, const char *name)
{
    int i = 0;

    while (strcmp(names[i], name) != 0)
        i++; /* the schema knows no others */
    return i;
}

static int take_row(const struct tta_document *d, const json_t *row, size_t number,
                    struct tta_prices *out, struct tta_error *e)
{
    static const char *const kinds[] = {"cost", "subsidy", "saved"};
    struct tta_component *c = &out->component[out->count];
    char place[64];

    snprintf(c->id, sizeof c->id, "%s", tta_json_text(row, "id", ""));
    c->class = (enum tta_cost_class)place_in(tta_cost_class_names, tta_json_text(row, "class", ""));
    c->kind = (enum tta_cost_kind)place_in(kinds, tta_json_text(row, "kind", "cost"));
    c->payer = (enum tta_payer)place_in(tta_payer_names, tta_json_text(row, "payer", ""));
    tta_json_money(row, "price", &c->price_ore);
    c->price_year = (int32_t)tta_json_integer(row, "price_year", 0);
    c->lifetime_years = (int32_t)tta_json_integer(row, "lifetime_years", 0);
    snprintf(place, sizeof place, "/rows/%zu/currency", number);
    if (strcmp(tta_json_text(row, "currency", out->currency), out->currency) != 0)
        return tta_document_fail(d, e, place, "another currency than the document's");
    snprintf(place, sizeof place, "/rows/%zu/id", number);
    for (size_t i = 0; i < out->count; i++)
        if (strcmp(out->component[i].id, c->id) == 0)
            return tta_document_fail(d, e, place, "stands twice");
    out->count++;
    return 0;
}

int tta_prices_load(const char *name_or_path, struct tta_prices *out, struct tta_error *e)
{
    struct tta_document d;
    const json_t *rows;
    int code = 0;

    memset(out, 0, sizeof *out);
    if (tta_document_load("prices", name_or_path, &d, e) != 0)
        return e->code;
    snprintf(out->id, sizeof out->id, "%s", d.id);
    memcpy(out->hash, d.hash, sizeof out->hash);
    out->uncertain = d.uncertain;
    snprintf(out->currency, sizeof out->currency, "%s", tta_json_text(d.root, "currency", ""));
    rows = json_object_get(d.root, "rows");
    for (size_t i = 0; code == 0 && i < json_array_size(rows); i++)
        code = take_row(&d, json_array_get(rows, i), i, out, e);
    tta_document_release(&d);
    return code;
}
