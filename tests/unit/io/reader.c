/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the reader says by hand: rows with their places, and every error with its sentence. */
#include "support.h"

#include <fcntl.h>
#include <pthread.h>
#include <time.h>

Suite *io_reader_suite(void);

static const struct tta_observer nobody = {NULL, NULL};

START_TEST(rows_and_places)
{
    static const struct {
        const char *raw, *first, *second;
        int64_t line;
    } rows[] = {
        {"1,\"x\n\"\"y\"\"\"", "1", "x\n\"y\"", 3},
        {" 2 ,", " 2 ", "", 6},
        {"\"\",\"\xC3\xA6\"", "", "\xC3\xA6", 7},
    };
    static const char text[] = "\n\"a\",b\r\n1,\"x\n\"\"y\"\"\"\r\n\n 2 ,\n\"\",\"\xC3\xA6\"";
    struct tta_reader *r = start_text(text, TTA_CSV, &tta_dialect_default);
    struct tta_error e = {0};
    struct tta_row row;
    size_t count;
    const struct tta_text *columns = tta_reader_columns(r, &count);

    ck_assert_uint_eq(count, 2);
    ck_assert(tta_text_is(columns[0], "a") && tta_text_is(columns[1], "b"));
    ck_assert(tta_text_is(tta_reader_header_raw(r), "\"a\",b"));
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(tta_reader_next(r, &row, &e), 1);
        ck_assert(tta_text_is(row.raw, rows[i].raw));
        ck_assert_uint_eq(row.count, 2);
        ck_assert(tta_text_is(cell_text(&row.cells[0]), rows[i].first));
        ck_assert(tta_text_is(cell_text(&row.cells[1]), rows[i].second));
        ck_assert_int_eq(row.line, rows[i].line);
        ck_assert_int_eq(row.record, i + 1);
    }
    ck_assert_int_eq(tta_reader_next(r, &row, &e), 0);
    ck_assert_int_eq(tta_reader_next(r, &row, &e), 0);
    ck_assert_int_eq(tta_reader_bytes(r), sizeof text - 1);
    tta_reader_free(r);
}
END_TEST

#define STRAY_QUOTE                                                                                \
    "a quote inside a cell that does not begin with one, or text behind a closing quote"
#define STRAY_RETURN "a carriage return that does not end the line"
#define UTF8 "a byte that is not UTF-8; see --encoding"

/* The second record is broken; a third follows, and is read where that is possible. */
static const struct {
    enum tta_format format;
    const char *text;
    size_t len;
    const char *sentence;
    int64_t line;
    bool goes_on;
} broken[] = {
    {TTA_CSV, BYTES("a,b\n1,2\n1\n3,4\n"), "1 cell where the header has 2", 3, true},
    {TTA_CSV, BYTES("a,b\n1,2\n1,2,3\n3,4\n"), "3 cells where the header has 2", 3, true},
    {TTA_CSV, BYTES("a,b\n1,2\n1,x\"\n3,4\n"), STRAY_QUOTE, 3, true},
    {TTA_CSV, BYTES("a,b\n1,2\n\"1\n\"x,\n3,4\n"), STRAY_QUOTE, 3, true},
    {TTA_CSV, BYTES("a,b\n1,2\n1\r,2\n3,4\n"), STRAY_RETURN, 3, true},
    {TTA_CSV, BYTES("a,b\n1,2\n1,\"2\"\r\"\n3,4\n"), STRAY_RETURN, 3, true},
    {TTA_CSV, BYTES("a,b\n1,2\n1,\0\n3,4\n"), "a NUL byte", 3, true},
    {TTA_CSV, BYTES("a,b\n1,2\n\"\n\0\",1\n3,4\n"), "a NUL byte", 3, true},
    {TTA_CSV, BYTES("a,b\n1,2\n1,\xE6\n3,4\n"), UTF8 " (windows-1252?)", 3, true},
    {TTA_CSV, BYTES("a,b\n1,2\n1,\"\xE6\"\n3,4\n"), UTF8 " (windows-1252?)", 3, true},
    {TTA_CSV, BYTES("a\n1\n\n3\n"),
     "an empty line in a file of one column (write \"\" for an empty cell)", 3, true},
    {TTA_CSV, BYTES("a,b\n1,2\n\"3\n\",\"4\n5,6"),
     "a quoted cell that opens on this line is never closed", 4, false},
    {TTA_JSONL, BYTES("{\"a\":1}\n{\"a\":1}\n[1]\n{\"a\":2}\n"),
     "not JSON: not a JSON object (byte 1 of the line)", 3, true},
    {TTA_JSONL, BYTES("{\"a\":1}\n{\"a\":1}\n{\"a\":1,\"a\":2}\n{\"a\":2}\n"),
     "not JSON: a key that stands there twice (byte 13 of the line)", 3, true},
    {TTA_JSONL, BYTES("{\"a\":1}\n{\"a\":1}\n{\"a\":1} x\n{\"a\":2}\n"),
     "not JSON: something stands behind the object (byte 9 of the line)", 3, true},
    {TTA_JSONL, BYTES("{\"a\":1}\n{\"a\":1}\n{\"a\":\"\\u0000\"}\n{\"a\":2}\n"),
     "not JSON: an escaped NUL (byte 9 of the line)", 3, true},
    {TTA_JSONL, BYTES("{\"a\":1}\n{\"a\":1}\n{\"a\":\"\xE6\"}\n{\"a\":2}\n"), UTF8, 3, true},
};

START_TEST(errors_and_going_on)
{
    struct tta_reader *r =
        start_bytes(broken[_i].text, broken[_i].len, broken[_i].format, &tta_dialect_default);
    struct tta_error e = {0};
    struct tta_row row;
    int good = broken[_i].format == TTA_CSV ? 1 : 2; /* in front of the broken one */

    for (int i = 0; i < good; i++)
        ck_assert_int_eq(tta_reader_next(r, &row, &e), 1);
    ck_assert_int_eq(tta_reader_next(r, &row, &e), TTA_E_DATA);
    ck_assert_str_eq(e.text, broken[_i].sentence);
    ck_assert_str_eq(e.source, "a file");
    ck_assert_int_eq(e.line, broken[_i].line);
    if (broken[_i].goes_on) {
        ck_assert_ptr_nonnull(row.raw.ptr);
        ck_assert_int_eq(e.record, good + 1);
        tta_error_clear(&e);
        ck_assert_int_eq(tta_reader_next(r, &row, &e), 1);
        ck_assert_int_eq(row.record, good + 2);
        ck_assert_int_eq(tta_reader_next(r, &row, &e), 0);
    } else {
        ck_assert_ptr_null(row.raw.ptr);
    }
    tta_reader_free(r);
}
END_TEST

START_TEST(empty_inputs)
{
    static const char *const texts[] = {"", "\n", "\r\n\n", "\xEF\xBB\xBF", "\xEF\xBB\xBF\n"};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (int format = 0; format < 2; format++) {
            struct tta_reader *r = open_bytes(texts[i], strlen(texts[i]), (enum tta_format)format,
                                              &tta_dialect_default);
            struct tta_error e = {0};

            ck_assert_int_eq(tta_reader_start(r, &e), 0);
            tta_reader_free(r);
        }
    expect_rest(start_text("a,b", TTA_CSV, &tta_dialect_default), "");
}
END_TEST

START_TEST(folders_and_closed_descriptors)
{
    struct tta_reader *r;
    struct tta_error e = {0};

    ck_assert_int_eq(tta_reader_new(&r, open(".", O_RDONLY), "folder", TTA_CSV,
                                    &tta_dialect_default, nobody, &e),
                     TTA_E_NOINPUT);
    ck_assert_str_eq(e.text, "is a folder, not a file");
    ck_assert_str_eq(e.source, "folder");
    tta_error_clear(&e);
    /* open for writing only: read(2) fails */
    ck_assert_int_eq(tta_reader_new(&r, open("/dev/null", O_WRONLY), "no reading", TTA_CSV,
                                    &tta_dialect_default, nobody, &e),
                     0);
    ck_assert_int_eq(tta_reader_start(r, &e), TTA_E_IO);
    ck_assert_str_eq(e.source, "no reading");
    tta_reader_free(r);
}
END_TEST

static void count_bytes(void *context, const void *bytes, size_t len)
{
    struct tta_buffer *b = context;

    ck_assert_int_eq(tta_buffer_append(b, bytes, len), 0);
}

/* The observer sees the file, byte order mark and encoding as they are. */
START_TEST(observer_sees_every_byte)
{
    static const char bytes[] = "\xFF\xFE"
                                "a\0\n\0\xE6\0\n\0";
    struct tta_buffer seen = {0};
    struct tta_observer observer = {count_bytes, &seen};
    struct tta_error e = {0};
    struct tta_reader *r;

    ck_assert_int_eq(tta_reader_new(&r, feed_whole(bytes, sizeof bytes - 1), "file", TTA_CSV,
                                    &tta_dialect_dk, observer, &e),
                     0);
    ck_assert_int_eq(tta_reader_start(r, &e), 1);
    expect_rest(r, "\xC3\xA6\n");
    ck_assert_uint_eq(seen.len, sizeof bytes - 1);
    ck_assert_int_eq(memcmp(seen.ptr, bytes, seen.len), 0);
    tta_buffer_release(&seen);
}
END_TEST

static void *write_slowly(void *context)
{
    int fd = *(int *)context;
    static const char text[] = "a,b\n1,2\n";

    for (size_t i = 0; i < sizeof text - 1; i++) {
        struct timespec pause = {0, 2000000};

        nanosleep(&pause, NULL);
        if (write(fd, text + i, 1) != 1)
            abort();
    }
    close(fd);
    return NULL;
}

/* A descriptor that somebody set non-blocking is waited for. */
START_TEST(patient_with_nonblocking)
{
    struct tta_error e = {0};
    struct tta_reader *r;
    pthread_t writer;
    int fd[2];

    ck_assert_int_eq(pipe(fd), 0);
    ck_assert_int_eq(fcntl(fd[0], F_SETFL, O_NONBLOCK), 0);
    ck_assert_int_eq(pthread_create(&writer, NULL, write_slowly, &fd[1]), 0);
    ck_assert_int_eq(tta_reader_new(&r, fd[0], "pipe", TTA_CSV, &tta_dialect_default, nobody, &e),
                     0);
    ck_assert_int_eq(tta_reader_start(r, &e), 1);
    expect_rest(r, "1|2\n");
    ck_assert_int_eq(pthread_join(writer, NULL), 0);
}
END_TEST

START_TEST(jsonl_columns)
{
    struct tta_reader *r = start_text("{\"b\":1,\"a\":\"x\"}\n\n{\"a\":null,\"c\":[1]}\n{}\n",
                                      TTA_JSONL, &tta_dialect_default);
    struct tta_error e = {0};
    struct tta_row row;
    size_t count;

    ck_assert(tta_text_is(tta_reader_columns(r, &count)[1], "a"));
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(tta_reader_next(r, &row, &e), 1);
    ck_assert_int_eq(row.cells[0].kind, TTA_CELL_NUMBER);
    ck_assert_int_eq(row.cells[1].kind, TTA_CELL_TEXT);
    ck_assert_int_eq(tta_reader_next(r, &row, &e), 1);
    ck_assert_int_eq(row.line, 3);
    ck_assert_int_eq(row.record, 2);
    ck_assert_uint_eq(row.count, 3); /* a column more */
    ck_assert(tta_text_is(tta_reader_columns(r, &count)[2], "c"));
    ck_assert_uint_eq(count, 3);
    ck_assert(row.cells[0].kind == TTA_CELL_NOTHING && row.cells[0].ptr == NULL);
    ck_assert(row.cells[1].kind == TTA_CELL_NOTHING && row.cells[1].ptr != NULL);
    ck_assert(tta_text_is(cell_text(&row.cells[2]), "[1]"));
    ck_assert_int_eq(row.cells[2].kind, TTA_CELL_NESTED);
    ck_assert_int_eq(tta_reader_next(r, &row, &e), 1);
    ck_assert(row.cells[2].ptr == NULL);
    ck_assert_int_eq(tta_reader_next(r, &row, &e), 0);
    tta_reader_free(r);
}
END_TEST

/* One more column than there may be, in the first object and in a later one. */
START_TEST(jsonl_too_many_columns)
{
    struct tta_buffer b = {0};
    struct tta_error e = {0};
    struct tta_reader *r;
    struct tta_row row;

    tta_buffer_char(&b, '{');
    for (int i = 0; i < TTA_COLUMNS_MAX; i++)
        tta_buffer_format(&b, "%s\"%d\":0", i > 0 ? "," : "", i);
    tta_buffer_string(&b, "}\n{\"more\":1}\n{\"7\":1}\n");
    r = start_bytes(b.ptr, b.len, TTA_JSONL, &tta_dialect_default);
    ck_assert_int_eq(tta_reader_next(r, &row, &e), 1);
    ck_assert_int_eq(tta_reader_next(r, &row, &e), TTA_E_DATA);
    ck_assert_str_eq(e.text, "more than 16384 columns");
    ck_assert_int_eq(e.line, 2);
    tta_error_clear(&e);
    ck_assert_int_eq(tta_reader_next(r, &row, &e), 1);
    tta_reader_free(r);
    tta_buffer_release(&b);
}
END_TEST

START_TEST(jsonl_long)
{
    static const size_t lengths[] = {TTA_CELL_MAX, TTA_CELL_MAX + 1, TTA_RECORD_MAX,
                                     3 * TTA_RECORD_MAX};

    for (size_t i = 0; i < 4; i++) {
        size_t len = lengths[i];
        char *bytes = malloc(len + 64);
        struct tta_error e = {0};
        struct tta_reader *r;
        struct tta_row row;
        int n = snprintf(bytes, 32, "{\"a\":1}\n{\"a\":\"");

        memset(bytes + n, 'x', len);
        n += (int)len;
        n += snprintf(bytes + n, 16, "\"}\n{\"a\":2}\n");
        r = start_bytes(bytes, (size_t)n, TTA_JSONL, &tta_dialect_default);
        ck_assert_int_eq(tta_reader_next(r, &row, &e), 1);
        ck_assert_int_eq(tta_reader_next(r, &row, &e), i == 0 ? 1 : TTA_E_DATA);
        ck_assert_int_eq(e.line, i == 0 ? 0 : 2);
        if (i == 0)
            ck_assert_uint_eq(row.cells[0].len, len);
        if (i == 1)
            ck_assert_ptr_nonnull(strstr(e.text, "a value of more than 1 MiB"));
        if (i > 1)
            ck_assert_str_eq(e.text, "a record of more than 2 MiB");
        tta_reader_free(r);
        free(bytes);
    }
}
END_TEST

Suite *io_reader_suite(void)
{
    Suite *s = suite_create("io/reader");
    TCase *t = tcase_create("all");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, rows_and_places);
    tcase_add_loop_test(t, errors_and_going_on, 0, sizeof broken / sizeof *broken);
    tcase_add_test(t, empty_inputs);
    tcase_add_test(t, folders_and_closed_descriptors);
    tcase_add_test(t, observer_sees_every_byte);
    tcase_add_test(t, patient_with_nonblocking);
    tcase_add_test(t, jsonl_columns);
    tcase_add_test(t, jsonl_too_many_columns);
    tcase_add_test(t, jsonl_long);
    suite_add_tcase(s, t);
    return s;
}
