/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_LIB_IO_SOURCE_H
#define TTA_LIB_IO_SOURCE_H
/*
 * Bytes of a file descriptor as UTF-8. The byte order mark is dropped; UTF-8
 * itself is passed through unchecked (the reader checks it record by record,
 * where it can say which), everything else is converted here.
 */
#include "tta/dialect.h"
#include "tta/error.h"
#include "tta/reader.h"

struct tta_source {
    int fd;
    const char *name; /* borrowed */
    enum tta_encoding encoding;
    bool guessed; /* Windows-1252 because of one byte: UTF-8 behind it is an error */
    bool settled; /* the first bytes have been looked at: byte order mark, UTF-16 */
    bool end;
    int64_t bytes; /* read from fd so far */
    struct tta_observer observer;
    unsigned char *raw; /* bytes read and not yet passed on */
    size_t raw_len, raw_cap;
};

/* Takes fd. Refuses folders (TTA_E_NOINPUT). */
int tta_source_open(struct tta_source *s, int fd, const char *name, enum tta_encoding encoding,
                    struct tta_observer observer, struct tta_error *e);

/*
 * Puts up to room bytes at out; room is at least TTA_SOURCE_ROOM. *got = 0
 * means the end. Fails as tta_read_some does, and with TTA_E_DATA for bytes
 * that are not in the encoding.
 */
#define TTA_SOURCE_ROOM 4096
int tta_source_read(struct tta_source *s, char *out, size_t room, size_t *got, struct tta_error *e);

void tta_source_close(struct tta_source *s);

#endif
