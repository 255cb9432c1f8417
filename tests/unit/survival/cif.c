/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cumulative incidence and Gray's test against R (survfit, cmprsk). */
#include "competing.h"

Suite *survival_cif_suite(void);

struct reference {
    const char *table, *data;
    const char *group, *entry;
    const char *causes[3];
};

static const struct reference references[] = {
    {"aj_mgus2", "mgus2", NULL, NULL, {"pcm", "death", NULL}},
    {"aj_mgus2_sex", "mgus2", "sex", NULL, {"pcm", "death", NULL}},
    {"aj_rtw_arm", "rtw_open", "arm", NULL, {"job", "uddannelse", "varig"}},
    {"aj_rtw_entry", "rtw_open", "arm", "entry", {"job", "uddannelse", "varig"}},
    {"aj_pbc", "pbc", "edema", NULL, {"transplant", "death", NULL}},
};

/* "grp=indsats" is "indsats" here. */
static bool is_group(const char *cell, const char *level)
{
    const char *equals = strchr(cell, '=');

    return level == NULL || strcmp(equals == NULL ? cell : equals + 1, level) == 0;
}

static void compare(const struct reference *r, const struct csv *t, size_t at,
                    const struct tta_cif_row *row)
{
    const char *cause = r->causes[row->cause - 1];

    assert_close(row->n_event, csv_number_of(t, at, "n.event.", cause), 0, 1, "%s n_event",
                 r->table);
    assert_close(row->n_risk, csv_number_of(t, at, "n.risk.", "s0"), 0, 1, "%s n_risk", r->table);
    assert_close(row->cif, csv_number_of(t, at, "p.", cause), 1e-10, row->cif, "%s cif %g",
                 r->table, row->time);
    assert_close(row->std_err, csv_number_of(t, at, "se.", cause), 1e-10, fmax(row->std_err, 1e-5),
                 "%s se at %g", r->table, row->time);
    assert_close(row->lower, csv_number_of(t, at, "lower.", cause), 1e-10, 1, "%s lower", r->table);
    assert_close(row->upper, csv_number_of(t, at, "upper.", cause), 1e-10, 1, "%s upper", r->table);
}

START_TEST(test_reference)
{
    const struct reference *r = &references[_i];
    struct competing c = competing_read(r->data, r->group, r->entry);
    char path[64];
    struct csv t;
    struct tta_cif_row *rows;
    struct tta_error e = {0};
    size_t count, compared = 0;

    snprintf(path, sizeof path, "cif/%s__aj.csv", r->table);
    t = csv_read(path);
    ck_assert_msg(tta_cif(&c.in, NULL, &rows, &count, &e) == 0, "%s", e.text);
    for (size_t i = 0; i < count; i++)
        for (size_t at = 0; at < t.rows; at++) {
            if (!is_group(csv_text(&t, at, "strata"), c.level[rows[i].group]) ||
                csv_number(&t, at, "time") != rows[i].time)
                continue;
            compare(r, &t, at, &rows[i]);
            compared++;
        }
    ck_assert_uint_eq(compared, count);
    ck_assert_uint_eq(compared, t.rows * (size_t)c.in.causes);
    free(rows);
    csv_free(&t);
    competing_free(&c);
}
END_TEST

/* One cause is Kaplan-Meier, and a cluster of one row is that row. */
START_TEST(test_one_cause)
{
    struct competing c = competing_read("rtw_open", "arm", _i == 0 ? NULL : "entry");
    struct tta_km_input in = {
        .n = c.in.n, .time = c.time, .group = c.group, .groups = c.in.groups, .entry = c.in.entry};
    uint8_t *event = malloc(c.in.n);
    struct tta_km_options options = {.level = .95, .timefix = true, .robust = true};
    struct tta_km_result km;
    struct tta_cif_row *rows;
    struct tta_error e = {0};
    size_t count;

    for (size_t i = 0; i < c.in.n; i++)
        event[i] = (uint8_t)(c.cause[i] = c.cause[i] > 0);
    c.in.causes = 1;
    in.event = event;
    c.in.cluster = c.number;
    c.in.clusters = (int32_t)c.in.n;
    ck_assert(tta_cif(&c.in, NULL, &rows, &count, &e) == 0);
    ck_assert(tta_km(&in, &options, &km, &e) == 0);
    ck_assert_uint_eq(count, km.count);
    for (size_t i = 0; i < count; i++) {
        assert_close(rows[i].cif, 1 - km.rows[i].survival, 1e-13, 1, "cif");
        if (km.rows[i].survival > 0)
            assert_close(rows[i].std_err, km.rows[i].std_err, 1e-11, 1, "std_err at %g",
                         km.rows[i].time);
    }
    free(event);
    free(rows);
    tta_km_release(&km);
    competing_free(&c);
}
END_TEST

/* Merging all rows into pairs of clusters: the sum over clusters, done by hand. */
START_TEST(test_clusters_by_weights)
{
    struct competing c = competing_read("rtw_open", "arm", _i == 0 ? NULL : "entry");
    struct tta_cif_row *rows, *less;
    struct tta_error e = {0};
    size_t count, same;
    double *weight = malloc(c.in.n * sizeof *weight), sum = 0, se;
    size_t at = 0;

    for (size_t i = 0; i < c.in.n; i++) {
        c.number[i] = (int32_t)(i / 7);
        weight[i] = 1 + (double)(i % 3);
    }
    c.in.weight = weight;
    c.in.cluster = c.number;
    c.in.clusters = (int32_t)(c.in.n / 7 + 1);
    ck_assert(tta_cif(&c.in, NULL, &rows, &count, &e) == 0);
    while (rows[at].time < 60 || rows[at].cause != 2)
        at++;
    se = rows[at].std_err;
    for (int32_t k = 0; k < c.in.clusters; k++) { /* numerical derivative in the weight of k */
        double by[2];

        for (int s = 0; s < 2; s++) {
            for (size_t i = 0; i < c.in.n; i++)
                weight[i] =
                    (1 + (double)(i % 3)) * (c.number[i] == k ? 1 + (s == 0 ? 1e-4 : -1e-4) : 1);
            ck_assert(tta_cif(&c.in, NULL, &less, &same, &e) == 0);
            by[s] = less[at].cif;
            free(less);
        }
        sum += pow((by[0] - by[1]) / 2e-4, 2);
    }
    assert_close(se, sqrt(sum), 1e-7, se, "std_err by cluster");
    free(weight);
    free(rows);
    competing_free(&c);
}
END_TEST

struct gray {
    const char *name, *data, *group;
    const char *strata[3];
    double rho;
    int causes;
};
static const struct gray grays[] = {
    {"cuminc_mgus2_sex", "mgus2", "sex", {NULL}, 0, 2},
    {"cuminc_mgus2_rho1", "mgus2", "sex", {NULL}, 1, 2},
    {"cuminc_rtw_arm", "rtw_open", "arm", {NULL}, 0, 3},
    {"cuminc_rtw_arm_strata", "rtw_open", "arm", {"sex", "agegrp"}, 0, 3},
};

/* A count is the row so many times, in its cluster or by itself. */
START_TEST(test_counts_are_rows)
{
    enum { N = 60 };
    double time[3 * N], count[N], times[N];
    int32_t cause[3 * N], causes[N], cluster[3 * N], clusters[N];
    struct tta_cif_input few = {.n = N,
                                .time = times,
                                .cause = causes,
                                .causes = 2,
                                .count = count},
                         many = {.time = time, .cause = cause, .causes = 2};
    struct tta_cif_row *a, *b;
    struct tta_error e = {0};
    size_t from, to;

    for (int i = 0; i < N; i++) {
        times[i] = 1 + i * 7 % 10;
        causes[i] = i * 5 % 3;
        clusters[i] = i % 7;
        count[i] = 1 + i % 3;
        for (int k = 0; k < 1 + i % 3; k++, many.n++) {
            time[many.n] = times[i];
            cause[many.n] = causes[i];
            cluster[many.n] = clusters[i];
        }
    }
    if (_i == 1) {
        few.cluster = clusters;
        many.cluster = cluster;
        few.clusters = many.clusters = 7;
    }
    ck_assert_msg(tta_cif(&few, NULL, &a, &from, &e) == 0, "%s", e.text);
    ck_assert_msg(tta_cif(&many, NULL, &b, &to, &e) == 0, "%s", e.text);
    ck_assert_uint_eq(from, to);
    for (size_t i = 0; i < to; i++) {
        assert_close(a[i].n_risk, b[i].n_risk, 1e-12, b[i].n_risk, "n_risk");
        assert_close(a[i].cif, b[i].cif, 1e-12, 1, "cif");
        assert_close(a[i].std_err, b[i].std_err, 1e-12, 1, "std_err");
    }
    free(a);
    free(b);
}
END_TEST

START_TEST(test_gray)
{
    const struct gray *g = &grays[_i];
    struct competing c = competing_read(g->data, g->group, NULL);
    struct csv t = csv_read("competing.csv");
    int32_t strata = competing_strata(&c, g->data, g->strata);

    for (int k = 1; k <= g->causes; k++) {
        struct tta_cox_test r;
        struct tta_error e = {0};
        char key[32];
        double v;

        ck_assert(tta_gray(&c.in, strata > 1 ? c.number : NULL, strata, k, g->rho, true, &r, &e) ==
                  0);
        snprintf(key, sizeof key, "gray[%d,stat]", k);
        v = csv_reference(&t, g->name, key);
        assert_close(r.statistic, v, 1e-10, v, "%s %s", g->name, key);
        snprintf(key, sizeof key, "gray[%d,pv]", k);
        v = csv_reference(&t, g->name, key);
        assert_close(r.p_value, v, 1e-9, v, "%s %s", g->name, key);
    }
    csv_free(&t);
    competing_free(&c);
}
END_TEST

Suite *survival_cif_suite(void)
{
    Suite *s = suite_create("survival/cif");
    TCase *t = tcase_create("cif");

    tcase_add_loop_test(t, test_reference, 0, sizeof references / sizeof *references);
    tcase_add_loop_test(t, test_one_cause, 0, 2);
    tcase_add_loop_test(t, test_counts_are_rows, 0, 2);
    tcase_add_loop_test(t, test_clusters_by_weights, 0, 2);
    tcase_add_loop_test(t, test_gray, 0, sizeof grays / sizeof *grays);
    suite_add_tcase(s, t);
    return s;
}
