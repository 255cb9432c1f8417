/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Restricted means against survRM2 and R's survfit, pseudo-values against leaving out. */
#include "km_frame.h"

Suite *survival_rmst_suite(void);

#define TOLERANCE 1e-10

static struct frame frame_read(const struct csv *data, const char *time, const char *event,
                               const char *dead, const char *group, const char *one)
{
    struct frame f = frame_new(data->rows);

    f.in.weight = NULL;
    f.in.groups = 2;
    for (size_t i = 0; i < data->rows; i++) {
        f.time[i] = csv_number(data, i, time);
        f.event[i] = strcmp(csv_text(data, i, event), dead) == 0;
        f.group[i] = strcmp(csv_text(data, i, group), one) == 0;
    }
    return f;
}

static void same(const char *name, const char *key, double got, double tolerance)
{
    struct csv want = csv_read("rmst.csv");
    double v = csv_reference(&want, name, key);

    assert_close(got, v, tolerance, fabs(v), "%s %s", name, key);
    csv_free(&want);
}

static void same_contrast(const char *name, const char *table, const char *measure,
                          const struct tta_rmst_estimate *got, double tolerance)
{
    static const char *const columns[] = {"Est.", "lower .95", "upper .95", "p"};
    const double values[] = {got->estimate, got->lower, got->upper, got->p_value};

    for (int i = 0; i < 4; i++) {
        char key[128];

        snprintf(key, sizeof key, "%s[%s,%s]", table, measure, columns[i]);
        same(name, key, values[i], tolerance);
    }
}

/* survRM2::rmst2: arm 1 is sex 2 in lung, indsats in rtw. */
static const struct {
    const char *name, *data, *time, *event, *dead, *group, *one;
    double tau;
} cases[] = {
    {"rmst_lung_sex", "data/lung.csv", "time", "status", "2", "sex", "2", 700},
    {"rmst_rtw_arm", "data/rtw_open.csv", "week", "event", "1", "arm", "indsats", 52},
};

START_TEST(test_survrm2)
{
    struct csv data = csv_read(cases[_i].data);
    struct frame f = frame_read(&data, cases[_i].time, cases[_i].event, cases[_i].dead,
                                cases[_i].group, cases[_i].one);
    const struct tta_km_options o = {.level = 0.95, .timefix = true, .tau = cases[_i].tau};
    struct tta_rmst_contrast c;
    struct tta_km_result r;
    struct tta_error e = {0};

    ck_assert_int_eq(tta_km(&f.in, &o, &r, &e), 0);
    for (int arm = 0; arm < 2; arm++) {
        const struct tta_km_group *g = &r.groups[arm];
        const double values[] = {g->mean, g->mean_std_err, g->mean_lower, g->mean_upper};
        static const char *const columns[] = {"Est.", "se", "lower .95", "upper .95"};

        for (int i = 0; i < 4; i++) {
            char key[64];

            snprintf(key, sizeof key, "rmst%d[%s]", arm, columns[i]);
            same(cases[_i].name, key, values[i], TOLERANCE);
        }
    }
    c = tta_rmst_compare(&r.groups[1], &r.groups[0], cases[_i].tau, 0.95);
    same_contrast(cases[_i].name, "contrast", "RMST (arm=1)-(arm=0)", &c.difference, TOLERANCE);
    same_contrast(cases[_i].name, "contrast", "RMST (arm=1)/(arm=0)", &c.ratio, TOLERANCE);
    same_contrast(cases[_i].name, "contrast", "RMTL (arm=1)/(arm=0)", &c.lost_ratio, TOLERANCE);
    tta_km_release(&r);
    frame_free(&f);
    csv_free(&data);
}
END_TEST

static const char *const terms[] = {"intercept", "arm", "age", "years_benefit"};

/* intercept, arm, age, years_benefit */
static double *design(const struct csv *data, const struct frame *f)
{
    size_t n = data->rows;
    double *x = malloc(4 * n * sizeof *x);

    for (size_t i = 0; i < n; i++) {
        x[i] = 1;
        x[n + i] = f->group[i];
        x[2 * n + i] = csv_number(data, i, "age");
        x[3 * n + i] = csv_number(data, i, "years_benefit");
    }
    return x;
}

START_TEST(test_adjusted)
{
    static const char *const measures[] = {"RMST (arm=1)-(arm=0)", "RMST (arm=1)/(arm=0)",
                                           "RMTL (arm=1)/(arm=0)"};
    struct csv data = csv_read("data/rtw_open.csv");
    struct frame f = frame_read(&data, "week", "event", "1", "arm", "indsats");
    double *x = design(&data, &f);
    const struct tta_rmst_input in = {data.rows, 4, f.time, f.event, f.group, 2, x, terms};
    struct tta_error e = {0};
    struct tta_rmst_estimate r[4];

    ck_assert_msg(tta_rmst_adjusted(&in, 52, (enum tta_rmst_link)_i, true, 0.95, r, &e) == 0, "%s",
                  e.text);
    for (int j = 0; _i == 0 && j < 4; j++) {
        char key[64];

        snprintf(key, sizeof key, "adj_diff[%s,coef]", terms[j]);
        same("rmst_rtw_adj", key, r[j].estimate, TOLERANCE);
        snprintf(key, sizeof key, "adj_diff[%s,se(coef)]", terms[j]);
        same("rmst_rtw_adj", key, r[j].std_err, TOLERANCE);
    }
    /* R's glm stops when the deviance changes by less than 1e-8 of itself */
    same_contrast("rmst_rtw_adj", "adj", measures[_i], &r[1], _i > 0 ? 1e-8 : TOLERANCE);
    free(x);
    frame_free(&f);
    csv_free(&data);
}
END_TEST

START_TEST(test_adjusted_refused)
{
    struct csv data = csv_read("data/rtw_open.csv");
    struct frame f = frame_read(&data, "week", "event", "1", "arm", "indsats");
    double *x = design(&data, &f);
    const struct tta_rmst_input in = {data.rows, 4, f.time, f.event, f.group, 2, x, terms};
    struct tta_rmst_estimate r[4];
    struct tta_error e = {0};

    for (size_t i = 0; i < data.rows; i++)
        x[3 * data.rows + i] = 12 * x[2 * data.rows + i] + 3;
    ck_assert_int_eq(tta_rmst_adjusted(&in, 52, TTA_RMST_DIFFERENCE, true, 0.95, r, &e),
                     TTA_E_DATA);
    ck_assert_str_eq(e.text, "term years_benefit is a linear combination of the terms before it");
    free(x);
    frame_free(&f);
    csv_free(&data);
}
END_TEST

/* pseudo_jack.csv: leave-one-out of S at week 26, all rows together. */
START_TEST(test_pseudo_reference)
{
    struct csv data = csv_read("data/rtw_open.csv"), want = csv_read("pseudo_jack.csv");
    struct frame f = frame_read(&data, "week", "event", "1", "arm", "indsats");
    const double at = 26;
    double got[400];
    struct tta_error e = {0};

    f.in.group = NULL;
    ck_assert_int_eq(tta_pseudo(&f.in, TTA_PSEUDO_JACKKNIFE, true, &at, 1, 0, got, &e), 0);
    for (size_t i = 0; i < data.rows; i++)
        assert_close(got[i], csv_number(&want, i, "pv"), TOLERANCE, 1, "row %zu", i + 1);
    frame_free(&f);
    csv_free(&data);
    csv_free(&want);
}
END_TEST

/* By the definition, with tta_km, on few rows with many ties, and a curve that comes to 0. */
START_TEST(test_pseudo_by_leaving_out)
{
    enum { N = 23 };
    static const double at[] = {0, 2, 4.5, 7, 40};
    double got[N * 5], mean[N], tau = 9;
    struct frame f = frame_new(N), g = frame_new(N);
    struct tta_km_options o = {.level = 0.95, .timefix = true, .tau = tau};
    struct tta_error e = {0};
    uint32_t s = (uint32_t)_i + 1;

    f.in.weight = g.in.weight = NULL;
    f.in.groups = 2;
    g.in.group = NULL;
    for (size_t i = 0; i < N; i++) {
        s = s * 1664525u + 1013904223u;
        f.time[i] = (s >> 16) % (_i % 2 == 0 ? 9 : 60) / 4.0;
        f.event[i] = (s >> 10) % 4 > 0;
        f.group[i] = (int32_t)(s >> 26) % 2;
    }
    ck_assert_int_eq(tta_pseudo(&f.in, TTA_PSEUDO_JACKKNIFE, true, at, 5, 0, got, &e), 0);
    ck_assert_int_eq(tta_pseudo(&f.in, TTA_PSEUDO_JACKKNIFE, true, NULL, 0, tau, mean, &e), 0);
    for (size_t out = 0; out < N; out++) {
        double theta[2][6], n = 0;

        for (int pass = 0; pass < 2; pass++) { /* with row out, then without it */
            struct tta_km_result r;

            g.in.n = 0;
            for (size_t i = 0; i < N; i++)
                if (f.group[i] == f.group[out] && (pass == 0 || i != out)) {
                    g.time[g.in.n] = f.time[i];
                    g.event[g.in.n++] = f.event[i];
                }
            n = pass == 0 ? (double)g.in.n : n;
            if (g.in.n == 0)
                continue;
            ck_assert_int_eq(tta_km(&g.in, &o, &r, &e), 0);
            for (int k = 0; k < 5; k++)
                theta[pass][k] = tta_km_at(r.rows, r.count, -1, at[k]).survival;
            theta[pass][5] = r.groups[0].mean;
            tta_km_release(&r);
        }
        for (int k = 0; n > 1 && k < 6; k++)
            assert_close(k < 5 ? got[out * 5 + (size_t)k] : mean[out],
                         n * theta[0][k] - (n - 1) * theta[1][k], 1e-11, n * 10, "row %zu, %d", out,
                         k);
    }
    frame_free(&f);
    frame_free(&g);
}
END_TEST

Suite *survival_rmst_suite(void)
{
    Suite *s = suite_create("survival/rmst");
    TCase *t = tcase_create("rmst");

    tcase_add_loop_test(t, test_survrm2, 0, 2);
    tcase_add_loop_test(t, test_adjusted, 0, 3);
    tcase_add_test(t, test_adjusted_refused);
    tcase_add_test(t, test_pseudo_reference);
    tcase_add_loop_test(t, test_pseudo_by_leaving_out, 0, 30);
    suite_add_tcase(s, t);
    return s;
}
