/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "json_scan.h"

#include <string.h>

#include "tta/encoding.h"

static bool fail(struct tta_json_scan *s, const char *problem)
{
    if (s->problem == NULL)
        s->problem = problem;
    return false;
}

void tta_json_space(struct tta_json_scan *s)
{
    while (s->p < s->end && (*s->p == ' ' || *s->p == '\t' || *s->p == '\r' || *s->p == '\n'))
        s->p++;
}

bool tta_json_char(struct tta_json_scan *s, char c)
{
    if (s->p == s->end || *s->p != c)
        return false;
    s->p++;
    return true;
}

static int hex4(const char *p)
{
    int v = 0;

    for (int i = 0; i < 4; i++) {
        char c = p[i];

        if (c >= '0' && c <= '9')
            v = v * 16 + (c - '0');
        else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
            v = v * 16 + ((c | 0x20) - 'a' + 10);
        else
            return -1;
    }
    return v;
}

/* Behind "\u": four digits, and the second half of a pair. */
static bool check_unicode(struct tta_json_scan *s)
{
    int c = s->end - s->p >= 4 ? hex4(s->p) : -1;

    if (c < 0)
        return fail(s, "an escape that is not \\u and four digits");
    if (c == 0)
        return fail(s, "an escaped NUL");
    s->p += 4;
    if (c >= 0xDC00 && c <= 0xDFFF)
        return fail(s, "half a surrogate pair");
    if (c >= 0xD800 && c <= 0xDBFF) {
        int low = s->end - s->p >= 6 && s->p[0] == '\\' && s->p[1] == 'u' ? hex4(s->p + 2) : -1;

        if (low < 0xDC00 || low > 0xDFFF)
            return fail(s, "half a surrogate pair");
        s->p += 6;
    }
    return true;
}

bool tta_json_string(struct tta_json_scan *s, struct tta_text *inside, bool *escapes)
{
    *escapes = false;
    if (!tta_json_char(s, '"'))
        return fail(s, "a string is missing");
    inside->ptr = s->p;
    while (s->p < s->end) {
        unsigned char c = (unsigned char)*s->p++;

        if (c == '"') {
            inside->len = (size_t)(s->p - 1 - inside->ptr);
            return true;
        }
        if (c < 0x20)
            return fail(s, "a control character inside a string");
        if (c != '\\')
            continue;
        *escapes = true;
        if (s->p == s->end)
            break;
        c = (unsigned char)*s->p++;
        if (c == 'u' ? !check_unicode(s) : c == '\0' || strchr("\"\\/bfnrt", c) == NULL)
            return fail(s, "an escape that JSON does not have");
    }
    return fail(s, "a string that is not closed");
}

static bool skip_digits(struct tta_json_scan *s)
{
    const char *first = s->p;

    while (s->p < s->end && *s->p >= '0' && *s->p <= '9')
        s->p++;
    return s->p > first;
}

static bool number(struct tta_json_scan *s)
{
    tta_json_char(s, '-');
    if (!tta_json_char(s, '0') && !skip_digits(s))
        return fail(s, "not a JSON value");
    if (tta_json_char(s, '.') && !skip_digits(s))
        return fail(s, "a number without decimals behind its point");
    if (tta_json_char(s, 'e') || tta_json_char(s, 'E')) {
        if (!tta_json_char(s, '+'))
            tta_json_char(s, '-');
        if (!skip_digits(s))
            return fail(s, "a number without an exponent behind its e");
    }
    return true;
}

static bool literal(struct tta_json_scan *s, const char *word)
{
    size_t len = strlen(word);

    if ((size_t)(s->end - s->p) < len || memcmp(s->p, word, len) != 0)
        return fail(s, "not a JSON value");
    s->p += len;
    return true;
}

/*
 * Objects and arrays inside a cell: only their form is checked. Duplicate keys
 * in there stay as they are, since no filter looks inside.
 */
static bool skip_nested(struct tta_json_scan *s, int depth)
{
    bool object = *s->p++ == '{', escapes;
    char close = object ? '}' : ']';
    struct tta_text key;
    struct tta_cell cell;

    if (depth > TTA_JSON_DEPTH)
        return fail(s, "nested more than 64 deep");
    tta_json_space(s);
    if (tta_json_char(s, close))
        return true;
    for (;;) {
        tta_json_space(s);
        if (object) {
            if (!tta_json_string(s, &key, &escapes))
                return false;
            tta_json_space(s);
            if (!tta_json_char(s, ':'))
                return fail(s, "a colon is missing");
            tta_json_space(s);
        }
        if (s->p < s->end && (*s->p == '{' || *s->p == '[')) {
            if (!skip_nested(s, depth + 1))
                return false;
        } else if (!tta_json_value(s, &cell, &escapes)) {
            return false;
        }
        tta_json_space(s);
        if (tta_json_char(s, close))
            return true;
        if (!tta_json_char(s, ','))
            return fail(s, "a comma is missing");
    }
}

bool tta_json_value(struct tta_json_scan *s, struct tta_cell *cell, bool *escapes)
{
    const char *first = s->p;
    struct tta_text inside = {first, 0};
    bool good;

    *escapes = false;
    switch (s->p < s->end ? *s->p : '\0') {
    case '"':
        cell->kind = TTA_CELL_TEXT;
        good = tta_json_string(s, &inside, escapes);
        cell->ptr = inside.ptr;
        cell->len = (uint32_t)inside.len;
        return good;
    case '{':
    case '[':
        cell->kind = TTA_CELL_NESTED;
        good = skip_nested(s, 1);
        break;
    case 't':
        cell->kind = TTA_CELL_TRUE;
        good = literal(s, "true");
        break;
    case 'f':
        cell->kind = TTA_CELL_FALSE;
        good = literal(s, "false");
        break;
    case 'n':
        cell->kind = TTA_CELL_NOTHING;
        good = literal(s, "null");
        break;
    default:
        cell->kind = TTA_CELL_NUMBER;
        good = number(s);
    }
    cell->ptr = first;
    cell->len = (uint32_t)(s->p - first);
    return good;
}

size_t tta_json_unescape(struct tta_text inside, char *out)
{
    const char *p = inside.ptr, *end = p + inside.len;
    size_t n = 0;

    while (p < end) {
        uint32_t c;

        if (*p != '\\') {
            out[n++] = *p++;
            continue;
        }
        p += 2;
        switch (p[-1]) {
        case 'b':
            out[n++] = '\b';
            break;
        case 'f':
            out[n++] = '\f';
            break;
        case 'n':
            out[n++] = '\n';
            break;
        case 'r':
            out[n++] = '\r';
            break;
        case 't':
            out[n++] = '\t';
            break;
        case 'u':
            c = (uint32_t)hex4(p);
            p += 4;
            if (c >= 0xD800 && c <= 0xDBFF) {
                c = 0x10000 + ((c - 0xD800) << 10) + ((uint32_t)hex4(p + 2) - 0xDC00);
                p += 6;
            }
            n += tta_utf8_write(c, out + n);
            break;
        default:
            out[n++] = p[-1]; /* quote, backslash, slash */
        }
    }
    return n;
}
