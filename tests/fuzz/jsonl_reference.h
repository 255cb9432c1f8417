/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_TEST_JSONL_REFERENCE_H
#define TTA_TEST_JSONL_REFERENCE_H
/*
 * What include/tta/reader.h says a JSON Lines file is, by Jansson. Where the two
 * differ on purpose, the reference makes up for it: a number outside the range of
 * doubles is a number, keys may stand twice inside a nested value (nobody looks
 * there), values are nested 64 deep at the most, and a NUL is never JSON.
 */
#include "feed.h"

#include <jansson.h>
#include <math.h>
#include <stdbool.h>

#include "tta/reader.h"

#define JREF_DEPTH 64

/* One line: what it holds, or that it is broken. */
struct jref_line {
    const char *raw;
    size_t len;
    json_t *root;  /* NULL: broken */
    bool clipped;  /* numbers in root are not those of the line */
    size_t number; /* 1-based */
};

struct jref {
    const char *at, *end;
    size_t line;
    char **columns;
    size_t column_count;
};

/* The form of a text that is JSON: how deep it nests, and how many members its object has. */
static inline void jref_form(const char *p, size_t len, int *deepest, size_t *members)
{
    bool inside = false;
    int depth = 0;

    *deepest = 0;
    *members = 0;
    for (size_t i = 0; i < len; i++) {
        if (inside && p[i] == '\\') {
            i++;
        } else if (inside) {
            inside = p[i] != '"';
        } else if (p[i] == '"') {
            inside = true;
        } else if (p[i] == '{' || p[i] == '[') {
            depth++;
        } else if (p[i] == '}' || p[i] == ']') {
            depth--;
        } else if (p[i] == ':' && depth == 1) {
            ++*members;
        }
        *deepest = depth > *deepest ? depth : *deepest;
    }
}

/* The line with one digit in every exponent, in a new buffer. */
static inline char *jref_clip(const char *p, size_t len, size_t *out_len)
{
    char *out = malloc(len + 1);
    bool inside = false;
    size_t n = 0;

    if (out == NULL)
        abort();
    for (size_t i = 0; i < len; i++) {
        bool digit = p[i] >= '0' && p[i] <= '9';
        size_t k = n;

        if (inside && p[i] == '\\' && i + 1 < len)
            out[n++] = p[i++];
        else if (p[i] == '"')
            inside = !inside;
        while (k > 0 && (out[k - 1] == '+' || out[k - 1] == '-'))
            k--;
        /* a second digit behind "e1", "e+1" is dropped */
        if (!inside && digit && n > 1 && out[n - 1] >= '0' && out[n - 1] <= '9') {
            k = n - 1;
            if (k > 0 && (out[k - 1] == '+' || out[k - 1] == '-'))
                k--;
            if (k > 0 && (out[k - 1] | 0x20) == 'e')
                continue;
        }
        out[n++] = p[i];
    }
    *out_len = n;
    return out;
}

/* Jansson's opinion of the line, less its opinions on duplicates and ranges. */
static inline json_t *jref_load(struct jref_line *l)
{
    json_error_t why;
    json_t *root = json_loadb(l->raw, l->len, JSON_DECODE_INT_AS_REAL, &why);
    size_t len;
    char *clipped;

    if (root != NULL || json_error_code(&why) != json_error_numeric_overflow)
        return root;
    clipped = jref_clip(l->raw, l->len, &len);
    root = json_loadb(clipped, len, JSON_DECODE_INT_AS_REAL, &why);
    free(clipped);
    l->clipped = true;
    return root;
}

/* The next line that is not empty. false at the end. */
static inline bool jref_next(struct jref *j, struct jref_line *l)
{
    while (j->at < j->end) {
        const char *lf = memchr(j->at, '\n', (size_t)(j->end - j->at));
        const char *stop = lf == NULL ? j->end : lf;
        int deepest;
        size_t members;

        l->raw = j->at;
        l->len = (size_t)(stop - j->at);
        l->len -= l->len > 0 && stop[-1] == '\r';
        l->number = ++j->line;
        l->clipped = false;
        j->at = lf == NULL ? j->end : lf + 1;
        if (l->len == 0)
            continue;
        /* Jansson 2.14 passes over a NUL behind a number */
        l->root = memchr(l->raw, '\0', l->len) == NULL ? jref_load(l) : NULL;
        if (l->root == NULL)
            return true;
        jref_form(l->raw, l->len, &deepest, &members);
        if (!json_is_object(l->root) || deepest - 1 > JREF_DEPTH ||
            members != json_object_size(l->root)) {
            json_decref(l->root);
            l->root = NULL;
        }
        return true;
    }
    return false;
}

/* Keys that are new become columns. */
static inline void jref_grow(struct jref *j, json_t *root)
{
    void *iter;

    for (iter = json_object_iter(root); iter != NULL; iter = json_object_iter_next(root, iter)) {
        const char *key = json_object_iter_key(iter);
        size_t i = 0;

        while (i < j->column_count && strcmp(j->columns[i], key) != 0)
            i++;
        if (i < j->column_count)
            continue;
        j->columns = realloc(j->columns, (i + 1) * sizeof *j->columns);
        if (j->columns == NULL || (j->columns[i] = strdup(key)) == NULL)
            abort();
        j->column_count++;
    }
}

static inline void jref_release(struct jref *j)
{
    for (size_t i = 0; i < j->column_count; i++)
        free(j->columns[i]);
    free(j->columns);
}

static inline const char *jref_same_columns(const struct jref *j, const struct tta_reader *reader)
{
    size_t count;
    const struct tta_text *columns = tta_reader_columns(reader, &count);

    if (count != j->column_count)
        return "another number of columns";
    for (size_t i = 0; i < count; i++)
        if (!tta_text_is(columns[i], j->columns[i]))
            return "another column name";
    return NULL;
}

static inline bool jref_same_number(const struct tta_cell *c, double value, bool clipped)
{
    char text[512];

    if (c->kind != TTA_CELL_NUMBER || c->len == 0)
        return false;
    if (clipped || c->len >= sizeof text)
        return true;
    memcpy(text, c->ptr, c->len);
    text[c->len] = '\0';
    return strtod(text, NULL) == value;
}

static inline bool jref_same_nested(const struct tta_cell *c, const json_t *value, bool clipped)
{
    json_t *again;
    bool same;

    if (c->kind != TTA_CELL_NESTED || clipped)
        return c->kind == TTA_CELL_NESTED;
    again = json_loadb(c->ptr, c->len, JSON_DECODE_INT_AS_REAL, NULL);
    same = again != NULL && json_equal(again, value);
    json_decref(again);
    return same;
}

static inline bool jref_same_cell(const struct tta_cell *c, const json_t *value, bool clipped)
{
    struct tta_text t = {c->ptr, c->len};

    if (value == NULL)
        return c->kind == TTA_CELL_NOTHING && c->ptr == NULL;
    switch (json_typeof(value)) {
    case JSON_STRING:
        return c->kind == TTA_CELL_TEXT && c->ptr != NULL && c->len == json_string_length(value) &&
               memcmp(c->ptr, json_string_value(value), c->len) == 0;
    case JSON_TRUE:
        return c->kind == TTA_CELL_TRUE && tta_text_is(t, "true");
    case JSON_FALSE:
        return c->kind == TTA_CELL_FALSE && tta_text_is(t, "false");
    case JSON_NULL:
        return c->kind == TTA_CELL_NOTHING && tta_text_is(t, "null");
    case JSON_REAL:
    case JSON_INTEGER:
        return jref_same_number(c, json_number_value(value), clipped);
    default:
        return jref_same_nested(c, value, clipped);
    }
}

static inline const char *jref_same_row(const struct jref *j, const struct jref_line *l,
                                        const struct tta_row *row)
{
    if (row->count != j->column_count)
        return "another number of cells";
    for (size_t i = 0; i < row->count; i++)
        if (!jref_same_cell(&row->cells[i], json_object_get(l->root, j->columns[i]), l->clipped))
            return "another value";
    return NULL;
}

/* One line on both sides. */
static inline const char *jref_step(struct jref *j, struct jref_line *l, int64_t record,
                                    struct tta_reader *reader)
{
    struct tta_error e = {0};
    struct tta_row row;
    int rc = tta_reader_next(reader, &row, &e);
    const char *differs = NULL;

    if (rc != (l->root == NULL ? TTA_E_DATA : 1))
        return l->root == NULL ? "a broken line passed" : "a whole line did not pass";
    if (row.raw.ptr == NULL || row.raw.len != l->len || memcmp(row.raw.ptr, l->raw, l->len) != 0)
        return "other raw bytes";
    if (row.line != (int64_t)l->number || row.record != record)
        return "another line or record number";
    if (rc != 1 && (e.line != row.line || e.record != record))
        return "another place of the error";
    if (rc == 1) {
        jref_grow(j, l->root);
        differs = jref_same_row(j, l, &row);
    }
    return differs != NULL ? differs : jref_same_columns(j, reader);
}

static inline const char *jref_compare(struct jref *j, struct tta_reader *reader)
{
    struct jref first = *j; /* the first line is looked at and then read again */
    struct jref_line l = {0};
    struct tta_error e = {0};
    struct tta_row row;
    const char *differs = NULL;
    int rc = tta_reader_start(reader, &e);
    bool there = jref_next(&first, &l);

    if (rc != (!there ? 0 : l.root == NULL ? TTA_E_DATA : 1))
        return "another first line";
    if (rc < 0 && e.line != (int64_t)l.number)
        return "another place of the error in the first line";
    if (l.root != NULL) {
        jref_grow(j, l.root);
        differs = jref_same_columns(j, reader);
        json_decref(l.root);
    }
    if (rc <= 0)
        return differs;
    for (int64_t record = 1; differs == NULL && jref_next(j, &l); record++) {
        differs = jref_step(j, &l, record, reader);
        json_decref(l.root);
    }
    if (differs == NULL && tta_reader_next(reader, &row, &e) != 0)
        differs = "lines behind the last";
    return differs;
}

/* Both over the same bytes, which do not begin as UTF-16 does. NULL, or what differs. */
static inline const char *jref_check(const void *bytes, size_t len, uint64_t *state)
{
    struct tta_observer nobody = {NULL, NULL};
    struct tta_error e = {0};
    struct tta_reader *reader;
    struct jref j = {.at = bytes, .end = (const char *)bytes + len};
    const char *differs;

    if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        j.at += 3;
    if (tta_reader_new(&reader, feed_pieces(bytes, len, state), "feed", TTA_JSONL,
                       &tta_dialect_default, nobody, &e) != 0)
        abort();
    differs = jref_compare(&j, reader);
    tta_reader_free(reader);
    jref_release(&j);
    return differs;
}

#endif
