/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A plan's settings, made one by one from short texts. */
#include <stdlib.h>

#include "plan.h"

const char *const tta_method_names[] = {"complete",  "blocks",      "simple",   "biased-coin",
                                        "big-stick", "urn",         "minimise", "pairs",
                                        "cluster",   "constrained", "stepped",  NULL};

const char *const tta_measure_names[] = {"range", "variance", "sd", NULL};

enum setting {
    METHOD,
    ARMS,
    RATIO,
    STRATA,
    UNIT,
    ID,
    BLOCKS,
    PROBABILITY,
    LIMIT,
    URN,
    FACTORS,
    MEASURE,
    PAIR,
    MATCH,
    COVARIATES,
    KEEP,
    CANDIDATES,
    STEPS,
    PERIOD
};
const char *const tta_plan_settings[TTA_SETTINGS + 1] = {
    "method",      "arms",  "ratio",      "strata",  "unit",    "id",   "blocks",
    "probability", "limit", "urn",        "factors", "measure", "pair", "match",
    "covariates",  "keep",  "candidates", "steps",   "period",  NULL};
_Static_assert(PERIOD + 1 == TTA_SETTINGS, "a name for every setting");

static int place_in(const char *const *names, const char *name)
{
    for (int i = 0; names[i] != NULL; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return -1;
}

static int parse_choice(const char *text, const char *const *names, const char *setting, int *out,
                        struct tta_error *e)
{
    struct tta_buffer list = {0};
    int rc = 0;

    *out = place_in(names, text);
    if (*out >= 0)
        return 0;
    for (int i = 0; rc == 0 && names[i] != NULL; i++)
        rc = tta_buffer_format(&list, "%s%s", i == 0 ? "" : ", ", names[i]);
    if (rc != 0)
        rc = tta_fail_memory(e);
    else
        rc = tta_fail(e, TTA_E_USAGE, "--%s: one of %.*s", setting, (int)list.len, list.ptr);
    tta_buffer_release(&list);
    return rc;
}

#define BLOCK_MAX 65536

static int parse_blocks(char *text, struct tta_plan *p, struct tta_error *e)
{
    p->block_count = tta_plan_cut(text, ',');
    p->blocks = calloc(p->block_count, sizeof *p->blocks);
    if (p->blocks == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < p->block_count; i++, text = tta_plan_next(text)) {
        if (!tta_plan_parse_whole(text, 1, BLOCK_MAX, &p->blocks[i]))
            return tta_fail(e, TTA_E_USAGE, "--blocks: whole numbers from 1 to %d", BLOCK_MAX);
        for (size_t j = 0; j < i; j++)
            if (p->blocks[j] == p->blocks[i])
                return tta_fail(e, TTA_E_USAGE, "--blocks: sizes %zu and %zu are the same", j + 1,
                                i + 1);
    }
    return 0;
}

static int parse_urn(char *text, struct tta_plan *p, struct tta_error *e)
{
    const uint64_t most = 1000000;

    if (tta_plan_cut(text, ':') != 2 || !tta_plan_parse_whole(text, 0, most, &p->urn_start) ||
        !tta_plan_parse_whole(tta_plan_next(text), 0, most, &p->urn_add))
        return tta_fail(e, TTA_E_USAGE, "--urn: BALLS:ADDED, whole numbers up to %d", (int)most);
    return 0;
}

static int wrong(const char *setting, const char *wanted, struct tta_error *e)
{
    return tta_fail(e, TTA_E_USAGE, "--%s: %s", setting, wanted);
}

static int parse_name(char *text, const char **out, const char *setting, struct tta_error *e)
{
    *out = text;
    return *text == '\0' ? wrong(setting, "a column without a name", e) : 0;
}

static int parse_choices(struct tta_plan *p, enum setting s, const char *text, struct tta_error *e)
{
    int choice, rc;

    if (s == RATIO) {
        p->ratio = true;
        return strcmp(text, "yes") == 0 ? 0 : wrong("ratio", "yes", e);
    }
    if (s == METHOD) {
        rc = parse_choice(text, tta_method_names, "method", &choice, e);
        p->method = rc == 0 ? (enum tta_method)choice : TTA_COMPLETE;
    } else {
        rc = parse_choice(text, tta_measure_names, "measure", &choice, e);
        p->measure = rc == 0 ? (enum tta_measure)choice : TTA_RANGE;
    }
    return rc;
}

static int parse_numbers(struct tta_plan *p, enum setting s, char *text, struct tta_error *e)
{
    static const char share[] = "a share from 0 to 1, such as 0.8 or 2/3";
    bool ok;

    switch (s) {
    case PROBABILITY:
        ok = tta_plan_parse_fraction(text, &p->probability);
        return ok ? 0 : wrong("probability", share, e);
    case KEEP:
        ok = tta_plan_parse_fraction(text, &p->keep);
        return ok ? 0 : wrong("keep", share, e);
    case LIMIT:
        ok = tta_plan_parse_whole(text, 1, INT32_MAX, &p->limit);
        return ok ? 0 : wrong("limit", "a whole number from 1", e);
    default:
        ok = tta_plan_parse_whole(text, 1, 1000000000, &p->candidates);
        return ok ? 0 : wrong("candidates", "a whole number from 1 to 1000000000", e);
    }
}

static int parse(struct tta_plan *p, enum setting s, char *text, struct tta_error *e)
{
    const char *name = tta_plan_settings[s];

    switch (s) {
    case ARMS:
        return tta_plan_parse_arms(text, &p->arms, name, e);
    case STEPS:
        return tta_plan_parse_arms(text, &p->steps, name, e);
    case STRATA:
        return tta_plan_parse_terms(text, TTA_MAY_CUT, &p->strata, name, e);
    case FACTORS:
        return tta_plan_parse_terms(text, TTA_MAY_CUT | TTA_MAY_WEIGH, &p->factors, name, e);
    case COVARIATES:
        return tta_plan_parse_terms(text, TTA_MAY_WEIGH, &p->covariates, name, e);
    case MATCH:
        return tta_plan_parse_terms(text, 0, &p->match, name, e);
    case UNIT:
        return parse_name(text, &p->unit, name, e);
    case ID:
        return parse_name(text, &p->id, name, e);
    case PAIR:
        return parse_name(text, &p->pair, name, e);
    case PERIOD:
        return parse_name(text, &p->period, name, e);
    case BLOCKS:
        return parse_blocks(text, p, e);
    case URN:
        return parse_urn(text, p, e);
    case METHOD:
    case RATIO:
    case MEASURE:
        return parse_choices(p, s, text, e);
    default:
        return parse_numbers(p, s, text, e);
    }
}

int tta_plan_set(struct tta_plan *p, const char *name, const char *value, struct tta_error *e)
{
    int i = place_in(tta_plan_settings, name);

    if (i < 0)
        return tta_fail(e, TTA_E_USAGE, "no such setting of a plan");
    if (p->text[i] != NULL)
        return tta_fail(e, TTA_E_USAGE, "--%s is given twice", name);
    p->text[i] = tta_text_copy(tta_text_of(value));
    p->parts[i] = tta_text_copy(tta_text_of(value));
    if (p->text[i] == NULL || p->parts[i] == NULL)
        return tta_fail_memory(e);
    return parse(p, (enum setting)i, p->parts[i], e);
}

const char *tta_plan_get(const struct tta_plan *p, const char *name)
{
    int i = place_in(tta_plan_settings, name);

    return i < 0 ? NULL : p->text[i];
}

void tta_plan_release(struct tta_plan *p)
{
    for (size_t i = 0; i < TTA_SETTINGS; i++) {
        free(p->text[i]);
        free(p->parts[i]);
    }
    free(p->arms.items);
    free(p->steps.items);
    free(p->blocks);
    tta_plan_release_terms(&p->strata);
    tta_plan_release_terms(&p->factors);
    tta_plan_release_terms(&p->covariates);
    tta_plan_release_terms(&p->match);
    memset(p, 0, sizeof *p);
}
