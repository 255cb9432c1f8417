/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_ENCODING_H
#define TTA_ENCODING_H
/*
 * Bytes and code points: UTF-8 as Unicode 15 defines it, and Windows-1252.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How many leading bytes are ASCII. */
size_t tta_ascii_prefix(const char *p, size_t len);

/* Length of the well-formed UTF-8 sequence at p (Unicode 15, table 3-7), or 0. */
size_t tta_utf8_sequence(const char *p, size_t len);

/* How many leading bytes are well-formed UTF-8; len when all are. */
size_t tta_utf8_prefix(const char *p, size_t len);

/* Code point to UTF-8; returns 1 to 4 bytes written. */
size_t tta_utf8_write(uint32_t code_point, char out[4]);

/* The code point of a byte in Windows-1252, or 0 for the five bytes it leaves undefined (and for
 * NUL). */
uint32_t tta_windows_1252(unsigned char byte);

#endif
