/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tta/encoding.h"
#include "json_scan.h"
#include "reader_impl.h"

/* The next line that is not empty: 1, 0 at the end, negative. */
static int next_line(struct tta_reader *r, struct tta_row *row, struct tta_error *e)
{
    size_t seen = 0;

    for (;;) {
        char *first = r->buf + r->start;
        char *lf =
            r->start + seen < r->end ? memchr(first + seen, '\n', r->end - r->start - seen) : NULL;
        int rc;

        if (lf != NULL) {
            row->raw.ptr = first;
            row->raw.len = (size_t)(lf - first);
            if (row->raw.len > 0 && lf[-1] == '\r')
                row->raw.len--;
            row->line = r->line++;
            r->start = (size_t)(lf + 1 - r->buf);
            if (row->raw.len > 0)
                return 1;
            row->raw.ptr = NULL;
            seen = 0;
            continue;
        }
        if (r->eof)
            return 0;
        seen = r->end - r->start;
        rc = tta_reader_fill(r, e);
        if (rc < 0)
            return rc;
    }
}

/* The place of the column with that name; hint is where it would stand if nothing were left out. */
static int find_column(struct tta_reader *r, struct tta_text name, size_t hint, size_t *index,
                       struct tta_error *e)
{
    if (hint < r->column_count && tta_text_equal(r->columns[hint], name)) {
        *index = hint;
        return 0;
    }
    for (size_t i = 0; i < r->column_count; i++)
        if (tta_text_equal(r->columns[i], name)) {
            *index = i;
            return 0;
        }
    *index = r->column_count;
    if (tta_reader_add_column(r, name, e) != 0)
        return e->code;
    r->cells[*index].ptr = NULL;
    return 0;
}

/* Texts with escapes are resolved into decoded, which was given room for the whole line. */
static struct tta_text resolve(struct tta_reader *r, struct tta_text inside, bool escapes)
{
    struct tta_text out = {r->decoded.ptr + r->decoded.len, 0};

    if (!escapes)
        return inside;
    out.len = tta_json_unescape(inside, r->decoded.ptr + r->decoded.len);
    r->decoded.len += out.len;
    return out;
}

static int member(struct tta_reader *r, struct tta_json_scan *s, size_t hint, size_t *index,
                  struct tta_error *e)
{
    struct tta_text name;
    struct tta_cell cell;
    bool escapes;
    int rc;

    if (!tta_json_string(s, &name, &escapes))
        return TTA_E_DATA;
    name = resolve(r, name, escapes);
    tta_json_space(s);
    if (!tta_json_char(s, ':')) {
        s->problem = "a colon is missing";
        return TTA_E_DATA;
    }
    tta_json_space(s);
    if (!tta_json_value(s, &cell, &escapes))
        return TTA_E_DATA;
    rc = find_column(r, name, hint, index, e);
    if (rc != 0)
        return rc;
    if (r->cells[*index].ptr != NULL) {
        s->problem = "a key that stands there twice";
        return TTA_E_DATA;
    }
    if (cell.len > TTA_CELL_MAX) {
        s->problem = "a value of more than 1 MiB";
        return TTA_E_DATA;
    }
    if (cell.kind == TTA_CELL_TEXT) {
        struct tta_text inside = {cell.ptr, cell.len};

        inside = resolve(r, inside, escapes);
        cell.ptr = inside.ptr;
        cell.len = (uint32_t)inside.len;
    }
    r->cells[*index] = cell;
    return 0;
}

static int object(struct tta_reader *r, struct tta_json_scan *s, struct tta_error *e)
{
    size_t index = 0, hint = 0;

    tta_json_space(s);
    if (!tta_json_char(s, '{')) {
        s->problem = "not a JSON object";
        return TTA_E_DATA;
    }
    tta_json_space(s);
    if (!tta_json_char(s, '}'))
        for (;;) {
            int rc;

            tta_json_space(s);
            rc = member(r, s, hint, &index, e);
            if (rc != 0)
                return rc;
            hint = index + 1;
            tta_json_space(s);
            if (tta_json_char(s, '}'))
                break;
            if (!tta_json_char(s, ',')) {
                s->problem = "a comma is missing";
                return TTA_E_DATA;
            }
        }
    tta_json_space(s);
    if (s->p != s->end) {
        s->problem = "something stands behind the object";
        return TTA_E_DATA;
    }
    return 0;
}

/* A broken line adds no columns. */
static void forget_columns(struct tta_reader *r, size_t known)
{
    while (r->column_count > known)
        free((char *)(uintptr_t)r->columns[--r->column_count].ptr); /* our own copy */
}

int tta_jsonl_next(struct tta_reader *r, struct tta_row *row, struct tta_error *e)
{
    struct tta_json_scan s = {0};
    char sentence[160];
    size_t known = r->column_count;
    int rc = next_line(r, row, e);

    if (rc <= 0)
        return rc;
    row->record = ++r->record;
    if (row->raw.len > TTA_RECORD_MAX)
        return tta_reader_broken(r, row, e, "a record of more than 2 MiB");
    if (tta_utf8_prefix(row->raw.ptr, row->raw.len) != row->raw.len)
        return tta_reader_broken(r, row, e, "a byte that is not UTF-8; see --encoding");
    r->decoded.len = 0;
    if (tta_buffer_reserve(&r->decoded, row->raw.len + 1) != 0)
        return tta_fail_memory(e);
    for (size_t i = 0; i < r->column_count; i++) {
        static const struct tta_cell none = {NULL, 0, TTA_CELL_NOTHING};

        r->cells[i] = none;
    }
    s.p = row->raw.ptr;
    s.end = s.p + row->raw.len;
    rc = object(r, &s, e);
    if (rc != 0)
        forget_columns(r, known);
    row->cells = r->cells;
    row->count = r->column_count;
    if (rc == 0)
        return 1;
    if (s.problem == NULL)
        return tta_error_place(e, r->source.name, row->line);
    snprintf(sentence, sizeof sentence, "not JSON: %s (byte %td of the line)", s.problem,
             s.p - row->raw.ptr + 1);
    return tta_reader_broken(r, row, e, sentence);
}
