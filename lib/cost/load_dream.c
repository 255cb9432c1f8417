/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <string.h>

#include "tta/cost_dream.h"
#include "tta/data.h"

static enum tta_dream_counts counts_of(const char *name)
{
    return strcmp(name, "benefit") == 0 ? TTA_DREAM_BENEFIT
           : strcmp(name, "other") == 0 ? TTA_DREAM_OTHER
                                        : TTA_DREAM_NONE;
}

static int take_row(const struct tta_document *d, const json_t *row, size_t number,
                    struct tta_dream_codes *out, struct tta_error *e)
{
    struct tta_dream_code *c = &out->code[out->count];
    char place[64];

    snprintf(place, sizeof place, "/rows/%zu", number);
    snprintf(c->code, sizeof c->code, "%s", tta_json_text(row, "code", ""));
    snprintf(c->benefit, sizeof c->benefit, "%s", tta_json_text(row, "benefit", ""));
    c->counts = counts_of(tta_json_text(row, "counts", ""));
    c->work = tta_json_boolean(row, "work", false);
    c->priority = (int32_t)tta_json_integer(row, "priority", 1);
    for (size_t i = 0; i < out->count; i++) {
        const struct tta_dream_code *before = &out->code[i];

        if (strcmp(before->code, c->code) == 0)
            return tta_document_fail(d, e, place, "its code stands twice");
        if (c->benefit[0] != '\0' && strcmp(before->benefit, c->benefit) == 0 &&
            (before->counts != c->counts || before->work != c->work))
            return tta_document_fail(d, e, place,
                                     "its benefit counts otherwise than under a code before");
    }
    out->count++;
    return 0;
}

int tta_dream_codes_load(const char *name_or_path, struct tta_dream_codes *out, struct tta_error *e)
{
    struct tta_document d;
    const json_t *rows;
    int rc = 0;

    memset(out, 0, sizeof *out);
    if (tta_document_load("dream", name_or_path, &d, e) != 0)
        return e->code;
    snprintf(out->id, sizeof out->id, "%s", d.id);
    memcpy(out->hash, d.hash, sizeof out->hash);
    out->from = d.valid_from;
    rows = json_object_get(d.root, "rows");
    for (size_t i = 0; rc == 0 && i < json_array_size(rows); i++)
        rc = take_row(&d, json_array_get(rows, i), i, out, e);
    tta_document_release(&d);
    return rc;
}
