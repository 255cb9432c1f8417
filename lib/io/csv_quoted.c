/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Records with quotes: libcsv decides. It is push-only and keeps no place, so
 * it is fed one line at a time until it says that a record has ended.
 */
#include <string.h>

#include "tta/encoding.h"
#include "reader_impl.h"

struct quoted {
    struct tta_reader *r;
    size_t cells; /* finished in this record */
    bool ended;   /* libcsv has seen the record's end */
    bool memory;  /* an allocation failed inside a callback */
    bool long_cell;
    const char *problem; /* why the record ends here, broken */
};

static const char stray_return[] = "a carriage return that does not end the line";
static const char stray_quote[] =
    "a quote inside a cell that does not begin with one, or text behind a closing quote";

static int no_space(unsigned char c)
{
    (void)c;
    return 0; /* spaces are data */
}

static void on_cell(void *bytes, size_t len, void *context)
{
    struct quoted *q = context;
    struct tta_reader *r = q->r;

    if (q->memory || q->ended || q->cells++ >= TTA_COLUMNS_MAX)
        return;
    q->long_cell = q->long_cell || len > TTA_CELL_MAX;
    q->memory = tta_buffer_append(&r->decoded, bytes, len) != 0;
    /* the buffer may still move: keep the length, place the pointers at the end */
    r->cells[q->cells - 1].len = (uint32_t)len;
    r->cells[q->cells - 1].kind = TTA_CELL_TEXT;
}

static void on_record(int c, void *context)
{
    struct quoted *q = context;

    (void)c;
    q->ended = true;
}

/* A parser between two records: the last one, or a new one when that was left inside a record. */
static int prepare(struct tta_reader *r, struct tta_error *e)
{
    if (r->csv_ready && r->csv_between)
        return 0;
    if (r->csv_ready)
        csv_free(&r->csv);
    r->csv_ready = csv_init(&r->csv, CSV_STRICT | CSV_STRICT_FINI) == 0;
    if (!r->csv_ready)
        return tta_fail_memory(e);
    csv_set_delim(&r->csv, (unsigned char)r->dialect->delimiter);
    csv_set_space_func(&r->csv, no_space);
    csv_set_blk_size(&r->csv,
                     16384); /* its cell grows by so much; by 128 a long one takes seconds */
    return 0;
}

/* Marks before the new start are of no use any more. */
static void skip_marks(struct tta_reader *r)
{
    while (r->mark_next < r->mark_count && r->marks[r->mark_next] < r->start)
        r->mark_next++;
    if (r->mark_next == r->mark_count && r->scanned < r->start)
        r->scanned = r->start; /* nothing marked is left: the next call marks from start */
}

static void take(struct tta_reader *r, struct tta_row *row, size_t len, int64_t lines)
{
    size_t end = len;

    row->raw.ptr = r->buf + r->start;
    if (end > 0 && row->raw.ptr[end - 1] == '\n')
        end--;
    if (end > 0 && row->raw.ptr[end - 1] == '\r')
        end--;
    row->raw.len = end;
    row->line = r->line;
    row->record = r->record += r->have_header;
    r->line += lines;
    r->start += len;
    skip_marks(r);
}

static void place_cells(struct tta_reader *r, struct tta_row *row, size_t count)
{
    const char *p = r->decoded.ptr == NULL ? "" : r->decoded.ptr;

    for (size_t i = 0; i < count && i < TTA_COLUMNS_MAX; i++) {
        r->cells[i].ptr = p;
        p += r->cells[i].len;
    }
    row->cells = r->cells;
    row->count = count;
}

static const char *record_problem(const struct quoted *q, const struct tta_row *row)
{
    if (q->problem != NULL)
        return q->problem;
    if (row->raw.len > TTA_RECORD_MAX)
        return "a record of more than 2 MiB";
    if (q->long_cell)
        return "a cell of more than 1 MiB";
    if (memchr(row->raw.ptr, '\0', row->raw.len) != NULL)
        return "a NUL byte";
    if (tta_utf8_prefix(row->raw.ptr, row->raw.len) != row->raw.len)
        return "a byte that is not UTF-8; see --encoding (windows-1252?)";
    return NULL;
}

/* The input ended, or the record grew too long, inside a quoted cell. */
static int unterminated(struct tta_reader *r, int64_t opened, struct tta_error *e, bool at_end)
{
    tta_error_clear(e);
    tta_fail(e, TTA_E_DATA,
             at_end ? "a quoted cell that opens on this line is never closed"
                    : "a quoted cell that opens on this line runs on for more than 2 MiB "
                      "(is its closing quote missing?)");
    return tta_error_place(e, r->source.name, opened);
}

/* Finds the next line at buf[start + fed]; 1 with its length, 0 at the end of the input. */
static int next_line(struct tta_reader *r, size_t fed, size_t *len, struct tta_error *e)
{
    size_t seen = fed;

    for (;;) {
        const char *p = r->buf + r->start;
        const char *lf =
            r->start + seen < r->end ? memchr(p + seen, '\n', r->end - r->start - seen) : NULL;
        int rc;

        if (lf != NULL) {
            *len = (size_t)(lf + 1 - p) - fed;
            return 1;
        }
        if (r->eof)
            return 0;
        seen = r->end - r->start;
        rc = tta_reader_fill(r, e);
        if (rc < 0)
            return rc;
    }
}

/*
 * Feeds one line: first what stands in it, where no record may end (a carriage
 * return outside quotes would end one, or be passed over in front of it), then
 * its end. 0, with q->ended, q->problem or neither: then the record goes on.
 */
static int feed(struct quoted *q, const char *line, size_t len, bool last, struct tta_error *e)
{
    struct csv_parser *csv = &q->r->csv;
    bool first = line == q->r->buf + q->r->start;
    size_t inside = len - 1, parsed;

    if (inside > 0 && line[inside - 1] == '\r')
        inside--;
    parsed = csv_parse(csv, line, inside, on_cell, on_record, q);
    if (parsed == inside && (q->ended || (first && *line == '\r'))) {
        q->problem = stray_return;
    } else if (parsed == inside) {
        parsed += csv_parse(csv, line + inside, len - last - inside, on_cell, on_record, q);
        if (last && !q->ended && csv_fini(csv, on_cell, on_record, q) == 0)
            q->ended = true;
    } else {
        q->problem = stray_quote;
    }
    return q->memory || csv_error(csv) == CSV_ENOMEM ? tta_fail_memory(e) : 0;
}

int tta_csv_quoted(struct tta_reader *r, struct tta_row *row, struct tta_error *e)
{
    struct quoted q = {.r = r};
    int64_t lines = 0, opened = r->line;
    size_t fed = 0, len = 0;
    const char *problem;
    int rc = prepare(r, e);

    r->csv_between = false;
    r->decoded.len = 0;
    for (bool last = false; rc == 0 && !q.ended && q.problem == NULL;) {
        size_t before = q.cells;

        rc = last ? 0 : next_line(r, fed, &len, e);
        if (rc == 0 || (rc == TTA_E_DATA && r->end - r->start > TTA_RECORD_MAX))
            return unterminated(r, opened, e, rc == 0);
        if (rc < 0)
            return rc;
        last = r->eof && r->added_lf && r->start + fed + len == r->end;
        rc = feed(&q, r->buf + r->start + fed, len, last, e);
        if (q.cells > before)
            opened = r->line + lines; /* the open cell begins on this line */
        lines++;
        fed += len;
    }
    if (rc != 0)
        return rc;
    r->csv_between = q.problem == NULL;
    take(r, row, fed, lines);
    place_cells(r, row, q.cells);
    problem = record_problem(&q, row);
    return problem != NULL ? tta_reader_broken(r, row, e, problem) : tta_csv_check(r, row, e);
}
