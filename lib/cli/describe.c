/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --schema and --print-data: what the program reads, adds and knows. */
#include <stdio.h>

#include "cli.h"

static const char *frictionless(enum tta_type type)
{
    switch (type) {
    case TTA_INTEGER:
        return "integer";
    case TTA_DECIMAL:
    case TTA_MONEY:
    case TTA_NUMBER:
        return "number";
    case TTA_DATE:
        return "date";
    case TTA_BOOLEAN:
        return "boolean";
    default:
        return "string";
    }
}

static int fields(struct tta_buffer *out, const struct tta_column *c, size_t count)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < count; i++) {
        rc = tta_buffer_format(out, "%s\n    {\"name\": ", i > 0 ? "," : "");
        if (rc == 0)
            rc = tta_render_json_string(out, tta_text_of(c[i].name));
        if (rc == 0)
            rc = tta_buffer_format(out, ", \"type\": \"%s\", \"constraints\": {\"required\": %s",
                                   frictionless(c[i].type), c[i].flags == 0 ? "true" : "false");
        for (size_t j = 0; rc == 0 && c[i].type == TTA_CHOICE && c[i].choices[j] != NULL; j++)
            rc =
                tta_buffer_format(out, "%s\"%s\"", j > 0 ? ", " : ", \"enum\": [", c[i].choices[j]);
        if (rc == 0)
            rc = tta_buffer_format(out,
                                   "%s}, \"description\": ", c[i].type == TTA_CHOICE ? "]" : "");
        if (rc == 0)
            rc = tta_render_json_string(out, tta_text_of(c[i].help == NULL ? "" : c[i].help));
        if (rc == 0)
            rc = tta_buffer_char(out, '}');
    }
    return rc != 0 ? rc : tta_buffer_string(out, count > 0 ? "\n  ]" : "]");
}

/* Frictionless Table Schema field descriptors, once for each direction. */
int tta_schema(const struct tta_run *run, struct tta_buffer *out)
{
    int rc = tta_buffer_string(out, "{\n  \"reads\": [");

    if (rc == 0)
        rc = fields(out, run->reads, run->read_count);
    if (rc == 0)
        rc = tta_buffer_string(out, ",\n  \"adds\": [");
    if (rc == 0)
        rc = fields(out, run->adds, run->add_count);
    return rc != 0 ? rc : tta_buffer_string(out, "\n}\n");
}

static int list_documents(struct tta_buffer *out, struct tta_error *e)
{
    const struct tta_embedded *list;
    size_t count = tta_embedded_list(&list);
    int rc = tta_buffer_string(out, "name,valid_from,valid_to,confidence,title\n");

    for (size_t i = 0; rc == 0 && i < count; i++) {
        struct tta_document d;
        char from[TTA_DATE_SIZE], to[TTA_DATE_SIZE] = "";

        rc = tta_document_load(list[i].kind, list[i].name, &d, e);
        if (rc != 0)
            return rc;
        tta_date_write(d.valid_from, TTA_DATE_ISO, from);
        if (d.valid_to != TTA_DATE_NONE)
            tta_date_write(d.valid_to, TTA_DATE_ISO, to);
        rc = tta_buffer_format(out, "%s/%s,%s,%s,%s,", list[i].kind, list[i].name, from, to,
                               tta_json_text(d.root, "confidence", ""));
        if (rc == 0)
            rc = tta_render_csv_cell(out, tta_text_of(d.title), ',');
        if (rc == 0)
            rc = tta_buffer_char(out, '\n');
        tta_document_release(&d);
    }
    return rc != 0 ? tta_fail_memory(e) : 0;
}

/* A bare name that two kinds have: rules/tta-2009 and cost/tta-2009. */
static const struct tta_embedded *same_name(const struct tta_embedded *found)
{
    const struct tta_embedded *list;
    size_t count = tta_embedded_list(&list);

    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].name, found->name) == 0 && strcmp(list[i].kind, found->kind) != 0)
            return &list[i];
    return NULL;
}

int tta_print_data(const char *name, struct tta_buffer *out, struct tta_error *e)
{
    const char *slash = strchr(name, '/');
    const struct tta_embedded *found, *other;
    char kind[64];

    if (*name == '\0')
        return list_documents(out, e);
    snprintf(kind, sizeof kind, "%.*s", slash == NULL ? 0 : (int)(slash - name), name);
    found = tta_embedded_find(slash == NULL ? NULL : kind, slash == NULL ? name : slash + 1);
    if (found == NULL)
        return tta_fail(e, TTA_E_CONFIG,
                        "--print-data: no document of that name; --print-data lists them");
    other = slash == NULL ? same_name(found) : NULL;
    if (other != NULL)
        return tta_fail(e, TTA_E_CONFIG, "--print-data: which, %s/%s or %s/%s?", found->kind,
                        found->name, other->kind, other->name);
    return tta_buffer_append(out, found->json, found->len) != 0 ? tta_fail_memory(e) : 0;
}
