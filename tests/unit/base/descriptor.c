/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/descriptor.h"

#include <check.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

Suite *base_descriptor_suite(void);

static void *write_slowly(void *context)
{
    const struct timespec pause = {0, 1000000};
    int fd = *(int *)context;

    for (int i = 0; i < 5; i++) {
        nanosleep(&pause, NULL);
        if (write(fd, &"parts"[i], 1) != 1)
            abort();
    }
    close(fd);
    return NULL;
}

/* A descriptor that somebody set non-blocking is waited for; what the buffer holds stays. */
START_TEST(patient)
{
    struct tta_error e = {0};
    struct tta_buffer b = {0};
    pthread_t writer;
    int fd[2];

    ck_assert_int_eq(tta_buffer_string(&b, "all "), 0);
    ck_assert_int_eq(pipe(fd), 0);
    ck_assert_int_eq(fcntl(fd[0], F_SETFL, O_NONBLOCK), 0);
    ck_assert_int_eq(pthread_create(&writer, NULL, write_slowly, &fd[1]), 0);
    ck_assert_int_eq(tta_read_whole(fd[0], SIZE_MAX, &b, &e), 0);
    ck_assert_int_eq(pthread_join(writer, NULL), 0);
    ck_assert(tta_text_is(tta_buffer_text(&b), "all parts"));
    close(fd[0]);
    tta_buffer_release(&b);
}
END_TEST

/* No further than to see that there is too much: /dev/zero has no end. */
START_TEST(too_much)
{
    struct tta_error e = {0};
    struct tta_buffer b = {0};
    int fd = open("/dev/zero", O_RDONLY);

    ck_assert_int_eq(tta_read_whole(fd, 100000, &b, &e), 0);
    ck_assert_uint_gt(b.len, 100000);
    ck_assert_uint_lt(b.len, 1000000);
    close(fd);
    tta_buffer_release(&b);
}
END_TEST

START_TEST(not_to_be_read)
{
    struct tta_error e = {0};
    struct tta_buffer b = {0};
    int fd = open(".", O_RDONLY);

    ck_assert_int_eq(tta_read_whole(fd, SIZE_MAX, &b, &e), TTA_E_NOINPUT);
    ck_assert_str_eq(e.text, "is a folder, not a file");
    close(fd);
    tta_error_clear(&e);
    fd = open("/dev/null", O_WRONLY);
    ck_assert_int_eq(tta_read_whole(fd, SIZE_MAX, &b, &e), TTA_E_IO);
    close(fd);
    tta_buffer_release(&b);
}
END_TEST

Suite *base_descriptor_suite(void)
{
    Suite *s = suite_create("base/descriptor");
    TCase *t = tcase_create("all");

    tcase_add_test(t, patient);
    tcase_add_test(t, too_much);
    tcase_add_test(t, not_to_be_read);
    suite_add_tcase(s, t);
    return s;
}
