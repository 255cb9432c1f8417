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
#include "tta/names.h"
#include "tta/number.h"

/* Of one municipality, in a year or over years: more than there are people in Denmark. */
#define TTA_CASES_MOST INT64_C(10000000)
/* Of money in one cell: 10^12 kr. */
#define TTA_ORE_MOST INT64_C(100000000000000)

/* Plain: copied and dropped at will. Shares and steps in millionths, money in øre. */
struct tta_cost_model {
    char id[64];
    unsigned char hash[32];         /* of the document, for manifests */
    int32_t price_year;             /* of the amounts, which are in DKK */
    int64_t category2_micro;        /* share of incoming cases in category 2 */
    int64_t team_micro;             /* share of category 2 that goes on to the team */
    int64_t clinic_micro;           /* share of category 2 that is assessed in the clinical unit */
    int64_t capacity_cases;         /* category-2 cases a year for a coordinator, and for a team */
    int64_t step_micro;             /* coordinators and teams come in such steps */
    int64_t minimum_incoming_cases; /* a year, of all the rows of a consortium together */
    int64_t per_case_ore;           /* grant for one category-2 case: the lines as rounded */
    int64_t share_exact_nano;       /* the same with the administration not rounded: 22,192.50 */
    int64_t exact_nano;             /* and with nothing rounded; 10^-9 kroner: 22,194.117647059 */
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
 * negative cases or more than TTA_CASES_MOST, a consortium smaller than its member,
 * numbers too large for int64. After a failure *out is all zero.
 */
int tta_grant(const struct tta_cost_model *model, int64_t incoming_cases, int64_t consortium_cases,
              struct tta_grant *out, struct tta_error *e);

/* What the grant would be without the roundings of the call. Half up; TTA_E_DATA: too large. */
struct tta_grant_exact {
    int64_t share_exact_ore; /* the lines as rounded, the administration not */
    int64_t exact_ore;       /* nothing rounded: amounts / 170, and 10 per cent of their sum */
};
int tta_grant_exact(const struct tta_cost_model *model, const struct tta_grant *grant,
                    struct tta_grant_exact *out, struct tta_error *e);

/*
 * The call lets both sides renegotiate when the category-2 cases of a year are
 * materially more or fewer than expected, and names no limit: so the differences
 * are all there is, actual less expected.
 */
struct tta_renegotiation {
    int64_t cases_micro;
    int64_t grant_ore;
    int64_t deviation_micro; /* of the expected cases; TTA_INTEGER_NONE when none are expected */
};
/* TTA_E_DATA: negative cases, too large. */
int tta_renegotiate(const struct tta_cost_model *model, const struct tta_grant *grant,
                    int64_t actual_micro, struct tta_renegotiation *out, struct tta_error *e);

/*
 * Controls join after a year (phase 2). In phase 1 they are paid for registering
 * their cases, an amount that the call does not give: it is not in the grant.
 */
struct tta_grant_phase {
    int64_t phase, years; /* years with the grant, of those the programme runs */
    int64_t grant_ore;    /* of all those years */
};
int tta_grant_phase(const struct tta_grant *grant, int64_t years, bool control,
                    struct tta_grant_phase *out, struct tta_error *e);

/* Who applies together, and how many cases they have. {0} is empty. */
struct tta_consortia {
    struct tta_names names;
    int64_t *cases;
};
/* A member with its cases; number -1 for a missing name, which is in none. TTA_E_DATA: too many. */
int tta_consortia_add(struct tta_consortia *c, struct tta_text name, int64_t cases, int32_t *number,
                      struct tta_error *e);
void tta_consortia_release(struct tta_consortia *c);

/*
 * Advice for a municipality with too few cases: with whom it would reach the
 * minimum. Members hang together: from each one leads a way to every other,
 * from neighbour to neighbour, within the set.
 */
#define TTA_ADVICE_PARTNERS 4
#define TTA_ADVICE_MUNICIPALITIES 2000

struct tta_neighbours {
    size_t n;
    const int64_t *cases;
    const uint8_t *free; /* may it be a partner? */
    const uint8_t *near; /* n x n, symmetric: are they neighbours? */
};

struct tta_advice {
    size_t partners;
    int32_t partner[TTA_ADVICE_PARTNERS]; /* in order of number */
    int64_t cases;                        /* together, with the one who asks */
};

/*
 * The sets that reach the minimum and of which no partner can be spared: few
 * partners first, then few cases, then in order of numbers. At most `most`
 * partners (1..TTA_ADVICE_PARTNERS), at most `want` sets into out. Returns how
 * many. Cases are not negative, and all together fit an int64.
 */
size_t tta_consortium_advice(const struct tta_neighbours *all, int32_t who, int64_t minimum,
                             size_t most, struct tta_advice *out, size_t want);

#endif
