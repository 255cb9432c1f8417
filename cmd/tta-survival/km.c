/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tta-survival km: Kaplan-Meier curves (lib/survival/km.c), by group (lib/stat). */
#include <stdlib.h>

#include "covariates.h"
#include "outcome.h"
#include "tta/survival.h"
#include "tta-survival.h"

struct args {
    struct outcome_args outcome;
    struct tta_list by;
    int conf_type;
    double level;
};

struct state {
    struct outcome outcome;
    struct covariates by;
};

static const struct args defaults = {.conf_type = TTA_CONF_LOG, .level = 0.95};
static const char *const conf_types[] = {"log", "log-log", "plain", NULL};

static const struct tta_option options[] = {
    OUTCOME_OPTIONS(struct args),
    {.name = "by",
     .value = "COLUMN,...",
     .kind = TTA_OPT_LIST,
     .offset = offsetof(struct args, by),
     .help = "a curve for each value, or combination of values"},
    OUTCOME_WEIGHT(struct args, "how many persons the row stands for"),
    {.name = "conf-type",
     .value = "log|log-log|plain",
     .kind = TTA_OPT_CHOICE,
     .choices = conf_types,
     .offset = offsetof(struct args, conf_type),
     .help = "scale of the confidence limits [log]"},
    {.name = "level",
     .value = "P",
     .kind = TTA_OPT_NUMBER,
     .least = 0,
     .most = 1,
     .offset = offsetof(struct args, level),
     .help = "of the confidence limits [0.95]"},
    {.name = NULL},
};

enum { GROUP, TIME, N_RISK, N_EVENT, N_CENSOR, SURVIVAL, STD_ERR, LOWER, UPPER };
static const struct tta_column adds[] = {
    {.name = "group", .type = TTA_TEXT, .help = "\"all\", or COLUMN=VALUE of --by"},
    {.name = "time", .type = TTA_NUMBER, .help = "of an event or a censoring"},
    {.name = "n_risk", .type = TTA_NUMBER, .help = "persons just before the time"},
    {.name = "n_event", .type = TTA_NUMBER, .help = "events at the time"},
    {.name = "n_censor", .type = TTA_NUMBER, .help = "censorings at the time"},
    {.name = "survival", .type = TTA_NUMBER, .help = "share without the event after the time"},
    {.name = "std_err", .type = TTA_NUMBER, .help = "of survival (Greenwood)"},
    {.name = "lower", .type = TTA_NUMBER, .help = "confidence limit"},
    {.name = "upper", .type = TTA_NUMBER, .help = "confidence limit"},
    {.name = NULL},
};

static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    int rc = outcome_begin(run, &args->outcome, &state->outcome, e);

    if (rc == 0)
        rc = covariates_begin(run, &args->by, TTA_REQUIRED, &state->by, e);
    return rc == 0 ? covariates_force(&state->by, &args->by, "by", e) : rc;
}

static int record(struct tta_run *run, struct tta_error *e)
{
    struct state *state = tta_state(run);

    return covariates_add(&state->by, &state->outcome, tta_record(run), tta_row_number(run), e);
}

static int emit(struct tta_run *run, const struct tta_km_row *r, const char *group,
                struct tta_error *e)
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
    return tta_emit(run, e);
}

static int estimate(struct tta_run *run, const struct tta_groups *groups, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    const struct outcome *o = &((const struct state *)tta_state(run))->outcome;
    struct tta_km_input in = {.n = o->n,
                              .time = o->time,
                              .event = o->event,
                              .weight = o->weight,
                              .group = groups->of_row,
                              .groups = groups->count};
    struct tta_km_options km = {.conf_type = (enum tta_conf_type)args->conf_type,
                                .level = args->level,
                                .timefix = !args->outcome.no_timefix};
    struct tta_km_result got;
    int rc = tta_km(&in, &km, &got, e);

    for (size_t i = 0; rc == 0 && i < got.count; i++)
        rc = emit(run, &got.rows[i],
                  groups->of_row == NULL ? "all" : groups->labels[got.rows[i].group], e);
    tta_km_release(&got);
    return rc;
}

static int end(struct tta_run *run, struct tta_error *e)
{
    struct state *state = tta_state(run);
    struct tta_groups groups = {0};
    int rc = outcome_check(&state->outcome, e);

    if (rc == 0)
        rc = covariates_finish(&state->by, NULL, e);
    if (rc == 0 && state->by.count > 0)
        rc = tta_groups_make(state->by.v, state->by.count, state->outcome.n, &groups, e);
    if (rc == 0)
        rc = estimate(run, &groups, e);
    tta_groups_release(&groups);
    return rc;
}

static void release(struct tta_run *run)
{
    struct state *state = tta_state(run);

    covariates_release(&state->by);
    outcome_release(&state->outcome);
}

const struct tta_tool tta_survival_km = {
    .command = "km",
    .summary = "Kaplan-Meier curves",
    .example = "  tta-survival km --time=weeks --event=left --weight=n durations.csv",
    .about = "One row for every time at which somebody had the event or was last seen.",
    .shape = TTA_SUMMARY,
    .whole = true,
    .options = options,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .adds = adds,
    .state_size = sizeof(struct state),
    .begin = begin,
    .record = record,
    .end = end,
    .release = release,
};
