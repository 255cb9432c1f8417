/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --by=case: every row goes through, with what it comes to. */
#include "tta-refusion.h"

enum { WEEKS, BENEFIT, EMPLOYER, STATE, MUNICIPALITY, FIXED };
const struct tta_column refusion_adds[] = {
    {.name = "weeks", .type = TTA_INTEGER, .help = "weeks begun, from the first absence day"},
    {.name = "benefit_total", .type = TTA_MONEY, .help = "benefit for all weekdays"},
    {.name = "employer_amount", .type = TTA_MONEY, .help = "of that, in the employer period"},
    {.name = "state_amount", .type = TTA_MONEY, .help = "of that, refunded by the state"},
    {.name = "municipality_amount", .type = TTA_MONEY, .help = "the remainder"},
    {.name = NULL},
};

const struct tta_column refusion_compared[3] = {
    {.name = "compare_employer_amount", .type = TTA_MONEY, .help = "under --compare"},
    {.name = "compare_state_amount", .type = TTA_MONEY, .help = "under --compare"},
    {.name = "compare_municipality_amount", .type = TTA_MONEY, .help = "under --compare"},
};

const struct tta_column refusion_explained[3] = {
    {.name = "regime", .type = TTA_TEXT, .help = "the schemes that occur"},
    {.name = "paragraph", .type = TTA_TEXT, .help = "what the amounts rest on"},
    {.name = "confidence",
     .type = TTA_CHOICE,
     .choices = tta_confidence_names,
     .help = "how sure the least sure of that is"},
};

int by_case_columns(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    int rc = 0;

    for (size_t i = 0; rc == 0 && args->compare.count > 0 && i < 3; i++)
        rc = tta_add_column(run, &refusion_compared[i], e);
    for (size_t i = 0; rc == 0 && args->explain && i < 3; i++)
        rc = tta_add_column(run, &refusion_explained[i], e);
    return rc;
}

/* Regimes, paragraphs and confidence: the case once more, part by part. */
static int explain(struct state *state, const struct tta_refusion_case *c,
                   struct tta_refusion_person *person, union tta_slot *own, struct tta_error *e)
{
    struct tta_refusion_walk walk;
    struct tta_refusion_part part;
    int rc = 0;

    tta_refusion_why_empty(&state->why);
    tta_refusion_walk_start(&walk, &state->law, c, person, false);
    while (rc == 0 && tta_refusion_walk_next(&walk, &part))
        rc = tta_refusion_why_part(&state->why, &part);
    own[0].text = tta_buffer_text(&state->why.regimes);
    own[1].text = tta_buffer_text(&state->why.paragraphs);
    own[2].choice = (int32_t)state->why.least;
    return rc == 0 ? 0 : tta_fail_memory(e);
}

int by_case(struct tta_run *run, const struct tta_refusion_case *c, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    struct tta_refusion_person before;
    struct tta_refusion_split split;
    union tta_slot *own = tta_own(run), *next = own + FIXED;
    int rc;

    if (args->explain && args->persons)
        before = state->person;
    rc = tta_refusion_split(&state->law, c, args->persons ? &state->person : NULL, &split, e);

    if (rc != 0)
        return rc;
    own[WEEKS].integer = split.weeks;
    own[BENEFIT].ore = split.benefit_ore;
    own[EMPLOYER].ore = split.employer_ore;
    own[STATE].ore = split.state_ore;
    own[MUNICIPALITY].ore = split.municipality_ore;
    if (args->compare.count > 0) {
        rc = tta_refusion_split(&state->other, c, args->persons ? &state->other_person : NULL,
                                &split, e);
        if (rc != 0)
            return rc;
        (next++)->ore = split.employer_ore;
        (next++)->ore = split.state_ore;
        (next++)->ore = split.municipality_ore;
    }
    if (args->explain)
        rc = explain(state, c, args->persons ? &before : NULL, next, e);
    return rc != 0 ? rc : tta_emit(run, e);
}
