/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Output files: written beside their final name, synced, renamed last. A
 * failure or a signal leaves nothing behind.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"

/*
 * Temporary names for the signal handler. A slot is filled and emptied with
 * signals held back, so the handler never sees half a name.
 */
#define TEMPS 4
static char temps[TEMPS][4096];
static bool closed_at_start[3];

/* What ends a program while it writes: people, a reader that left, limits. */
static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGXFSZ, SIGXCPU};

static void hold_signals(sigset_t *before)
{
    sigset_t set;

    sigemptyset(&set);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        sigaddset(&set, signals[i]);
    sigprocmask(SIG_BLOCK, &set, before);
}

static void on_signal(int number)
{
    for (int i = 0; i < TEMPS; i++)
        if (temps[i][0] != '\0')
            unlink(temps[i]);
    signal(number, SIG_DFL);
    raise(number);
}

void tta_catch_signals(void)
{
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        struct sigaction now, action = {0};

        /* nohup means it */
        if (sigaction(signals[i], NULL, &now) == 0 && now.sa_handler == SIG_IGN)
            continue;
        action.sa_handler = on_signal;
        sigemptyset(&action.sa_mask);
        sigaction(signals[i], &action, NULL);
    }
}

void tta_guard_standard_streams(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF) {
            closed_at_start[fd] = true;
            /* the lowest free number is this one */
            if (open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd)
                _exit(-TTA_E_INTERNAL);
        }
}

bool tta_stream_was_closed(int fd)
{
    return closed_at_start[fd];
}

/* Permissions as open(2) would have given them, or those of the file that is replaced. */
static mode_t wanted_mode(const char *path)
{
    struct stat st;
    mode_t mask;

    if (stat(path, &st) == 0)
        return st.st_mode & 07777;
    mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

static int cannot_create(const char *path, struct tta_error *e)
{
    tta_fail(e, TTA_E_CREATE, "cannot be made: %s", strerror(errno));
    return tta_error_place(e, path, 0);
}

static int open_temp(struct tta_file *f, struct tta_error *e)
{
    size_t size = strlen(f->path) + 32;
    const char *slash = strrchr(f->path, '/');
    int folder = slash == NULL ? 0 : (int)(slash + 1 - f->path);
    sigset_t before;
    int slot = 0;

    f->temp = malloc(size);
    if (f->temp == NULL)
        return tta_fail_memory(e);
    snprintf(f->temp, size, "%.*s.%s.tta-XXXXXX", folder, f->path, f->path + folder);
    hold_signals(&before);
    f->writer.fd = mkstemp(f->temp);
    while (slot < TEMPS && temps[slot][0] != '\0')
        slot++;
    if (f->writer.fd >= 0 && slot < TEMPS && size < sizeof temps[slot])
        memcpy(temps[slot], f->temp, strlen(f->temp) + 1);
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (f->writer.fd < 0) {
        cannot_create(f->path, e);
        free(f->temp);
        f->temp = NULL;
        return e->code;
    }
    if (fchmod(f->writer.fd, wanted_mode(f->path)) != 0)
        return cannot_create(f->path, e);
    return 0;
}

/*
 * A descriptor by name (/dev/stdout, /dev/fd/3), perhaps through links: what it
 * stands for is written to, where it has come to, and nothing is renamed over it.
 * -1: an ordinary path. -2: a link to nothing, which a rename would replace.
 */
static int descriptor_of(const char *path)
{
    static const char *const folders[] = {"/dev/fd/", "/proc/self/fd/"};
    char place[4096], target[4096];
    struct stat st;

    if (strlen(path) >= sizeof place)
        return -1;
    memcpy(place, path, strlen(path) + 1);
    for (int links = 0; links < 16; links++) {
        ssize_t n;

        if (strcmp(place, "/dev/stdout") == 0 || strcmp(place, "/dev/stderr") == 0)
            return strcmp(place, "/dev/stderr") == 0 ? 2 : 1;
        for (size_t i = 0; i < 2; i++) {
            size_t len = strlen(folders[i]);
            const char *digits = place + len;

            if (strncmp(place, folders[i], len) == 0 && *digits >= '0' && *digits <= '9' &&
                strlen(digits) < 5)
                return (int)strtol(digits, NULL, 10);
        }
        n = readlink(place, target, sizeof target - 1);
        if (n < 0)
            break;
        target[n] = '\0';
        if (target[0] != '/')
            break; /* a link beside it: realpath follows it */
        memcpy(place, target, (size_t)n + 1);
    }
    return lstat(path, &st) == 0 && S_ISLNK(st.st_mode) && stat(path, &st) != 0 ? -2 : -1;
}

static int open_descriptor(struct tta_file *f, const char *path, int number, struct tta_error *e)
{
    if (number == -2)
        errno = ENOENT;
    else if (number <= 2 && closed_at_start[number])
        errno = EBADF;
    else
        f->writer.fd = dup(number);
    return f->writer.fd < 0 ? cannot_create(path, e) : 0;
}

static int open_stdout(struct tta_file *f, struct tta_error *e)
{
    f->writer.name = "standard output";
    f->writer.fd = 1;
    if (!closed_at_start[1])
        return 0;
    f->writer.fd = -1;
    tta_fail(e, TTA_E_IO, "is closed");
    return tta_error_place(e, f->writer.name, 0);
}

int tta_file_open(struct tta_file *f, const char *path, bool hashed, struct tta_error *e)
{
    struct stat st;
    bool there;
    int number;

    memset(f, 0, sizeof *f);
    f->hashed = hashed;
    f->writer.fd = -1;
    if (hashed) {
        crypto_generichash_init(&f->hash, NULL, 0, crypto_generichash_BYTES);
        f->writer.observer.see = tta_hash_see;
        f->writer.observer.context = &f->hash;
    }
    if (path == NULL || strcmp(path, "-") == 0)
        return open_stdout(f, e);
    f->writer.name = path;
    number = descriptor_of(path);
    if (number != -1)
        return open_descriptor(f, path, number, e);
    there = stat(path, &st) == 0;
    if (there && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode)) {
        f->writer.fd =
            open(path, O_WRONLY | O_APPEND | O_CLOEXEC); /* a device or a pipe: nothing to rename */
        return f->writer.fd < 0 ? cannot_create(path, e) : 0;
    }
    if (there && S_ISDIR(st.st_mode)) {
        errno = EISDIR;
        return cannot_create(path, e);
    }
    f->path = realpath(path, NULL); /* what a link points to is what is replaced */
    if (f->path == NULL && errno == ENOENT)
        f->path = tta_text_copy(tta_text_of(path));
    if (f->path == NULL)
        return errno == ENOMEM ? tta_fail_memory(e) : cannot_create(path, e);
    return open_temp(f, e);
}

int tta_file_finish(struct tta_file *f, struct tta_error *e)
{
    int rc;

    if (f->writer.fd < 0)
        return 0;
    rc = tta_writer_flush(&f->writer, e);
    if (rc == 0 && f->temp != NULL && fsync(f->writer.fd) != 0) {
        tta_fail(e, TTA_E_IO, "writing failed: %s", strerror(errno));
        rc = tta_error_place(e, f->writer.name, 0);
    }
    return rc != 0 ? rc : tta_writer_close(&f->writer, e);
}

static void forget_temp(const struct tta_file *f)
{
    for (int i = 0; i < TEMPS; i++)
        if (strcmp(temps[i], f->temp) == 0)
            temps[i][0] = '\0';
}

/* The rename itself must survive a crash too. Some file systems cannot; then nobody can. */
static void sync_folder(char *path)
{
    char *slash = strrchr(path, '/'), after = '\0';
    int fd;

    if (slash != NULL) {
        after = slash[1];
        slash[1] = '\0';
    }
    fd = open(slash == NULL ? "." : path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (slash != NULL)
        slash[1] = after;
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
}

int tta_file_publish(struct tta_file *f, struct tta_error *e)
{
    sigset_t before;
    int rc;

    if (f->temp == NULL)
        return 0;
    hold_signals(&before);
    rc = rename(f->temp, f->path);
    if (rc == 0)
        forget_temp(f);
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (rc != 0)
        return cannot_create(f->path, e);
    free(f->temp);
    f->temp = NULL;
    sync_folder(f->path);
    return 0;
}

void tta_file_discard(struct tta_file *f)
{
    if (f->writer.fd > 2)
        close(f->writer.fd);
    f->writer.fd = -1;
    tta_buffer_release(&f->writer.buffer);
    if (f->temp != NULL) {
        unlink(f->temp);
        forget_temp(f);
    }
    free(f->temp);
    free(f->path);
    f->temp = f->path = NULL;
}
