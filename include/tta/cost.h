/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_COST_H
#define TTA_COST_H
/*
 * What a municipality is granted for a year of return-to-work cases, and the
 * staff that the cases need. Forebyggelsesfonden, call for Det store danske
 * TTA-forsøg (2009), section Økonomi.
 */
#include <stdbool.h>
#include <stdint.h>

#include "tta/error.h"

/* Plain: copied and dropped at will. Shares and steps in millionths, money in øre. */
struct tta_cost_model {
    char id[64];
    unsigned char hash[32];         /* of the document, for manifests */
    int64_t category2_micro;        /* share of incoming cases in category 2 */
    int64_t team_micro;             /* share of category 2 that goes on to the team */
    int64_t clinic_micro;           /* share of category 2 that is assessed in the clinical unit */
    int64_t capacity_cases;         /* category-2 cases a year for a coordinator, and for a team */
    int64_t step_micro;             /* coordinators and teams come in such steps */
    int64_t minimum_incoming_cases; /* a year, of all the rows of a consortium together */
    int64_t per_case_ore;           /* grant for one category-2 case: the lines as rounded */
};

/*
 * A document of kind "cost": tta-2009 or a path. TTA_E_CONFIG when a line with
 * its rounding, the administration or the total does not give what the
 * document says is printed: a changed copy must change both.
 */
int tta_cost_model_load(const char *name_or_path, struct tta_cost_model *out, struct tta_error *e);

/* Cases and staff in millionths (43750000 is 43.75), money in øre. */
struct tta_grant {
    int64_t category2_micro;    /* exact */
    int64_t coordinators_micro; /* need at the capacity, to the nearest step, half a step up */
    int64_t teams_micro;        /* the same need: a team has a coordinator's capacity */
    int64_t clinical_micro;     /* rounded half up to a millionth */
    int64_t grant_ore;          /* category-2 cases, not rounded, x grant per case; half up */
    bool eligible;              /* the consortium reaches the minimum */
};

/*
 * incoming_cases are the municipality's own; consortium_cases those of all
 * members together, itself included (the same number when it stands alone).
 * Staff and grant follow its own cases; only eligibility looks at the
 * consortium, and the grant is what an eligible applicant would get. TTA_E_DATA:
 * negative cases, a consortium smaller than its member, numbers too large for
 * int64. After a failure *out is all zero.
 */
int tta_grant(const struct tta_cost_model *model, int64_t incoming_cases, int64_t consortium_cases,
              struct tta_grant *out, struct tta_error *e);

#endif
