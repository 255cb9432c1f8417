/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The law of the CSV reader: on any bytes, cut anywhere, it says what libcsv and
 * the rules of include/tta/reader.h say (tests/fuzz/csv_reference.h): the same
 * cells, raw bytes, line and record numbers, and errors at the same places.
 */
#include "csv_same.h"

#include <stdio.h>

Suite *io_csv_law_suite(void);

#define S(literal)                                                                                 \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    }
static const struct tta_text nasty[] = {
    S(""),
    S("\n"),
    S("\r\n"),
    S("\r"),
    S("\n\n\n"),
    S("a"),
    S("a\n"),
    S("a\n\n"),
    S("a\n\r"),
    S("a\n\r\n1\n"),
    S("a\n\"\"\n"),
    S("a\n\"\"\n\n\"\""),
    S("\"\"\n\n"),
    S("\"\"\n\"\"\n"),
    S("a,b\n1,2"),
    S("a,b\r\n1,2\r\n"),
    S("a,b\r\n1,2\r"),
    S("a,b\r1,2\r"),
    S("a,b\n1,2\r\r\n"),
    S("a,b\n\r1,2\n3,4\n"),
    S("a,b\n1\r,2\n3,4\n"),
    S("a,b\n\r\"1\",2\n3,4\n"),
    S("a,b\n\r\"1\n\",2\n3,4\n"),
    S("a,b\n1,\"2\"\r\r\n3,4\n"),
    S("a,b\n1,\"2\"\r3,\"4\n5,6\n"),
    S("a,b\n1,\r\"2\n3,4\n"),
    S("a,b\n1,\"2\"\r"),
    S("a,b\n1,\"2\"\r\n\r"),
    S("a,b\n1,\"\r\"\n"),
    S("a,b\n1,\"\r\n\"\r\n2,\"\n\r\"\n"),
    S("a,b\n1,\"x\n\n\ny\"\n2,3\n"),
    S("a,b\n1,\"x\"\"y\"\n"),
    S("a,b\n1,\"\"\"\"\n"),
    S("a,b\n1,\"\"\"\n"),
    S("a,b\n1,\"\"\n"),
    S("a,b\n\"\",\"\"\n"),
    S("a,b\n1,x\"y\n2,3\n"),
    S("a,b\n1,x\"\n2,3\n"),
    S("a,b\n1,\"x\"y\n2,3\n"),
    S("a,b\n1,\"x\" \n2,3\n"),
    S("a,b\n1, \"x\"\n2,3\n"),
    S("a,b\n\"1\n2\"3,4\n5,6\n"),
    S("a,b\n1,\"open\n2,3\n4,5\n"),
    S("a,b\n\"1\n2\",\"open\n3\n"),
    S("a,b\n1,\""),
    S("a,b\n\n\n1,\"x"),
    S("\"a\nb\",\"c"),
    S("\"open header\na,b\n"),
    S("a\"b,c\n1,2\n"),
    S("a,b\n1\n2,3\n"),
    S("a,b\n1,2,3\n4,5\n"),
    S("a,b\n,\n"),
    S("a,b\n,"),
    S("a,b\n\n,\n\n"),
    S("a;b,c\n1;2,3\n"),
    S("a\tb,c\n1\t2,3\n"),
    S(" a , b \n 1 , 2 \n"),
    S("a,b\n1,\0\n2,3\n"),
    S("a,b\n1,\"\0\"\n2,3\n"),
    S("a,b\n1,\"\0\n\"\n2,3\n"),
    S("a,b\n\0\r,\n2,3\n"),
    S("\0"),
    S("a,b\n1,\x01\x1f\x7f\n"),
    S("a,b\n\xC3\xA6,\xC3\xB8\n\xE6,1\n1,2\n"),
    S("a,b\n1,\"\xE6\"\n1,2\n"),
    S("a,b\n1,\xED\xA0\x80\n1,\xF4\x90\x80\x80\n1,\xC0\x80\n1,\xE0\x9F\xBF\n1,\xF0\x8F\xBF\xBF\n"),
    S("a,b\n1,\xC3\n\xA6,2\n"),
    S("a,b\n1,\xEF\xBF\xBF\xF4\x8F\xBF\xBF\n1,\xC3"),
    S("\xEF\xBB\xBF"),
    S("\xEF\xBB\xBF\n"),
    S("\xEF\xBB\xBF"
      "a,b\n1,2\n"),
    S("\xEF\xBB\xBF\"a\",b\n1,2\n"),
    S("\xEF\xBB"),
    S("\xEF\xBB\xBF\xEF\xBB\xBF"
      "a\n1\n"),
    S("\xFF\xFE"
      "a\0\n\0"),
    S("\xFE\xFF\0a\0\n"),
    S("\xFF\xFE"),
    S("\xFF"),
};

START_TEST(nasty_inputs)
{
    same(nasty[_i].ptr, nasty[_i].len, (uint64_t)_i + 1);
}
END_TEST

/* Texts made of the bytes that matter to CSV; what they turned out to be is counted. */
struct seen {
    int whole, broken, open, several_lines;
};

static size_t random_text(char *out, size_t size, uint64_t *state)
{
    static const char *const parts[] = {"a",  "a",    ",",         ",",    ";",  "\"", "\"",
                                        "\n", "\n",   "\r",        "\r\n", "",   " ",  "\xC3\xA6",
                                        "1",  "\xE6", "\"\n\",\"", "\"\"", "\t", "|",  "\",\""};
    size_t count = feed_below(state, 24), n = 0;

    if (feed_below(state, 4) > 0) /* a header, so that not all ends with the first line */
        n = (size_t)snprintf(out, size, "%s", feed_below(state, 3) > 0 ? "a,b\n" : "a\n");
    for (size_t i = 0; i < count; i++) {
        size_t which = feed_below(state, sizeof parts / sizeof *parts);
        size_t len = parts[which][0] == '\0' ? 1 : strlen(parts[which]); /* "" is a NUL byte */

        if (n + len > size)
            break;
        if (which == 11 && feed_below(state, 3) > 0)
            continue;
        memcpy(out + n, parts[which], len);
        n += len;
    }
    return n;
}

static void count_kinds(const char *bytes, size_t len, struct seen *seen)
{
    struct reference r;

    ref_read(&r, bytes, len, ',');
    for (size_t i = 1; i < r.count; i++) {
        seen->whole += !r.records[i].broken;
        seen->broken += r.records[i].broken;
        seen->several_lines += !r.records[i].broken &&
                               memchr(bytes + r.records[i].raw, '\n', r.records[i].raw_len) != NULL;
    }
    seen->open += r.fatal_line != 0 && r.count > 0;
    ref_release(&r);
}

#define TEXTS 4000

START_TEST(random_inputs)
{
    struct seen seen = {0};
    uint64_t state = 20091117;
    char text[128];

    for (uint64_t i = 1; i <= TEXTS; i++) {
        size_t len = random_text(text, sizeof text, &state);

        same(text, len, i);
        count_kinds(text, len, &seen);
    }
    /* all kinds must have come up, or the test shows nothing */
    ck_assert_int_gt(seen.whole, TEXTS / 8);
    ck_assert_int_gt(seen.broken, TEXTS / 2);
    ck_assert_int_gt(seen.open, TEXTS / 10);
    ck_assert_int_gt(seen.several_lines, TEXTS / 50);
}
END_TEST

START_TEST(random_bytes)
{
    uint64_t state = 20140704;
    char text[64];

    for (uint64_t i = 1; i <= 1000; i++) {
        size_t len = feed_below(&state, sizeof text + 1);

        for (size_t k = 0; k < len; k++)
            text[k] = (char)feed_below(&state, 256);
        same(text, len, i);
    }
}
END_TEST

Suite *io_csv_law_suite(void)
{
    Suite *s = suite_create("io/csv_law");
    TCase *t = tcase_create("all");

    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, nasty_inputs, 0, sizeof nasty / sizeof *nasty);
    tcase_add_test(t, random_inputs);
    tcase_add_test(t, random_bytes);
    suite_add_tcase(s, t);
    return s;
}
