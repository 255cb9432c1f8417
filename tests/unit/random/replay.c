/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The generators of R and Stata against what R and Stata drew (testdata/reference/rng). */
#define MATHLIB_STANDALONE
#include <Rmath.h>
#include <stdbool.h>

#include "../survival/csv.h"
#include "tta/replay.h"

Suite *random_replay_suite(void);

static struct csv rng;

static void read_rng(void)
{
    rng = csv_read("rng/rng.csv");
}

static void free_rng(void)
{
    csv_free(&rng);
}

static const char *reference(const char *name, const char *key, size_t i)
{
    char full[64];

    snprintf(full, sizeof full, "%s[%zu]", key, i + 1);
    for (size_t k = 0; k < rng.rows; k++)
        if (strcmp(rng.cell[k * 3], name) == 0 &&
            (strcmp(rng.cell[k * 3 + 1], full) == 0 || strcmp(rng.cell[k * 3 + 1], key) == 0))
            return rng.cell[k * 3 + 2];
    ck_abort_msg("no reference %s %s", name, full);
    return NULL;
}

static double number(const char *name, const char *key, size_t i)
{
    return strtod(reference(name, key, i), NULL);
}

static const struct {
    const char *name;
    int32_t seed;
} seeds[] = {{"seed1", 1},
             {"seed42", 42},
             {"seed123", 123},
             {"seed12345", 12345},
             {"seed20091201", 20091201},
             {"seed0", 0},
             {"seedm1", -1}};
#define SEEDS (int)(sizeof seeds / sizeof *seeds)

static struct tta_r begin(int s, enum tta_r_sampling sampling)
{
    struct tta_r r;

    tta_r_seed(&r, seeds[s].seed, sampling);
    return r;
}

START_TEST(states_and_uniforms)
{
    struct tta_r r = begin(_i, TTA_R_REJECTION);
    const char *name = seeds[_i].name;
    double u = 0;

    for (size_t i = 0; i < 5; i++)
        ck_assert_double_eq((int32_t)r.state[i], number(name, "state_first6", i + 1));
    ck_assert_double_eq((int32_t)r.state[623], number(name, "state_last", 0));
    for (size_t i = 0; i < 1000; i++) {
        u = tta_r_uniform(&r);
        if (i < 10)
            ck_assert_double_eq(u, number(name, "runif10", i));
    }
    ck_assert_double_eq(u, number(name, "runif_1000th", 0));
}
END_TEST

/* rnorm by inversion takes two uniforms each: the stream is where R's is. */
START_TEST(normals)
{
    struct tta_r r = begin(_i, TTA_R_REJECTION);
    const double big = 134217728;

    for (size_t i = 0; i < 5; i++) {
        double u = floor(big * tta_r_uniform(&r));
        double z = qnorm5((u + tta_r_uniform(&r)) / big, 0, 1, 1, 0);
        double want = number(seeds[_i].name, "rnorm5", i);

        assert_close(z, want, 1e-12, fabs(want), "rnorm5[%zu]", i + 1);
    }
}
END_TEST

START_TEST(order_of_uniforms)
{
    struct tta_r r = begin(_i, TTA_R_REJECTION);
    double u[30];

    for (size_t i = 0; i < 30; i++)
        u[i] = tta_r_uniform(&r);
    for (size_t i = 0; i < 30; i++) {
        size_t unit = (size_t)number(seeds[_i].name, "order_runif30", i) - 1, rank = 0;

        for (size_t k = 0; k < 30; k++)
            rank += u[k] < u[unit];
        ck_assert_uint_eq(rank, i);
    }
}
END_TEST

/* The cases seedS come twice, with either sampling: _i is seed + SEEDS * sampling. */
static struct tta_r begin_key(int i, const char *key, char *out, size_t size)
{
    snprintf(out, size, "%s_%s", i < SEEDS ? "rejection" : "rounding", key);
    return begin(i % SEEDS, i < SEEDS ? TTA_R_REJECTION : TTA_R_ROUNDING);
}

START_TEST(shuffles)
{
    static const struct {
        const char *key;
        size_t n, look;
    } cases[] = {{"sample30", 30, 30}, {"sample30_20", 30, 20}, {"sample400_first20", 400, 20}};
    uint16_t list[400];
    char key[64];

    for (size_t c = 0; c < 3; c++) {
        struct tta_r r = begin_key(_i, cases[c].key, key, sizeof key);

        for (size_t i = 0; i < cases[c].n; i++)
            list[i] = (uint16_t)(i + 1);
        tta_r_shuffle(&r, list, cases[c].n);
        for (size_t i = 0; i < cases[c].look; i++)
            ck_assert_double_eq(list[i], number(seeds[_i % SEEDS].name, key, i));
    }
}
END_TEST

/* Five of very many are five indices: below 1e7 of one less each time, beyond with all. */
START_TEST(large_indices)
{
    static const struct {
        const char *key;
        uint64_t n;
    } cases[] = {{"sample65536_5", 65536},
                 {"sample65537_5", 65537},
                 {"sample1e6_5", 1000000},
                 {"sample1e8_5_hash", 100000000},
                 {"sample5e9_5_hash", 5000000000}};
    char key[64];

    for (size_t c = 0; c < 5; c++) {
        struct tta_r r = begin_key(_i, cases[c].key, key, sizeof key);
        uint64_t moved[5], from[5];

        for (uint64_t i = 0; i < 5; i++) {
            uint64_t left = cases[c].n > 10000000 ? cases[c].n : cases[c].n - i;
            uint64_t j = tta_r_index(&r, left), value = j;

            for (uint64_t k = i; cases[c].n <= 10000000 && k-- > 0;)
                if (from[k] == value) /* that place was filled by the last one then */
                    value = moved[k];
            ck_assert_double_eq((double)value + 1, number(seeds[_i % SEEDS].name, key, i));
            from[i] = j;
            moved[i] = left - 1;
        }
    }
}
END_TEST

START_TEST(coins)
{
    static const struct {
        const char *key;
        size_t arms, n;
        int first;
    } cases[] = {{"coin20", 2, 20, 'A'}, {"three12", 3, 12, '1'}};
    struct tta_error e = {0};
    uint16_t out[20];
    char key[64];

    for (size_t c = 0; c < 2; c++) {
        struct tta_r r = begin_key(_i, cases[c].key, key, sizeof key);

        ck_assert_int_eq(tta_r_simple(&r, cases[c].arms, NULL, out, cases[c].n, &e), 0);
        for (size_t i = 0; i < cases[c].n; i++)
            ck_assert_int_eq(cases[c].first + out[i], reference(seeds[_i % SEEDS].name, key, i)[0]);
    }
}
END_TEST

START_TEST(chances)
{
    const double three[] = {0.5, 0.3, 0.2}, ten[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    struct tta_error e = {0};
    uint16_t out[15];
    char key[64];
    struct tta_r r = begin_key(_i, "prob_replace", key, sizeof key);

    ck_assert_int_eq(tta_r_simple(&r, 3, three, out, 15, &e), 0);
    for (size_t i = 0; i < 15; i++)
        ck_assert_int_eq('A' + out[i], reference(seeds[_i % SEEDS].name, key, i)[0]);
    r = begin_key(_i, "prob_noreplace", key, sizeof key);
    ck_assert_int_eq(tta_r_without(&r, 10, ten, out, 6, &e), 0);
    for (size_t i = 0; i < 6; i++)
        ck_assert_double_eq(out[i] + 1, number(seeds[_i % SEEDS].name, key, i));
}
END_TEST

START_TEST(walker_is_refused)
{
    double chance[201];
    struct tta_error e = {0};
    struct tta_r r = begin(0, TTA_R_REJECTION);
    uint16_t out;

    for (size_t i = 0; i < 201; i++)
        chance[i] = 1;
    ck_assert_int_eq(tta_r_simple(&r, 201, chance, &out, 1, &e), TTA_E_DATA);
    ck_assert_str_eq(e.text, "R draws from 1 to 200 arms in this way, here are 201");
}
END_TEST

START_TEST(municipalities)
{
    static const struct {
        const char *name;
        int32_t seed;
        enum tta_r_sampling sampling;
    } cases[] = {{"kommuner_42_rejection", 42, TTA_R_REJECTION},
                 {"kommuner_42_rounding", 42, TTA_R_ROUNDING},
                 {"kommuner_20091201_rejection", 20091201, TTA_R_REJECTION},
                 {"kommuner_20091201_rounding", 20091201, TTA_R_ROUNDING}};
    struct tta_r r;
    uint16_t list[30];
    char want[16];

    tta_r_seed(&r, cases[_i].seed, cases[_i].sampling);
    for (size_t i = 0; i < 30; i++)
        list[i] = (uint16_t)(i + 1);
    tta_r_shuffle(&r, list, 30);
    for (size_t i = 0; i < 20; i++) {
        snprintf(want, sizeof want, "kommune%02d", list[i]);
        ck_assert_str_eq(want, reference(cases[_i].name, "forsoeg", i));
    }
}
END_TEST

START_TEST(randomizr_complete)
{
    struct tta_r r;
    uint16_t list[30] = {0};

    tta_r_seed(&r, 20200101, TTA_R_REJECTION);
    for (size_t i = 10; i < 30; i++)
        list[i] = 1;
    tta_r_shuffle(&r, list, 30);
    for (size_t i = 0; i < 30; i++)
        ck_assert_double_eq(list[i], number("randomizr_complete_ra_20200101_open", "z", i));
}
END_TEST

static const struct {
    const char *name;
    uint32_t seed;
} stata_seeds[] = {{"12345", 12345}, {"98034", 98034}, {"20091201", 20091201}, {"1", 1}};

START_TEST(stata)
{
    struct tta_stata s, raw;
    char name[64];

    for (int old = 0; old < 2; old++) {
        snprintf(name, sizeof name, "stata_%s_seed%s", old ? "kiss32" : "mt64",
                 stata_seeds[_i].name);
        tta_stata_seed(&s, stata_seeds[_i].seed, old ? TTA_STATA_KISS32 : TTA_STATA_MT64);
        raw = s;
        for (size_t i = 0; i < 12; i++) {
            ck_assert_double_eq(tta_stata_uniform(&s), number(name, "u", i));
            if (!old)
                ck_assert_uint_eq(tta_stata_word(&raw),
                                  strtoull(reference(name, "raw64", i), NULL, 10));
        }
    }
}
END_TEST

/*
 * K. Gopal, The Stata Blog, 10 March 2016: set seed 98034, 10,000 runiform():
 * mean .5004244, sd .2865088, min .0000502, max .999969 (by reference README).
 */
START_TEST(stata_as_published)
{
    struct tta_stata s;
    double sum = 0, squares = 0, least = 1, most = 0;

    tta_stata_seed(&s, 98034, TTA_STATA_MT64);
    for (int i = 0; i < 10000; i++) {
        double u = tta_stata_uniform(&s);

        sum += u;
        squares += u * u;
        least = u < least ? u : least;
        most = u > most ? u : most;
    }
    ck_assert_double_eq_tol(sum / 1e4, .5004244, 5e-8);
    ck_assert_double_eq_tol(sqrt((squares - sum * sum / 1e4) / 9999), .2865088, 5e-8);
    ck_assert_double_eq_tol(least, .0000502, 5e-8);
    ck_assert_double_eq_tol(most, .999969, 5e-7);
}
END_TEST

Suite *random_replay_suite(void)
{
    Suite *suite = suite_create("random/replay");
    TCase *tc = tcase_create("reference");

    tcase_add_unchecked_fixture(tc, read_rng, free_rng);
    tcase_add_loop_test(tc, states_and_uniforms, 0, SEEDS);
    tcase_add_loop_test(tc, normals, 0, SEEDS);
    tcase_add_loop_test(tc, order_of_uniforms, 0, SEEDS);
    tcase_add_loop_test(tc, shuffles, 0, 2 * SEEDS);
    tcase_add_loop_test(tc, large_indices, 0, 2 * SEEDS);
    tcase_add_loop_test(tc, coins, 0, 2 * SEEDS);
    tcase_add_loop_test(tc, chances, 0, 2 * SEEDS);
    tcase_add_test(tc, walker_is_refused);
    tcase_add_loop_test(tc, municipalities, 0, 4);
    tcase_add_test(tc, randomizr_complete);
    tcase_add_loop_test(tc, stata, 0, 4);
    tcase_add_test(tc, stata_as_published);
    suite_add_tcase(suite, tc);
    return suite;
}
