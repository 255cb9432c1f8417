/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is written is read back equal: random cells, in both formats, and from one to the other. */
#include "support.h"

#include <math.h>
#include <stddef.h>

#include "tta/writer.h"

Suite *io_render_law_suite(void);

struct record {
    struct tta_text text, other;
    int64_t integer, micro, ore;
    tta_date date;
    int8_t boolean;
    double number;
    int32_t choice;
};

static const char *const choices[] = {"red", "a;b,c\"", "\xC3\xA6", NULL};
#define COLUMN(name, type, member, choices)                                                        \
    {                                                                                              \
        name, type, TTA_NULLABLE, offsetof(struct record, member), choices, NULL                   \
    }
static const struct tta_column columns[] = {
    COLUMN("text", TTA_TEXT, text, NULL),         COLUMN("integer", TTA_INTEGER, integer, NULL),
    COLUMN("decimal;", TTA_DECIMAL, micro, NULL), COLUMN("\"money\"", TTA_MONEY, ore, NULL),
    COLUMN("date\n", TTA_DATE, date, NULL),       COLUMN("boolean,", TTA_BOOLEAN, boolean, NULL),
    COLUMN("number", TTA_NUMBER, number, NULL),   COLUMN("\xC3\xA6", TTA_CHOICE, choice, choices),
    COLUMN("other", TTA_TEXT, other, NULL),
};
#define COLUMNS (sizeof columns / sizeof *columns)
#define ROWS 2000

static struct tta_text random_text(uint64_t *state, char *out)
{
    static const char *const parts[] = {
        "a",  ",",        ";",  "\"", "\n",   "\r\n", "\r", " ",
        "\t", "\xC3\xA6", "\\", "{",  "null", "\x01", "'",  "\xF0\x9F\x98\x80"};
    struct tta_text t = {out, 0};

    for (uint64_t n = feed_below(state, 6); n > 0; n--) {
        const char *part = parts[feed_below(state, sizeof parts / sizeof *parts)];

        memcpy(out + t.len, part, strlen(part));
        t.len += strlen(part);
    }
    return t;
}

/* texts has room for two texts of 64 bytes. */
static void random_row(uint64_t *state, union tta_slot *slots, char *texts)
{
    uint64_t bits = feed_random(state);

    slots[0].text = random_text(state, texts);
    slots[1].integer = (int64_t)feed_random(state) >> feed_below(state, 60);
    slots[2].micro = (int64_t)feed_random(state) >> feed_below(state, 60);
    slots[3].ore = (int64_t)feed_random(state) >> feed_below(state, 60);
    slots[4].date = (tta_date)feed_below(state, 100000) - 50000;
    slots[5].boolean = (int8_t)feed_below(state, 2);
    memcpy(&slots[6].number, &bits, sizeof bits);
    slots[7].choice = (int32_t)feed_below(state, 3);
    slots[8].text = random_text(state, texts + 64);
    for (size_t i = 0; i < COLUMNS; i++)
        if (feed_below(state, 6) == 0)
            tta_type_set_missing(columns[i].type, &slots[i]);
}

/* An empty text is no value in CSV; in a record both are the missing text. */
static bool same_text(struct tta_text written, struct tta_text read)
{
    return written.len == 0 ? read.ptr == NULL : tta_text_equal(written, read);
}

static void same_row(const union tta_slot *slots, const struct record *r)
{
    ck_assert(same_text(slots[0].text, r->text));
    ck_assert_int_eq(slots[1].integer, r->integer);
    ck_assert_int_eq(slots[2].micro, r->micro);
    ck_assert_int_eq(slots[3].ore, r->ore);
    ck_assert_int_eq(slots[4].date, r->date);
    ck_assert_int_eq(slots[5].boolean, r->boolean);
    ck_assert(isfinite(slots[6].number) ? slots[6].number == r->number : isnan(r->number));
    ck_assert_int_eq(slots[7].choice, r->choice);
    ck_assert(same_text(slots[8].text, r->other));
}

static void write_rows(struct tta_buffer *out, const struct tta_layout *l)
{
    uint64_t state = 42;
    union tta_slot slots[COLUMNS];
    struct tta_row none = {.count = 0};
    char texts[128];

    ck_assert_int_eq(tta_render_header(out, l, tta_text_of(""), columns, COLUMNS), 0);
    for (int i = 0; i < ROWS; i++) {
        random_row(&state, slots, texts);
        ck_assert_int_eq(tta_render_pass(out, l, &none), 0);
        ck_assert_int_eq(tta_render_own(out, l, columns, slots, COLUMNS), 0);
    }
}

static void check_rows(const struct tta_buffer *in, enum tta_format format,
                       const struct tta_dialect *d)
{
    struct tta_reader *r = start_bytes(in->ptr, in->len, format, d);
    struct tta_binding bindings[COLUMNS];
    struct tta_error e = {0};
    struct tta_row row;
    size_t count;
    const struct tta_text *names = tta_reader_columns(r, &count);
    uint64_t state = 42;
    union tta_slot slots[COLUMNS];
    struct record record;
    char texts[128];

    ck_assert_uint_eq(count, COLUMNS);
    for (size_t i = 0; i < COLUMNS; i++) {
        ck_assert(tta_text_is(names[i], columns[i].name));
        bindings[i] = (struct tta_binding){.column = &columns[i], .index = i};
    }
    for (int i = 0; i < ROWS; i++) {
        int rc = tta_reader_next(r, &row, &e);

        ck_assert_msg(rc == 1, "row %d: %s", i, e.text);
        rc = tta_bind_row(bindings, COLUMNS, &row, d, &record, &e);
        ck_assert_msg(rc == 0, "row %d: %s: %s", i, e.column, e.text);
        random_row(&state, slots, texts);
        same_row(slots, &record);
    }
    ck_assert_int_eq(tta_reader_next(r, &row, &e), 0);
    tta_reader_free(r);
}

/* All of in, rendered again from the format that it has to another. */
static void convert(const struct tta_buffer *in, struct tta_layout l, struct tta_buffer *out)
{
    struct tta_reader *r = start_bytes(in->ptr, in->len, l.from, l.dialect);
    struct tta_error e = {0};
    struct tta_row row;

    l.names = tta_reader_columns(r, &l.name_count);
    ck_assert_int_eq(tta_render_header(out, &l, tta_reader_header_raw(r), NULL, 0), 0);
    while (tta_reader_next(r, &row, &e) == 1) {
        ck_assert_int_eq(tta_render_pass(out, &l, &row), 0);
        ck_assert_int_eq(tta_render_own(out, &l, NULL, NULL, 0), 0);
    }
    ck_assert_int_eq(e.code, 0);
    tta_reader_free(r);
}

/* 2 formats x 2 dialects x LF and CRLF; then converted, and converted back. */
START_TEST(written_and_read)
{
    static const struct tta_dialect *const dialects[] = {&tta_dialect_default, &tta_dialect_dk};
    const struct tta_dialect *d = dialects[_i % 2];
    struct tta_layout l = {.to = (enum tta_format)(_i / 2 % 2), .dialect = d, .crlf = _i / 4 > 0};
    struct tta_buffer first = {0}, same = {0}, other = {0};

    write_rows(&first, &l);
    check_rows(&first, l.to, d);
    l.from = l.to;
    convert(&first, l, &same);
    ck_assert(tta_text_equal(tta_buffer_text(&first), tta_buffer_text(&same)));
    l.to = l.from == TTA_CSV ? TTA_JSONL : TTA_CSV;
    convert(&first, l, &other);
    check_rows(&other, l.to, d);
    tta_buffer_release(&first);
    tta_buffer_release(&same);
    tta_buffer_release(&other);
}
END_TEST

Suite *io_render_law_suite(void)
{
    Suite *s = suite_create("io/render_law");
    TCase *t = tcase_create("all");

    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, written_and_read, 0, 8);
    suite_add_tcase(s, t);
    return s;
}
