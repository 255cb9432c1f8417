/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pairs: one of each to each arm, and pairs that are made by nearness. */
#include <math.h>

#include "lists.h"

Suite *random_pairs_suite(void);

static struct tta_units points(const struct tta_plan *p, const double (*x)[2], size_t n)
{
    struct tta_units u = {0};

    for (size_t i = 0; i < n; i++) {
        union tta_slot cells[2] = {{.number = x[i][0]}, {.number = x[i][1]}};

        add(&u, p, cells);
    }
    return u;
}

/* The nearest two are 1 and 1.5; but 0 and 4 would be left, and the exchange mends that. */
START_TEST(greed_is_mended)
{
    static const double x[][2] = {{0, 0}, {1, 0}, {1.5, 0}, {4, 0}};
    static const uint32_t want[] = {0, 0, 1, 1};
    struct tta_plan p = plan_of("method=pairs arms=a,b match=x");
    struct tta_units u = points(&p, x, 4);
    struct tta_allocation a = allocate(&p, key_of("greedy", 0), &u);

    ck_assert_mem_eq(a.pair, want, sizeof want);
    ck_assert_uint_ne(a.arm[0], a.arm[1]);
    ck_assert_uint_ne(a.arm[2], a.arm[3]);
    tta_allocation_release(&a);
    tta_units_release(&u);
    tta_plan_release(&p);
}
END_TEST

/* Ties go to the first: four equal points pair as they come. */
START_TEST(ties_go_to_the_first)
{
    static const double x[][2] = {{1, 5}, {1, 5}, {2, 7}, {1, 5}, {2, 7}, {1, 5}};
    struct tta_plan p = plan_of("method=pairs arms=a,b match=x");
    struct tta_units u = points(&p, x, 6);
    struct tta_allocation a = allocate(&p, key_of("ties", 0), &u);
    static const uint32_t want[] = {0, 0, 1, 2, 1, 2};

    ck_assert_mem_eq(a.pair, want, sizeof want);
    tta_allocation_release(&a);
    tta_units_release(&u);
    tta_plan_release(&p);
}
END_TEST

static void some_points(double (*x)[2], size_t n)
{
    struct tta_stream s;
    struct tta_key key = key_of("points", 0);

    tta_stream_of(&s, &key, tta_text_of(""));
    for (size_t i = 0; i < n; i++)
        for (size_t c = 0; c < 2; c++)
            x[i][c] = (double)tta_stream_below(&s, 1000000) / 1000;
}

/* Mahalanobis' distance knows no units: any invertible mixture of the numbers pairs the same. */
START_TEST(mixtures_pair_the_same)
{
    enum { N = 400 };
    static double x[N][2], y[N][2];
    struct tta_plan p = plan_of("method=pairs arms=a,b match=x,y");

    some_points(x, N);
    for (size_t i = 0; i < N; i++) {
        y[i][0] = 1e6 * (3 * x[i][0] + 2 * x[i][1]) - 12;
        y[i][1] = 0.001 * (x[i][0] - x[i][1]);
    }
    struct tta_units u = points(&p, (const double(*)[2])x, N),
                     v = points(&p, (const double(*)[2])y, N);
    struct tta_allocation a = allocate(&p, key_of("mixed", 0), &u);
    struct tta_allocation b = allocate(&p, key_of("mixed", 0), &v);
    ck_assert_mem_eq(a.pair, b.pair, N * sizeof *a.pair);
    ck_assert_mem_eq(a.arm, b.arm, N * sizeof *a.arm);
    tta_allocation_release(&a);
    tta_allocation_release(&b);
    tta_units_release(&u);
    tta_units_release(&v);
    tta_plan_release(&p);
}
END_TEST

/* Along a line the distance is |difference| / sd; the sum over pairs, with sd left out. */
static double sum_of(const double (*x)[2], const uint32_t *pair, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++)
            sum += pair[i] == pair[k] ? fabs(x[i][0] - x[k][0]) : 0;
    return sum;
}

static int by_first(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/*
 * Along a line the optimal matching is known: neighbours in order. Of 200 lists of 20
 * points none is above it by a tenth, and most are it.
 */
START_TEST(near_the_best_of_all)
{
    struct tta_plan p = plan_of("method=pairs arms=a,b match=x");
    int best = 0;

    for (int list = 0; list < 200; list++) {
        double x[20][2], sorted[20][2], least = 0, found;
        struct tta_stream s;
        struct tta_key key = key_of("line", list);

        tta_stream_of(&s, &key, tta_text_of(""));
        for (size_t i = 0; i < 20; i++)
            x[i][0] = x[i][1] = (double)tta_stream_below(&s, 1000000);
        memcpy(sorted, x, sizeof x);
        qsort(sorted, 20, sizeof *sorted, by_first);
        for (size_t i = 0; i < 20; i += 2)
            least += sorted[i + 1][0] - sorted[i][0];
        struct tta_units u = points(&p, (const double(*)[2])x, 20);
        struct tta_allocation a = allocate(&p, key, &u);
        found = sum_of((const double(*)[2])x, a.pair, 20);
        must(found >= least && found <= 1.1 * least);
        best += found == least;
        tta_allocation_release(&a);
        tta_units_release(&u);
    }
    ck_assert_int_gt(best, 150);
    tta_plan_release(&p);
}
END_TEST

/* Each pair has one in each arm, whichever comes first half of the time (z below 4). */
START_TEST(one_of_each)
{
    enum { N = 20000 };
    struct tta_plan p = plan_of("method=pairs arms=a,b pair=p");
    struct tta_units u = {0};
    int first = 0;

    for (size_t i = 0; i < N; i++) { /* 0 1 2 .. and then their partners */
        char name[16];
        union tta_slot cell = {
            .text = {name, (size_t)snprintf(name, sizeof name, "%zu", i % (N / 2))}};

        add(&u, &p, &cell);
    }
    struct tta_allocation a = allocate(&p, key_of("one", 0), &u);
    for (size_t i = 0; i < N / 2; i++) {
        must(a.arm[i] != a.arm[i + N / 2]);
        must(a.pair[i] == a.pair[i + N / 2]);
        first += a.arm[i];
    }
    ck_assert_double_lt(fabs(first - N / 4.0), 4 * sqrt(N / 8.0));
    tta_allocation_release(&a);
    tta_units_release(&u);
    tta_plan_release(&p);
}
END_TEST

static void refused(const char *settings, const char *const *pairs, const double (*x)[2], size_t n,
                    const char *why)
{
    struct tta_plan p = plan_of(settings);
    struct tta_units u = {0};
    struct tta_key key = key_of("refused", 0);
    struct tta_allocation a;
    struct tta_error e = {0};

    for (size_t i = 0; i < n; i++) {
        union tta_slot cells[2] = {{.number = 0}, {.number = 0}};

        if (pairs != NULL)
            cells[0].text = tta_text_of(pairs[i]);
        for (size_t c = 0; pairs == NULL && c < 2; c++)
            cells[c].number = x[i][c];
        add(&u, &p, cells);
    }
    ck_assert_int_eq(tta_allocate(&p, &key, &u, &a, &e), TTA_E_DATA);
    ck_assert_str_eq(e.text, why);
    ck_assert_ptr_null(a.arm);
    ck_assert_ptr_null(a.pair);
    tta_units_release(&u);
    tta_plan_release(&p);
}

START_TEST(pairs_that_are_none)
{
    static const char *const one[] = {"p", "q", "p"}, *const three[] = {"p", "p", "p"},
                             *const two[] = {"p", "q", "q", "p", "q"};
    static const double odd[][2] = {{1, 2}, {2, 1}, {3, 7}}, same[][2] = {{5, 2}, {5, 1}},
                        twice[][2] = {{1, 2.5}, {2, 4.5}, {4, 8.5}, {3, 6.5}},
                        huge[][2] = {{1e308, 1}, {-1e308, 2}};

    refused("method=pairs arms=a,b pair=p", one, NULL, 3,
            "the pair of row 2 of the list has 1 unit, not 2");
    refused("method=pairs arms=a,b pair=p", three, NULL, 3,
            "the pair of row 1 of the list has 3 units, not 2");
    refused("method=pairs arms=a,b,c pair=p", two, NULL, 5,
            "the pair of row 1 of the list has 2 units, not 3");
    refused("method=pairs arms=a,b match=x,y", NULL, odd, 3,
            "the stratum of row 1 of the list has 3 units: one would be without a partner");
    refused("method=pairs arms=a,b match=x,y", NULL, same, 2,
            "--match: x is the same in all units");
    refused("method=pairs arms=a,b match=x,y", NULL, twice, 4,
            "--match: y follows from the columns before it");
    refused("method=pairs arms=a,b match=x", NULL, huge, 2,
            "--match: the numbers of x are too large");
}
END_TEST

Suite *random_pairs_suite(void)
{
    Suite *s = suite_create("random/pairs");
    TCase *t = tcase_create("pairs");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, greed_is_mended);
    tcase_add_test(t, near_the_best_of_all);
    tcase_add_test(t, ties_go_to_the_first);
    tcase_add_test(t, mixtures_pair_the_same);
    tcase_add_test(t, one_of_each);
    tcase_add_test(t, pairs_that_are_none);
    suite_add_tcase(s, t);
    return s;
}
