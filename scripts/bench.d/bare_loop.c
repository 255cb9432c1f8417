/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The yardstick of make bench: what it takes to read the bytes and find every
 * line end and every delimiter with memchr, and nothing else.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char block[256 * 1024];

int main(void)
{
    long cells = 0, lines = 0;
    ssize_t n;

    while ((n = read(0, block, sizeof block)) > 0) {
        const char *p = block, *end = block + n;

        while (p < end) {
            const char *lf = memchr(p, '\n', (size_t)(end - p));
            const char *stop = lf != NULL ? lf : end, *comma;

            while ((comma = memchr(p, ',', (size_t)(stop - p))) != NULL) {
                cells++;
                p = comma + 1;
            }
            lines += lf != NULL;
            p = stop + 1;
        }
    }
    printf("%ld delimiters, %ld lines\n", cells, lines);
    return n < 0;
}
