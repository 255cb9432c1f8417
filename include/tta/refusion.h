/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_REFUSION_H
#define TTA_REFUSION_H
/*
 * Who pays a case of sickness benefit (sygedagpenge): the employer, the state
 * by refusion, or the municipality. Lov om sygedagpenge §§ 30, 50, 53, 61 and
 * 62; from 28 December 2015 lov 994 of 30 August 2015 §§ 5, 6, 29 and 30.
 *
 * Week k of a case is days 7(k-1) to 7k-1 after the first absence day. Monday
 * to Friday earn a fifth of the weekly benefit each. In an employed case the
 * weekdays of the employer period (arbejdsgiverperiode, calendar days from the
 * first absence day) are the employer's. What is left is split by the state
 * share of the day: that of the act in force, for the week of absence or, under
 * lov 994, for the week of benefit, active or not.
 *
 * Rounding: in every week the benefit and the employer's part are rounded half
 * up to the øre, then the state's part of the days with one share, and the
 * municipality pays the remainder. Parts of a week are differences of running
 * sums so rounded, so that they add up to the week, however it is cut.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tta/date.h"
#include "tta/error.h"
#include "tta/number.h"
#include "tta/rates.h"

#define TTA_REFUSION_BANDS 16
#define TTA_REFUSION_SCHEMES 8
#define TTA_WEEK_NO_END INT32_MAX
#define TTA_FULL_HOURS 37 /* of a week with full benefit (§ 50) */

/* Which weeks use up the bands. */
enum tta_weeks_counted {
    TTA_WEEKS_OF_ABSENCE, /* all, from the first absence day */
    TTA_WEEKS_OF_BENEFIT  /* those in which the municipality pays (lov 994 § 5) */
};

/* What can make a day active. LAB: lov om en aktiv beskæftigelsesindsats. */
enum tta_activity_kind {
    TTA_GRADUAL_RETURN, /* delvis raskmelding */
    TTA_LAB_32_1_1,     /* § 32 stk. 1 nr. 1 */
    TTA_LAB_10,         /* other offers of chapter 10 */
    TTA_LAB_11,
    TTA_LAB_12,
    TTA_ACTIVE_STATED, /* whoever gave it says that the act's condition is met */
    TTA_ACTIVITY_KINDS
};
/* "gradual_return", ... without the last one; NULL at the end. */
extern const char *const tta_activity_kind_names[];

/* Weeks from..to, both included. Shares in millionths: 300000 is 30 %. */
struct tta_refusion_band {
    int32_t from_week;
    int32_t to_week; /* TTA_WEEK_NO_END in the last band */
    int64_t state_micro;
    int64_t active_micro; /* equal to state_micro where the act has none */
    enum tta_confidence confidence;
    char paragraph[TTA_PARAGRAPH_SIZE];
};

struct tta_refusion_activity {
    bool counts;
    int64_t hours_over_micro; /* TTA_INTEGER_NONE: hours do not matter */
    enum tta_confidence confidence;
    char paragraph[TTA_PARAGRAPH_SIZE];
};

/* Plain: copied and dropped at will. Bands without gaps from week 1, the last without end. */
struct tta_refusion_scheme {
    char id[64];
    unsigned char hash[32]; /* of the document, for manifests */
    char readings[96];      /* ids of the readings in use, "" for none */
    enum tta_confidence confidence;
    tta_date valid_from;
    tta_date valid_to; /* TTA_DATE_NONE: no end */
    enum tta_weeks_counted counted;
    tta_date counted_since;                /* TTA_DATE_NONE: ever */
    int32_t restart_weeks, restart_within; /* 0: the count never begins anew */
    bool restart_at_benefit;               /* one looks back only from weeks of benefit */
    char restart_paragraph[TTA_PARAGRAPH_SIZE];
    enum tta_confidence restart_confidence;
    tta_date shift_from, shift_to, shift_as; /* those days as that one; TTA_DATE_NONE: none */
    char shift_paragraph[TTA_PARAGRAPH_SIZE];
    bool knows_active;
    struct tta_refusion_activity active[TTA_ACTIVITY_KINDS];
    size_t count;
    struct tta_refusion_band band[TTA_REFUSION_BANDS];
};

/* Other readings of the acts, by id; used[i] becomes true where a document has ids[i]. */
struct tta_refusion_readings {
    const char *const *ids;
    size_t count; /* 32 at the most */
    bool used[32];
    char known[512]; /* " a, b,": those that the documents loaded have, as far as there is room */
};

/* A document of kind "refusion": 2006, 2010, 2011, 2016 or a path. readings may be NULL. */
int tta_refusion_scheme_load(const char *name_or_path, struct tta_refusion_readings *readings,
                             struct tta_refusion_scheme *out, struct tta_error *e);

/* Calendar days of the employer period by first absence day: rates/employer-period. */
int tta_employer_periods_load(const char *name_or_path, struct tta_rates *out, struct tta_error *e);

/* All that decides who pays. Plain, but large: some 60 kB. */
struct tta_refusion_law {
    bool dated; /* every day by the scheme in force; else scheme[0], whatever the date */
    size_t count;
    struct tta_refusion_scheme scheme[TTA_REFUSION_SCHEMES]; /* by valid_from */
    struct tta_rates employer;                               /* days */
    struct tta_rates maximum;                                /* øre a week */
    bool above_allowed; /* a weekly benefit above the maximum is none of our business */
};

/*
 * Fills the schemes: "auto" are all built-in ones; more than one name, or auto,
 * makes the law dated, where one scheme ends when the next begins. A day
 * between two that neither covers is TTA_E_CONFIG, and so are two schemes that
 * count weeks of benefit otherwise than each other. The rates are the caller's
 * to load.
 */
int tta_refusion_law_load(const char *const *names, size_t count,
                          struct tta_refusion_readings *readings, struct tta_refusion_law *out,
                          struct tta_error *e);

/* The scheme of a day, borrowed; NULL when a dated law has none. end: its last day (INT32_MAX). */
const struct tta_refusion_scheme *tta_refusion_scheme_on(const struct tta_refusion_law *law,
                                                         tta_date day, tta_date *end);

/*
 * Days of the case that are active, or on which less than the full benefit is
 * paid: paid_micro of of_micro, rounded half up to the øre a week. Hour for hour
 * (§ 53): 37 hours less those at work, of 37; in fractions: 750000 of 1000000.
 */
struct tta_refusion_period {
    tta_date from, to; /* both included */
    enum tta_activity_kind kind;
    int64_t hours_micro; /* a week, of the activity; TTA_INTEGER_NONE: not known */
    int64_t paid_micro, of_micro;
};

struct tta_refusion_case {
    tta_date first;             /* first absence day */
    tta_date last;              /* last absence day, included */
    bool employed;              /* with an employer period */
    int64_t weekly_benefit_ore; /* of a full week; TTA_INTEGER_NONE: the maximum of the day */
    int64_t weeks_before;       /* of benefit, before the case; not used by person */
    bool open;                  /* it goes on: last is only the last day that counts */
    const struct tta_refusion_period *period; /* in order, apart, within the case; borrowed */
    size_t period_count;
};

/* What the act asks of the period cannot be told: NULL, or a sentence. */
const char *tta_refusion_period_problem(const struct tta_refusion_law *law,
                                        const struct tta_refusion_period *period);

/* ---- persons: weeks of benefit over cases (lov 994 §§ 5, 6 and 30) ---- */

/* Other support of a person, from another source than the cases. */
struct tta_refusion_spell {
    tta_date from, to;
    bool benefit; /* of lov 994 § 3: counts. Else it is only no self-support */
};

/* One person. Plain; weeks are calendar weeks, by number; TTA_DATE_NONE: none yet. */
struct tta_refusion_person {
    int64_t counted;                        /* weeks of benefit since the count began */
    int32_t last_week;                      /* with support */
    int32_t first_week;                     /* of benefit, since the count began */
    int32_t counted_last;                   /* of benefit */
    uint64_t support[3];                    /* bit i: support in the i-th week before last_week */
    const struct tta_refusion_spell *spell; /* borrowed, in any order */
    size_t spell_count;
    int32_t absorbed;  /* spells are taken up to this week */
    bool restarted;    /* the count has begun anew */
    tta_date last_day; /* of the case before */
};

void tta_refusion_person_begin(struct tta_refusion_person *p,
                               const struct tta_refusion_spell *spells, size_t count);
/*
 * Instead of spells before that day: so many weeks of benefit, taken to lie directly
 * before its calendar week. Where they lie further back, all that is lost is
 * self-support between them and the day.
 */
void tta_refusion_person_before(struct tta_refusion_person *p, tta_date day, int64_t weeks);
/* Of weeks that lie directly before the week of that day: those that count (§ 30). */
int64_t tta_refusion_weeks_before(const struct tta_refusion_law *law, tta_date day, int64_t weeks);

/* A week of benefit, after all before; the number it has in the count. */
int64_t tta_refusion_person_week(struct tta_refusion_person *p,
                                 const struct tta_refusion_scheme *rules, tta_date since,
                                 int32_t week);

/* The number of the calendar week (Monday to Sunday) of a day. */
static inline int32_t tta_refusion_calendar_week(tta_date day)
{
    return (day + 3 - (day + 3 < 0 ? 6 : 0)) / 7; /* 1970-01-01 was a Thursday */
}

/*
 * Is this a case that can be counted? TTA_E_DATA: last before first or too long after it, no scheme
 * or maximum or employer period known for a day, a negative benefit or one above
 * the maximum of its week, periods out of order or of the case, a case of the
 * person (NULL: none) that is not after the one before, an amount too large for
 * int64 øre. After 0 the walk cannot fail.
 */
int tta_refusion_check(const struct tta_refusion_law *law, const struct tta_refusion_case *c,
                       const struct tta_refusion_person *person, struct tta_error *e);

/* A case is no longer; ten years. A last absence day beyond is a slip of the pen. */
#define TTA_REFUSION_LONGEST_WEEKS 520
/* Weeks of benefit before a case; fifty years. */
#define TTA_REFUSION_MOST_BEFORE 2600

/*
 * Begun weeks of a checked case with days after the last that the maximum is known for:
 * its last row is taken for them, as the benefit or as what the benefit is held against.
 */
int64_t tta_refusion_weeks_unknown(const struct tta_refusion_law *law,
                                   const struct tta_refusion_case *c);

/* benefit = employer + state + municipality, none negative. weeks: begun weeks. */
struct tta_refusion_split {
    int64_t weeks;
    int64_t benefit_ore;
    int64_t employer_ore;
    int64_t state_ore;
    int64_t municipality_ore;
};

/* ---- the walk: a case part by part, in order of days ---- */

struct tta_refusion_part {
    tta_date from, to;
    tta_date week_start;
    int64_t week; /* of absence, from 1 */
    int weekdays;
    const struct tta_refusion_scheme *scheme;
    bool active; /* the condition of the scheme is met */
    bool reduced;
    bool shifted;                /* by the transition */
    bool restarted;              /* the count of the person has begun anew (§ 6) */
    enum tta_activity_kind kind; /* of the active days */
    /* where the municipality pays, else NULL, 0 and 0: */
    const struct tta_refusion_band *band;
    int64_t counted; /* the week that picks the band */
    int64_t state_micro;
    const struct tta_rate
        *maximum; /* the benefit is the maximum of these days; NULL: it was given */
    const struct tta_rate *employer; /* the row of the employer period, where the employer pays */
    int64_t benefit_ore, employer_ore, state_ore, municipality_ore;
};

struct tta_refusion_walk {
    const struct tta_refusion_law *law;
    const struct tta_refusion_case *c;
    struct tta_refusion_person *person;
    bool by_month;
    tta_date next, employer_last;
    tta_date limit;                   /* the last day to walk to, so far */
    tta_date month_first, month_last; /* of the month of next, as far as it is walked */
    const struct tta_rate *employer;
    size_t period;
    int64_t counted, counted_week;
    int64_t week, fifths, paid; /* of the week so far: fifths of an øre earned, øre paid */
    const struct tta_refusion_scheme *share_scheme; /* of the days with one share so far: */
    int64_t share, rest, state;
    struct tta_refusion_part ahead;
    bool has_ahead;
};

/*
 * Borrows all it is given, and the case must have passed tta_refusion_check.
 * person: weeks of benefit are calendar weeks of that person, whose cases come
 * in order of days; NULL: weeks of the case. by_month: parts end with the month.
 * The weeks that the municipality pays under any scheme count for a later one.
 */
void tta_refusion_walk_start(struct tta_refusion_walk *w, const struct tta_refusion_law *law,
                             const struct tta_refusion_case *c, struct tta_refusion_person *person,
                             bool by_month);
/*
 * The next stretch of days within one week that differ in nothing: scheme,
 * active, share, amount a day. false at the end.
 */
bool tta_refusion_walk_next(struct tta_refusion_walk *w, struct tta_refusion_part *part);
/* Adds up the parts from where the walk is to that day, where it cuts if it must. */
void tta_refusion_walk_to(struct tta_refusion_walk *w, tta_date last,
                          struct tta_refusion_split *sum);

#define TTA_REFUSION_REASONS 12
/*
 * The paragraphs that the amounts of the part rest on, each once, borrowed from
 * the law; returns how many. least: how sure the least sure of them is.
 */
size_t tta_refusion_reasons(const struct tta_refusion_part *part,
                            const char *paragraph[TTA_REFUSION_REASONS],
                            enum tta_confidence *least);

/*
 * What several parts rest on: ids of schemes between +, paragraphs between "; ", each once,
 * as they come; and how sure the least sure is. {0} is of none.
 */
struct tta_refusion_why {
    struct tta_buffer regimes, paragraphs;
    enum tta_confidence least;
};
/* 0 or TTA_E_MEMORY. */
int tta_refusion_why_part(struct tta_refusion_why *why, const struct tta_refusion_part *part);
int tta_refusion_why_add(struct tta_refusion_why *why, struct tta_text regimes,
                         struct tta_text paragraphs, enum tta_confidence least);
/* Puts both in order of their bytes, so that they do not depend on the order of the parts. */
int tta_refusion_why_order(struct tta_refusion_why *why);
void tta_refusion_why_empty(struct tta_refusion_why *why); /* its memory is kept */
void tta_refusion_why_release(struct tta_refusion_why *why);

/*
 * The whole case: checks, walks and adds up; where nothing changes within the
 * case, by stretches of equal weeks. After a failure *out is all zero.
 */
int tta_refusion_split(const struct tta_refusion_law *law, const struct tta_refusion_case *c,
                       struct tta_refusion_person *person, struct tta_refusion_split *out,
                       struct tta_error *e);

#endif
