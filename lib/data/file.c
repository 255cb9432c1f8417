/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tta/data.h"

static int fail_errno(struct tta_error *e, int code, const char *what)
{
    char reason[128] = "unknown error";

    if (strerror_r(errno, reason, sizeof reason) != 0)
        return tta_fail(e, code, "%s", what);
    return tta_fail(e, code, "%s: %s", what, reason);
}

static int read_all(int fd, struct tta_buffer *out, struct tta_error *e)
{
    for (;;) {
        ssize_t got;

        if (tta_buffer_reserve(out, 16384) != 0)
            return tta_fail_memory(e);
        got = read(fd, out->ptr + out->len, 16384);
        if (got == 0)
            return 0;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail_errno(e, TTA_E_IO, "cannot be read");
        out->len += (size_t)got;
        if (out->len > TTA_DOCUMENT_MAX)
            return tta_fail(e, TTA_E_CONFIG, "larger than a document can be (%d bytes)",
                            TTA_DOCUMENT_MAX);
    }
}

int tta_document_read(const char *path, struct tta_buffer *out, struct tta_error *e)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    struct stat st;
    int code;

    if (fd < 0)
        return fail_errno(e, TTA_E_NOINPUT, "cannot be opened");
    if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode))
        code = tta_fail(e, TTA_E_NOINPUT, "is a folder, not a document");
    else
        code = read_all(fd, out, e);
    close(fd);
    return code;
}
