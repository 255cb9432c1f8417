/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tta-budget certificates: what fewer medical certificates save (lib/cost/certificate.c). */
#include "evaluation.h"
#include "grant_more.h"
#include "tta-budget.h"
#include "tta/cost_certificate.h"

struct args {
    const char *certificate, *prices;
    tta_date on;
};

struct record {
    struct tta_text municipality;
    int64_t category2, category3, certificates, alternatives;
    struct tta_text currency;
};

struct state {
    struct tta_certificate_price price;
    struct applicants municipalities;
};

static const struct args defaults = {.prices = "laegeattester", .on = TTA_DATE_NONE};

static const struct tta_option options[] = {
    {.name = "certificate",
     .value = "NAME",
     .kind = TTA_OPT_TEXT,
     .needed = true,
     .offset = offsetof(struct args, certificate),
     .help = "LÆ265 or LÆ285"},
    {.name = "on",
     .value = "DATE",
     .kind = TTA_OPT_DATE,
     .needed = true,
     .offset = offsetof(struct args, on),
     .help = "the price of that day"},
    {.name = "prices",
     .value = "NAME|FILE",
     .kind = TTA_OPT_TEXT,
     .offset = offsetof(struct args, prices),
     .help = "prices by date: a built-in document or a JSON file [laegeattester]"},
    {.name = NULL},
};

#define AT(member) offsetof(struct record, member)
static const struct tta_column reads[] = {
    {.name = "municipality",
     .type = TTA_TEXT,
     .flags = TTA_OPTIONAL,
     .offset = AT(municipality),
     .help = "each once; not empty"},
    {.name = "category2_cases",
     .type = TTA_INTEGER,
     .offset = AT(category2),
     .help = "cases in which the certificate was asked for before"},
    {.name = "category3_cases",
     .type = TTA_INTEGER,
     .flags = TTA_OPTIONAL,
     .offset = AT(category3),
     .help = "the same"},
    {.name = "certificates",
     .type = TTA_INTEGER,
     .offset = AT(certificates),
     .help = "asked for all the same"},
    {.name = "alternatives",
     .type = TTA_MONEY,
     .flags = TTA_OPTIONAL,
     .offset = AT(alternatives),
     .help = "kroner for other information on health"},
    {.name = "currency",
     .type = TTA_TEXT,
     .flags = TTA_OPTIONAL,
     .offset = AT(currency),
     .help = "DKK; another is an error"},
    {.name = NULL},
};

enum { COUNTERFACTUAL, ACTUAL, SAVING };
static const struct tta_column adds[] = {
    {.name = "counterfactual_amount", .type = TTA_MONEY, .help = "all cases x price"},
    {.name = "actual_amount", .type = TTA_MONEY, .help = "certificates x price + alternatives"},
    {.name = "saving", .type = TTA_MONEY, .help = "the first less the second"},
    {.name = NULL},
};

static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    int year, month, dom;

    if (tta_certificate_price(args->prices, args->certificate, args->on, &state->price, e) != 0 ||
        tta_used_document(run, "certificate", state->price.document, state->price.hash, e) != 0 ||
        tta_assume(run, "currency", "DKK", e) != 0)
        return e->code;
    tta_date_to_ymd(args->on, &year, &month, &dom);
    return evaluation_year(run, "price_year", year, e);
}

/* Where the input has the column. */
static int take(struct tta_run *run, struct tta_text name, struct tta_error *e)
{
    struct state *state = tta_state(run);

    if (!tta_has_column(run, "municipality"))
        return 0;
    if (name.ptr == NULL)
        return tta_fail(e, TTA_E_DATA, "column municipality: empty");
    return applicants_take(&state->municipalities, name, -1, -1, e);
}

static int record(struct tta_run *run, struct tta_error *e)
{
    const struct record *r = tta_record(run);
    const struct state *state = tta_state(run);
    union tta_slot *own = tta_own(run);
    struct tta_certificate_saving saving;
    int64_t category3 = r->category3 == TTA_INTEGER_NONE ? 0 : r->category3;
    int64_t alternatives = r->alternatives == TTA_INTEGER_NONE ? 0 : r->alternatives;

    if (evaluation_row_currency(r->currency, "DKK", e) != 0 ||
        tta_certificate_saving(r->category2, category3, r->certificates, alternatives,
                               state->price.ore, &saving, e) != 0 ||
        take(run, r->municipality, e) != 0)
        return e->code;
    own[COUNTERFACTUAL].ore = saving.counterfactual_ore;
    own[ACTUAL].ore = saving.actual_ore;
    own[SAVING].ore = saving.saving_ore;
    return tta_emit(run, e);
}

static void release(struct tta_run *run)
{
    applicants_release(&((struct state *)tta_state(run))->municipalities);
}

const struct tta_tool tta_budget_certificates = {
    .command = "certificates",
    .summary = "what fewer medical certificates save",
    .example = "  tta-budget certificates --certificate=LÆ265 --on=2016-12-31 municipalities.csv",
    .about = "Against asking for one in every case of categories 2 and 3.",
    .shape = TTA_ROWS,
    .whole = true,
    .options = options,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .reads = reads,
    .adds = adds,
    .record_size = sizeof(struct record),
    .state_size = sizeof(struct state),
    .begin = begin,
    .record = record,
    .release = release,
};
