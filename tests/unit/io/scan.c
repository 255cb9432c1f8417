/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The vector scan beside a loop over bytes, at every alignment and with every room for marks. */
#include "../../fuzz/feed.h"

#include <check.h>
#include <stdbool.h>

#include "../../../lib/io/scan.h"
#include "../base/quick.h"

Suite *io_scan_suite(void);

#define SIZE 400
#define MARKS (SIZE + TTA_SCAN_ROOM)

typedef size_t scan_fn(const char *buf, size_t from, size_t to, char delimiter, uint32_t *marks,
                       size_t max, size_t *scanned, bool *high);

/* Up to where it says that it looked, every mark is there and no other. */
static void check_scan(scan_fn *scan, const char *buf, size_t from, size_t to, size_t max)
{
    uint32_t *marks = malloc(max * sizeof *marks); /* the sanitizer watches its end */
    size_t scanned = 0, n = 0, count;
    bool high = false, any = false;

    count = scan(buf, from, to, ';', marks, max, &scanned, &high);
    quick_assert(count <= max);
    quick_assert(scanned <= to);
    quick_assert(scanned >= from);
    for (size_t i = from; i < scanned; i++) {
        unsigned char c = (unsigned char)buf[i];

        any = any || c >= 0x80;
        if (c != ';' && c != '"' && c >= 0x20)
            continue;
        if (n >= count || marks[n] != i)
            ck_abort_msg("byte %zu of %zu..%zu", i, from, to);
        n++;
    }
    quick_assert(n == count);
    quick_assert(high || !any);
    if (scanned < to) /* only because there may be no room */
        quick_assert(count + TTA_SCAN_ROOM > max - TTA_SCAN_ROOM);
    else
        quick_assert(high == any);
    free(marks);
}

START_TEST(beside_a_loop)
{
    static scan_fn *const scans[] = {tta_scan, tta_scan_plain};
    static const char marked[] = ";\"\n\r\0\t\x1f\x01;;";
    uint64_t state = 17;
    char buf[SIZE];

    for (int round = 0; round < 20000; round++) {
        size_t from = feed_below(&state, 80), to = from + feed_below(&state, SIZE - from + 1);
        uint64_t density = 1 + feed_below(&state, 20);
        bool some_high = feed_below(&state, 3) == 0;

        for (size_t i = 0; i < SIZE; i++)
            buf[i] = feed_below(&state, density) == 0 ? marked[feed_below(&state, 10)]
                     : some_high                      ? (char)feed_below(&state, 256)
                                                      : (char)(' ' + feed_below(&state, 90));
        check_scan(scans[round % 2], buf, from, to, MARKS);
        check_scan(scans[round % 2], buf, from, to, TTA_SCAN_ROOM + feed_below(&state, 100));
    }
}
END_TEST

START_TEST(every_byte)
{
    char buf[256];

    for (int i = 0; i < 256; i++)
        buf[i] = (char)i;
    check_scan(tta_scan, buf, 0, 256, 512);
    check_scan(tta_scan_plain, buf, 0, 256, 512);
    check_scan(tta_scan, buf, 0, 0, 512);
}
END_TEST

Suite *io_scan_suite(void)
{
    Suite *s = suite_create("io/scan");
    TCase *t = tcase_create("all");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, beside_a_loop);
    tcase_add_test(t, every_byte);
    suite_add_tcase(s, t);
    return s;
}
