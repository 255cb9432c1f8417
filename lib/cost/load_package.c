/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the document of kind "package" to struct tta_package. */
#include <stdio.h>
#include <string.h>

#include "tta/data.h"
#include "tta/cost_package.h"

/* Schema and struct agree on lengths, so nothing is cut. */
static void take_id(const json_t *object, char id[TTA_PACKAGE_ID])
{
    snprintf(id, TTA_PACKAGE_ID, "%s", tta_json_text(object, "id", ""));
}

static int take_staff(const struct tta_document *d, struct tta_package *p, struct tta_error *e)
{
    const json_t *list = json_object_get(d->root, "staff");

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        struct tta_package_staff *staff = &p->staff[p->staff_count];
        char place[64];

        take_id(item, staff->id);
        tta_json_decimal(item, "hourly_rate", &staff->rate_micro);
        staff->printed_micro = staff->rate_micro;
        tta_json_decimal(item, "printed_rate", &staff->printed_micro);
        for (size_t k = 0; k < p->staff_count; k++)
            if (strcmp(p->staff[k].id, staff->id) == 0) {
                snprintf(place, sizeof place, "/staff/%zu/id", i);
                return tta_document_fail(d, e, place, "stands twice");
            }
        p->staff_count++;
    }
    return 0;
}

static int take_hours(const struct tta_document *d, const json_t *hours, const char *place,
                      struct tta_package *p, struct tta_package_line *line, struct tta_error *e)
{
    char at[128];

    for (size_t i = 0; i < json_array_size(hours); i++) {
        const json_t *item = json_array_get(hours, i);
        size_t staff = 0;

        while (staff < p->staff_count &&
               strcmp(p->staff[staff].id, tta_json_text(item, "staff", "")) != 0)
            staff++;
        snprintf(at, sizeof at, "%s/hours/%zu/staff", place, i);
        if (staff == p->staff_count)
            return tta_document_fail(d, e, at, "no such profession among staff");
        if (line->hours_micro[staff] != TTA_INTEGER_NONE)
            return tta_document_fail(d, e, at, "stands twice");
        tta_json_decimal(item, "hours", &line->hours_micro[staff]);
        line->staff_printed[staff] = tta_json_integer(item, "printed", TTA_INTEGER_NONE);
    }
    return 0;
}

static int take_line(const struct tta_document *d, const json_t *item, const char *place,
                     struct tta_package *p, struct tta_error *e)
{
    struct tta_package_line *line = &p->line[p->line_count];
    const json_t *hours = json_object_get(item, "hours");
    const json_t *factors = json_object_get(item, "factors");

    take_id(item, line->id);
    line->section = p->section_count;
    line->share_micro = TTA_INTEGER_NONE;
    tta_json_decimal(item, "share", &line->share_micro);
    line->divide_by = tta_json_integer(item, "divide_by", 1);
    line->printed_price = tta_json_integer(item, "printed_price", TTA_INTEGER_NONE);
    line->printed = tta_json_integer(item, "printed", TTA_INTEGER_NONE);
    for (size_t i = 0; i < p->staff_count; i++)
        line->hours_micro[i] = line->staff_printed[i] = TTA_INTEGER_NONE;
    for (size_t i = 0; i < p->line_count; i++)
        if (strcmp(p->line[i].id, line->id) == 0)
            return tta_document_fail(d, e, place, "its id stands twice");
    if ((hours == NULL) == (factors == NULL) ||
        (hours == NULL) != (line->share_micro == TTA_INTEGER_NONE))
        return tta_document_fail(d, e, place, "should have share and hours, or factors");
    for (size_t i = 0; i < json_array_size(factors); i++)
        tta_json_decimal(json_array_get(factors, i), "value", &line->factor_micro[i]);
    line->factors = json_array_size(factors);
    p->line_count++;
    return take_hours(d, hours, place, p, line, e);
}

static int take_sections(const struct tta_document *d, struct tta_package *p, struct tta_error *e)
{
    const json_t *list = json_object_get(d->root, "sections");

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i), *lines = json_object_get(item, "lines");
        struct tta_package_sum *section = &p->section[i];
        char place[64];

        take_id(item, section->id);
        section->sections = UINT32_C(1) << i;
        section->printed = tta_json_integer(item, "printed", TTA_INTEGER_NONE);
        for (size_t k = 0; k < i; k++)
            if (strcmp(p->section[k].id, section->id) == 0) {
                snprintf(place, sizeof place, "/sections/%zu/id", i);
                return tta_document_fail(d, e, place, "stands twice");
            }
        for (size_t k = 0; k < json_array_size(lines); k++) {
            snprintf(place, sizeof place, "/sections/%zu/lines/%zu", i, k);
            if (take_line(d, json_array_get(lines, k), place, p, e) != 0)
                return e->code;
        }
        p->section_count++;
    }
    return 0;
}

static int take_totals(const struct tta_document *d, struct tta_package *p, struct tta_error *e)
{
    const json_t *list = json_object_get(d->root, "totals");

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i), *of = json_object_get(item, "sections");
        struct tta_package_sum *total = &p->total[p->total_count++];

        take_id(item, total->id);
        total->printed = tta_json_integer(item, "printed", TTA_INTEGER_NONE);
        for (size_t k = 0; k < json_array_size(of); k++) {
            const char *name = json_string_value(json_array_get(of, k));
            size_t s = 0;
            char place[64];

            while (s < p->section_count && strcmp(p->section[s].id, name) != 0)
                s++;
            snprintf(place, sizeof place, "/totals/%zu/sections/%zu", i, k);
            if (s == p->section_count)
                return tta_document_fail(d, e, place, "no such section");
            if ((total->sections >> s & 1) != 0)
                return tta_document_fail(d, e, place, "stands twice");
            total->sections |= UINT32_C(1) << s;
        }
    }
    return 0;
}

static int take(const struct tta_document *d, struct tta_package *p, struct tta_error *e)
{
    struct tta_error shares = {0};

    snprintf(p->id, sizeof p->id, "%s", d->id);
    memcpy(p->hash, d->hash, sizeof p->hash);
    p->price_year = (int32_t)tta_json_integer(d->root, "price_year", 0);
    p->citizens = tta_json_integer(d->root, "citizens", 0);
    if (take_staff(d, p, e) != 0 || take_sections(d, p, e) != 0 || take_totals(d, p, e) != 0)
        return e->code;
    if (tta_package_check_shares(p, &shares) != 0)
        return tta_document_fail(d, e, "/sections", "%s", shares.text);
    return 0;
}

int tta_package_load(const char *name_or_path, struct tta_package *out, struct tta_error *e)
{
    struct tta_document d;
    int code;

    memset(out, 0, sizeof *out);
    if (tta_document_load("package", name_or_path, &d, e) != 0)
        return e->code;
    code = take(&d, out, e);
    tta_document_release(&d);
    return code;
}
