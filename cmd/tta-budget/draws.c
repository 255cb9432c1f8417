/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "draws.h"

#include <inttypes.h>
#include <stdlib.h>

#include "varied.h"

enum { DRAWS, MEAN, STD_DEV, LOWER, MEDIAN, UPPER, ABOVE, NEVER };
static const struct tta_column spread[] = {
    {.name = "draws", .type = TTA_INTEGER, .help = "how many"},
    {.name = "mean", .type = TTA_NUMBER, .help = "of the figure"},
    {.name = "std_dev", .type = TTA_NUMBER, .help = "of the figure"},
    {.name = "lower", .type = TTA_NUMBER, .help = "quantile"},
    {.name = "median", .type = TTA_NUMBER, .help = "quantile"},
    {.name = "upper", .type = TTA_NUMBER, .help = "quantile"},
    {.name = "above", .type = TTA_NUMBER, .help = "share of draws above --threshold"},
    {.name = NULL},
};
static const struct tta_column never = {
    .name = "never", .type = TTA_NUMBER, .help = "share of draws that are never paid back"};

/* How many were not what the distribution said. */
static void note_moved(struct tta_run *run, const struct tta_scenario *s, size_t figure,
                       const int64_t *moved, int64_t count)
{
    bool rests[TTA_SCENARIO_INPUTS];

    tta_scenario_inputs_of(s, figure, rests);
    for (size_t i = 0; i < s->input_count; i++) {
        char least[TTA_NUMBER_SIZE], most[TTA_NUMBER_SIZE];

        if (!rests[i] || moved[i] == 0)
            continue;
        tta_decimal_write(s->input[i].least, '.', least);
        tta_decimal_write(s->input[i].most, '.', most);
        tta_note(run,
                 "%" PRId64 " of %" PRId64 " draws of %s were outside %s..%s and were put on its "
                 "end",
                 moved[i], count, s->input[i].id, least, most);
    }
}

int draws_begin(struct tta_run *run, const struct tta_scenario *s, size_t figure, int64_t count,
                const char *seed, struct draws *out, struct tta_error *e)
{
    struct tta_stream stream;
    struct tta_key key;
    int64_t moved[TTA_SCENARIO_INPUTS] = {0};
    int rc = tta_set_columns(run, NULL, spread, e);

    out->pays_back = s->figure[figure].operation == TTA_PAYBACK;
    if (rc == 0 && out->pays_back)
        rc = tta_add_column(run, &never, e);
    if (seed == NULL)
        return tta_fail(e, TTA_E_USAGE, "--draws needs --seed");
    if (!varied_any(s, figure))
        return tta_fail(e, TTA_E_USAGE, "--draws: nothing that %s rests on has a distribution",
                        s->figure[figure].id);
    tta_mark_simulated(run);
    out->values = malloc((size_t)count * sizeof *out->values);
    out->count = count;
    if (out->values == NULL)
        return tta_fail_memory(e);
    tta_key_from_text(tta_text_of(seed), &key);
    tta_stream_of(&stream, &key, tta_text_of("sensitivity"));
    for (int64_t i = 0; rc == 0 && i < count; i++)
        rc = tta_scenario_draw(s, figure, &stream, &out->values[i], moved, e);
    if (rc == 0)
        note_moved(run, s, figure, moved, count);
    return rc != 0 ? rc : tta_stream_check(&stream, e);
}

int draws_row(struct tta_run *run, double level, int64_t threshold_micro, struct draws *d,
              struct tta_error *e)
{
    union tta_slot *own = tta_own(run);
    struct tta_scenario_spread s;

    if (d->done)
        return TTA_DONE;
    d->done = true;
    tta_scenario_summarize(d->values, (size_t)d->count, level, threshold_micro, &s);
    own[DRAWS].integer = d->count;
    own[MEAN].number = s.mean;
    own[STD_DEV].number = s.deviation;
    own[LOWER].number = s.lower;
    own[MEDIAN].number = s.median;
    own[UPPER].number = s.upper;
    own[ABOVE].number = s.above;
    if (d->pays_back)
        own[NEVER].number = s.never;
    return tta_emit(run, e);
}

void draws_release(struct draws *d)
{
    free(d->values);
}
