/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_COST_DREAM_H
#define TTA_COST_DREAM_H
/*
 * Weeks on benefits from spells of DREAM, as tta_benefit_cost() wants them: by
 * calendar year, with the number of each week in the count of the refusion.
 *
 * A week is Monday to Sunday and lies in the year in which its Thursday lies (ISO
 * 8601). A spell takes the weeks in which it has a day, and a week has one code, as
 * in DREAM (DREAM vejledning, 2015).
 */
#include "tta/date.h"
#include "tta/refusion.h"

#define TTA_DREAM_CODES 250
#define TTA_DREAM_YEAR_ROWS 53

enum tta_dream_counts {
    TTA_DREAM_BENEFIT, /* of lov 994 § 3 */
    TTA_DREAM_OTHER,   /* other public support, a subsidised job */
    TTA_DREAM_NONE     /* self-support */
};

struct tta_dream_code {
    char code[16];
    char benefit[32]; /* "": it costs nobody */
    enum tta_dream_counts counts;
    bool work;
    int32_t priority; /* in a week with several codes the highest counts */
};

struct tta_dream_codes {
    char id[64];
    unsigned char hash[32];
    tta_date from; /* nothing is known of days before */
    size_t count;
    struct tta_dream_code code[TTA_DREAM_CODES];
};

/*
 * A document of kind "dream": 2015 or a path. TTA_E_CONFIG: a code that stands twice, a
 * benefit whose codes count differently.
 */
int tta_dream_codes_load(const char *name_or_path, struct tta_dream_codes *out,
                         struct tta_error *e);

/* The number of a code, or else of the first that costs a benefit of that id; -1: none. */
int tta_dream_find(const struct tta_dream_codes *codes, struct tta_text code);
/* The number of the first code that costs it; -1: there is none. */
int tta_dream_find_benefit(const struct tta_dream_codes *codes, const char *benefit);

/* NULL, or why it is not a week: 2020-W07, 2020W07, or y_2007 as DREAM's columns are called. */
const char *tta_dream_week_parse(struct tta_text text, tta_date *monday);

struct tta_dream_week {
    uint8_t code; /* number + 1; 0: none */
    uint8_t days; /* that have it, a bit each */
};
/* The weeks of a case, by tta_refusion_calendar_week(); {0} is none. */
struct tta_dream_case {
    struct tta_dream_week *week; /* owned; count of them from first on */
    int32_t first, count;
};
void tta_dream_case_release(struct tta_dream_case *c);

/*
 * A spell, both days included. TTA_E_DATA, and nothing is taken: to before from, days that
 * the codes do not know, days of a spell before of the same priority, a week that already has
 * another code of the same priority.
 */
int tta_dream_take(struct tta_dream_case *c, const struct tta_dream_codes *codes, int code,
                   tta_date from, tta_date to, struct tta_error *e);

/* Weeks whose Thursday lies in since..until (TTA_DATE_NONE: no end), as numbers of weeks. */
struct tta_dream_window {
    int32_t first, last;
};
struct tta_dream_window tta_dream_window_of(tta_date since, tta_date until);
/* Its last day; TTA_DATE_NONE: it has none. */
tta_date tta_dream_window_end(struct tta_dream_window window);

/*
 * The weeks of a window that have no code: DREAM has none for work and self-support, so
 * such a week is one of them. -1: the window lacks an end, and the case has no week in it.
 */
int32_t tta_dream_blank(const struct tta_dream_case *c, struct tta_dream_window window);
/* Gives them that code. TTA_E_DATA, and nothing is changed: the codes do not know the days. */
int tta_dream_fill(struct tta_dream_case *c, const struct tta_dream_codes *codes, int code,
                   struct tta_dream_window window, struct tta_error *e);

/*
 * Weeks of one benefit in one year. Of a benefit of § 3 they are consecutive weeks of the
 * count from first_week on, and count says which: 1, and one more each time it began anew.
 * Of other benefits both are 0.
 */
struct tta_dream_row {
    int32_t year, weeks, first_week, count;
    const char *benefit; /* borrowed from the codes */
};

/*
 * A walk through the years of a case. A scheme that counts weeks of benefit counts
 * those of all benefits of § 3 together, over gaps, until it begins anew (lov 994 §§ 5 and 6);
 * another counts from the start of an unbroken spell on one benefit, and so are weeks
 * numbered before the day since which weeks count (§ 30). A week without a code is a week
 * on no benefit and without other support, so one of self-support. Weeks outside the
 * window are counted, but not written.
 */
struct tta_dream_walk {
    const struct tta_dream_codes *codes;
    const struct tta_refusion_scheme *scheme;
    const struct tta_dream_case *c;
    struct tta_dream_window window;
    int32_t next; /* week of the case */
    struct tta_refusion_person person;
    struct tta_refusion_spell *other; /* owned */
    int32_t spell_weeks;              /* of the unbroken spell so far */
    int32_t number, count;            /* of the last week of benefit */
};
/* Borrows what it is given. TTA_E_MEMORY. */
int tta_dream_walk_start(struct tta_dream_walk *w, const struct tta_dream_codes *codes,
                         const struct tta_refusion_scheme *scheme, const struct tta_dream_case *c,
                         struct tta_dream_window window, struct tta_error *e);
/* The rows of the next year that has any; how many, 0 at the end. */
size_t tta_dream_walk_year(struct tta_dream_walk *w,
                           struct tta_dream_row rows[TTA_DREAM_YEAR_ROWS]);
void tta_dream_walk_release(struct tta_dream_walk *w);

/* Weeks on each benefit by arm, by the number of the first code that costs it; {0} is none. */
struct tta_dream_sums {
    int64_t persons[2], weeks[2][TTA_DREAM_CODES];
};
/* Adds a case of an arm (0, 1): all years of a walk that was started. */
void tta_dream_sum(struct tta_dream_walk *w, int arm, struct tta_dream_sums *sums);
/* Weeks for each person of the arm, who are more than none, half up. */
int64_t tta_dream_mean_micro(const struct tta_dream_sums *sums, int arm, int code);

/*
 * Weeks in work within the window, and the number (from 1) of the first week of the first
 * run of so many; 0: there is none. at_end: are the last so many weeks of it all in work?
 * A week without a code is none in work: see tta_dream_blank().
 */
struct tta_dream_work {
    int32_t weeks, return_week;
    bool at_end;
};
#define TTA_DREAM_RETURN 4 /* consecutive weeks in work are a return (DREAMtoolsR) */
struct tta_dream_work tta_dream_work_of(const struct tta_dream_case *c,
                                        const struct tta_dream_codes *codes,
                                        struct tta_dream_window window, int32_t run);

#endif
