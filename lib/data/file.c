/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "tta/data.h"
#include "tta/descriptor.h"

int tta_document_read(const char *path, struct tta_buffer *out, struct tta_error *e)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    int code;

    if (fd < 0)
        return tta_fail(e, TTA_E_NOINPUT, "cannot be opened: %s", strerror(errno));
    code = tta_read_whole(fd, TTA_DOCUMENT_MAX, out, e);
    if (code == 0 && out->len > TTA_DOCUMENT_MAX)
        code =
            tta_fail(e, TTA_E_CONFIG, "larger than a document can be (%d bytes)", TTA_DOCUMENT_MAX);
    close(fd);
    return code;
}
