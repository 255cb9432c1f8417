/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fine and Gray's regression against R's cmprsk::crr and survival::finegray. */
#include "competing.h"

Suite *survival_finegray_suite(void);

#define TERMS 3
struct reference {
    const char *name, *data;
    int32_t of;
    const char *column[TERMS], *value[TERMS]; /* value: 1 where the column holds it */
    const char *term[TERMS];
};

static const struct reference references[] = {
    {"fg_mgus2_pcm", "mgus2", 1, {"age", "sex", NULL}, {NULL, "M", NULL}, {"age", "male", NULL}},
    {"fg_mgus2_death", "mgus2", 2, {"age", "sex", NULL}, {NULL, "M", NULL}, {"age", "male", NULL}},
    {"fg_rtw_1",
     "rtw_open",
     1,
     {"arm", "age", "years_benefit"},
     {"indsats", NULL, NULL},
     {"indsats", "age", "years"}},
    {"fg_rtw_2",
     "rtw_open",
     2,
     {"arm", "age", "years_benefit"},
     {"indsats", NULL, NULL},
     {"indsats", "age", "years"}},
    {"fg_rtw_3",
     "rtw_open",
     3,
     {"arm", "age", "years_benefit"},
     {"indsats", NULL, NULL},
     {"indsats", "age", "years"}},
};

static double want(const struct csv *t, const struct reference *r, const char *key, size_t j,
                   const char *what)
{
    char full[96];

    snprintf(full, sizeof full, what == NULL ? "%s[%s]" : "%s[%s,%s]", key, r->term[j], what);
    return csv_reference(t, r->name, full);
}

/* The design, by r; the caller frees x. */
static struct tta_cox_input design(const struct reference *r, const struct competing *c, double **x)
{
    struct tta_cox_input in = {
        .n = c->in.n, .time = c->time, .terms = (const char *const *)r->term};

    *x = malloc(c->in.n * TERMS * sizeof **x);
    for (; in.p < TERMS && r->column[in.p] != NULL; in.p++)
        for (size_t i = 0; i < in.n; i++) {
            const char *column = r->column[in.p], *value = r->value[in.p];

            (*x)[in.p * in.n + i] = value == NULL
                                        ? csv_number(&c->t, c->kept[i], column)
                                        : strcmp(csv_text(&c->t, c->kept[i], column), value) == 0;
        }
    in.x = *x;
    return in;
}

START_TEST(test_cmprsk)
{
    const struct reference *r = &references[_i];
    struct csv t = csv_read("competing.csv");
    struct competing c = competing_read(r->data, NULL, NULL);
    struct tta_cox_fit fit;
    struct tta_error e = {0};
    double *x, v = csv_reference(&t, r->name, "loglik");
    struct tta_cox_input in = design(r, &c, &x);

    ck_assert_msg(tta_finegray(&in, c.cause, r->of, TTA_FINEGRAY_CMPRSK, NULL, &fit, &e) == 0, "%s",
                  e.text);
    assert_close(fit.loglik, v, 1e-10, fabs(v), "%s loglik", r->name);
    for (size_t j = 0; j < in.p; j++) {
        double se = want(&t, r, "coef", j, "se(coef)");

        assert_close(fit.coef[j], want(&t, r, "coef", j, "coef"), 1e-7, se, "%s coef %zu", r->name,
                     j);
        assert_close(fit.se[j], se, 1e-7, se, "%s se %zu", r->name, j);
    }
    tta_cox_release(&fit);
    free(x);
    competing_free(&c);
    csv_free(&t);
}
END_TEST

START_TEST(test_survival)
{
    const struct reference *r = &references[_i];
    struct csv t = csv_read("competing.csv");
    struct competing c = competing_read(r->data, NULL, NULL);
    struct tta_cox_options o = {.level = .95, .timefix = true};
    struct tta_cox_fit fit;
    struct tta_error e = {0};
    double *x;
    struct tta_cox_input in = design(r, &c, &x);

    ck_assert(tta_finegray(&in, c.cause, r->of, TTA_FINEGRAY_SURVIVAL, &o, &fit, &e) == 0);
    for (size_t j = 0; j < in.p; j++) {
        double se = want(&t, r, "finegray_cox_efron", j, "robust se");

        assert_close(fit.coef[j], want(&t, r, "finegray_cox_efron", j, "coef"), 1e-7, se,
                     "%s coef %zu", r->name, j);
        assert_close(fit.se[j], se, 1e-7, se, "%s se %zu", r->name, j);
    }
    tta_cox_release(&fit);
    o.ties = TTA_TIES_BRESLOW;
    ck_assert(tta_finegray(&in, c.cause, r->of, TTA_FINEGRAY_SURVIVAL, &o, &fit, &e) == 0);
    for (size_t j = 0; j < in.p; j++)
        assert_close(fit.coef[j], want(&t, r, "finegray_cox_breslow", j, NULL), 1e-7, fit.se[j],
                     "%s breslow coef %zu", r->name, j);
    tta_cox_release(&fit);
    free(x);
    competing_free(&c);
    csv_free(&t);
}
END_TEST

/* Without other causes it is Cox's regression, and its robust variance. */
START_TEST(test_one_cause)
{
    const struct reference *r = &references[2];
    struct competing c = competing_read(r->data, NULL, NULL);
    struct tta_cox_options o = {.level = .95, .timefix = true, .robust = true};
    struct tta_cox_fit fg, cox;
    struct tta_error e = {0};
    double *x;
    struct tta_cox_input in = design(r, &c, &x);
    uint8_t *event = malloc(in.n);

    for (size_t i = 0; i < in.n; i++) {
        c.cause[i] = event[i] = c.cause[i] == 1;
        c.number[i] = (int32_t)(i % 2);
    }
    in.event = event;
    in.stratum = _i == 0 ? NULL : c.number;
    in.strata = 2;
    ck_assert(tta_finegray(&in, c.cause, 1, TTA_FINEGRAY_SURVIVAL, &o, &fg, &e) == 0);
    ck_assert(tta_cox(&in, &o, &cox, &e) == 0);
    for (size_t j = 0; j < in.p; j++) {
        assert_close(fg.coef[j], cox.coef[j], 1e-10, cox.se[j], "coef %zu", j);
        assert_close(fg.se[j], cox.robust_se[j], 1e-10, cox.se[j], "se %zu", j);
    }
    tta_cox_release(&fg);
    tta_cox_release(&cox);
    free(event);
    free(x);
    competing_free(&c);
}
END_TEST

Suite *survival_finegray_suite(void)
{
    Suite *s = suite_create("survival/finegray");
    TCase *t = tcase_create("finegray");
    int count = sizeof references / sizeof *references;

    tcase_add_loop_test(t, test_cmprsk, 0, count);
    tcase_add_loop_test(t, test_survival, 0, count);
    tcase_add_loop_test(t, test_one_cause, 0, 2);
    suite_add_tcase(s, t);
    return s;
}
