/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support.h"

#include <fcntl.h>
#include <sys/wait.h>

#include "tta/writer.h"

Suite *io_writer_suite(void);

static void see(void *context, const void *bytes, size_t len)
{
    ck_assert_int_eq(tta_buffer_append(context, bytes, len), 0);
}

/* Everything arrives, in order, when the buffer fills and at the end; the observer sees it too. */
START_TEST(all_is_written)
{
    int fd = feed_whole("", 0), again = dup(fd);
    struct tta_buffer seen = {0};
    struct tta_writer w = {.fd = fd, .name = "out", .observer = {see, &seen}};
    struct tta_error e = {0};
    size_t wanted = 0;
    char *bytes;

    for (int i = 0; i < 60000; i++) {
        size_t before = w.buffer.len;

        ck_assert_int_eq(tta_buffer_format(&w.buffer, "row %d\n", i), 0);
        wanted += w.buffer.len - before;
        ck_assert_int_eq(tta_writer_row_done(&w, &e), 0);
        ck_assert_uint_lt(w.buffer.len, TTA_WRITER_FULL);
    }
    ck_assert_int_gt(w.bytes, TTA_WRITER_FULL - 1); /* not only at the end */
    ck_assert_int_eq(tta_writer_close(&w, &e), 0);
    ck_assert_int_eq(w.bytes, (int64_t)wanted);
    ck_assert_uint_eq(seen.len, wanted);
    bytes = malloc(wanted + 1);
    ck_assert_int_eq(pread(again, bytes, wanted + 1, 0), (ssize_t)wanted);
    ck_assert_int_eq(memcmp(bytes, seen.ptr, wanted), 0);
    ck_assert_int_eq(memcmp(bytes, "row 0\nrow 1\n", 12), 0);
    ck_assert_int_eq(memcmp(bytes + wanted - 10, "row 59999\n", 10), 0);
    free(bytes);
    close(again);
    tta_buffer_release(&seen);
}
END_TEST

START_TEST(full_disk)
{
    struct tta_writer w = {.fd = open("/dev/full", O_WRONLY), .name = "full"};
    struct tta_error e = {0};

    ck_assert_int_eq(tta_buffer_string(&w.buffer, "text"), 0);
    ck_assert_int_eq(tta_writer_flush(&w, &e), TTA_E_IO);
    ck_assert_str_eq(e.text, "writing failed: No space left on device");
    ck_assert_str_eq(e.source, "full");
    tta_error_clear(&e);
    ck_assert_int_eq(tta_writer_close(&w, &e), 0); /* nothing is tried twice */
    ck_assert_int_eq(w.fd, -1);
    w.fd = open("/dev/full", O_WRONLY);
    ck_assert_int_eq(tta_buffer_string(&w.buffer, "text"), 0);
    ck_assert_int_eq(tta_writer_close(&w, &e), TTA_E_IO); /* closing writes the rest */
}
END_TEST

START_TEST(closed_descriptor)
{
    int fd = open("/dev/null", O_WRONLY);
    struct tta_writer w = {.fd = fd, .name = "closed"};
    struct tta_error e = {0};

    close(fd);
    ck_assert_int_eq(tta_buffer_string(&w.buffer, "text"), 0);
    ck_assert_int_eq(tta_writer_close(&w, &e), TTA_E_IO);
    ck_assert_str_eq(e.text, "writing failed: Bad file descriptor");
    tta_error_clear(&e);
    ck_assert_int_eq(tta_writer_close(&w, &e), 0); /* a second time does nothing */
}
END_TEST

/* A pipe that takes little at a time, and is set non-blocking: waited for. */
START_TEST(slow_reader)
{
    struct tta_writer w = {.name = "pipe"};
    struct tta_error e = {0};
    size_t len = 1000000, got = 0;
    int fd[2], status;
    pid_t child;

    ck_assert_int_eq(pipe(fd), 0);
    child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        char bytes[777];
        ssize_t n;

        close(fd[1]);
        while ((n = read(fd[0], bytes, sizeof bytes)) > 0)
            got += (size_t)n;
        _exit(got == len ? 0 : 1);
    }
    close(fd[0]);
    ck_assert_int_eq(fcntl(fd[1], F_SETFL, O_NONBLOCK), 0);
    w.fd = fd[1];
    ck_assert_int_eq(tta_buffer_reserve(&w.buffer, len), 0);
    memset(w.buffer.ptr, 'x', len);
    w.buffer.len = len;
    ck_assert_int_eq(tta_writer_close(&w, &e), 0);
    ck_assert_int_eq(w.bytes, (int64_t)len);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
}
END_TEST

Suite *io_writer_suite(void)
{
    Suite *s = suite_create("io/writer");
    TCase *t = tcase_create("all");

    tcase_add_test(t, all_is_written);
    tcase_add_test(t, full_disk);
    tcase_add_test(t, closed_descriptor);
    tcase_add_test(t, slow_reader);
    suite_add_tcase(s, t);
    return s;
}
