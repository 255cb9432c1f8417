/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Minimisation: margins stay level, every measure and weight does what it says. */
#include "lists.h"

Suite *random_minimise_suite(void);

#define FACTORS 4
static const unsigned levels_of[FACTORS] = {8, 5, 3, 2};

/* People with four independent factors. */
static struct tta_units people(const struct tta_plan *p, size_t n)
{
    struct tta_units u = {0};
    struct tta_stream s;
    struct tta_key key = key_of("factors", 0);

    tta_stream_of(&s, &key, tta_text_of(""));
    for (size_t i = 0; i < n; i++) {
        union tta_slot cells[FACTORS];
        char level[FACTORS];

        for (size_t f = 0; f < FACTORS; f++) {
            level[f] = (char)('a' + tta_stream_below(&s, levels_of[f]));
            cells[f].text = (struct tta_text){&level[f], 1};
        }
        add(&u, p, cells);
    }
    return u;
}

/* The largest difference of the arms' counts (over their shares) at any level. */
static double worst_margin(const struct tta_plan *p, const struct tta_units *u,
                           const struct tta_allocation *a, size_t factors)
{
    double worst = 0;

    for (size_t f = 0; f < factors; f++)
        for (int32_t level = 0; level < u->levels[f].count; level++) {
            double least = 1e9, most = 0;

            for (uint16_t arm = 0; arm < p->arms.count; arm++) {
                double count = 0;

                for (size_t i = 0; i < u->n; i++)
                    count += u->level[i * p->factors.count + f] == level && a->arm[i] == arm;
                count /= (double)p->arms.items[arm].number;
                least = count < least ? count : least;
                most = count > most ? count : most;
            }
            worst = most - least > worst ? most - least : worst;
        }
    return worst;
}

static double margin_under(const char *settings, size_t n, size_t factors)
{
    struct tta_plan p = plan_of(settings);
    struct tta_units u = people(&p, n);
    struct tta_allocation a = allocate(&p, key_of("margin", 0), &u);
    double worst = worst_margin(&p, &u, &a, factors);

    tta_allocation_release(&a);
    tta_units_release(&u);
    tta_plan_release(&p);
    return worst;
}

/*
 * Without chance, each factor alone is level to one unit; four at once to a few, where
 * a coin leaves sqrt(2000) = 45 of 1000.
 */
START_TEST(margins_are_level)
{
    static const char *const measures[] = {"range", "variance", "sd"};
    char settings[128];

    snprintf(settings, sizeof settings,
             "method=minimise arms=a,b,c probability=1 measure=%s factors=w,x,y,z", measures[_i]);
    ck_assert_double_le(margin_under(settings, 2000, FACTORS), 4);
    snprintf(settings, sizeof settings,
             "method=minimise arms=a,b probability=0.8 measure=%s factors=w,x,y,z", measures[_i]);
    ck_assert_double_le(margin_under(settings, 2000, FACTORS), 14);
    ck_assert_double_ge(
        margin_under("method=minimise arms=a,b probability=0.5 factors=w,x,y,z", 2000, FACTORS),
        20);
}
END_TEST

/* A factor of great weight is level as if it were alone: to one unit. */
START_TEST(weight_tells)
{
    ck_assert_double_le(
        margin_under("method=minimise arms=a,b probability=1 factors=w:1000,x,y,z", 2000, 1), 1);
    ck_assert_double_gt(
        margin_under("method=minimise arms=a,b probability=1 factors=w,x:1000,y,z", 2000, 1), 1);
}
END_TEST

/* 2:1 without chance: the counts over their shares stay within a few units, in every level. */
START_TEST(shares_are_kept)
{
    ck_assert_double_le(
        margin_under("method=minimise arms=a:2,b:1 probability=1 factors=w,x,y,z", 3000, FACTORS),
        4);
    ck_assert_double_le(
        margin_under("method=minimise arms=a:1,b:2,c:3 probability=1 measure=variance "
                     "factors=w,x,y,z",
                     3000, FACTORS),
        4);
}
END_TEST

/*
 * By hand. Factors w, x; so far unit 1 (a a) in arm A. Unit 2 (a b): to A: w 2:0, x 1:0,
 * range 3; to B: w 1:1, x 0:1, range 1: B is best. Unit 3 (b b): w 0:0, x 0:1: to A: w 1:0,
 * x 1:1, range 1; to B: w 0:1, x 0:2, range 3: A. With certainty, so A B A, or B A B.
 */
START_TEST(three_units_by_hand)
{
    static const char *const levels[3][2] = {{"a", "a"}, {"a", "b"}, {"b", "b"}};
    struct tta_plan p = plan_of("method=minimise arms=A,B probability=1 factors=w,x");
    struct tta_units u = {0};

    for (size_t i = 0; i < 3; i++) {
        union tta_slot cells[2] = {{.text = tta_text_of(levels[i][0])},
                                   {.text = tta_text_of(levels[i][1])}};

        add(&u, &p, cells);
    }
    for (int k = 0; k < 50; k++) {
        struct tta_allocation a = allocate(&p, key_of("hand", k), &u);

        ck_assert_uint_ne(a.arm[1], a.arm[0]);
        ck_assert_uint_eq(a.arm[2], a.arm[0]);
        tta_allocation_release(&a);
    }
    tta_units_release(&u);
    tta_plan_release(&p);
}
END_TEST

Suite *random_minimise_suite(void)
{
    Suite *s = suite_create("random/minimise");
    TCase *t = tcase_create("minimise");

    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, margins_are_level, 0, 3);
    tcase_add_test(t, weight_tells);
    tcase_add_test(t, shares_are_kept);
    tcase_add_test(t, three_units_by_hand);
    suite_add_tcase(s, t);
    return s;
}
