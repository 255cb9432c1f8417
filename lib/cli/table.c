/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A second file, read to its end before the first row of the input: a run in
 * the run, with the same dialect and aliases, that writes nothing.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli.h"
#include "columns.h"

static int next_row(struct tta_run *run, const struct tta_table *table, struct tta_error *e)
{
    size_t columns;
    int rc = tta_reader_next(run->reader, &run->row, e);

    if (rc <= 0)
        return rc;
    tta_reader_columns(run->reader, &columns);
    rc = columns == run->name_count ? 0 : tta_match_again(run, e);
    if (rc == 0)
        rc = tta_bind_row(run->bound, run->bound_count, &run->row, &run->dialect, run->record, e);
    if (rc == 0)
        rc = table->row(table->context, run->record, run->row.line, e);
    return rc == 0 ? 1 : rc;
}

static int read_rows(struct tta_run *run, const char *path, const struct tta_table *table,
                     struct tta_error *e)
{
    int rc = tta_reader_start(run->reader, e);

    if (rc == 0 && run->layout.from == TTA_CSV)
        rc = tta_fail(e, TTA_E_DATA, "is empty: not even a header");
    if (rc == 1) {
        rc = tta_match_columns(run, path, e);
        rc = rc == 0 ? 1 : rc;
    }
    while (rc == 1)
        rc = next_row(run, table, e);
    return rc == 0 ? 0 : tta_error_place(e, path, run->row.line);
}

static int open_table(struct tta_run *run, const char *path, struct tta_observer observer,
                      struct tta_error *e)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0) {
        tta_fail(e, TTA_E_NOINPUT, "cannot be opened: %s", strerror(errno));
        return tta_error_place(e, path, 0);
    }
    return tta_reader_new(&run->reader, fd, path, run->layout.from, &run->dialect, observer, e);
}

int tta_read_table(struct tta_run *run, const char *path, const struct tta_table *table,
                   struct tta_error *e)
{
    static const struct tta_tool none = {.command = NULL};
    crypto_generichash_state state;
    unsigned char hash[crypto_generichash_BYTES];
    struct tta_observer observer = {tta_hash_see, &state};
    struct tta_input input = {.name = path};
    struct tta_run inner = {.program = run->program,
                            .tool = &none,
                            .shape = TTA_SUMMARY,
                            .dialect = run->dialect,
                            .aliases = run->aliases,
                            .inputs = &input,
                            .input_count = 1};
    const char *option = table->option == NULL ? table->kind : table->option;
    int rc;

    if (strcmp(path, "-") == 0)
        return tta_fail(e, TTA_E_USAGE, "--%s: a file, not -: standard input is for the rows",
                        option);
    if (tta_guard_file(run, option, path, e) != 0)
        return e->code;
    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    inner.layout.from = inner.layout.to = tta_format_of(run, path);
    rc = tta_set_columns(&inner, table->reads, NULL, e);
    if (rc == 0)
        rc = tta_set_record_size(&inner, table->record_size, e);
    if (rc == 0)
        rc = tta_make_bindings(&inner, e);
    if (rc == 0)
        rc = open_table(&inner, path, observer, e);
    if (rc == 0)
        rc = read_rows(&inner, path, table, e);
    tta_reader_free(inner.reader);
    inner.aliases = NULL; /* the outer run's */
    tta_release_columns(&inner);
    free(inner.record);
    if (rc != 0)
        return rc;
    crypto_generichash_final(&state, hash, sizeof hash);
    if (table->hash != NULL)
        memcpy(table->hash, hash, sizeof hash);
    return tta_used_document(run, table->kind, path, hash, e);
}
