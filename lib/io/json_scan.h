/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_LIB_IO_JSON_SCAN_H
#define TTA_LIB_IO_JSON_SCAN_H
#include <stdbool.h>
#include <stddef.h>

#include "tta/reader.h"

/*
 * A strict reader of JSON text (RFC 8259) that keeps places instead of building
 * values: an untouched value goes out with the text it came in with, which no
 * parser that builds doubles can promise. Held to Jansson by tests and fuzzing.
 * The text is UTF-8 already.
 */
struct tta_json_scan {
    const char *p, *end;
    const char *problem; /* set once: why the text is not JSON */
};

#define TTA_JSON_DEPTH 64

void tta_json_space(struct tta_json_scan *s);
bool tta_json_char(struct tta_json_scan *s, char c);

/* A string at p: the text between the quotes, and whether it has escapes. false: problem is set. */
bool tta_json_string(struct tta_json_scan *s, struct tta_text *inside, bool *escapes);

/* Any value at p, as a cell; strings with their escapes still in them (*escapes). */
bool tta_json_value(struct tta_json_scan *s, struct tta_cell *cell, bool *escapes);

/* Resolves the escapes of a checked string; out has room for inside.len bytes. Returns the length.
 */
size_t tta_json_unescape(struct tta_text inside, char *out);

#endif
