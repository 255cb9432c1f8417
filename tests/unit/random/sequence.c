/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Methods for arrivals: over very many keys, every sequence of the first units comes
 * as often as the method's published rule says. Keys are fixed; 1 in 500 would fail.
 */
#define MATHLIB_STANDALONE 1
#include <Rmath.h>

#include "lists.h"

Suite *random_sequence_suite(void);

#define KEYS 40000
#define UNITS 6
#define SEQUENCES (1 << UNITS)

/* The chance that the next of two arms is the second, after n0 and n1 units. */
typedef double rule(int n0, int n1);

static double coin(int n0, int n1)
{
    (void)n0;
    (void)n1;
    return 0.5;
}

static double one_in_four(int n0, int n1)
{
    (void)n0;
    (void)n1;
    return 0.25;
}

/* Efron (1971): the smaller arm with p = 2/3 */
static double efron(int n0, int n1)
{
    return n0 == n1 ? 0.5 : n0 > n1 ? 2.0 / 3 : 1.0 / 3;
}

static double efron_85(int n0, int n1)
{
    return n0 == n1 ? 0.5 : n0 > n1 ? 0.85 : 0.15;
}

/* Soares and Wu (1983): a coin until one arm is two ahead */
static double stick(int n0, int n1)
{
    return n0 - n1 == 2 ? 1 : n1 - n0 == 2 ? 0 : 0.5;
}

/* Wei (1978): UD(alpha, beta): (alpha + beta n0) / (2 alpha + beta n) */
static double urn_11(int n0, int n1)
{
    return (1.0 + n0) / (2.0 + n0 + n1);
}

static double urn_03(int n0, int n1)
{
    return n0 + n1 == 0 ? 0.5 : (double)n0 / (n0 + n1);
}

/* Permuted blocks of four, 1:1: what is left of the block, two of each to begin with */
static double blocks_4(int n0, int n1)
{
    int in_block = (n0 + n1) % 4, blocks = (n0 + n1) / 4;

    return (double)(2 * (blocks + 1) - n1) / (4 - in_block);
}

static double minimise_9(int n0, int n1)
{
    return n0 == n1 ? 0.5 : n0 > n1 ? 0.9 : 0.1;
}

static const struct {
    const char *settings;
    rule *rule;
} methods[] = {
    {"method=simple arms=a,b", coin},
    {"method=simple arms=a:3,b:1", one_in_four},
    {"method=biased-coin arms=a,b", efron},
    {"method=biased-coin arms=a,b probability=0.85", efron_85},
    {"method=biased-coin arms=a:7,b:7 probability=1/2", coin},
    {"method=big-stick arms=a,b limit=2", stick},
    {"method=urn arms=a,b", urn_11},
    {"method=urn arms=a,b urn=0:3", urn_03},
    {"method=urn arms=a,b urn=5:0", coin},
    {"method=blocks arms=a,b blocks=4", blocks_4},
    {"method=minimise arms=a,b factors=x probability=0.9", minimise_9},
    {"method=minimise arms=a,b factors=x probability=0.9 measure=sd", minimise_9},
    {"method=minimise arms=a,b factors=x probability=0.9 measure=variance", minimise_9},
};

static struct tta_units same_units(const struct tta_plan *p, size_t n)
{
    struct tta_units u = {0};
    union tta_slot cell = {.text = tta_text_of("same")};

    for (size_t i = 0; i < n; i++)
        add(&u, p, &cell);
    return u;
}

static double chance_of(int sequence, rule *of)
{
    double p = 1;
    int n[2] = {0, 0};

    for (int i = 0; i < UNITS; i++) {
        int arm = sequence >> i & 1;
        double second = of(n[0], n[1]);

        p *= arm == 1 ? second : 1 - second;
        n[arm]++;
    }
    return p;
}

START_TEST(sequences_come_as_often_as_the_rule_says)
{
    struct tta_plan p = plan_of(methods[_i].settings);
    struct tta_units u = same_units(&p, UNITS);
    int seen[SEQUENCES] = {0}, n = 0, counts[SEQUENCES];
    double chances[SEQUENCES];

    for (int k = 0; k < KEYS; k++) {
        struct tta_allocation a = allocate(&p, key_of("sequence", k), &u);
        int sequence = 0;

        for (int i = 0; i < UNITS; i++)
            sequence |= a.arm[i] << i;
        seen[sequence]++;
        tta_allocation_release(&a);
    }
    for (int s = 0; s < SEQUENCES; s++) {
        double chance = chance_of(s, methods[_i].rule);

        if (chance == 0) {
            must(seen[s] == 0);
            continue;
        }
        counts[n] = seen[s];
        chances[n++] = chance;
    }
    double chi = chi_square(counts, chances, (size_t)n);
    ck_assert_double_lt(chi, qchisq(0.999, n - 1, 1, 0));
    ck_assert_double_gt(chi, qchisq(0.001, n - 1, 1, 0));
    tta_units_release(&u);
    tta_plan_release(&p);
}
END_TEST

/* Blocks of 2 or 4: AB and BA 1/2 + 1/2 * 1/3 of the time together twice: 5/12 each. */
START_TEST(block_sizes_are_drawn)
{
    static const double chances[4] = {1.0 / 12, 5.0 / 12, 5.0 / 12, 1.0 / 12};
    struct tta_plan p = plan_of("method=blocks arms=a,b blocks=2,4");
    struct tta_units u = units_of(&p, 2);
    int seen[4] = {0};

    for (int k = 0; k < KEYS; k++) {
        struct tta_allocation a = allocate(&p, key_of("size", k), &u);

        seen[a.arm[0] | a.arm[1] << 1]++;
        tta_allocation_release(&a);
    }
    ck_assert_double_lt(chi_square(seen, chances, 4), qchisq(0.999, 3, 1, 0));
    tta_units_release(&u);
    tta_plan_release(&p);
}
END_TEST

/* Every block of 6 at 2:1 holds four and two; of several sizes, the list is never far off. */
START_TEST(blocks_hold_their_ratio)
{
    struct tta_plan six = plan_of("method=blocks arms=a:2,b:1 blocks=6");
    struct tta_plan drawn = plan_of("method=blocks arms=a:2,b:1 blocks=3,6,9");
    struct tta_units u = units_of(&six, 60000);
    struct tta_allocation a = allocate(&six, key_of("blocks", 0), &u);
    struct tta_allocation b = allocate(&drawn, key_of("blocks", 0), &u);
    int count = 0;

    for (size_t i = 0; i < u.n; i++) {
        count += a.arm[i];
        if (i % 6 == 5) {
            must(count == 2);
            count = 0;
        }
    }
    for (size_t i = 0; i < u.n; i++) { /* in a block of 9: 6 a first, or 3 b first */
        count += b.arm[i] == 0 ? 1 : -2;
        must(count >= -6 && count <= 6);
    }
    tta_allocation_release(&a);
    tta_allocation_release(&b);
    tta_units_release(&u);
    tta_plan_release(&six);
    tta_plan_release(&drawn);
}
END_TEST

/* Efron's limit: after many units an even number of them stands level half the time (p = 2/3). */
START_TEST(coin_comes_to_rest)
{
    struct tta_plan p = plan_of("method=biased-coin arms=a,b");
    struct tta_units u = units_of(&p, 200);
    int level = 0, keys = 10000;

    for (int k = 0; k < keys; k++) {
        struct tta_allocation a = allocate(&p, key_of("rest", k), &u);
        int second = 0;

        for (size_t i = 0; i < u.n; i++)
            second += a.arm[i];
        level += second == 100;
        tta_allocation_release(&a);
    }
    ck_assert_int_gt(level, 5000 - 200); /* 4 sd */
    ck_assert_int_lt(level, 5000 + 200);
    tta_units_release(&u);
    tta_plan_release(&p);
}
END_TEST

START_TEST(stick_is_never_passed)
{
    struct tta_plan p = plan_of("method=big-stick arms=a,b limit=3");
    struct tta_units u = units_of(&p, 100000);
    struct tta_allocation a = allocate(&p, key_of("stick", 0), &u);
    int ahead = 0, most = 0;

    for (size_t i = 0; i < u.n; i++) {
        ahead += a.arm[i] == 0 ? 1 : -1;
        most = abs(ahead) > most ? abs(ahead) : most;
    }
    ck_assert_int_eq(most, 3);
    tta_allocation_release(&a);
    tta_units_release(&u);
    tta_plan_release(&p);
}
END_TEST

Suite *random_sequence_suite(void)
{
    Suite *s = suite_create("random/sequence");
    TCase *t = tcase_create("sequence");

    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, sequences_come_as_often_as_the_rule_says, 0,
                        (int)(sizeof methods / sizeof *methods));
    tcase_add_test(t, block_sizes_are_drawn);
    tcase_add_test(t, blocks_hold_their_ratio);
    tcase_add_test(t, coin_comes_to_rest);
    tcase_add_test(t, stick_is_never_passed);
    suite_add_tcase(s, t);
    return s;
}
