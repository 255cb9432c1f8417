/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_WRITER_H
#define TTA_WRITER_H
/*
 * Rows out: untouched columns byte for byte, own columns behind them, typed.
 * Always UTF-8; LF unless asked otherwise.
 */
#include "tta/column.h"

/* What the rendering of a row depends on. All borrowed. */
struct tta_layout {
    enum tta_format from, to;
    const struct tta_dialect *dialect;
    bool crlf;
    bool renamed;                 /* a column has another name than in the input */
    const struct tta_text *names; /* of the input's columns, after renaming */
    size_t name_count;            /* 0: no column of the input goes through */
};

/*
 * Append to out; 0 or TTA_E_MEMORY. pass: the columns of the input. own: the
 * filter's columns behind them, and the end of the line.
 */
int tta_render_header(struct tta_buffer *out, const struct tta_layout *l, struct tta_text raw,
                      const struct tta_column *own, size_t own_count);
int tta_render_pass(struct tta_buffer *out, const struct tta_layout *l, const struct tta_row *row);
int tta_render_own(struct tta_buffer *out, const struct tta_layout *l, const struct tta_column *own,
                   const union tta_slot *slots, size_t own_count);

/* Pieces for files with a form of their own (rejects, manifests). */
int tta_render_csv_cell(struct tta_buffer *out, struct tta_text t, char delimiter);
int tta_render_json_string(struct tta_buffer *out, struct tta_text t);

/* A file descriptor with a buffer in front. */
struct tta_writer {
    int fd;
    const char *name; /* borrowed, for messages */
    struct tta_buffer buffer;
    int64_t bytes; /* handed to write(2) */
    struct tta_observer observer;
};

#define TTA_WRITER_FULL (128 * 1024)

/* Writes what the buffer holds. TTA_E_IO with the reason. */
int tta_writer_flush(struct tta_writer *w, struct tta_error *e);

/* Flushes when the buffer is full; call between rows, so that a row goes out whole or not at all.
 */
static inline int tta_writer_row_done(struct tta_writer *w, struct tta_error *e)
{
    return w->buffer.len < TTA_WRITER_FULL ? 0 : tta_writer_flush(w, e);
}

/* Flushes, closes (close can fail too) and frees. */
int tta_writer_close(struct tta_writer *w, struct tta_error *e);

#endif
