/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_TEST_FILE_H
#define TTA_TEST_FILE_H
/* Bytes as a file with a path, for loaders that open their file themselves. */
#include "feed.h"

#include <stdio.h>

/* The same file in memory every time, with these bytes in it; returns its path. */
static inline const char *file_of(const void *bytes, size_t len)
{
    static char path[64];
    static int fd = -1;

    if (fd < 0) {
        fd = memfd_create("file", MFD_CLOEXEC);
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    }
    if (fd < 0 || ftruncate(fd, 0) != 0 || pwrite(fd, bytes, len, 0) != (ssize_t)len)
        abort();
    return path;
}

#endif
