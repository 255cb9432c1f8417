/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "km_tables.h"

#include <math.h>

enum { GROUP, TIME, N_RISK, N_EVENT, N_CENSOR, SURVIVAL, STD_ERR, LOWER, UPPER, CUMHAZ, CUMHAZ_SE };
const struct tta_column km_curve_columns[] = {
    {.name = "group", .type = TTA_TEXT, .help = "\"all\", or COLUMN=VALUE of --by"},
    {.name = "time", .type = TTA_NUMBER, .help = "of an event or a censoring"},
    {.name = "n_risk", .type = TTA_NUMBER, .help = "persons just before the time"},
    {.name = "n_event", .type = TTA_NUMBER, .help = "events at the time"},
    {.name = "n_censor", .type = TTA_NUMBER, .help = "censorings at the time"},
    {.name = "survival", .type = TTA_NUMBER, .help = "share without the event after the time"},
    {.name = "std_err",
     .type = TTA_NUMBER,
     .flags = TTA_NULLABLE,
     .help = "of survival (Greenwood, or robust)"},
    {.name = "lower", .type = TTA_NUMBER, .flags = TTA_NULLABLE, .help = "confidence limit"},
    {.name = "upper", .type = TTA_NUMBER, .flags = TTA_NULLABLE, .help = "confidence limit"},
    {.name = NULL},
};
static const struct tta_column hazard_columns[] = {
    {.name = "cumhaz", .type = TTA_NUMBER, .help = "cumulative hazard (Nelson-Aalen)"},
    {.name = "cumhaz_std_err", .type = TTA_NUMBER, .help = "of cumhaz"},
};

enum { Q_GROUP, Q_SHARE, Q_TIME, Q_LOWER, Q_UPPER };
static const struct tta_column quantile_columns[] = {
    {.name = "group", .type = TTA_TEXT, .help = "\"all\", or COLUMN=VALUE of --by"},
    {.name = "quantile", .type = TTA_NUMBER, .help = "a share of --quantiles"},
    {.name = "time", .type = TTA_NUMBER, .help = "when it has had the event"},
    {.name = "lower", .type = TTA_NUMBER, .flags = TTA_NULLABLE, .help = "confidence limit"},
    {.name = "upper", .type = TTA_NUMBER, .flags = TTA_NULLABLE, .help = "confidence limit"},
    {.name = NULL},
};

enum { M_GROUP, M_N, M_EVENT, M_TAU, M_MEAN, M_STD_ERR, M_LOWER, M_UPPER };
static const struct tta_column mean_columns[] = {
    {.name = "group", .type = TTA_TEXT, .help = "\"all\", or COLUMN=VALUE of --by"},
    {.name = "n", .type = TTA_NUMBER, .help = "persons"},
    {.name = "n_event", .type = TTA_NUMBER, .help = "their events"},
    {.name = "tau", .type = TTA_NUMBER, .help = "the time until which is looked"},
    {.name = "rmean", .type = TTA_NUMBER, .help = "mean time without the event until tau"},
    {.name = "std_err", .type = TTA_NUMBER, .flags = TTA_NULLABLE, .help = "of rmean"},
    {.name = "lower", .type = TTA_NUMBER, .flags = TTA_NULLABLE, .help = "confidence limit"},
    {.name = "upper", .type = TTA_NUMBER, .flags = TTA_NULLABLE, .help = "confidence limit"},
    {.name = NULL},
};

int km_tables_begin(struct tta_run *run, const struct km_args *args, struct km_state *state,
                    struct tta_error *e)
{
    int rc = 0;

    if ((args->tau > 0) + (args->quantiles.count > 0) + (args->at.count > 0 || args->cumhaz) > 1)
        return tta_fail(e, TTA_E_USAGE,
                        "--tau, --quantiles and --at ask for one table each; take one");
    if (args->quantiles.count > 0)
        rc = tta_set_columns(run, NULL, quantile_columns, e);
    else if (args->tau > 0)
        rc = tta_set_columns(run, NULL, mean_columns, e);
    for (int i = 0; rc == 0 && args->cumhaz && i < 2; i++)
        rc = tta_add_column(run, &hazard_columns[i], e);
    if (rc == 0)
        rc = numbers_of(&args->at, "at", 0, HUGE_VAL, &state->at, e);
    for (size_t i = 1; rc == 0 && i < args->at.count; i++)
        if (!(state->at[i] > state->at[i - 1]))
            rc = tta_fail(e, TTA_E_USAGE, "--at: times must rise");
    if (rc == 0)
        rc = numbers_of(&args->quantiles, "quantiles", 0, 1, &state->quantiles, e);
    return rc;
}

static int write_row(struct tta_run *run, const struct km_args *args, const struct tta_km_row *r,
                     const char *group, struct tta_error *e)
{
    union tta_slot *own = tta_own(run);

    own[GROUP].text = tta_text_of(group);
    own[TIME].number = r->time;
    own[N_RISK].number = r->n_risk;
    own[N_EVENT].number = r->n_event;
    own[N_CENSOR].number = r->n_censor;
    own[SURVIVAL].number = r->survival;
    own[STD_ERR].number = r->std_err;
    own[LOWER].number = r->lower;
    own[UPPER].number = r->upper;
    if (args->cumhaz) {
        own[CUMHAZ].number = r->cumhaz;
        own[CUMHAZ_SE].number = r->cumhaz_std_err;
    }
    return tta_emit(run, e);
}

static int write_at(struct tta_run *run, const struct km_args *args, const struct km_state *state,
                    const struct tta_km_row *rows, size_t count, const char *group,
                    struct tta_error *e)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < args->at.count; i++) {
        struct tta_km_row r = tta_km_at(rows, count, i == 0 ? -1 : state->at[i - 1], state->at[i]);

        rc = write_row(run, args, &r, group, e);
    }
    return rc;
}

static int write_quantiles(struct tta_run *run, const struct km_args *args,
                           const struct km_state *state, const struct tta_km_row *rows,
                           size_t count, const char *group, struct tta_error *e)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < args->quantiles.count; i++) {
        struct tta_km_quantile q = tta_km_quantile(rows, count, state->quantiles[i]);
        union tta_slot *own = tta_own(run);

        own[Q_GROUP].text = tta_text_of(group);
        own[Q_SHARE].number = state->quantiles[i];
        own[Q_TIME].number = q.time;
        own[Q_LOWER].number = q.lower;
        own[Q_UPPER].number = q.upper;
        rc = tta_emit(run, e);
    }
    return rc;
}

static int write_mean(struct tta_run *run, const struct km_args *args,
                      const struct tta_km_result *result, size_t i, const struct tta_groups *groups,
                      const char *group, struct tta_error *e)
{
    const struct tta_km_group *g = &result->groups[i];
    union tta_slot *own = tta_own(run);
    char name[64];

    if (!tta_rmst_known(result, i, args->tau))
        tta_note(run, "nobody in %s was followed to --tau; flat behind %g",
                 grouped_shown(groups, i, name, sizeof name), g->last);
    own[M_GROUP].text = tta_text_of(group);
    own[M_N].number = g->n;
    own[M_EVENT].number = g->n_event;
    own[M_TAU].number = args->tau;
    own[M_MEAN].number = g->mean;
    own[M_STD_ERR].number = g->mean_std_err;
    own[M_LOWER].number = g->mean_lower;
    own[M_UPPER].number = g->mean_upper;
    return tta_emit(run, e);
}

int km_tables_write(struct tta_run *run, const struct km_args *args, const struct km_state *state,
                    const struct tta_km_result *result, struct tta_error *e)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < result->group_count; i++) {
        const struct tta_km_group *g = &result->groups[i];
        const struct tta_km_row *rows = result->rows + g->first;
        const char *label = grouped_label(&state->g, (int32_t)i);

        if (g->rows == 0)
            continue;
        if (args->quantiles.count > 0)
            rc = write_quantiles(run, args, state, rows, g->count, label, e);
        else if (args->at.count > 0)
            rc = write_at(run, args, state, rows, g->count, label, e);
        else if (args->tau > 0)
            rc = write_mean(run, args, result, i, &state->g.group, label, e);
        for (size_t j = 0; rc == 0 && j < g->count && args->quantiles.count == 0 &&
                           args->at.count == 0 && !(args->tau > 0);
             j++)
            rc = write_row(run, args, &rows[j], label, e);
    }
    return rc;
}
