/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/writer.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

static int failed(struct tta_writer *w, struct tta_error *e)
{
    int number = errno;

    w->buffer.len = 0; /* nothing is tried twice */
    tta_fail(e, TTA_E_IO, "writing failed: %s", strerror(number));
    return tta_error_place(e, w->name, 0);
}

int tta_writer_flush(struct tta_writer *w, struct tta_error *e)
{
    size_t done = 0;

    while (done < w->buffer.len) {
        ssize_t n = write(w->fd, w->buffer.ptr + done, w->buffer.len - done);

        if (n > 0) {
            if (w->observer.see != NULL)
                w->observer.see(w->observer.context, w->buffer.ptr + done, (size_t)n);
            done += (size_t)n;
        } else if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            struct pollfd p = {w->fd, POLLOUT, 0};
            poll(&p, 1, -1);
        } else if (n < 0 && errno != EINTR) {
            return failed(w, e);
        }
    }
    w->bytes += (int64_t)done;
    w->buffer.len = 0;
    return 0;
}

int tta_writer_close(struct tta_writer *w, struct tta_error *e)
{
    int rc = w->fd < 0 ? 0 : tta_writer_flush(w, e);

    if (w->fd >= 0 && close(w->fd) != 0 && errno != EINTR && rc == 0)
        rc = failed(w, e);
    w->fd = -1;
    tta_buffer_release(&w->buffer);
    return rc;
}
