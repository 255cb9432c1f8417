/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Records without quotes: slices between marks. The first quote character of a
 * record, or more marks than the window has room for, hands it to libcsv
 * (csv_quoted.c).
 */
#include "tta/encoding.h"
#include "reader_impl.h"
#include "scan.h"

static void scan_from_start(struct tta_reader *r)
{
    r->high = false;
    r->mark_next = 0;
    r->mark_count = tta_scan(r->buf, r->start, r->end, r->dialect->delimiter, r->marks, TTA_MARKS,
                             &r->scanned, &r->high);
}

/*
 * The marks ran out inside the record at start. 1: marked anew from start on,
 * there is more than before. 0: the input has ended.
 */
static int more_marks(struct tta_reader *r, struct tta_error *e)
{
    if (r->scanned >= r->end || r->scanned < r->start) {
        int rc = r->eof ? 0 : tta_reader_fill(r, e);

        if (rc < 0)
            return rc;
        if (rc == 0 && r->start == r->end)
            return 0;
    }
    scan_from_start(r);
    return 1;
}

/* Takes the record's bytes off the buffer; p is its line feed. */
static void finish(struct tta_reader *r, struct tta_row *row, const char *p, const char *end)
{
    row->raw.ptr = r->buf + r->start;
    row->raw.len = (size_t)(end - row->raw.ptr);
    row->cells = r->cells;
    row->line = r->line++;
    r->start = (size_t)(p + 1 - r->buf);
}

static inline void put_cell(struct tta_reader *r, size_t n, const char *from, const char *to)
{
    if (n < TTA_COLUMNS_MAX) {
        r->cells[n].ptr = from;
        r->cells[n].len = (uint32_t)(to - from);
        r->cells[n].kind = TTA_CELL_TEXT;
    }
}

/* What is wrong inside an otherwise whole record, or NULL. */
static const char *record_problem(const struct tta_reader *r, const struct tta_row *row)
{
    if (r->high && tta_utf8_prefix(row->raw.ptr, row->raw.len) != row->raw.len)
        return "a byte that is not UTF-8; see --encoding (windows-1252?)";
    if (row->raw.len > TTA_RECORD_MAX)
        return "a record of more than 2 MiB";
    if (row->raw.len > TTA_CELL_MAX)
        for (size_t i = 0; i < row->count && i < TTA_COLUMNS_MAX; i++)
            if (row->cells[i].len > TTA_CELL_MAX)
                return "a cell of more than 1 MiB";
    return NULL;
}

int tta_csv_next(struct tta_reader *r, struct tta_row *row, struct tta_error *e)
{
    const char delimiter = r->dialect->delimiter;
    const char *cell, *problem;
    size_t n, i;

again:
    row->raw.ptr = NULL; /* an empty line may have set it */
    cell = r->buf + r->start;
    problem = NULL;
    n = 0;
    for (i = r->mark_next;;) {
        const char *p;

        if (i == r->mark_count) {
            int rc;

            if (r->mark_next == 0 && r->mark_count > 0 && r->scanned < r->end)
                return tta_csv_quoted(r, row, e); /* more marks than there is room for */
            rc = more_marks(r, e);
            if (rc <= 0)
                return rc;
            goto again;
        }
        p = r->buf + r->marks[i++];
        if (*p == delimiter) {
            put_cell(r, n++, cell, p);
            cell = p + 1;
        } else if (*p == '\n') {
            const char *end = p > r->buf + r->start && p[-1] == '\r' ? p - 1 : p;

            put_cell(r, n++, cell, end);
            r->mark_next = i;
            finish(r, row, p, end);
            break;
        } else if (*p == '"') {
            return tta_csv_quoted(r, row, e);
        } else if (*p == '\0') {
            problem = "a NUL byte";
        } else if (*p == '\r') {
            if (p + 1 == r->buf + r->end && !r->eof)
                continue; /* its line feed is not read yet: the marks end here too */
            if (p[1] != '\n')
                problem = "a carriage return that does not end the line";
        }
    }
    if (row->raw.len == 0 && n == 1 && (!r->have_header || r->column_count > 1))
        goto again; /* an empty line */
    row->count = n;
    r->record += r->have_header;
    row->record = r->record;
    if (problem == NULL)
        problem = record_problem(r, row);
    if (problem != NULL)
        return tta_reader_broken(r, row, e, problem);
    return tta_csv_check(r, row, e);
}
