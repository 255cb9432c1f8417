/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Preloaded (LD_PRELOAD): lets calls on files fail as disks and networks do.
 *
 *   FAIL_READ=N    from the N-th read(2) of the program on: EIO
 *   SHORT_READ=N   a read gets N bytes at most
 *   EINTR_READ=1   every second read is interrupted before it reads
 *   EAGAIN_READ=1  every second read is on a descriptor that is not ready yet
 *   FAIL_WRITE=N   from the N-th write(2) on, standard error apart: ENOSPC
 *   SHORT_WRITE=N  a write takes N bytes at most
 *   EINTR_WRITE=1  every second write is interrupted before it writes
 *   FAIL_FSYNC=1, FAIL_RENAME=1: EIO
 *   FAIL_CLOSE=1   close(2) of a descriptor that was written to: EIO, as NFS
 *                  says only then that the disk is full
 *   KILL_AT=N      the N-th of pwrite, ftruncate, fsync, rename: the program is killed before
 *                  it, a pwrite after half of its bytes
 *   FAIL_PWRITE=N  from the N-th pwrite on: ENOSPC, after half of the bytes of the first
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static long setting(const char *name)
{
    const char *value = getenv(name);

    return value == NULL ? 0 : atol(value);
}

static ssize_t fail(int number)
{
    errno = number;
    return -1;
}

ssize_t read(int fd, void *out, size_t room)
{
    static long reads, turn;
    long at = setting("FAIL_READ"), most = setting("SHORT_READ");

    if (setting("EINTR_READ") != 0 && ++turn % 2 == 1)
        return fail(EINTR);
    if (setting("EAGAIN_READ") != 0 && ++turn % 2 == 1)
        return fail(EAGAIN);
    if (++reads >= at && at > 0)
        return fail(EIO);
    if (most > 0 && room > (size_t)most)
        room = (size_t)most;
    return syscall(SYS_read, fd, out, room);
}

ssize_t __read_chk(int fd, void *out, size_t room, size_t size);
ssize_t __read_chk(int fd, void *out, size_t room, size_t size)
{
    if (room > size)
        abort();
    return read(fd, out, room);
}

static unsigned char written[1024];

ssize_t write(int fd, const void *bytes, size_t len)
{
    static long writes, turn;
    long at = setting("FAIL_WRITE"), most = setting("SHORT_WRITE");

    if (fd == 2)
        return syscall(SYS_write, fd, bytes, len);
    if (fd >= 0 && fd < (int)sizeof written)
        written[fd] = 1;
    if (setting("EINTR_WRITE") != 0 && ++turn % 2 == 1)
        return fail(EINTR);
    if (++writes >= at && at > 0)
        return fail(ENOSPC);
    if (most > 0 && len > (size_t)most)
        len = (size_t)most;
    return syscall(SYS_write, fd, bytes, len);
}

/* Is this the call to be killed at? */
static int is_last(void)
{
    static long calls;

    return ++calls == setting("KILL_AT");
}

ssize_t pwrite(int fd, const void *bytes, size_t len, off_t at)
{
    static long writes;
    long from = setting("FAIL_PWRITE");
    int last = is_last();

    if (last || ++writes == from)
        len /= 2;
    else if (from > 0 && writes > from)
        return fail(ENOSPC);
    len = (size_t)syscall(SYS_pwrite64, fd, bytes, len, at);
    if (last)
        raise(SIGKILL);
    return (ssize_t)len;
}

int ftruncate(int fd, off_t len)
{
    if (is_last())
        raise(SIGKILL);
    return (int)syscall(SYS_ftruncate, fd, len);
}

int fsync(int fd)
{
    if (is_last())
        raise(SIGKILL);
    return (int)(setting("FAIL_FSYNC") != 0 ? fail(EIO) : syscall(SYS_fsync, fd));
}

int rename(const char *from, const char *to)
{
    if (is_last())
        raise(SIGKILL);
    return (int)(setting("FAIL_RENAME") != 0
                     ? fail(EIO)
                     : syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}

int close(int fd)
{
    int was_written = fd >= 0 && fd < (int)sizeof written && written[fd];

    if (was_written)
        written[fd] = 0;
    if (syscall(SYS_close, fd) != 0)
        return -1;
    return (int)(was_written && setting("FAIL_CLOSE") != 0 ? fail(EIO) : 0);
}
