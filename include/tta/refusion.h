/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_REFUSION_H
#define TTA_REFUSION_H
/*
 * Who pays a case of sickness benefit (sygedagpenge): the employer, the state
 * by refusion, or the municipality. Lov om sygedagpenge sections 30, 61 and 62;
 * from 28 December 2015 lov 994 of 30 August 2015 section 5.
 *
 * Week k of a case is days 7(k-1) to 7k-1 after the first absence day. Monday
 * to Friday earn a fifth of the weekly benefit each. In an employed case the
 * weekdays of the employer period (arbejdsgiverperiode, calendar days from the
 * first absence day) are the employer's. What is left is split by the state
 * share of the week. In every week the benefit and the employer's part are
 * rounded half up to the øre, then the state's part, and the municipality pays
 * the remainder: parts always add up to the benefit, to the øre.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tta/date.h"
#include "tta/error.h"
#include "tta/rates.h"

#define TTA_REFUSION_BANDS 16
#define TTA_WEEK_NO_END INT32_MAX

/* Which weeks use up the bands. */
enum tta_weeks_counted {
    TTA_WEEKS_OF_ABSENCE, /* all, from the first absence day */
    TTA_WEEKS_OF_BENEFIT  /* those in which the municipality pays (lov 994 section 5) */
};

/* Weeks from..to, both included. Shares in millionths: 300000 is 30 %. */
struct tta_refusion_band {
    int32_t from_week;
    int32_t to_week; /* TTA_WEEK_NO_END in the last band */
    int64_t state_micro;
    int64_t
        active_micro; /* gradual return or an offer; equal to state_micro where the act has none */
};

/* Plain: copied and dropped at will. Bands without gaps from week 1, the last without end. */
struct tta_refusion_scheme {
    char id[64];
    unsigned char hash[32]; /* of the document, for manifests */
    tta_date valid_from;
    tta_date valid_to; /* TTA_DATE_NONE: no end */
    enum tta_weeks_counted counted;
    size_t count;
    struct tta_refusion_band band[TTA_REFUSION_BANDS];
};

/* A document of kind "refusion": 2006, 2010, 2011, 2016 or a path. */
int tta_refusion_scheme_load(const char *name_or_path, struct tta_refusion_scheme *out,
                             struct tta_error *e);

/* Calendar days of the employer period by first absence day: rates/employer-period. */
int tta_employer_periods_load(const char *name_or_path, struct tta_rates *out, struct tta_error *e);

struct tta_refusion_case {
    tta_date first; /* first absence day */
    tta_date last;  /* last absence day, included */
    bool employed;
    int64_t weekly_benefit_ore; /* of a full week; 0 or more */
};

/* benefit = employer + state + municipality, none negative. weeks: begun weeks. */
struct tta_refusion_split {
    int64_t weeks;
    int64_t benefit_ore;
    int64_t employer_ore;
    int64_t state_ore;
    int64_t municipality_ore;
};

/*
 * Splits one case, at the passive share of every week. The validity of the
 * scheme is not compared with the dates: asking what a case would cost under
 * another scheme is a fair question. TTA_E_DATA: last before first, a negative
 * benefit, an employed case from before the first known employer period, an
 * amount too large for int64 øre. After a failure *out is all zero.
 */
int tta_refusion_split(const struct tta_refusion_scheme *scheme, const struct tta_rates *periods,
                       const struct tta_refusion_case *c, struct tta_refusion_split *out,
                       struct tta_error *e);

#endif
