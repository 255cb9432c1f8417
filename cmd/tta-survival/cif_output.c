/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "cif.h"

enum { GROUP, CAUSE, TIME, N_RISK, N_EVENT, CIF, STD_ERR, LOWER, UPPER };
const struct tta_column cif_columns[] = {
    {.name = "group", .type = TTA_TEXT, .help = "\"all\", or COLUMN=VALUE of --by"},
    {.name = "cause", .type = TTA_TEXT, .help = "value of --event"},
    {.name = "time", .type = TTA_NUMBER, .help = "of an event or a censoring"},
    {.name = "n_risk", .type = TTA_NUMBER, .help = "persons just before the time"},
    {.name = "n_event", .type = TTA_NUMBER, .help = "events of the cause at the time"},
    {.name = "cif", .type = TTA_NUMBER, .help = "share that has had the cause by the time"},
    {.name = "std_err",
     .type = TTA_NUMBER,
     .flags = TTA_NULLABLE,
     .help = "of cif, as --std-err says"},
    {.name = "lower", .type = TTA_NUMBER, .flags = TTA_NULLABLE, .help = "confidence limit"},
    {.name = "upper", .type = TTA_NUMBER, .flags = TTA_NULLABLE, .help = "confidence limit"},
    {.name = NULL},
};
enum { TEST_CAUSE, CHISQ, DF, P };
const struct tta_column cif_test_columns[] = {
    {.name = "cause", .type = TTA_TEXT, .help = "value of --event"},
    {.name = "chisq", .type = TTA_NUMBER, .help = "Gray's statistic"},
    {.name = "df", .type = TTA_NUMBER, .help = "groups less one"},
    {.name = "p", .type = TTA_NUMBER, .help = "of the groups having one cumulative incidence"},
    {.name = NULL},
};

static struct tta_cif_input input(const struct cif *c)
{
    const struct model *m = &c->model;

    return (struct tta_cif_input){.n = m->in.n,
                                  .time = m->in.time,
                                  .cause = c->cause,
                                  .causes = c->causes,
                                  .entry = m->in.entry,
                                  .weight = m->in.weight,
                                  .count = m->in.count,
                                  .group = m->by_groups.of_row,
                                  .groups = m->by_groups.count,
                                  .cluster = m->in.cluster,
                                  .clusters = m->in.clusters};
}

static int emit_row(struct tta_run *run, const struct cif *c, const struct tta_cif_row *r,
                    struct tta_error *e)
{
    const struct tta_groups *groups = &c->model.by_groups;
    union tta_slot *own = tta_own(run);

    own[GROUP].text = tta_text_of(groups->of_row == NULL ? "all" : groups->labels[r->group]);
    own[CAUSE].text = c->name[r->cause - 1];
    own[TIME].number = r->time;
    own[N_RISK].number = r->n_risk;
    own[N_EVENT].number = r->n_event;
    own[CIF].number = r->cif;
    own[STD_ERR].number = r->std_err;
    own[LOWER].number = r->lower;
    own[UPPER].number = r->upper;
    return tta_emit(run, e);
}

/* One curve, rows[0..count-1], at a time: n_risk is that just before it, n_event all before. */
static struct tta_cif_row row_at(const struct tta_cif_row *rows, size_t count, double time)
{
    struct tta_cif_row r = {
        .group = rows->group, .cause = rows->cause, .std_err = 0, .lower = NAN, .upper = NAN};
    size_t i = 0;
    double events = 0;

    for (; i < count && rows[i].time <= time; i++) {
        events += rows[i].n_event;
        r = rows[i];
    }
    if (i == 0 || r.time < time)
        r.n_risk = i < count ? rows[i].n_risk : 0;
    r.n_event = events;
    r.time = time;
    return r;
}

int cif_emit_curves(struct tta_run *run, const struct cif_args *args, const struct cif *c,
                    struct tta_error *e)
{
    struct tta_cif_input in = input(c);
    struct tta_cif_options o = {args->model.level, !args->outcome.no_timefix};
    struct tta_cif_row *rows;
    size_t count;
    int rc = tta_cif(&in, &o, &rows, &count, e);

    if (rc == 0 && args->std_err == CIF_AALEN)
        rc = in.weight != NULL || in.cluster != NULL
                 ? tta_fail(e, TTA_E_USAGE,
                            "Aalen's error is of persons, without weights and clusters")
                 : tta_cif_aalen(rows, count, o.level, e);
    for (size_t i = 0; rc == 0 && args->at.count == 0 && i < count; i++)
        rc = emit_row(run, c, &rows[i], e);
    for (size_t i = 0, end; rc == 0 && args->at.count > 0 && i < count; i = end) {
        for (end = i + 1;
             end < count && rows[end].group == rows[i].group && rows[end].cause == rows[i].cause;)
            end++;
        for (size_t k = 0; rc == 0 && k < args->at.count; k++) {
            struct tta_cif_row r = row_at(rows + i, end - i, c->at[k]);

            rc = emit_row(run, c, &r, e);
        }
    }
    free(rows);
    return rc;
}

int cif_emit_tests(struct tta_run *run, const struct cif_args *args, const struct cif *c,
                   struct tta_error *e)
{
    const struct tta_groups *strata = &c->model.groups;
    struct tta_cif_input in = input(c);
    int rc = 0;

    for (int32_t k = 1; rc == 0 && k <= c->causes; k++) {
        struct tta_cox_test t;
        union tta_slot *own = tta_own(run);

        rc = tta_gray(&in, strata->of_row, strata->count, k, args->rho, !args->outcome.no_timefix,
                      &t, e);
        if (rc != 0)
            break;
        own[TEST_CAUSE].text = c->name[k - 1];
        own[CHISQ].number = t.statistic;
        own[DF].number = t.df;
        own[P].number = t.p_value;
        rc = tta_emit(run, e);
    }
    return rc;
}

/* As a message may show it: no number that could be a person's. */
static void show_cause(const struct cif *c, int32_t k, char *out, size_t size)
{
    struct tta_text t = c->name[k - 1];

    if (t.len + sizeof "cause " > size || tta_text_has_number(t))
        snprintf(out, size, "cause number %d", (int)k);
    else
        snprintf(out, size, "cause %.*s", (int)t.len, t.ptr);
}

int cif_emit_regressions(struct tta_run *run, const struct cif_args *args, struct cif *c,
                         struct tta_error *e)
{
    struct model *m = &c->model;
    int rc = 0;

    m->in.event = c->event;
    if (args->regression == CIF_CAUSE_SPECIFIC && m->options.robust)
        rc = model_set_columns(run, true, true, e);
    for (int32_t k = 1; rc == 0 && k <= c->causes; k++) {
        char *name = tta_text_copy(c->name[k - 1]), which[64];
        struct tta_cox_fit fit = {0};
        struct tta_error why = {0};

        for (size_t i = 0; i < m->in.n; i++)
            c->event[i] = c->cause[i] == k;
        show_cause(c, k, which, sizeof which);
        model_note_events(run, m, which);
        if (name == NULL)
            rc = tta_fail_memory(e);
        else if (args->regression != CIF_CAUSE_SPECIFIC)
            rc = tta_finegray(&m->in, c->cause, k,
                              args->convention < 0 ? TTA_FINEGRAY_CMPRSK
                                                   : (enum tta_finegray_kind)args->convention,
                              &m->options, &fit, &why);
        else
            rc = tta_cox(&m->in, &m->options, &fit, &why);
        if (why.code != 0)
            rc = tta_fail(e, why.code, "%s%s%s", why.code == TTA_E_DATA ? which : "",
                          why.code == TTA_E_DATA ? ": " : "", why.text);
        if (rc == 0)
            rc = model_emit(run, &fit, &m->design, name, e);
        tta_cox_release(&fit);
        free(name);
    }
    return rc;
}
