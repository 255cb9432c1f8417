/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs over a part of the rows, and runs that put the results of such together (tta/tool.h). */
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "tta/descriptor.h"

void tta_make_part(struct tta_run *run)
{
    run->part = true;
    run->hash_inputs = true;
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
        rc = tta_read_whole(fd, SIZE_MAX, &text, e);
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
