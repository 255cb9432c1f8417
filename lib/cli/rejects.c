/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bad rows, in the format of the input: why and where first, then the row's own
 * columns as they were. A record that is not a row at all (ragged, stray quote,
 * not JSON) goes whole into reject_text, so nothing is lost.
 */
#include <stdio.h>

#include "cli.h"
#include "tta/encoding.h"

static const char *const heads[] = {"reject_file",   "reject_line",   "reject_record",
                                    "reject_column", "reject_reason", "reject_text"};
#define HEADS (sizeof heads / sizeof *heads)

/* Bytes that are not UTF-8 as \xHH: the file stays readable and says what was there. */
static int readable(struct tta_buffer *out, struct tta_text t)
{
    while (t.len > 0) {
        size_t good = tta_utf8_prefix(t.ptr, t.len);
        int rc = tta_buffer_append(out, t.ptr, good);

        t.ptr += good;
        t.len -= good;
        if (rc == 0 && t.len > 0) {
            rc = tta_buffer_format(out, "\\x%02X", (unsigned char)*t.ptr++);
            t.len--;
        }
        if (rc != 0)
            return rc;
    }
    return 0;
}

static int write_csv(struct tta_run *run, struct tta_buffer *out, const struct tta_text *values,
                     bool whole)
{
    char delimiter = run->dialect.delimiter;
    struct tta_text raw = whole ? run->row.raw : tta_text_of("");
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < HEADS; i++) {
        rc = tta_render_csv_cell(out, values[i], delimiter);
        if (rc == 0)
            rc = tta_buffer_char(out, delimiter);
    }
    for (size_t i = 1; rc == 0 && !whole && i < run->name_count; i++)
        rc = tta_buffer_char(out, delimiter);
    if (rc == 0)
        rc = tta_buffer_append(out, raw.ptr, raw.len);
    return rc != 0 ? rc : tta_buffer_string(out, "\r\n" + !run->common.crlf);
}

static int write_jsonl(struct tta_run *run, struct tta_buffer *out, const struct tta_text *values,
                       bool whole)
{
    int rc = tta_buffer_char(out, '{');

    for (size_t i = 0; rc == 0 && i < HEADS; i++) {
        bool number = i == 1 || i == 2;

        rc = tta_buffer_format(out, "%s\"%s\":", i > 0 ? "," : "", heads[i]);
        if (rc == 0)
            rc = number ? tta_buffer_append(out, values[i].ptr, values[i].len)
                        : tta_render_json_string(out, values[i]);
    }
    for (size_t i = 0; rc == 0 && whole && i < run->row.count; i++) {
        const struct tta_cell *c = &run->row.cells[i];
        struct tta_text t = {c->ptr, c->len};
        size_t count;

        if (c->ptr == NULL)
            continue;
        rc = tta_buffer_char(out, ',');
        if (rc == 0)
            rc = tta_render_json_string(out, tta_reader_columns(run->reader, &count)[i]);
        if (rc == 0)
            rc = tta_buffer_char(out, ':');
        if (rc == 0)
            rc = c->kind == TTA_CELL_TEXT ? tta_render_json_string(out, t)
                                          : tta_buffer_append(out, t.ptr, t.len);
    }
    return rc != 0 ? rc : tta_buffer_string(out, "}\n");
}

static int write_header(struct tta_run *run, struct tta_buffer *out)
{
    struct tta_text raw = tta_reader_header_raw(run->reader);
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < HEADS; i++)
        rc = tta_buffer_format(out, "%s%c", heads[i], run->dialect.delimiter);
    if (rc == 0)
        rc = tta_buffer_append(out, raw.ptr, raw.len);
    return rc != 0 ? rc : tta_buffer_string(out, "\r\n" + !run->common.crlf);
}

/* "column NAME: reason", as a tool says it, in its two parts. */
static void split_reason(const struct tta_error *why, struct tta_text *column,
                         struct tta_text *reason)
{
    static const char head[] = "column ";
    const char *end = strstr(why->text, ": ");

    *column = tta_text_of(why->column);
    *reason = tta_text_of(why->text);
    if (column->len > 0 || end == NULL || strncmp(why->text, head, sizeof head - 1) != 0)
        return;
    column->ptr = why->text + sizeof head - 1;
    column->len = (size_t)(end - column->ptr);
    *reason = tta_text_of(end + 2);
}

int tta_reject(struct tta_run *run, const struct tta_error *why, bool whole, struct tta_error *e)
{
    struct tta_buffer *out = &run->rejects.writer.buffer, text = {0};
    struct tta_text values[HEADS];
    char line[TTA_NUMBER_SIZE], record[TTA_NUMBER_SIZE];
    int rc = 0;

    if (run->rejected++ == 0 && run->layout.from == TTA_CSV)
        rc = write_header(run, out);
    if (rc == 0 && !whole)
        rc = readable(&text, run->row.raw);
    tta_integer_write(run->row.line, line);
    tta_integer_write(run->row.record, record);
    values[0] = tta_text_of(run->inputs[run->input_count - 1].name);
    values[1] = tta_text_of(line);
    values[2] = tta_text_of(record);
    split_reason(why, &values[3], &values[4]);
    values[5] = tta_buffer_text(&text);
    if (rc == 0)
        rc = run->layout.from == TTA_CSV ? write_csv(run, out, values, whole)
                                         : write_jsonl(run, out, values, whole);
    tta_buffer_release(&text);
    if (rc != 0)
        return tta_fail_memory(e);
    return tta_writer_row_done(&run->rejects.writer, e);
}
