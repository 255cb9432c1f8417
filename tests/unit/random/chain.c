/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The chain of lines: every change of every line is found; hashes that others can make. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "tta/chain.h"

Suite *random_chain_suite(void);

static struct tta_buffer five_lines(struct tta_chain *c)
{
    struct tta_buffer file = {0};
    struct tta_error e = {0};
    char members[32];

    tta_chain_begin(c);
    for (int i = 1; i <= 5; i++) {
        snprintf(members, sizeof members, "\"n\":%d", i);
        ck_assert_int_eq(tta_chain_add(c, tta_text_of(members), &file, &e), 0);
    }
    return file;
}

static int walk(struct tta_text file, const struct tta_chain *known, struct tta_error *e)
{
    struct tta_chain c;

    memset(e, 0, sizeof *e);
    tta_chain_begin(&c);
    return tta_chain_walk(&c, file, known, NULL, NULL, e);
}

static struct tta_text line_of(const struct tta_buffer *file, int n)
{
    struct tta_text t = {file->ptr, 0};

    for (int i = 1;; i++) {
        t.len = (size_t)(strchr(t.ptr, '\n') + 1 - t.ptr);
        if (i == n)
            return t;
        t.ptr += t.len;
    }
}

/* printf '%s' '{"previous":"000...","n":1' | b2sum -l 256 */
START_TEST(hash_by_b2sum)
{
    struct tta_chain c;
    struct tta_buffer file = five_lines(&c);
    struct tta_text first = line_of(&file, 1);
    const char *want =
        "{\"previous\":\""
        "0000000000000000000000000000000000000000000000000000000000000000\","
        "\"n\":1,\"hash\":\"5d4b6cc125da6cd8d797dcc231885bceece576ab33ba148d4e1bf88f25d41397\"}\n";

    ck_assert_uint_eq(first.len, strlen(want));
    ck_assert_int_eq(memcmp(first.ptr, want, first.len), 0);
    tta_buffer_release(&file);
}
END_TEST

START_TEST(whole_file)
{
    struct tta_chain c, read;
    struct tta_buffer file = five_lines(&c), state = {0};
    struct tta_error e = {0};

    tta_chain_begin(&read);
    ck_assert_int_eq(tta_chain_walk(&read, tta_buffer_text(&file), &c, NULL, NULL, &e), 0);
    ck_assert_int_eq(read.entries, 5);
    ck_assert_str_eq(read.head, c.head);
    ck_assert_int_eq(tta_chain_write(&c, &state), 0);
    ck_assert_int_eq(tta_chain_parse(&read, tta_buffer_text(&state), &e), 0);
    ck_assert_int_eq(read.entries, 5);
    ck_assert_str_eq(read.head, c.head);
    for (size_t cut = 0; cut < state.len; cut++) {
        struct tta_text part = {state.ptr, cut};

        memset(&e, 0, sizeof e);
        ck_assert_int_eq(tta_chain_parse(&read, part, &e), TTA_E_DATA);
    }
    tta_buffer_release(&file);
    tta_buffer_release(&state);
}
END_TEST

/* Every bit of the file, turned: always found, and never named later than where it is. */
START_TEST(every_bit_counts)
{
    struct tta_chain c;
    struct tta_buffer file = five_lines(&c);
    struct tta_error e;
    int64_t line = 1;

    for (size_t i = 0; i < file.len; i++) {
        for (int bit = 0; bit < 8; bit++) {
            file.ptr[i] = (char)(file.ptr[i] ^ 1 << bit);
            if (i + 1 < file.len) { /* the last line end may be missing: the journal sees that */
                ck_assert_int_eq(walk(tta_buffer_text(&file), NULL, &e), TTA_E_DATA);
                ck_assert_int_eq(e.line, line);
            }
            file.ptr[i] = (char)(file.ptr[i] ^ 1 << bit);
        }
        line += file.ptr[i] == '\n';
    }
    tta_buffer_release(&file);
}
END_TEST

START_TEST(removed_lines)
{
    struct tta_chain c;
    struct tta_buffer file = five_lines(&c), cut = {0};
    struct tta_error e;

    for (int gone = 1; gone <= 5; gone++) {
        cut.len = 0;
        for (int i = 1; i <= 5; i++)
            if (i != gone)
                tta_buffer_append(&cut, line_of(&file, i).ptr, line_of(&file, i).len);
        ck_assert_int_eq(walk(tta_buffer_text(&cut), &c, &e), TTA_E_DATA);
        ck_assert_int_eq(e.line, gone);
        /* without a known state only the last one can go unseen */
        ck_assert_int_eq(walk(tta_buffer_text(&cut), NULL, &e), gone == 5 ? 0 : TTA_E_DATA);
    }
    tta_buffer_release(&file);
    tta_buffer_release(&cut);
}
END_TEST

/* Changed with all hashes behind it made anew: found by whoever kept a later hash. */
START_TEST(made_anew)
{
    struct tta_chain kept, c;
    struct tta_buffer file = five_lines(&kept), forged = {0};
    struct tta_error e = {0};
    char members[32];

    tta_chain_begin(&c);
    for (int i = 1; i <= 6; i++) {
        snprintf(members, sizeof members, "\"n\":%d", i == 2 ? 7 : i);
        ck_assert_int_eq(tta_chain_add(&c, tta_text_of(members), &forged, &e), 0);
    }
    ck_assert_int_eq(walk(tta_buffer_text(&forged), NULL, &e), 0);
    ck_assert_int_eq(walk(tta_buffer_text(&forged), &kept, &e), TTA_E_DATA);
    ck_assert_int_eq(e.line, 5);
    tta_buffer_release(&file);
    tta_buffer_release(&forged);
}
END_TEST

/*
 * printf '' | openssl mac -macopt hexkey:0ffb...d27d -macopt size:32 \
 *   -macopt custom:'tta-1 commitment' BLAKE2BMAC     (OpenSSL 3.0; the key of "dice 4 1 6")
 */
START_TEST(commitment_by_openssl)
{
    struct tta_key key;
    char hex[TTA_HEX_SIZE];

    tta_key_from_text(tta_text_of("dice 4 1 6"), &key);
    tta_key_commitment(&key, hex);
    ck_assert_str_eq(hex, "b543642c1aadcc5a5d1a74559ad37a0e411efca9b6f288541ff78b70a93fcdf8");
}
END_TEST

/* printf 'a\0b\0\0' | b2sum -l 256 */
START_TEST(digest_by_b2sum)
{
    struct tta_digest d;
    char hex[TTA_HEX_SIZE];

    tta_digest_begin(&d);
    tta_digest_add(&d, tta_text_of("a"));
    tta_digest_add(&d, tta_text_of("b"));
    tta_digest_add(&d, tta_text_of(""));
    tta_digest_end(&d, hex);
    ck_assert_str_eq(hex, "282a8e934a9f9bf1cae36f3936309803b466c2770f8a0d7b21b8dc673311c605");
}
END_TEST

Suite *random_chain_suite(void)
{
    Suite *suite = suite_create("random/chain");
    TCase *tc = tcase_create("chain");

    tcase_add_test(tc, hash_by_b2sum);
    tcase_add_test(tc, whole_file);
    tcase_add_test(tc, every_bit_counts);
    tcase_add_test(tc, removed_lines);
    tcase_add_test(tc, made_anew);
    tcase_add_test(tc, commitment_by_openssl);
    tcase_add_test(tc, digest_by_b2sum);
    suite_add_tcase(suite, tc);
    return suite;
}
