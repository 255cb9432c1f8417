/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tta-survival km: survival curves (lib/survival/km.c), by group (lib/stat). */
#include <math.h>
#include <stdlib.h>

#include "km_tables.h"
#include "tta-survival.h"

static const struct km_args defaults = {.conf_type = TTA_CONF_LOG, .level = 0.95};
static const char *const conf_types[] = {"log", "log-log", "plain", "logit", "arcsin", NULL};
static const char *const estimators[] = {"kaplan-meier", "nelson-aalen", "fleming-harrington",
                                         NULL};

static const struct tta_option options[] = {
    OUTCOME_OPTIONS(struct km_args),
    OUTCOME_WEIGHT(struct km_args, "how many persons the row stands for"),
    OUTCOME_CLUSTER(struct km_args),
    {.name = "by",
     .value = "COLUMN,...",
     .kind = TTA_OPT_LIST,
     .offset = offsetof(struct km_args, by),
     .help = "a curve for each value, or combination of values"},
    {.name = "estimator",
     .value = "kaplan-meier|nelson-aalen|fleming-harrington",
     .kind = TTA_OPT_CHOICE,
     .choices = estimators,
     .offset = offsetof(struct km_args, estimator),
     .help = "how the curve is estimated [kaplan-meier]"},
    {.name = "conf-type",
     .value = "log|log-log|plain|logit|arcsin",
     .kind = TTA_OPT_CHOICE,
     .choices = conf_types,
     .offset = offsetof(struct km_args, conf_type),
     .help = "scale of the confidence limits [log]"},
    {.name = "level",
     .value = "P",
     .kind = TTA_OPT_NUMBER,
     .least = 0,
     .most = 1,
     .offset = offsetof(struct km_args, level),
     .help = "of the confidence limits [0.95]"},
    {.name = "robust",
     .kind = TTA_OPT_FLAG,
     .offset = offsetof(struct km_args, robust),
     .help = "infinitesimal jackknife errors, also for whole weights"},
    {.name = "cumhaz",
     .kind = TTA_OPT_FLAG,
     .offset = offsetof(struct km_args, cumhaz),
     .help = "adds the cumulative hazard and its error"},
    {.name = "at",
     .value = "TIME,...",
     .kind = TTA_OPT_LIST,
     .offset = offsetof(struct km_args, at),
     .help = "the curve, and who is at risk, at these times only"},
    {.name = "quantiles",
     .value = "P,...",
     .kind = TTA_OPT_LIST,
     .offset = offsetof(struct km_args, quantiles),
     .help = "instead: when a share P has had the event; 0.5 is the median"},
    {.name = "tau",
     .value = "N",
     .kind = TTA_OPT_NUMBER,
     .least = 0,
     .most = INT64_MAX,
     .offset = offsetof(struct km_args, tau),
     .help = "instead: the mean time without the event, of the first N"},
    PARTS_OPTIONS(struct km_args),
    {.name = NULL},
};

static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct km_args *args = tta_args(run);
    struct km_state *state = tta_state(run);
    const struct grouped_args grouped = {&args->outcome, &args->by, NULL, &args->parts};
    int rc = parts_check_options(run, &tta_survival_km, &args->parts, e);

    if (rc == 0)
        rc = km_tables_begin(run, args, state, e);
    return rc == 0 ? grouped_begin(run, &grouped, &state->g, e) : rc;
}

static int record(struct tta_run *run, struct tta_error *e)
{
    struct km_state *state = tta_state(run);

    return grouped_add(run, &state->g, e);
}

static int end(struct tta_run *run, struct tta_error *e)
{
    const struct km_args *args = tta_args(run);
    struct km_state *state = tta_state(run);
    struct tta_km_options km = {.conf_type = (enum tta_conf_type)args->conf_type,
                                .level = args->level,
                                .timefix = !args->outcome.no_timefix,
                                .estimator = (enum tta_km_estimator)args->estimator,
                                .robust = args->robust,
                                .tau = args->tau};
    struct tta_km_result result = {0};
    bool done;
    int rc = grouped_finish(run, &state->g, &done, e);

    if (rc != 0 || done)
        return rc;
    rc = grouped_robust(run, &state->g, args->robust, e);
    if (rc == 0)
        rc = tta_km(&state->g.in, &km, &result, e);
    if (rc == 0)
        rc = km_tables_write(run, args, state, &result, e);
    tta_km_release(&result);
    return rc;
}

static void release(struct tta_run *run)
{
    struct km_state *state = tta_state(run);

    grouped_release(&state->g);
    free(state->at);
    free(state->quantiles);
}

const struct tta_tool tta_survival_km = {
    .command = "km",
    .summary = "survival curves: Kaplan-Meier, Nelson-Aalen; quantiles, restricted means",
    .example = "  tta-survival km --time=weeks --event=left --weight=n durations.csv",
    .about = "One row for every time at which somebody had the event or was last seen.\n"
             "Clusters and weights that are not whole numbers give robust errors, as in R.",
    .shape = TTA_SUMMARY,
    .whole = true,
    .options = options,
    .drawings = tta_paper,
    .args_size = sizeof(struct km_args),
    .defaults = &defaults,
    .adds = km_curve_columns,
    .state_size = sizeof(struct km_state),
    .begin = begin,
    .record = record,
    .end = end,
    .release = release,
};
