/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Kaplan-Meier curves against R's survfit. */
#include "km_frame.h"

Suite *survival_km_suite(void);

#define TOLERANCE 1e-10

/* One curve file, and how R was asked for it. Groups are numbered by their order in the file. */
struct reference {
    const char *table;
    const char *data;
    const char *time, *event, *dead; /* columns, and the value of an event */
    const char *group, *weight;      /* or NULL */
    struct tta_km_options options;
    const char *entry, *cluster; /* or NULL */
};

static const struct reference references[] = {
#define LOG95                                                                                      \
    {                                                                                              \
        .conf_type = TTA_CONF_LOG, .level = 0.95, .timefix = true                                  \
    }
    {"km/km_lung_all.csv", "data/lung.csv", "time", "status", "2", NULL, NULL, LOG95, NULL, NULL},
    {"km/km_lung_sex_log.csv", "data/lung.csv", "time", "status", "2", "sex", NULL, LOG95, NULL,
     NULL},
    {"km/km_lung_sex_plain.csv",
     "data/lung.csv",
     "time",
     "status",
     "2",
     "sex",
     NULL,
     {.conf_type = TTA_CONF_PLAIN, .level = 0.95, .timefix = true},
     NULL,
     NULL},
    {"km/km_lung_sex_loglog.csv",
     "data/lung.csv",
     "time",
     "status",
     "2",
     "sex",
     NULL,
     {.conf_type = TTA_CONF_LOG_LOG, .level = 0.95, .timefix = true},
     NULL,
     NULL},
    {"km/km_neartie_timefix.csv", "data/neartie.csv", "time", "status", "1", NULL, NULL, LOG95,
     NULL, NULL},
    {"km/km_neartie_notimefix.csv",
     "data/neartie.csv",
     "time",
     "status",
     "1",
     NULL,
     NULL,
     {.conf_type = TTA_CONF_LOG, .level = 0.95, .timefix = false},
     NULL,
     NULL},
    {"km/km_aml.csv", "data/aml.csv", "time", "status", "1", "x", NULL, LOG95, NULL, NULL},
    {"km/km_veteran_celltype.csv", "data/veteran.csv", "time", "status", "1", "celltype", NULL,
     LOG95, NULL, NULL},
    {"km/km_ovarian_rx.csv", "data/ovarian.csv", "futime", "fustat", "1", "rx", NULL, LOG95, NULL,
     NULL},
    {"km/km_rtw_arm.csv", "data/rtw_open.csv", "week", "event", "1", "arm", NULL, LOG95, NULL,
     NULL},
    {"km/km_bookw.csv", "data/book_w.csv", "time", "status", "1", NULL, "wt", LOG95, NULL, NULL},
    {"km/km_sim_g_log90.csv",
     "data/sim.csv",
     "week",
     "event",
     "1",
     "g",
     NULL,
     {.conf_type = TTA_CONF_LOG, .level = 0.9, .timefix = true},
     NULL,
     NULL},
    {"km/km_sim_g_time.csv",
     "data/sim.csv",
     "time",
     "event",
     "1",
     "g",
     NULL,
     {.conf_type = TTA_CONF_LOG_LOG, .level = 0.95, .timefix = true},
     NULL,
     NULL},
    {"km/km_sim_weight_log.csv", "data/sim.csv", "week", "event", "1", "g", "weight", LOG95, NULL,
     NULL},
    {"km/km_sim_weight_plain.csv",
     "data/sim.csv",
     "week",
     "event",
     "1",
     "g",
     "weight",
     {.conf_type = TTA_CONF_PLAIN, .level = 0.95, .timefix = true},
     NULL,
     NULL},
    {"km/km_sim_weight_loglog.csv",
     "data/sim.csv",
     "week",
     "event",
     "1",
     "g",
     "weight",
     {.conf_type = TTA_CONF_LOG_LOG, .level = 0.95, .timefix = true},
     NULL,
     NULL},
    {"km/km_sim_abs.csv", "data/sim.csv", "time_abs", "event", "1", "g", NULL, LOG95, NULL, NULL},
    {"km/km_sim_rel.csv", "data/sim.csv", "time_rel", "event", "1", "g", NULL, LOG95, NULL, NULL},
    {"km/km_sim_small.csv", "data/sim.csv", "time_small", "event", "1", "g", NULL, LOG95, NULL,
     NULL},
    {"km/km_sim_chain.csv", "data/sim.csv", "time_chain", "event", "1", "g", NULL, LOG95, NULL,
     NULL},
    {"km/km_sim_abs_apart.csv",
     "data/sim.csv",
     "time_abs",
     "event",
     "1",
     "g",
     NULL,
     {.conf_type = TTA_CONF_LOG, .level = 0.95, .timefix = false},
     NULL,
     NULL},
    {"km/km_lung_logit90.csv",
     "data/lung.csv",
     "time",
     "status",
     "2",
     NULL,
     NULL,
     {.conf_type = TTA_CONF_LOGIT, .level = 0.9, .timefix = true},
     NULL,
     NULL},
    {"km/km_lung_arcsin.csv",
     "data/lung.csv",
     "time",
     "status",
     "2",
     NULL,
     NULL,
     {.conf_type = TTA_CONF_ARCSIN, .level = 0.95, .timefix = true},
     NULL,
     NULL},
    {"km/na_lung_fh1.csv",
     "data/lung.csv",
     "time",
     "status",
     "2",
     "sex",
     NULL,
     {.estimator = TTA_KM_NELSON_AALEN, .level = 0.95, .timefix = true},
     NULL,
     NULL},
    {"km/na_lung_fh2.csv",
     "data/lung.csv",
     "time",
     "status",
     "2",
     "sex",
     NULL,
     {.estimator = TTA_KM_FLEMING_HARRINGTON, .level = 0.95, .timefix = true},
     NULL,
     NULL},
    {"km/km_book1.csv", "data/book1.csv", "time", "status", "1", NULL, NULL, LOG95, NULL, NULL},
    {"km/km_rtw_weighted.csv", "data/rtw_open.csv", "week", "event", "1", "arm", "weight", LOG95,
     NULL, NULL},
    {"km/km_rtw_weighted_robust.csv", "data/rtw_open.csv", "week", "event", "1", "arm", "weight",
     LOG95, NULL, NULL},
    {"km/km_rtw_cluster.csv", "data/rtw_open.csv", "week", "event", "1", "arm", NULL, LOG95, NULL,
     "kommune"},
    {"km/km_rtw_entry.csv", "data/rtw_open.csv", "week", "event", "1", "arm", NULL, LOG95, "entry",
     NULL},
    {"km/km_heart_startstop.csv", "data/heart.csv", "stop", "event", "1", "transplant", NULL, LOG95,
     "start", NULL},
};

/* The group of a stratum "column=value": R numbers them in the order of the table. */
static int32_t group_of(const struct csv *table, const char *column, const char *value)
{
    char name[64];
    int32_t group = 0;

    snprintf(name, sizeof name, "%s=%s", column, value);
    for (size_t i = 0; i < table->rows; i++) {
        const char *here = csv_text(table, i, "strata");

        if (i > 0 && strcmp(here, csv_text(table, i - 1, "strata")) != 0)
            group++;
        if (strcmp(here, name) == 0)
            return group;
    }
    ck_abort_msg("no stratum %s", name);
    return -1;
}

static struct frame frame_read(const struct reference *r, const struct csv *data,
                               const struct csv *table)
{
    struct frame f = frame_new(data->rows);
    size_t to = 0;

    if (r->entry != NULL)
        f.in.entry = f.entry;
    if (r->cluster != NULL)
        f.in.cluster = f.cluster;
    for (size_t i = 0; i < data->rows; i++) {
        if (strcmp(csv_text(data, i, r->event), "NA") == 0)
            continue;
        if (r->entry != NULL)
            f.entry[to] = csv_number(data, i, r->entry);
        for (size_t j = 0; r->cluster != NULL && j <= i && f.cluster[to] < 0; j++)
            if (strcmp(csv_text(data, i, r->cluster), csv_text(data, j, r->cluster)) == 0)
                f.cluster[to] = j < i ? f.cluster[j] : f.in.clusters++;
        f.time[to] = csv_number(data, i, r->time);
        f.event[to] = strcmp(csv_text(data, i, r->event), r->dead) == 0;
        f.weight[to] = r->weight == NULL ? 1 : csv_number(data, i, r->weight);
        f.group[to] = r->group == NULL ? 0 : group_of(table, r->group, csv_text(data, i, r->group));
        if (f.group[to] >= f.in.groups)
            f.in.groups = f.group[to] + 1;
        to++;
    }
    f.in.n = to;
    return f;
}

static void compare(const struct tta_km_row *got, const struct csv *want, size_t i,
                    const char *name)
{
    const struct {
        const char *column;
        double got;
    } all[] = {{"cumhaz", got->cumhaz},   {"std.chaz", got->cumhaz_std_err},
               {"time", got->time},       {"n.risk", got->n_risk},
               {"n.event", got->n_event}, {"n.censor", got->n_censor},
               {"surv", got->survival},   {"std.err", got->std_err},
               {"lower", got->lower},     {"upper", got->upper}};

    for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
        double v;

        if (!csv_has(want, all[k].column))
            continue;
        v = csv_number(want, i, all[k].column);
        /* times are exact, and so are counts of rows */
        assert_close(all[k].got, v, k == 2 ? 0 : TOLERANCE, fabs(v), "%s row %zu %s", name, i + 1,
                     all[k].column);
    }
}

START_TEST(test_reference)
{
    const struct reference *r = &references[_i];
    struct csv data = csv_read(r->data), table = csv_read(r->table);
    struct frame f = frame_read(r, &data, &table);
    struct tta_error e = {0};
    struct tta_km_result got;
    const struct tta_km_row *rows;

    ck_assert_msg(tta_km(&f.in, &r->options, &got, &e) == 0, "%s", e.text);
    rows = got.rows;
    ck_assert_uint_eq(got.count, table.rows);
    for (size_t i = 0; i < got.count; i++) {
        compare(&rows[i], &table, i, r->table);
        if (r->group != NULL)
            ck_assert_int_eq(
                rows[i].group,
                group_of(&table, r->group, strchr(csv_text(&table, i, "strata"), '=') + 1));
    }
    tta_km_release(&got);
    frame_free(&f);
    csv_free(&data);
    csv_free(&table);
}
END_TEST

/* Quantiles and restricted means of km_summary.csv, of some of the curves above. */
static const struct {
    size_t reference; /* place in references */
    const char *name;
    const char *groups[4];
    double tau;
} summaries[] = {
    {0, "km_lung_all", {NULL}, 0},
    {1, "km_lung_sex_log", {"sex=1", "sex=2"}, 500},
    {2, "km_lung_sex_plain", {"sex=1", "sex=2"}, 0},
    {3, "km_lung_sex_loglog", {"sex=1", "sex=2"}, 0},
    {6, "km_aml", {"x=Maintained", "x=Nonmaintained"}, 0},
    {8, "km_ovarian_rx", {"rx=1", "rx=2"}, 700},
    {9, "km_rtw_arm", {"arm=indsats", "arm=kontrol"}, 104},
};

START_TEST(test_summary)
{
    static const char *const shares[] = {"25", "50", "75"}, *const keys[] = {"q_quantile",
                                                                             "q_lower", "q_upper"};
    const struct reference *r = &references[summaries[_i].reference];
    struct csv data = csv_read(r->data), table = csv_read(r->table),
               want = csv_read("km_summary.csv");
    struct frame f = frame_read(r, &data, &table);
    struct tta_km_options o = r->options;
    struct tta_error e = {0};
    struct tta_km_result got;
    char key[96];

    o.tau = summaries[_i].tau;
    ck_assert_int_eq(tta_km(&f.in, &o, &got, &e), 0);
    for (size_t g = 0; g < got.group_count; g++) {
        const struct tta_km_group *group = &got.groups[g];
        const char *name = summaries[_i].groups[g];

        for (int k = 0; k < 9; k++) {
            struct tta_km_quantile q =
                tta_km_quantile(got.rows + group->first, group->count, 0.25 * (1 + k % 3));
            const double values[] = {q.time, q.lower, q.upper};

            snprintf(key, sizeof key, "%s[%s%s%s]", keys[k / 3], name == NULL ? "" : name,
                     name == NULL ? "" : ",", shares[k % 3]);
            assert_close(values[k / 3], csv_reference(&want, summaries[_i].name, key), 0, 1,
                         "%s %s", summaries[_i].name, key);
        }
        if (!(o.tau > 0))
            continue;
        snprintf(key, sizeof key, "summary[%s,rmean]", name);
        assert_close(group->mean, csv_reference(&want, summaries[_i].name, key), TOLERANCE,
                     group->mean, "%s", key);
        snprintf(key, sizeof key, "summary[%s,se(rmean)]", name);
        assert_close(group->mean_std_err, csv_reference(&want, summaries[_i].name, key), TOLERANCE,
                     group->mean_std_err, "%s", key);
    }
    tta_km_release(&got);
    frame_free(&f);
    csv_free(&data);
    csv_free(&table);
    csv_free(&want);
}
END_TEST

/* README of the reference: the infinitesimal jackknife of the mean until 104, computed apart. */
START_TEST(test_robust_mean)
{
    static const double want[2][2] = {{2.8588921213339766, 3.1249944643007819},
                                      {1.2018483476923827, 3.005960613811574}};
    const struct reference *r = &references[26 + 2 * _i]; /* weighted, cluster */
    struct csv data = csv_read(r->data), table = csv_read(r->table);
    struct frame f = frame_read(r, &data, &table);
    struct tta_km_options o = r->options;
    struct tta_error e = {0};
    struct tta_km_result got;

    o.tau = 104;
    ck_assert_int_eq(tta_km(&f.in, &o, &got, &e), 0);
    for (int g = 0; g < 2; g++)
        assert_close(got.groups[g].mean_std_err, want[_i][g], TOLERANCE, want[_i][g], "%s %d",
                     r->table, g);
    tta_km_release(&got);
    frame_free(&f);
    csv_free(&data);
    csv_free(&table);
}
END_TEST

Suite *survival_km_suite(void)
{
    Suite *s = suite_create("survival/km");
    TCase *t = tcase_create("km");

    tcase_add_loop_test(t, test_reference, 0, sizeof references / sizeof *references);
    tcase_add_loop_test(t, test_summary, 0, sizeof summaries / sizeof *summaries);
    tcase_add_loop_test(t, test_robust_mean, 0, 2);
    suite_add_tcase(s, t);
    return s;
}
