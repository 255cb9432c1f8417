/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Do the settings of a plan go together? */
#include <inttypes.h>

#include "plan.h"
#include "tta/number.h"

/* What a method may have besides strata, unit and id, and what it must have. */
static const struct {
    const char *may, *must;
} settings_of[] = {
    [TTA_COMPLETE] = {"arms ratio", "arms"},
    [TTA_BLOCKS] = {"arms blocks", "arms blocks"},
    [TTA_SIMPLE] = {"arms", "arms"},
    [TTA_BIASED_COIN] = {"arms probability", "arms"},
    [TTA_BIG_STICK] = {"arms limit", "arms limit"},
    [TTA_URN] = {"arms urn", "arms"},
    [TTA_MINIMISE] = {"arms factors measure probability", "arms factors"},
    [TTA_PAIRS] = {"arms pair match", "arms"},
    [TTA_CLUSTER] = {"arms ratio", "arms unit"},
    [TTA_CONSTRAINED] = {"arms ratio covariates keep candidates", "arms covariates"},
    [TTA_STEPPED] = {"arms ratio steps period", "steps"},
};

/* Is the word in the list, which has one blank between words? */
static bool listed(const char *list, const char *word)
{
    size_t len = strlen(word);

    for (const char *p = strstr(list, word); p != NULL; p = strstr(p + 1, word))
        if ((p == list || p[-1] == ' ') && (p[len] == ' ' || p[len] == '\0'))
            return true;
    return false;
}

static bool goes_with(enum tta_method method, const char *name)
{
    if (strcmp(name, "unit") == 0)
        return method != TTA_PAIRS;
    if (strcmp(name, "strata") == 0)
        return method != TTA_CONSTRAINED;
    return listed("method id", name) || listed(settings_of[method].may, name);
}

static int check_settings(const struct tta_plan *p, struct tta_error *e)
{
    const char *method = tta_method_names[p->method];

    for (size_t i = 0; i < TTA_SETTINGS; i++) {
        const char *name = tta_plan_settings[i];

        if (p->text[i] != NULL && !goes_with(p->method, name))
            return tta_fail(
                e, TTA_E_USAGE, "--%s does not go with --method=%s%s", name, method,
                p->ratio && strcmp(name, "ratio") == 0 ? ": its numbers are shares anyway" : "");
        if (p->text[i] == NULL && listed(settings_of[p->method].must, name))
            return tta_fail(e, TTA_E_USAGE, "--method=%s needs --%s", method, name);
    }
    return 0;
}

const struct tta_arms *tta_plan_goals(const struct tta_plan *p)
{
    return p->method == TTA_STEPPED ? &p->steps : &p->arms;
}

bool tta_plan_is_ratio(const struct tta_plan *p)
{
    bool counts = p->method == TTA_COMPLETE || p->method == TTA_CLUSTER ||
                  p->method == TTA_CONSTRAINED || p->method == TTA_STEPPED;

    return p->ratio || !counts || !tta_plan_goals(p)->numbered;
}

static bool equal_shares(const struct tta_arms *arms)
{
    for (size_t i = 1; i < arms->count; i++)
        if (arms->items[i].number != arms->items[0].number)
            return false;
    return true;
}

static int check_goals(const struct tta_plan *p, struct tta_error *e)
{
    const struct tta_arms *goals = tta_plan_goals(p);
    const char *name = goals == &p->arms ? "arms" : "steps";

    if (goals->count < (goals == &p->arms ? 2 : 1))
        return tta_fail(e, TTA_E_USAGE, "--%s: at least two arms", name);
    if (!tta_plan_is_ratio(p)) {
        if (p->strata.count > 0 && goals->count > 2)
            return tta_fail(e, TTA_E_USAGE,
                            "--strata keeps the numbers of the whole list for two %s; with %zu "
                            "they have to be shares: --ratio",
                            name, goals->count);
        return 0;
    }
    if (goals->sum > UINT32_MAX)
        return tta_fail(e, TTA_E_USAGE, "--%s: the shares add up to more than %" PRIu32, name,
                        UINT32_MAX);
    for (size_t i = 0; i < goals->count; i++)
        if (goals->items[i].number == 0)
            return tta_fail(e, TTA_E_USAGE, "--%s: a share of 0", name);
    return 0;
}

static int check_two_equal(const struct tta_plan *p, struct tta_error *e)
{
    if (p->arms.count != 2 || !equal_shares(&p->arms))
        return tta_fail(e, TTA_E_USAGE, "--method=%s is for two arms of equal shares",
                        tta_method_names[p->method]);
    return 0;
}

static int check_blocks(const struct tta_plan *p, struct tta_error *e)
{
    for (size_t i = 0; i < p->block_count; i++)
        if (p->blocks[i] % p->arms.sum != 0)
            return tta_fail(e, TTA_E_USAGE,
                            "--blocks: %" PRIu64 " is no multiple of %" PRIu64
                            ", the sum of the arms' shares",
                            p->blocks[i], p->arms.sum);
    return 0;
}

uint64_t tta_arms_multiple(const struct tta_arms *arms)
{
    uint64_t multiple = 1;

    for (size_t i = 0; i < arms->count; i++) {
        uint64_t a = multiple, b = arms->items[i].number;

        while (b != 0) {
            uint64_t rest = a % b;

            a = b;
            b = rest;
        }
        if (__builtin_mul_overflow(multiple / a, arms->items[i].number, &multiple))
            return UINT64_MAX;
    }
    return multiple;
}

static int check_minimise(struct tta_plan *p, struct tta_error *e)
{
    uint64_t arms = p->arms.count;

    if (p->probability.den == 0)
        p->probability = (struct tta_fraction){4, 5};
    if (arms > 100)
        return tta_fail(e, TTA_E_USAGE, "--method=minimise: at most 100 arms");
    if (p->probability.num * arms < p->probability.den)
        return tta_fail(e, TTA_E_USAGE,
                        "--probability: with %" PRIu64 " arms the best one must be at least as "
                        "likely as the others: 1/%" PRIu64 " or more",
                        arms, arms);
    if (tta_arms_multiple(&p->arms) > 1000)
        return tta_fail(e, TTA_E_USAGE, "--arms: shares whose least common multiple is above 1000");
    return 0;
}

static int check_pairs(const struct tta_plan *p, struct tta_error *e)
{
    if ((p->pair == NULL) == (p->match.count == 0))
        return tta_fail(e, TTA_E_USAGE, "--method=pairs needs either --pair or --match");
    if (!equal_shares(&p->arms))
        return tta_fail(e, TTA_E_USAGE, "--method=pairs: one unit of each pair goes to each arm");
    if (p->match.count > 0 && p->arms.count != 2)
        return tta_fail(e, TTA_E_USAGE, "--match makes pairs: two arms");
    return 0;
}

static int check_constrained(struct tta_plan *p, struct tta_error *e)
{
    uint64_t weights = 0;

    if (p->keep.den == 0)
        p->keep = (struct tta_fraction){1, 10};
    if (p->arms.count != 2)
        return tta_fail(e, TTA_E_USAGE, "--method=constrained is for two arms");
    if (p->keep.num == 0)
        return tta_fail(e, TTA_E_USAGE, "--keep: a share of 0 keeps nothing");
    for (size_t i = 0; i < p->covariates.count; i++)
        weights += p->covariates.items[i].weight;
    return weights <= 1000 ? 0
                           : tta_fail(e, TTA_E_USAGE,
                                      "--covariates: the weights add up to more "
                                      "than 1000");
}

static int check_stepped(const struct tta_plan *p, struct tta_error *e)
{
    static const struct tta_number_style plain = {'.', 0};
    int64_t before = INT64_MIN, period;

    for (size_t i = 0; i < p->steps.count; i++, before = period)
        if (tta_integer_parse(tta_text_of(p->steps.items[i].name), plain, &period) != NULL ||
            period <= before)
            return tta_fail(e, TTA_E_USAGE,
                            "--steps: PERIOD:N,PERIOD:N, the periods whole numbers that rise");
    if ((p->period == NULL) != (p->arms.count == 0))
        return tta_fail(e, TTA_E_USAGE,
                        "--period and --arms=BEFORE,AFTER are given together or not at all");
    if (p->period == NULL)
        return 0;
    if (p->arms.count != 2 || p->arms.numbered)
        return tta_fail(e, TTA_E_USAGE, "--method=stepped: --arms=BEFORE,AFTER without numbers");
    if (p->unit == NULL)
        return tta_fail(e, TTA_E_USAGE,
                        "--period: a unit has a row for every period; --unit says which rows");
    return 0;
}

int tta_plan_check(struct tta_plan *p, struct tta_error *e)
{
    const struct tta_fraction *coin = &p->probability;
    int rc = check_settings(p, e);

    if (rc == 0)
        rc = check_goals(p, e);
    if (rc != 0)
        return rc;
    switch (p->method) {
    case TTA_BLOCKS:
        return check_blocks(p, e);
    case TTA_BIASED_COIN:
        if (coin->den == 0)
            p->probability = (struct tta_fraction){2, 3};
        if (2 * coin->num < coin->den)
            return tta_fail(e, TTA_E_USAGE, "--probability: 1/2 or more, for the smaller arm");
        return check_two_equal(p, e);
    case TTA_BIG_STICK:
        return check_two_equal(p, e);
    case TTA_URN:
        if (tta_plan_get(p, "urn") == NULL)
            p->urn_start = p->urn_add = 1;
        if (p->urn_start + p->urn_add == 0)
            return tta_fail(e, TTA_E_USAGE, "--urn: an urn that stays empty");
        return equal_shares(&p->arms)
                   ? 0
                   : tta_fail(e, TTA_E_USAGE, "--method=urn is for arms of equal shares");
    case TTA_MINIMISE:
        return check_minimise(p, e);
    case TTA_PAIRS:
        return check_pairs(p, e);
    case TTA_CONSTRAINED:
        return check_constrained(p, e);
    case TTA_STEPPED:
        return check_stepped(p, e);
    default:
        return 0;
    }
}

size_t tta_plan_columns(const struct tta_plan *p, struct tta_plan_column *out, size_t cap)
{
    const struct {
        const struct tta_terms *terms;
        enum tta_type type;
    } lists[] = {{&p->strata, TTA_TEXT},
                 {&p->factors, TTA_TEXT},
                 {&p->covariates, TTA_DECIMAL},
                 {&p->match, TTA_NUMBER}};
    const struct tta_plan_column single[] = {
        {p->unit, TTA_TEXT}, {p->pair, TTA_TEXT}, {p->id, TTA_TEXT}, {p->period, TTA_INTEGER}};
    size_t n = 0;

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (size_t j = 0; j < lists[i].terms->count; j++, n++) {
            const struct tta_term *t = &lists[i].terms->items[j];

            if (n < cap)
                out[n] = (struct tta_plan_column){t->column,
                                                  t->cut_count > 0 ? TTA_NUMBER : lists[i].type};
        }
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        if (single[i].name != NULL && n++ < cap)
            out[n - 1] = single[i];
    return n;
}
