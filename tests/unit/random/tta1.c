/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The frozen generator against the answers of b2sum, openssl and perl
 * (tests/known-answers/tta-1.txt), and against libsodium's own stream.
 */
#include <check.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tta/random.h"

Suite *random_tta1_suite(void);

#define TABLE "tests/known-answers/tta-1.txt"

/* What the table has said so far, and how much of it was compared. */
struct table {
    char seed[200];
    struct tta_key key, derived;
    struct tta_stream stream;
    int keys, words, draws, blocks;
};

static void is_hex(const unsigned char bytes[32], const char *hex)
{
    char ours[65];

    sodium_bin2hex(ours, sizeof ours, bytes, 32);
    ck_assert_str_eq(ours, hex);
}

static void check_words(struct table *t, char *list)
{
    tta_stream_init(&t->stream, &t->derived);
    for (char *w = strtok(list, " "); w != NULL; w = strtok(NULL, " "), t->words++)
        ck_assert_uint_eq(tta_stream_next(&t->stream), strtoull(w, NULL, 16));
}

static void check_below(struct table *t, char *list)
{
    uint64_t n = strtoull(strtok(list, " "), NULL, 10);
    uint64_t used = strtoull(strtok(NULL, " "), NULL, 10);
    struct tta_stream here;

    tta_stream_init(&t->stream, &t->derived);
    for (char *w = strtok(NULL, " "); w != NULL; w = strtok(NULL, " "), t->draws++)
        ck_assert_uint_eq(tta_stream_below(&t->stream, n), strtoull(w, NULL, 10));
    /* as many words taken as the table says: the next one is word number `used` */
    tta_stream_init(&here, &t->derived);
    tta_stream_seek(&here, used);
    ck_assert_uint_eq(tta_stream_next(&t->stream), tta_stream_next(&here));
}

static void check_draw(struct table *t, char *list)
{
    uint64_t sizes[8];
    size_t arms = 0, n = 0, at = 0;
    uint16_t arm_of[1000];
    struct tta_error e = {0};
    char *units = strchr(list, ' ');

    *units++ = '\0';
    for (char *s = strtok(list, ","); s != NULL; s = strtok(NULL, ",")) {
        sizes[arms] = strtoull(s, NULL, 10);
        n += (size_t)sizes[arms++];
    }
    tta_stream_init(&t->stream, &t->derived);
    ck_assert_int_eq(tta_draw_complete(sizes, arms, n, &t->stream, arm_of, &e), 0);
    for (char *w = strtok(units, " "); w != NULL; w = strtok(NULL, " "), t->draws++)
        ck_assert_uint_eq(arm_of[at++], strtoull(w, NULL, 10));
    ck_assert_uint_eq(at, n);
}

static void check_shuffle(struct table *t, char *list)
{
    size_t n = strtoull(strtok(list, " "), NULL, 10);
    uint32_t wide[100];
    uint16_t narrow[100];

    ck_assert_uint_eq(n, 100);
    for (size_t i = 0; i < n; i++)
        narrow[i] = (uint16_t)(wide[i] = (uint32_t)i);
    tta_stream_init(&t->stream, &t->derived);
    tta_shuffle_u32(wide, n, &t->stream);
    tta_stream_init(&t->stream, &t->derived);
    tta_shuffle_u16(narrow, n, &t->stream);
    for (size_t i = 0; i < n; i++, t->draws++) {
        uint64_t want = strtoull(strtok(NULL, " "), NULL, 10);
        ck_assert_uint_eq(wide[i], want);
        ck_assert_uint_eq(narrow[i], want);
    }
}

static void check_block(struct table *t, char *list)
{
    char *end;
    uint64_t block = strtoull(list, &end, 10);

    tta_stream_init(&t->stream, &t->derived);
    tta_stream_seek(&t->stream, block * 8);
    ck_assert_uint_eq(tta_stream_next(&t->stream), strtoull(end, NULL, 16));
    t->blocks++;
}

static void check_line(struct table *t, char *name, char *rest)
{
    if (strcmp(name, "seed") == 0) {
        snprintf(t->seed, sizeof t->seed, "%s", rest);
    } else if (strcmp(name, "label") == 0) {
        tta_key_from_text(tta_text_of(t->seed), &t->key);
        tta_key_derive(&t->key, tta_text_of(rest), &t->derived);
    } else if (strcmp(name, "key") == 0) {
        is_hex(t->key.bytes, rest);
        t->keys++;
    } else if (strcmp(name, "derived") == 0) {
        is_hex(t->derived.bytes, rest);
        t->keys++;
    } else if (strcmp(name, "words") == 0) {
        check_words(t, rest);
    } else if (strcmp(name, "below") == 0) {
        check_below(t, rest);
    } else if (strcmp(name, "draw") == 0) {
        check_draw(t, rest);
    } else if (strcmp(name, "shuffle") == 0) {
        check_shuffle(t, rest);
    } else if (strcmp(name, "block") == 0) {
        check_block(t, rest);
    } else {
        ck_abort_msg("what is a %s in " TABLE "?", name);
    }
}

START_TEST(known_answers)
{
    FILE *f = fopen(TABLE, "r");
    char line[8192];
    struct table *t = calloc(1, sizeof *t);

    ck_assert_msg(f != NULL, "cannot open " TABLE " (run from the top of the repository)");
    ck_assert_ptr_nonnull(t);
    while (fgets(line, sizeof line, f) != NULL) {
        char *rest = strchr(line, ' ');
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#')
            continue;
        ck_assert_ptr_nonnull(rest);
        *rest = '\0';
        check_line(t, line, rest + 1);
    }
    fclose(f);
    /* four pairs of seed and label; nothing of the table went unread */
    ck_assert_int_eq(t->keys, 4 * 2);
    ck_assert_int_eq(t->words, 4 * 20);
    ck_assert_int_eq(t->draws, 4 * (7 * 30 + 30 + 1 + 9 + 500 + 100));
    ck_assert_int_eq(t->blocks, 4 * 6);
    free(t);
}
END_TEST

/* 100 KB of stream is what libsodium's seeded generator gives. */
START_TEST(equals_libsodium)
{
    enum { WORDS = 12800 };
    struct tta_key key, derived;
    struct tta_stream s;
    unsigned char *bytes = malloc(WORDS * 8);

    ck_assert_ptr_nonnull(bytes);
    tta_key_from_text(tta_text_of("libsodium"), &key);
    tta_key_derive(&key, tta_text_of("x"), &derived);
    randombytes_buf_deterministic(bytes, WORDS * 8, derived.bytes);
    tta_stream_of(&s, &key, tta_text_of("x"));
    for (size_t i = 0; i < WORDS; i++) {
        uint64_t w = 0;
        for (size_t b = 8; b-- > 0;)
            w = w << 8 | bytes[8 * i + b];
        ck_assert_uint_eq(tta_stream_next(&s), w);
    }
    free(bytes);
}
END_TEST

/* The counter has 2^32 blocks; nothing is given out after them, and it shows. */
START_TEST(stream_ends)
{
    struct tta_stream s;
    struct tta_key key;
    struct tta_error e = {0};
    uint16_t arm_of[30];
    const uint64_t sizes[] = {20, 10};

    tta_key_from_text(tta_text_of("end"), &key);
    tta_stream_init(&s, &key);
    tta_stream_seek(&s, (UINT64_C(1) << 35) - 1);
    tta_stream_next(&s);
    ck_assert_int_eq(tta_stream_check(&s, &e), 0);
    ck_assert_uint_eq(tta_stream_next(&s), 0);
    ck_assert_int_eq(tta_stream_check(&s, &e), TTA_E_INTERNAL);

    tta_error_clear(&e);
    tta_stream_init(&s, &key);
    tta_stream_seek(&s, (UINT64_C(1) << 35) - 28);
    ck_assert_int_eq(tta_draw_complete(sizes, 2, 30, &s, arm_of, &e), TTA_E_INTERNAL);
    tta_error_clear(&e);
    tta_stream_init(&s, &key);
    tta_stream_seek(&s, (UINT64_C(1) << 35) - 40);
    ck_assert_int_eq(tta_draw_complete(sizes, 2, 30, &s, arm_of, &e), 0);
    tta_stream_wipe(&s);
    tta_key_wipe(&key);
    ck_assert(sodium_is_zero((const unsigned char *)&s, sizeof s));
    ck_assert(sodium_is_zero(key.bytes, sizeof key.bytes));
}
END_TEST

Suite *random_tta1_suite(void)
{
    Suite *s = suite_create("random/tta1");
    TCase *t = tcase_create("tta1");

    tcase_add_test(t, known_answers);
    tcase_add_test(t, equals_libsodium);
    tcase_add_test(t, stream_ends);
    suite_add_tcase(s, t);
    return s;
}
