/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/reader.h"

#include <stdlib.h>
#include <string.h>

#include "reader_impl.h"

int tta_reader_new(struct tta_reader **out, int fd, const char *name, enum tta_format format,
                   const struct tta_dialect *dialect, struct tta_observer observer,
                   struct tta_error *e)
{
    struct tta_reader *r = calloc(1, sizeof *r);
    enum tta_encoding encoding = dialect->encoding;
    int rc;

    if (r == NULL)
        return tta_fail_memory(e);
    r->source.fd = -1;
    r->format = format;
    r->dialect = dialect;
    r->line = 1;
    r->cap = TTA_BLOCK;
    r->buf = malloc(r->cap);
    r->cells = malloc(TTA_COLUMNS_MAX * sizeof *r->cells);
    r->marks = malloc(TTA_MARKS * sizeof *r->marks);
    if (r->buf == NULL || r->cells == NULL || r->marks == NULL)
        rc = tta_fail_memory(e);
    else
        rc = tta_source_open(&r->source, fd, name, encoding, observer, e);
    if (rc != 0) {
        tta_reader_free(r);
        return rc;
    }
    *out = r;
    return 0;
}

void tta_reader_free(struct tta_reader *r)
{
    if (r == NULL)
        return;
    tta_source_close(&r->source);
    if (r->csv_ready)
        csv_free(&r->csv);
    for (size_t i = 0; i < r->column_count; i++)
        free((char *)(uintptr_t)r->columns[i].ptr); /* our own copies */
    free(r->columns);
    tta_buffer_release(&r->header_raw);
    tta_buffer_release(&r->decoded);
    free(r->marks);
    free(r->cells);
    free(r->buf);
    free(r);
}

/* More room behind end: first by moving, then by growing. */
static int make_room(struct tta_reader *r, struct tta_error *e)
{
    size_t want = TTA_SOURCE_ROOM + 1; /* and a line feed that the file may lack */
    char *grown;

    if (r->start > 0) {
        memmove(r->buf, r->buf + r->start, r->end - r->start);
        r->end -= r->start;
        r->start = 0;
    }
    if (r->cap - r->end >= want)
        return 0;
    if (r->end > TTA_RECORD_MAX) {
        tta_fail(e, TTA_E_DATA, "a record of more than %d MiB", TTA_RECORD_MAX / 1024 / 1024);
        return tta_error_place(e, r->source.name, r->line);
    }
    grown = realloc(r->buf, r->cap * 2);
    if (grown == NULL)
        return tta_fail_memory(e);
    r->buf = grown;
    r->cap *= 2;
    return 0;
}

int tta_reader_fill(struct tta_reader *r, struct tta_error *e)
{
    size_t got = 0;
    int rc = make_room(r, e);

    r->mark_count = r->mark_next = 0;
    r->scanned = r->start;
    if (rc == 0)
        rc = tta_source_read(&r->source, r->buf + r->end, r->cap - r->end - 1, &got, e);
    if (rc != 0)
        return tta_error_place(e, NULL, r->line);
    r->end += got;
    if (got > 0)
        return 1;
    r->eof = true;
    if (r->start < r->end && r->buf[r->end - 1] != '\n') {
        r->buf[r->end++] = '\n';
        r->added_lf = true;
    }
    return 0;
}

int tta_reader_broken(struct tta_reader *r, const struct tta_row *row, struct tta_error *e,
                      const char *sentence)
{
    tta_fail(e, TTA_E_DATA, "%s", sentence);
    e->record = row->record;
    return tta_error_place(e, r->source.name, row->line);
}

int tta_reader_add_column(struct tta_reader *r, struct tta_text name, struct tta_error *e)
{
    char *copy;

    if (r->column_count == TTA_COLUMNS_MAX)
        return tta_fail(e, TTA_E_DATA, "more than %d columns", TTA_COLUMNS_MAX);
    if (r->column_count == r->column_cap) {
        size_t cap = r->column_cap == 0 ? 32 : r->column_cap * 2;
        struct tta_text *grown = realloc(r->columns, cap * sizeof *grown);

        if (grown == NULL)
            return tta_fail_memory(e);
        r->columns = grown;
        r->column_cap = cap;
    }
    copy = tta_text_copy(name);
    if (copy == NULL)
        return tta_fail_memory(e);
    r->columns[r->column_count].ptr = copy;
    r->columns[r->column_count++].len = name.len;
    return 0;
}

int tta_csv_check(struct tta_reader *r, struct tta_row *row, struct tta_error *e)
{
    if (row->count > TTA_COLUMNS_MAX)
        return tta_reader_broken(r, row, e, "more than 16384 cells");
    if (!r->have_header)
        return 1;
    if (row->raw.len == 0 && r->column_count == 1)
        return tta_reader_broken(
            r, row, e, "an empty line in a file of one column (write \"\" for an empty cell)");
    if (row->count == r->column_count)
        return 1;
    tta_fail(e, TTA_E_DATA, "%zu %s where the header has %zu", row->count,
             row->count == 1 ? "cell" : "cells", r->column_count);
    e->record = row->record;
    return tta_error_place(e, r->source.name, row->line);
}

static int start_csv(struct tta_reader *r, struct tta_error *e)
{
    struct tta_row row = {0};
    int rc = tta_csv_next(r, &row, e);

    for (size_t i = 0; rc == 1 && i < row.count; i++) {
        struct tta_text name = {row.cells[i].ptr, row.cells[i].len};

        rc = tta_reader_add_column(r, name, e) == 0 ? 1 : e->code;
    }
    if (rc != 1)
        return rc;
    r->have_header = true;
    if (tta_buffer_append(&r->header_raw, row.raw.ptr, row.raw.len) != 0)
        return tta_fail_memory(e);
    return 1;
}

/* The keys of the first object, which is read again as the first record. */
static int start_jsonl(struct tta_reader *r, struct tta_error *e)
{
    struct tta_row row = {0};
    int rc = tta_jsonl_next(r, &row, e);

    if (rc != 1)
        return rc;
    r->start = (size_t)(row.raw.ptr - r->buf);
    r->line = row.line;
    r->record = 0;
    r->have_header = true;
    return 1;
}

int tta_reader_start(struct tta_reader *r, struct tta_error *e)
{
    int rc = r->format == TTA_CSV ? start_csv(r, e) : start_jsonl(r, e);

    if (rc < 0)
        tta_error_place(e, r->source.name, r->line);
    return rc;
}

const struct tta_text *tta_reader_columns(const struct tta_reader *r, size_t *count)
{
    *count = r->column_count;
    return r->columns;
}

struct tta_text tta_reader_header_raw(const struct tta_reader *r)
{
    return tta_buffer_text(&r->header_raw);
}

int tta_reader_next(struct tta_reader *r, struct tta_row *row, struct tta_error *e)
{
    row->raw.ptr = NULL;
    return r->format == TTA_CSV ? tta_csv_next(r, row, e) : tta_jsonl_next(r, row, e);
}

bool tta_reader_lacks_end(const struct tta_reader *r)
{
    return r->added_lf;
}

int64_t tta_reader_bytes(const struct tta_reader *r)
{
    return r->source.bytes;
}
