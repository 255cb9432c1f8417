/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_LIB_IO_SCAN_H
#define TTA_LIB_IO_SCAN_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Marks, for buf[from..to), the places of every delimiter, every quote character
 * and every control character (line feed, carriage return and NUL among them):
 * all that can matter to CSV. Stops early when marks (of size max, at least
 * TTA_SCAN_ROOM) is nearly full. *scanned: the first byte not looked at.
 * *high is set when a byte outside ASCII was seen. Returns how many marks.
 */
#define TTA_SCAN_ROOM 64
size_t tta_scan(const char *buf, size_t from, size_t to, char delimiter, uint32_t *marks,
                size_t max, size_t *scanned, bool *high);

/* The same without vector instructions: what tta_scan is tested against. */
size_t tta_scan_plain(const char *buf, size_t from, size_t to, char delimiter, uint32_t *marks,
                      size_t max, size_t *scanned, bool *high);

#endif
