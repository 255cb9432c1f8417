/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/dialect.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>

#include "tta/descriptor.h"

#define BYTES_MAX (1024 * 1024) /* of a dialect's file */

const struct tta_dialect tta_dialect_default = {
    .delimiter = ',', .number = {'.', 0}, .date = TTA_DATE_ISO, .encoding = TTA_UTF8};
const struct tta_dialect tta_dialect_dk = {
    .delimiter = ';', .number = {',', '.'}, .date = TTA_DATE_DK, .encoding = TTA_ENCODING_DK};

struct tta_dialect_file {
    json_t *root;
};

static const struct {
    const char *name;
    enum tta_encoding encoding;
} encodings[] = {
    {"utf-8", TTA_UTF8},
    {"windows-1252", TTA_WINDOWS_1252},
    {"iso-8859-1", TTA_ISO_8859_1},
    {"utf-16", TTA_UTF16},
    {"utf-16le", TTA_UTF16_LE},
    {"utf-16be", TTA_UTF16_BE},
    {"utf-8-or-windows-1252", TTA_ENCODING_DK},
    {"utf8", TTA_UTF8},
    {"cp1252", TTA_WINDOWS_1252},
    {"latin1", TTA_ISO_8859_1},
};

bool tta_encoding_find(const char *name, enum tta_encoding *out)
{
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++)
        if (tta_text_equal_fold(tta_text_of(name), encodings[i].name)) {
            *out = encodings[i].encoding;
            return true;
        }
    return false;
}

const char *tta_encoding_name(enum tta_encoding encoding)
{
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++)
        if (encodings[i].encoding == encoding)
            return encodings[i].name;
    return "?";
}

bool tta_date_format_find(const char *name, enum tta_date_format *out)
{
    if (strcmp(name, "yyyy-mm-dd") == 0)
        *out = TTA_DATE_ISO;
    else if (strcmp(name, "dd-mm-yyyy") == 0)
        *out = TTA_DATE_DK;
    else
        return false;
    return true;
}

const char *tta_date_format_name(enum tta_date_format format)
{
    return format == TTA_DATE_ISO ? "yyyy-mm-dd" : "dd-mm-yyyy";
}

const char *tta_dialect_problem(const struct tta_dialect *d)
{
    unsigned char delimiter = (unsigned char)d->delimiter;

    if (delimiter >= 0x80 || d->delimiter == '"' || (delimiter < 0x20 && d->delimiter != '\t'))
        return "the delimiter must be one ASCII character, and neither a quote nor a control "
               "character other than tab";
    /* none of the characters that a number, a date or a truth value is written with */
    if ((delimiter >= '0' && delimiter <= '9') || d->delimiter == '-' || d->delimiter == '+' ||
        ((delimiter | 0x20) >= 'a' && (delimiter | 0x20) <= 'z'))
        return "the delimiter must not be a letter, a digit, a plus or a minus sign";
    if (d->number.decimal != '.' && d->number.decimal != ',')
        return "the decimal mark must be . or ,";
    if (d->number.group != 0 && strchr(".,' ", d->number.group) == NULL)
        return "the grouping mark must be . , ' or a space";
    if (d->number.group == d->number.decimal)
        return "the decimal mark and the grouping mark are the same";
    if (d->delimiter == d->number.decimal)
        return "the delimiter and the decimal mark are the same";
    return NULL;
}

/* One character, or none where that is allowed; false when the text is longer. */
static bool one_char(const json_t *value, bool or_none, char *out)
{
    const char *s = json_string_value(value);

    if (s == NULL || strlen(s) > 1 || (!or_none && *s == '\0'))
        return false;
    *out = *s;
    return true;
}

static bool read_missing(const json_t *value, struct tta_dialect *d)
{
    d->missing_count = 0;
    for (size_t i = 0; i < json_array_size(value); i++) {
        const char *s = json_string_value(json_array_get(value, i));

        if (s == NULL || d->missing_count == TTA_MISSING_MAX)
            return false;
        if (*s != '\0')
            d->missing[d->missing_count++] = s;
    }
    return json_is_array(value);
}

/* false: not a key we know, or a value it cannot have. */
static bool read_member(const char *key, const json_t *value, struct tta_dialect *d)
{
    const char *s = json_string_value(value);

    if (strcmp(key, "delimiter") == 0)
        return one_char(value, false, &d->delimiter);
    if (strcmp(key, "decimalChar") == 0)
        return one_char(value, false, &d->number.decimal);
    if (strcmp(key, "groupChar") == 0)
        return one_char(value, true, &d->number.group);
    if (strcmp(key, "missingValues") == 0)
        return read_missing(value, d);
    if (strcmp(key, "encoding") == 0)
        return s != NULL && tta_encoding_find(s, &d->encoding);
    if (strcmp(key, "dateFormat") == 0)
        return s != NULL && tta_date_format_find(s, &d->date);
    if (strcmp(key, "quoteChar") == 0)
        return s != NULL && strcmp(s, "\"") == 0;
    if (strcmp(key, "doubleQuote") == 0 || strcmp(key, "header") == 0)
        return json_is_true(value);
    if (strcmp(key, "skipInitialSpace") == 0)
        return json_is_false(value);
    return false;
}

/* A name that is meant for a path, and not for a dialect that we might have. */
static bool is_path(const char *name)
{
    size_t len = strlen(name);

    return strchr(name, '/') != NULL || (len > 5 && strcmp(name + len - 5, ".json") == 0);
}

static int read_bytes(const char *path, struct tta_buffer *out, struct tta_error *e)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY), rc;

    if (fd < 0 && is_path(path))
        return tta_fail(e, TTA_E_NOINPUT, "cannot be opened: %s", strerror(errno));
    if (fd < 0)
        return tta_fail(e, TTA_E_CONFIG,
                        "no dialect of this name (dk, or the path of a JSON file)");
    rc = tta_read_whole(fd, BYTES_MAX, out, e);
    if (rc == 0 && out->len > BYTES_MAX)
        rc = tta_fail(e, TTA_E_CONFIG, "larger than a dialect can be (%d bytes)", BYTES_MAX);
    close(fd);
    return rc;
}

static int read_file(const char *path, json_t **root, struct tta_error *e)
{
    struct tta_buffer bytes = {0};
    json_error_t why;
    int rc = read_bytes(path, &bytes, e);

    errno = 0;
    if (rc == 0)
        *root = json_loadb(tta_buffer_text(&bytes).ptr, bytes.len, JSON_REJECT_DUPLICATES, &why);
    tta_buffer_release(&bytes);
    if (rc != 0)
        return rc;
    if (*root == NULL && errno == ENOMEM)
        return tta_fail_memory(e);
    if (!json_is_object(*root)) {
        tta_fail(e, TTA_E_CONFIG, "not a JSON object");
        return tta_error_place(e, path, *root == NULL ? why.line : 0);
    }
    return 0;
}

int tta_dialect_load(const char *name, struct tta_dialect *out, struct tta_dialect_file **keep,
                     struct tta_error *e)
{
    struct tta_dialect_file *file;
    const char *key, *problem;
    json_t *value;
    int rc;

    *keep = NULL;
    if (strcmp(name, "dk") == 0) {
        *out = tta_dialect_dk;
        return 0;
    }
    file = calloc(1, sizeof *file);
    if (file == NULL)
        return tta_fail_memory(e);
    *keep = file;
    *out = tta_dialect_default;
    rc = read_file(name, &file->root, e);
    if (rc != 0)
        return tta_error_place(e, name, 0);
    json_object_foreach(file->root, key, value)
    {
        char shown[48];

        if (!read_member(key, value, out)) {
            tta_fail(e, TTA_E_CONFIG, "%s: not a key of a dialect, or a value it cannot have",
                     tta_text_printable(tta_text_of(key), shown, sizeof shown));
            return tta_error_place(e, name, 0);
        }
    }
    problem = tta_dialect_problem(out);
    if (problem == NULL)
        return 0;
    tta_fail(e, TTA_E_CONFIG, "%s", problem);
    return tta_error_place(e, name, 0);
}

void tta_dialect_release(struct tta_dialect_file *keep)
{
    if (keep == NULL)
        return;
    json_decref(keep->root);
    free(keep);
}
