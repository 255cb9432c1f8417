/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cox regression against R's coxph (Efron), and against answers found by hand. */
#include "frame.h"

Suite *survival_cox_suite(void);

struct reference {
    const char *table, *name;
    struct model model;
    struct tta_cox_options options;
};

/* R's usual stopping rule leaves coefficients up to 1e-7 standard errors short. */
#define USUAL "cox.csv"
#define TIGHT "cox_more.csv"
/* clang-format off: it takes braces in macros for blocks */
#define AT95                                                                                       \
    {                                                                                              \
        .level = 0.95, .timefix = true                                                             \
    }
#define ONE(c)                                                                                     \
    {                                                                                              \
        .column = (c)                                                                              \
    }
#define KIND(c, v)                                                                                 \
    {                                                                                              \
        .column = (c), .value = (v)                                                                \
    }
#define DATA(file, t, e, d) .data = "data/" file ".csv", .time = (t), .event = (e), .dead = (d)
#define LUNG                                                                                       \
    {                                                                                              \
        DATA("lung", "time", "status", "2"), .terms = { ONE("age"), ONE("sex"), ONE("ph.ecog") }   \
    }
#define AML                                                                                        \
    {                                                                                              \
        DATA("aml", "time", "status", "1"), .terms = { KIND("x", "Nonmaintained") }                \
    }
#define BOOK1                                                                                      \
    {                                                                                              \
        DATA("book1", "time", "status", "1"), .terms = { ONE("x") }                                \
    }
#define NEARTIE                                                                                    \
    {                                                                                              \
        DATA("neartie", "time", "status", "1"), .terms = { ONE("x") }                              \
    }
#define OVARIAN                                                                                    \
    {                                                                                              \
        DATA("ovarian", "futime", "fustat", "1"), .terms = {                                       \
            ONE("age"),                                                                            \
            ONE("ecog.ps"),                                                                        \
            ONE("rx")                                                                              \
        }                                                                                          \
    }
#define VETERAN                                                                                    \
    {                                                                                              \
        DATA("veteran", "time", "status", "1"), .terms = {                                         \
            ONE("trt"),                                                                            \
            KIND("celltype", "large"),                                                             \
            KIND("celltype", "smallcell"),                                                         \
            KIND("celltype", "squamous"),                                                          \
            ONE("karno"),                                                                          \
            ONE("diagtime"),                                                                       \
            ONE("age"),                                                                            \
            ONE("prior")                                                                           \
        }                                                                                          \
    }
#define RTW                                                                                        \
    {                                                                                              \
        DATA("rtw_open", "week", "event", "1"), .terms = {                                         \
            KIND("arm", "kontrol"),                                                                \
            ONE("age"),                                                                            \
            KIND("sex", "M"),                                                                      \
            ONE("years_benefit")                                                                   \
        }                                                                                          \
    }
#define EDUCATION                                                                                  \
    {                                                                                              \
        DATA("rtw_open", "week", "event", "1"), .terms = {                                         \
            KIND("arm", "kontrol"),                                                                \
            KIND("education", "grundskole"),                                                       \
            KIND("education", "gymnasial"),                                                        \
            KIND("education", "videregaaende"),                                                    \
            ONE("vas")                                                                             \
        }                                                                                          \
    }
#define SIM(time)                                                                                  \
    {                                                                                              \
        DATA("sim", time, "event", "1"), .terms = { ONE("x1"), ONE("x2"), ONE("x3"), ONE("year") } \
    }
#define SIM2(time)                                                                                 \
    {                                                                                              \
        DATA("sim", time, "event", "1"), .terms = { ONE("x1"), ONE("x2") }                         \
    }
#define SIM_YEAR                                                                                   \
    {                                                                                              \
        DATA("sim", "week", "event", "1"), .terms = { ONE("year") }                                \
    }

static const struct reference references[] = {
    {USUAL, "cox_lung_efron", LUNG, AT95},
    {USUAL, "cox_veteran_efron", VETERAN, AT95},
    {USUAL, "cox_aml_efron", AML, AT95},
    {USUAL, "cox_book1_efron", BOOK1, AT95},
    {USUAL, "cox_ovarian", OVARIAN, AT95},
    {USUAL, "cox_rtw_efron", RTW, AT95},
    {USUAL, "cox_rtw_education_na", EDUCATION, AT95},
    {USUAL, "cox_neartie", NEARTIE, AT95},
    {TIGHT, "tight_lung", LUNG, AT95},
    {TIGHT, "tight_veteran", VETERAN, AT95},
    {TIGHT, "tight_aml", AML, AT95},
    {TIGHT, "tight_book1", BOOK1, AT95},
    {TIGHT, "tight_ovarian", OVARIAN, AT95},
    {TIGHT, "tight_rtw", RTW, AT95},
    {TIGHT, "tight_education", EDUCATION, AT95},
    {TIGHT, "sim_time", SIM("time"), AT95},
    {TIGHT, "sim_week", SIM("week"), AT95},
    {TIGHT, "sim_abs", SIM("time_abs"), AT95},
    {TIGHT, "sim_rel", SIM("time_rel"), AT95},
    {TIGHT, "sim_abs_apart", SIM("time_abs"), {.level = 0.95}},
    {TIGHT, "sim_year", SIM_YEAR, AT95},
    {TIGHT, "sim_level90", SIM2("week"), {.level = 0.9, .timefix = true}},
    {TIGHT, "sim_one_time", SIM2(NULL), AT95},
};
/* clang-format on */

/* Looks up "key[term,what]" (what may be NULL) of the case. */
static double want(const struct csv *t, const char *name, const char *key, const char *term,
                   const char *what)
{
    char full[128];

    snprintf(full, sizeof full, what == NULL ? "%s[%s]" : "%s[%s,%s]", key, term, what);
    return csv_reference(t, name, full);
}

static void compare_term(const struct reference *r, const struct csv *t,
                         const struct tta_cox_fit *fit, const char *term, size_t j)
{
    bool tight = strcmp(r->table, TIGHT) == 0;
    double tolerance = tight ? 1e-10 : 1e-8, coef = want(t, r->name, "coef", term, "coef"),
           se = want(t, r->name, "coef", term, "se(coef)"), z = want(t, r->name, "coef", term, "z"),
           p = want(t, r->name, "coef", term, "Pr(>|z|)"), lower, upper;

    lower = tight ? want(t, r->name, "lower", term, NULL)
                  : log(want(t, r->name, "conf", term, "lower .95"));
    upper = tight ? want(t, r->name, "upper", term, NULL)
                  : log(want(t, r->name, "conf", term, "upper .95"));
    /* README.md: coefficients relative to their standard error */
    assert_close(fit->coef[j], coef, tight ? 1e-10 : 1e-7, fmax(fabs(coef), se), "%s coef %s",
                 r->name, term);
    assert_close(fit->se[j], se, tolerance, se, "%s se %s", r->name, term);
    assert_close(fit->z[j], z, tight ? 1e-9 : 1e-7, fmax(1, fabs(z)), "%s z %s", r->name, term);
    assert_close(fit->p_value[j], p, tight ? 1e-8 : 1e-6, p, "%s p %s", r->name, term);
    assert_close(fit->lower[j], lower, tight ? 1e-10 : 1e-7, fmax(fabs(lower), se), "%s lower %s",
                 r->name, term);
    assert_close(fit->upper[j], upper, tight ? 1e-10 : 1e-7, fmax(fabs(upper), se), "%s upper %s",
                 r->name, term);
}

static void compare_test(const struct reference *r, const struct csv *t, const char *key,
                         struct tta_cox_test got, double tolerance)
{
    double v = want(t, r->name, key, "1", NULL), p = want(t, r->name, key, "3", NULL);

    assert_close(got.statistic, v, tolerance, v, "%s %s", r->name, key);
    assert_close(got.p_value, p, tolerance * 100, p, "%s %s p", r->name, key);
}

static void compare(const struct reference *r, const struct csv *t, const struct frame *f,
                    const struct tta_cox_fit *fit)
{
    double v = csv_reference(t, r->name, "loglik_null");

    ck_assert_uint_eq(fit->n, (size_t)csv_reference(t, r->name, "n"));
    ck_assert_uint_eq(fit->events, (size_t)csv_reference(t, r->name, "nevent"));
    ck_assert_uint_eq(fit->p, f->in.p);
    assert_close(fit->loglik_null, v, 1e-12, fabs(v), "%s loglik_null", r->name);
    v = csv_reference(t, r->name, "loglik");
    assert_close(fit->loglik, v, 1e-11, fabs(v), "%s loglik", r->name);
    for (size_t j = 0; j < fit->p; j++)
        compare_term(r, t, fit, f->name[j], j);
    for (size_t i = 0; i < fit->p; i++)
        for (size_t j = 0; j < fit->p; j++) {
            char key[64];

            snprintf(key, sizeof key, "var[%zu,%zu]", i + 1, j + 1);
            assert_close(fit->covariance[i * fit->p + j], csv_reference(t, r->name, key), 1e-8,
                         fit->se[i] * fit->se[j], "%s %s", r->name, key);
        }
    compare_test(r, t, "score", fit->score, 1e-10);
    compare_test(r, t, "lr", fit->likelihood_ratio, 1e-8);
    compare_test(r, t, "wald", fit->wald, 1e-7);
    ck_assert(fit->wald.df == (double)fit->p);
}

START_TEST(test_reference)
{
    const struct reference *r = &references[_i];
    struct csv t = csv_read(r->table);
    struct frame f = frame_read(&r->model);
    struct tta_error e = {0};
    struct tta_cox_fit fit;
    int code;

    frame_name(&f);
    code = tta_cox(&f.in, &r->options, &fit, &e);
    ck_assert_msg(code == 0, "%s: %s", r->name, e.text);
    compare(r, &t, &f, &fit);
    tta_cox_release(&fit);
    frame_free(&f);
    csv_free(&t);
}
END_TEST

/*
 * The test1 data of R's survival package, by hand. With r = exp(beta) the events
 * are r at time 1 among 3r + 3; r and 1 at time 6 among r + 3, then, half of each
 * gone, (r + 5) / 2; 1 at time 9 alone.
 */
START_TEST(test_by_hand)
{
    static const struct model model = BOOK1;
    struct frame f = frame_read(&model);
    struct tta_cox_fit fit;
    double r, gradient, information;

    frame_fit(&f, &fit);
    r = exp(fit.coef[0]);
    gradient = 2 - r / (r + 1) - r / (r + 3) - r / (r + 5);
    information = r / pow(r + 1, 2) + 3 * r / pow(r + 3, 2) + 5 * r / pow(r + 5, 2);
    assert_close(fit.coef[0], 1.676857, 5e-7, 1, "beta");
    assert_close(gradient, 0, 1e-14, 1, "gradient");
    assert_close(fit.loglik, log(r * r / (3 * r + 3) / (r + 3) / ((r + 5) / 2)), 1e-14, 1,
                 "loglik");
    assert_close(fit.loglik_null, -log(72), 1e-14, 1, "null loglik");
    assert_close(fit.se[0], 1 / sqrt(information), 1e-14, 1, "se");
    tta_cox_release(&fit);
    frame_free(&f);
}
END_TEST

Suite *survival_cox_suite(void)
{
    Suite *s = suite_create("survival/cox");
    TCase *t = tcase_create("cox");

    tcase_add_loop_test(t, test_reference, 0, sizeof references / sizeof *references);
    tcase_add_test(t, test_by_hand);
    suite_add_tcase(s, t);
    return s;
}
