/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What must hold of strata, entries, weights, counts, clusters and exact ties. */
#include "frame.h"

Suite *survival_cox_more_laws_suite(void);

static void fit_with(struct frame *f, struct tta_cox_options o, struct tta_cox_fit *fit)
{
    struct tta_error e = {0};

    o.level = .95;
    o.timefix = true;
    frame_name(f);
    ck_assert_msg(tta_cox(&f->in, &o, fit, &e) == 0, "%s", e.text);
}

static void assert_same(const struct tta_cox_fit *a, const struct tta_cox_fit *b, double tolerance)
{
    for (size_t j = 0; j < a->p; j++) {
        assert_close(b->coef[j], a->coef[j], tolerance, a->se[j], "coef %zu", j);
        assert_close(b->se[j], a->se[j], tolerance, a->se[j], "se %zu", j);
        if (a->robust_se != NULL && b->robust_se != NULL)
            assert_close(b->robust_se[j], a->robust_se[j], tolerance, a->se[j], "robust %zu", j);
    }
}

/* Every row again as the row of a second frame, cut in two or more at given times. */
static struct frame split(const struct frame *f, size_t pieces, int32_t *person)
{
    size_t n = f->in.n, p = f->in.p;
    struct frame g = frame_new(n * pieces, p);

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < pieces; k++) {
            size_t to = k * n + i;

            g.entry[to] = f->time[i] * (double)k / (double)pieces;
            g.time[to] =
                k + 1 == pieces ? f->time[i] : f->time[i] * (double)(k + 1) / (double)pieces;
            g.event[to] = k + 1 == pieces && f->event[i];
            person[to] = (int32_t)i;
            for (size_t j = 0; j < p; j++)
                g.x[j * n * pieces + to] = f->x[j * n + i];
        }
    g.in.entry = g.entry;
    g.in.cluster = person;
    g.in.clusters = (int32_t)n;
    return g;
}

START_TEST(test_split_rows_change_nothing)
{
    struct frame f = frame_random(300, 3, (uint32_t)_i, _i % 2 == 0);
    int32_t *person = malloc(1200 * sizeof *person);
    struct frame g = split(&f, 4, person);
    struct tta_cox_options o = {.robust = true,
                                .ties = _i % 3 == 0 ? TTA_TIES_BRESLOW : TTA_TIES_EFRON};
    struct tta_cox_fit a, b;

    fit_with(&f, o, &a);
    fit_with(&g, o, &b);
    assert_same(&a, &b, 1e-9);
    tta_cox_release(&a);
    tta_cox_release(&b);
    frame_free(&f);
    frame_free(&g);
    free(person);
}
END_TEST

/* A count is the row so many times, for every way of ties. */
START_TEST(test_counts_are_rows)
{
    struct frame f = frame_random(200, 2, (uint32_t)_i, true), g = frame_new(600, 2);
    double count[200];
    static const enum tta_ties ties[] = {TTA_TIES_BRESLOW, TTA_TIES_EFRON, TTA_TIES_EXACT};
    struct tta_cox_options o = {.robust = _i % 3 < 2, .ties = ties[_i % 3]};
    struct tta_cox_fit a, b;
    size_t n = 0;

    for (size_t i = 0; i < 200; i++)
        n += (size_t)(count[i] = 1 + (double)(i % 3));
    g.in.n = n;
    for (size_t i = 0, to = 0; i < 200; i++)
        for (size_t k = 0; k < (size_t)count[i]; k++, to++) {
            g.time[to] = f.time[i];
            g.event[to] = f.event[i];
            for (size_t j = 0; j < 2; j++)
                g.x[j * n + to] = f.x[j * 200 + i];
        }
    f.in.count = count;
    for (size_t i = 0; i < n && o.ties == TTA_TIES_EXACT; i++) { /* nearly all tied */
        g.time[i] = ceil(g.time[i] / 30);
        if (i < 200)
            f.time[i] = ceil(f.time[i] / 30);
    }
    fit_with(&f, o, &a);
    fit_with(&g, o, &b);
    ck_assert_uint_eq(a.events, b.events);
    assert_close(a.loglik, b.loglik, 1e-12, fabs(b.loglik), "loglik");
    assert_same(&a, &b, 1e-10);
    tta_cox_release(&a);
    tta_cox_release(&b);
    frame_free(&f);
    frame_free(&g);
}
END_TEST

/* Strata that are far apart in time make one risk set for each. */
START_TEST(test_strata_are_times_apart)
{
    struct frame f = frame_random(300, 3, (uint32_t)_i, _i % 2 == 0);
    struct tta_cox_fit a, b;

    for (size_t i = 0; i < 300; i++) {
        f.stratum[i] = (int32_t)(i % 5);
        f.entry[i] = 0;
    }
    f.in.stratum = f.stratum;
    f.in.strata = 5;
    fit_with(&f, (struct tta_cox_options){.ties = TTA_TIES_EFRON}, &a);
    f.in.stratum = NULL;
    for (size_t i = 0; i < 300; i++) {
        f.entry[i] += 1e4 * (double)(i % 5);
        f.time[i] += 1e4 * (double)(i % 5);
    }
    f.in.entry = f.entry;
    fit_with(&f, (struct tta_cox_options){.ties = TTA_TIES_EFRON}, &b);
    assert_same(&a, &b, 1e-9);
    tta_cox_release(&a);
    tta_cox_release(&b);
    frame_free(&f);
}
END_TEST

/* Late entry where x'beta of those who left is thousands above that of those who came. */
START_TEST(test_risk_that_leaves)
{
    struct frame f = frame_random(400, 2, (uint32_t)_i, false);
    struct tta_cox_fit a, b;
    double *offset = malloc(400 * sizeof *offset);

    for (size_t i = 0; i < 400; i++) {
        double late = i % 2 == 0 ? 1e4 : 0;

        f.entry[i] = late;
        f.time[i] += late;
        f.stratum[i] = (int32_t)(i % 2);
        offset[i] = i % 2 == 0 ? 300 : -300;
    }
    f.in.entry = f.entry;
    f.in.offset = offset;
    fit_with(&f, (struct tta_cox_options){.ties = TTA_TIES_EFRON}, &a);
    f.in.stratum = f.stratum;
    f.in.strata = 2;
    fit_with(&f, (struct tta_cox_options){.ties = TTA_TIES_EFRON}, &b);
    assert_same(&a, &b, 1e-9);
    tta_cox_release(&a);
    tta_cox_release(&b);
    free(offset);
    frame_free(&f);
}
END_TEST

/* One 0/1 covariate: the exact likelihood is the noncentral hypergeometric one, by hand. */
START_TEST(test_exact_by_hand)
{
    size_t n = 4000, one = 1500, d = 1800, cases = (size_t)(700 + _i);
    struct frame f = frame_new(n, 1);
    struct tta_cox_fit fit;
    double mean = 0, variance = 0, total = 0, top = -INFINITY;

    for (size_t i = 0; i < n; i++) {
        f.x[i] = i < one;
        f.event[i] = i < cases || (i >= one && i < one + d - cases);
        f.time[i] = f.event[i] ? 1 : 2;
    }
    fit_with(&f, (struct tta_cox_options){.ties = TTA_TIES_EXACT}, &fit);
    /* P(k of the d events have x = 1) ~ choose(one, k) choose(n - one, d - k) exp(k beta) */
    for (int pass = 0; pass < 2; pass++)
        for (size_t k = 0; k <= one; k++) {
            double log_p = lgamma(1. + (double)one) - lgamma(1. + (double)k) -
                           lgamma(1. + (double)(one - k)) + lgamma(1. + (double)(n - one)) -
                           lgamma(1. + (double)(d - k)) - lgamma(1. + (double)(n - one - d + k)) +
                           (double)k * fit.coef[0];
            double w = exp(log_p - top);

            if (pass == 0) {
                top = fmax(top, log_p);
                continue;
            }
            total += w;
            mean += w * (double)k;
            variance += w * (double)k * (double)k;
        }
    mean /= total;
    variance = variance / total - mean * mean;
    assert_close(mean, (double)cases, 1e-9, (double)cases, "expected cases");
    assert_close(fit.se[0], 1 / sqrt(variance), 1e-6, fit.se[0], "se");
    tta_cox_release(&fit);
    frame_free(&f);
}
END_TEST

/* Exact ties of rows cut in two: the same risk sets, gathered with entries. */
START_TEST(test_exact_with_entries)
{
    struct frame f = frame_random(400, 3, (uint32_t)_i, true);
    int32_t *person = malloc(800 * sizeof *person);
    struct tta_cox_fit a, b;
    struct frame g;

    for (size_t i = 0; i < 400; i++)
        f.time[i] = ceil(f.time[i] / 20); /* many ties */
    g = split(&f, 2, person);
    g.in.cluster = NULL;
    fit_with(&f, (struct tta_cox_options){.ties = TTA_TIES_EXACT}, &a);
    fit_with(&g, (struct tta_cox_options){.ties = TTA_TIES_EXACT}, &b);
    assert_same(&a, &b, 1e-9);
    tta_cox_release(&a);
    tta_cox_release(&b);
    frame_free(&f);
    frame_free(&g);
    free(person);
}
END_TEST

START_TEST(test_refused)
{
    struct frame f = frame_random(60, 2, 3, true);
    struct tta_cox_fit fit;
    struct tta_error e = {0};
    struct tta_cox_options exact = {.level = .95, .ties = TTA_TIES_EXACT, .robust = true};

    frame_name(&f);
    ck_assert(tta_cox(&f.in, &exact, &fit, &e) == TTA_E_USAGE);
    f.in.weight = f.weight; /* zero */
    tta_error_clear(&e);
    ck_assert(tta_cox(&f.in, NULL, &fit, &e) == TTA_E_DATA && e.record == 1);
    f.in.weight = NULL;
    f.in.stratum = f.stratum;
    f.in.strata = 1;
    f.stratum[4] = 1;
    tta_error_clear(&e);
    ck_assert(tta_cox(&f.in, NULL, &fit, &e) == TTA_E_DATA && e.record == 5);
    f.in.stratum = NULL;
    f.in.entry = f.entry;
    f.entry[9] = f.time[9];
    tta_error_clear(&e);
    ck_assert(tta_cox(&f.in, NULL, &fit, &e) == TTA_E_DATA && e.record == 10);
    frame_free(&f);
}
END_TEST

Suite *survival_cox_more_laws_suite(void)
{
    Suite *s = suite_create("survival/cox_more_laws");
    TCase *t = tcase_create("laws");

    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, test_split_rows_change_nothing, 0, 6);
    tcase_add_loop_test(t, test_counts_are_rows, 0, 9);
    tcase_add_loop_test(t, test_strata_are_times_apart, 0, 4);
    tcase_add_loop_test(t, test_risk_that_leaves, 0, 4);
    tcase_add_loop_test(t, test_exact_by_hand, 0, 3);
    tcase_add_loop_test(t, test_exact_with_entries, 0, 3);
    tcase_add_test(t, test_refused);
    suite_add_tcase(s, t);
    return s;
}
