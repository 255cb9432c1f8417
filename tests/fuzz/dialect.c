/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes as a dialect file: refused with a sentence, or a dialect in which a
 * file can be written and read again.
 */
#include "file.h"

#include <stdio.h>

#include "tta/writer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "dialect: %s\n", what);
    abort();
}

struct record {
    struct tta_text text;
    int64_t integer, micro, ore;
    tta_date date;
    int8_t boolean;
    double number;
};

static const struct tta_column columns[] = {
    {"text", TTA_TEXT, 0, offsetof(struct record, text), NULL, NULL},
    {"integer", TTA_INTEGER, 0, offsetof(struct record, integer), NULL, NULL},
    {"decimal", TTA_DECIMAL, 0, offsetof(struct record, micro), NULL, NULL},
    {"money", TTA_MONEY, 0, offsetof(struct record, ore), NULL, NULL},
    {"date", TTA_DATE, 0, offsetof(struct record, date), NULL, NULL},
    {"boolean", TTA_BOOLEAN, 0, offsetof(struct record, boolean), NULL, NULL},
    {"number", TTA_NUMBER, 0, offsetof(struct record, number), NULL, NULL},
};
#define COLUMNS (sizeof columns / sizeof *columns)

/* Whether one of the values is written as a text that the dialect calls missing. */
static bool says_missing(const struct tta_dialect *d, const struct tta_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        for (size_t k = 0; k < d->missing_count; k++) {
            struct tta_text t = {row->cells[i].ptr, row->cells[i].len};

            if (tta_text_is(t, d->missing[k]))
                return true;
        }
    return false;
}

static void read_back(const struct tta_dialect *d, const struct tta_buffer *out,
                      const union tta_slot *slots)
{
    struct tta_observer nobody = {NULL, NULL};
    struct tta_error e = {0};
    struct tta_reader *reader;
    struct tta_row row;
    struct record r = {0};
    struct tta_binding bindings[COLUMNS];

    for (size_t i = 0; i < COLUMNS; i++)
        bindings[i] = (struct tta_binding){.column = &columns[i], .index = i};
    must(tta_reader_new(&reader, feed_whole(out->ptr, out->len), "own", TTA_CSV, d, nobody, &e) ==
             0,
         "no reader");
    must(tta_reader_start(reader, &e) == 1, "the header does not read");
    must(tta_reader_next(reader, &row, &e) == 1, "the row does not read");
    if (!says_missing(d, &row)) {
        must(tta_bind_row(bindings, COLUMNS, &row, d, &r, &e) == 0, "the cells do not read");
        must(tta_text_equal(r.text, slots[0].text), "another text");
        must(r.integer == slots[1].integer && r.micro == slots[2].micro && r.ore == slots[3].ore,
             "another number");
        must(r.date == slots[4].date && r.boolean == slots[5].boolean &&
                 r.number == slots[6].number,
             "another date, truth value or double");
    }
    tta_reader_free(reader);
}

static void round_trip(struct tta_dialect d)
{
    static const union tta_slot slots[2][COLUMNS] = {
        {{.text = {"a \"b\"\n,;\t|", 10}},
         {.integer = -1234567},
         {.micro = -1234500000},
         {.ore = 123456789},
         {.date = 15000},
         {.boolean = 1},
         {.number = 1.5e300}},
        {{.text = {"x", 1}},
         {.integer = 0},
         {.micro = 1},
         {.ore = -5},
         {.date = -15000},
         {.boolean = 0},
         {.number = -1e-5}},
    };
    struct tta_layout l = {.from = TTA_CSV, .to = TTA_CSV, .dialect = &d};
    struct tta_text none = {NULL, 0};

    d.encoding = TTA_UTF8; /* what is written is always UTF-8 */
    for (size_t i = 0; i < 2; i++) {
        struct tta_buffer out = {0};

        must(tta_render_header(&out, &l, none, columns, COLUMNS) == 0 &&
                 tta_render_own(&out, &l, columns, slots[i], COLUMNS) == 0,
             "no memory");
        read_back(&d, &out, slots[i]);
        tta_buffer_release(&out);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tta_dialect_file *keep = NULL;
    struct tta_dialect d;
    struct tta_error e = {0};
    int rc = tta_dialect_load(file_of(data, size), &d, &keep, &e);

    must(rc == 0 || rc == TTA_E_CONFIG, "another code");
    must((rc == 0) == (e.text[0] == '\0'), "an error without a sentence, or the other way round");
    if (rc == 0) {
        must(tta_dialect_problem(&d) == NULL, "a dialect with a problem");
        round_trip(d);
    }
    tta_dialect_release(keep);
    return 0;
}
