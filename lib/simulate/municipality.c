/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <string.h>

#include "internal.h"

bool tta_sim_pick_add(struct tta_sim_pick *p, uint64_t weight)
{
    if (p->count == PICK_MAX)
        return false;
    p->total += weight;
    p->upper[p->count++] = p->total;
    return true;
}

/* begin[b]: the first place that a draw with these leading bits can have. */
void tta_sim_pick_ready(struct tta_sim_pick *p)
{
    size_t i = 0;

    p->shift = 0;
    while (p->total >> p->shift > 256)
        p->shift++;
    for (uint64_t b = 0; b <= 256; b++) {
        while (i + 1 < p->count && p->upper[i] <= b << p->shift)
            i++;
        p->begin[b] = (uint16_t)i;
    }
}

/* A number of cases between the limits: limits and two draws between 0 and 1, in millionths. */
static int64_t draw_cases(const struct tta_sim *sim, struct tta_stream *s)
{
    const uint64_t million = 1000000;
    uint64_t u1 = tta_stream_below(s, million + 1), u2 = tta_stream_below(s, million + 1);
    uint64_t span = (uint64_t)(sim->incoming_maximum - sim->incoming_minimum);

    return sim->incoming_minimum +
           (int64_t)((span * u1 * u2 + million * million / 2) / (million * million));
}

static bool is_small(const struct tta_sim *sim, const struct tta_sim_municipality *m,
                     const char *region)
{
    return m->incoming_cases < sim->consortium_cases && strcmp(m->region, region) == 0;
}

static void join(struct tta_sim_municipality *m, int number)
{
    snprintf(m->consortium, sizeof m->consortium, "%s %d", m->region, number);
}

/*
 * The small ones of a region, in order of code, make a consortium as soon as they
 * are as many as is usual and large enough together. Who is left over joins the
 * last one; where there is none, they make a smaller one if they are large enough.
 */
static void form_consortia(struct tta_sim *sim, const char *region)
{
    struct tta_sim_municipality *m = sim->municipalities;
    int64_t members = 0, cases = 0;
    size_t begin = 0, count = sim->municipality_count;
    int number = 0;

    for (size_t i = 0; i < count; i++) {
        if (!is_small(sim, &m[i], region))
            continue;
        members++;
        cases += m[i].incoming_cases;
        if (members < sim->consortium_size || cases < sim->consortium_cases)
            continue;
        number++;
        for (; begin <= i; begin++)
            if (is_small(sim, &m[begin], region))
                join(&m[begin], number);
        members = cases = 0;
    }
    if (number == 0 && members > 1 && cases >= sim->consortium_cases)
        number = 1;
    for (; number > 0 && begin < count; begin++)
        if (is_small(sim, &m[begin], region))
            join(&m[begin], number);
}

bool tta_sim_draw_municipalities(struct tta_sim *sim, struct tta_stream *s)
{
    struct tta_sim_municipality *m = sim->municipalities;

    for (size_t i = 0; i < sim->municipality_count; i++) {
        m[i].incoming_cases = draw_cases(sim, s);
        tta_sim_pick_add(&sim->municipality, (uint64_t)m[i].incoming_cases);
    }
    tta_sim_pick_ready(&sim->municipality);
    for (size_t i = 0; i < sim->municipality_count; i++) {
        bool done = false;

        for (size_t k = 0; k < i && !done; k++)
            done = strcmp(m[k].region, m[i].region) == 0;
        if (!done)
            form_consortia(sim, m[i].region);
    }
    return sim->municipality.total > 0;
}

const struct tta_sim_municipality *tta_sim_municipalities(const struct tta_sim *sim, size_t *count)
{
    *count = sim->municipality_count;
    return sim->municipalities;
}
