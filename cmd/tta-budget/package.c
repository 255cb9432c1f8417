/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tta-budget package: a budget from hours x hourly rates x citizens (lib/cost/package.c). */
#include <stdlib.h>

#include "evaluation.h"
#include "named.h"
#include "tta-budget.h"
#include "tta/cost_package.h"

struct args {
    const char *model;
    int64_t citizens;
    struct tta_list share, rate;
    bool printed_rates, professions;
};

struct state {
    struct tta_package *model;
    struct tta_package_row *rows;
    size_t count, at;
};

static const struct args defaults = {.model = "vestegn-2020", .citizens = TTA_INTEGER_NONE};

static const struct tta_option options[] = {
    {.name = "model",
     .value = "NAME|FILE",
     .kind = TTA_OPT_TEXT,
     .offset = offsetof(struct args, model),
     .help = "budget: a built-in one or a JSON file [vestegn-2020]"},
    {.name = "citizens",
     .value = "N",
     .kind = TTA_OPT_INTEGER,
     .least = 1,
     .most = 100000000,
     .offset = offsetof(struct args, citizens),
     .help = "citizens who share the packages, instead of the model's"},
    {.name = "share",
     .value = "PACKAGE=SHARE,...",
     .kind = TTA_OPT_LIST,
     .offset = offsetof(struct args, share),
     .help = "another mix; the shares of a section add up to 1"},
    {.name = "rate",
     .value = "PROFESSION=KR,...",
     .kind = TTA_OPT_LIST,
     .offset = offsetof(struct args, rate),
     .help = "other hourly rates, in kroner"},
    {.name = "printed-rates",
     .kind = TTA_OPT_FLAG,
     .offset = offsetof(struct args, printed_rates),
     .help = "hourly rates as the source rounds them, to see its rounding errors"},
    {.name = "professions",
     .kind = TTA_OPT_FLAG,
     .offset = offsetof(struct args, professions),
     .help = "a row for each profession of a package, too"},
    {.name = NULL},
};

enum {
    LEVEL,
    PART_OF,
    ID,
    HOURS,
    HOURLY_RATE,
    CITIZENS,
    PRICE,
    PRINTED_PRICE,
    AMOUNT,
    KRONER,
    PRINTED,
    DIFFERENCE
};
static const struct tta_column adds[] = {
    {.name = "level",
     .type = TTA_CHOICE,
     .choices = tta_package_level_names,
     .help = "profession, line, section or total"},
    MAY_BE_EMPTY("part_of", TTA_TEXT, "the section, or the package"),
    {.name = "id", .type = TTA_TEXT, .help = "as in the model"},
    MAY_BE_EMPTY("hours", TTA_DECIMAL, "for each citizen"),
    MAY_BE_EMPTY("hourly_rate", TTA_DECIMAL, "kroner"),
    MAY_BE_EMPTY("citizens", TTA_DECIMAL, "citizens x share"),
    MAY_BE_EMPTY("price", TTA_MONEY, "for each citizen"),
    MAY_BE_EMPTY("printed_price", TTA_INTEGER, "what the source prints for it"),
    {.name = "amount", .type = TTA_MONEY, .help = "unrounded price x citizens"},
    {.name = "kroner", .type = TTA_INTEGER, .help = "the amount to the krone"},
    MAY_BE_EMPTY("printed", TTA_INTEGER, "what the source prints for it"),
    MAY_BE_EMPTY("difference", TTA_INTEGER, "kroner - printed"),
    {.name = NULL},
};

#define MOST_KRONER INT64_C(1000000) /* an hour */

static int change(const struct args *args, struct tta_package *p, struct tta_error *e)
{
    struct tta_text name;
    int64_t micro;

    if (args->citizens != TTA_INTEGER_NONE)
        p->citizens = args->citizens;
    if (args->printed_rates)
        tta_package_use_printed_rates(p);
    for (size_t i = 0; i < args->rate.count; i++) {
        if (named_number(args->rate.items[i], "rate", 0, &name, &micro, e) != 0 ||
            named_once(&args->rate, i, "rate", e) != 0)
            return e->code;
        if (micro > MOST_KRONER * TTA_MICRO)
            return tta_fail(e, TTA_E_USAGE, "--rate: item %zu is above 1,000,000 kr an hour",
                            i + 1);
        if (!tta_package_set_rate(p, name, micro))
            return tta_fail(e, TTA_E_USAGE, "--rate: item %zu is no profession of %s", i + 1,
                            p->id);
    }
    for (size_t i = 0; i < args->share.count; i++) {
        if (named_number(args->share.items[i], "share", 0, &name, &micro, e) != 0 ||
            named_once(&args->share, i, "share", e) != 0)
            return e->code;
        if (micro > TTA_MICRO)
            return tta_fail(e, TTA_E_USAGE, "--share: a share above 1");
        if (!tta_package_set_share(p, name, micro))
            return tta_fail(e, TTA_E_USAGE, "--share: item %zu is no package of %s", i + 1, p->id);
    }
    return tta_package_check_shares(p, e);
}

static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);

    state->model = malloc(sizeof *state->model);
    if (state->model == NULL)
        return tta_fail_memory(e);
    if (tta_package_load(args->model, state->model, e) != 0 ||
        tta_used_document(run, "package", state->model->id, state->model->hash, e) != 0 ||
        tta_assume(run, "currency", "DKK", e) != 0 ||
        evaluation_year(run, "price_year", state->model->price_year, e) != 0 ||
        change(args, state->model, e) != 0)
        return e->code;
    if (tta_package_rows(state->model, args->professions, &state->rows, &state->count, e) != 0 &&
        e->code == TTA_E_DATA && (args->citizens != TTA_INTEGER_NONE || args->rate.count > 0))
        e->code = TTA_E_USAGE; /* it is the command line that is too large */
    return e->code;
}

static int record(struct tta_run *run, struct tta_error *e)
{
    struct state *state = tta_state(run);
    union tta_slot *own = tta_own(run);
    const struct tta_package_row *row = &state->rows[state->at];

    if (state->at == state->count)
        return TTA_DONE;
    state->at++;
    own[LEVEL].choice = (int32_t)row->level;
    own[PART_OF].text = tta_text_of(row->of);
    own[ID].text = tta_text_of(row->id);
    own[HOURS].micro = row->hours_micro;
    own[HOURLY_RATE].micro = row->rate_micro;
    own[CITIZENS].micro = row->citizens_micro;
    own[PRICE].ore = row->price_ore;
    own[PRINTED_PRICE].integer = row->printed_price;
    own[AMOUNT].ore = row->amount_ore;
    own[KRONER].integer = row->kroner;
    own[PRINTED].integer = row->printed;
    own[DIFFERENCE].integer = row->difference;
    return tta_emit(run, e);
}

static void release(struct tta_run *run)
{
    struct state *state = tta_state(run);

    free(state->model);
    free(state->rows);
}

const struct tta_tool tta_budget_package = {
    .command = "package",
    .summary = "a budget from hours, hourly rates and citizens",
    .example = "  tta-budget package --model=vestegn-2020 --citizens=240",
    .about = "Nothing is rounded before it is shown, so sums can differ by a krone from the sums\n"
             "of what is shown. What a source prints stands beside it.",
    .shape = TTA_SOURCE,
    .options = options,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .adds = adds,
    .state_size = sizeof(struct state),
    .begin = begin,
    .record = record,
    .release = release,
};
