/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What must hold of any Cox regression, on generated rows and at the edges. */
#include "frame.h"

Suite *survival_cox_laws_suite(void);

/* Coefficients of b are those of a times factor. */
static void assert_scaled(const struct tta_cox_fit *a, const struct tta_cox_fit *b, double factor,
                          double tolerance)
{
    ck_assert_uint_eq(a->p, b->p);
    ck_assert_uint_eq(a->events, b->events);
    assert_close(b->loglik, a->loglik, 1e-12, fabs(a->loglik), "loglik");
    assert_close(b->score.statistic, a->score.statistic, tolerance, a->score.statistic, "score");
    for (size_t j = 0; j < a->p; j++) {
        assert_close(b->coef[j], a->coef[j] * factor, tolerance, a->se[j] * factor, "coef %zu", j);
        assert_close(b->se[j], a->se[j] * factor, tolerance, a->se[j] * factor, "se %zu", j);
    }
}

START_TEST(test_shift_and_scale)
{
    struct frame f = frame_random(400, 4, (uint32_t)_i, _i % 2 == 0);
    struct tta_cox_fit a, b;

    frame_fit(&f, &a);
    for (size_t i = 0; i < 1600; i++)
        f.x[i] = f.x[i] / 16 + 2012; /* about a calendar year */
    frame_fit(&f, &b);
    assert_scaled(&a, &b, 16, 1e-9);
    tta_cox_release(&b);
    for (size_t i = 0; i < 1600; i++)
        f.x[i] = (f.x[i] - 2012) * 16 * 1e150;
    frame_fit(&f, &b);
    assert_scaled(&a, &b, 1e-150, 1e-9);
    tta_cox_release(&b);
    tta_cox_release(&a);
    frame_free(&f);
}
END_TEST

START_TEST(test_order_of_rows_does_not_matter)
{
    struct frame f = frame_random(401, 3, (uint32_t)_i, _i % 2 == 0), g = frame_new(401, 3);
    struct tta_cox_fit a, b;

    for (size_t i = 0; i < 401; i++) { /* 401 is a prime */
        size_t to = (i * 311 + 5) % 401;

        g.time[to] = f.time[i];
        g.event[to] = f.event[i];
        for (size_t j = 0; j < 3; j++)
            g.x[j * 401 + to] = f.x[j * 401 + i];
    }
    frame_fit(&f, &a);
    frame_fit(&g, &b);
    assert_scaled(&a, &b, 1, 1e-11);
    tta_cox_release(&a);
    tta_cox_release(&b);
    frame_free(&f);
    frame_free(&g);
}
END_TEST

/* Only the order of the times counts; nobody learns from who left before the first event. */
START_TEST(test_times_by_order_only)
{
    struct frame f = frame_random(300, 3, (uint32_t)_i, true), g = frame_new(350, 3);
    struct tta_cox_fit a, b;

    for (size_t i = 0; i < 350; i++) {
        g.time[i] = i < 300 ? pow(f.time[i], 3) + 5 : 2;
        g.event[i] = i < 300 && f.event[i];
        for (size_t j = 0; j < 3; j++)
            g.x[j * 350 + i] = i < 300 ? f.x[j * 300 + i] : (double)(i * j);
    }
    frame_fit(&f, &a);
    frame_fit(&g, &b);
    assert_scaled(&a, &b, 1, 1e-11);
    ck_assert_uint_eq(b.n, 350);
    tta_cox_release(&a);
    tta_cox_release(&b);
    frame_free(&f);
    frame_free(&g);
}
END_TEST

/*
 * At the maximum the gradient is 0: summed here row by row, straight from Efron's
 * formula. Skewed covariates (odd rounds) send Newton's first steps too far.
 */
START_TEST(test_gradient_is_zero)
{
    struct frame f = frame_random(200, 3, (uint32_t)_i, true);
    struct tta_cox_fit fit;
    double gradient[3] = {0}, loglik = 0, *w = malloc(200 * sizeof *w);

    for (size_t i = 0; _i % 2 == 1 && i < 200; i++)
        f.x[i] = exp(8 * f.x[i]);
    frame_fit(&f, &fit);
    for (size_t i = 0; i < 200; i++) {
        w[i] = 0;
        for (size_t j = 0; j < 3; j++)
            w[i] += f.x[j * 200 + i] * fit.coef[j];
        loglik += f.event[i] ? w[i] : 0;
        w[i] = exp(w[i]);
    }
    for (size_t i = 0; i < 200; i++) {
        double before = 0, ties = 0, s0 = 0, s1[3] = {0};

        if (!f.event[i])
            continue;
        for (size_t k = 0; k < 200; k++) { /* the rank of this event among its ties */
            ties += f.event[k] && f.time[k] == f.time[i];
            before += k < i && f.event[k] && f.time[k] == f.time[i];
        }
        for (size_t k = 0; k < 200; k++) {
            bool tied = f.event[k] && f.time[k] == f.time[i];
            double v = f.time[k] < f.time[i] ? 0 : tied ? w[k] * (1 - before / ties) : w[k];

            s0 += v;
            for (size_t j = 0; j < 3; j++)
                s1[j] += v * f.x[j * 200 + k];
        }
        loglik -= log(s0);
        for (size_t j = 0; j < 3; j++)
            gradient[j] += f.x[j * 200 + i] - s1[j] / s0;
    }
    for (size_t j = 0; j < 3; j++)
        assert_close(gradient[j] * fit.se[j], 0, 1e-11, 1, "gradient %zu", j);
    assert_close(fit.loglik, loglik, 1e-12, fabs(loglik), "loglik");
    free(w);
    tta_cox_release(&fit);
    frame_free(&f);
}
END_TEST

/* A dummy turned round turns its coefficient round. */
START_TEST(test_reference_level)
{
    struct frame f = frame_random(300, 2, (uint32_t)_i, true);
    struct tta_cox_fit a, b;

    frame_fit(&f, &a);
    for (size_t i = 0; i < 300; i++)
        f.x[300 + i] = 1 - f.x[300 + i];
    frame_fit(&f, &b);
    assert_close(b.coef[0], a.coef[0], 1e-11, a.se[0], "coef 0");
    assert_close(b.coef[1], -a.coef[1], 1e-11, a.se[1], "coef 1");
    assert_close(b.lower[1], -a.upper[1], 1e-11, a.se[1], "limits");
    assert_close(b.covariance[1], -a.covariance[1], 1e-10, a.se[0] * a.se[1], "covariance");
    ck_assert(a.covariance[1] == a.covariance[2]);
    tta_cox_release(&a);
    tta_cox_release(&b);
    frame_free(&f);
}
END_TEST

/* A huge effect with a finite estimate is estimated: one row stands against separation. */
START_TEST(test_nearly_separated)
{
    struct frame f = frame_new(2002, 1);
    struct tta_cox_fit fit;

    for (size_t i = 0; i < 2002; i++) {
        bool exposed = i < 1000;

        f.x[i] = exposed;
        f.time[i] = exposed ? 1 + (double)i : 3000;
        f.event[i] = exposed;
    }
    f.event[2000] = 1; /* one of the others, when all still are at risk */
    f.time[2000] = 0.5;
    frame_fit(&f, &fit);
    ck_assert(fit.coef[0] > 5 && fit.coef[0] < 20);
    ck_assert(fit.se[0] > 0.5 && fit.se[0] < 2);
    tta_cox_release(&fit);
    frame_free(&f);
}
END_TEST

/*
 * Time and covariate go hand in hand: exp(x'beta) leaves the range of a double,
 * and only differences count. Two halves of the rows, one after the other in
 * time, share one coefficient, so each alone must give about the same.
 */
START_TEST(test_strong_effect)
{
    struct frame f = frame_new(4000, 1);
    struct tta_cox_fit all, part;
    uint32_t s = 3;

    for (size_t i = 0; i < 4000; i++) {
        s = s * 1664525u + 1013904223u;
        f.x[i] = 2000 * (double)i / 4000;
        f.time[i] = 4000 - (double)i + 20 * ((double)s / 0x1p32);
        f.time[i] = _i == 0 ? f.time[i] : ceil(f.time[i] / 4);
        f.event[i] = 1;
    }
    frame_fit(&f, &all);
    ck_assert(all.coef[0] * 2000 > 709); /* the largest x'beta - the smallest */
    ck_assert(isfinite(all.loglik) && all.se[0] < all.coef[0] / 50);
    f.in.n = 2000;
    frame_fit(&f, &part);
    assert_close(part.coef[0], all.coef[0], 4, part.se[0], "coef of the first half");
    ck_assert(part.se[0] > all.se[0] && part.se[0] < 2 * all.se[0]);
    tta_cox_release(&all);
    tta_cox_release(&part);
    frame_free(&f);
}
END_TEST

Suite *survival_cox_laws_suite(void)
{
    Suite *s = suite_create("survival/cox_laws");
    TCase *t = tcase_create("laws");

    tcase_add_loop_test(t, test_shift_and_scale, 1, 9);
    tcase_add_loop_test(t, test_order_of_rows_does_not_matter, 1, 9);
    tcase_add_loop_test(t, test_times_by_order_only, 1, 5);
    tcase_add_loop_test(t, test_gradient_is_zero, 1, 19);
    tcase_add_loop_test(t, test_reference_level, 1, 5);
    tcase_add_test(t, test_nearly_separated);
    tcase_add_loop_test(t, test_strong_effect, 0, 2);
    suite_add_tcase(s, t);
    return s;
}
