/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tta/descriptor.h"

static int failed(struct tta_error *e, int code, const char *path, const char *what)
{
    tta_fail(e, code, "%s: %s", what, strerror(errno));
    return tta_error_place(e, path, 0);
}

static int read_file(int fd, struct tta_buffer *b, const char *path, struct tta_error *e)
{
    return tta_read_whole(fd, SIZE_MAX, b, e) == 0 ? 0 : tta_error_place(e, path, 0);
}

static int write_file(int fd, struct tta_text text, off_t at, const char *path, struct tta_error *e)
{
    size_t done = 0;

    while (done < text.len) {
        ssize_t n = pwrite(fd, text.ptr + done, text.len - done, at + (off_t)done);

        if (n < 0 && errno != EINTR)
            return failed(e, TTA_E_IO, path, "writing failed");
        done += n > 0 ? (size_t)n : 0;
    }
    return fsync(fd) != 0 ? failed(e, TTA_E_IO, path, "writing failed") : 0;
}

/* The name of a new file must survive a crash as its bytes do. */
static int sync_folder(const char *path, struct tta_error *e)
{
    const char *slash = strrchr(path, '/');
    struct tta_text t = {path, slash == NULL ? 0 : (size_t)(slash - path) + 1};
    char *folder = tta_text_copy(slash == NULL ? tta_text_of(".") : t);
    int fd;

    if (folder == NULL)
        return tta_fail_memory(e);
    fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(folder);
    if (fd >= 0) {
        fsync(fd); /* some file systems cannot; then nobody can */
        close(fd);
    }
    return 0;
}

static int lock(int fd, int how)
{
    int rc;

    do
        rc = flock(fd, how);
    while (rc != 0 && errno == EINTR);
    return rc;
}

/* made (may be NULL: must be there): the file is new, and goes again when nothing is written. */
static int open_one(const char *path, bool *made, int *fd, struct tta_error *e)
{
    const int flags = O_RDWR | O_CLOEXEC | O_NONBLOCK;
    struct stat st;

    *fd = made == NULL ? -1 : open(path, flags | O_CREAT | O_EXCL, 0600);
    if (made != NULL)
        *made = *fd >= 0;
    if (*fd < 0)
        *fd = open(path, flags);
    if (*fd < 0 && errno == ENOENT && made == NULL) {
        tta_fail(e, TTA_E_DATA, "is missing: whether lines were cut off cannot be known");
        return tta_error_place(e, path, 0);
    }
    if (*fd < 0)
        return failed(e, TTA_E_CREATE, path, "cannot be opened");
    if (fstat(*fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        tta_fail(e, TTA_E_CREATE, "must be a regular file");
        return tta_error_place(e, path, 0);
    }
    return 0;
}

/* While we waited for the lock another process may have taken the file away again. */
static bool is_at(int fd, const char *path)
{
    struct stat ours, named;

    return fstat(fd, &ours) == 0 && stat(path, &named) == 0 && ours.st_dev == named.st_dev &&
           ours.st_ino == named.st_ino;
}

static void split_torn(struct tta_journal *j)
{
    size_t whole = j->bytes.len;

    while (whole > 0 && j->bytes.ptr[whole - 1] != '\n')
        whole--;
    j->torn = j->bytes.len - whole;
    j->bytes.len = whole;
}

static int open_head(struct tta_journal *j, struct tta_error *e)
{
    struct tta_buffer name = {0};
    int fd = -1, rc;

    if (tta_buffer_format(&name, "%s.head", j->path) != 0 || tta_buffer_char(&name, '\0') != 0) {
        tta_buffer_release(&name);
        return tta_fail_memory(e);
    }
    j->head_path = name.ptr;
    /* it was made before the first line was written */
    rc = open_one(j->head_path, j->bytes.len == 0 ? &j->made_head : NULL, &fd, e);
    if (rc == 0)
        rc = read_file(fd, &j->head, j->head_path, e);
    if (fd >= 0)
        close(fd);
    return rc;
}

int tta_journal_open(struct tta_journal *j, const char *path, bool guarded, struct tta_error *e)
{
    int rc;

    *j = (struct tta_journal){.path = path, .fd = -1};
    do {
        if (j->fd >= 0)
            close(j->fd);
        rc = open_one(path, &j->made, &j->fd, e);
        if (rc == 0 && lock(j->fd, LOCK_EX) != 0)
            rc = failed(e, TTA_E_IO, path, "cannot be locked");
    } while (rc == 0 && !is_at(j->fd, path));
    if (rc == 0)
        rc = read_file(j->fd, &j->bytes, path, e);
    if (rc == 0)
        split_torn(j);
    if (rc == 0 && guarded)
        rc = open_head(j, e);
    return rc == 0 ? sync_folder(path, e) : rc;
}

int tta_journal_read(struct tta_journal *j, const char *path, struct tta_error *e)
{
    int rc;

    *j = (struct tta_journal){.path = path, .fd = -1};
    j->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (j->fd < 0)
        return failed(e, TTA_E_NOINPUT, path, "cannot be opened");
    if (lock(j->fd, LOCK_SH) != 0)
        return failed(e, TTA_E_IO, path, "cannot be locked");
    rc = read_file(j->fd, &j->bytes, path, e);
    if (rc == 0)
        split_torn(j);
    return rc;
}

/* By a rename: the head is the old one or the new one, never between. */
static int replace_head(const struct tta_journal *j, struct tta_text head, struct tta_error *e)
{
    struct tta_buffer name = {0};
    int fd = -1, rc = 0;

    if (tta_buffer_format(&name, "%s.new", j->head_path) != 0 || tta_buffer_char(&name, '\0') != 0)
        rc = tta_fail_memory(e);
    if (rc == 0 && (fd = open(name.ptr, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)) < 0)
        rc = failed(e, TTA_E_CREATE, j->head_path, "cannot be written");
    if (rc == 0)
        rc = write_file(fd, head, 0, j->head_path, e);
    if (fd >= 0)
        close(fd);
    if (rc == 0 && rename(name.ptr, j->head_path) != 0)
        rc = failed(e, TTA_E_CREATE, j->head_path, "cannot be written");
    tta_buffer_release(&name);
    return rc == 0 ? sync_folder(j->head_path, e) : rc;
}

int tta_journal_append(struct tta_journal *j, struct tta_text lines, struct tta_text head,
                       struct tta_error *e)
{
    const off_t at = (off_t)j->bytes.len;
    int rc = 0;

    if (j->torn > 0 && ftruncate(j->fd, at) != 0)
        rc = failed(e, TTA_E_IO, j->path, "cannot be cut");
    if (rc == 0)
        rc = write_file(j->fd, lines, at, j->path, e);
    if (rc != 0) {
        int ignored = ftruncate(j->fd, at);

        (void)ignored; /* what is left is torn, and found by the next run */
        return rc;
    }
    j->torn = 0;
    j->made = j->made_head = false; /* they stay */
    if (tta_buffer_append(&j->bytes, lines.ptr, lines.len) != 0)
        return tta_fail_memory(e);
    return j->head_path == NULL ? 0 : replace_head(j, head, e);
}

void tta_journal_close(struct tta_journal *j)
{
    if (j->path == NULL)
        return;
    if (j->made_head)
        unlink(j->head_path);
    if (j->made)
        unlink(j->path);
    if (j->fd >= 0)
        close(j->fd); /* and with it the lock */
    tta_buffer_release(&j->bytes);
    tta_buffer_release(&j->head);
    free(j->head_path);
    j->path = NULL;
}
