/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_TEST_CSV_REFERENCE_H
#define TTA_TEST_CSV_REFERENCE_H
/*
 * What include/tta/reader.h says a CSV file is, in the slowest way: libcsv gets
 * every byte by itself, so the place of a record's end, of an error and of every
 * line feed is known. Shares nothing with lib/io but the constants of the header.
 *
 * A record breaks by a quote where none may stand, or by a carriage return
 * outside quotes that neither belongs to a CRLF nor ends the file; it then
 * reaches to the next line feed. A record that libcsv finds whole is broken when
 * it holds a NUL or what is not UTF-8, is too long, or does not fit the header.
 */
#include "feed.h"

#include <csv.h>
#include <stdbool.h>

#include "tta/reader.h"

struct ref_record {
    int64_t line;
    size_t raw, raw_len; /* in bytes */
    bool broken;
    size_t first_cell, cells;
};

struct ref_cell {
    size_t at, len; /* in pool */
};

struct reference {
    const unsigned char *bytes;
    size_t len;
    char delimiter;
    struct ref_record *records; /* the first is the header */
    size_t count, cap;
    struct ref_cell *cells;
    size_t cell_count, cell_cap;
    char *pool;
    size_t pool_len;
    int64_t fatal_line; /* the line on which a quoted cell opens that is never closed; 0: none */
    bool refused;       /* UTF-16 by its byte order mark */
    /* of the record that is being read */
    int ended;
    size_t cell_end; /* how many on_cell came: a new cell begins behind each */
    size_t line_at;  /* lines are counted so far: places only ever grow */
    int64_t lines;
};

static inline void ref_on_cell(void *bytes, size_t len, void *context)
{
    struct reference *r = context;

    if (r->cell_count == r->cell_cap) {
        r->cell_cap = r->cell_cap * 2 + 64;
        r->cells = realloc(r->cells, r->cell_cap * sizeof *r->cells);
        if (r->cells == NULL)
            abort();
    }
    r->cells[r->cell_count].at = r->pool_len;
    r->cells[r->cell_count++].len = len;
    if (len > 0)
        memcpy(r->pool + r->pool_len, bytes, len);
    r->pool_len += len;
    r->cell_end++;
}

static inline void ref_on_record(int c, void *context)
{
    (void)c;
    ((struct reference *)context)->ended++;
}

static inline int ref_no_space(unsigned char c)
{
    (void)c;
    return 0;
}

static inline bool ref_utf8(const unsigned char *p, size_t len)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};

    for (size_t i = 0; i < len;) {
        size_t size = p[i] < 0x80 ? 1 : p[i] < 0xC0 ? 0 : p[i] < 0xE0 ? 2 : p[i] < 0xF0 ? 3 : 4;
        uint32_t c;

        if (size == 1) {
            i++;
            continue;
        }
        if (size == 0 || p[i] > 0xF7 || len - i < size)
            return false;
        c = p[i] & (0x7FU >> size);
        for (size_t k = 1; k < size; k++) {
            if (p[i + k] >> 6 != 2)
                return false;
            c = c << 6 | (p[i + k] & 0x3F);
        }
        if (c < least[size] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
            return false;
        i += size;
    }
    return true;
}

static inline int64_t ref_line(struct reference *r, size_t at)
{
    for (; r->line_at < at; r->line_at++)
        r->lines += r->bytes[r->line_at] == '\n';
    return r->lines + 1;
}

/* The record is broken and reaches from raw to the next line feed at or behind `at`. */
static inline size_t ref_broken(const struct reference *r, struct ref_record *out, size_t at)
{
    size_t end = at;

    while (end < r->len && r->bytes[end] != '\n')
        end++;
    out->broken = true;
    out->raw_len = end - out->raw;
    if (out->raw_len > 0 && r->bytes[end - 1] == '\r')
        out->raw_len--;
    return end < r->len ? end + 1 : end;
}

/* Whether the carriage return at `at` ends a line. */
static inline bool ref_ends_line(const struct reference *r, size_t at)
{
    return at + 1 == r->len || r->bytes[at + 1] == '\n';
}

/* libcsv over one record that is not an empty line; returns where the next begins. */
static inline size_t ref_feed(struct reference *r, struct csv_parser *csv, struct ref_record *out)
{
    size_t cell_from = out->raw;

    for (size_t i = out->raw; i < r->len; i++) {
        size_t before = r->cell_end;

        if (csv_parse(csv, r->bytes + i, 1, ref_on_cell, ref_on_record, r) != 1)
            return ref_broken(r, out, i);
        if (r->cell_end > before)
            cell_from = i + 1;
        if (r->ended == 0)
            continue;
        out->raw_len = i - out->raw;
        if (r->bytes[i] == '\n')
            return i + 1;
        if (!ref_ends_line(r, i))
            return ref_broken(r, out, i);
        return i + 2 < r->len ? i + 2 : r->len;
    }
    out->raw_len = r->len - out->raw;
    if (csv_fini(csv, ref_on_cell, ref_on_record, r) != 0)
        r->fatal_line = ref_line(r, cell_from);
    return r->len;
}

/* One record, or an empty line (no cells, not broken); returns where the next begins. */
static inline size_t ref_record(struct reference *r, struct ref_record *out)
{
    struct csv_parser csv;
    size_t at = out->raw, next;

    out->line = ref_line(r, at);
    out->first_cell = r->cell_count;
    r->ended = 0;
    r->cell_end = 0;
    if (r->bytes[at] == '\n')
        return at + 1;
    if (r->bytes[at] == '\r' && ref_ends_line(r, at))
        return at + 2 < r->len ? at + 2 : r->len;
    if (r->bytes[at] == '\r')
        return ref_broken(r, out, at);
    if (csv_init(&csv, CSV_STRICT | CSV_STRICT_FINI) != 0)
        abort();
    csv_set_delim(&csv, (unsigned char)r->delimiter);
    csv_set_space_func(&csv, ref_no_space);
    if (r->len > 65536)
        csv_set_blk_size(&csv, 65536); /* a long cell is not to grow by 128 bytes */
    next = ref_feed(r, &csv, out);
    csv_free(&csv);
    out->cells = r->cell_count - out->first_cell;
    return next;
}

/* The rules beyond libcsv, for a record that is whole. */
static inline bool ref_fits(const struct reference *r, const struct ref_record *rec)
{
    const unsigned char *raw = r->bytes + rec->raw;

    if (rec->cells > TTA_COLUMNS_MAX || rec->raw_len > TTA_RECORD_MAX)
        return false;
    for (size_t i = 0; i < rec->cells; i++)
        if (r->cells[rec->first_cell + i].len > TTA_CELL_MAX)
            return false;
    return memchr(raw, '\0', rec->raw_len) == NULL && ref_utf8(raw, rec->raw_len) &&
           (r->count == 0 || rec->cells == r->records[0].cells);
}

static inline void ref_keep(struct reference *r, const struct ref_record *rec)
{
    if (r->count == r->cap) {
        r->cap = r->cap * 2 + 64;
        r->records = realloc(r->records, r->cap * sizeof *r->records);
        if (r->records == NULL)
            abort();
    }
    r->records[r->count++] = *rec;
}

/* Reads all; borrows the bytes. */
static inline void ref_read(struct reference *r, const void *bytes, size_t len, char delimiter)
{
    size_t at = 0;

    memset(r, 0, sizeof *r);
    r->bytes = bytes;
    r->len = len;
    r->delimiter = delimiter;
    r->pool = malloc(len + 1);
    if (r->pool == NULL)
        abort();
    if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        at = 3;
    r->refused =
        len >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0);
    while (!r->refused && at < len && (r->count == 0 || !r->records[0].broken)) {
        struct ref_record rec = {.raw = at};

        at = ref_record(r, &rec);
        if (r->fatal_line != 0)
            break;
        if (rec.cells == 0 && !rec.broken) {
            if (r->count == 0 || r->records[0].cells != 1)
                continue;
            rec.broken = true; /* an empty line in a file of one column */
        }
        rec.broken = rec.broken || !ref_fits(r, &rec);
        ref_keep(r, &rec);
    }
}

static inline void ref_release(struct reference *r)
{
    free(r->records);
    free(r->cells);
    free(r->pool);
}

/* NULL, or what differs between a record of the reference and the row. */
static inline const char *ref_same_row(const struct reference *r, size_t i,
                                       const struct tta_row *row, bool broken)
{
    const struct ref_record *rec = &r->records[i];

    if (row->line != rec->line)
        return "another line";
    if (row->record != (int64_t)i)
        return "another record number";
    if (row->raw.len != rec->raw_len ||
        memcmp(row->raw.ptr, r->bytes + rec->raw, rec->raw_len) != 0)
        return "other raw bytes";
    if (broken)
        return NULL;
    if (row->count != rec->cells)
        return "another number of cells";
    for (size_t k = 0; k < row->count; k++) {
        const struct ref_cell *c = &r->cells[rec->first_cell + k];

        if (row->cells[k].kind != TTA_CELL_TEXT || row->cells[k].len != c->len)
            return "a cell of another kind or length";
        if (memcmp(row->cells[k].ptr, r->pool + c->at, c->len) != 0)
            return "a cell with other bytes";
    }
    return NULL;
}

/* NULL, or what differs in the header. *stop: there is nothing behind it. */
static inline const char *ref_same_header(const struct reference *r, struct tta_reader *reader,
                                          struct tta_error *e, bool *stop)
{
    int rc = tta_reader_start(reader, e);
    size_t count;
    const struct tta_text *columns = tta_reader_columns(reader, &count);
    struct tta_text raw;

    *stop = true;
    if (r->refused)
        return rc == TTA_E_DATA && e->line == 1 ? NULL : "UTF-16 was not refused";
    if (r->count == 0 && r->fatal_line == 0)
        return rc == 0 ? NULL : "not an empty file";
    if (r->count == 0 || r->records[0].broken) {
        if (rc != TTA_E_DATA)
            return "a broken header passed";
        return e->line == (r->count == 0 ? r->fatal_line : r->records[0].line)
                   ? NULL
                   : "another line for the broken header";
    }
    *stop = false;
    if (rc != 1 || count != r->records[0].cells)
        return "another header";
    raw = tta_reader_header_raw(reader);
    if (raw.len != r->records[0].raw_len ||
        memcmp(raw.ptr, r->bytes + r->records[0].raw, raw.len) != 0)
        return "other raw bytes of the header";
    for (size_t k = 0; k < count; k++) {
        const struct ref_cell *c = &r->cells[k];

        if (columns[k].len != c->len || memcmp(columns[k].ptr, r->pool + c->at, c->len) != 0)
            return "another column name";
    }
    return NULL;
}

/* Reads the reader to its end beside the reference. NULL, or what differs. */
static inline const char *ref_compare(const struct reference *r, struct tta_reader *reader)
{
    struct tta_error e = {0};
    struct tta_row row;
    bool stop;
    const char *differs = ref_same_header(r, reader, &e, &stop);
    int rc;

    for (size_t i = 1; differs == NULL && !stop && i < r->count; i++) {
        const struct ref_record *rec = &r->records[i];

        tta_error_clear(&e);
        rc = tta_reader_next(reader, &row, &e);
        if (rc != (rec->broken ? TTA_E_DATA : 1))
            return rec->broken ? "a broken record passed" : "a whole record did not pass";
        if (rec->raw_len > TTA_RECORD_MAX && row.raw.ptr == NULL)
            return NULL; /* longer than any buffer: there is no reading on */
        if (row.raw.ptr == NULL)
            return "no reading on behind a broken record";
        if (rec->broken && (e.line != rec->line || e.record != (int64_t)i))
            return "another place of the error";
        differs = ref_same_row(r, i, &row, rec->broken);
    }
    if (differs != NULL || stop)
        return differs;
    tta_error_clear(&e);
    rc = tta_reader_next(reader, &row, &e);
    if (r->fatal_line == 0)
        return rc == 0 ? NULL : "records behind the last";
    if (rc != TTA_E_DATA || row.raw.ptr != NULL)
        return "a cell that is never closed passed";
    return e.line == r->fatal_line ? NULL : "another line for the open quote";
}

/* Both over the same bytes; state NULL: as one file. NULL, or what differs. */
static inline const char *ref_check(const void *bytes, size_t len, char delimiter, uint64_t *state)
{
    struct tta_dialect dialect = tta_dialect_default;
    struct tta_observer nobody = {NULL, NULL};
    struct tta_error e = {0};
    struct tta_reader *reader;
    struct reference r;
    const char *differs;

    dialect.delimiter = delimiter;
    ref_read(&r, bytes, len, delimiter);
    if (tta_reader_new(&reader, feed_pieces(bytes, len, state), "feed", TTA_CSV, &dialect, nobody,
                       &e) != 0)
        abort();
    differs = ref_compare(&r, reader);
    tta_reader_free(reader);
    ref_release(&r);
    return differs;
}

#endif
