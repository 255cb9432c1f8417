/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "varied.h"

#include <stdio.h>

static int fail(struct tta_error *e, const char *option, size_t item, const char *why)
{
    return tta_fail(e, TTA_E_USAGE, "--%s: item %zu %s", option, item + 1, why);
}

/* The input before the =, and where what follows begins. */
static int find(const struct tta_scenario *s, const char *option, const struct tta_list *items,
                size_t item, size_t *input, const char **rest, struct tta_error *e)
{
    const char *text = items->items[item], *equals = strchr(text, '=');

    if (equals == NULL)
        return fail(e, option, item, "has no =");
    *input = tta_scenario_input_named(s, (struct tta_text){text, (size_t)(equals - text)});
    *rest = equals + 1;
    return *input != SIZE_MAX ? 0 : fail(e, option, item, "is no input of the model");
}

/* Decimals between colons; how many, or 0 when there are others or more than most. */
static size_t numbers(const char *text, size_t most, int64_t *micro)
{
    static const struct tta_number_style plain = {'.', 0};
    size_t count = 0;

    for (const char *end; text != NULL; text = end == NULL ? NULL : end + 1) {
        end = strchr(text, ':');
        struct tta_text t = {text, end == NULL ? strlen(text) : (size_t)(end - text)};

        if (count == most || tta_decimal_parse(t, plain, &micro[count++]) != NULL)
            return 0;
    }
    return count;
}

int varied_ranges(const struct tta_list *items, struct tta_scenario *s, struct tta_error *e)
{
    for (size_t i = 0; i < items->count; i++) {
        const char *rest, *problem;
        int64_t ends[2];
        size_t at;

        if (find(s, "range", items, i, &at, &rest, e) != 0)
            return e->code;
        if (numbers(rest, 2, ends) != 2)
            return fail(e, "range", i, "is not INPUT=LOW:HIGH");
        if (s->input[at].low != TTA_INTEGER_NONE)
            return fail(e, "range", i, "gives an input a second range");
        if (ends[0] > ends[1])
            return fail(e, "range", i, "has a low above its high");
        s->input[at].low = ends[0];
        s->input[at].high = ends[1];
        problem = tta_scenario_range_problem(&s->input[at]);
        if (problem != NULL)
            return tta_fail(e, TTA_E_USAGE, "--range: item %zu: low and high %s", i + 1, problem);
    }
    return 0;
}

int varied_distributions(const struct tta_list *items, struct tta_scenario *s, struct tta_error *e)
{
    for (size_t i = 0; i < items->count; i++) {
        struct tta_distribution d = {.kind = TTA_UNIFORM};
        const char *rest, *colon, *problem;
        int64_t micro[3] = {0};
        size_t at, count;

        if (find(s, "distribution", items, i, &at, &rest, e) != 0)
            return e->code;
        colon = strchr(rest, ':');
        while (colon != NULL && tta_distribution_names[d.kind] != NULL &&
               !tta_text_is((struct tta_text){rest, (size_t)(colon - rest)},
                            tta_distribution_names[d.kind]))
            d.kind++;
        if (colon == NULL || tta_distribution_names[d.kind] == NULL)
            return fail(e, "distribution", i,
                        "has no kind: uniform, triangular, normal, lognormal, gamma or beta");
        count = numbers(colon + 1, 3, micro);
        if (count != (d.kind == TTA_TRIANGULAR ? 3 : 2))
            return fail(e, "distribution", i, "does not have the numbers of its kind");
        d.a = (double)micro[0] / (double)TTA_MICRO;
        d.b = (double)micro[1] / (double)TTA_MICRO;
        d.c = (double)micro[2] / (double)TTA_MICRO;
        if (s->input[at].distribution.kind != TTA_FIXED)
            return fail(e, "distribution", i, "gives an input a second distribution");
        s->input[at].distribution = d;
        problem = tta_scenario_distribution_problem(&s->input[at]);
        if (problem != NULL)
            return fail(e, "distribution", i, problem);
    }
    return 0;
}

bool varied_any(const struct tta_scenario *s, size_t figure)
{
    bool rests[TTA_SCENARIO_INPUTS];

    tta_scenario_inputs_of(s, figure, rests);
    for (size_t i = 0; i < s->input_count; i++)
        if (rests[i] && s->input[i].distribution.kind != TTA_FIXED)
            return true;
    return false;
}

/* Those that the figure rests on and that do not vary, or those that do vary for nothing. */
static void note_inputs(const struct tta_run *run, const struct tta_scenario *s, const bool *rests,
                        bool idle, bool distributions, const char *text)
{
    char names[256] = "";
    size_t more = 0;

    for (size_t i = 0; i < s->input_count; i++) {
        const struct tta_scenario_input *in = &s->input[i];
        bool varied =
            distributions ? in->distribution.kind != TTA_FIXED : in->low != TTA_INTEGER_NONE;
        size_t len = strlen(names);

        if (rests[i] == idle || varied != idle || in->least == in->most)
            continue;
        if (more == 0 && len + strlen(in->id) + 3 < sizeof names)
            snprintf(names + len, sizeof names - len, "%s%s", len == 0 ? "" : ", ", in->id);
        else
            more++;
    }
    if (more > 0)
        tta_note(run, "%s: %s and %zu more", text, names, more);
    else if (names[0] != '\0')
        tta_note(run, "%s: %s", text, names);
}

void varied_note(const struct tta_run *run, const struct tta_scenario *s, size_t figure,
                 bool distributions)
{
    const char *what = distributions ? "distribution" : "range";
    bool rests[TTA_SCENARIO_INPUTS];
    char text[160];

    tta_scenario_inputs_of(s, figure, rests);
    snprintf(text, sizeof text, "inputs without a %s, left as they are", what);
    note_inputs(run, s, rests, false, distributions, text);
    snprintf(text, sizeof text, "inputs with a %s that %s does not rest on", what,
             s->figure[figure].id);
    note_inputs(run, s, rests, true, distributions, text);
}
