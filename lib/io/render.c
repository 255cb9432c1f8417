/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>

#include "tta/writer.h"

/* Not 0 when one of the eight bytes is that one. */
static inline uint64_t has_byte(uint64_t word, char c)
{
    uint64_t x = word ^ UINT64_C(0x0101010101010101) * (unsigned char)c;

    return (x - UINT64_C(0x0101010101010101)) & ~x & UINT64_C(0x8080808080808080);
}

/* This runs for every text of every row. */
static bool needs_quotes(struct tta_text t, char delimiter)
{
    uint64_t word, found = 0;

    if (t.len < 8) {
        for (size_t i = 0; i < t.len; i++)
            if (t.ptr[i] == '"' || t.ptr[i] == '\n' || t.ptr[i] == '\r' || t.ptr[i] == delimiter)
                return true;
        return false;
    }
    for (size_t i = 0;; i = i + 16 <= t.len ? i + 8 : t.len - 8) {
        memcpy(&word, t.ptr + i, 8);
        found |= has_byte(word, '"') | has_byte(word, '\n') | has_byte(word, '\r') |
                 has_byte(word, delimiter);
        if (i == t.len - 8)
            return found != 0;
    }
}

int tta_render_csv_cell(struct tta_buffer *out, struct tta_text t, char delimiter)
{
    if (!needs_quotes(t, delimiter))
        return tta_buffer_append(out, t.ptr, t.len);
    if (tta_buffer_reserve(out, 2 * t.len + 2) != 0)
        return TTA_E_MEMORY;
    out->ptr[out->len++] = '"';
    for (size_t i = 0; i < t.len; i++) {
        if (t.ptr[i] == '"')
            out->ptr[out->len++] = '"';
        out->ptr[out->len++] = t.ptr[i];
    }
    out->ptr[out->len++] = '"';
    return 0;
}

int tta_render_json_string(struct tta_buffer *out, struct tta_text t)
{
    static const char hex[] = "0123456789abcdef";

    if (tta_buffer_reserve(out, 6 * t.len + 2) != 0)
        return TTA_E_MEMORY;
    out->ptr[out->len++] = '"';
    for (size_t i = 0; i < t.len; i++) {
        unsigned char c = (unsigned char)t.ptr[i];
        const char *short_form = "\"\"\\\\\bb\ff\nn\rr\tt";
        char *p = out->ptr + out->len;

        while (*short_form != '\0' && (unsigned char)*short_form != c)
            short_form += 2;
        if (*short_form != '\0' && c != '\0') {
            p[0] = '\\';
            p[1] = short_form[1];
            out->len += 2;
        } else if (c < 0x20) {
            memcpy(p, "\\u00", 4);
            p[4] = hex[c >> 4];
            p[5] = hex[c & 15];
            out->len += 6;
        } else {
            out->ptr[out->len++] = (char)c;
        }
    }
    out->ptr[out->len++] = '"';
    return 0;
}

static int end_line(struct tta_buffer *out, const struct tta_layout *l)
{
    return tta_buffer_append(out, &"\r\n"[!l->crlf], l -> crlf ? 2 : 1);
}

int tta_render_header(struct tta_buffer *out, const struct tta_layout *l, struct tta_text raw,
                      const struct tta_column *own, size_t own_count)
{
    char delimiter = l->dialect->delimiter;
    size_t from = out->len;
    int rc = 0;

    if (l->to == TTA_JSONL)
        return 0;
    if (l->from == TTA_CSV && !l->renamed && l->name_count > 0)
        rc = tta_buffer_append(out, raw.ptr, raw.len);
    else
        for (size_t i = 0; rc == 0 && i < l->name_count; i++) {
            if (i > 0)
                rc = tta_buffer_char(out, delimiter);
            if (rc == 0)
                rc = tta_render_csv_cell(out, l->names[i], delimiter);
        }
    for (size_t i = 0; rc == 0 && i < own_count; i++) {
        if (i > 0 || l->name_count > 0)
            rc = tta_buffer_char(out, delimiter);
        if (rc == 0)
            rc = tta_render_csv_cell(out, tta_text_of(own[i].name), delimiter);
    }
    if (rc == 0 && out->len == from && l->name_count + own_count == 1)
        rc = tta_buffer_string(out, "\"\""); /* an empty line would be no header */
    return rc != 0 ? rc : end_line(out, l);
}

/* "name": in front of a value */
static int json_key(struct tta_buffer *out, struct tta_text name, bool first)
{
    int rc = first ? 0 : tta_buffer_char(out, ',');

    if (rc == 0)
        rc = tta_render_json_string(out, name);
    return rc != 0 ? rc : tta_buffer_char(out, ':');
}

static int pass_to_json(struct tta_buffer *out, const struct tta_layout *l,
                        const struct tta_row *row)
{
    bool first = true;
    int rc = tta_buffer_char(out, '{');

    for (size_t i = 0; rc == 0 && i < row->count && i < l->name_count; i++) {
        const struct tta_cell *c = &row->cells[i];
        struct tta_text t = {c->ptr, c->len};

        if (c->ptr == NULL)
            continue; /* a key that this object does not have */
        rc = json_key(out, l->names[i], first);
        first = false;
        if (rc == 0)
            rc = c->kind == TTA_CELL_TEXT ? tta_render_json_string(out, t)
                                          : tta_buffer_append(out, t.ptr, t.len);
    }
    return rc;
}

/* The object as it came, but for its closing brace. */
static int pass_object(struct tta_buffer *out, struct tta_text raw)
{
    while (raw.len > 0 && raw.ptr[raw.len - 1] != '}')
        raw.len--;
    raw.len--;
    while (raw.len > 0 && strchr(" \t\r", raw.ptr[raw.len - 1]) != NULL)
        raw.len--;
    while (raw.len > 0 && *raw.ptr != '{') {
        raw.ptr++;
        raw.len--;
    }
    return tta_buffer_append(out, raw.ptr, raw.len);
}

/* A JSON value as a cell; numbers change their decimal mark with the dialect. */
static int value_to_csv(struct tta_buffer *out, const struct tta_cell *c,
                        const struct tta_dialect *d)
{
    struct tta_text t = {c->ptr, c->len};
    size_t from = out->len;
    int rc;

    if (c->kind == TTA_CELL_NOTHING)
        return 0;
    rc = tta_render_csv_cell(out, t, d->delimiter);
    if (rc == 0 && c->kind == TTA_CELL_NUMBER && d->number.decimal != '.')
        for (size_t i = from; i < out->len; i++)
            if (out->ptr[i] == '.')
                out->ptr[i] = d->number.decimal;
    return rc;
}

static int pass_to_csv(struct tta_buffer *out, const struct tta_layout *l,
                       const struct tta_row *row)
{
    size_t from = out->len;
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < l->name_count; i++) {
        if (i > 0)
            rc = tta_buffer_char(out, l->dialect->delimiter);
        if (rc == 0 && i < row->count)
            rc = value_to_csv(out, &row->cells[i], l->dialect);
    }
    if (rc == 0 && out->len == from && l->name_count == 1)
        rc = tta_buffer_string(out, "\"\""); /* an empty line would be no row */
    return rc;
}

int tta_render_pass(struct tta_buffer *out, const struct tta_layout *l, const struct tta_row *row)
{
    if (l->name_count == 0)
        return l->to == TTA_JSONL ? tta_buffer_char(out, '{') : 0;
    if (l->to == TTA_CSV)
        return l->from == TTA_CSV ? tta_buffer_append(out, row->raw.ptr, row->raw.len)
                                  : pass_to_csv(out, l, row);
    return l->from == TTA_JSONL && !l->renamed ? pass_object(out, row->raw)
                                               : pass_to_json(out, l, row);
}

/* Everything but texts, at p, where room was reserved; needs no quoting but a date in JSON. */
static size_t write_plain(char *p, const struct tta_column *c, const union tta_slot *slot,
                          const struct tta_dialect *d, bool json)
{
    char decimal = json ? '.' : d->number.decimal;

    switch (c->type) {
    case TTA_INTEGER:
        return (size_t)tta_integer_write(slot->integer, p);
    case TTA_DECIMAL:
        return (size_t)tta_decimal_write(slot->micro, decimal, p);
    case TTA_MONEY:
        return (size_t)tta_money_write(slot->ore, decimal, p);
    case TTA_NUMBER:
        return (size_t)tta_double_write(slot->number, decimal, p);
    case TTA_BOOLEAN:
        memcpy(p, slot->boolean ? "true" : "false", 5);
        return slot->boolean ? 4 : 5;
    default:
        if (!json)
            return (size_t)tta_date_write(slot->date, d->date, p);
        p[0] = '"';
        tta_date_write(slot->date, d->date, p + 1);
        p[11] = '"';
        return 12;
    }
}

static bool is_missing(const struct tta_column *c, const union tta_slot *slot)
{
    if (c->type == TTA_NUMBER)
        return !isfinite(slot->number); /* NaN and Inf are never data */
    return tta_type_is_missing(c->type, slot);
}

static int render_slot(struct tta_buffer *out, const struct tta_layout *l,
                       const struct tta_column *c, const union tta_slot *slot)
{
    bool json = l->to == TTA_JSONL;
    struct tta_text t = slot->text;

    if (is_missing(c, slot))
        return json ? tta_buffer_append(out, "null", 4) : 0;
    if (c->type == TTA_TEXT || c->type == TTA_CHOICE) {
        if (c->type == TTA_CHOICE)
            t = tta_text_of(c->choices[slot->choice]);
        return json ? tta_render_json_string(out, t)
                    : tta_render_csv_cell(out, t, l->dialect->delimiter);
    }
    if (tta_buffer_reserve(out, TTA_NUMBER_SIZE) != 0)
        return TTA_E_MEMORY;
    out->len += write_plain(out->ptr + out->len, c, slot, l->dialect, json);
    return 0;
}

int tta_render_own(struct tta_buffer *out, const struct tta_layout *l, const struct tta_column *own,
                   const union tta_slot *slots, size_t own_count)
{
    size_t from = out->len;
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < own_count; i++) {
        if (l->to == TTA_JSONL)
            rc = json_key(out, tta_text_of(own[i].name), out->ptr[out->len - 1] == '{');
        else if (i > 0 || l->name_count > 0)
            rc = tta_buffer_char(out, l->dialect->delimiter);
        if (rc == 0)
            rc = render_slot(out, l, &own[i], &slots[i]);
    }
    if (rc == 0 && l->to == TTA_JSONL)
        rc = tta_buffer_char(out, '}');
    if (rc == 0 && l->to == TTA_CSV && l->name_count == 0 && own_count == 1 && out->len == from)
        rc = tta_buffer_string(out, "\"\"");
    return rc != 0 ? rc : end_line(out, l);
}
