/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tests between curves against R's survdiff, the laws of the family, and what is refused. */
#include "km_frame.h"

Suite *survival_logrank_suite(void);

#define TOLERANCE 1e-10

/* Cases of logrank.csv. key: the start of the group in R's keys, "sex=". */
static const struct reference {
    const char *name, *data, *time, *event, *dead, *group, *key;
    const char *strata[3];
    struct tta_logrank_options options;
    const char *wlr; /* NULL: survdiff's keys; else the prefix of function WLR's */
} references[] = {
#define LUNG "data/lung.csv", "time", "status", "2", "sex", "sex="
#define VETERAN "data/veteran.csv", "time", "status", "1", "celltype", "celltype="
#define RTW "data/rtw_open.csv", "week", "event", "1", "arm", "arm="
#define WHOLE                                                                                      \
    {                                                                                              \
        NULL, NULL, NULL                                                                           \
    }
#define BLOCKS                                                                                     \
    {                                                                                              \
        "sex", "agegrp", "ethnicity"                                                               \
    }
#define RHO(r)                                                                                     \
    {                                                                                              \
        .rho = r, .timefix = true                                                                  \
    }
    {"lr_lung_sex_rho0", LUNG, WHOLE, RHO(0), NULL},
    {"lr_lung_sex_rho0.5", LUNG, WHOLE, RHO(0.5), NULL},
    {"lr_lung_sex_rho1", LUNG, WHOLE, RHO(1), NULL},
    {"lr_lung_sex_strata_inst", LUNG, {"inst", NULL, NULL}, RHO(0), NULL},
    {"lr_veteran_celltype_rho0", VETERAN, WHOLE, RHO(0), NULL},
    {"lr_veteran_celltype_rho0.5", VETERAN, WHOLE, RHO(0.5), NULL},
    {"lr_veteran_celltype_rho1", VETERAN, WHOLE, RHO(1), NULL},
    {"lr_rtw_arm_strata_rho0", RTW, BLOCKS, RHO(0), NULL},
    {"lr_rtw_arm_strata_rho0.5", RTW, BLOCKS, RHO(0.5), NULL},
    {"lr_rtw_arm_strata_rho1", RTW, BLOCKS, RHO(1), NULL},
    {"lr_aml", "data/aml.csv", "time", "status", "1", "x", "x=", WHOLE, RHO(0), NULL},
    {"lr_ovarian", "data/ovarian.csv", "futime", "fustat", "1", "rx", "rx=", WHOLE, RHO(0), NULL},
    {"lr_neartie", "data/neartie.csv", "time", "status", "1", "x", "x=", WHOLE, RHO(0), NULL},
#define FAMILY(name, data)                                                                         \
    {name, data, WHOLE, RHO(0), "logrank"},                                                        \
        {name, data, WHOLE, {.weight = TTA_LOGRANK_GEHAN, .timefix = true}, "gehan"},              \
        {name, data, WHOLE, {.weight = TTA_LOGRANK_TARONE_WARE, .timefix = true}, "tarone_ware"},  \
        {name, data, WHOLE, {.weight = TTA_LOGRANK_PETO, .timefix = true}, "peto_peto"},           \
        {name, data, WHOLE, RHO(1), "fh_1_0"},                                                     \
        {name, data, WHOLE, {.gamma = 1, .timefix = true}, "fh_0_1"},                              \
        {name, data, WHOLE, {.rho = 1, .gamma = 1, .timefix = true}, "fh_1_1"},                    \
    {                                                                                              \
        name, data, WHOLE, {.rho = 0.5, .gamma = 0.5, .timefix = true}, "fh_05_05"                 \
    }
    FAMILY("wlr_lung_sex", LUNG),
    FAMILY("wlr_veteran_celltype", VETERAN),
    FAMILY("wlr_rtw_arm", RTW),
};

/* Numbers the values of a column in their byte order. */
static int32_t number_of(const struct csv *data, size_t row, const char *column)
{
    const char *value = csv_text(data, row, column);
    int32_t before = 0;

    for (size_t i = 0; i < data->rows; i++) {
        const char *other = csv_text(data, i, column);
        bool seen = false;

        for (size_t j = 0; j < i && !seen; j++)
            seen = strcmp(csv_text(data, j, column), other) == 0;
        before += !seen && strcmp(other, value) < 0;
    }
    return before;
}

static struct frame frame_read(const struct reference *r, const struct csv *data, int32_t *stratum)
{
    struct frame f = frame_new(data->rows);
    size_t to = 0;

    f.in.weight = NULL;
    for (size_t i = 0; i < data->rows; i++) {
        bool missing = strcmp(csv_text(data, i, r->event), "NA") == 0;

        stratum[to] = 0;
        for (int j = 0; j < 3 && r->strata[j] != NULL; j++) {
            missing = missing || strcmp(csv_text(data, i, r->strata[j]), "NA") == 0;
            stratum[to] = stratum[to] * 20 + number_of(data, i, r->strata[j]);
        }
        if (missing)
            continue;
        f.time[to] = csv_number(data, i, r->time);
        f.event[to] = strcmp(csv_text(data, i, r->event), r->dead) == 0;
        f.group[to] = number_of(data, i, r->group);
        if (f.group[to] >= f.in.groups)
            f.in.groups = f.group[to] + 1;
        to++;
    }
    f.in.n = to;
    return f;
}

/* The name of the group, as it stands in R's keys. */
static void name_group(const struct reference *r, const struct csv *data, int32_t group, char *out)
{
    for (size_t i = 0; i < data->rows; i++)
        if (number_of(data, i, r->group) == group) {
            snprintf(out, 64, "%s", csv_text(data, i, r->group));
            return;
        }
}

static void compare(const struct reference *r, const struct csv *data, const struct tta_logrank *t)
{
    struct csv want = csv_read("logrank.csv");
    char key[128], name[64];
    double v;

#define SAME(got)                                                                                  \
    (v = csv_reference(&want, r->name, key),                                                       \
     ck_assert_msg(close_to(got, v, TOLERANCE, fabs(v)), "%s %s: %.17g, not %.17g", r->name, key,  \
                   (double)(got), v))
    for (int32_t i = 0; i < t->groups; i++) {
        name_group(r, data, i, name);
        if (r->wlr != NULL) {
            snprintf(key, sizeof key, "%s.U[%s]", r->wlr, name);
            SAME(t->observed[i] - t->expected[i]);
            continue;
        }
        snprintf(key, sizeof key, "obs[%s%s]", r->key, name);
        SAME(t->observed[i]);
        snprintf(key, sizeof key, "exp[%s%s]", r->key, name);
        SAME(t->expected[i]);
        snprintf(key, sizeof key, "n[%s%s]", r->key, name);
        SAME(t->n[i]);
        for (int32_t j = 0; j < t->groups; j++) {
            snprintf(key, sizeof key, "var[%d,%d]", i + 1, j + 1);
            SAME(t->variance[i * t->groups + j]);
        }
    }
    snprintf(key, sizeof key, "%s%schisq", r->wlr == NULL ? "" : r->wlr, r->wlr == NULL ? "" : ".");
    SAME(t->chisq);
    snprintf(key, sizeof key, "%s%sdf", r->wlr == NULL ? "" : r->wlr, r->wlr == NULL ? "" : ".");
    SAME(t->df);
    snprintf(key, sizeof key, "%s%sp", r->wlr == NULL ? "" : r->wlr, r->wlr == NULL ? "" : ".");
    SAME(t->p_value);
    csv_free(&want);
}

START_TEST(test_reference)
{
    const struct reference *r = &references[_i];
    struct csv data = csv_read(r->data);
    int32_t *stratum = malloc(data.rows * sizeof *stratum + 1);
    struct frame f = frame_read(r, &data, stratum);
    struct tta_error e = {0};
    struct tta_logrank t;

    ck_assert_msg(
        tta_logrank(&f.in, r->strata[0] == NULL ? NULL : stratum, 8000, &r->options, &t, &e) == 0,
        "%s: %s", r->name, e.text);
    compare(r, &data, &t);
    tta_logrank_release(&t);
    frame_free(&f);
    csv_free(&data);
    free(stratum);
}
END_TEST

/* With two groups, and no more, the test for trend is the test itself, whatever the scores. */
START_TEST(test_trend_of_two)
{
    struct csv data = csv_read("data/lung.csv");
    int32_t stratum[300];
    struct frame f = frame_read(&references[0], &data, stratum);
    const double score[] = {3, -7.5};
    struct tta_logrank_options o = {.timefix = true};
    struct tta_logrank a, b;
    struct tta_error e = {0};

    ck_assert_int_eq(tta_logrank(&f.in, NULL, 0, &o, &a, &e), 0);
    o.score = score;
    ck_assert_int_eq(tta_logrank(&f.in, NULL, 0, &o, &b, &e), 0);
    assert_close(b.chisq, a.chisq, 1e-12, a.chisq, "trend");
    tta_logrank_release(&a);
    tta_logrank_release(&b);
    frame_free(&f);
    csv_free(&data);
}
END_TEST

/* Gehan's U by counting pairs of persons: wins less losses (Gehan 1965, section 3). */
START_TEST(test_gehan_by_pairs)
{
    struct csv data = csv_read("data/rtw_open.csv");
    int32_t stratum[400];
    const struct reference *r = &references[7];
    struct frame f = frame_read(r, &data, stratum);
    const struct tta_logrank_options o = {.weight = TTA_LOGRANK_GEHAN, .timefix = true};
    struct tta_error e = {0};
    struct tta_logrank t;
    double u = 0;

    for (size_t i = 0; i < f.in.n; i++)
        for (size_t j = 0; j < f.in.n; j++) {
            if (f.group[i] != 0 || f.group[j] != 1)
                continue;
            if (f.event[i] && (f.time[i] < f.time[j] || (f.time[i] == f.time[j] && !f.event[j])))
                u += 1;
            if (f.event[j] && (f.time[j] < f.time[i] || (f.time[j] == f.time[i] && !f.event[i])))
                u -= 1;
        }
    ck_assert_int_eq(tta_logrank(&f.in, NULL, 0, &o, &t, &e), 0);
    assert_close(t.observed[0] - t.expected[0], u, 1e-12, fabs(u), "U");
    tta_logrank_release(&t);
    frame_free(&f);
    csv_free(&data);
}
END_TEST

/* Splitting a row at any time changes nothing; a weight of 2 is the row twice. */
START_TEST(test_split_rows)
{
    struct csv data = csv_read("data/rtw_open.csv");
    int32_t stratum[400];
    struct frame f = frame_read(&references[7], &data, stratum), g = frame_new(1200);
    struct tta_error e = {0};
    struct tta_logrank a, b;
    size_t n = 0;

    f.in.weight = f.weight;
    for (size_t i = 0; i < f.in.n; i++) {
        double parts[3] = {0, floor(f.time[i] / 3), f.time[i]};

        f.weight[i] = 1 + (double)(i % 2);
        for (int copy = 0; copy < (int)f.weight[i]; copy++)
            for (int k = parts[1] > 0 ? 0 : 1; k < 2; k++, n++) {
                g.entry[n] = k == 0 || parts[1] <= 0 ? 0 : parts[1];
                g.time[n] = parts[k + 1];
                g.event[n] = k == 1 && f.event[i];
                g.group[n] = f.group[i];
            }
    }
    g.in.n = n;
    g.in.groups = 2;
    g.in.weight = NULL;
    g.in.entry = g.entry;
    ck_assert_int_eq(tta_logrank(&f.in, NULL, 0, NULL, &a, &e), 0);
    ck_assert_msg(tta_logrank(&g.in, NULL, 0, NULL, &b, &e) == 0, "%s", e.text);
    for (int i = 0; i < 2; i++) {
        ck_assert(a.observed[i] == b.observed[i]);
        ck_assert(a.expected[i] == b.expected[i]);
        ck_assert(a.variance[i] == b.variance[i]);
    }
    tta_logrank_release(&a);
    tta_logrank_release(&b);
    frame_free(&f);
    frame_free(&g);
    csv_free(&data);
}
END_TEST

START_TEST(test_refused)
{
    static const double time[] = {1, 2, 3, 4}, half[] = {1, 0.5, 1, 1}, same[] = {2, 2};
    static const uint8_t event[] = {1, 1, 0, 0}, none[] = {0, 0, 0, 0};
    static const int32_t apart[] = {0, 0, 1, 1}, group[] = {0, 1, 0, 1};
    static const struct {
        struct tta_km_input in;
        const int32_t *stratum;
        const double *score;
        const char *part;
    } bad[] = {
        {{.n = 4, .time = time, .event = event}, NULL, NULL, "two groups"},
        {{.n = 4, .time = time, .event = event, .group = group, .groups = 1},
         NULL,
         NULL,
         "two groups"},
        {{.n = 4, .time = time, .event = none, .group = group, .groups = 2},
         NULL,
         NULL,
         "no events"},
        {{.n = 4, .time = time, .event = event, .group = group, .groups = 2, .weight = half},
         NULL,
         NULL,
         "whole number"},
        /* one group in each stratum */
        {{.n = 4, .time = time, .event = event, .group = apart, .groups = 2},
         apart,
         NULL,
         "same time"},
        {{.n = 4, .time = time, .event = event, .group = group, .groups = 2}, NULL, same, "scores"},
    };
    struct tta_error e = {0};
    struct tta_logrank t;
    struct tta_logrank_options o = {.timefix = true, .score = bad[_i].score};

    ck_assert_int_eq(tta_logrank(&bad[_i].in, bad[_i].stratum, 2, &o, &t, &e), TTA_E_DATA);
    ck_assert_msg(strstr(e.text, bad[_i].part) != NULL, "%s", e.text);
    ck_assert_ptr_null(t.n);
}
END_TEST

Suite *survival_logrank_suite(void)
{
    Suite *s = suite_create("survival/logrank");
    TCase *t = tcase_create("logrank");

    tcase_add_loop_test(t, test_reference, 0, sizeof references / sizeof *references);
    tcase_add_test(t, test_trend_of_two);
    tcase_add_test(t, test_gehan_by_pairs);
    tcase_add_test(t, test_split_rows);
    tcase_add_loop_test(t, test_refused, 0, 6);
    suite_add_tcase(s, t);
    return s;
}
