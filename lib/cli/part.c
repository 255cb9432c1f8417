/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs over a part of the rows, and runs that put the results of such together (tta/tool.h). */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

void tta_make_part(struct tta_run *run)
{
    run->part = true;
}

bool tta_part(const struct tta_run *run, int64_t *part, int64_t *parts, const char **key)
{
    *part = run->shard_count > 0 ? run->shard_index : 1;
    *parts = run->shard_count > 0 ? run->shard_count : 1;
    *key = run->common.shard_key;
    return run->shard_count > 0;
}

void tta_inputs_hash(const struct tta_run *run, unsigned char *hash)
{
    crypto_generichash_state state;

    if (run->input_count == 1) {
        memcpy(hash, run->inputs[0].hash, crypto_generichash_BYTES);
        return;
    }
    crypto_generichash_init(&state, NULL, 0, crypto_generichash_BYTES);
    for (size_t i = 0; i < run->input_count; i++)
        crypto_generichash_update(&state, run->inputs[i].hash, crypto_generichash_BYTES);
    crypto_generichash_final(&state, hash, crypto_generichash_BYTES);
}

struct tta_number_style tta_input_numbers(const struct tta_run *run)
{
    return run->dialect.number;
}

static int read_whole(int fd, struct tta_buffer *text, struct tta_error *e)
{
    for (;;) {
        ssize_t got;

        if (tta_buffer_reserve(text, 64 * 1024) != 0)
            return tta_fail_memory(e);
        got = read(fd, text->ptr + text->len, text->cap - text->len);
        if (got == 0)
            return 0;
        if (got > 0)
            text->len += (size_t)got;
        else if (errno != EINTR)
            return tta_fail(e, TTA_E_IO, "cannot be read: %s", strerror(errno));
    }
}

static int take(struct tta_run *run, const struct tta_file_reader *reader, const char *file,
                struct tta_error *e)
{
    struct tta_buffer text = {0};
    const char *name;
    int fd, rc = tta_open_input(run, file, &name, &fd, e);

    if (rc != 0)
        return rc;
    rc = tta_add_input(run, name, e);
    if (rc == 0)
        rc = read_whole(fd, &text, e);
    if (fd > 2)
        close(fd);
    if (rc == 0) {
        struct tta_input *in = &run->inputs[run->input_count - 1];

        in->bytes = (int64_t)text.len;
        crypto_generichash(in->hash, sizeof in->hash, (const unsigned char *)text.ptr, text.len,
                           NULL, 0);
        rc = reader->file(reader->context, name, tta_buffer_text(&text), e);
    }
    tta_buffer_release(&text);
    return rc == 0 ? 0 : tta_error_place(e, name, 0);
}

int tta_take_files(struct tta_run *run, const struct tta_file_reader *reader, struct tta_error *e)
{
    int rc = 0;

    run->taken = true;
    run->layout.from = TTA_CSV;
    run->layout.to = run->common.to >= 0 ? (enum tta_format)run->common.to : TTA_CSV;
    if (run->file_count == 0)
        return take(run, reader, "-", e);
    for (size_t i = 0; rc == 0 && i < run->file_count; i++)
        rc = take(run, reader, run->files[i], e);
    return rc;
}
