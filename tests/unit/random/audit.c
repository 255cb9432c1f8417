/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Audit entries and logs: what is written is what is read; lists show every change. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "tta/audit.h"
#include "tta/log.h"

Suite *random_audit_suite(void);

/* 7 units in two strata, drawn by seed "audit". */
static void draw(struct tta_plan *p, struct tta_units *u, struct tta_allocation *drawn)
{
    struct tta_error e = {0};
    struct tta_key key;

    ck_assert_int_eq(tta_plan_set(p, "arms", "a:2,b:1", &e), 0);
    ck_assert_int_eq(tta_plan_set(p, "ratio", "yes", &e), 0);
    ck_assert_int_eq(tta_plan_set(p, "strata", "sex,age<30", &e), 0);
    ck_assert_int_eq(tta_plan_check(p, &e), 0);
    for (int i = 0; i < 7; i++) {
        union tta_slot cells[2];

        cells[0].text = tta_text_of(i % 2 == 0 ? "m\"\xc3\xb8" : "f");
        cells[1].number = 28 + i;
        ck_assert_int_eq(tta_units_add(u, p, cells, &e), 0);
    }
    tta_key_from_text(tta_text_of("audit"), &key);
    ck_assert_int_eq(tta_allocate(p, &key, u, drawn, &e), 0);
}

static void fill(struct tta_audit *a, struct tta_plan *p, bool replayed)
{
    a->kind = TTA_AUDIT_DRAW;
    snprintf(a->program, sizeof a->program, "tta-randomize test");
    a->plan = p;
    a->replayed = replayed;
    a->replay = (struct tta_replay){TTA_REPLAY_R, -42, TTA_R_ROUNDING, true, false};
    if (!replayed)
        memset(a->commitment, 'c', TTA_HEX_SIZE - 1);
    a->inputs = calloc(2, sizeof *a->inputs);
    a->input_count = 2;
    memset(a->inputs[0], '1', TTA_HEX_SIZE - 1);
    memset(a->inputs[1], '2', TTA_HEX_SIZE - 1);
    memset(a->columns, 'd', TTA_HEX_SIZE - 1);
}

START_TEST(entry_there_and_back)
{
    struct tta_plan plan = {0}, plan_read = {0};
    struct tta_units units = {0};
    struct tta_allocation drawn = {0};
    struct tta_audit a = {0}, b = {0};
    struct tta_buffer members = {0}, line = {0};
    struct tta_chain chain;
    struct tta_error e = {0};
    uint64_t sum = 0;

    draw(&plan, &units, &drawn);
    fill(&a, &plan, _i == 1);
    ck_assert_int_eq(tta_audit_count(&a, &units, &drawn, &e), 0);
    for (int32_t s = 0; s < a.strata.count * 2; s++)
        sum += a.counts[s];
    ck_assert_uint_eq(sum, 7);
    for (int32_t s = 1; s < a.strata.count; s++)
        ck_assert_int_lt(
            tta_text_compare(tta_names_text(&a.strata, s - 1), tta_names_text(&a.strata, s)), 0);
    ck_assert_int_eq(tta_audit_write(&a, &members, &e), 0);
    tta_chain_begin(&chain);
    ck_assert_int_eq(tta_chain_add(&chain, tta_buffer_text(&members), &line, &e), 0);
    ck_assert_int_eq(tta_audit_read(tta_buffer_text(&line), &b, &plan_read, &e), 0);
    ck_assert_str_eq(b.program, a.program);
    ck_assert_str_eq(b.allocation, a.allocation);
    ck_assert_str_eq(b.columns, a.columns);
    ck_assert_str_eq(b.commitment, a.commitment);
    ck_assert_uint_eq(b.rows, 7);
    ck_assert_uint_eq(b.input_count, 2);
    ck_assert_str_eq(b.inputs[1], a.inputs[1]);
    ck_assert_int_eq(b.replayed, _i == 1);
    if (_i == 1)
        ck_assert(b.replay.seed == -42 && b.replay.sampling == TTA_R_ROUNDING &&
                  b.replay.randomizr && b.replay.generator == TTA_REPLAY_R);
    for (size_t i = 0; tta_plan_settings[i] != NULL; i++) {
        const char *was = tta_plan_get(&plan, tta_plan_settings[i]);
        const char *is = tta_plan_get(&plan_read, tta_plan_settings[i]);

        ck_assert((was == NULL) == (is == NULL));
        ck_assert(was == NULL || strcmp(was, is) == 0);
    }
    tta_audit_release(&a);
    tta_audit_release(&b);
    tta_plan_release(&plan);
    tta_plan_release(&plan_read);
    tta_units_release(&units);
    tta_allocation_release(&drawn);
    tta_buffer_release(&members);
    tta_buffer_release(&line);
}
END_TEST

/* Lines that are no entries are refused, whatever is missing. */
START_TEST(no_entries)
{
    static const char *const lines[] = {
        "",
        "{",
        "[]",
        "{}",
        "{\"tta_audit\":2}",
        "{\"tta_audit\":1}",
        "{\"tta_audit\":1,\"entry\":\"burn\"}",
        "{\"tta_audit\":1,\"entry\":\"commit\"}",
        "{\"tta_audit\":1,\"entry\":\"commit\",\"commitment\":\"zz\",\"key\":\"file\"}",
        "{\"tta_audit\":1,\"entry\":\"draw\",\"generator\":{\"name\":\"r\"}}",
        "{\"tta_audit\":1,\"entry\":\"draw\",\"generator\":{\"name\":\"stata-mt64\",\"seed\":1,"
        "\"storage\":\"float\"}}",
        "{\"tta_audit\":1,\"entry\":\"draw\",\"rows\":-1}"};

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct tta_audit a = {0};
        struct tta_plan p = {0};
        struct tta_error e = {0};

        ck_assert_int_eq(tta_audit_read(tta_text_of(lines[i]), &a, &p, &e), TTA_E_DATA);
        tta_audit_release(&a);
        tta_plan_release(&p);
    }
}
END_TEST

/* A list of four places; every one of its values changed in turn is found at its row. */
START_TEST(list_shows_changes)
{
    static const char *const strata[] = {"m", "m", "f", "f"}, *const arms[] = {"a", "b", "b", "a"};
    char seals[4][TTA_SEAL_SIZE], seal[TTA_SEAL_SIZE] = "";

    for (uint64_t i = 0; i < 4; i++) {
        tta_lot_seal(seal, 4, tta_text_of(strata[i]), i % 2 + 1, tta_text_of(arms[i]));
        memcpy(seals[i], seal, sizeof seal);
    }
    for (int what = 0; what < 7; what++)
        for (uint64_t bad = 0; bad < 4; bad++) {
            struct tta_lot_list l = {0};
            struct tta_error e = {0};
            struct tta_text found;
            uint64_t i = 0;
            int rc = 0;

            for (; rc == 0 && i < 4; i++) {
                bool b = i == bad;

                rc = tta_lot_list_add(
                    &l, b && what == 1 ? 9 : i + 1, b && what == 2 ? 5 : 4,
                    tta_text_of(b && what == 3 ? "x" : strata[i]), b && what == 4 ? 7 : i % 2 + 1,
                    tta_text_of(b && what == 5 ? "x" : arms[i]),
                    tta_text_of(b && what == 6 ? seals[(i + 1) % 4] : seals[i]), &e);
            }
            ck_assert_int_eq(rc, what == 0 ? 0 : TTA_E_DATA);
            ck_assert_uint_eq(i, what == 0 ? 4 : bad + 1);
            if (what == 0) {
                ck_assert_int_eq(tta_lot_list_end(&l, &e), 0);
                for (i = 0; i < 4; i++) {
                    ck_assert(tta_lot_list_find(&l, tta_text_of(strata[i]), i % 2 + 1, &found));
                    ck_assert(tta_text_is(found, arms[i]));
                }
                ck_assert(!tta_lot_list_find(&l, tta_text_of("f"), 3, &found));
                ck_assert(!tta_lot_list_find(&l, tta_text_of("x"), 1, &found));
                l.count = 3; /* cut off */
                ck_assert_int_eq(tta_lot_list_end(&l, &e), TTA_E_DATA);
            }
            tta_lot_list_release(&l);
        }
}
END_TEST

/* The seals are right, but there are two lots for one unit. */
START_TEST(list_numbers_once)
{
    struct tta_text stratum = tta_text_of("m");
    char seal[TTA_SEAL_SIZE] = "";
    struct tta_lot_list l = {0};
    struct tta_error e = {0};

    for (uint64_t i = 1; i <= 2; i++) {
        tta_lot_seal(seal, 2, stratum, 7, stratum);
        ck_assert_int_eq(tta_lot_list_add(&l, i, 2, stratum, 7, stratum, tta_text_of(seal), &e), 0);
    }
    ck_assert_int_eq(tta_lot_list_end(&l, &e), TTA_E_DATA);
    tta_lot_list_release(&l);
}
END_TEST

/* A log of three units, read again: the same units, numbers, arms and receipts. */
START_TEST(log_there_and_back)
{
    struct tta_plan p = {0};
    struct tta_log log = {0}, read = {0};
    struct tta_buffer file = {0}, origin = {0}, cells = {0};
    struct tta_error e = {0};
    union tta_slot slots[2];

    ck_assert_int_eq(tta_plan_set(&p, "method", "simple", &e), 0);
    ck_assert_int_eq(tta_plan_set(&p, "arms", "a,b", &e), 0);
    ck_assert_int_eq(tta_plan_set(&p, "strata", "age<30", &e), 0);
    ck_assert_int_eq(tta_plan_set(&p, "id", "id", &e), 0);
    ck_assert_int_eq(tta_plan_check(&p, &e), 0);
    ck_assert_int_eq(tta_log_read(&log, tta_text_of(""), NULL, &e), 0);
    ck_assert_int_eq(tta_log_origin(&p, "c", NULL, &origin, &e), 0);
    ck_assert_int_eq(tta_log_begin(&log, tta_buffer_text(&origin), &file, &e), 0);
    for (int i = 0; i < 3; i++) {
        static const char *const ids[] = {"one", "tw\"o", "thr\xc3\xa6"};

        slots[0].number = 0.1 * i + 29.9;
        slots[1].text = tta_text_of(ids[i]);
        cells.len = 0;
        ck_assert_int_eq(tta_log_cells(&p, slots, &cells, &e), 0);
        ck_assert_int_eq(tta_buffer_char(&cells, '\0'), 0);
        ck_assert_int_eq(tta_log_assign(&log, slots[1].text, cells.ptr,
                                        tta_text_of(i == 0 ? "<30" : ">=30"),
                                        tta_text_of(i == 1 ? "a" : "b"), &file, &e),
                         0);
    }
    ck_assert_int_eq(tta_log_read(&read, tta_buffer_text(&file), &log.chain, &e), 0);
    ck_assert_str_eq(read.origin, log.origin);
    ck_assert_uint_eq(read.count, 3);
    ck_assert_uint_eq(tta_log_taken(&read, tta_text_of(">=30")), 2);
    for (size_t i = 0; i < 3; i++) {
        struct tta_units u = {0};

        ck_assert_str_eq(read.units[i].cells, log.units[i].cells);
        ck_assert_str_eq(read.units[i].receipt, log.units[i].receipt);
        ck_assert_uint_eq(read.units[i].ordinal, i == 2 ? 2 : 1);
        ck_assert_int_eq(tta_log_add_unit(&u, &p, read.units[i].cells, &e), 0);
        ck_assert(tta_text_is(tta_units_label(&u, 0), i == 0 ? "<30" : ">=30"));
        tta_units_release(&u);
    }
    ck_assert_ptr_eq(tta_log_find(&read, tta_text_of("thr\xc3\xa6")), &read.units[2]);
    ck_assert_ptr_null(tta_log_find(&read, tta_text_of("four")));
    tta_log_release(&log);
    tta_log_release(&read);
    tta_plan_release(&p);
    tta_buffer_release(&file);
    tta_buffer_release(&origin);
    tta_buffer_release(&cells);
}
END_TEST

Suite *random_audit_suite(void)
{
    Suite *suite = suite_create("random/audit");
    TCase *tc = tcase_create("audit");

    tcase_add_loop_test(tc, entry_there_and_back, 0, 2);
    tcase_add_test(tc, no_entries);
    tcase_add_test(tc, list_shows_changes);
    tcase_add_test(tc, list_numbers_once);
    tcase_add_test(tc, log_there_and_back);
    suite_add_tcase(suite, tc);
    return suite;
}
