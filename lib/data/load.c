/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>

#include "file.h"
#include "schema.h"
#include "tta/data.h"

/*
 * What Jansson's own text would say, without the piece of the file that it
 * quotes. NULL: out of memory, which Jansson mostly leaves without a code.
 */
static const char *syntax_problem(const json_error_t *error)
{
    switch (json_error_code(error)) {
    case json_error_unknown:
    case json_error_out_of_memory:
        return NULL;
    case json_error_premature_end_of_input:
        return "not JSON: ends too early";
    case json_error_end_of_input_expected:
        return "not JSON: something follows after the end";
    case json_error_invalid_utf8:
        return "not JSON: not UTF-8";
    case json_error_duplicate_key:
        return "a key stands twice in one object";
    case json_error_numeric_overflow:
        return "a number too large to hold";
    case json_error_stack_overflow:
        return "nested too deeply";
    case json_error_null_character:
    case json_error_null_byte_in_key:
        return "a text with a NUL character";
    default:
        return "not JSON: a syntax error";
    }
}

static json_t *parse(const char *bytes, size_t len, struct tta_error *e)
{
    json_error_t error;
    json_t *root;
    const char *problem;

    if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        bytes += 3;
        len -= 3;
    }
    /*
     * An allocation that fails in Jansson's scanner looks like a syntax error; a
     * real one comes back. Without memory for its first allocation Jansson sets
     * no code at all, so that must not be the code of the time before.
     */
    for (int times = 0; times < 2; times++) {
        memset(&error, 0, sizeof error);
        root = json_loadb(bytes, len, JSON_REJECT_DUPLICATES, &error);
        if (root != NULL)
            return root;
    }
    problem = syntax_problem(&error);
    if (problem == NULL) {
        tta_fail_memory(e);
    } else {
        tta_fail(e, TTA_E_CONFIG, "column %d: %s", error.column, problem);
        tta_error_place(e, NULL, error.line);
    }
    return NULL;
}

static json_t *load_schema(const char *name, struct tta_error *e)
{
    const struct tta_embedded *found = tta_embedded_find("schema", name);
    json_t *schema;

    if (found == NULL) {
        tta_fail(e, TTA_E_INTERNAL, "no schema %s", name);
        return NULL;
    }
    schema = parse(found->json, found->len, e);
    if (schema != NULL && tta_schema_verify(schema, e) != 0) {
        json_decref(schema);
        return NULL;
    }
    return schema;
}

/*
 * KIND where the kind has one shape, otherwise KIND-ID: a changed copy of such a
 * document keeps its id.
 */
static json_t *schema_of(const char *kind, const json_t *root, struct tta_error *e)
{
    const char *id = tta_json_text(root, "id", "");
    char name[160];

    if (tta_embedded_find("schema", kind) != NULL)
        return load_schema(kind, e);
    snprintf(name, sizeof name, "%s-%s", kind, id);
    if (tta_embedded_find("schema", name) == NULL) {
        tta_fail(e, TTA_E_CONFIG,
                 "/id: no document of kind %s has this id; a changed copy keeps its id", kind);
        return NULL;
    }
    return load_schema(name, e);
}

static int check(const char *kind, json_t *root, struct tta_error *e)
{
    json_t *base, *schema;

    if (!json_is_object(root))
        return tta_fail(e, TTA_E_CONFIG, "should be an object");
    base = load_schema("document", e);
    if (base == NULL)
        return e->code;
    schema = schema_of(kind, root, e);
    if (schema != NULL)
        tta_schema_check(schema, base, root, e);
    json_decref(schema);
    json_decref(base);
    return e->code;
}

/* The keys that every document has. */
static int take_head(struct tta_document *d, struct tta_error *e)
{
    snprintf(d->id, sizeof d->id, "%s", tta_json_text(d->root, "id", ""));
    snprintf(d->title, sizeof d->title, "%s", tta_json_text(d->root, "title", ""));
    d->valid_from = tta_json_date(d->root, "valid_from", TTA_DATE_NONE);
    d->valid_to = tta_json_date(d->root, "valid_to", TTA_DATE_NONE);
    d->uncertain = strcmp(tta_json_text(d->root, "confidence", ""), "uncertain") == 0;
    if (d->valid_to != TTA_DATE_NONE && d->valid_to < d->valid_from)
        return tta_document_fail(d, e, "/valid_to", "before valid_from");
    return 0;
}

static int take(const char *kind, struct tta_text bytes, struct tta_document *out,
                struct tta_error *e)
{
    if (sodium_init() < 0)
        return tta_fail(e, TTA_E_INTERNAL, "libsodium does not start");
    crypto_generichash(out->hash, sizeof out->hash, (const unsigned char *)bytes.ptr, bytes.len,
                       NULL, 0);
    out->root = parse(bytes.ptr, bytes.len, e);
    if (out->root == NULL || check(kind, out->root, e) != 0)
        return e->code;
    return take_head(out, e);
}

static int fail_unknown(const char *kind, const char *name, struct tta_error *e)
{
    const struct tta_embedded *list;
    size_t count = tta_embedded_list(&list);
    char shown[64], names[600] = "";

    for (size_t i = 0; i < count; i++) {
        size_t n = strlen(names);

        if (strcmp(list[i].kind, kind) == 0)
            snprintf(names + n, sizeof names - n, "%s%s", n == 0 ? "" : ", ", list[i].name);
    }
    return tta_fail(e, TTA_E_CONFIG,
                    "no %s document %s; built in: %s (a file is given as a path with / or .json)",
                    kind, tta_text_printable(tta_text_of(name), shown, sizeof shown), names);
}

bool tta_document_is_path(const char *text)
{
    size_t len = strlen(text);

    return strchr(text, '/') != NULL || (len >= 5 && strcmp(text + len - 5, ".json") == 0);
}

int tta_document_load(const char *kind, const char *name_or_path, struct tta_document *out,
                      struct tta_error *e)
{
    struct tta_buffer file = {0};
    struct tta_text bytes = {"", 0};
    int code = 0;

    memset(out, 0, sizeof *out);
    /* rules/tta-2009, as --print-data lists it, is the built-in one */
    if (strncmp(name_or_path, kind, strlen(kind)) == 0 && name_or_path[strlen(kind)] == '/' &&
        tta_embedded_find(kind, name_or_path + strlen(kind) + 1) != NULL)
        name_or_path += strlen(kind) + 1;
    if (tta_document_is_path(name_or_path)) {
        tta_text_printable(tta_text_of(name_or_path), out->source_name, sizeof out->source_name);
        code = tta_document_read(name_or_path, &file, e);
        bytes = tta_buffer_text(&file);
    } else {
        const struct tta_embedded *found = tta_embedded_find(kind, name_or_path);

        if (found == NULL)
            return fail_unknown(kind, name_or_path, e);
        snprintf(out->source_name, sizeof out->source_name, "%s/%s", kind, found->name);
        bytes.ptr = found->json;
        bytes.len = found->len;
    }
    if (code == 0)
        code = take(kind, bytes, out, e);
    if (code != 0) {
        tta_error_place(e, out->source_name, 0);
        tta_document_release(out);
    }
    tta_buffer_release(&file);
    return code;
}

void tta_document_release(struct tta_document *d)
{
    json_decref(d->root);
    memset(d, 0, sizeof *d);
}

int tta_document_fail(const struct tta_document *d, struct tta_error *e, const char *pointer,
                      const char *format, ...)
{
    char text[512];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    tta_fail(e, TTA_E_CONFIG, "%s%s%s", pointer, *pointer == '\0' ? "" : ": ", text);
    return tta_error_place(e, d->source_name, 0);
}
