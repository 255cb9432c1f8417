/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Exact ties against two computations of their own: the definition, with every choice of as
 * many rows as had the event written out, and for thousands of events the recursion of M. H.
 * Gail, J. H. Lubin, L. V. Rubinstein (Biometrika 68, 1981, 703-707) in long doubles, whose
 * range needs no scaling: the sum over the choices of 2000 of 4000 rows is near 1e1203.
 */
#include "frame.h"

Suite *survival_cox_exact_suite(void);

#define P 2

/* Of a denominator: sums over the choices of exp(x'beta), of it times x, and times x x'. */
struct sums {
    long double b, s[P], q[P][P];
};

/* The log partial likelihood, its gradient and minus its second derivative. */
struct point {
    long double loglik, score[P], info[P][P];
};

static long double risk_of(const struct frame *f, size_t row, const double *beta)
{
    long double eta = 0;

    for (size_t j = 0; j < P; j++)
        eta += (long double)beta[j] * f->x[j * f->in.n + row];
    return expl(eta);
}

/* Every set of d of the rows. */
static struct sums enumerate(const struct frame *f, const size_t *rows, size_t n, size_t d,
                             const double *beta)
{
    struct sums all = {0};

    for (uint32_t set = 0; set < UINT32_C(1) << n; set++) {
        long double w = 1, x[P] = {0};

        if ((size_t)__builtin_popcount(set) != d)
            continue;
        for (size_t i = 0; i < n; i++)
            if (set >> i & 1) {
                w *= risk_of(f, rows[i], beta);
                for (size_t j = 0; j < P; j++)
                    x[j] += f->x[j * f->in.n + rows[i]];
            }
        all.b += w;
        for (size_t j = 0; j < P; j++) {
            all.s[j] += w * x[j];
            for (size_t k = 0; k < P; k++)
                all.q[j][k] += w * x[j] * x[k];
        }
    }
    return all;
}

/* Row by row: a set of k has the row, and k - 1 of those before it, or k of those. */
static struct sums recur(const struct frame *f, const size_t *rows, size_t n, size_t d,
                         const double *beta)
{
    struct sums *sums = calloc(d + 1, sizeof *sums), result;

    sums[0].b = 1;
    for (size_t i = 0; i < n; i++) {
        long double r = risk_of(f, rows[i], beta), x[P];

        for (size_t j = 0; j < P; j++)
            x[j] = f->x[j * f->in.n + rows[i]];
        for (size_t k = d; k > 0; k--) {
            struct sums *to = &sums[k], *from = &sums[k - 1];

            to->b += r * from->b;
            for (size_t j = 0; j < P; j++) {
                to->s[j] += r * (from->s[j] + x[j] * from->b);
                for (size_t l = 0; l < P; l++)
                    to->q[j][l] += r * (from->q[j][l] + x[j] * from->s[l] + x[l] * from->s[j] +
                                        x[j] * x[l] * from->b);
            }
        }
    }
    result = sums[d];
    free(sums);
    return result;
}

static void add_time(const struct frame *f, double time, const double *beta, struct point *at)
{
    size_t n = 0, d = 0, *rows = malloc(f->in.n * sizeof *rows);
    struct sums all;

    for (size_t i = 0; i < f->in.n; i++) {
        if (f->time[i] < time || (f->in.entry != NULL && f->entry[i] >= time))
            continue;
        rows[n++] = i;
        if (f->time[i] > time || !f->event[i])
            continue;
        d++;
        at->loglik += logl(risk_of(f, i, beta));
        for (size_t j = 0; j < P; j++)
            at->score[j] += f->x[j * f->in.n + i];
    }
    all = n < 20 ? enumerate(f, rows, n, d, beta) : recur(f, rows, n, d, beta);
    at->loglik -= logl(all.b);
    for (size_t j = 0; j < P; j++) {
        at->score[j] -= all.s[j] / all.b;
        for (size_t k = 0; k < P; k++)
            at->info[j][k] += all.q[j][k] / all.b - all.s[j] / all.b * (all.s[k] / all.b);
    }
    free(rows);
}

/* Times are 1 .. times. */
static struct point evaluate(const struct frame *f, size_t times, const double *beta)
{
    struct point at = {0};

    for (size_t t = 1; t <= times; t++)
        add_time(f, (double)t, beta, &at);
    return at;
}

/* The estimate is where the gradient is 0, and its covariance the inverse of info there. */
static void assert_estimate(struct frame *f, size_t times)
{
    static const double zero[P] = {0};
    struct tta_cox_options o = {.level = .95, .timefix = true, .ties = TTA_TIES_EXACT};
    struct tta_cox_fit fit;
    struct tta_error e = {0};
    struct point at;
    long double determinant;

    frame_name(f);
    ck_assert_msg(tta_cox(&f->in, &o, &fit, &e) == 0, "%s", e.text);
    at = evaluate(f, times, zero);
    assert_close(fit.loglik_null, (double)at.loglik, 1e-12, fabs(fit.loglik_null), "null");
    at = evaluate(f, times, fit.coef);
    assert_close(fit.loglik, (double)at.loglik, 1e-12, fabs(fit.loglik_null), "log likelihood");
    for (size_t j = 0; j < P; j++)
        assert_close((double)at.score[j] * fit.se[j], 0, 1e-9, 1, "gradient %zu", j);
    determinant = at.info[0][0] * at.info[1][1] - at.info[0][1] * at.info[1][0];
    for (size_t j = 0; j < P; j++)
        for (size_t k = 0; k < P; k++)
            assert_close(fit.covariance[j * P + k],
                         (double)((j == k ? 1 : -1) * at.info[1 - j][1 - k] / determinant), 1e-8,
                         fit.se[j] * fit.se[k], "covariance %zu %zu", j, k);
    tta_cox_release(&fit);
}

/* Half of 4000 rows, and nearly all and nearly none of fewer, have the event at one time. */
START_TEST(test_thousands_at_one_time)
{
    static const size_t rows[] = {4000, 3000, 3000, 1000, 1000, 100};
    static const double shares[] = {0.5, 0.7, 0.03, 0.993, 0.002, 0.5};
    struct frame f = frame_random(rows[_i], P, 2026, false);
    double *time = malloc(rows[_i] * sizeof *time);
    size_t events = 0;

    /* those who would have had it first: the likeliest choice would be no test */
    memcpy(time, f.time, rows[_i] * sizeof *time);
    for (size_t i = 0; i < rows[_i]; i++) {
        size_t before = 0;

        for (size_t k = 0; k < rows[_i]; k++)
            before += time[k] < time[i];
        f.event[i] = (double)before < shares[_i] * (double)rows[_i];
        f.time[i] = f.event[i] ? 1 : 2;
        events += f.event[i];
    }
    ck_assert(events > 1 && events < rows[_i]);
    assert_estimate(&f, 1);
    free(time);
    frame_free(&f);
}
END_TEST

/* Many rows of which x'beta differs by much: some are chosen for sure, and some never. */
START_TEST(test_wide)
{
    struct frame f = frame_random(600, P, (uint32_t)_i, false);

    for (size_t i = 0; i < 600; i++) {
        f.time[i] = ceil(4 * f.time[i] / (f.time[i] + 20));
        f.event[i] = true;
        f.x[i] = -6 * f.time[i] + 12 * f.x[i];
    }
    assert_estimate(&f, 4);
    frame_free(&f);
}
END_TEST

/* Start-stop: risk sets of at the most 16 rows that come and go. */
START_TEST(test_definition)
{
    struct frame f = frame_random(16, P, 600 + (uint32_t)_i, false);

    f.in.entry = f.entry;
    for (size_t i = 0; i < 16; i++) {
        f.time[i] = 1 + fmin(floor(f.time[i] / 12), 3);
        f.entry[i] = i % 3 == 0 ? f.time[i] - 1 : 0;
    }
    assert_estimate(&f, 4);
    frame_free(&f);
}
END_TEST

Suite *survival_cox_exact_suite(void)
{
    Suite *s = suite_create("survival/cox_exact");
    TCase *t = tcase_create("ties");

    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, test_thousands_at_one_time, 0, 6);
    tcase_add_loop_test(t, test_wide, 0, 3);
    tcase_add_loop_test(t, test_definition, 0, 12);
    suite_add_tcase(s, t);
    return s;
}
