/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "source.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tta/descriptor.h"
#include "tta/encoding.h"

#define RAW_CAP 65536

int tta_source_open(struct tta_source *s, int fd, const char *name, enum tta_encoding encoding,
                    struct tta_observer observer, struct tta_error *e)
{
    struct stat st;

    memset(s, 0, sizeof *s);
    s->fd = fd;
    s->name = name;
    s->encoding = encoding;
    s->observer = observer;
    if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) { /* before there is a line to name */
        tta_fail(e, TTA_E_NOINPUT, "is a folder, not a file");
        return tta_error_place(e, name, 0);
    }
    s->raw = malloc(RAW_CAP);
    if (s->raw == NULL)
        return tta_fail_memory(e);
    s->raw_cap = RAW_CAP;
    return 0;
}

void tta_source_close(struct tta_source *s)
{
    free(s->raw);
    s->raw = NULL;
    if (s->fd > 2)
        close(s->fd);
    s->fd = -1;
}

static int read_some(struct tta_source *s, void *out, size_t room, size_t *got, struct tta_error *e)
{
    if (tta_read_some(s->fd, out, room, got, e) != 0)
        return tta_error_place(e, s->name, 0);
    s->bytes += (int64_t)*got;
    s->end = *got == 0;
    if (*got > 0 && s->observer.see != NULL)
        s->observer.see(s->observer.context, out, *got);
    return 0;
}

/* Reads until raw holds at least want bytes or the file ends. */
static int fill_raw(struct tta_source *s, size_t want, struct tta_error *e)
{
    while (s->raw_len < want && !s->end) {
        size_t got;
        int rc = read_some(s, s->raw + s->raw_len, s->raw_cap - s->raw_len, &got, e);

        if (rc != 0)
            return rc;
        s->raw_len += got;
    }
    return 0;
}

static void drop_raw(struct tta_source *s, size_t n)
{
    memmove(s->raw, s->raw + n, s->raw_len - n);
    s->raw_len -= n;
}

/* Looks at the first bytes: byte order marks, and UTF-16 where UTF-8 was promised. */
static int settle(struct tta_source *s, struct tta_error *e)
{
    const unsigned char *b = s->raw;
    bool le, be, utf8;
    int rc = fill_raw(s, 3, e);

    if (rc != 0)
        return rc;
    le = s->raw_len >= 2 && b[0] == 0xFF && b[1] == 0xFE;
    be = s->raw_len >= 2 && b[0] == 0xFE && b[1] == 0xFF;
    utf8 = s->raw_len >= 3 && b[0] == 0xEF && b[1] == 0xBB && b[2] == 0xBF;
    s->settled = true;
    if (le || be) {
        enum tta_encoding found = le ? TTA_UTF16_LE : TTA_UTF16_BE;

        if (s->encoding != TTA_UTF16 && s->encoding != TTA_ENCODING_DK && s->encoding != found) {
            tta_fail(e, TTA_E_DATA, "begins as UTF-16 does; see --encoding");
            return tta_error_place(e, s->name, 1);
        }
        s->encoding = found;
        drop_raw(s, 2);
    } else if (utf8) {
        if (s->encoding != TTA_UTF8 && s->encoding != TTA_ENCODING_DK) {
            tta_fail(e, TTA_E_DATA, "begins with the byte order mark of UTF-8; see --encoding");
            return tta_error_place(e, s->name, 1);
        }
        s->encoding = TTA_UTF8;
        drop_raw(s, 3);
    } else if (s->encoding == TTA_UTF16) {
        s->encoding = TTA_UTF16_LE;
    }
    return 0;
}

static int not_in(const struct tta_source *s, const char *encoding, struct tta_error *e)
{
    tta_fail(e, TTA_E_DATA, "a byte that %s does not have, near byte %lld of the file", encoding,
             (long long)(s->bytes - (int64_t)s->raw_len));
    return tta_error_place(e, s->name, 0);
}

/* Files of two systems behind one another: what is UTF-8 would become a text that nobody wrote. */
static int two_encodings(const struct tta_source *s, struct tta_error *e)
{
    tta_fail(e, TTA_E_DATA, "UTF-8 behind Windows-1252: two encodings in one file");
    return tta_error_place(e, s->name, 0);
}

/* Every raw byte to one code point. Stops when out could be too small. */
static int convert_single(struct tta_source *s, char *out, size_t room, size_t *got,
                          struct tta_error *e)
{
    size_t i = 0, n = 0;

    while (i < s->raw_len && n + 4 <= room) {
        unsigned char byte = s->raw[i];
        uint32_t c = s->encoding == TTA_ISO_8859_1 ? byte : tta_windows_1252(byte);

        if (c == 0 && byte != 0) {
            if (n > 0)
                break; /* first what stands before it: then the reader knows its line */
            return not_in(s, "Windows-1252", e);
        }
        if (byte == 0xC3 && s->guessed) {
            if (n > 0 && i + 1 == s->raw_len && !s->end)
                break; /* with the byte behind it, next time */
            if (i + 1 < s->raw_len && (s->raw[i + 1] & 0xC0) == 0x80) {
                if (n > 0)
                    break;
                return two_encodings(s, e);
            }
        }
        n += tta_utf8_write(c, out + n);
        i++;
    }
    drop_raw(s, i);
    *got = n;
    return 0;
}

static uint32_t unit16(const struct tta_source *s, size_t i)
{
    return s->encoding == TTA_UTF16_LE ? (uint32_t)(s->raw[i] | s->raw[i + 1] << 8)
                                       : (uint32_t)(s->raw[i] << 8 | s->raw[i + 1]);
}

/* The character at raw[i]: its bytes, 0 when there is none. Half a pair at the end of raw is none.
 */
static size_t character16(const struct tta_source *s, size_t i, uint32_t *c)
{
    uint32_t low;

    *c = unit16(s, i);
    if (*c < 0xD800 || *c > 0xDFFF)
        return 2;
    if (*c > 0xDBFF || i + 4 > s->raw_len)
        return 0;
    low = unit16(s, i + 2);
    if (low < 0xDC00 || low > 0xDFFF)
        return 0;
    *c = 0x10000 + ((*c - 0xD800) << 10) + (low - 0xDC00);
    return 4;
}

static int convert_utf16(struct tta_source *s, char *out, size_t room, size_t *got,
                         struct tta_error *e)
{
    size_t i = 0, n = 0, size;
    uint32_t c;

    while (i + 2 <= s->raw_len && n + 4 <= room && (size = character16(s, i, &c)) > 0) {
        n += tta_utf8_write(c, out + n);
        i += size;
    }
    drop_raw(s, i);
    /* at least four bytes were there, or the file has ended: what is none now never will be one */
    if (n == 0)
        return not_in(s, "UTF-16", e);
    *got = n;
    return 0;
}

/* Passes raw bytes on as they are; under TTA_ENCODING_DK only as far as they are ASCII. */
static int pass_raw(struct tta_source *s, char *out, size_t room, size_t *got, struct tta_error *e)
{
    size_t n = s->raw_len < room ? s->raw_len : room;

    if (s->encoding == TTA_ENCODING_DK) {
        size_t ascii = tta_ascii_prefix((const char *)s->raw, n);

        if (ascii == 0 && n > 0) {
            int rc = fill_raw(s, 4, e);

            if (rc != 0)
                return rc;
            s->encoding = tta_utf8_sequence((const char *)s->raw, s->raw_len) > 0
                              ? TTA_UTF8
                              : TTA_WINDOWS_1252;
            s->guessed = s->encoding == TTA_WINDOWS_1252;
            return tta_source_read(s, out, room, got, e);
        }
        n = ascii;
    }
    memcpy(out, s->raw, n);
    drop_raw(s, n);
    *got = n;
    return 0;
}

int tta_source_read(struct tta_source *s, char *out, size_t room, size_t *got, struct tta_error *e)
{
    int rc;

    *got = 0;
    if (!s->settled && (rc = settle(s, e)) != 0)
        return rc;
    /* nearly all: UTF-8, straight into the reader's block */
    if (s->encoding == TTA_UTF8 && s->raw_len == 0)
        return s->end ? 0 : read_some(s, out, room, got, e);
    rc = fill_raw(s, s->raw_len < 4 ? 4 : s->raw_len, e);
    if (rc != 0 || s->raw_len == 0)
        return rc;
    switch (s->encoding) {
    case TTA_WINDOWS_1252:
    case TTA_ISO_8859_1:
        return convert_single(s, out, room, got, e);
    case TTA_UTF16_LE:
    case TTA_UTF16_BE:
        return convert_utf16(s, out, room, got, e);
    default:
        return pass_raw(s, out, room, got, e);
    }
}
