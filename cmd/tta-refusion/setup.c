/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Options to laws, tables and columns. */
#include <stdio.h>

#include "tta-refusion.h"

static int take_by(const struct args *args, struct state *state, struct tta_error *e)
{
    static const char *const names[] = {"case", "week", "month", "year"};
    const char *by = args->by.count == 0 ? "case" : args->by.items[0];
    size_t i = 0;

    while (i < 4 && strcmp(names[i], by) != 0)
        i++;
    if (i == 4)
        return tta_fail(e, TTA_E_USAGE, "--by: case, week, month or year");
    state->by = (enum by)i;
    state->totals.columns = args->by.count == 0 ? 0 : args->by.count - 1;
    if (state->by < BY_MONTH && state->totals.columns > 0)
        return tta_fail(e, TTA_E_USAGE, "--by: columns go with month or year");
    if (state->totals.columns > TTA_TOTALS_COLUMNS)
        return tta_fail(e, TTA_E_USAGE, "--by: at most %d columns", TTA_TOTALS_COLUMNS);
    return 0;
}

/* The sums of a shard look like those of all rows. */
static int check_shard(const struct tta_run *run, enum by by, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    int64_t index, count;
    const char *key;

    if (!tta_shard(run, &index, &count, &key) || by < BY_MONTH || args->partial)
        return 0;
    return tta_fail(e, TTA_E_USAGE,
                    args->merge ? "--merge needs all rows of all parts; --shard went before"
                                : "--shard: months and years of a part are no sums; --partial "
                                  "writes them for --merge");
}

static int check_names(const struct tta_list *list, const char *option, struct tta_error *e)
{
    for (size_t i = 0; i < list->count; i++)
        if (*list->items[i] == '\0')
            return tta_fail(e, TTA_E_USAGE, "--%s: an empty name", option);
    return 0;
}

static int check_options(const struct args *args, const struct state *state, struct tta_error *e)
{
    if (*args->maximum == '\0' || *args->employer_period == '\0')
        return tta_fail(e, TTA_E_USAGE, "--%s: an empty name",
                        *args->maximum == '\0' ? "maximum" : "employer-period");
    if (check_names(&args->scheme, "scheme", e) != 0 ||
        check_names(&args->compare, "compare", e) != 0 ||
        check_names(&args->reading, "reading", e) != 0)
        return e->code;
    if (args->history != NULL && !args->persons)
        return tta_fail(e, TTA_E_USAGE, "--history goes with --persons");
    if ((args->partial || args->merge) && state->by < BY_MONTH)
        return tta_fail(e, TTA_E_USAGE, "--partial and --merge go with --by=month or year");
    if (args->merge && (args->partial || args->activity != NULL || args->history != NULL))
        return tta_fail(e, TTA_E_USAGE,
                        "--merge reads sums: --partial, --activity and --history went before");
    return 0;
}

static int used_schemes(struct tta_run *run, const struct tta_refusion_law *law,
                        struct tta_error *e)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < law->count; i++) {
        const struct tta_refusion_scheme *s = &law->scheme[i];
        char id[192];

        snprintf(id, sizeof id, "%s%s%s%s", s->id, *s->readings == '\0' ? "" : " (", s->readings,
                 *s->readings == '\0' ? "" : ")");
        rc = tta_used_document(run, "refusion", id, s->hash, e);
    }
    return rc;
}

static int load_rates(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct tta_refusion_law *law = &((struct state *)tta_state(run))->law;
    int rc = tta_employer_periods_load(args->employer_period, &law->employer, e);

    if (rc == 0)
        rc = tta_rates_load(args->maximum, TTA_RATES_KR_PER_WEEK, &law->maximum, e);
    if (rc == 0)
        rc = tta_used_document(run, "rates", law->employer.id, law->employer.hash, e);
    if (rc == 0)
        rc = tta_used_document(run, "rates", law->maximum.id, law->maximum.hash, e);
    return rc;
}

static int unknown_reading(const struct tta_refusion_readings *readings, const char *id,
                           struct tta_error *e)
{
    const char *known = *readings->known == '\0' ? " none at all," : readings->known;

    return tta_fail(e, TTA_E_USAGE, "--reading: the schemes in use do not have %s, but%.*s", id,
                    (int)strlen(known) - 1, known);
}

static int load_laws(struct tta_run *run, struct tta_error *e)
{
    static const char *const automatic[] = {"auto"};
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    struct tta_refusion_readings readings = {.ids = args->reading.items,
                                             .count = args->reading.count};
    size_t named = args->scheme.count;
    int rc = 0;

    if (readings.count > sizeof readings.used)
        return tta_fail(e, TTA_E_USAGE, "--reading: too many");
    rc = tta_refusion_law_load(named == 0 ? automatic : args->scheme.items, named == 0 ? 1 : named,
                               &readings, &state->law, e);
    if (rc == 0)
        rc = used_schemes(run, &state->law, e);
    if (rc == 0)
        rc = load_rates(run, e);
    state->law.above_allowed = args->above;
    if (rc == 0 && args->compare.count > 0) {
        rc = tta_refusion_law_load(args->compare.items, args->compare.count, &readings,
                                   &state->other, e);
        state->other.employer = state->law.employer;
        state->other.maximum = state->law.maximum;
        state->other.above_allowed = args->above;
        if (rc == 0)
            rc = used_schemes(run, &state->other, e);
    }
    for (size_t i = 0; rc == 0 && i < readings.count; i++)
        if (!readings.used[i])
            rc = unknown_reading(&readings, readings.ids[i], e);
    return rc;
}

static int read_tables(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    int rc = 0;

    if (args->activity != NULL)
        rc = activity_read(run, args->activity, &state->activity, e);
    if (rc == 0 && args->history != NULL)
        rc = history_read(run, args->history, &state->history, e);
    return rc;
}

int refusion_begin(struct tta_run *run, struct tta_error *e)
{
    static int (*const columns[])(struct tta_run *, struct tta_error *) = {
        by_case_columns, by_week_columns, by_month_columns, by_month_columns};
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);

    state->totals.explain = args->explain;
    if (take_by(args, state, e) != 0 || check_options(args, state, e) != 0 ||
        check_shard(run, state->by, e) != 0 || load_laws(run, e) != 0)
        return e->code;
    if (partial_fingerprint(args, state, e) != 0 || columns[state->by](run, e) != 0)
        return e->code;
    if (args->persons && !args->merge &&
        (tta_read_column(run, &refusion_person_column, e) != 0 ||
         tta_group_by(run, "person_id", e) != 0))
        return e->code;
    if (read_tables(run, e) != 0)
        return e->code;
    return args->partial ? partial_begin(run, e) : 0;
}
