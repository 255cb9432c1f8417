/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_DIALECT_H
#define TTA_DIALECT_H
/*
 * How a file writes its cells: declared, never sniffed. The output keeps the
 * dialect of the input, so that a pipeline of --dialect=dk filters ends in a
 * file that Excel opens; it is always UTF-8.
 */
#include "tta/date.h"
#include "tta/error.h"
#include "tta/number.h"

enum tta_format { TTA_CSV, TTA_JSONL };

enum tta_encoding {
    TTA_UTF8,
    TTA_WINDOWS_1252,
    TTA_ISO_8859_1,
    TTA_UTF16, /* by its byte order mark; little-endian without one, as Excel writes it */
    TTA_UTF16_LE,
    TTA_UTF16_BE,
    /*
     * UTF-8 or Windows-1252, settled once by the first byte that is not ASCII:
     * does it begin a well-formed UTF-8 sequence? UTF-16 by its byte order mark.
     * After that a byte that does not fit is an error, not a second guess.
     */
    TTA_ENCODING_DK
};

#define TTA_MISSING_MAX 8

struct tta_dialect {
    char delimiter;
    struct tta_number_style number;
    enum tta_date_format date;
    enum tta_encoding encoding;
    const char *
        missing[TTA_MISSING_MAX]; /* texts that mean "no value", besides the empty cell; borrowed */
    size_t missing_count;
};

/* ',' '.' yyyy-mm-dd UTF-8 */
extern const struct tta_dialect tta_dialect_default;
/* ';' ',' grouped by '.' dd-mm-yyyy, UTF-8 or Windows-1252 */
extern const struct tta_dialect tta_dialect_dk;

/*
 * "dk", or the path of a JSON file with the names of Frictionless' Table
 * Dialect and Table Schema: delimiter, decimalChar, groupChar, missingValues,
 * encoding, and dateFormat ("yyyy-mm-dd" or "dd-mm-yyyy"); quoteChar,
 * doubleQuote, header and skipInitialSpace are read when they say what we do
 * anyway. Unknown keys are errors (TTA_E_CONFIG); a path that cannot be opened,
 * or is a folder, is TTA_E_NOINPUT. *keep receives what the dialect borrows from;
 * the caller frees it with tta_dialect_release.
 */
struct tta_dialect_file;
int tta_dialect_load(const char *name, struct tta_dialect *out, struct tta_dialect_file **keep,
                     struct tta_error *e);
void tta_dialect_release(struct tta_dialect_file *keep);

/* NULL, or why the dialect contradicts itself (delimiter equal to decimal mark, ...). */
const char *tta_dialect_problem(const struct tta_dialect *d);

/* false when there is no such name. */
bool tta_encoding_find(const char *name, enum tta_encoding *out);
bool tta_date_format_find(const char *name, enum tta_date_format *out);
const char *tta_encoding_name(enum tta_encoding encoding);
const char *tta_date_format_name(enum tta_date_format format);

#endif
