/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bytes as code points, and files in every encoding: the same rows, or an error in its line. */
#include "support.h"

#include "tta/encoding.h"
#include "../base/quick.h"

Suite *io_encoding_suite(void);

START_TEST(every_code_point)
{
    char out[4];

    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        size_t size, wanted = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        size = tta_utf8_write(c, out);
        if (size != wanted || tta_utf8_sequence(out, size) != size ||
            tta_utf8_prefix(out, size) != size)
            ck_abort_msg("U+%04X", (unsigned)c);
        for (size_t cut = 1; cut < size; cut++)
            quick_assert(tta_utf8_sequence(out, cut) == 0);
    }
}
END_TEST

/* Whether the three or four bytes are one character, by Unicode's bit patterns. */
static size_t one_character(const unsigned char *p)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t size = p[0] < 0x80 ? 1 : p[0] < 0xC0 ? 0 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    uint32_t c = size > 1 ? p[0] & (0x7FU >> size) : p[0];

    if (size == 0 || p[0] > 0xF7)
        return 0;
    for (size_t i = 1; i < size; i++) {
        if (p[i] >> 6 != 2)
            return 0;
        c = c << 6 | (p[i] & 0x3F);
    }
    return c < least[size] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF) ? 0 : size;
}

START_TEST(every_sequence)
{
    /* the last two bytes only need to be inside, beside and far from the range 80..BF */
    static const unsigned char tails[] = {0x00, 0x7F, 0x80, 0xBF, 0xC0, 0xFF};

    for (int a = 0; a < 256; a++)
        for (int b = 0; b < 256; b++)
            for (size_t c = 0; c < 36; c++) {
                unsigned char p[4] = {(unsigned char)a, (unsigned char)b, tails[c / 6],
                                      tails[c % 6]};

                if (tta_utf8_sequence((const char *)p, 4) != one_character(p))
                    ck_abort_msg("%02x %02x %02x %02x", p[0], p[1], p[2], p[3]);
            }
}
END_TEST

START_TEST(prefixes)
{
    char bytes[40];

    for (size_t bad = 0; bad < sizeof bytes; bad++)
        for (size_t from = 0; from <= bad; from++) { /* at every alignment */
            memset(bytes, 'a', sizeof bytes);
            bytes[bad] = '\xE6';
            ck_assert_uint_eq(tta_ascii_prefix(bytes + from, sizeof bytes - from), bad - from);
            ck_assert_uint_eq(tta_utf8_prefix(bytes + from, sizeof bytes - from), bad - from);
            ck_assert_uint_eq(tta_utf8_prefix(bytes + from, bad - from), bad - from);
        }
    ck_assert_uint_eq(tta_utf8_prefix("\xC3\xA6"
                                      "a\xC3",
                                      4),
                      3);
}
END_TEST

/* 0x80 to 0x9F as Microsoft's and Unicode's table CP1252.TXT has them. */
static const uint32_t c1[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

/* "a" / the byte between two marks; read back as the code point, or refused on line 2. */
static void single_byte(int byte, enum tta_encoding encoding, uint32_t code_point)
{
    struct tta_dialect d = tta_dialect_default;
    char bytes[] = {'a', '\n', '<', (char)byte, '>', '\n'}, wanted[8] = "<";
    struct tta_reader *r;
    struct tta_error e = {0};
    struct tta_row row;
    size_t n = 1 + tta_utf8_write(code_point, wanted + 1);
    int rc;

    wanted[n] = '>';
    d.encoding = encoding;
    r = start_bytes(bytes, sizeof bytes, TTA_CSV, &d);
    rc = tta_reader_next(r, &row, &e);
    if (byte == '\n' || byte == '"' || byte == '\0' || byte == '\r' || byte == ',') {
        /* their meaning in CSV is tried elsewhere */
    } else if (code_point == 0) {
        ck_assert_int_eq(rc, TTA_E_DATA);
        ck_assert_int_eq(e.line, 2);
        ck_assert_ptr_nonnull(strstr(e.text, "Windows-1252"));
    } else {
        ck_assert_msg(rc == 1, "byte %02x: %s", (unsigned)byte, e.text);
        ck_assert_uint_eq(row.cells[0].len, n + 1);
        ck_assert_int_eq(memcmp(row.cells[0].ptr, wanted, n + 1), 0);
    }
    tta_reader_free(r);
}

START_TEST(all_bytes)
{
    for (int byte = 0; byte < 256; byte++) {
        uint32_t cp1252 = byte >= 0x80 && byte < 0xA0 ? c1[byte - 0x80] : (uint32_t)byte;

        ck_assert_uint_eq(tta_windows_1252((unsigned char)byte), cp1252);
        single_byte(byte, TTA_WINDOWS_1252, cp1252);
        single_byte(byte, TTA_ISO_8859_1, (uint32_t)byte);
        if (byte < 0x80 || byte >= 0xC0) /* behind these no '>' makes a UTF-8 sequence */
            single_byte(byte, TTA_ENCODING_DK, cp1252);
    }
}
END_TEST

/* UTF-8 as UTF-16 with or without a mark; the caller frees. */
static char *utf16(const char *utf8, bool big, bool mark, size_t *len)
{
    char *out = malloc(2 * strlen(utf8) + 2);
    size_t n = 0;

    for (const unsigned char *p = (const unsigned char *)utf8; mark || *p != '\0';) {
        size_t size = mark ? 0 : tta_utf8_sequence((const char *)p, 4);
        uint32_t c = mark ? 0xFEFF : size == 1 ? *p : *p & (0x7FU >> size);
        uint32_t units[2];

        for (size_t i = 1; i < size; i++)
            c = c << 6 | (p[i] & 0x3F);
        mark = false;
        p += size;
        units[0] = c < 0x10000 ? c : 0xD800 + ((c - 0x10000) >> 10);
        units[1] = 0xDC00 + ((c - 0x10000) & 0x3FF);
        for (int i = 0; i < (c < 0x10000 ? 1 : 2); i++) {
            out[n++] = (char)(big ? units[i] >> 8 : units[i]);
            out[n++] = (char)(big ? units[i] : units[i] >> 8);
        }
    }
    *len = n;
    return out;
}

#define TEXT "navn,\xC3\xA6\n\xE2\x82\xAC,\xF0\x9F\x98\x80\n\xC3\xB8,\xEF\xBF\xBD\n"
#define ROWS "\xE2\x82\xAC|\xF0\x9F\x98\x80\n\xC3\xB8|\xEF\xBF\xBD\n"

START_TEST(utf_16)
{
    static const struct {
        enum tta_encoding encoding;
        bool big, mark;
    } good[] = {
        {TTA_UTF16, false, true},    {TTA_UTF16, true, true},        {TTA_UTF16, false, false},
        {TTA_UTF16_LE, false, true}, {TTA_UTF16_LE, false, false},   {TTA_UTF16_BE, true, true},
        {TTA_UTF16_BE, true, false}, {TTA_ENCODING_DK, false, true}, {TTA_ENCODING_DK, true, true},
    };

    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct tta_dialect d = tta_dialect_default;
        size_t len;
        char *bytes = utf16(TEXT, good[i].big, good[i].mark, &len);

        d.encoding = good[i].encoding;
        expect_rest(start_bytes(bytes, len, TTA_CSV, &d), ROWS);
        free(bytes);
    }
}
END_TEST

/* A file with a mark that says otherwise than the option is refused at its first line. */
START_TEST(contradicting_marks)
{
    static const struct {
        enum tta_encoding encoding;
        const char *bytes;
    } bad[] = {
        {TTA_UTF8, "\xFF\xFE"
                   "a"},
        {TTA_UTF8, "\xFE\xFF"
                   "a"},
        {TTA_WINDOWS_1252, "\xFF\xFE"
                           "a"},
        {TTA_UTF16_LE, "\xFE\xFF"
                       "ab"},
        {TTA_UTF16_BE, "\xFF\xFE"
                       "ab"},
        {TTA_WINDOWS_1252, "\xEF\xBB\xBF"
                           "a"},
        {TTA_UTF16, "\xEF\xBB\xBF"
                    "a"},
        {TTA_ISO_8859_1, "\xEF\xBB\xBF"
                         "a"},
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct tta_dialect d = tta_dialect_default;
        struct tta_error e = {0};
        struct tta_reader *r;

        d.encoding = bad[i].encoding;
        r = open_bytes(bad[i].bytes, strlen(bad[i].bytes), TTA_CSV, &d);
        ck_assert_int_eq(tta_reader_start(r, &e), TTA_E_DATA);
        ck_assert_int_eq(e.line, 1);
        ck_assert_ptr_nonnull(strstr(e.text, "see --encoding"));
        tta_reader_free(r);
    }
}
END_TEST

/* What is before the broken character is read; the error names the line that it is in. */
static void broken_in_line_3(const char *bytes, size_t len, enum tta_encoding encoding)
{
    struct tta_dialect d = tta_dialect_default;
    struct tta_error e = {0};
    struct tta_reader *r;
    struct tta_row row;

    d.encoding = encoding;
    r = start_bytes(bytes, len, TTA_CSV, &d);
    ck_assert_int_eq(tta_reader_next(r, &row, &e), 1);
    ck_assert_int_eq(tta_reader_next(r, &row, &e), TTA_E_DATA);
    ck_assert_ptr_null(row.raw.ptr);
    ck_assert_int_eq(e.line, 3);
    ck_assert_str_eq(e.source, "a file");
    ck_assert_ptr_nonnull(strstr(e.text, "does not have, near byte"));
    tta_reader_free(r);
}

START_TEST(broken_characters)
{
    broken_in_line_3(BYTES("a\n1\n2\x81\n3\n"), TTA_WINDOWS_1252);
    broken_in_line_3(BYTES("a\n1\n\"2\x81\"\n3\n"), TTA_WINDOWS_1252);
    broken_in_line_3(BYTES("a\n\xE6\n2\x81\n3\n"), TTA_ENCODING_DK);
    /* half a pair: the second alone, the first alone, the first at the end, half a unit */
    broken_in_line_3(BYTES("a\0\n\0"
                           "1\0\n\0"
                           "2\0\x00\xDC\n\0"),
                     TTA_UTF16_LE);
    broken_in_line_3(BYTES("a\0\n\0"
                           "1\0\n\0"
                           "2\0\x3D\xD8\n\0"),
                     TTA_UTF16_LE);
    broken_in_line_3(BYTES("a\0\n\0"
                           "1\0\n\0"
                           "2\0\x3D\xD8\x3D\xD8\n\0"),
                     TTA_UTF16_LE);
    broken_in_line_3(BYTES("a\0\n\0"
                           "1\0\n\0"
                           "2\0\x3D\xD8"),
                     TTA_UTF16_LE);
    broken_in_line_3(BYTES("a\0\n\0"
                           "1\0\n\0"
                           "2\0\n"),
                     TTA_UTF16_LE);
    broken_in_line_3(BYTES("\0a\0\n\0"
                           "1\0\n\xDC\0\0\n"),
                     TTA_UTF16_BE);
}
END_TEST

/* The first byte outside ASCII settles it, also across the ends of the blocks that are read. */
static void settled(size_t ascii, const char *behind, const char *first_row)
{
    char *bytes = malloc(ascii + 32), *rest;
    struct tta_reader *r;
    size_t n = 0;

    bytes[n++] = 'a';
    bytes[n++] = '\n';
    for (; n < ascii - 1; n++)
        bytes[n] = n % 64 > 0 ? 'x' : '\n';
    bytes[n++] = '\n';
    n += (size_t)snprintf(bytes + n, 32, "%s", behind);
    r = start_bytes(bytes, n, TTA_CSV, &tta_dialect_dk);
    rest = rest_of(r);
    ck_assert_msg(strstr(rest, first_row) != NULL, "%zu: no %s", ascii, first_row);
    free(rest);
    free(bytes);
    tta_reader_free(r);
}

START_TEST(dk_settles_once)
{
    static const struct {
        const char *behind, *row;
    } files[] = {
        {"<\xC3\xA6>\n", "<\xC3\xA6>"}, /* a sequence: UTF-8 */
        {"<\xE6>\n", "<\xC3\xA6>"},     /* none: Windows-1252 */
        {"<\xC3", "<\xC3\x83"},         /* half a sequence at the end: Windows-1252 */
        {"<\xE6>\n<\xC3\xA6>\n", "two encodings in one file"},
        {"<\xE6>\n<\xC3>\n", "<\xC3\x83>"},
        {"<\xC3\xA6>\n<\xE6>\n", "a byte that is not UTF-8"},
        {"<\xF0\x9F\x98\x80>\n", "<\xF0\x9F\x98\x80>"},
        {"<\xE2\x82>\n", "<\xC3\xA2\xE2\x80\x9A>"},
        {"<\x80>\n", "<\xE2\x82\xAC>"},
    };
    static const size_t places[] = {10, 65533, 65534, 65535, 65536, 131070, 131071, 262143};

    for (size_t f = 0; f < sizeof files / sizeof *files; f++)
        for (size_t i = 0; i < sizeof places / sizeof *places; i++)
            settled(places[i], files[f].behind, files[f].row);
}
END_TEST

/* More text than any block, of characters that grow when converted. */
START_TEST(large_files)
{
    struct tta_dialect d = tta_dialect_default;
    size_t len, lines = 30000, rows = 0;
    struct tta_buffer b = {0};
    struct tta_error e = {0};
    struct tta_row row;
    struct tta_reader *r;
    char *wide;

    tta_buffer_string(&b, "a\n");
    for (size_t i = 0; i < lines; i++)
        tta_buffer_format(&b, "%zu\xE2\x82\xAC\xF0\x9F\x98\x80\n", i);
    tta_buffer_char(&b, '\0');
    wide = utf16(b.ptr, false, true, &len);
    d.encoding = TTA_UTF16;
    r = start_bytes(wide, len, TTA_CSV, &d);
    for (; tta_reader_next(r, &row, &e) == 1; rows++) {
        char wanted[40];

        snprintf(wanted, sizeof wanted, "%zu\xE2\x82\xAC\xF0\x9F\x98\x80", rows);
        quick_assert(tta_text_is(row.raw, wanted));
    }
    quick_assert(rows == lines);
    quick_assert(tta_reader_bytes(r) == (int64_t)len);
    tta_reader_free(r);
    free(wide);
    tta_buffer_release(&b);
}
END_TEST

/* Cells longer than a block of the reader, of characters of one byte that become three. */
START_TEST(long_cells)
{
    struct tta_dialect d = tta_dialect_default;
    size_t len = 300000, n = 2;
    char *bytes = malloc(3 * len + 64);
    struct tta_reader *r;
    struct tta_error e = {0};
    struct tta_row row;

    memcpy(bytes, "a\n", 2);
    for (int i = 0; i < 3; i++) {
        memset(bytes + n, '\x80', len);
        bytes[n + len] = '\n';
        n += len + 1;
    }
    d.encoding = TTA_WINDOWS_1252;
    r = start_bytes(bytes, n, TTA_CSV, &d);
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(tta_reader_next(r, &row, &e), 1);
        ck_assert_uint_eq(row.raw.len, 3 * len);
        for (size_t k = 0; k < len; k++)
            quick_assert(memcmp(row.raw.ptr + 3 * k, "\xE2\x82\xAC", 3) == 0);
    }
    ck_assert_int_eq(tta_reader_next(r, &row, &e), 0);
    tta_reader_free(r);
    free(bytes);
}
END_TEST

Suite *io_encoding_suite(void)
{
    Suite *s = suite_create("io/encoding");
    TCase *t = tcase_create("all");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, every_code_point);
    tcase_add_test(t, every_sequence);
    tcase_add_test(t, prefixes);
    tcase_add_test(t, all_bytes);
    tcase_add_test(t, utf_16);
    tcase_add_test(t, contradicting_marks);
    tcase_add_test(t, broken_characters);
    tcase_add_test(t, dk_settles_once);
    tcase_add_test(t, large_files);
    tcase_add_test(t, long_cells);
    suite_add_tcase(s, t);
    return s;
}
