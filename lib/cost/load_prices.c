/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "load_rows.h"

#include <stdio.h>
#include <string.h>

#include "tta/cost_activity.h"

static int place_in(const char *const *names, const char *name)
{
    int i = 0;

    while (strcmp(names[i], name) != 0)
        i++; /* the schema knows no others */
    return i;
}

static int take_row(const struct tta_document *d, const json_t *row, size_t number, void *into,
                    struct tta_error *e)
{
    static const char *const kinds[] = {"cost", "subsidy", "saved"};
    struct tta_prices *out = into;
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
    const struct tta_cost_rows to = {out->id, out->hash, out->currency, &out->uncertain, take_row};

    memset(out, 0, sizeof *out);
    return tta_cost_rows_load("prices", name_or_path, &to, out, e);
}
