/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a run read, used and wrote: enough to say in some years whether a file is
 * the one, and to do it again. No clock, but SOURCE_DATE_EPOCH where it is set.
 * File names stand as they were given; no cell's content does.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "cli.h"

void tta_hash_see(void *state, const void *bytes, size_t len)
{
    crypto_generichash_update(state, bytes, len);
}

void tta_hash_hex(const unsigned char *hash, size_t len, char *out)
{
    sodium_bin2hex(out, 2 * len + 1, hash, len);
}

static int text(struct tta_buffer *out, const char *key, const char *value)
{
    int rc = tta_buffer_format(out, "  \"%s\": ", key);

    if (rc == 0)
        rc = tta_render_json_string(out, tta_text_of(value));
    return rc != 0 ? rc : tta_buffer_string(out, ",\n");
}

static int command_line(struct tta_buffer *out, const struct tta_run *run)
{
    int rc = tta_buffer_string(out, "  \"command\": [");

    for (int i = 0; rc == 0 && i < run->argc; i++) {
        if (i > 0)
            rc = tta_buffer_string(out, ", ");
        if (rc == 0)
            rc = tta_render_json_string(out,
                                        tta_text_of(i == 0 ? run->program->name : run->argv[i]));
    }
    return rc != 0 ? rc : tta_buffer_string(out, "],\n");
}

static int dialect(struct tta_buffer *out, const struct tta_run *run)
{
    static const char *const formats[] = {"csv", "jsonl"};
    const struct tta_dialect *d = &run->dialect;
    char group[2] = {d->number.group, '\0'}, delimiter[2] = {d->delimiter, '\0'};
    int rc = tta_buffer_format(
        out,
        "  \"format\": {\"from\": \"%s\", \"to\": \"%s\", \"encoding\": \"%s\", "
        "\"dateFormat\": \"%s\", \"decimalChar\": \"%c\", \"groupChar\": \"%s\", "
        "\"delimiter\": ",
        formats[run->layout.from], formats[run->layout.to], tta_encoding_name(d->encoding),
        tta_date_format_name(d->date), d->number.decimal, group);

    if (rc == 0)
        rc = tta_render_json_string(out, tta_text_of(delimiter));
    return rc != 0 ? rc : tta_buffer_string(out, "},\n");
}

static int hashed_name(struct tta_buffer *out, bool first, const char *name,
                       const unsigned char *hash, size_t len)
{
    char hex[2 * crypto_generichash_BYTES + 1];
    int rc = tta_buffer_string(out, first ? "\n    {\"name\": " : ",\n    {\"name\": ");

    tta_hash_hex(hash, len, hex);
    if (rc == 0)
        rc = tta_render_json_string(out, tta_text_of(name));
    return rc != 0 ? rc : tta_buffer_format(out, ", \"blake2b_256\": \"%s\"", hex);
}

static int documents_and_inputs(struct tta_buffer *out, const struct tta_run *run)
{
    int rc = tta_buffer_string(out, "  \"documents\": [");

    for (size_t i = 0; rc == 0 && i < run->document_count; i++) {
        rc = hashed_name(out, i == 0, run->documents[i].name, run->documents[i].hash, 32);
        if (rc == 0)
            rc = tta_buffer_char(out, '}');
    }
    if (rc == 0)
        rc = tta_buffer_string(out, "],\n  \"inputs\": [");
    for (size_t i = 0; rc == 0 && i < run->input_count; i++) {
        const struct tta_input *in = &run->inputs[i];

        rc = hashed_name(out, i == 0, in->name, in->hash, sizeof in->hash);
        if (rc == 0)
            rc = tta_buffer_format(out, ", \"bytes\": %lld, \"rows\": %lld}", (long long)in->bytes,
                                   (long long)in->rows);
    }
    return rc != 0 ? rc : tta_buffer_string(out, "],\n");
}

/* What was said on standard error. */
static int notes(struct tta_buffer *out, const struct tta_run *run)
{
    int rc = tta_buffer_string(out, "  \"notes\": [");

    for (size_t at = 0; rc == 0 && at < run->notes->text.len;) {
        struct tta_text note = tta_text_of(run->notes->text.ptr + at);

        rc = tta_buffer_string(out, at == 0 ? "\n    " : ",\n    ");
        if (rc == 0)
            rc = tta_render_json_string(out, note);
        at += note.len + 1;
    }
    return rc != 0 ? rc : tta_buffer_string(out, "],\n");
}

/* Only of filters that assume something, so that the others' manifests stay as they are. */
static int assumptions(struct tta_buffer *out, const struct tta_run *run)
{
    int rc = run->assumption_count == 0 ? 0 : tta_buffer_string(out, "  \"assumptions\": {");

    for (size_t i = 0; rc == 0 && i < run->assumption_count; i++) {
        rc = tta_buffer_format(out, "%s\"%s\": ", i == 0 ? "" : ", ", run->assumptions[i].key);
        if (rc == 0)
            rc = tta_render_json_string(out, tta_text_of(run->assumptions[i].value));
    }
    return rc != 0 || run->assumption_count == 0 ? rc : tta_buffer_string(out, "},\n");
}

static int generated_at(struct tta_buffer *out)
{
    static const struct tta_number_style plain = {'.', 0};
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    struct tm utc;
    char stamp[32];
    int64_t seconds;
    time_t t;

    if (epoch == NULL || tta_integer_parse(tta_text_of(epoch), plain, &seconds) != NULL)
        return 0;
    t = (time_t)seconds;
    if (gmtime_r(&t, &utc) == NULL ||
        strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", &utc) == 0)
        return 0;
    return text(out, "generated_at", stamp);
}

int tta_manifest(struct tta_run *run, struct tta_file *f, struct tta_error *e)
{
    struct tta_buffer *out = &f->writer.buffer;
    unsigned char hash[crypto_generichash_BYTES];
    char hex[2 * sizeof hash + 1];
    int rc;

    crypto_generichash_final(&run->output.hash, hash, sizeof hash);
    tta_hash_hex(hash, sizeof hash, hex);
    rc = tta_buffer_string(out, "{\n");
    if (rc == 0)
        rc = text(out, "program", run->program->name);
    if (rc == 0)
        rc = text(out, "version", TTA_VERSION);
    if (rc == 0)
        rc = command_line(out, run);
    if (rc == 0)
        rc = generated_at(out);
    if (rc == 0)
        rc = tta_buffer_format(out, "  \"simulated\": %s,\n", run->simulated ? "true" : "false");
    if (rc == 0)
        rc = dialect(out, run);
    if (rc == 0)
        rc = assumptions(out, run);
    if (rc == 0)
        rc = documents_and_inputs(out, run);
    if (rc == 0 && run->notes->lost)
        rc = TTA_E_MEMORY;
    if (rc == 0 && run->notes->text.len > 0)
        rc = notes(out, run);
    if (rc == 0)
        rc = tta_buffer_format(out,
                               "  \"rows_read\": %lld,\n  \"rows_rejected\": %lld,\n"
                               "  \"rows_written\": %lld,\n"
                               "  \"output\": {\"bytes\": %lld, \"blake2b_256\": \"%s\"}\n}\n",
                               (long long)run->rows_in, (long long)run->rejected,
                               (long long)run->rows_out, (long long)run->output.writer.bytes, hex);
    return rc != 0 ? tta_fail_memory(e) : tta_file_finish(f, e);
}
