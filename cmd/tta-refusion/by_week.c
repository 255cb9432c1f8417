/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --by=week: a row a week; more where scheme, active or share change within it. */
#include "tta-refusion.h"

enum {
    CASE,
    WEEK,
    WEEK_START,
    REGIME,
    ACTIVE,
    PERCENT,
    BENEFIT,
    EMPLOYER,
    STATE,
    MUNICIPALITY,
    FIXED
};
enum { COUNTED, PARAGRAPH, CONFIDENCE }; /* of --explain, behind those of --compare */
static const struct tta_column adds[] = {
    {.name = "case_id", .type = TTA_TEXT, .help = "of the input"},
    {.name = "week", .type = TTA_INTEGER, .help = "of absence, from 1"},
    {.name = "week_start", .type = TTA_DATE, .help = "its first day"},
    {.name = "regime", .type = TTA_TEXT, .help = "the scheme of the days"},
    {.name = "active", .type = TTA_BOOLEAN, .help = "the scheme's condition is met"},
    {.name = "state_percent",
     .type = TTA_DECIMAL,
     .flags = TTA_NULLABLE,
     .help = "of what the employer does not pay; empty where nothing is left"},
    {.name = "benefit", .type = TTA_MONEY, .help = "for the weekdays"},
    {.name = "employer_amount", .type = TTA_MONEY, .help = "of that, in the employer period"},
    {.name = "state_amount", .type = TTA_MONEY, .help = "of that, refunded by the state"},
    {.name = "municipality_amount", .type = TTA_MONEY, .help = "the remainder"},
    {.name = NULL},
};

/* The scheme has a column already. */
static const struct tta_column counted_week = {
    .name = "counted_week",
    .type = TTA_INTEGER,
    .help = "the week that picks the share: of absence, or of benefit"};

int by_week_columns(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    int rc = tta_set_columns(run, NULL, adds, e);

    tta_set_shape(run, TTA_SUMMARY);
    for (size_t i = 0; rc == 0 && args->compare.count > 0 && i < 3; i++)
        rc = tta_add_column(run, &refusion_compared[i], e);
    for (size_t i = 0; rc == 0 && args->explain && i < 3; i++)
        rc = tta_add_column(run, i == 0 ? &counted_week : &refusion_explained[i], e);
    return rc;
}

/* other: what the days of the part come to under --compare. */
static int put(struct tta_run *run, const struct tta_refusion_part *part,
               const struct tta_refusion_split *other, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    const struct record *r = tta_record(run);
    struct state *state = tta_state(run);
    union tta_slot *own = tta_own(run);

    own[CASE].text = r->case_id;
    own[WEEK].integer = part->week;
    own[WEEK_START].date = part->week_start;
    own[REGIME].text = tta_text_of(part->scheme->id);
    own[ACTIVE].boolean = part->active;
    if (part->band != NULL)
        own[PERCENT].micro = part->state_micro * 100;
    own[BENEFIT].ore = part->benefit_ore;
    own[EMPLOYER].ore = part->employer_ore;
    own[STATE].ore = part->state_ore;
    own[MUNICIPALITY].ore = part->municipality_ore;
    own += FIXED;
    if (args->compare.count > 0) {
        (own++)->ore = other->employer_ore;
        (own++)->ore = other->state_ore;
        (own++)->ore = other->municipality_ore;
    }
    if (args->explain) {
        tta_refusion_why_empty(&state->why);
        if (tta_refusion_why_part(&state->why, part) != 0)
            return tta_fail_memory(e);
        if (part->band != NULL)
            own[COUNTED].integer = part->counted;
        own[PARAGRAPH].text = tta_buffer_text(&state->why.paragraphs);
        own[CONFIDENCE].choice = (int32_t)state->why.least;
    }
    return tta_emit(run, e);
}

int by_week(struct tta_run *run, const struct tta_refusion_case *c, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    struct tta_refusion_person *person = args->persons ? &state->person : NULL;
    struct tta_refusion_person *other_person = args->persons ? &state->other_person : NULL;
    struct tta_refusion_walk walk, other;
    struct tta_refusion_part part;
    int rc = tta_refusion_check(&state->law, c, person, e);

    if (rc == 0 && args->compare.count > 0)
        rc = tta_refusion_check(&state->other, c, other_person, e);
    if (rc != 0)
        return rc;
    tta_refusion_walk_start(&walk, &state->law, c, person, false);
    if (args->compare.count > 0)
        tta_refusion_walk_start(&other, &state->other, c, other_person, false);
    while (rc == 0 && tta_refusion_walk_next(&walk, &part)) {
        struct tta_refusion_split sum = {0};

        if (args->compare.count > 0)
            tta_refusion_walk_to(&other, part.to, &sum);
        rc = put(run, &part, &sum, e);
    }
    return rc;
}
