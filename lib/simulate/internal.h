/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_LIB_SIMULATE_INTERNAL_H
#define TTA_LIB_SIMULATE_INTERNAL_H

#include "tta/random.h"
#include "tta/simulate.h"

#define PICK_MAX 520 /* places to pick from; the schemas allow no more */
#define MUNICIPALITIES_MAX 400
#define RATES_MAX 64

/* count of of, exactly. */
struct tta_sim_share {
    uint64_t count, of;
};

/* A place drawn by weight, found through a table of where to begin to look. */
struct tta_sim_pick {
    uint64_t total;
    size_t count;
    uint64_t upper[PICK_MAX]; /* sums of the weights up to and with this one */
    unsigned shift;
    uint16_t begin[257]; /* by total's leading bits */
};

struct tta_sim_rate {
    tta_date from;
    uint64_t kroner; /* the maximum, whole kroner */
    uint64_t lowest; /* kroner of whoever is not at the maximum */
};

struct tta_sim {
    struct tta_stream stream; /* of the cases */
    int64_t cases;            /* made so far */

    struct tta_sim_pick duration;  /* which step of the curve */
    uint32_t step_first[PICK_MAX]; /* the first day, counted from 1, on which it ends */
    uint32_t step_days[PICK_MAX];  /* and how many days there are */
    tta_date from;                 /* first absence days */
    uint64_t days;
    struct tta_sim_share able, to_team, to_clinic, employed, at_maximum, lowest;
    uint64_t age_first, ages; /* the youngest, and how many ages there are */
    int64_t short_weeks;
    uint64_t risk[2][4];                  /* short, long: health only, capacity only, both, of */
    struct tta_sim_rate rates[RATES_MAX]; /* those of the absence days, in order */
    size_t rate_count;

    struct tta_sim_municipality municipalities[MUNICIPALITIES_MAX];
    size_t municipality_count;
    struct tta_sim_pick municipality;
    int64_t incoming_minimum, incoming_maximum; /* cases a year */
    int64_t consortium_size, consortium_cases;  /* members, usually; cases, at least */
};

/* Fills everything but the streams, the numbers of cases and the consortia. */
int tta_sim_load(struct tta_sim *sim, const char *document, struct tta_error *e);

/* Draws how many cases come in, and forms the consortia. false: no cases at all. */
bool tta_sim_draw_municipalities(struct tta_sim *sim, struct tta_stream *s);

/* Adds a place; false when there is no room. Then tta_sim_pick_ready once. */
bool tta_sim_pick_add(struct tta_sim_pick *p, uint64_t weight);
void tta_sim_pick_ready(struct tta_sim_pick *p);

static inline size_t tta_sim_pick_draw(const struct tta_sim_pick *p, struct tta_stream *s)
{
    uint64_t x = tta_stream_below(s, p->total);
    size_t i = p->begin[x >> p->shift];

    while (x >= p->upper[i])
        i++;
    return i;
}

#endif
