/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What must hold of any Kaplan-Meier curve, the edges, and what is refused. */
#include "km_frame.h"

Suite *survival_km_laws_suite(void);

static void run(const struct tta_km_input *in, struct tta_km_row **rows, size_t *count)
{
    struct tta_km_result got;
    struct tta_error e = {0};

    ck_assert_msg(tta_km(in, NULL, &got, &e) == 0, "%s", e.text);
    *rows = got.rows;
    *count = got.count;
    free(got.groups);
}

static void assert_same(const struct tta_km_row *a, const struct tta_km_row *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq(a[i].group, b[i].group);
        ck_assert(a[i].time == b[i].time && a[i].n_risk == b[i].n_risk);
        ck_assert(a[i].n_event == b[i].n_event && a[i].n_censor == b[i].n_censor);
        ck_assert(a[i].survival == b[i].survival);
        ck_assert(close_to(a[i].std_err, b[i].std_err, 0, 0));
        ck_assert(close_to(a[i].lower, b[i].lower, 0, 0));
        ck_assert(close_to(a[i].upper, b[i].upper, 0, 0));
    }
}

/* Rows of all kinds from a small generator: some 3 groups, weights 1..4, whole times or not. */
static struct frame frame_random(size_t n, uint32_t seed, bool whole)
{
    struct frame f = frame_new(n);
    uint32_t s = seed;

    f.in.groups = 3;
    for (size_t i = 0; i < n; i++) {
        s = s * 1664525u + 1013904223u;
        f.time[i] = whole ? (double)(s >> 26) : (double)(s >> 8) / 1e5;
        s = s * 1664525u + 1013904223u;
        f.event[i] = (s >> 30) != 0;
        f.group[i] = (int32_t)(s >> 20) % 3;
        f.weight[i] = 1 + (s >> 10) % 4;
    }
    return f;
}

START_TEST(test_weight_is_repetition)
{
    struct frame f = frame_random(500, (uint32_t)_i, true), g = frame_new(2000);
    struct tta_km_row *weighted, *repeated;
    size_t n = 0, count, other;

    for (size_t i = 0; i < f.in.n; i++)
        for (int k = 0; k < (int)f.weight[i]; k++, n++) {
            g.time[n] = f.time[i];
            g.event[n] = f.event[i];
            g.group[n] = f.group[i];
        }
    g.in.n = n;
    g.in.groups = 3;
    g.in.weight = NULL;
    run(&f.in, &weighted, &count);
    run(&g.in, &repeated, &other);
    ck_assert_uint_eq(count, other);
    assert_same(weighted, repeated, count);
    free(weighted);
    free(repeated);
    frame_free(&f);
    frame_free(&g);
}
END_TEST

START_TEST(test_order_of_rows_does_not_matter)
{
    struct frame f = frame_random(701, (uint32_t)_i, _i % 2 == 0), g = frame_new(701);
    struct tta_km_row *a, *b;
    size_t count, other;

    for (size_t i = 0; i < 701; i++) { /* 701 is a prime */
        size_t to = (i * 311 + 5) % 701;

        g.time[to] = f.time[i];
        g.event[to] = f.event[i];
        g.group[to] = f.group[i];
        g.weight[to] = f.weight[i];
    }
    g.in.groups = 3;
    run(&f.in, &a, &count);
    run(&g.in, &b, &other);
    ck_assert_uint_eq(count, other);
    assert_same(a, b, count);
    free(a);
    free(b);
    frame_free(&f);
    frame_free(&g);
}
END_TEST

/* Without censoring the curve is the share still there, and its error is the binomial one. */
START_TEST(test_no_censoring)
{
    static const double time[] = {7, 3, 3, 9, 1, 7, 7, 2, 5, 4};
    static const uint8_t event[] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    const struct tta_km_input in = {.n = 10, .time = time, .event = event};
    struct tta_km_row *rows;
    size_t count;

    run(&in, &rows, &count);
    ck_assert_uint_eq(count, 7);
    for (size_t i = 0; i < count; i++) {
        double left = 0;

        for (int k = 0; k < 10; k++)
            left += time[k] > rows[i].time;
        left /= 10;
        assert_close(rows[i].survival, left, 1e-14, 1, "S");
        if (left > 0)
            assert_close(rows[i].std_err, sqrt(left * (1 - left) / 10), 1e-14, 1, "se");
    }
    ck_assert(rows[6].survival == 0); /* exactly */
    ck_assert(isnan(rows[6].std_err) && isnan(rows[6].lower) && isnan(rows[6].upper));
    free(rows);
}
END_TEST

START_TEST(test_all_censored_and_single_rows)
{
    static const double time[] = {4, 2, 4};
    static const uint8_t censored[] = {0, 0, 0}, dead[] = {1, 1, 1};
    struct tta_km_input in = {.n = 3, .time = time, .event = censored};
    struct tta_km_row *rows;
    size_t count;

    run(&in, &rows, &count);
    ck_assert_uint_eq(count, 2);
    ck_assert(rows[1].time == 4 && rows[1].n_risk == 2 && rows[1].n_censor == 2);
    ck_assert(rows[1].survival == 1 && rows[1].std_err == 0);
    ck_assert(rows[1].lower == 1 && rows[1].upper == 1);
    free(rows);
    in.n = 1;
    run(&in, &rows, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert(rows[0].survival == 1 && rows[0].n_risk == 1 && rows[0].n_event == 0);
    free(rows);
    in.event = dead;
    run(&in, &rows, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert(rows[0].survival == 0 && rows[0].n_event == 1 && isnan(rows[0].lower));
    free(rows);
}
END_TEST

/* A group without rows leaves no rows; near ties are joined over all groups, to the smallest. */
START_TEST(test_groups)
{
    static const double time[] = {0.1 + 0.2, 0.3, 0.0, -0.0};
    static const uint8_t event[] = {1, 1, 0, 1};
    static const int32_t group[] = {3, 1, 1, 1};
    const struct tta_km_input in = {
        .n = 4, .time = time, .event = event, .group = group, .groups = 5};
    struct tta_km_row *rows;
    size_t count;

    ck_assert(time[0] != time[1]);
    run(&in, &rows, &count);
    ck_assert_uint_eq(count, 3);
    ck_assert(rows[0].group == 1 && rows[1].group == 1 && rows[2].group == 3);
    ck_assert(rows[0].time == 0 && rows[0].n_event == 1 && rows[0].n_censor == 1);
    ck_assert(rows[1].time == 0.3 && rows[2].time == 0.3);
    free(rows);
}
END_TEST

/* Counts to the last person when there are many; sums to the last row, S only falls. */
START_TEST(test_large)
{
    struct frame f = frame_random(200000, 7, _i == 0);
    struct tta_km_row *rows;
    size_t count;
    double total = 0, seen = 0, left = 0;

    for (size_t i = 0; i < f.in.n; i++)
        total += f.weight[i];
    run(&f.in, &rows, &count);
    for (size_t i = 0; i < count; i++) {
        const struct tta_km_row *r = &rows[i];
        bool first = i == 0 || r[-1].group != r->group;

        ck_assert(first || (r[-1].time < r->time && r[-1].survival >= r->survival));
        ck_assert(first ? left == 0 : left == r->n_risk);
        left = r->n_risk - r->n_event - r->n_censor;
        seen += r->n_event + r->n_censor;
    }
    ck_assert(left == 0 && seen == total);
    free(rows);
    frame_free(&f);
}
END_TEST

static void assert_refused(struct tta_km_input in, const struct tta_km_options *o, int code,
                           int64_t record, const char *part)
{
    struct tta_error e = {0};
    struct tta_km_result got;

    ck_assert_int_eq(tta_km(&in, o, &got, &e), code);
    ck_assert_int_eq(e.code, code);
    ck_assert_int_eq(e.record, record);
    ck_assert_msg(strstr(e.text, part) != NULL, "\"%s\" lacks \"%s\"", e.text, part);
    ck_assert_ptr_null(got.rows);
    ck_assert_uint_eq(got.count, 0);
}

START_TEST(test_refused)
{
    double time[] = {1, 2, 3}, weight[] = {1, 2, 1};
    uint8_t event[] = {1, 0, 1};
    int32_t group[] = {0, 1, 0};
    const struct tta_km_input in = {
        .n = 3, .time = time, .event = event, .weight = weight, .group = group, .groups = 2};
    const struct tta_km_input none = {0};

    assert_refused(none, NULL, TTA_E_DATA, 0, "no rows");
    for (int i = 0; i < 4; i++) {
        static const double wrong[] = {-1, NAN, INFINITY, -INFINITY};

        time[1] = wrong[i];
        assert_refused(in, NULL, TTA_E_DATA, 2, "time");
    }
    time[1] = 2;
    for (int i = 0; i < 5; i++) {
        static const double wrong[] = {0, -1, 1e-8, NAN, INFINITY};

        weight[2] = wrong[i];
        assert_refused(in, NULL, TTA_E_DATA, 3, "weight");
    }
    weight[2] = 1;
    group[0] = 2;
    assert_refused(in, NULL, TTA_E_DATA, 1, "group");
    group[0] = -1;
    assert_refused(in, NULL, TTA_E_DATA, 1, "group");
    group[0] = 0;
    event[2] = 2;
    assert_refused(in, NULL, TTA_E_DATA, 3, "event");
    event[2] = 1;
    for (int i = 0; i < 4; i++) {
        static const double wrong[] = {0, 1, 95, NAN};
        const struct tta_km_options o = {
            .conf_type = TTA_CONF_LOG, .level = wrong[i], .timefix = true};

        assert_refused(in, &o, TTA_E_USAGE, 0, "level");
    }
}
END_TEST

START_TEST(test_refused_more)
{
    double time[] = {1, 2, 3}, entry[] = {0, 1, 2}, weight[] = {1, 0.5, 1};
    uint8_t event[] = {1, 0, 1};
    int32_t cluster[] = {0, 1, 1};
    struct tta_km_input in = {.n = 3, .time = time, .event = event, .entry = entry};
    struct tta_km_options o = {.level = 0.95, .timefix = true};
    const struct tta_tally tally[3] = {{.rows = 1}, {.rows = 1}, {.rows = 1}};

    /* refused before a row is looked at */
    in.n = TTA_SURVIVAL_ROWS_MAX + 1;
    assert_refused(in, &o, TTA_E_DATA, 0, "more than 4294967295 rows");
    in.n = 3;
    for (int i = 0; i < 3; i++) {
        static const double wrong[] = {2, 2.5, -1};

        entry[1] = wrong[i];
        assert_refused(in, &o, TTA_E_DATA, 2, i < 2 ? "entry" : "negative");
    }
    entry[1] = 2 - 1e-12; /* one time with 2, as near ties are joined */
    assert_refused(in, &o, TTA_E_DATA, 2, "near ties");
    entry[1] = 1;
    in.weight = weight;
    o.estimator = TTA_KM_FLEMING_HARRINGTON;
    assert_refused(in, &o, TTA_E_USAGE, 0, "whole numbers");
    o.estimator = TTA_KM_KAPLAN_MEIER;
    in.cluster = cluster;
    in.clusters = 1;
    assert_refused(in, &o, TTA_E_DATA, 2, "cluster");
    in.clusters = 2;
    in.tally = tally;
    assert_refused(in, &o, TTA_E_USAGE, 0, "need the rows");
    o.tau = -1;
    assert_refused(in, &o, TTA_E_USAGE, 0, "restricted mean");
}
END_TEST

START_TEST(test_persons)
{
    static const double entry[] = {0, 3, 0, 5, 7}, time[] = {3, 6, 5, 7, 9},
                        late[] = {0, 2, 0, 5, 7};
    static const int32_t id[] = {4, 4, 1, 1, 4}, group[] = {0, 1, 1, 1, 1};
    struct tta_error e = {0};
    uint8_t goes_on[5], again[5];
    size_t row;

    ck_assert_int_eq(tta_survival_persons(5, entry, time, id, NULL, goes_on, NULL, &row, &e), 0);
    ck_assert(goes_on[0] && !goes_on[1] && goes_on[2] && !goes_on[3] && !goes_on[4]);
    ck_assert_int_eq(tta_survival_persons(5, entry, time, id, group, goes_on, again, &row, &e), 0);
    ck_assert(!goes_on[0] && !goes_on[1] && goes_on[2]); /* goes on in another group */
    ck_assert(!again[0] && !again[1] && !again[2] && again[3] && again[4]); /* 4: after a gap */
    ck_assert_int_eq(tta_survival_persons(5, late, time, id, NULL, NULL, NULL, &row, &e),
                     TTA_E_DATA);
    ck_assert_uint_eq(row, 1);
    tta_error_clear(&e);
    ck_assert_int_eq(tta_survival_persons(5, NULL, time, id, NULL, NULL, NULL, &row, &e),
                     TTA_E_DATA);
}
END_TEST

/* Splitting a row at any time changes no curve; so does a constant on every weight. */
START_TEST(test_splitting_and_scaling)
{
    struct frame f = frame_random(400, (uint32_t)_i, true), g = frame_new(1200);
    struct tta_km_result a, b;
    struct tta_error e = {0};
    uint8_t goes_on[1200];
    const struct tta_km_options o = {.level = 0.95, .timefix = true, .robust = _i % 2 == 1};
    size_t n = 0;

    for (size_t i = 0; i < f.in.n; i++) {
        double middle = floor(f.time[i] / 2);

        f.weight[i] /= 8;
        f.time[i] += 1;
        for (int k = middle > 0 ? 0 : 1; k < 2; k++, n++) {
            g.entry[n] = k == 0 || middle <= 0 ? 0 : middle;
            g.time[n] = k == 0 ? middle : f.time[i];
            g.event[n] = k == 1 && f.event[i];
            g.group[n] = f.group[i];
            g.cluster[n] = (int32_t)i;
            g.weight[n] = f.weight[i] * 1024;
            goes_on[n] = k == 0;
        }
    }
    g.in.n = n;
    g.in.groups = 3;
    g.in.entry = g.entry;
    g.in.cluster = g.cluster;
    g.in.clusters = 400;
    g.in.goes_on = goes_on;
    ck_assert_msg(tta_km(&f.in, &o, &a, &e) == 0, "%s", e.text);
    ck_assert_msg(tta_km(&g.in, &o, &b, &e) == 0, "%s", e.text);
    for (size_t i = 0, j = 0; i < a.count; i++, j++) {
        const struct tta_km_row *x = &a.rows[i], *y;

        while (b.rows[j].group != x->group || b.rows[j].time < x->time)
            j++; /* where rows were split only */
        y = &b.rows[j];
        ck_assert(x->time == y->time && x->n_risk * 1024 == y->n_risk);
        ck_assert(x->n_event * 1024 == y->n_event && x->n_censor * 1024 == y->n_censor);
        assert_close(x->survival, y->survival, 1e-13, 1, "S");
        if (x->survival > 1e-9)
            assert_close(x->std_err, y->std_err, 1e-11, x->std_err, "se");
    }
    tta_km_release(&a);
    tta_km_release(&b);
    frame_free(&f);
    frame_free(&g);
}
END_TEST

Suite *survival_km_laws_suite(void)
{
    Suite *s = suite_create("survival/km_laws");
    TCase *t = tcase_create("laws");

    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, test_weight_is_repetition, 1, 6);
    tcase_add_loop_test(t, test_order_of_rows_does_not_matter, 1, 7);
    tcase_add_test(t, test_no_censoring);
    tcase_add_test(t, test_all_censored_and_single_rows);
    tcase_add_test(t, test_groups);
    tcase_add_loop_test(t, test_large, 0, 2);
    tcase_add_test(t, test_refused);
    tcase_add_test(t, test_refused_more);
    tcase_add_test(t, test_persons);
    tcase_add_loop_test(t, test_splitting_and_scaling, 1, 7);
    suite_add_tcase(s, t);
    return s;
}
