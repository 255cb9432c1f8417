/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Constrained draws against every allotment looked at the plain way. */
#define MATHLIB_STANDALONE 1
#include <Rmath.h>

#include "lists.h"

Suite *random_constrained_suite(void);

#define MOST 16

struct clusters {
    size_t n;
    double v[MOST][2];
};

static struct clusters some(size_t n, int number)
{
    struct clusters c = {.n = n};
    struct tta_stream s;
    struct tta_key key = key_of("clusters", number);

    tta_stream_of(&s, &key, tta_text_of(""));
    for (size_t i = 0; i < n; i++) {
        c.v[i][0] = (double)tta_stream_below(&s, 5000);
        c.v[i][1] = (double)tta_stream_below(&s, 100000) / 1000;
    }
    return c;
}

static struct tta_units list_of(const struct tta_plan *p, const struct clusters *c)
{
    struct tta_units u = {0};

    for (size_t i = 0; i < c->n; i++) {
        union tta_slot cells[2] = {{.micro = (int64_t)(c->v[i][0] * 1e6 + 0.5)},
                                   {.micro = (int64_t)(c->v[i][1] * 1e6 + 0.5)}};

        add(&u, p, cells);
    }
    return u;
}

/* The plain way, with other arithmetic: squared differences of means in units of the sd. */
static double imbalance(const struct clusters *c, unsigned set, double weight)
{
    double score = 0;

    for (size_t v = 0; v < 2; v++) {
        double sum[2] = {0}, mean = 0, squares = 0, d;
        size_t m = (size_t)__builtin_popcount(set);

        for (size_t i = 0; i < c->n; i++) {
            sum[set >> i & 1] += c->v[i][v];
            mean += c->v[i][v] / (double)c->n;
        }
        for (size_t i = 0; i < c->n; i++)
            squares += (c->v[i][v] - mean) * (c->v[i][v] - mean);
        d = sum[1] / (double)m - sum[0] / (double)(c->n - m);
        score += (v == 0 ? weight : 1) * d * d / squares;
    }
    return score;
}

struct ranked {
    unsigned set;
    double score;
};

static int by_score(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;

    return (x->score > y->score) - (x->score < y->score);
}

static size_t all_ranked(const struct clusters *c, size_t m, double weight, struct ranked *out)
{
    size_t n = 0;

    for (unsigned set = 0; set < 1U << c->n; set++)
        if ((size_t)__builtin_popcount(set) == m)
            out[n++] = (struct ranked){set, imbalance(c, set, weight)};
    qsort(out, n, sizeof *out, by_score);
    return n;
}

static unsigned set_of(const struct tta_allocation *a, size_t n)
{
    unsigned set = 0;

    for (size_t i = 0; i < n; i++)
        set |= (unsigned)(a->arm[i] == 0) << i;
    return set;
}

/*
 * The kept set is the best tenth by the plain way, to the allotment (the data leave a
 * gap behind it), and every one of it is drawn as often as another.
 */
START_TEST(kept_are_the_best)
{
    enum { KEYS = 5000 };
    static struct ranked ranked[1000];
    struct tta_plan p = plan_of("method=constrained arms=a:4,b:6 covariates=x:3,y keep=0.1");
    struct clusters c = some(10, _i);
    struct tta_units u = list_of(&p, &c);
    size_t n = all_ranked(&c, 4, 3, ranked), kept = (n + 9) / 10;
    int seen[1000] = {0};
    double chances[1000];

    ck_assert_uint_eq(n, 210);
    ck_assert_double_gt(ranked[kept].score, ranked[kept - 1].score * 1.001);
    uint64_t always = 0, never = 0;

    for (size_t i = 0; i < 10; i++)
        for (size_t k = 0; k < i; k++) {
            size_t together = 0;

            for (size_t r = 0; r < kept; r++)
                together += (ranked[r].set >> i & 1) == (ranked[r].set >> k & 1);
            always += together == kept;
            never += together == 0;
        }
    for (int k = 0; k < KEYS; k++) {
        struct tta_allocation a = allocate(&p, key_of("kept", k), &u);
        size_t place = 0;

        must(a.candidates == n && a.kept == kept && a.drawn <= a.worst_kept);
        must(a.pairs_counted && a.always == always && a.never == never);
        while (place < kept && ranked[place].set != set_of(&a, 10))
            place++;
        must(place < kept);
        seen[place]++;
        tta_allocation_release(&a);
    }
    for (size_t i = 0; i < kept; i++)
        chances[i] = 1.0 / (double)kept;
    ck_assert_double_lt(chi_square(seen, chances, kept), qchisq(0.999, (double)kept - 1, 1, 0));
    tta_units_release(&u);
    tta_plan_release(&p);
}
END_TEST

/*
 * Where all are kept the draw is the x-th allotment in the order of its number, on
 * both sides of the 12 units that the library holds in a table.
 */
START_TEST(order_of_allotments)
{
    struct tta_plan p = plan_of("method=constrained arms=a,b covariates=x,y keep=1");
    struct clusters c = some((size_t)_i, 0);
    struct tta_units u = list_of(&p, &c);

    for (int k = 0; k < 20; k++) {
        struct tta_key key = key_of("order", k);
        struct tta_allocation a = allocate(&p, key, &u);
        struct tta_stream s;
        uint64_t m, x;
        unsigned set = 0;

        tta_stream_of(&s, &key, tta_text_of(""));
        m = ((uint64_t)_i + tta_stream_below(&s, 2)) / 2;
        x = tta_stream_below(&s, a.candidates);
        ck_assert_uint_eq(a.kept, a.candidates);
        for (;; set++)
            if ((uint64_t)__builtin_popcount(set) == m && x-- == 0)
                break;
        ck_assert_uint_eq(set_of(&a, (size_t)_i), set);
        tta_allocation_release(&a);
    }
    tta_units_release(&u);
    tta_plan_release(&p);
}
END_TEST

/* 20 of 30 municipalities: all C(30, 20) are looked at, and the worst tenth-best is right. */
START_TEST(thirty_municipalities)
{
    struct tta_plan p = plan_of("method=constrained arms=a:20,b:10 covariates=x,y");
    struct tta_units u = {0};
    struct tta_stream s;
    struct tta_key key = key_of("thirty", 0);

    tta_stream_of(&s, &key, tta_text_of(""));
    for (size_t i = 0; i < 30; i++) {
        union tta_slot cells[2] = {{.micro = (int64_t)tta_stream_below(&s, 1 << 30)},
                                   {.micro = (int64_t)tta_stream_below(&s, 1 << 30)}};

        add(&u, &p, cells);
    }
    struct tta_allocation a = allocate(&p, key, &u);
    ck_assert_uint_eq(a.candidates, 30045015);
    ck_assert_uint_ge(a.kept, 3004502);
    ck_assert_uint_lt(a.kept, 3004502 + 1000); /* ties */
    ck_assert_uint_le(a.drawn, a.worst_kept);
    tta_allocation_release(&a);
    tta_units_release(&u);
    tta_plan_release(&p);
}
END_TEST

/* So many that were drawn stand for all: the limit comes close to that of all. */
START_TEST(drawn_candidates)
{
    struct tta_plan all = plan_of("method=constrained arms=a:8,b:8 covariates=x,y keep=0.2");
    struct tta_plan some_of = plan_of("method=constrained arms=a:8,b:8 covariates=x,y keep=0.2 "
                                      "candidates=20000");
    struct clusters c = some(16, 5);
    struct tta_units u = list_of(&all, &c);
    struct tta_allocation a = allocate(&all, key_of("drawn", 0), &u);
    struct tta_allocation b = allocate(&some_of, key_of("drawn", 0), &u);

    ck_assert_uint_eq(a.candidates, 12870);
    ck_assert_uint_eq(b.candidates, 20000);
    ck_assert_uint_ge(b.kept, 4000);
    ck_assert_double_lt(fabs((double)b.worst_kept / (double)a.worst_kept - 1), 0.1);
    ck_assert_int_eq(__builtin_popcount(set_of(&b, 16)), 8);
    tta_allocation_release(&a);
    tta_allocation_release(&b);
    tta_units_release(&u);
    tta_plan_release(&all);
    tta_plan_release(&some_of);
}
END_TEST

/* The two giants must part, or no allotment is near: that is said. */
START_TEST(too_tight)
{
    struct tta_plan p = plan_of("method=constrained arms=a,b covariates=x keep=0.05");
    struct tta_plan drawn = plan_of("method=constrained arms=a,b covariates=x keep=0.05 "
                                    "candidates=400");
    struct tta_units u = {0};

    for (int64_t i = 0; i < 10; i++) {
        union tta_slot cell = {.micro = i < 2 ? 90000000 : i * 1000000};

        add(&u, &p, &cell);
    }
    struct tta_allocation a = allocate(&p, key_of("tight", 0), &u);
    struct tta_allocation b = allocate(&drawn, key_of("tight", 0), &u);
    ck_assert_uint_ge(a.never, 1);
    ck_assert_uint_ge(b.never, 1);
    ck_assert_uint_ne(a.arm[0], a.arm[1]);
    tta_allocation_release(&a);
    tta_allocation_release(&b);
    tta_units_release(&u);
    tta_plan_release(&p);
    tta_plan_release(&drawn);
}
END_TEST

START_TEST(what_cannot_be)
{
    static const struct {
        const char *settings;
        int64_t units;
        const char *why;
    } cases[] = {
        {"method=constrained arms=a:20,b:10 covariates=x", 12,
         "20 + 10 = 30 units are to be drawn, the input has 12"},
        {"method=constrained arms=a:30,b:30 covariates=x", 60,
         "30 of 60 units: more than 1000000000 allotments; say with --candidates how many of "
         "them to draw and to look at"},
        {"method=constrained arms=a:1,b:1 covariates=x,y", 2,
         "--covariates: y is the same in all units"},
    };
    struct tta_plan p = plan_of(cases[_i].settings);
    struct tta_units u = {0};
    struct tta_key key = key_of("cannot", 0);
    struct tta_allocation a;
    struct tta_error e = {0};

    for (int64_t i = 0; i < cases[_i].units; i++) {
        union tta_slot cells[2] = {{.micro = i}, {.micro = 7}};

        add(&u, &p, cells);
    }
    ck_assert_int_eq(tta_allocate(&p, &key, &u, &a, &e), TTA_E_DATA);
    ck_assert_str_eq(e.text, cases[_i].why);
    tta_units_release(&u);
    tta_plan_release(&p);
}
END_TEST

/* A covariate has no scale: in øre or in millions, the same draw. */
START_TEST(scale_does_not_matter)
{
    struct tta_plan p = plan_of("method=constrained arms=a,b covariates=x");
    struct tta_units small = {0}, large = {0};

    for (int64_t i = 0; i < 14; i++) {
        union tta_slot one = {.micro = (i * i * 7 % 31) * 1000000}, many = one;

        many.micro = one.micro * 4000000 / 1000000 * 1000000 + 5000000;
        add(&small, &p, &one);
        add(&large, &p, &many);
    }
    struct tta_allocation a = allocate(&p, key_of("scale", 0), &small);
    struct tta_allocation b = allocate(&p, key_of("scale", 0), &large);
    ck_assert_mem_eq(a.arm, b.arm, 14 * sizeof *a.arm);
    ck_assert_uint_eq(a.worst_kept, b.worst_kept);
    tta_allocation_release(&a);
    tta_allocation_release(&b);
    tta_units_release(&small);
    tta_units_release(&large);
    tta_plan_release(&p);
}
END_TEST

Suite *random_constrained_suite(void)
{
    Suite *s = suite_create("random/constrained");
    TCase *t = tcase_create("constrained");

    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, kept_are_the_best, 0, 3);
    tcase_add_loop_test(t, order_of_allotments, 2, 17);
    tcase_add_test(t, thirty_municipalities);
    tcase_add_test(t, drawn_candidates);
    tcase_add_test(t, too_tight);
    tcase_add_loop_test(t, what_cannot_be, 0, 3);
    tcase_add_test(t, scale_does_not_matter);
    suite_add_tcase(s, t);
    return s;
}
