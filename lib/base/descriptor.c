/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/descriptor.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

int tta_read_some(int fd, void *out, size_t room, size_t *got, struct tta_error *e)
{
    for (;;) {
        ssize_t n = read(fd, out, room);

        if (n >= 0) {
            *got = (size_t)n;
            return 0;
        }
        if (errno == EAGAIN || errno == EWOULDBLOCK) {
            struct pollfd p = {fd, POLLIN, 0};
            poll(&p, 1, -1);
        } else if (errno == EISDIR) {
            return tta_fail(e, TTA_E_NOINPUT, "is a folder, not a file");
        } else if (errno != EINTR) {
            return tta_fail(e, TTA_E_IO, "reading failed: %s", strerror(errno));
        }
    }
}

int tta_read_whole(int fd, size_t most, struct tta_buffer *out, struct tta_error *e)
{
    size_t got = 1;

    while (got > 0 && out->len <= most) {
        if (tta_buffer_reserve(out, 65536) != 0)
            return tta_fail_memory(e);
        if (tta_read_some(fd, out->ptr + out->len, out->cap - out->len, &got, e) != 0)
            return e->code;
        out->len += got;
    }
    return 0;
}
