/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The predicted curve: for whom, as --curve says, and its table. */
#include <stdlib.h>

#include "cox_output.h"

enum { STRATUM, TIME, N_RISK, N_EVENT, CUMHAZ, SURVIVAL, STD_ERR, LOWER, UPPER };
const struct tta_column cox_curve_columns[] = {
    {.name = "stratum", .type = TTA_TEXT, .help = "\"all\", or COLUMN=VALUE of --strata"},
    {.name = "time", .type = TTA_NUMBER, .help = "of an event"},
    {.name = "n_risk", .type = TTA_NUMBER, .help = "at risk just before the time, weighted"},
    {.name = "n_event", .type = TTA_NUMBER, .help = "events at the time, weighted"},
    {.name = "cumhaz", .type = TTA_NUMBER, .help = "cumulative hazard at these covariates"},
    {.name = "survival", .type = TTA_NUMBER, .help = "exp(-cumhaz)"},
    {.name = "std_err", .type = TTA_NUMBER, .help = "of survival"},
    {.name = "lower", .type = TTA_NUMBER, .help = "confidence limit of survival"},
    {.name = "upper", .type = TTA_NUMBER, .help = "confidence limit of survival"},
    {.name = NULL},
};

/* The value that at gives the column, or NULL. */
static const char *value_of(const struct tta_list *at, const char *name)
{
    for (size_t i = 0; i < at->count; i++) {
        struct tta_text column = {at->items[i], strcspn(at->items[i], "=")};

        if (tta_text_is(column, name))
            return at->items[i] + column.len + 1;
    }
    return NULL;
}

static bool is_of_model(const struct model *m, size_t strata, const char *name)
{
    bool found = false;

    for (size_t i = 0; i < m->formula.column_count; i++)
        found = found || strcmp(m->names[i], name) == 0;
    for (size_t i = 0; i < strata; i++)
        found = found || strcmp(m->names[m->strata[i]], name) == 0;
    return found;
}

int cox_check_curve(const struct model *m, size_t strata, const struct tta_list *at,
                    struct tta_error *e)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < at->count; i++) {
        struct tta_text column = {at->items[i], strcspn(at->items[i], "=")};
        char *name = tta_text_copy(column);

        if (name == NULL)
            return tta_fail_memory(e);
        if (at->items[i][column.len] == '\0')
            rc = tta_fail(e, TTA_E_USAGE, "--curve: COLUMN=VALUE,...");
        else if (!is_of_model(m, strata, name))
            rc = tta_fail(e, TTA_E_USAGE, "--curve: value %zu is no column of --x or --strata",
                          i + 1);
        else if (value_of(at, name) != at->items[i] + column.len + 1)
            rc =
                tta_fail(e, TTA_E_USAGE, "--curve: %s has two values; a run makes one curve", name);
        free(name);
    }
    return rc;
}

static int find_level(const struct tta_variable *v, const char *value, int32_t *level,
                      struct tta_error *e)
{
    for (int32_t l = 0; l < v->levels.count; l++)
        if (tta_text_is(tta_variable_level(v, l), value)) {
            *level = l;
            return 0;
        }
    return tta_fail(e, TTA_E_DATA, "no row has the value that --curve names for %s", v->name);
}

/* One row of the variable, with the value of at; number or level are one place to put it. */
static int set_value(struct tta_variable *v, const struct tta_list *at, double *number,
                     int32_t *level, struct tta_error *e)
{
    static const struct tta_number_style plain = {'.', 0};
    const char *value = value_of(at, v->name);

    if (value == NULL)
        return tta_fail(e, TTA_E_USAGE, "--curve: a value for %s is missing", v->name);
    if (v->is_factor)
        return find_level(v, value, level, e);
    return tta_double_parse(tta_text_of(value), plain, number) == NULL
               ? 0
               : tta_fail(e, TTA_E_USAGE, "--curve: the value of %s is no number", v->name);
}

/* The design of one row with the values of at, in x. */
static int design_at(const struct model *m, const struct tta_list *at, double *x,
                     struct tta_error *e)
{
    size_t count = m->formula.column_count;
    struct tta_variable *v = malloc((count + 1) * sizeof *v);
    double *number = calloc(count + 1, sizeof *number);
    int32_t *level = calloc(count + 1, sizeof *level);
    struct tta_design d = {0};
    int rc = v == NULL || number == NULL || level == NULL ? tta_fail_memory(e) : 0;

    for (size_t i = 0; rc == 0 && i < count; i++) {
        v[i] = m->columns.v[i];
        v[i].number = &number[i];
        v[i].level = &level[i];
        rc = set_value(&v[i], at, &number[i], &level[i], e);
    }
    if (rc == 0)
        rc = tta_model_design_like(&m->formula, v, m->columns.reference, 1, &m->design, &d, e);
    for (size_t j = 0; rc == 0 && j < d.p; j++)
        x[j] = d.x[j];
    tta_design_release(&d);
    free(v);
    free(number);
    free(level);
    return rc;
}

/* Out of the strata those that at does not choose, where it names a column of theirs. */
static int choose_strata(const struct model *m, size_t strata, const struct tta_list *at,
                         uint8_t *chosen, struct tta_error *e)
{
    int32_t *level = malloc((strata + 1) * sizeof *level);
    bool any = false;
    int rc = level == NULL ? tta_fail_memory(e) : 0;

    for (size_t i = 0; rc == 0 && i < strata; i++) {
        const struct tta_variable *v = &m->columns.v[m->strata[i]];
        const char *value = value_of(at, v->name);

        level[i] = -1;
        if (value != NULL)
            rc = find_level(v, value, &level[i], e);
    }
    for (size_t row = 0; rc == 0 && row < m->in.n; row++) {
        bool is = true;

        for (size_t i = 0; i < strata; i++)
            is = is && (level[i] < 0 || m->columns.v[m->strata[i]].level[row] == level[i]);
        if (is)
            chosen[m->groups.of_row == NULL ? 0 : m->groups.of_row[row]] = 1;
        any = any || is;
    }
    free(level);
    return rc != 0 || any ? rc
                          : tta_fail(e, TTA_E_DATA, "no row is in the stratum that --curve names");
}

int cox_emit_curve(struct tta_run *run, const struct model *m, const struct tta_cox_fit *fit,
                   size_t strata, const struct tta_list *at, struct tta_error *e)
{
    struct tta_cox_curve_row *rows = NULL;
    double *x = calloc(m->in.p, sizeof *x);
    uint8_t *chosen = calloc((size_t)m->groups.count + 1, sizeof *chosen);
    size_t count = 0;
    int rc = x == NULL || chosen == NULL ? tta_fail_memory(e)
             : at->count == 0            ? 0
                                         : design_at(m, at, x, e);

    if (rc == 0)
        rc = choose_strata(m, strata, at, chosen, e);
    if (rc == 0)
        rc = tta_cox_curve(&m->in, &m->options, fit, x, &rows, &count, e);
    for (size_t i = 0; rc == 0 && i < count; i++) {
        union tta_slot *own = tta_own(run);

        if (chosen[rows[i].stratum] == 0)
            continue;
        own[STRATUM].text = tta_text_of(model_stratum(m, rows[i].stratum));
        own[TIME].number = rows[i].time;
        own[N_RISK].number = rows[i].n_risk;
        own[N_EVENT].number = rows[i].n_event;
        own[CUMHAZ].number = rows[i].cumhaz;
        own[SURVIVAL].number = rows[i].survival;
        own[STD_ERR].number = rows[i].std_err;
        own[LOWER].number = rows[i].lower;
        own[UPPER].number = rows[i].upper;
        rc = tta_emit(run, e);
    }
    free(rows);
    free(chosen);
    free(x);
    return rc;
}
