/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model_input.h"

struct activity {
    struct tta_text case_id, component, currency;
    tta_date day;
    int64_t quantity;
};

static int take_activity(void *context, const void *record, int64_t line, struct tta_error *e)
{
    struct model_input *m = context;
    const struct activity *a = record;
    int32_t number = tta_names_find(&m->study.names, a->case_id);

    (void)line;
    if (number < 0)
        return tta_fail(e, TTA_E_DATA, "column case_id: an activity for a case that is not known");
    if (m->study.arm[number] != 0)
        return tta_fail(e, TTA_E_DATA, "column case_id: an activity for a case of the control");
    if (evaluation_row_currency(a->currency, m->prices.currency, e) != 0)
        return e->code;
    if (evaluation_beyond_day(&m->evaluation, a->day))
        return 0;
    return tta_evaluation_activity(&m->rules, a->component, a->day, a->quantity, &m->quantities,
                                   m->study.net, e);
}

static int read_activity(struct tta_run *run, const char *file, struct model_input *m,
                         struct tta_error *e)
{
    static const struct tta_column reads[] = {
        {.name = "case_id", .type = TTA_TEXT, .offset = offsetof(struct activity, case_id)},
        {.name = "date", .type = TTA_DATE, .offset = offsetof(struct activity, day)},
        {.name = "component", .type = TTA_TEXT, .offset = offsetof(struct activity, component)},
        {.name = "quantity", .type = TTA_DECIMAL, .offset = offsetof(struct activity, quantity)},
        {.name = "currency",
         .type = TTA_TEXT,
         .flags = TTA_OPTIONAL,
         .offset = offsetof(struct activity, currency)},
        {.name = NULL},
    };
    const struct tta_table table = {.kind = "activity",
                                    .reads = reads,
                                    .record_size = sizeof(struct activity),
                                    .row = take_activity,
                                    .context = m,
                                    .hash = m->activity_hash};

    return tta_read_table(run, file, &table, e);
}

static int check_args(const struct model_args *args, struct tta_error *e)
{
    if ((args->cases == NULL) == (args->persons.count == 0))
        return tta_fail(e, TTA_E_USAGE, "either --cases or --persons is needed");
    if (args->cases == NULL && args->activity != NULL)
        return tta_fail(e, TTA_E_USAGE, "--activity needs --cases");
    if (args->evaluation.rate == NULL || args->evaluation.horizon == 0)
        return tta_fail(e, TTA_E_USAGE,
                        "--rate, --first-year and --horizon are needed; --rate=0 is a rate");
    if (args->activity == NULL && (args->prices != NULL || args->gross))
        return tta_fail(e, TTA_E_USAGE, "--prices and --gross do nothing without --activity");
    return args->id[0] != '\0' && strlen(args->id) < 64
               ? 0
               : tta_fail(e, TTA_E_USAGE, "--id: 1 to 63 bytes");
}

static int load_prices(struct tta_run *run, const struct model_args *args, struct model_input *m,
                       struct tta_error *e)
{
    if (args->activity == NULL)
        return 0;
    if (tta_prices_load(args->prices == NULL ? "vestegn-2020" : args->prices, &m->prices, e) != 0)
        return e->code;
    m->rules.costing.prices = &m->prices;
    return tta_used_document(run, "prices", m->prices.id, m->prices.hash, e);
}

static int begin_evaluation(struct tta_run *run, const struct model_args *args,
                            struct model_input *m, struct tta_error *e)
{
    int rc = evaluation_begin(run, &args->evaluation, NULL, &m->evaluation, e);

    if (rc == 0)
        rc = evaluation_currency(&m->evaluation, m->benefits.currency, e);
    if (rc == 0 && strcmp(m->benefits.currency, "DKK") != 0)
        rc = tta_fail(e, TTA_E_CONFIG, "prices in %s: a scenario is in DKK", m->benefits.currency);
    m->rules.benefits = &m->benefits;
    m->rules.years = (int32_t)args->evaluation.horizon;
    m->rules.payers = m->evaluation.payers;
    m->rules.costing.index = &m->evaluation.index;
    m->rules.costing.price_year = (int32_t)args->evaluation.price_year;
    m->rules.costing.first_year = (int32_t)args->evaluation.first_year;
    m->rules.costing.gross = args->gross;
    if (rc == 0 && args->activity != NULL)
        rc = tta_costing_check(&m->rules.costing, e);
    return rc;
}

int model_begin(struct tta_run *run, const struct model_args *args, struct model_input *m,
                struct tta_error *e)
{
    int rc = check_args(args, e);

    if (rc == 0 && args->persons.count > 0)
        rc = study_persons(&args->persons, &m->study, e);
    if (rc == 0)
        rc = net_benefits(run, args->benefits, &m->benefits, e);
    if (rc == 0)
        rc = load_prices(run, args, m, e);
    if (rc == 0)
        rc = begin_evaluation(run, args, m, e);
    m->study.currency = m->benefits.currency;
    m->study.last_year = m->evaluation.last_year;
    if (rc == 0)
        rc = study_read(run, args->cases, args->costs, args->evaluation.first_year, &m->study, e);
    if (rc == 0)
        rc = tta_evaluation_begin(&m->rules, m->study.net, &m->quantities, e);
    if (rc == 0 && args->activity != NULL)
        rc = read_activity(run, args->activity, m, e);
    if (rc != 0)
        return rc;
    evaluation_note_beyond(run, "rows of --costs", m->study.beyond, &m->evaluation);
    evaluation_note_beyond(run, "activities", m->evaluation.beyond, &m->evaluation);
    m->evaluation.beyond = 0; /* from here on it counts weeks */
    return 0;
}

int model_take(struct tta_run *run, const struct net_weeks *r, struct model_input *m,
               struct tta_error *e)
{
    struct tta_evaluation_row row = {.year = r->year,
                                     .weeks_micro = r->weeks,
                                     .first_week = net_first_week(run, r),
                                     .count = r->count == TTA_INTEGER_NONE ? 1 : r->count,
                                     .benefit = r->benefit};
    struct net_who who;

    if (net_who(&m->study, r, &who, e) != 0 ||
        evaluation_row_currency(r->currency, m->study.currency, e) != 0)
        return e->code;
    row.arm = who.arm;
    row.case_number = who.number;
    row.persons = who.persons;
    if (tta_evaluation_weeks(&m->rules, &row, &m->quantities, &m->study.weeks, m->study.net, e) !=
        0)
        return e->code;
    if (!evaluation_beyond(&m->evaluation, r->year))
        net_count(&m->study, &m->benefits, r, row.first_week);
    return 0;
}
