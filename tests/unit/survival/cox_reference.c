/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every Cox model of the reference set against R: fit, robust variance, tests, residuals. */
#include "frame.h"

Suite *survival_cox_reference_suite(void);

struct reference {
    const char *name;
    enum tta_ties ties;
    bool robust, near; /* near: R stopped 4e-8 standard errors short */
    struct model m;
};

/* clang-format off: it takes braces in macros for blocks */
#define NUMBER(c)                                                                                  \
    {                                                                                              \
        .column = (c)                                                                              \
    }
#define KIND(c, v)                                                                                 \
    {                                                                                              \
        .column = (c), .value = (v)                                                                \
    }
#define LOG(c)                                                                                     \
    {                                                                                              \
        .column = (c), .log = true                                                                 \
    }
#define BY(c, b)                                                                                   \
    {                                                                                              \
        .column = (c), .by = (b)                                                                   \
    }
#define LUNG .data = "data/lung.csv", .time = "time", .event = "status", .dead = "2"
#define LUNG3                                                                                      \
    {                                                                                              \
        LUNG, .terms = { NUMBER("age"), NUMBER("sex"), NUMBER("ph.ecog") }                         \
    }
#define VETERAN                                                                                    \
    {                                                                                              \
        .data = "data/veteran.csv", .time = "time", .event = "status", .dead = "1", .terms = {     \
            NUMBER("trt"),                                                                         \
            KIND("celltype", "large"),                                                             \
            KIND("celltype", "smallcell"),                                                         \
            KIND("celltype", "squamous"),                                                          \
            NUMBER("karno"),                                                                       \
            NUMBER("diagtime"),                                                                    \
            NUMBER("age"),                                                                         \
            NUMBER("prior")                                                                        \
        }                                                                                          \
    }
#define AML                                                                                        \
    {                                                                                              \
        .data = "data/aml.csv", .time = "time", .event = "status", .dead = "1", .terms = {         \
            KIND("x", "Nonmaintained")                                                             \
        }                                                                                          \
    }
#define HEART                                                                                      \
    .data = "data/heart.csv", .time = "stop", .event = "event", .dead = "1", .entry = "start"
#define HEART4                                                                                     \
    {                                                                                              \
        HEART, .terms = { NUMBER("age"), NUMBER("year"), NUMBER("surgery"), NUMBER("transplant") } \
    }
#define RTW .data = "data/rtw_open.csv", .time = "week", .event = "event", .dead = "1"
#define RTW4                                                                                       \
    {                                                                                              \
        RTW, .terms = {                                                                            \
            KIND("arm", "kontrol"),                                                                \
            NUMBER("age"),                                                                         \
            KIND("sex", "M"),                                                                      \
            NUMBER("years_benefit")                                                                \
        }                                                                                          \
    }
#define RTW3(...)                                                                                  \
    {                                                                                              \
        RTW, .terms = {KIND("arm", "kontrol"), NUMBER("age"), KIND("sex", "M")}, __VA_ARGS__       \
    }
#define BOOK(file, ...)                                                                            \
    {                                                                                              \
        .data = "data/" file ".csv", .time = "time", .event = "status", .dead = "1",               \
        .terms = {NUMBER("x")}, __VA_ARGS__                                                        \
    }
#define BLADDER                                                                                    \
    .data = "data/bladder2.csv", .time = "stop", .event = "event", .dead = "1", .entry = "start",  \
    .cluster = "id", .terms = {NUMBER("rx"), NUMBER("size"), NUMBER("number")}

static const struct reference references[] = {
    {"cox_lung_efron", TTA_TIES_EFRON, .m = LUNG3},
    {"cox_lung_breslow", TTA_TIES_BRESLOW, .m = LUNG3},
    {"cox_lung_exact", TTA_TIES_EXACT, .m = LUNG3},
    {"cox_veteran_efron", TTA_TIES_EFRON, .near = true, .m = VETERAN},
    {"cox_veteran_breslow", TTA_TIES_BRESLOW, .near = true, .m = VETERAN},
    {"cox_veteran_exact", TTA_TIES_EXACT, .near = true, .m = VETERAN},
    {"cox_aml_efron", TTA_TIES_EFRON, .m = AML},
    {"cox_aml_breslow", TTA_TIES_BRESLOW, .m = AML},
    {"cox_aml_exact", TTA_TIES_EXACT, .m = AML},
    {"cox_heart_efron", TTA_TIES_EFRON, .m = HEART4},
    {"cox_heart_breslow", TTA_TIES_BRESLOW, .m = HEART4},
    {"cox_heart_exact", TTA_TIES_EXACT, .m = HEART4},
    {"cox_rtw_efron", TTA_TIES_EFRON, .m = RTW4},
    {"cox_rtw_breslow", TTA_TIES_BRESLOW, .m = RTW4},
    {"cox_rtw_exact", TTA_TIES_EXACT, .m = RTW4},
    {"cox_book1_efron", TTA_TIES_EFRON, .m = BOOK("book1", .weight = NULL)},
    {"cox_book1_breslow", TTA_TIES_BRESLOW, .m = BOOK("book1", .weight = NULL)},
    {"cox_bookw_efron", TTA_TIES_EFRON, .m = BOOK("book_w", .weight = "wt")},
    {"cox_bookw_breslow", TTA_TIES_BRESLOW, .m = BOOK("book_w", .weight = "wt")},
    {"cox_ovarian", TTA_TIES_EFRON, .near = true,
     .m = {.data = "data/ovarian.csv",
           .time = "futime",
           .event = "fustat",
           .dead = "1",
           .terms = {NUMBER("age"), NUMBER("ecog.ps"), NUMBER("rx")}}},
    {"cox_lung_strata_cluster", TTA_TIES_EFRON,
     .m = {LUNG, .terms = {NUMBER("age"), NUMBER("sex"), NUMBER("ph.karno")}, .strata = {"ph.ecog"},
           .cluster = "inst"}},
    {"cox_heart_cluster", TTA_TIES_EFRON,
     .m = {HEART,
           .terms = {NUMBER("age"), NUMBER("surgery"), NUMBER("transplant"),
                     BY("age", "transplant"), BY("surgery", "transplant")},
           .cluster = "id"}},
    {"cox_rtw_strata", TTA_TIES_EFRON,
     .m = {RTW, .terms = {KIND("arm", "kontrol")}, .strata = {"sex", "agegrp", "ethnicity"}}},
    {"cox_rtw_strata_cluster", TTA_TIES_EFRON,
     .m = {RTW, .terms = {KIND("arm", "kontrol"), NUMBER("years_benefit")},
           .strata = {"sex", "agegrp"}, .cluster = "kommune"}},
    {"cox_rtw_robust", TTA_TIES_EFRON, .robust = true,
     .m = {RTW, .terms = {KIND("arm", "kontrol"), NUMBER("age")}}},
    {"cox_rtw_weights", TTA_TIES_EFRON, .robust = true, .m = RTW3(.weight = "weight")},
    {"cox_rtw_weights_breslow", TTA_TIES_BRESLOW, .robust = true, .m = RTW3(.weight = "weight")},
    {"cox_rtw_entry", TTA_TIES_EFRON, .m = RTW3(.entry = "entry")},
    {"cox_rtw_education_na", TTA_TIES_EFRON,
     .m = {RTW, .terms = {KIND("arm", "kontrol"), KIND("education", "grundskole"),
                          KIND("education", "gymnasial"), KIND("education", "videregaaende"),
                          NUMBER("vas")}}},
    {"cox_bladder2_ag", TTA_TIES_EFRON, .m = {BLADDER}},
    {"cox_bladder2_pwp", TTA_TIES_EFRON, .m = {BLADDER, .strata = {"enum"}}},
    {"cox_pbc", TTA_TIES_EFRON,
     .m = {.data = "data/pbc.csv",
           .time = "time",
           .event = "status",
           .dead = "2",
           .terms = {NUMBER("age"), NUMBER("edema"), LOG("bili"), LOG("albumin"), LOG("protime")}}},
};
/* clang-format on */

struct fitted {
    const struct reference *r;
    struct csv all, t; /* t: the rows of all that are this case's */
    struct frame f;
    struct tta_cox_options o;
    struct tta_cox_fit fit;
    struct tta_error e;
    const char **name; /* of the terms, as in the table */
    double tolerance;
};

static void fit(struct fitted *s, int i)
{
    *s = (struct fitted){.r = &references[i], .all = csv_read("cox_all.csv")};
    size_t first = 0;

    s->t = s->all;
    while (strcmp(s->all.cell[first * 3], s->r->name) != 0)
        first++;
    s->t.cell += first * 3;
    for (s->t.rows = 0;
         first + s->t.rows < s->all.rows && strcmp(s->t.cell[s->t.rows * 3], s->r->name) == 0;)
        s->t.rows++;
    s->f = frame_read(&s->r->m);
    s->o = (struct tta_cox_options){
        .level = .95, .timefix = true, .ties = s->r->ties, .robust = s->r->robust};
    frame_name(&s->f);
    ck_assert_msg(tta_cox(&s->f.in, &s->o, &s->fit, &s->e) == 0, "%s: %s", s->r->name, s->e.text);
    s->name = malloc(TERMS_MAX * sizeof *s->name);
    s->tolerance = s->r->near ? 1e-6 : 2e-8;
    for (size_t j = 0; j < s->fit.p; j++)
        s->name[j] = s->f.name[j];
}

static void done(struct fitted *s)
{
    tta_cox_release(&s->fit);
    frame_free(&s->f);
    csv_free(&s->all);
    free(s->name);
}

/* "key", "key[a]" or "key[a,b]" */
static double want(struct fitted *s, const char *key, const char *a, const char *b)
{
    char full[160];

    snprintf(full, sizeof full, a == NULL ? "%s" : b == NULL ? "%s[%s]" : "%s[%s,%s]", key, a, b);
    return csv_reference(&s->t, s->r->name, full);
}

static double want_number(struct fitted *s, const char *key, size_t number)
{
    char text[24];

    snprintf(text, sizeof text, "%zu", number);
    return want(s, key, text, NULL);
}

static void check_fit(struct fitted *s)
{
    double v;

    ck_assert_uint_eq(s->fit.n, (size_t)want(s, "n", NULL, NULL));
    ck_assert_uint_eq(s->fit.events, (size_t)want(s, "nevent", NULL, NULL));
    v = want(s, "loglik_null", NULL, NULL);
    assert_close(s->fit.loglik_null, v, 1e-12, fabs(v), "%s loglik_null", s->r->name);
    v = want(s, "loglik", NULL, NULL);
    assert_close(s->fit.loglik, v, 1e-11, fabs(v), "%s loglik", s->r->name);
    for (size_t j = 0; j < s->fit.p; j++) {
        double se = want(s, "coef", s->name[j], "se(coef)");

        assert_close(s->fit.coef[j], want(s, "coef", s->name[j], "coef"), s->tolerance, se,
                     "%s coef %s", s->r->name, s->name[j]);
        assert_close(s->fit.se[j], se, s->tolerance, se, "%s se %s", s->r->name, s->name[j]);
        assert_close(s->fit.p_value[j], want(s, "coef", s->name[j], "Pr(>|z|)"), 10 * s->tolerance,
                     1, "%s p %s", s->r->name, s->name[j]);
        if (s->fit.robust_se == NULL)
            continue;
        se = want(s, "coef", s->name[j], "robust se");
        assert_close(s->fit.robust_se[j], se, 1e-7, se, "%s robust %s", s->r->name, s->name[j]);
    }
    v = want(s, "score", "1", NULL);
    assert_close(s->fit.score.statistic, v, 1e-10, v, "%s score", s->r->name);
    v = want(s, "wald", "1", NULL);
    assert_close(s->fit.wald.statistic, v, 1e-6, v, "%s wald", s->r->name);
    v = want(s, "lr", "1", NULL);
    assert_close(s->fit.likelihood_ratio.statistic, v, 1e-8, v, "%s lr", s->r->name);
}

static void check_concordance(struct fitted *s)
{
    struct tta_concordance c;

    ck_assert(tta_cox_concordance(&s->f.in, &s->o, &s->fit, &c, &s->e) == 0);
    assert_close(c.concordant, want(s, "concordance.count", "concordant", NULL), 1e-10,
                 c.concordant, "%s concordant", s->r->name);
    assert_close(c.discordant, want(s, "concordance.count", "discordant", NULL), 1e-10,
                 c.discordant, "%s discordant", s->r->name);
    assert_close(c.tied_x, want(s, "concordance.count", "tied.x", NULL), 1e-10, c.tied_x + 1,
                 "%s tied x", s->r->name);
    assert_close(c.tied_y, want(s, "concordance.count", "tied.y", NULL), 1e-10, c.tied_y + 1,
                 "%s tied y", s->r->name);
    assert_close(c.tied_xy, want(s, "concordance.count", "tied.xy", NULL), 1e-10, c.tied_xy + 1,
                 "%s tied xy", s->r->name);
    assert_close(c.c, want(s, "concordance.C", NULL, NULL), 1e-10, 1, "%s C", s->r->name);
    assert_close(c.se, want(s, "concordance.se", NULL, NULL), 1e-9, 1, "%s se of C", s->r->name);
}

/* Is there a zph of the case? R makes none of exact ties. */
static bool has_zph(const struct fitted *s)
{
    for (size_t i = 0; i < s->t.rows; i++)
        if (strcmp(s->t.cell[i * 3], s->r->name) == 0 &&
            strcmp(s->t.cell[i * 3 + 1], "zph_km[GLOBAL,chisq]") == 0)
            return true;
    return false;
}

static void check_zph(struct fitted *s)
{
    static const char *const transforms[] = {"zph_km", "zph_rank", "zph_identity", "zph_log"};
    static const size_t test_of[TERMS_MAX] = {0, 1, 2, 3, 4, 5, 6, 7};

    for (int t = 0; t < 4 && has_zph(s); t++) {
        struct tta_cox_test result[TERMS_MAX + 1];

        ck_assert(tta_cox_zph(&s->f.in, &s->o, &s->fit, (enum tta_zph_transform)t, test_of,
                              s->fit.p, result, &s->e) == 0);
        for (size_t j = 0; j <= s->fit.p; j++) {
            double v = want(s, transforms[t], j < s->fit.p ? s->name[j] : "GLOBAL", "chisq");

            assert_close(result[j].statistic, v, s->r->near ? 1e-6 : 1e-7, fmax(v, .1), "%s %s %zu",
                         s->r->name, transforms[t], j);
        }
    }
}

/* "key" when there is one term, "key[1]" else */
static double of_term(struct fitted *s, const char *key, size_t j)
{
    return s->fit.p == 1 ? want(s, key, NULL, NULL) : want_number(s, key, j + 1);
}

static void compare_matrix(struct fitted *s, const struct tta_cox_residuals *r)
{
    size_t n = s->f.in.n;

    for (size_t j = 0; j < s->fit.p; j++) {
        double dfbeta = 0, schoenfeld = 0, v;

        for (size_t i = 0; i < n; i++) {
            double one = r->schoenfeld[j * n + i];

            dfbeta = fmax(dfbeta, fabs(r->dfbeta[j * n + i]));
            schoenfeld += isnan(one) ? 0 : one * one;
        }
        v = of_term(s, "dfbeta_max", j);
        assert_close(dfbeta, v, s->r->near ? 1e-6 : 1e-7, v, "%s dfbeta %zu", s->r->name, j);
        v = of_term(s, "schoenfeld_sumsq", j);
        assert_close(schoenfeld, v, 1e-7, v, "%s schoenfeld %zu", s->r->name, j);
        for (size_t k = 0; k < s->fit.p; k++) {
            bool one = s->fit.p == 1;
            double sum = 0;

            for (size_t i = 0; i < n; i++)
                sum += r->score[j * n + i] * r->score[k * n + i];
            v = want(s, "score_resid_crossprod", one ? "1" : s->name[j], one ? "1" : s->name[k]);
            assert_close(sum, v, 1e-6, fabs(v) + 1, "%s score %zu %zu", s->r->name, j, k);
        }
    }
}

static void check_residuals(struct fitted *s)
{
    struct tta_cox_residuals r;
    double sum[2] = {0, 0}, *b;
    size_t n;

    n = s->f.in.n;
    b = malloc((2 + 3 * s->fit.p) * n * sizeof *b);
    r = (struct tta_cox_residuals){b, b + n, b + 2 * n, b + (2 + s->fit.p) * n,
                                   b + (2 + 2 * s->fit.p) * n};
    if (s->r->ties == TTA_TIES_EXACT) {
        ck_assert(tta_cox_residuals(&s->f.in, &s->o, &s->fit, &r, &s->e) == TTA_E_USAGE);
    } else {
        ck_assert(tta_cox_residuals(&s->f.in, &s->o, &s->fit, &r, &s->e) == 0);
        for (size_t i = 0; i < n; i++) {
            sum[0] += r.martingale[i] * r.martingale[i];
            sum[1] += r.deviance[i] * r.deviance[i];
            if (i >= 5)
                continue;
            assert_close(r.martingale[i], want_number(s, "martingale.first5", i + 1), 1e-7, 1,
                         "%s martingale %zu", s->r->name, i);
            assert_close(r.deviance[i], want_number(s, "deviance.first5", i + 1), 1e-7, 1,
                         "%s deviance %zu", s->r->name, i);
        }
        assert_close(sum[0], want(s, "martingale.sumsq", NULL, NULL), 1e-7, sum[0], "%s sumsq",
                     s->r->name);
        assert_close(sum[1], want(s, "deviance.sumsq", NULL, NULL), 1e-7, sum[1], "%s sumsq",
                     s->r->name);
        compare_matrix(s, &r);
    }
    free(b);
}

START_TEST(test_model)
{
    struct fitted s;

    fit(&s, _i);
    check_fit(&s);
    check_concordance(&s);
    check_zph(&s);
    check_residuals(&s);
    done(&s);
}
END_TEST

Suite *survival_cox_reference_suite(void)
{
    Suite *s = suite_create("survival/cox_reference");
    TCase *t = tcase_create("reference");
    int count = sizeof references / sizeof *references;

    tcase_add_loop_test(t, test_model, 0, count);
    suite_add_tcase(s, t);
    return s;
}
