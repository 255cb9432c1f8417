/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whole lists of R's package blockrand (testdata/reference/rng). */
#include <stdbool.h>

#include "../survival/csv.h"
#include "tta/replay.h"

Suite *random_blockrand_suite(void);

static const uint32_t sizes1234[] = {1, 2, 3, 4}, sizes23[] = {2, 3}, sizes2[] = {2},
                      sizes125[] = {1, 2, 5};
static const uint16_t arms[] = {0, 1, 2};
static const char *const danish[] = {"indsats", "kontrol"}, *const letters[] = {"A", "B", "C"};
static const struct {
    const char *table;
    int32_t seed;
    enum tta_r_sampling sampling;
    size_t n, strata;
    const char *const *names;
    struct tta_r_blocks blocks;
} cases[] = {{"blockrand_seed42_n400_k2_b1.2.3.4_rejection",
              42,
              TTA_R_REJECTION,
              400,
              1,
              danish,
              {arms, 2, sizes1234, 4}},
             {"blockrand_seed42_n40_k2_b2.3_rounding",
              42,
              TTA_R_ROUNDING,
              40,
              1,
              danish,
              {arms, 2, sizes23, 2}},
             {"blockrand_seed123_n30_k3_b2_rejection",
              123,
              TTA_R_REJECTION,
              30,
              1,
              letters,
              {arms, 3, sizes2, 1}},
             {"blockrand_seed20200101_n50_k2_b2.3_rejection_strata",
              20200101,
              TTA_R_REJECTION,
              50,
              4,
              danish,
              {arms, 2, sizes23, 2}},
             {"blockrand_seed7_n24_k2_b1.2.5_rejection",
              7,
              TTA_R_REJECTION,
              24,
              1,
              letters,
              {arms, 2, sizes125, 3}}};

START_TEST(blockrand)
{
    uint16_t out[500];
    uint32_t block[500];
    char path[128];
    size_t row = 0;
    struct tta_r r;
    struct csv t;

    snprintf(path, sizeof path, "rng/%s__list.csv", cases[_i].table);
    t = csv_read(path);
    tta_r_seed(&r, cases[_i].seed, cases[_i].sampling);
    for (size_t s = 0; s < cases[_i].strata; s++) {
        size_t n = tta_r_blockrand(&r, &cases[_i].blocks, cases[_i].n, out, block);

        ck_assert_uint_le(n, tta_r_blocks_room(&cases[_i].blocks, cases[_i].n));
        for (size_t i = 0; i < n; i++, row++) {
            ck_assert_str_eq(cases[_i].names[out[i]], csv_text(&t, row, "treatment"));
            ck_assert_double_eq(block[i], csv_number(&t, row, "size"));
        }
    }
    ck_assert_uint_eq(row, t.rows);
    csv_free(&t);
}
END_TEST

Suite *random_blockrand_suite(void)
{
    Suite *suite = suite_create("random/blockrand");
    TCase *tc = tcase_create("reference");

    tcase_add_loop_test(tc, blockrand, 0, (int)(sizeof cases / sizeof *cases));
    suite_add_tcase(suite, tc);
    return suite;
}
