/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_READER_H
#define TTA_READER_H
/*
 * Records of one CSV or JSON Lines stream, one at a time, in constant memory.
 *
 * CSV: libcsv (CSV_STRICT | CSV_STRICT_FINI, nothing trimmed) says what a
 * record is. Records without a quote character, nearly all, never reach it:
 * a vector scan has marked every delimiter and line end of the block, and the
 * cells are slices between marks. tests/unit/io/csv_law.c and the fuzz target
 * hold both to the same answer on any bytes. Beyond libcsv: a carriage return
 * outside quotes that neither belongs to a CRLF nor ends the file, a NUL byte,
 * bytes that are not UTF-8 and a record with another number of cells than the
 * header are errors. An empty line is passed over (as libcsv does), but not in a
 * file of one column, where it could be an empty cell: there it is an error.
 *
 * JSON Lines: one object per line, checked in full (RFC 8259, no duplicate
 * keys, no NUL). The columns are the keys of the first object; a key that comes
 * later is a column added behind them (tta_reader_columns grows).
 */
#include "tta/dialect.h"
#include "tta/error.h"
#include "tta/text.h"

#define TTA_CELL_MAX (1024 * 1024)       /* bytes of one cell */
#define TTA_RECORD_MAX (2 * 1024 * 1024) /* bytes of one record */
#define TTA_COLUMNS_MAX 16384

enum tta_cell_kind {
    TTA_CELL_TEXT,    /* CSV cell or JSON string, unquoted */
    TTA_CELL_NUMBER,  /* JSON number, as written */
    TTA_CELL_TRUE,    /* JSON true: text "true" */
    TTA_CELL_FALSE,   /* JSON false */
    TTA_CELL_NOTHING, /* JSON null, or the key is not there */
    TTA_CELL_NESTED   /* JSON object or array, as written */
};

struct tta_cell {
    const char *ptr;
    uint32_t len;
    enum tta_cell_kind kind;
};

/* A record. Everything in it is borrowed until the next call on the reader. */
struct tta_row {
    struct tta_text raw; /* as read, without its line end; UTF-8 */
    const struct tta_cell *cells;
    size_t count;
    int64_t line;   /* 1-based line on which it starts */
    int64_t record; /* 1-based, the header not counted */
};

/* Sees every byte as it is read from, or written to, a file (for hashes in manifests). */
struct tta_observer {
    void (*see)(void *context, const void *bytes, size_t len); /* NULL: nobody looks */
    void *context;
};

struct tta_reader;

/*
 * Takes fd, borrows name and dialect. Reads nothing yet. A folder is refused
 * (TTA_E_NOINPUT).
 */
int tta_reader_new(struct tta_reader **out, int fd, const char *name, enum tta_format format,
                   const struct tta_dialect *dialect, struct tta_observer observer,
                   struct tta_error *e);
void tta_reader_free(struct tta_reader *r);

/*
 * Reads the header (CSV) or looks at the first object (JSON Lines). 1 when
 * there are columns, 0 when the input is empty, or a negative code.
 */
int tta_reader_start(struct tta_reader *r, struct tta_error *e);

/* The column names, borrowed; count grows in JSON Lines only. raw: the header record as read (CSV).
 */
const struct tta_text *tta_reader_columns(const struct tta_reader *r, size_t *count);
struct tta_text tta_reader_header_raw(const struct tta_reader *r);

/*
 * 1: row is the next record. 0: the end. TTA_E_DATA with row->raw.ptr set: this
 * record is broken (e says how) but the next call goes on behind it; with
 * row->raw.ptr NULL, or any other code: the stream cannot be read further.
 */
int tta_reader_next(struct tta_reader *r, struct tta_row *row, struct tta_error *e);

/* At the end: did the last line lack its line end, as one that was cut short would? */
bool tta_reader_lacks_end(const struct tta_reader *r);

/* Bytes read from the file so far. */
int64_t tta_reader_bytes(const struct tta_reader *r);

#endif
