/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_TEXT_H
#define TTA_TEXT_H
/*
 * Slices of text that somebody else owns, and growing buffers.
 */
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "tta/error.h"

/* Borrowed bytes, not NUL-terminated. ptr NULL means "missing", len 0 with a ptr means empty. */
struct tta_text {
    const char *ptr;
    size_t len;
};

static inline struct tta_text tta_text_of(const char *string)
{
    struct tta_text t = {string, string == NULL ? 0 : strlen(string)};
    return t;
}

static inline bool tta_text_equal(struct tta_text a, struct tta_text b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool tta_text_is(struct tta_text a, const char *string)
{
    return tta_text_equal(a, tta_text_of(string));
}

/* Order of bytes, as memcmp, shorter first. Never the locale's. */
int tta_text_compare(struct tta_text a, struct tta_text b);

/* Equal when ASCII letters are folded to lower case. */
bool tta_text_equal_fold(struct tta_text a, const char *lower);

/*
 * The normal form in which names of columns and values are compared: lower
 * case, space and hyphen as _, no points, æ ø å (and Æ Ø Å) as ae oe aa. Returns false when
 * out is too small; out is NUL-terminated.
 */
bool tta_text_normal(struct tta_text t, char *out, size_t size);

/* Without the blanks at its ends. */
struct tta_text tta_text_trim(struct tta_text t);

/*
 * How many bytes must be put in, left out or exchanged to make b of a (Levenshtein), to
 * guess which name is meant; 99 for texts longer than 60.
 */
int tta_text_distance(const char *a, const char *b);

/* A copy on the heap with a NUL behind it, or NULL when memory is out. The caller frees. */
char *tta_text_copy(struct tta_text t);

/*
 * A growing buffer; {0} is an empty one. append and reserve return 0 or
 * TTA_E_MEMORY and leave the buffer as it was when they fail.
 */
struct tta_buffer {
    char *ptr;
    size_t len, cap;
};

int tta_buffer_grow(struct tta_buffer *b, size_t more);

static inline int tta_buffer_reserve(struct tta_buffer *b, size_t more)
{
    return b->cap - b->len >= more ? 0 : tta_buffer_grow(b, more);
}

static inline int tta_buffer_append(struct tta_buffer *b, const void *bytes, size_t len)
{
    if (len == 0)
        return 0;
    if (tta_buffer_reserve(b, len) != 0)
        return TTA_E_MEMORY;
    memcpy(b->ptr + b->len, bytes, len);
    b->len += len;
    return 0;
}

static inline int tta_buffer_char(struct tta_buffer *b, char c)
{
    if (tta_buffer_reserve(b, 1) != 0)
        return TTA_E_MEMORY;
    b->ptr[b->len++] = c;
    return 0;
}

int tta_buffer_string(struct tta_buffer *b, const char *string);
int tta_buffer_format(struct tta_buffer *b, const char *format, ...) TTA_PRINTF(2, 3);
void tta_buffer_release(struct tta_buffer *b);

static inline struct tta_text tta_buffer_text(const struct tta_buffer *b)
{
    struct tta_text t = {b->ptr == NULL ? "" : b->ptr, b->len};
    return t;
}

/*
 * Does it hold five digits in a row, as CPR numbers, case numbers and telephone
 * numbers do and the names of columns and of kinds do not? Then no message may
 * show it, even where a name is expected.
 */
bool tta_text_has_number(struct tta_text t);

/*
 * Copies a name for an error message into out: control characters become '?',
 * and what is longer than out is cut. Returns out.
 */
const char *tta_text_printable(struct tta_text t, char *out, size_t size);

#endif
