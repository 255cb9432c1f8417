/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_TEST_FEED_H
#define TTA_TEST_FEED_H
/*
 * Bytes as a file descriptor for a reader, whole or in pieces. Include it before
 * anything else: memfd_create is not in POSIX.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

/* A small generator of its own (xorshift64*): the same numbers on every machine. */
static inline uint64_t feed_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(2685821657736338717);
}

static inline uint64_t feed_below(uint64_t *state, uint64_t n)
{
    return (feed_random(state) >> 11) % n;
}

/* A file in memory that holds the bytes, read from its beginning. The caller closes it. */
static inline int feed_whole(const void *bytes, size_t len)
{
    int fd = memfd_create("feed", MFD_CLOEXEC);
    size_t done = 0;

    while (fd >= 0 && done < len) {
        ssize_t n = write(fd, (const char *)bytes + done, len - done);

        if (n <= 0)
            abort();
        done += (size_t)n;
    }
    if (fd < 0 || lseek(fd, 0, SEEK_SET) != 0)
        abort();
    return fd;
}

#define FEED_PIECES 64 /* as many packets as any system's socket buffer holds */

/*
 * The bytes in up to FEED_PIECES pieces, cut where the generator says: every
 * read(2) of the other side gets one. A piece is 4,096 bytes at the most, which a
 * source always has room for. NULL state, or more bytes than fit: as one file.
 */
static inline int feed_pieces(const void *bytes, size_t len, uint64_t *state)
{
    const char *p = bytes;
    int fd[2];

    if (state == NULL || len > 4096)
        return feed_whole(bytes, len);
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fd) != 0)
        abort();
    for (int piece = 0; len > 0; piece++) {
        size_t most = piece == FEED_PIECES - 1 ? len : 1 + feed_below(state, 8);
        size_t n = most < len ? most : len;

        if (send(fd[1], p, n, 0) != (ssize_t)n)
            abort();
        p += n;
        len -= n;
    }
    close(fd[1]);
    return fd[0];
}

#endif
