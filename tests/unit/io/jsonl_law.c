/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The law of the JSON Lines reader: on any bytes, cut anywhere, it says what
 * Jansson says (tests/fuzz/jsonl_reference.h): the same lines pass, with the same
 * values under the same columns.
 */
#include "../../fuzz/jsonl_reference.h"

#include <check.h>

Suite *io_jsonl_law_suite(void);

static void same(const char *bytes, size_t len, uint64_t seed)
{
    for (uint64_t way = 0; way < 4; way++) {
        uint64_t state = seed * 2654435761U + way;
        const char *differs = jref_check(bytes, len, way == 0 || state == 0 ? NULL : &state);

        ck_assert_msg(differs == NULL, "%s: %.*s", differs, (int)len, bytes);
    }
}

/* Values and no values; each is tried in an object, in a list in an object, and by itself. */
static const struct tta_text values[] = {
#define S(literal)                                                                                 \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    }
    S("1"),
    S("-1"),
    S("0"),
    S("-0"),
    S("-"),
    S("+1"),
    S("01"),
    S("-01"),
    S("1."),
    S(".5"),
    S("1.5"),
    S("1.e3"),
    S("1e"),
    S("1e+"),
    S("1e3"),
    S("1E-3"),
    S("1.5e+03"),
    S("1e400"),
    S("-1e999"),
    S("1e-999"),
    S("99999999999999999999999"),
    S("-99999999999999999999.5e3"),
    S("1 2"),
    S("0x1"),
    S("1f"),
    S("NaN"),
    S("Infinity"),
    S("-Infinity"),
    S("true"),
    S("false"),
    S("null"),
    S("True"),
    S("tru"),
    S("truex"),
    S("nul"),
    S("NULL"),
    S(""),
    S(","),
    S(":"),
    S("{"),
    S("}"),
    S("["),
    S("]"),
    S("[]"),
    S("{}"),
    S("[,]"),
    S("[1,]"),
    S("[1 2]"),
    S("[[[]]]"),
    S("{,}"),
    S("{1:2}"),
    S("{\"a\"}"),
    S("{\"a\":}"),
    S("{\"a\":1,}"),
    S("{\"a\":1,\"a\":2}"),
    S("[{\"b\":1,\"b\":{\"c\":[]}}]"),
    S("{\"a\" : 1 , \"b\" : [ ] }"),
    S("\"\""),
    S("\"a"),
    S("\"a\"b"),
    S("'a'"),
    S("\"\\\"\""),
    S("\"\\\\\""),
    S("\"\\/\""),
    S("\"\\b\\f\\n\\r\\t\""),
    S("\"\\a\""),
    S("\"\\x41\""),
    S("\"\\\""),
    S("\"\\"),
    S("\"\\u\""),
    S("\"\\u00e6\""),
    S("\"\\u00E6\""),
    S("\"\\u00g6\""),
    S("\"\\u00e\""),
    S("\"\\u0000\""),
    S("\"\\u0001\\u001f\\u007f\""),
    S("\"\\ud83d\\ude00\""),
    S("\"\\ud83d\""),
    S("\"\\ude00\""),
    S("\"\\ud83d\\ud83d\""),
    S("\"\\ud83dx\""),
    S("\"\\ud83d\\ue000\""),
    S("\"\\ud800\\udc00\""),
    S("\"\\udbff\\udfff\""),
    S("\"\\ud83d\\udbff\""),
    S("\"\x1f\""),
    S("\"\x20\""),
    S("\"\\uffff\\ufffe\\ufdd0\""),
    S("\"\\U00e6\""),
    S("\"\xC3\xA6\""),
    S("\"\xE6\""),
    S("\"\xED\xA0\x80\""),
    S("\"\xF4\x90\x80\x80\""),
    S("\"\xF0\x9F\x98\x80\""),
    S("\"\xC0\x80\""),
    S("\"\t\""),
    S("\"\x01\""),
    S("\"\x7f\""),
    S("\"\0\""),
    S("1\0"),
    S("\0"
      "1"),
    S("\"a\rb\""),
    S("1\r"),
    S("\v1"),
    S("\xC2\xA0"
      "1"),
    S(" \t\r1 \t\r"),
    S("/*c*/1"),
    S("1//c"),
    S("#"),
    S("\xEF\xBB\xBF"
      "1"),
    S("\"a\" \"b\""),
    S("\"a\",\"b\""),
    S("1,\"b\":2"),
    S("1,\"a\":2"),
    S("1,\"\\u0061\":2"),
    S("1,\"\":2"),
    S("1 ,\"b\" : 2 "),
    S("1,b:2"),
    S("1,,\"b\":2"),
    S("1,\"b\""),
    S("1,\"b\",2"),
    S("1}"),
    S("1}}"),
    S("1},{}"),
    S("1]"),
};

START_TEST(values_everywhere)
{
    struct tta_text v = values[_i];
    static const char *const around[][2] = {
        {"{\"a\":", "}"},   {"{\"a\":[", "]}"},       {"{\"a\":{\"c\":", "}}"}, {"", ""},
        {"{\"b\":0,", "}"}, {" {\t\"a\" :", " } \t"}, {"{\"a\":0,", ":1}"},
    };

    for (size_t i = 0; i < sizeof around / sizeof *around; i++) {
        struct tta_buffer b = {0};

        tta_buffer_string(&b, "{\"x\":\"first\"}\n");
        tta_buffer_string(&b, around[i][0]);
        tta_buffer_append(&b, v.ptr, v.len);
        tta_buffer_string(&b, around[i][1]);
        same(b.ptr, b.len, i + 1); /* ends without a line feed */
        tta_buffer_string(&b, "\n{\"x\":1,\"a\":2}\n");
        same(b.ptr, b.len, i + 1);
        same(b.ptr + 14, b.len - 14, i + 1); /* as the first line */
        tta_buffer_release(&b);
    }
}
END_TEST

static void add_string(struct tta_buffer *b, uint64_t *state)
{
    static const char *const parts[] = {
        "a", "b", "\\n", "\\u00e6", "\xC3\xA6", "\\\"", "\\ud83d\\ude00",
        " ", ",", "{",   "\\\\",    "/"};

    tta_buffer_char(b, '"');
    for (uint64_t n = feed_below(state, 4); n > 0; n--)
        tta_buffer_string(b, parts[feed_below(state, sizeof parts / sizeof *parts)]);
    tta_buffer_char(b, '"');
}

static void add_value(struct tta_buffer *b, uint64_t *state, int depth);

static void add_members(struct tta_buffer *b, uint64_t *state, int depth)
{
    uint64_t count = feed_below(state, 4);

    tta_buffer_char(b, '{');
    for (uint64_t i = 0; i < count; i++) {
        tta_buffer_string(b, i > 0 ? "," : "");
        add_string(b, state);
        tta_buffer_string(b, feed_below(state, 4) > 0 ? ":" : " : ");
        add_value(b, state, depth + 1);
    }
    tta_buffer_char(b, '}');
}

static void add_value(struct tta_buffer *b, uint64_t *state, int depth)
{
    static const char *const plain[] = {"0", "-1.5", "1e3", "true", "false", "null", "12345678901"};
    uint64_t which = feed_below(state, depth < 5 ? 10 : 8);

    if (which < 4)
        tta_buffer_string(b, plain[feed_below(state, sizeof plain / sizeof *plain)]);
    else if (which < 8)
        add_string(b, state);
    else if (which == 8)
        add_members(b, state, depth);
    else {
        tta_buffer_char(b, '[');
        add_value(b, state, depth + 1);
        tta_buffer_char(b, ']');
    }
}

/* Objects as a program would write them; one byte in three files is then changed or lost. */
START_TEST(generated_files)
{
    static const char damage[] = "{}[]\":,\\ntu0\n\r \xE6";
    uint64_t state = 5;
    int damaged = 0;

    for (uint64_t i = 1; i <= 4000; i++) {
        struct tta_buffer b = {0};

        for (uint64_t lines = 1 + feed_below(&state, 5); lines > 0; lines--) {
            add_members(&b, &state, 0);
            tta_buffer_string(&b, feed_below(&state, 4) > 0 ? "\n" : "\r\n");
        }
        if (feed_below(&state, 3) == 0) {
            b.ptr[feed_below(&state, b.len)] = damage[feed_below(&state, sizeof damage)];
            damaged++;
        }
        same(b.ptr, b.len - feed_below(&state, 2), i);
        tta_buffer_release(&b);
    }
    ck_assert_int_gt(damaged, 1000);
}
END_TEST

START_TEST(nested_deep)
{
    for (int depth = 60; depth < 70; depth++) {
        struct tta_buffer b = {0};

        tta_buffer_string(&b, "{\"a\":");
        for (int i = 0; i < depth; i++)
            tta_buffer_string(&b, i % 2 > 0 ? "[" : "{\"k\":");
        tta_buffer_char(&b, '1');
        for (int i = depth; i-- > 0;)
            tta_buffer_char(&b, i % 2 > 0 ? ']' : '}');
        tta_buffer_string(&b, "}\n");
        same(b.ptr, b.len, 1);
        tta_buffer_release(&b);
    }
}
END_TEST

/* Lines that straddle the blocks of the reader, with escapes and without. */
START_TEST(long_lines)
{
    static const char *const fill[] = {"x", "\\u00e6", "\\n", "\xC3\xA6", " "};

    for (size_t f = 0; f < sizeof fill / sizeof *fill; f++) {
        struct tta_buffer b = {0};

        for (int line = 0; line < 40; line++) {
            tta_buffer_format(&b, "{\"a\":%d,\"text\":\"", line);
            for (int i = 0; i < line * 500; i++)
                tta_buffer_string(&b, fill[f]);
            tta_buffer_format(&b, "\",\"c%d\":[%d]}\n", line % 7, line);
        }
        ck_assert_uint_gt(b.len, 350000);
        same(b.ptr, b.len, 1);
        tta_buffer_release(&b);
    }
}
END_TEST

Suite *io_jsonl_law_suite(void)
{
    Suite *s = suite_create("io/jsonl_law");
    TCase *t = tcase_create("all");

    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, values_everywhere, 0, sizeof values / sizeof *values);
    tcase_add_test(t, generated_files);
    tcase_add_test(t, nested_deep);
    tcase_add_test(t, long_lines);
    suite_add_tcase(s, t);
    return s;
}
