/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a filter may ask of the run it is in (tta/tool.h). */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli.h"

const void *tta_args(const struct tta_run *run)
{
    return run->args;
}

void *tta_state(struct tta_run *run)
{
    return run->state;
}

const void *tta_record(const struct tta_run *run)
{
    return run->record;
}

union tta_slot *tta_own(struct tta_run *run)
{
    return run->own;
}

int64_t tta_rejected(const struct tta_run *run)
{
    return run->rejected;
}

int64_t tta_row_number(const struct tta_run *run)
{
    return run->rows_in;
}

int tta_answer(struct tta_run *run, struct tta_buffer *text, const char *no, struct tta_error *e)
{
    if (run->answered)
        return tta_fail(e, TTA_E_INTERNAL, "two answers in one run");
    run->answered = true;
    run->answer = *text;
    memset(text, 0, sizeof *text);
    snprintf(run->refusal, sizeof run->refusal, "%s", no == NULL ? "" : no);
    return 0;
}

static int append_column(struct tta_column **list, size_t *count, const struct tta_column *column,
                         struct tta_error *e)
{
    struct tta_column *grown = realloc(*list, (*count + 1) * sizeof *grown);

    if (grown == NULL)
        return tta_fail_memory(e);
    *list = grown;
    grown[(*count)++] = *column;
    return 0;
}

int tta_read_column(struct tta_run *run, const struct tta_column *column, struct tta_error *e)
{
    return append_column(&run->reads, &run->read_count, column, e);
}

/* In end: the slots were made when begin was over. */
static int grow_own(struct tta_run *run, struct tta_error *e)
{
    union tta_slot *own = realloc(run->own, (run->add_count + 1) * sizeof *own), *blank;

    if (own == NULL)
        return tta_fail_memory(e);
    run->own = own;
    blank = realloc(run->blank, (run->add_count + 1) * sizeof *blank);
    if (blank == NULL)
        return tta_fail_memory(e);
    run->blank = blank;
    tta_type_set_missing(run->adds[run->add_count - 1].type, &blank[run->add_count - 1]);
    tta_clear_own(run);
    return 0;
}

int tta_add_column(struct tta_run *run, const struct tta_column *column, struct tta_error *e)
{
    for (size_t i = 0; run->own != NULL && run->shape == TTA_ROWS && i < run->name_count; i++)
        if (tta_text_is(run->names[i], column->name))
            return tta_fail(e, TTA_E_DATA, "the input has a column %s already; see --rename",
                            column->name);
    for (size_t i = 0; i < run->add_count; i++)
        if (strcmp(run->adds[i].name, column->name) == 0)
            return tta_fail(e, TTA_E_CONFIG, "column %s is to be added twice", column->name);
    if (append_column(&run->adds, &run->add_count, column, e) != 0)
        return e->code;
    return run->own == NULL ? 0 : grow_own(run, e);
}

void tta_set_shape(struct tta_run *run, enum tta_shape shape)
{
    run->shape = shape;
}

int tta_set_columns(struct tta_run *run, const struct tta_column *reads,
                    const struct tta_column *adds, struct tta_error *e)
{
    int rc = 0;

    if (reads != NULL)
        run->read_count = 0;
    if (adds != NULL)
        run->add_count = 0;
    for (const struct tta_column *c = reads; rc == 0 && c != NULL && c->name != NULL; c++)
        rc = tta_read_column(run, c, e);
    for (const struct tta_column *c = adds; rc == 0 && c != NULL && c->name != NULL; c++)
        rc = tta_add_column(run, c, e);
    return rc;
}

bool tta_has_column(const struct tta_run *run, const char *name)
{
    for (size_t i = 0; i < run->read_count; i++)
        if (strcmp(run->reads[i].name, name) == 0)
            return run->bindings[i].index != SIZE_MAX;
    return false;
}

int tta_takes_no_file(const struct tta_run *run, struct tta_error *e)
{
    return run->file_count == 0 ? 0 : tta_fail(e, TTA_E_USAGE, "reads no input, so takes no FILE");
}

size_t tta_row_width(const struct tta_run *run)
{
    return run->name_count;
}

struct tta_text tta_row_name(const struct tta_run *run, size_t i)
{
    return run->names[i];
}

struct tta_text tta_row_cell(const struct tta_run *run, size_t i)
{
    struct tta_text cell = {"", 0};

    if (i < run->row.count && run->row.cells[i].ptr != NULL) {
        cell.ptr = run->row.cells[i].ptr;
        cell.len = run->row.cells[i].len;
    }
    return cell;
}

bool tta_row_ordered(const struct tta_run *run)
{
    return run->layout.from == TTA_CSV;
}

bool tta_shard(const struct tta_run *run, int64_t *index, int64_t *count, const char **key)
{
    bool given = run->shard_count > 0;

    *index = given ? run->shard_index : 1;
    *count = given ? run->shard_count : 1;
    *key = given ? run->common.shard_key : "";
    return given;
}

void tta_hash_inputs(struct tta_run *run)
{
    run->hash_inputs = true;
}

size_t tta_input_number(const struct tta_run *run)
{
    return run->input_count - 1;
}

const char *tta_row_place(const struct tta_run *run, int64_t *line)
{
    *line = run->row.line;
    return run->inputs[run->input_count - 1].name;
}

const unsigned char *tta_input_hash(const struct tta_run *run, size_t number)
{
    return number < run->input_count ? run->inputs[number].hash : NULL;
}

bool tta_saw_all_rows(const struct tta_run *run)
{
    return run->shard_count == 0 && run->rejected == 0;
}

int tta_set_record_size(struct tta_run *run, size_t size, struct tta_error *e)
{
    void *record = calloc(1, size + 1);

    if (record == NULL)
        return tta_fail_memory(e);
    free(run->record);
    run->record = record;
    run->record_size = size;
    return 0;
}

void tta_clear_own(struct tta_run *run)
{
    memcpy(run->own, run->blank, run->add_count * sizeof *run->own);
}

int tta_begin_output(struct tta_run *run, struct tta_error *e)
{
    struct tta_buffer *out = &run->output.writer.buffer;
    struct tta_text raw = {"", 0};
    int rc = 0;

    if (run->header_written)
        return 0;
    run->header_written = true;
    if (run->reader != NULL)
        raw = tta_reader_header_raw(run->reader);
    if (run->common.bom)
        rc = tta_buffer_string(out, "\xEF\xBB\xBF");
    if (rc == 0)
        rc = tta_render_header(out, &run->layout, raw, run->adds, run->add_count);
    run->emitted_from = out->len; /* the header is not taken back with a bad row */
    return rc == 0 ? 0 : tta_fail_memory(e);
}

int tta_emit(struct tta_run *run, struct tta_error *e)
{
    struct tta_buffer *out = &run->output.writer.buffer;
    size_t from;
    int rc;

    if (tta_paper_wanted(run))
        return tta_paper_row(run, e);
    rc = tta_begin_output(run, e);
    if (rc != 0)
        return rc;
    from = out->len;
    if (run->recalled > 0) {
        struct tta_text held = tta_held_get(run->held, run->recalled - 1);

        rc = tta_buffer_append(out, held.ptr, held.len);
    } else {
        rc = tta_render_pass(out, &run->layout, &run->row);
    }
    if (rc == 0)
        rc = tta_render_own(out, &run->layout, run->adds, run->own, run->add_count);
    if (rc != 0) {
        out->len = from;
        return tta_fail_memory(e);
    }
    tta_clear_own(run);
    run->rows_out++;
    /* outside record callbacks nothing is taken back: make room here */
    return run->row.raw.ptr == NULL ? tta_writer_row_done(&run->output.writer, e) : 0;
}

bool tta_wants_schema(const struct tta_run *run)
{
    return run->common.schema;
}

int tta_drawing(const struct tta_run *run)
{
    return run->drawing < 0 ? -1 : run->drawing;
}

int tta_print(struct tta_run *run, const struct tta_buffer *text, struct tta_error *e)
{
    run->header_written = true;
    if (tta_buffer_append(&run->output.writer.buffer, text->ptr, text->len) != 0)
        return tta_fail_memory(e);
    return tta_writer_row_done(&run->output.writer, e);
}

int tta_hold(struct tta_run *run, struct tta_error *e)
{
    struct tta_buffer *out = &run->output.writer.buffer;
    size_t from = out->len;
    int rc = tta_render_pass(out, &run->layout, &run->row);

    rc = rc != 0 ? tta_fail_memory(e) : tta_held_add(&run->held, out, from, e);
    out->len = from;
    return rc;
}

void tta_recall(struct tta_run *run, size_t index)
{
    run->recalled = index + 1;
}

void tta_note(const struct tta_run *run, const char *format, ...)
{
    char text[512];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    fprintf(stderr, "%s: %s\n", run->program->name, text);
    if (run->common.manifest != NULL)
        run->notes->lost |= tta_buffer_append(&run->notes->text, text, strlen(text) + 1) != 0;
}

int tta_used_document(struct tta_run *run, const char *kind, const char *id,
                      const unsigned char *hash, struct tta_error *e)
{
    if (run->document_count == sizeof run->documents / sizeof *run->documents)
        return tta_fail(e, TTA_E_INTERNAL, "too many documents for one run");
    snprintf(run->documents[run->document_count].name, sizeof run->documents->name, "%s/%s", kind,
             id);
    memcpy(run->documents[run->document_count++].hash, hash, sizeof run->documents->hash);
    return 0;
}

int tta_assume(struct tta_run *run, const char *key, const char *value, struct tta_error *e)
{
    size_t i = run->assumption_count;

    if (i == sizeof run->assumptions / sizeof *run->assumptions)
        return tta_fail(e, TTA_E_INTERNAL, "too many assumptions for one run");
    snprintf(run->assumptions[i].key, sizeof run->assumptions->key, "%s", key);
    snprintf(run->assumptions[i].value, sizeof run->assumptions->value, "%s", value);
    run->assumption_count++;
    return 0;
}

void tta_mark_simulated(struct tta_run *run)
{
    run->simulated = true;
}
