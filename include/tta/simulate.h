/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_SIMULATE_H
#define TTA_SIMULATE_H
/*
 * Simulated cases and municipalities: for demonstrations, tests, benchmarks and
 * power studies, never evidence. Every share and figure comes from a document of
 * kind "simulation" (built in: "cases"), which says of each whether it was
 * published or assumed; the weekly benefit from rates/sygedagpenge-max, codes and
 * names from codes/municipalities, the size that a consortium must reach from
 * cost/tta-2009. Age and sex are even, which nobody has published.
 *
 * Everything follows from the seed text: row i is the same whatever the number of
 * rows. The draws are those of tta-1 (random.h) under the seed's key, stratum
 * "simulate/municipalities" for the municipalities and "simulate/cases" for cases.
 */
#include <stdint.h>

#include "tta/date.h"
#include "tta/error.h"
#include "tta/text.h"

struct tta_sim_municipality {
    int64_t code;
    char name[64], region[64];
    int64_t incoming_cases; /* a year */
    /*
     * "REGION 1", ...: the consortium that a municipality too small for a grant
     * has joined within its region; "" where it is large enough, or found nobody.
     */
    char consortium[80];
};

/* Truth values are int8_t with TTA_BOOLEAN_NONE (type.h) where nobody asked. */
struct tta_sim_case {
    int64_t case_id;      /* 1, 2, 3 ... */
    int64_t municipality; /* code; drawn by incoming cases */
    int64_t age;          /* years */
    int8_t woman;
    int8_t employed;
    tta_date first_absence, last_absence; /* both days absent */
    int64_t weekly_benefit_ore;           /* whole kroner */
    int64_t expected_weeks;               /* last_absence - first_absence + 1 days, in weeks, up */
    int8_t health_unresolved;
    int8_t work_capacity_threatened;
    int8_t able_to_participate; /* asked of those whose absence is not short */
    int8_t needs_team;          /* asked in category 2 of tta-2009 */
    int8_t needs_clinic;        /* asked when the team is needed */
};

struct tta_sim;

/*
 * Loads the document (name or path) and the ones it leans on, and draws the
 * municipalities. The caller frees it with tta_sim_free (NULL is fine).
 */
int tta_sim_new(const char *document, struct tta_text seed, struct tta_sim **out,
                struct tta_error *e);
void tta_sim_free(struct tta_sim *sim);

/* In order of code; they live as long as sim. */
const struct tta_sim_municipality *tta_sim_municipalities(const struct tta_sim *sim, size_t *count);

/* The next case. Fails only when the stream of draws has come to its end. */
int tta_sim_next(struct tta_sim *sim, struct tta_sim_case *out, struct tta_error *e);

#endif
