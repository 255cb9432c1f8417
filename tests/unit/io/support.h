/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_TEST_IO_SUPPORT_H
#define TTA_TEST_IO_SUPPORT_H
/* Readers over bytes in memory. Include it before anything else. */
#include "../../fuzz/feed.h"

#include <check.h>
#include <stdio.h>

#include "tta/reader.h"

#define BYTES(literal) literal, sizeof(literal) - 1

static inline struct tta_reader *open_bytes(const char *bytes, size_t len, enum tta_format format,
                                            const struct tta_dialect *dialect)
{
    struct tta_observer nobody = {NULL, NULL};
    struct tta_error e = {0};
    struct tta_reader *r = NULL;

    ck_assert_int_eq(
        tta_reader_new(&r, feed_whole(bytes, len), "a file", format, dialect, nobody, &e), 0);
    return r;
}

/* Opened and started: there must be columns. */
static inline struct tta_reader *start_bytes(const char *bytes, size_t len, enum tta_format format,
                                             const struct tta_dialect *dialect)
{
    struct tta_reader *r = open_bytes(bytes, len, format, dialect);
    struct tta_error e = {0};
    int rc = tta_reader_start(r, &e);

    ck_assert_msg(rc == 1, "%s", e.text);
    return r;
}

static inline struct tta_reader *start_text(const char *text, enum tta_format format,
                                            const struct tta_dialect *dialect)
{
    return start_bytes(text, strlen(text), format, dialect);
}

static inline struct tta_text cell_text(const struct tta_cell *c)
{
    struct tta_text t = {c->ptr, c->len};

    return t;
}

/* All cells of the rest, "a|b\nc|d\n", in a text that the caller frees. */
static inline char *rest_of(struct tta_reader *r)
{
    struct tta_error e = {0};
    struct tta_buffer b = {0};
    struct tta_row row;
    int rc;

    while ((rc = tta_reader_next(r, &row, &e)) == 1)
        for (size_t i = 0; i < row.count; i++) {
            tta_buffer_append(&b, row.cells[i].ptr, row.cells[i].len);
            tta_buffer_char(&b, i + 1 < row.count ? '|' : '\n');
        }
    if (rc < 0)
        tta_buffer_format(&b, "%s at line %d", e.text, (int)e.line);
    tta_buffer_char(&b, '\0');
    return b.ptr;
}

static inline void expect_rest(struct tta_reader *r, const char *wanted)
{
    char *rest = rest_of(r);

    ck_assert_str_eq(rest, wanted);
    free(rest);
    tta_reader_free(r);
}

#endif
