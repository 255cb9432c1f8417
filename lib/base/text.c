/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

int tta_text_compare(struct tta_text a, struct tta_text b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter == 0 ? 0 : memcmp(a.ptr, b.ptr, shorter);

    if (order != 0)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

bool tta_text_equal_fold(struct tta_text a, const char *lower)
{
    for (size_t i = 0; i < a.len; i++) {
        unsigned char c = (unsigned char)a.ptr[i];

        if (c >= 'A' && c <= 'Z')
            c = (unsigned char)(c + ('a' - 'A'));
        if (lower[i] == '\0' || c != (unsigned char)lower[i])
            return false;
    }
    return lower[a.len] == '\0';
}

struct tta_text tta_text_trim(struct tta_text t)
{
    while (t.len > 0 && *t.ptr == ' ') {
        t.ptr++;
        t.len--;
    }
    while (t.len > 0 && t.ptr[t.len - 1] == ' ')
        t.len--;
    return t;
}

bool tta_text_normal(struct tta_text t, char *out, size_t size)
{
    size_t n = 0;

    for (size_t i = 0; i < t.len; i++) {
        unsigned char c = (unsigned char)t.ptr[i];
        unsigned char next = i + 1 < t.len ? (unsigned char)t.ptr[i + 1] : 0;
        const char *pair = NULL;

        if (n + 3 > size)
            return false;
        if (c == 0xC3) /* U+00C6 and U+00E6, U+00D8 and U+00F8, U+00C5 and U+00E5 in UTF-8 */
            pair = next == 0x86 || next == 0xA6   ? "ae"
                   : next == 0x98 || next == 0xB8 ? "oe"
                   : next == 0x85 || next == 0xA5 ? "aa"
                                                  : NULL;
        if (pair != NULL) {
            out[n++] = pair[0];
            out[n++] = pair[1];
            i++;
        } else if (c == ' ' || c == '-') {
            out[n++] = '_';
        } else if (c != '.') { /* "pr. uge" is pr_uge */
            out[n++] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
        }
    }
    if (n + 1 > size)
        return false;
    out[n] = '\0';
    return true;
}

char *tta_text_copy(struct tta_text t)
{
    char *copy = malloc(t.len + 1);

    if (copy == NULL)
        return NULL;
    if (t.len > 0)
        memcpy(copy, t.ptr, t.len);
    copy[t.len] = '\0';
    return copy;
}

int tta_buffer_grow(struct tta_buffer *b, size_t more)
{
    size_t cap = b->cap == 0 ? 64 : b->cap;
    char *ptr;

    if (more > SIZE_MAX / 2 - b->len)
        return TTA_E_MEMORY;
    while (cap < b->len + more)
        cap *= 2;
    ptr = realloc(b->ptr, cap);
    if (ptr == NULL)
        return TTA_E_MEMORY;
    b->ptr = ptr;
    b->cap = cap;
    return 0;
}

int tta_buffer_string(struct tta_buffer *b, const char *string)
{
    return tta_buffer_append(b, string, strlen(string));
}

int tta_buffer_format(struct tta_buffer *b, const char *format, ...)
{
    va_list args;
    int len;

    va_start(args, format);
    len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len < 0 || tta_buffer_reserve(b, (size_t)len + 1) != 0)
        return TTA_E_MEMORY;
    va_start(args, format);
    vsnprintf(b->ptr + b->len, (size_t)len + 1, format, args);
    va_end(args);
    b->len += (size_t)len;
    return 0;
}

void tta_buffer_release(struct tta_buffer *b)
{
    free(b->ptr);
    memset(b, 0, sizeof *b);
}

bool tta_text_has_number(struct tta_text t)
{
    int digits = 0;

    for (size_t i = 0; i < t.len && digits < 5; i++)
        digits = t.ptr[i] >= '0' && t.ptr[i] <= '9' ? digits + 1 : 0;
    return digits == 5;
}

const char *tta_text_printable(struct tta_text t, char *out, size_t size)
{
    size_t n = 0;

    for (size_t i = 0; i < t.len && n + 1 < size; i++) {
        unsigned char c = (unsigned char)t.ptr[i];

        out[n++] = c < 0x20 || c == 0x7f ? '?' : (char)c;
    }
    /* do not leave half a UTF-8 character at the cut */
    if (n + 1 == size && t.len > n)
        while (n > 0 && ((unsigned char)out[n - 1] & 0xC0) == 0x80)
            n--;
    if (n > 0 && t.len > n && ((unsigned char)out[n - 1] & 0xC0) == 0xC0)
        n--;
    out[n] = '\0';
    return out;
}

int tta_text_distance(const char *a, const char *b)
{
    int row[64], la = (int)strlen(a), lb = (int)strlen(b);

    if (la > 60 || lb > 60)
        return 99;
    for (int j = 0; j <= lb; j++)
        row[j] = j;
    for (int i = 1; i <= la; i++) {
        int corner = row[0];

        row[0] = i;
        for (int j = 1; j <= lb; j++) {
            int swap = corner + (a[i - 1] != b[j - 1]);
            int least = row[j] < row[j - 1] ? row[j] + 1 : row[j - 1] + 1;

            corner = row[j];
            row[j] = least < swap ? least : swap;
        }
    }
    return row[lb];
}
