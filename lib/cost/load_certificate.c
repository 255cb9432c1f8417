/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <string.h>

#include "tta/cost_certificate.h"
#include "tta/data.h"

static int find(const struct tta_document *d, const char *certificate, tta_date day,
                struct tta_certificate_price *out, struct tta_error *e)
{
    const json_t *rows = json_object_get(d->root, "rows");
    tta_date last = TTA_DATE_NONE;
    bool known = false, found = false;

    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        tta_date from = tta_json_date(row, "valid_from", TTA_DATE_NONE);
        char place[64];

        if (strcmp(tta_json_text(row, "certificate", ""), certificate) != 0)
            continue;
        snprintf(place, sizeof place, "/rows/%zu/valid_from", i);
        if (known && from <= last)
            return tta_document_fail(d, e, place, "not later than the row before of it");
        known = true;
        last = from;
        if (day < from)
            continue;
        found = true;
        tta_json_money(row, "price", &out->ore);
    }
    if (!known)
        return tta_fail(e, TTA_E_USAGE, "--certificate: %s has no such certificate", d->id);
    if (!found || (d->valid_to != TTA_DATE_NONE && day > d->valid_to))
        return tta_fail(e, TTA_E_USAGE, "--on: %s has no price for that day", d->id);
    return 0;
}

int tta_certificate_price(const char *name_or_path, const char *certificate, tta_date day,
                          struct tta_certificate_price *out, struct tta_error *e)
{
    struct tta_document d;
    int code;

    if (tta_document_load("certificate", name_or_path, &d, e) != 0)
        return e->code;
    snprintf(out->document, sizeof out->document, "%s", d.id);
    memcpy(out->hash, d.hash, sizeof out->hash);
    code = find(&d, certificate, day, out, e);
    tta_document_release(&d);
    return code;
}
