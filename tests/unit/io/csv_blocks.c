/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The law of the CSV reader (csv_law.c) where its buffers end: records across the
 * ends of blocks, longer than blocks, with more marks than there is room for.
 */
#include "csv_same.h"

#include <stdio.h>
#include <sys/wait.h>

Suite *io_csv_blocks_suite(void);

#define S(literal)                                                                                 \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    }

/*
 * Pieces that must survive the end of a block at each of their bytes. The rows in
 * front are of 1,024 bytes, the header included, so the first read of a source
 * (64 KiB) ends with a row and the second is the reader's whole block less a byte.
 */
#define ROW 1024
#define FIRST_READ 65536
#define SECOND_READ (FIRST_READ + 256 * 1024 - 1)

static const struct tta_text straddling[] = {
    S("1,2\r\n3,4\r\n"),
    S("\"1\",\"2\"\r\n\"3\",\"4\"\n"),
    S("1,\"\n\r\n\"\n3,4\n"),
    S("1,\"x\"\"y\"\n"),
    S("\xC3\xA6,\"\xC3\xA6\"\n"),
    S("\n\n\r\n1,2\n"),
    S("1,2\r3,4\n5,6\n"),
    S("\"1\"\r,\"4\n5,6\n"),
    S("1,\"x\" y\n5,6\n"),
    S("1,\0\n5,6\n"),
    S("1,\"open"),
    S("1,2\r"),
    S("1,2"),
    S("1,\n,2\n"),
};

struct reads {
    size_t at, wanted;
    bool met; /* a read ended at wanted */
};

static void see_read(void *context, const void *bytes, size_t len)
{
    struct reads *r = context;

    (void)bytes;
    r->at += len;
    r->met = r->met || r->at == r->wanted;
}

/* Rows of ROW bytes up to `until`, then the piece, then some more. Returns the length. */
static size_t build(char *out, size_t until, struct tta_text piece)
{
    size_t n = 0;

    while (n < until) {
        size_t len = until - n < ROW ? until - n : ROW;

        /* the last row may be short: at least "a,\n" */
        memset(out + n, n == 0 ? 'h' : 'a', len);
        out[n + len / 2] = ',';
        out[n + len - 1] = '\n';
        n += len;
    }
    memcpy(out + n, piece.ptr, piece.len);
    n += piece.len;
    if (piece.ptr[piece.len - 1] != '\n')
        return n;
    memcpy(out + n, "7,8\n\"9\",0\n", 10);
    return n + 10;
}

static void straddle(struct tta_text piece, size_t read_end, size_t before)
{
    static char bytes[SECOND_READ + 2 * ROW];
    struct reads reads = {0, read_end, false};
    struct tta_observer observer = {see_read, &reads};
    struct tta_error e = {0};
    struct tta_reader *reader;
    struct reference r;
    const char *differs;
    size_t len = build(bytes, read_end - before, piece);

    ref_read(&r, bytes, len, ',');
    ck_assert_int_eq(tta_reader_new(&reader, feed_whole(bytes, len), "feed", TTA_CSV,
                                    &tta_dialect_default, observer, &e),
                     0);
    differs = ref_compare(&r, reader);
    ck_assert_msg(differs == NULL, "%zu bytes before the end of the block: %s", before, differs);
    tta_reader_free(reader);
    ck_assert_msg(reads.met, "no read ended at byte %zu: has the block another size?", read_end);
    ref_release(&r);
}

START_TEST(end_of_a_block)
{
    struct tta_text piece = straddling[_i];

    /* a row of fewer than three bytes is none: those places are left out */
    for (size_t before = 1; before < piece.len; before++) {
        if ((FIRST_READ - before) % ROW >= 3)
            straddle(piece, FIRST_READ, before);
        if ((SECOND_READ - before) % ROW >= 3)
            straddle(piece, SECOND_READ, before);
    }
}
END_TEST

/* Records of many sizes, written into a pipe by another process as it likes. */
static int pipe_of(const char *bytes, size_t len, uint64_t seed)
{
    int fd[2];
    pid_t child;

    ck_assert_int_eq(pipe(fd), 0);
    child = fork();
    ck_assert_int_ge(child, 0);
    if (child > 0) {
        close(fd[1]);
        return fd[0];
    }
    close(fd[0]);
    while (len > 0) {
        size_t n = 1 + feed_below(&seed, feed_below(&seed, 2) > 0 ? 40 : 70000);
        ssize_t written = write(fd[1], bytes, n < len ? n : len);

        if (written <= 0)
            _exit(1);
        bytes += written;
        len -= (size_t)written;
    }
    _exit(0);
}

static size_t long_file(char *out, size_t size, uint64_t *state)
{
    size_t n = (size_t)snprintf(out, size, "a,b\n");

    while (n + 41000 < size) {
        size_t left = feed_below(state, feed_below(state, 20) > 0 ? 40 : 20000);
        bool quoted = feed_below(state, 3) == 0;

        memset(out + n, 'x', left);
        n += left;
        if (quoted)
            n += (size_t)snprintf(out + n, 40, ",\"%s\xC3\xA6\n\"\"\"%s",
                                  feed_below(state, 2) > 0 ? "1,2\r" : "",
                                  feed_below(state, 2) > 0 ? "\n" : "\r\n");
        else
            n += (size_t)snprintf(out + n, 40, "%s", feed_below(state, 40) > 0 ? ",12\n" : "\r\n");
    }
    return n;
}

START_TEST(through_a_pipe)
{
    static char bytes[1500000];
    uint64_t state = 7 + (uint64_t)_i;
    size_t len = long_file(bytes, sizeof bytes, &state);
    struct tta_observer nobody = {NULL, NULL};
    struct tta_error e = {0};
    struct tta_reader *reader;
    struct reference r;
    const char *differs;
    int status;

    ref_read(&r, bytes, len, ',');
    ck_assert_uint_gt(r.count, 500);
    ck_assert_int_eq(tta_reader_new(&reader, pipe_of(bytes, len, state), "pipe", TTA_CSV,
                                    &tta_dialect_default, nobody, &e),
                     0);
    differs = ref_compare(&r, reader);
    ck_assert_msg(differs == NULL, "%s", differs);
    ck_assert_int_eq(tta_reader_bytes(reader), (int64_t)len);
    tta_reader_free(reader);
    ck_assert_int_gt(wait(&status), 0);
    ck_assert_int_eq(status, 0);
    ref_release(&r);
}
END_TEST

/* a,b / 1,CELL / 2,3 where CELL has so many bytes and may be quoted, and both cells may be long */
static void long_cells(size_t left, size_t right, bool quoted, bool passes)
{
    size_t size = left + right + 64, n = 0;
    char *bytes = malloc(size);
    const char *q = quoted ? "\"" : "";
    struct reference r;

    ck_assert_ptr_nonnull(bytes);
    n += (size_t)snprintf(bytes, size, "a,b\n");
    memset(bytes + n, 'x', left);
    n += left;
    n += (size_t)snprintf(bytes + n, size - n, ",%s", q);
    memset(bytes + n, 'y', right);
    n += right;
    n += (size_t)snprintf(bytes + n, size - n, "%s\n2,3\n", q);
    ref_read(&r, bytes, n, ',');
    ck_assert_int_eq(!r.records[1].broken, passes);
    ref_release(&r);
    same(bytes, n, left + right);
    free(bytes);
}

START_TEST(long_cells_and_records)
{
    for (int quoted = 0; quoted < 2; quoted++) {
        long_cells(1, TTA_CELL_MAX, quoted, true);
        long_cells(1, TTA_CELL_MAX + 1, quoted, false);
        long_cells(TTA_CELL_MAX, TTA_CELL_MAX - 1 - 2 * (size_t)quoted, quoted, true);
        long_cells(TTA_CELL_MAX, TTA_CELL_MAX - 2 * (size_t)quoted, quoted, false);
        long_cells(TTA_RECORD_MAX, TTA_RECORD_MAX, quoted, false);
        long_cells(1, 3 * TTA_RECORD_MAX, quoted, false);
    }
}
END_TEST

/* One character many times: more cells, or more marks, than there is room for. */
START_TEST(many_marks)
{
    static const struct {
        const char *header;
        char c;
        size_t times;
    } files[] = {
        {"", ',', TTA_COLUMNS_MAX - 1},
        {"", ',', TTA_COLUMNS_MAX},
        {"", ',', 100000},
        {"", '\t', 70000},
        {"a,b\n", '\t', 70000},
        {"a,b\n", ',', 70000},
        {"a,b\n", '\n', 200000},
        {"a\n", '\n', 70000},
        {"a,b\n,\x01", '\x01', 300000},
        {"a,b\n\"\",", '\t', 70000},
        {"a,b\n\r", '\t', 70000},
        {"a,b\n", '\0', 70000},
    };
    char *bytes = malloc(300100);

    ck_assert_ptr_nonnull(bytes);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        size_t n = strlen(files[i].header);

        memcpy(bytes, files[i].header, n);
        memset(bytes + n, files[i].c, files[i].times);
        n += files[i].times;
        memcpy(bytes + n, "\n1,2\n", 5);
        same(bytes, n + 5, i);
    }
    free(bytes);
}
END_TEST

Suite *io_csv_blocks_suite(void)
{
    Suite *s = suite_create("io/csv_blocks");
    TCase *t = tcase_create("all");

    tcase_set_timeout(t, 300);
    tcase_add_loop_test(t, end_of_a_block, 0, sizeof straddling / sizeof *straddling);
    tcase_add_loop_test(t, through_a_pipe, 0, 3);
    tcase_add_test(t, long_cells_and_records);
    tcase_add_test(t, many_marks);
    suite_add_tcase(s, t);
    return s;
}
