/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is right to count but worth a look: a line on standard error, and in the manifest. */
#include "tta-refusion.h"

int refusion_count(struct tta_run *run, const struct tta_refusion_case *c, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    const struct record *r = tta_record(run);
    struct state *state = tta_state(run);
    const struct tta_refusion_law *law = &state->law;
    const struct tta_refusion_scheme *s = &law->scheme[0], *newest = &law->scheme[law->count - 1];
    int64_t weeks = tta_refusion_weeks_unknown(law, c);

    state->outside += !law->dated && (c->first < s->valid_from ||
                                      (s->valid_to != TTA_DATE_NONE && c->last > s->valid_to));
    state->at_maximum += c->weekly_benefit_ore == TTA_INTEGER_NONE;
    state->alone += law->dated && !args->persons && r->weeks_before == TTA_INTEGER_NONE &&
                    newest->counted == TTA_WEEKS_OF_BENEFIT && c->last >= newest->valid_from;
    if (r->weeks_before != TTA_INTEGER_NONE &&
        (args->persons ? tta_group_begins(run) : c->last >= newest->valid_from))
        state->too_early +=
            tta_refusion_weeks_before(law, c->first, r->weeks_before) < r->weeks_before;
    state->unknown_cases += weeks > 0;
    state->unknown_weeks += weeks;
    state->repeated += tta_text_equal(r->case_id, tta_buffer_text(&state->case_before));
    state->case_before.len = 0;
    return tta_buffer_append(&state->case_before, r->case_id.ptr, r->case_id.len) == 0
               ? 0
               : tta_fail_memory(e);
}

static const char *plural(int64_t of)
{
    return of == 1 ? "" : "s";
}

static const char *have(int64_t count)
{
    return count == 1 ? "has" : "have";
}

/* What the other columns and files say of the rows. */
static void other_notes(struct tta_run *run, long long rows)
{
    const struct args *args = tta_args(run);
    const struct state *state = tta_state(run);
    int64_t unused = history_unused(&state->history);

    if (state->too_early > 0)
        tta_note(run,
                 "%lld %s%s more benefit_weeks_before than weeks since the day from which they "
                 "count: those before it are left out",
                 (long long)state->too_early, args->persons ? "person" : "case",
                 state->too_early == 1 ? " has" : "s have");
    if (state->repeated > 0)
        tta_note(run, "%lld of %lld case%s %s the case_id of the row before",
                 (long long)state->repeated, rows, plural(rows), have(state->repeated));
    if (unused > 0 && !args->partial && tta_saw_all_rows(run))
        tta_note(run, "%lld of %lld person%s in --history %s not in the input", (long long)unused,
                 (long long)state->history.persons.count, plural(state->history.persons.count),
                 unused == 1 ? "is" : "are");
}

void refusion_notes(struct tta_run *run)
{
    const struct state *state = tta_state(run);
    const struct tta_refusion_law *law = &state->law;
    long long rows = (long long)tta_row_number(run);
    const char *s = plural(rows);

    if (state->outside > 0)
        tta_note(run, "%lld of %lld case%s %s days outside the validity of scheme %s",
                 (long long)state->outside, rows, s, have(state->outside), law->scheme[0].id);
    if (state->at_maximum > 0)
        tta_note(run, "%lld of %lld case%s %s no weekly_benefit: the maximum of the week is used",
                 (long long)state->at_maximum, rows, s, have(state->at_maximum));
    if (state->unknown_weeks > 0) {
        char day[TTA_DATE_SIZE];

        tta_date_write(law->maximum.known_to, TTA_DATE_ISO, day);
        tta_note(run,
                 "%lld of %lld case%s %s days after %s, to which %s is known: its last maximum is "
                 "taken for %lld week%s",
                 (long long)state->unknown_cases, rows, s, have(state->unknown_cases), day,
                 law->maximum.id, (long long)state->unknown_weeks, plural(state->unknown_weeks));
    }
    if (state->alone > 0)
        tta_note(run,
                 "%lld of %lld case%s %s days under %s, whose weeks are counted within the case; "
                 "see --persons",
                 (long long)state->alone, rows, s, have(state->alone),
                 law->scheme[law->count - 1].id);
    other_notes(run, rows);
}
