/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "rmst_tables.h"

#include <stdlib.h>

#include "grouped.h"

enum { MEASURE, TERM, ESTIMATE, STD_ERR, LOWER, UPPER, P };
const struct tta_column rmst_columns[] = {
    {.name = "measure",
     .type = TTA_TEXT,
     .help = "rmst, rmtl, difference, ratio or lost_ratio; adjusted_ in front with --x"},
    {.name = "term", .type = TTA_TEXT, .help = "COLUMN=VALUE of --by, or a term of --x"},
    {.name = "estimate", .type = TTA_NUMBER, .flags = TTA_NULLABLE, .help = "of the measure"},
    {.name = "std_err",
     .type = TTA_NUMBER,
     .flags = TTA_NULLABLE,
     .help = "of it; of a ratio: of its logarithm"},
    {.name = "lower", .type = TTA_NUMBER, .flags = TTA_NULLABLE, .help = "confidence limit"},
    {.name = "upper", .type = TTA_NUMBER, .flags = TTA_NULLABLE, .help = "confidence limit"},
    {.name = "p",
     .type = TTA_NUMBER,
     .flags = TTA_NULLABLE,
     .help = "two-sided: no difference, a ratio of 1"},
    {.name = NULL},
};

static int put(struct tta_run *run, const char *measure, const char *term,
               const struct tta_rmst_estimate *r, bool test, struct tta_error *e)
{
    union tta_slot *own = tta_own(run);

    own[MEASURE].text = tta_text_of(measure);
    own[TERM].text = tta_text_of(term);
    own[ESTIMATE].number = r->estimate;
    own[STD_ERR].number = r->std_err;
    own[LOWER].number = r->lower;
    own[UPPER].number = r->upper;
    if (test)
        own[P].number = r->p_value;
    return tta_emit(run, e);
}

/* Restricted mean, and what is lost until tau, of every group. */
static int put_means(struct tta_run *run, const struct tta_km_result *km,
                     const struct tta_groups *groups, double tau, struct tta_error *e)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < 2 * km->group_count; i++) {
        const struct tta_km_group *g = &km->groups[i % km->group_count];
        struct tta_rmst_estimate mean = {g->mean, g->mean_std_err, g->mean_lower, g->mean_upper, 0};
        struct tta_rmst_estimate lost = tta_rmst_lost(g, tau);
        bool first = i < km->group_count;

        rc = put(run, first ? "rmst" : "rmtl", groups->labels[i % km->group_count],
                 first ? &mean : &lost, false, e);
    }
    return rc;
}

static int put_contrasts(struct tta_run *run, const struct rmst_args *args,
                         const struct tta_km_result *km, const struct tta_groups *groups,
                         size_t reference, struct tta_error *e)
{
    static const char *const measures[] = {"difference", "ratio", "lost_ratio"};
    int rc = 0;

    for (size_t m = 0; m < 3; m++)
        for (size_t i = 0; rc == 0 && i < km->group_count; i++) {
            struct tta_rmst_contrast c =
                tta_rmst_compare(&km->groups[i], &km->groups[reference], args->tau, args->level);

            if (i != reference)
                rc = put(run, measures[m], groups->labels[i],
                         m == 0   ? &c.difference
                         : m == 1 ? &c.ratio
                                  : &c.lost_ratio,
                         true, e);
        }
    return rc;
}

static int plain_means(struct tta_run *run, const struct rmst_args *args,
                       const struct rmst_state *state, const struct tta_groups *groups,
                       struct tta_error *e)
{
    const struct outcome *o = &state->outcome;
    const struct tta_km_input in = {.n = o->n,
                                    .time = o->time,
                                    .event = o->event,
                                    .weight = o->weight,
                                    .group = groups->of_row,
                                    .groups = groups->count,
                                    .entry = o->entry,
                                    .cluster = o->cluster,
                                    .clusters = o->clusters.count};
    const struct tta_km_options km = {
        .level = args->level, .timefix = !args->outcome.no_timefix, .tau = args->tau};
    struct tta_km_result result;
    int rc = tta_km(&in, &km, &result, e);

    if (rc == 0)
        rc = grouped_check_tau(&result, groups, args->tau, e);
    if (rc == 0)
        rc = put_means(run, &result, groups, args->tau, e);
    if (rc == 0)
        rc = put_contrasts(run, args, &result, groups, (size_t)state->columns.reference[0], e);
    tta_km_release(&result);
    return rc;
}

/* The design with a column of ones in front. */
static int with_intercept(const struct tta_design *d, size_t n, double **x, const char ***terms,
                          struct tta_error *e)
{
    *x = malloc((d->p + 1) * n * sizeof **x);
    *terms = calloc(d->p + 1, sizeof **terms);
    if (*x == NULL || *terms == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < n; i++)
        (*x)[i] = 1;
    memcpy(*x + n, d->x, d->p * n * sizeof **x);
    (*terms)[0] = "(intercept)";
    for (size_t j = 0; j < d->p; j++)
        (*terms)[j + 1] = d->shown[j];
    return 0;
}

static int adjusted(struct tta_run *run, const struct rmst_args *args,
                    const struct tta_rmst_input *in, char *const *terms, struct tta_error *e)
{
    static const char *const measures[] = {"adjusted_difference", "adjusted_ratio",
                                           "adjusted_lost_ratio"};
    struct tta_rmst_estimate *r = malloc(in->p * sizeof *r);
    int rc = r == NULL ? tta_fail_memory(e) : 0;

    for (int m = 0; rc == 0 && m < 3; m++) {
        rc = tta_rmst_adjusted(in, args->tau, (enum tta_rmst_link)m, !args->outcome.no_timefix,
                               args->level, r, e);
        for (size_t j = 0; rc == 0 && j < in->p; j++)
            rc = put(run, measures[m], j == 0 ? "(intercept)" : terms[j - 1], &r[j], true, e);
    }
    free(r);
    return rc;
}

int rmst_write(struct tta_run *run, const struct rmst_args *args, const struct rmst_state *state,
               const struct tta_groups *groups, struct tta_error *e)
{
    const struct outcome *o = &state->outcome;
    struct tta_design design = {0};
    const char **terms = NULL;
    double *x = NULL;
    int rc = plain_means(run, args, state, groups, e);

    if (rc == 0 && args->x.count > 0) {
        rc = tta_design_make(state->columns.v, state->columns.reference, state->columns.count, o->n,
                             &design, e);
        if (rc == 0)
            rc = with_intercept(&design, o->n, &x, &terms, e);
        if (rc == 0) {
            const struct tta_rmst_input in = {.n = o->n,
                                              .p = design.p + 1,
                                              .time = o->time,
                                              .event = o->event,
                                              .group = groups->of_row,
                                              .groups = groups->count,
                                              .x = x,
                                              .terms = terms};

            rc = adjusted(run, args, &in, design.terms, e);
        }
    }
    tta_design_release(&design);
    free(terms);
    free(x);
    return rc;
}
