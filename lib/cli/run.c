/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The run: begin, every row of every input, end. Rows stream out as they are
 * done; totals come from end, which is reached only when all input was read to
 * a clean end.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"
#include "columns.h"

/* Writing into the file that is being read would eat it. */
static bool is_the_output(const struct tta_run *run, int fd)
{
    struct stat in, out;

    return run->output.temp == NULL && run->output.writer.fd >= 0 && fstat(fd, &in) == 0 &&
           fstat(run->output.writer.fd, &out) == 0 && S_ISREG(in.st_mode) &&
           in.st_dev == out.st_dev && in.st_ino == out.st_ino;
}

/* The name of a side file that would take the place of what is read. */
static const char *is_a_side_file(const struct tta_run *run, int fd)
{
    const char *const sides[] = {run->common.rejects, run->common.manifest};
    struct stat in, side;

    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
        if (sides[i] != NULL && stat(sides[i], &side) == 0 && fstat(fd, &in) == 0 &&
            S_ISREG(in.st_mode) && in.st_dev == side.st_dev && in.st_ino == side.st_ino)
            return i == 0 ? "--rejects" : "--manifest";
    return NULL;
}

static int refuse_clash(const struct tta_run *run, int fd, struct tta_error *e)
{
    const char *side = is_a_side_file(run, fd);

    if (side != NULL)
        return tta_fail(e, TTA_E_USAGE, "is the input and the file of %s", side);
    if (is_the_output(run, fd))
        return tta_fail(e, TTA_E_USAGE,
                        "is the input and the output; use -o, which replaces it when all is done");
    return 0;
}

int tta_open_input(struct tta_run *run, const char *file, const char **name, int *fd,
                   struct tta_error *e)
{
    *name = file;
    if (strcmp(file, "-") == 0) {
        *name = "standard input";
        *fd = 0;
        if (tta_stream_was_closed(0)) {
            tta_fail(e, TTA_E_NOINPUT, "is closed");
            return tta_error_place(e, *name, 0);
        }
        if (isatty(0))
            tta_note(run, "reading from the terminal; end with Ctrl-D, or see --help");
    } else {
        *fd = open(file, O_RDONLY | O_CLOEXEC);
        if (*fd < 0) {
            tta_fail(e, TTA_E_NOINPUT, "cannot be opened: %s", strerror(errno));
            return tta_error_place(e, file, 0);
        }
    }
    if (refuse_clash(run, *fd, e) == 0)
        return 0;
    if (*fd > 2)
        close(*fd);
    return tta_error_place(e, *name, 0);
}

enum tta_format tta_format_of(const struct tta_run *run, const char *file)
{
    size_t len = strlen(file);

    if (run->common.from >= 0)
        return (enum tta_format)run->common.from;
    return (len > 6 && strcmp(file + len - 6, ".jsonl") == 0) ||
                   (len > 7 && strcmp(file + len - 7, ".ndjson") == 0)
               ? TTA_JSONL
               : TTA_CSV;
}

static void show_progress(struct tta_run *run)
{
    static time_t last;
    time_t now = time(NULL);

    run->next_progress = run->rows_in + 65536;
    if (now == last)
        return;
    last = now;
    fprintf(stderr, "%s: %lld rows\n", run->program->name, (long long)run->rows_in);
}

/* A row that cannot be used: to the rejects, or the end of the run. */
static int bad_row(struct tta_run *run, struct tta_error *e, bool whole)
{
    struct tta_error why = *e;

    run->output.writer.buffer.len = run->emitted_from;
    if (e->code != TTA_E_DATA || run->row.raw.ptr == NULL)
        return tta_error_place(e, run->inputs[run->input_count - 1].name, run->row.line);
    if (run->common.rejects == NULL)
        return tta_error_place(e, run->inputs[run->input_count - 1].name, run->row.line);
    tta_clear_own(run);
    tta_error_clear(e);
    return tta_reject(run, &why, whole, e);
}

static int one_row(struct tta_run *run, struct tta_error *e)
{
    int rc;

    if (run->shard_count > 0 && !tta_shard_mine(run, &run->row))
        return 0;
    if (run->layout.from == TTA_CSV && run->row.count > 1 &&
        run->row.raw.len + 1 == run->row.count) {
        tta_fail(e, TTA_E_DATA, "all cells are empty");
        return bad_row(run, e, true);
    }
    rc = tta_bind_row(run->bound, run->bound_count, &run->row, &run->dialect, run->record, e);
    if (rc == 0 && run->group_name != NULL)
        rc = tta_group_row(run, e);
    if (rc == 0)
        rc = run->tool->record(run, e);
    if (rc != 0)
        return bad_row(run, e, true);
    return tta_writer_row_done(&run->output.writer, e);
}

static int all_rows(struct tta_run *run, struct tta_error *e)
{
    size_t columns;
    int rc;

    for (;;) {
        run->emitted_from = run->output.writer.buffer.len;
        rc = tta_reader_next(run->reader, &run->row, e);
        if (rc == 0)
            return 0;
        run->rows_in++;
        run->inputs[run->input_count - 1].rows++;
        if (rc > 0) {
            tta_reader_columns(run->reader, &columns);
            rc = columns == run->name_count ? 0 : tta_match_again(run, e);
            rc = rc == 0 ? one_row(run, e) : bad_row(run, e, true);
        } else {
            rc = bad_row(run, e, false);
        }
        if (rc != 0)
            return rc;
        if (run->common.progress && run->rows_in >= run->next_progress)
            show_progress(run);
    }
}

static int read_input(struct tta_run *run, const char *name, struct tta_error *e)
{
    struct tta_input *in = &run->inputs[run->input_count - 1];
    int rc = tta_reader_start(run->reader, e);
    bool empty = rc == 0;

    if (rc < 0)
        return rc;
    if (empty && run->layout.from == TTA_CSV) {
        tta_fail(e, TTA_E_DATA, "is empty: not even a header");
        return tta_error_place(e, name, 0);
    }
    /* an empty JSON Lines stream has no columns to look for */
    rc = empty ? 0 : tta_match_columns(run, name, e);
    if (rc == 0 && !empty)
        rc = all_rows(run, e);
    in->bytes = tta_reader_bytes(run->reader);
    if (rc == 0 && run->common.expect_rows >= 0 && tta_reader_lacks_end(run->reader))
        tta_note(run, "%s does not end with a line end; was its last line cut short?", name);
    run->row.raw.ptr = NULL;
    return rc;
}

int tta_add_input(struct tta_run *run, const char *name, struct tta_error *e)
{
    struct tta_input *grown = realloc(run->inputs, (run->input_count + 1) * sizeof *grown);

    if (grown == NULL)
        return tta_fail_memory(e);
    run->inputs = grown;
    memset(&grown[run->input_count], 0, sizeof *grown);
    grown[run->input_count++].name = name;
    return 0;
}

static int one_input(struct tta_run *run, const char *file, struct tta_error *e)
{
    struct tta_observer observer = {NULL, NULL};
    enum tta_format from = tta_format_of(run, file);
    const char *name;
    int fd, rc = tta_open_input(run, file, &name, &fd, e);

    if (rc != 0)
        return rc;
    if (run->input_count > 0 && from != run->layout.from)
        return tta_fail(e, TTA_E_USAGE, "all inputs must have one format; see --from");
    run->layout.from = from;
    run->layout.to = run->common.to >= 0 ? (enum tta_format)run->common.to : from;
    if (tta_add_input(run, name, e) != 0)
        return e->code;
    run->hash_inputs |= run->common.manifest != NULL;
    if (run->hash_inputs) {
        crypto_generichash_init(&run->input_hash, NULL, 0, crypto_generichash_BYTES);
        observer.see = tta_hash_see;
        observer.context = &run->input_hash;
    }
    rc = tta_reader_new(&run->reader, fd, name, from, &run->dialect, observer, e);
    if (rc == 0)
        rc = read_input(run, name, e);
    if (rc == 0 && run->hash_inputs)
        crypto_generichash_final(&run->input_hash, run->inputs[run->input_count - 1].hash,
                                 crypto_generichash_BYTES);
    return rc;
}

/* The rows of a TTA_SOURCE tool. */
static int generate(struct tta_run *run, struct tta_error *e)
{
    int rc = 0;

    if (tta_takes_no_file(run, e) != 0)
        return e->code;
    run->layout.from = TTA_CSV;
    run->layout.to = run->common.to >= 0 ? (enum tta_format)run->common.to : TTA_CSV;
    while (rc == 0)
        rc = run->tool->record(run, e);
    return rc == TTA_DONE ? 0 : rc;
}

static int read_all(struct tta_run *run, struct tta_error *e)
{
    static const char *const standard_input[] = {"-"};
    const char *const *files = run->file_count > 0 ? run->files : standard_input;
    size_t count = run->file_count > 0 ? run->file_count : 1;
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < count; i++) {
        rc = one_input(run, files[i], e);
        if (i + 1 < count || rc != 0) {
            tta_reader_free(run->reader);
            run->reader = NULL;
        }
    }
    if (rc != 0)
        return rc;
    if (run->rows_in > 0)
        tta_note_unseen_keys(run);
    if (run->common.expect_rows >= 0 && run->rows_in != run->common.expect_rows)
        return tta_fail(e, TTA_E_DATA, "rows in the input: %lld, where --expect-rows says %lld",
                        (long long)run->rows_in, (long long)run->common.expect_rows);
    return 0;
}

int tta_run_all(struct tta_run *run, struct tta_error *e)
{
    int rc = run->taken ? 0 : run->shape == TTA_SOURCE ? generate(run, e) : read_all(run, e);

    if (rc == 0 && run->common.max_rejects >= 0 && run->rejected > run->common.max_rejects)
        return tta_fail(e, TTA_E_NO, "bad rows: %lld, more than --max-rejects=%lld",
                        (long long)run->rejected, (long long)run->common.max_rejects);
    run->ending = rc == 0;
    if (rc == 0 && run->tool->end != NULL)
        rc = run->tool->end(run, e);
    if (rc == 0 && tta_paper_wanted(run) && !run->header_written)
        rc = tta_paper_write(run, e);
    if (rc == 0 && (run->shape != TTA_ROWS || run->name_count > 0))
        rc = tta_begin_output(run, e); /* a table without rows still has its header */
    if (rc == 0 && run->common.progress)
        fprintf(stderr, "%s: %lld rows, done\n", run->program->name, (long long)run->rows_in);
    return rc;
}
