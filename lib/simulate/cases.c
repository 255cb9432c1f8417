/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>

#include "internal.h"
#include "tta/type.h"

static bool drawn(struct tta_stream *s, struct tta_sim_share share)
{
    return tta_stream_below(s, share.of) < share.count;
}

static void draw_person(struct tta_sim *sim, struct tta_sim_case *c)
{
    struct tta_stream *s = &sim->stream;
    uint64_t person;

    c->municipality = sim->municipalities[tta_sim_pick_draw(&sim->municipality, s)].code;
    person = tta_stream_below(s, 2 * sim->ages);
    c->woman = person % 2 == 1;
    c->age = (int64_t)(sim->age_first + person / 2);
    c->employed = drawn(s, sim->employed);
}

static void draw_absence(struct tta_sim *sim, struct tta_sim_case *c)
{
    struct tta_stream *s = &sim->stream;
    size_t step;
    uint64_t days;

    c->first_absence = sim->from + (tta_date)tta_stream_below(s, sim->days);
    step = tta_sim_pick_draw(&sim->duration, s);
    days = sim->step_first[step] + tta_stream_below(s, sim->step_days[step]);
    c->last_absence = c->first_absence + (tta_date)days - 1;
    c->expected_weeks = (int64_t)(days + 6) / 7;
}

static void draw_benefit(struct tta_sim *sim, struct tta_sim_case *c)
{
    const struct tta_sim_rate *r = &sim->rates[sim->rate_count - 1];
    uint64_t kroner;

    while (r->from > c->first_absence)
        r--;
    kroner = r->kroner;
    if (!drawn(&sim->stream, sim->at_maximum))
        kroner = r->lowest + tta_stream_below(&sim->stream, r->kroner - r->lowest + 1);
    c->weekly_benefit_ore = (int64_t)kroner * 100;
}

static void draw_findings(struct tta_sim *sim, struct tta_sim_case *c)
{
    struct tta_stream *s = &sim->stream;
    bool is_short = c->expected_weeks <= sim->short_weeks;
    const uint64_t *risk = sim->risk[is_short ? 0 : 1];
    uint64_t x = tta_stream_below(s, risk[3]);
    bool health_only = x < risk[0], capacity_only = !health_only && x - risk[0] < risk[1];
    bool both = !health_only && !capacity_only && x - risk[0] - risk[1] < risk[2];
    bool category2 = health_only || capacity_only || both;

    c->health_unresolved = health_only || both;
    c->work_capacity_threatened = capacity_only || both;
    c->able_to_participate = c->needs_team = c->needs_clinic = TTA_BOOLEAN_NONE;
    if (!is_short) {
        category2 = drawn(s, sim->able);
        c->able_to_participate = category2;
    }
    if (category2)
        c->needs_team = drawn(s, sim->to_team);
    if (c->needs_team == 1)
        c->needs_clinic = drawn(s, sim->to_clinic);
}

int tta_sim_next(struct tta_sim *sim, struct tta_sim_case *out, struct tta_error *e)
{
    out->case_id = ++sim->cases;
    draw_person(sim, out);
    draw_absence(sim, out);
    draw_benefit(sim, out);
    draw_findings(sim, out);
    return sim->stream.spent ? tta_stream_check(&sim->stream, e) : 0;
}

int tta_sim_new(const char *document, struct tta_text seed, struct tta_sim **out,
                struct tta_error *e)
{
    struct tta_sim *sim = calloc(1, sizeof *sim);
    struct tta_stream s;
    struct tta_key key;
    int code;

    *out = NULL;
    if (sim == NULL)
        return tta_fail_memory(e);
    code = tta_sim_load(sim, document, e);
    if (code != 0) {
        tta_sim_free(sim);
        return code;
    }
    tta_key_from_text(seed, &key);
    tta_stream_of(&sim->stream, &key, tta_text_of("simulate/cases"));
    tta_stream_of(&s, &key, tta_text_of("simulate/municipalities"));
    tta_key_wipe(&key);
    if (!tta_sim_draw_municipalities(sim, &s)) {
        code = tta_fail(e, TTA_E_CONFIG, "/municipality: nobody has a case coming in");
        tta_sim_free(sim);
    } else {
        *out = sim;
    }
    tta_stream_wipe(&s);
    return code;
}

void tta_sim_free(struct tta_sim *sim)
{
    if (sim == NULL)
        return;
    tta_stream_wipe(&sim->stream);
    free(sim);
}
