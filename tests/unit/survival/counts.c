/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parts of an input, written, read and merged, give every bit of the whole. */
#include "tta/counts.h"

#include <stddef.h>

#include "km_frame.h"

Suite *survival_counts_suite(void);

#define ROWS 700
#define PATTERNS 6 /* arm x sex */

static uint32_t seed;

static uint32_t draw(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

/* kind bit 0: weights, 1: entries, 2: weights with a fraction, 3: times with digits */
static struct frame frame_random(int kind)
{
    struct frame f = frame_new(ROWS);

    f.in.groups = PATTERNS;
    f.in.weight = kind & 1 ? f.weight : NULL;
    f.in.entry = kind & 2 ? f.entry : NULL;
    for (size_t i = 0; i < ROWS; i++) {
        f.time[i] = kind & 8 ? 1 + draw(1000) / 7.0 : 1 + draw(30);
        f.entry[i] = draw(3) == 0 ? floor(f.time[i] / 2) : 0;
        f.event[i] = draw(3) > 0;
        f.group[i] = (int32_t)draw(PATTERNS);
        f.weight[i] = kind & 4 ? (1 + draw(1000)) / 10.0 : 1 + draw(5);
    }
    return f;
}

static char *text(const char *from)
{
    return strcpy(malloc(strlen(from) + 1), from);
}

/* Part number part of parts: the rows that shard says. */
static struct tta_counts make_part(const struct frame *f, const int *shard, int part, int parts)
{
    struct tta_counts c = {.part = part,
                           .parts = parts,
                           .patterns = PATTERNS,
                           .weighted = f->in.weight != NULL,
                           .of = {.by = 1, .strata = 1, .decimal = '.', .cause_count = 1}};
    struct frame g = frame_new(ROWS);
    struct tta_error e = {0};
    size_t n = 0;

    for (size_t i = 0; i < ROWS; i++) {
        if (shard[i] != part)
            continue;
        g.time[n] = f->time[i];
        g.entry[n] = f->entry[i];
        g.event[n] = f->event[i];
        g.group[n] = f->group[i];
        g.weight[n] = f->weight[i];
        c.fractional = c.fractional || (c.weighted && f->weight[i] != floor(f->weight[i]));
        n++;
    }
    c.rows = (int64_t)n;
    snprintf(c.input, sizeof c.input, "%064d", part);
    c.of.time = text("week");
    c.of.event = text("event=\"1\"");
    c.of.entry = f->in.entry == NULL ? NULL : text("entry");
    c.of.weight = f->in.weight == NULL ? NULL : text("weight");
    c.of.columns = calloc(2, sizeof(char *));
    c.of.columns[0] = text("arm");
    c.of.columns[1] = text("sex");
    c.of.causes = calloc(1, sizeof(char *));
    c.of.causes[0] = text("1");
    c.values = calloc(2 * PATTERNS, sizeof(char *));
    for (int i = 0; i < PATTERNS; i++) {
        c.values[2 * i] = text(i % 3 == 0 ? "a" : i % 3 == 1 ? "b, \"c\"" : "æ");
        c.values[2 * i + 1] = i < 5 ? text(i < 3 ? "M" : "K") : NULL;
    }
    ck_assert_int_eq(tta_counts_collect(&c, n, g.group, f->in.entry == NULL ? NULL : g.entry,
                                        g.time, g.event, f->in.weight == NULL ? NULL : g.weight,
                                        &e),
                     0);
    frame_free(&g);
    return c;
}

/* Written and read again. */
static void through_text(struct tta_counts *c)
{
    struct tta_buffer b = {0}, again = {0};
    struct tta_error e = {0};
    struct tta_counts back;

    ck_assert_int_eq(tta_counts_write(c, &b, &e), 0);
    ck_assert_msg(tta_counts_read(tta_buffer_text(&b), &back, &e) == 0, "%s", e.text);
    ck_assert_int_eq(tta_counts_write(&back, &again, &e), 0);
    ck_assert(tta_text_equal(tta_buffer_text(&b), tta_buffer_text(&again)));
    tta_counts_release(c);
    *c = back;
    tta_buffer_release(&b);
    tta_buffer_release(&again);
}

static int32_t pattern_of(const char *arm, const char *sex)
{
    return (*arm == 'a' ? 0 : *arm == 'b' ? 1 : 2) + (sex != NULL && *sex == 'M' ? 0 : 3);
}

/* The merged counts as what the estimators take. */
static struct frame frame_of(const struct tta_counts *c, struct tta_tally **tally)
{
    struct frame f = frame_new(c->count);

    *tally = malloc(c->count * sizeof **tally);
    f.in.groups = PATTERNS;
    f.in.weight = NULL;
    f.in.entry = c->of.entry == NULL ? NULL : f.entry;
    f.in.tally = *tally;
    f.in.weighted = c->weighted;
    f.in.fractional = c->fractional;
    for (size_t i = 0; i < c->count; i++) {
        const struct tta_count *one = &c->counts[i];

        f.time[i] = one->time;
        f.entry[i] = one->entry;
        f.event[i] = one->outcome == 1;
        f.group[i] = pattern_of(c->values[2 * one->pattern], c->values[2 * one->pattern + 1]);
        (*tally)[i] = one->tally;
    }
    return f;
}

static void assert_same(const struct frame *a, const struct frame *b)
{
    const struct tta_km_options o = {.level = 0.95, .timefix = true, .tau = 20};
    struct tta_km_result x, y;
    struct tta_logrank s, t;
    struct tta_error e = {0};
    bool test = !b->in.fractional;

    ck_assert_msg(tta_km(&a->in, &o, &x, &e) == 0, "%s", e.text);
    ck_assert_msg(tta_km(&b->in, &o, &y, &e) == 0, "%s", e.text);
    ck_assert_uint_eq(x.count, y.count);
    for (size_t i = 0; i < x.count; i++) { /* without the padding in front of time */
        const size_t from = offsetof(struct tta_km_row, time);

        ck_assert_int_eq(x.rows[i].group, y.rows[i].group);
        ck_assert_mem_eq((char *)&x.rows[i] + from, (char *)&y.rows[i] + from,
                         sizeof *x.rows - from);
    }
    for (size_t g = 0; g < x.group_count; g++) {
        ck_assert(x.groups[g].mean == y.groups[g].mean);
        ck_assert(x.groups[g].mean_std_err == y.groups[g].mean_std_err);
        ck_assert(x.groups[g].rows == y.groups[g].rows && x.groups[g].n == y.groups[g].n);
    }
    tta_km_release(&x);
    tta_km_release(&y);
    if (!test)
        return;
    ck_assert_msg(tta_logrank(&a->in, NULL, 0, NULL, &s, &e) == 0, "%s", e.text);
    ck_assert_msg(tta_logrank(&b->in, NULL, 0, NULL, &t, &e) == 0, "%s", e.text);
    ck_assert(s.chisq == t.chisq && s.p_value == t.p_value);
    ck_assert_mem_eq(s.observed, t.observed, PATTERNS * sizeof(double));
    ck_assert_mem_eq(s.expected, t.expected, PATTERNS * sizeof(double));
    tta_logrank_release(&s);
    tta_logrank_release(&t);
}

/* Any division into 1 to 64 parts, some of them empty, the parts in any order. */
START_TEST(test_merged_is_whole)
{
    static const int kinds[] = {0, 1, 2, 3, 5, 8, 13};
    int kind = kinds[_i % 7], parts, shard[ROWS];
    struct tta_counts all[64], merged;
    struct tta_tally *tally;
    struct tta_error e = {0};
    struct frame f, g;

    seed = (uint32_t)_i + 1;
    f = frame_random(kind);
    parts = _i < 7 ? 1 : 1 + (int)draw(64);
    for (size_t i = 0; i < ROWS; i++)
        shard[i] = 1 + (int)draw((uint32_t)(_i % 3 == 0 ? (parts + 1) / 2 : parts));
    for (int i = 0; i < parts; i++) {
        int to = (i + _i) % parts;

        all[to] = make_part(&f, shard, i + 1, parts);
        through_text(&all[to]);
    }
    ck_assert_msg(tta_counts_merge(all, (size_t)parts, &merged, &e) == 0, "%s", e.text);
    ck_assert_int_eq(merged.rows, ROWS);
    g = frame_of(&merged, &tally);
    assert_same(&f, &g);
    for (int i = 0; i < parts; i++)
        tta_counts_release(&all[i]);
    tta_counts_release(&merged);
    free(tally);
    frame_free(&f);
    frame_free(&g);
}
END_TEST

START_TEST(test_merge_refused)
{
    static const char *const what[] = {
        "part 3 of 3 is missing",
        "part 1 of 3, comes twice: it is also part 1 of 3",
        "b.json, part 2 of 3, was made with other options than part 1 of 3",
        "part 2 of 3, has read the same bytes as part 3 of 3",
        "another input",
        "other options",
        "part 2 of 3 is missing",
        "parts 2, 3 of 3 are missing",
        "parts 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22 and others "
        "of 9000000000000000000 are missing",
        "the parts hold 700 of the 701 rows of their input"};
    struct tta_counts all[3], merged;
    struct tta_error e = {0};
    size_t count = _i == 0 ? 2 : _i == 7 ? 1 : 3;
    int shard[ROWS];
    struct frame f;

    seed = 3;
    f = frame_random(0);
    for (size_t i = 0; i < ROWS; i++)
        shard[i] = 1 + (int)(i % 3);
    for (int i = 0; i < 3; i++)
        all[i] = make_part(&f, shard, i + 1, 3);
    if (_i == 1)
        all[2].part = 1;
    if (_i == 2)
        all[1].of.time[0] = 'x', all[1].name = text("b.json");
    if (_i == 3)
        memcpy(all[1].input, all[2].input, sizeof all[1].input);
    for (int i = 0; (_i == 4 || _i == 9) && i < 3; i++)
        all[i].of.shard_key = text("id");
    for (int i = 0; _i == 9 && i < 3; i++) {
        memcpy(all[i].input, all[0].input, sizeof all[i].input);
        all[i].rows = ROWS + 1;
    }
    for (int i = 0; _i == 8 && i < 3; i++)
        all[i].parts = 9000000000000000000;
    if (_i == 8)
        all[1].part = 99;
    if (_i == 5)
        all[2].parts = 4;
    if (_i == 6)
        all[1].part = 99;
    ck_assert_int_eq(tta_counts_merge(all, count, &merged, &e), TTA_E_DATA);
    ck_assert_msg(strstr(e.text, what[_i]) != NULL, "%s", e.text);
    for (int i = 0; i < 3; i++)
        tta_counts_release(&all[i]);
    frame_free(&f);
}
END_TEST

/* A row is counted or rejected; of a shard, it may be of another. */
START_TEST(test_rows_add_up)
{
    struct tta_counts c, back;
    struct tta_buffer b = {0};
    struct tta_error e = {0};
    int shard[ROWS];
    struct frame f;

    seed = 6;
    f = frame_random(0);
    for (size_t i = 0; i < ROWS; i++)
        shard[i] = i < 20;
    c = make_part(&f, shard, 1, 1);
    c.rows += _i == 1 || _i == 2 ? 1 : 0;
    c.rows -= _i == 3;
    c.rejected += _i == 2 || _i == 4;
    c.rows += _i == 5 ? 100 : 0;
    if (_i == 5)
        c.of.shard_key = text("id");
    ck_assert_int_eq(tta_counts_write(&c, &b, &e), 0);
    if (_i == 0 || _i == 2 || _i == 5) {
        ck_assert_msg(tta_counts_read(tta_buffer_text(&b), &back, &e) == 0, "%s", e.text);
        tta_counts_release(&back);
    } else {
        ck_assert_int_eq(tta_counts_read(tta_buffer_text(&b), &back, &e), TTA_E_DATA);
        ck_assert_msg(strstr(e.text, "do not add up") != NULL, "%s", e.text);
    }
    tta_buffer_release(&b);
    tta_counts_release(&c);
    frame_free(&f);
}
END_TEST

/* Cut short anywhere, or with any digit changed, it is refused or means the same. */
START_TEST(test_damaged)
{
    struct tta_counts c, back;
    struct tta_buffer b = {0};
    struct tta_error e = {0};
    int shard[ROWS];
    struct frame f;

    seed = 5;
    f = frame_random(1);
    for (size_t i = 0; i < ROWS; i++)
        shard[i] = i < 20;
    c = make_part(&f, shard, 1, 1);
    ck_assert_int_eq(tta_counts_write(&c, &b, &e), 0);
    for (size_t len = 0; len + 2 < b.len; len++) {
        struct tta_text cut = {b.ptr, len};

        ck_assert_int_eq(tta_counts_read(cut, &back, &e), TTA_E_DATA);
        tta_error_clear(&e);
    }
    for (size_t i = (size_t)(strstr(b.ptr, "\"times\"") - b.ptr); i < b.len - 4; i++) {
        char was = b.ptr[i];

        if (was < '1' || was > '9' || b.ptr[i - 1] != ' ')
            continue;
        b.ptr[i] = (char)(was == '9' ? '1' : was + 1);
        if (tta_counts_read(tta_buffer_text(&b), &back, &e) == 0)
            tta_counts_release(&back); /* a time */
        tta_error_clear(&e);
        b.ptr[i] = was;
    }
    tta_buffer_release(&b);
    tta_counts_release(&c);
    frame_free(&f);
}
END_TEST

Suite *survival_counts_suite(void)
{
    Suite *s = suite_create("survival/counts");
    TCase *t = tcase_create("counts");

    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, test_merged_is_whole, 0, 70);
    tcase_add_loop_test(t, test_merge_refused, 0, 10);
    tcase_add_loop_test(t, test_rows_add_up, 0, 6);
    tcase_add_test(t, test_damaged);
    suite_add_tcase(s, t);
    return s;
}
