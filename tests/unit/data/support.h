/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_TEST_DATA_SUPPORT_H
#define TTA_TEST_DATA_SUPPORT_H
/* Documents that are wrong in one place: a shipped one with a piece of its text replaced. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tta/data.h"

#define TEST_PATH "/tmp/tta-test-XXXXXX"

/* Writes the bytes to a new file; path holds TEST_PATH before and the name after. */
static inline void write_file(char *path, const char *bytes, size_t len)
{
    int fd = mkstemp(path);

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, bytes, len), (ssize_t)len);
    ck_assert_int_eq(close(fd), 0);
}

/* The shipped document with the first `from` replaced by `to`. The caller frees. */
static inline char *changed_text(const char *kind, const char *name, const char *from,
                                 const char *to)
{
    const struct tta_embedded *d = tta_embedded_find(kind, name);
    const char *at;
    char *text;
    size_t size;

    ck_assert_ptr_nonnull(d);
    at = strstr(d->json, from);
    ck_assert_msg(at != NULL, "%s/%s does not hold %s", kind, name, from);
    size = d->len + strlen(to) + 1;
    text = malloc(size);
    ck_assert_ptr_nonnull(text);
    snprintf(text, size, "%.*s%s%s", (int)(at - d->json), d->json, to, at + strlen(from));
    return text;
}

/* The same as a file. */
static inline void changed_file(char *path, const char *kind, const char *name, const char *from,
                                const char *to)
{
    char *text = changed_text(kind, name, from, to);

    write_file(path, text, strlen(text));
    free(text);
}

/* Loads bytes as a document of that kind, by way of a file. Returns the code. */
static inline int load_bytes(const char *kind, const char *bytes, size_t len,
                             struct tta_document *out, struct tta_error *e)
{
    char path[] = TEST_PATH;
    int code;

    write_file(path, bytes, len);
    code = tta_document_load(kind, path, out, e);
    ck_assert_int_eq(unlink(path), 0);
    return code;
}

/* The changed document must fail with that code and text. */
static inline void expect_changed(const char *kind, const char *name, const char *from,
                                  const char *to, const char *text)
{
    char *changed = changed_text(kind, name, from, to);
    struct tta_document d;
    struct tta_error e = {0};

    ck_assert_int_eq(load_bytes(kind, changed, strlen(changed), &d, &e), TTA_E_CONFIG);
    ck_assert_str_eq(e.text, text);
    ck_assert_ptr_null(d.root);
    free(changed);
}

#endif
