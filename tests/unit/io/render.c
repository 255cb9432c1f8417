/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows out: quoting and escapes, from either format to either, untouched bytes kept. */
#include "support.h"

#include <math.h>

#include "tta/writer.h"

Suite *io_render_suite(void);

#define NO_TEXT ((struct tta_text){NULL, 0})

START_TEST(csv_cells)
{
    static const struct {
        const char *text, *cell;
    } cells[] = {
        {"", ""},           {"a", "a"},         {" a ", " a "},           {"a,b", "a,b"},
        {"a;b", "\"a;b\""}, {"\"", "\"\"\"\""}, {"a\nb", "\"a\nb\""},     {"a\r", "\"a\r\""},
        {"\t'", "\t'"},     {";", "\";\""},     {"\xC3\xA6", "\xC3\xA6"},
    };

    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        struct tta_buffer out = {0};

        ck_assert_int_eq(tta_render_csv_cell(&out, tta_text_of(cells[i].text), ';'), 0);
        ck_assert(tta_text_is(tta_buffer_text(&out), cells[i].cell));
        tta_buffer_release(&out);
    }
}
END_TEST

START_TEST(json_strings)
{
    struct tta_buffer out = {0};
    char all[0x80], *p = all;

    for (char c = 0; c < 0x20; c++)
        *p++ = c;
    memcpy(p, "\"\\/\x7f", 4);
    ck_assert_int_eq(tta_render_json_string(&out, (struct tta_text){all, 0x24}), 0);
    ck_assert_int_eq(tta_render_json_string(&out, tta_text_of("\xC3\xA6\xF0\x9F\x98\x80")), 0);
    ck_assert_int_eq(tta_render_json_string(&out, NO_TEXT), 0);
    tta_buffer_char(&out, '\0');
    ck_assert_str_eq(
        out.ptr,
        "\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r\\u000e"
        "\\u000f\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018\\u0019\\u001a"
        "\\u001b\\u001c\\u001d\\u001e\\u001f\\\"\\\\/\x7f\"\"\xC3\xA6\xF0\x9F\x98\x80\"\"\"");
    tta_buffer_release(&out);
}
END_TEST

static const char *const choices[] = {"red", "dark; green", NULL};
static const struct tta_column own[] = {
    {"text", TTA_TEXT, 0, 0, NULL, NULL},       {"integer", TTA_INTEGER, 0, 0, NULL, NULL},
    {"decimal", TTA_DECIMAL, 0, 0, NULL, NULL}, {"money", TTA_MONEY, 0, 0, NULL, NULL},
    {"date", TTA_DATE, 0, 0, NULL, NULL},       {"bool", TTA_BOOLEAN, 0, 0, NULL, NULL},
    {"number", TTA_NUMBER, 0, 0, NULL, NULL},   {"choice", TTA_CHOICE, 0, 0, choices, NULL},
};
static const union tta_slot slots[] = {
    {.text = {"a;\"", 3}}, {.integer = -5}, {.micro = 1500000}, {.ore = 150},
    {.date = 1},           {.boolean = 0},  {.number = 2.5},    {.choice = 1},
};
#define OWN (sizeof own / sizeof *own)

/* A layout from the columns of a reader. */
static struct tta_layout layout(enum tta_format from, enum tta_format to,
                                const struct tta_dialect *d)
{
    struct tta_layout l = {.from = from, .to = to, .dialect = d};

    return l;
}

/* Reads text and renders all of it, with the own columns when there are to be any. */
static void through(const char *text, struct tta_layout l, size_t own_count, const char *wanted)
{
    struct tta_reader *r = start_text(text, l.from, l.dialect);
    struct tta_buffer out = {0};
    struct tta_error e = {0};
    struct tta_row row;
    const struct tta_text *names = l.names;
    int rc;

    l.names = tta_reader_columns(r, &l.name_count);
    l.names = names == NULL ? l.names : names;
    ck_assert_int_eq(tta_render_header(&out, &l, tta_reader_header_raw(r), own, own_count), 0);
    while ((rc = tta_reader_next(r, &row, &e)) == 1) {
        l.names = names == NULL ? tta_reader_columns(r, &l.name_count) : names;
        ck_assert_int_eq(tta_render_pass(&out, &l, &row), 0);
        ck_assert_int_eq(tta_render_own(&out, &l, own, slots, own_count), 0);
    }
    ck_assert_int_eq(rc, 0);
    tta_buffer_char(&out, '\0');
    ck_assert_str_eq(out.ptr, wanted);
    tta_buffer_release(&out);
    tta_reader_free(r);
}

#define OWN_DK_HEADER "text;integer;decimal;money;date;bool;number;choice"
#define OWN_DK "\"a;\"\"\";-5;1,5;1,50;02-01-1970;false;2,5;\"dark; green\""
#define OWN_JSON                                                                                   \
    "\"text\":\"a;\\\"\",\"integer\":-5,\"decimal\":1.5,\"money\":1.50,\"date\":\"1970-01-02\","   \
    "\"bool\":false,\"number\":2.5,\"choice\":\"dark; green\""

START_TEST(csv_to_csv)
{
    struct tta_layout l = layout(TTA_CSV, TTA_CSV, &tta_dialect_dk);

    /* untouched: quotes that are not needed, spaces, line feeds inside */
    through("\"a\"; b\r\n\"1\";\" x\n\"\"\"\r\n;", l, 0, "\"a\"; b\n\"1\";\" x\n\"\"\"\n;\n");
    through("a\n1,5\n", l, OWN, "a;" OWN_DK_HEADER "\n1,5;" OWN_DK "\n");
    l.crlf = true;
    through("a;b\n1;2\n", l, 1, "a;b;text\r\n1;2;\"a;\"\"\"\r\n");
    through("a\n\"\"\n", l, 0, "a\r\n\"\"\r\n");
}
END_TEST

START_TEST(csv_to_json)
{
    struct tta_layout l = layout(TTA_CSV, TTA_JSONL, &tta_dialect_default);

    /* cells are texts: nothing is guessed */
    through("a,b\n007,\n\"x\n\"\"\",true\n", l, 0,
            "{\"a\":\"007\",\"b\":\"\"}\n{\"a\":\"x\\n\\\"\",\"b\":\"true\"}\n");
    through("a\n1\n", l, OWN, "{\"a\":\"1\"," OWN_JSON "}\n");
}
END_TEST

START_TEST(json_to_csv)
{
    struct tta_layout l = layout(TTA_JSONL, TTA_CSV, &tta_dialect_dk);

    through("{\"a\":1.5,\"b\":\"1.5\",\"c\":null,\"d\":true,\"e\":[1.5,\"x;\"],\"f\":-1e-3}\n", l,
            0, "a;b;c;d;e;f\n1,5;1.5;;true;\"[1.5,\"\"x;\"\"]\";-1e-3\n");
    through("{\"a\":1,\"b\":2}\n{\"b\":3}\n", l, 1, "a;b;text\n1;2;\"a;\"\"\"\n;3;\"a;\"\"\"\n");
    through("{\"a\":1}\n{}\n{\"a\":\"\"}\n{\"a\":null}\n", l, 0, "a\n1\n\"\"\n\"\"\n\"\"\n");
    through("{\"a;b\":\"x\\ny\"}\n", l, 0, "\"a;b\"\n\"x\ny\"\n");
    through("{\"\":1}\n", l, 0, "\"\"\n1\n");
    l.dialect = &tta_dialect_default;
    through("{\"a\":1.50}\n", l, 0, "a\n1.50\n");
}
END_TEST

START_TEST(json_to_json)
{
    struct tta_layout l = layout(TTA_JSONL, TTA_JSONL, &tta_dialect_default);
    static const struct tta_text renamed[] = {{"x", 1}, {"b", 1}};

    /* verbatim: spaces, escapes, numbers as written */
    through(" { \"a\" : 1.50 , \"b\":\"\\u00e6\\/\" } \r\n{\"b\":[ 1 ]}\n", l, 0,
            "{ \"a\" : 1.50 , \"b\":\"\\u00e6\\/\"}\n{\"b\":[ 1 ]}\n");
    through("{\"a\":1} \n{ }\n", l, 1, "{\"a\":1,\"text\":\"a;\\\"\"}\n{\"text\":\"a;\\\"\"}\n");
    through("{}\n", l, OWN, "{" OWN_JSON "}\n");
    l.renamed = true;
    l.names = renamed;
    through("{ \"a\" : 1.50, \"b\":\"\\u00e6}\"}\n{\"b\":{\"c\" : null}}\n{\"b\":null}\n", l, 1,
            "{\"x\":1.50,\"b\":\"\xC3\xA6}\",\"text\":\"a;\\\"\"}\n"
            "{\"b\":{\"c\" : null},\"text\":\"a;\\\"\"}\n{\"b\":null,\"text\":\"a;\\\"\"}\n");
}
END_TEST

START_TEST(renamed_header)
{
    static const struct tta_text renamed[] = {{"x;y", 3}, {"b", 1}};
    struct tta_layout l = layout(TTA_CSV, TTA_CSV, &tta_dialect_dk);

    l.renamed = true;
    l.names = renamed;
    through("\"a\";\"b\"\n\"1\";2\n", l, 0, "\"x;y\";b\n\"1\";2\n");
}
END_TEST

/* Missing values of every type, and numbers that are none. */
START_TEST(missing_values)
{
    struct tta_layout l = layout(TTA_CSV, TTA_CSV, &tta_dialect_dk);
    union tta_slot none[OWN], infinite = {.number = INFINITY};
    struct tta_buffer out = {0};

    for (size_t i = 0; i < OWN; i++)
        tta_type_set_missing(own[i].type, &none[i]);
    ck_assert_int_eq(tta_render_own(&out, &l, own, none, OWN), 0);
    ck_assert_int_eq(tta_render_own(&out, &l, own, none, 1), 0); /* a lone empty cell */
    ck_assert_int_eq(tta_render_own(&out, &l, own + 6, &infinite, 1), 0);
    l.to = TTA_JSONL;
    tta_buffer_char(&out, '{');
    ck_assert_int_eq(tta_render_own(&out, &l, own, none, 2), 0);
    tta_buffer_char(&out, '{');
    ck_assert_int_eq(tta_render_own(&out, &l, own + 6, &infinite, 1), 0);
    tta_buffer_char(&out, '\0');
    ck_assert_str_eq(out.ptr, ";;;;;;;\n\"\"\n\"\"\n{\"text\":null,\"integer\":null}\n"
                              "{\"number\":null}\n");
    tta_buffer_release(&out);
}
END_TEST

/* No column of the input goes through: summaries. */
START_TEST(own_columns_only)
{
    struct tta_layout l = layout(TTA_CSV, TTA_CSV, &tta_dialect_dk);
    struct tta_buffer out = {0};
    struct tta_row row = {.raw = {"1;2", 3}};

    for (int to = 0; to < 2; to++) {
        l.to = (enum tta_format)to;
        ck_assert_int_eq(tta_render_header(&out, &l, tta_text_of("a;b"), own, OWN), 0);
        ck_assert_int_eq(tta_render_pass(&out, &l, &row), 0);
        ck_assert_int_eq(tta_render_own(&out, &l, own, slots, OWN), 0);
    }
    tta_buffer_char(&out, '\0');
    /* numbers are JSON's own, dates those of the dialect */
    ck_assert_str_eq(out.ptr, OWN_DK_HEADER
                     "\n" OWN_DK "\n"
                     "{\"text\":\"a;\\\"\",\"integer\":-5,\"decimal\":1.5,\"money\":1.50,"
                     "\"date\":\"02-01-1970\",\"bool\":false,\"number\":2.5,"
                     "\"choice\":\"dark; green\"}\n");
    tta_buffer_release(&out);
}
END_TEST

Suite *io_render_suite(void)
{
    Suite *s = suite_create("io/render");
    TCase *t = tcase_create("all");

    tcase_add_test(t, csv_cells);
    tcase_add_test(t, json_strings);
    tcase_add_test(t, csv_to_csv);
    tcase_add_test(t, csv_to_json);
    tcase_add_test(t, json_to_csv);
    tcase_add_test(t, json_to_json);
    tcase_add_test(t, renamed_header);
    tcase_add_test(t, missing_values);
    tcase_add_test(t, own_columns_only);
    suite_add_tcase(s, t);
    return s;
}
