/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_LIB_IO_READER_IMPL_H
#define TTA_LIB_IO_READER_IMPL_H
/*
 * What reader.c, csv_fast.c, csv_quoted.c and jsonl.c share. The unread bytes
 * are buf[start..end); a record is handed out from there, so it stays in place
 * until the next call.
 */
#include <csv.h>

#include "source.h"
#include "tta/reader.h"

#define TTA_BLOCK (256 * 1024)
#define TTA_MARKS 65536

struct tta_reader {
    struct tta_source source;
    enum tta_format format;
    const struct tta_dialect *dialect;

    char *buf;
    size_t cap, start, end;
    bool eof;      /* the source has ended: buf[start..end) is all there is */
    bool added_lf; /* buf[end - 1] is a line feed that the file left out at its end */
    int64_t line;  /* of buf[start], 1-based */
    int64_t record;

    struct tta_text *columns; /* names, owned */
    size_t column_count, column_cap;
    bool have_header;
    struct tta_buffer header_raw;

    struct tta_cell *cells;    /* TTA_COLUMNS_MAX of them */
    struct tta_buffer decoded; /* cells that had to be unquoted */

    /* CSV */
    uint32_t *marks; /* places in buf, all >= start but those before mark_next */
    size_t mark_count, mark_next;
    size_t scanned; /* buf[..scanned) is marked */
    bool high;      /* something outside ASCII among the marked bytes */
    struct csv_parser csv;
    bool csv_ready;
    bool csv_between; /* the parser has left its last record behind */
};

/*
 * Reads more behind end, moving the unread bytes to the front and growing the
 * buffer as needed. 1: there is more. 0: the file has ended (a missing last
 * line feed has been added). TTA_E_DATA when one record fills TTA_RECORD_MAX.
 */
int tta_reader_fill(struct tta_reader *r, struct tta_error *e);

/* Sets the sentence with the record's place; returns TTA_E_DATA. */
int tta_reader_broken(struct tta_reader *r, const struct tta_row *row, struct tta_error *e,
                      const char *sentence);

/* A column more, its name copied. TTA_E_DATA when there are too many. */
int tta_reader_add_column(struct tta_reader *r, struct tta_text name, struct tta_error *e);

/* One record: 1, 0 at the end, negative. They move start, line and record on. */
int tta_csv_next(struct tta_reader *r, struct tta_row *row, struct tta_error *e);
int tta_csv_quoted(struct tta_reader *r, struct tta_row *row, struct tta_error *e);
int tta_jsonl_next(struct tta_reader *r, struct tta_row *row, struct tta_error *e);

/* Fits the finished row to the header: count, and an empty line's meaning. */
int tta_csv_check(struct tta_reader *r, struct tta_row *row, struct tta_error *e);

#endif
