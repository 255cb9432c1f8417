/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lists drawn as one: exact numbers, exact chances, strata, clusters, steps. */
#define MATHLIB_STANDALONE 1
#include <Rmath.h>

#include "lists.h"

Suite *random_lists_suite(void);

/* One row a unit, its stratum by number. */
static struct tta_units in_strata(const struct tta_plan *p, const size_t *sizes, size_t strata)
{
    struct tta_units u = {0};
    char label[8];

    for (size_t s = 0; s < strata; s++)
        for (size_t i = 0; i < sizes[s]; i++) {
            union tta_slot cell = {.text = {label, (size_t)snprintf(label, 8, "s%zu", s)}};

            add(&u, p, &cell);
        }
    return u;
}

/*
 * 2:1 of 4 is 2 2/3 : 1 1/3: three and one in two draws of three, two and two in one;
 * so each of 4 sequences has 1/6, each of 6 has 1/18.
 */
START_TEST(shares_that_do_not_divide)
{
    struct tta_plan p = plan_of("arms=a:2,b:1 ratio=yes");
    struct tta_units u = units_of(&p, 4);
    int seen[16] = {0}, counts[10], n = 0;
    double chances[10];

    for (int k = 0; k < 36000; k++) {
        struct tta_allocation a = allocate(&p, key_of("shares", k), &u);

        seen[a.arm[0] | a.arm[1] << 1 | a.arm[2] << 2 | a.arm[3] << 3]++;
        tta_allocation_release(&a);
    }
    for (int s = 0; s < 16; s++) {
        int second = __builtin_popcount((unsigned)s);

        if (second != 1 && second != 2) {
            ck_assert_int_eq(seen[s], 0);
            continue;
        }
        counts[n] = seen[s];
        chances[n++] = second == 1 ? 1.0 / 6 : 1.0 / 18;
    }
    ck_assert_int_eq(n, 10);
    ck_assert_double_lt(chi_square(counts, chances, 10), qchisq(0.999, 9, 1, 0));
    tta_units_release(&u);
    tta_plan_release(&p);
}
END_TEST

/* Three arms, many sizes: every arm its share, rounded down or up, in every stratum. */
START_TEST(shares_in_strata)
{
    struct tta_plan p = plan_of("arms=a:3,b:2,c:1 ratio=yes strata=s");
    size_t sizes[40], at = 0;

    for (size_t s = 0; s < 40; s++)
        sizes[s] = s;
    struct tta_units u = in_strata(&p, sizes, 40);
    struct tta_allocation a = allocate(&p, key_of("in strata", 0), &u);

    for (size_t s = 0; s < 40; s++) {
        size_t of[3] = {0};

        for (size_t i = 0; i < s; i++)
            of[a.arm[at++]]++;
        for (size_t arm = 0; arm < 3; arm++) {
            size_t share = (3 - arm) * s;

            must(of[arm] == share / 6 || (share % 6 != 0 && of[arm] == share / 6 + 1));
        }
    }
    tta_allocation_release(&a);
    tta_units_release(&u);
    tta_plan_release(&p);
}
END_TEST

/*
 * 7 of 12 in strata of 3, 4 and 5: always 7; in each stratum 7/12 of it rounded down or
 * up; and every unit, whatever its stratum, has the chance 7/12 (within 4.5 sd).
 */
START_TEST(totals_across_strata)
{
    enum { KEYS = 30000 };
    static const size_t sizes[] = {3, 4, 5};
    struct tta_plan p = plan_of("arms=a:7,b:5 strata=s");
    struct tta_units u = in_strata(&p, sizes, 3);
    double chance = 7.0 / 12, sd = sqrt(KEYS * chance * (1 - chance));
    int in_first[12] = {0};

    for (int k = 0; k < KEYS; k++) {
        struct tta_allocation a = allocate(&p, key_of("totals", k), &u);
        size_t at = 0, all = 0;

        for (size_t s = 0; s < 3; s++) {
            size_t first = 0;

            for (size_t i = 0; i < sizes[s]; i++, at++) {
                first += a.arm[at] == 0;
                in_first[at] += a.arm[at] == 0;
            }
            must(first == 7 * sizes[s] / 12 || first == 7 * sizes[s] / 12 + 1);
            all += first;
        }
        must(all == 7);
        tta_allocation_release(&a);
    }
    for (size_t i = 0; i < 12; i++)
        ck_assert_double_lt(fabs(in_first[i] - KEYS * chance), 4.5 * sd);
    tta_units_release(&u);
    tta_plan_release(&p);
}
END_TEST

/* The list of the Vestegn protocol: 200 + 200 in 2 x 2 x 2 strata of odd sizes, never off by two.
 */
START_TEST(four_hundred_in_eight_strata)
{
    static const size_t sizes[] = {71, 33, 58, 87, 19, 41, 60, 31};
    struct tta_plan p = plan_of("arms=indsats:200,kontrol:200 strata=s");
    struct tta_units u = in_strata(&p, sizes, 8);
    struct tta_allocation a = allocate(&p, key_of("vestegn", 4), &u);
    int ahead = 0, all = 0;
    size_t at = 0;

    for (size_t s = 0; s < 8; s++, ahead = 0) {
        for (size_t i = 0; i < sizes[s]; i++)
            ahead += a.arm[at++] == 0 ? 1 : -1;
        ck_assert_int_le(abs(ahead), 1);
        all += ahead;
    }
    ck_assert_int_eq(all, 0);
    tta_allocation_release(&a);
    tta_units_release(&u);
    tta_plan_release(&p);
}
END_TEST

/* A frozen thing: the plain list is tta_draw_complete of the empty label. */
START_TEST(complete_is_step_6)
{
    static const uint64_t sizes[] = {20, 10};
    struct tta_plan p = plan_of("arms=a:20,b:10");
    struct tta_units u = units_of(&p, 30);
    struct tta_key key = key_of("step 6", 0);
    struct tta_allocation a = allocate(&p, key, &u);
    struct tta_stream s;
    struct tta_error e = {0};
    uint16_t arm[30];

    tta_stream_of(&s, &key, tta_text_of(""));
    ck_assert_int_eq(tta_draw_complete(sizes, 2, 30, &s, arm, &e), 0);
    ck_assert_mem_eq(a.arm, arm, sizeof arm);
    tta_allocation_release(&a);
    tta_units_release(&u);
    tta_plan_release(&p);
}
END_TEST

/* Rows of clusters in any order: a cluster has one arm, and the clusters' numbers are exact. */
START_TEST(clusters_go_whole)
{
    struct tta_plan p = plan_of("method=cluster arms=a:5,b:2 unit=team");
    struct tta_units u = {0};
    int arm_of[7], clusters[2] = {0};

    for (int i = 0; i < 500; i++) {
        char team[8];
        union tta_slot cell = {.text = {team, (size_t)snprintf(team, 8, "%d", i * 5 % 7)}};

        add(&u, &p, &cell);
    }
    for (int i = 0; i < 7; i++)
        arm_of[i] = -1;
    struct tta_allocation a = allocate(&p, key_of("clusters", 0), &u);
    for (size_t i = 0; i < u.n; i++) {
        int team = u.groups.texts[u.group[i]][0] - '0';

        if (arm_of[team] < 0)
            clusters[arm_of[team] = a.arm[i]]++;
        must(arm_of[team] == a.arm[i]);
    }
    ck_assert_int_eq(clusters[0], 5);
    ck_assert_int_eq(clusters[1], 2);
    tta_allocation_release(&a);
    tta_units_release(&u);
    tta_plan_release(&p);
}
END_TEST

/* Nobody goes back: over the periods a unit changes arm once, in the period that was drawn. */
START_TEST(units_cross_once)
{
    struct tta_plan p = plan_of("method=stepped steps=2:3,3:4,6:3 unit=k period=t "
                                "arms=usual,tta");
    struct tta_units u = {0};
    size_t crossed[7] = {0};

    for (int64_t t = 1; t <= 6; t++)
        for (int k = 0; k < 10; k++) {
            char name[8];
            union tta_slot row[2] = {{.text = {name, (size_t)snprintf(name, 8, "k%d", k)}},
                                     {.integer = t}};

            add(&u, &p, row);
        }
    struct tta_allocation a = allocate(&p, key_of("steps", 0), &u);
    for (size_t i = 0; i < u.n; i++) {
        bool before = strcmp(tta_allocation_arm(&p, &u, &a, i), "usual") == 0;
        bool after_last = i < 10 || strcmp(tta_allocation_arm(&p, &u, &a, i - 10), "usual") == 0;

        must(before || strcmp(tta_allocation_arm(&p, &u, &a, i), "tta") == 0);
        must(after_last || !before);
        if (after_last && !before)
            crossed[u.period[i]]++;
    }
    ck_assert_uint_eq(crossed[1], 0);
    ck_assert_uint_eq(crossed[2], 3);
    ck_assert_uint_eq(crossed[3], 4);
    ck_assert_uint_eq(crossed[6], 3);
    tta_allocation_release(&a);
    tta_units_release(&u);
    tta_plan_release(&p);
}
END_TEST

/* One step for all, in strata: everybody crosses then. */
START_TEST(one_step)
{
    static const size_t sizes[] = {3, 4};
    struct tta_plan p = plan_of("method=stepped steps=2:7 strata=s");
    struct tta_units u = in_strata(&p, sizes, 2);
    struct tta_allocation a = allocate(&p, key_of("one step", 0), &u);

    for (size_t i = 0; i < 7; i++)
        ck_assert_uint_eq(a.arm[i], 0);
    tta_allocation_release(&a);
    tta_units_release(&u);
    tta_plan_release(&p);
}
END_TEST

START_TEST(lists_that_cannot_be)
{
    static const struct {
        const char *settings;
        size_t n;
        const char *why;
    } lists[] = {
        {"arms=a:20,b:0", 12, "20 + 0 = 20 units are to be drawn, the input has 12"},
        {"arms=a:20,b:10 strata=s", 12, "20 + 10 = 30 units are to be drawn, the input has 12"},
        {"method=cluster arms=a:2,b:1 unit=k", 12,
         "2 + 1 = 3 units are to be drawn, the input has 1"},
        {"method=stepped steps=1:2,2:2", 3, "2 + 2 = 4 units are to be drawn, the input has 3"},
        {"arms=a:9223372036854775807,b:9223372036854775807,c:2", 0,
         "the arms' sizes are too large to add up"},
    };
    struct tta_plan p = plan_of(lists[_i].settings);
    struct tta_units u = {0};
    struct tta_allocation a;
    struct tta_error e = {0};
    struct tta_key key = key_of("cannot", 0);
    union tta_slot cell = {.text = tta_text_of("x")};

    for (size_t i = 0; i < lists[_i].n; i++)
        add(&u, &p, &cell);
    ck_assert_int_eq(tta_allocate(&p, &key, &u, &a, &e), TTA_E_DATA);
    ck_assert_str_eq(e.text, lists[_i].why);
    ck_assert_ptr_null(a.arm);
    tta_units_release(&u);
    tta_plan_release(&p);
}
END_TEST

Suite *random_lists_suite(void)
{
    Suite *s = suite_create("random/lists");
    TCase *t = tcase_create("lists");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, shares_that_do_not_divide);
    tcase_add_test(t, shares_in_strata);
    tcase_add_test(t, totals_across_strata);
    tcase_add_test(t, four_hundred_in_eight_strata);
    tcase_add_test(t, complete_is_step_6);
    tcase_add_test(t, clusters_go_whole);
    tcase_add_test(t, units_cross_once);
    tcase_add_test(t, one_step);
    tcase_add_loop_test(t, lists_that_cannot_be, 0, 5);
    suite_add_tcase(s, t);
    return s;
}
