/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_COST_NET_H
#define TTA_COST_NET_H
/*
 * Net result of an effort by payer and year, as the Socialøkonomisk
 * Investeringsmodel counts: what the intervention's weeks on benefits would have
 * cost at the control's averages, less what they did cost, less the effort.
 */
#include "tta/cost_activity.h"
#include "tta/names.h"
#include "tta/refusion.h"

#define TTA_BENEFITS 64
#define TTA_BENEFIT_BANDS 16
#define TTA_NET_YEARS 120
#define TTA_NET_WEEKS 53 /* the most that a year has */

struct tta_benefit {
    char id[32];
    int64_t weekly_ore;
    int32_t price_year;
    bool income;    /* wages: only the tax counts, as a gain */
    int scheme;     /* of those of the benefits, whose bands it has; -1: takes part in none */
    bool alongside; /* has weeks that are weeks on a benefit, too, as guidance has */
    size_t bands;   /* of weeks; the last without end */
    int32_t to_week[TTA_BENEFIT_BANDS];
    int64_t state_micro[TTA_BENEFIT_BANDS];
    int64_t tax_micro[TTA_PAYERS]; /* of the benefit, back to each */
};

/* A document of kind "refusion" that benefits rest on. */
struct tta_benefit_scheme {
    char id[64];
    unsigned char hash[32];
    tta_date valid_from, valid_to; /* TTA_DATE_NONE: no end */
    bool counts_benefit;           /* weeks on any benefit, in one count; else each spell's own */
};

struct tta_benefits {
    char id[64];
    unsigned char hash[32];
    bool uncertain; /* the document's confidence */
    char currency[4];
    size_t count;
    struct tta_benefit benefit[TTA_BENEFITS];
    size_t schemes;
    struct tta_benefit_scheme scheme[TTA_REFUSION_SCHEMES];
};

/*
 * A document of kind "benefits": satser-2020 or a path; its shares of the state come
 * from documents of kind "refusion", passive. TTA_E_CONFIG: an id that stands twice,
 * taxes above 1 together, more than TTA_REFUSION_SCHEMES of those.
 */
int tta_benefits_load(const char *name_or_path, struct tta_benefits *out, struct tta_error *e);
/* Borrowed; NULL: there is none with that id. */
const struct tta_benefit *tta_benefit_named(const struct tta_benefits *benefits,
                                            struct tta_text id);

/* How many calendar weeks have their Thursday in the year: 52 or 53. */
int tta_net_weeks_of(int64_t year);
/*
 * Has the year fewer weeks within the validity of the refusion document of the benefit than
 * these? Weeks before it, or after, are shared by it all the same.
 */
bool tta_benefit_outside(const struct tta_benefits *benefits, struct tta_text id, int64_t year,
                         int64_t weeks_micro);

/*
 * What weeks on a benefit cost each payer net, in prices of a year: the weeks from
 * first_week (from 1) on, which pick the bands. TTA_E_DATA: no such benefit,
 * weeks below 0 or above 53, a first week below 1, a year outside the index.
 */
int tta_benefit_cost(const struct tta_benefits *benefits, const struct tta_price_index *index,
                     int32_t price_year, struct tta_text id, int64_t weeks_micro,
                     int64_t first_week, int64_t ore[TTA_PAYERS], struct tta_error *e);

/* The weeks that were counted, to refuse those that cannot be: {0} at first. */
struct tta_net_weeks {
    struct tta_names case_years;
    int64_t *year_micro; /* on benefits, by number of the case-year */
    int32_t *last;       /* spell of a case, by number, + 1 */
    struct tta_net_spell *spells;
    size_t years_cap, cases_cap, count, cap;
};
/*
 * After tta_benefit_cost() of the same weeks. TTA_E_DATA, and nothing is taken: more weeks
 * than the year has, of one benefit or of a case over its benefits (those alongside apart);
 * a count not 1 to 1000; weeks of the count of the refusion that the case has already, on any
 * benefit of it and in any year. count: 2 when the count has begun anew (tta/cost_dream.h).
 * first_week TTA_INTEGER_NONE: nobody said; taken as 1, and held against rows of the same
 * year and benefit only, as are weeks that no count over benefits numbers.
 */
int tta_net_weeks_take(struct tta_net_weeks *weeks, const struct tta_benefits *benefits,
                       struct tta_text id, int32_t case_number, int64_t year, int64_t weeks_micro,
                       int64_t first_week, int64_t count, struct tta_error *e);
void tta_net_weeks_release(struct tta_net_weeks *weeks);

/* What one costs of whom there are so many, all together, and their weeks. TTA_E_DATA: too large.
 */
int tta_net_times(int64_t persons, int64_t ore[TTA_PAYERS], int64_t *weeks_micro,
                  struct tta_error *e);

/* All of a study; empty but for first_year at first. Years count from it (0 .. TTA_NET_YEARS - 1).
 */
struct tta_net {
    int64_t persons[2];                              /* intervention, control */
    int64_t in_work[2], work_known;                  /* at the end; of how many that is known */
    int64_t benefit_weeks_micro[2];                  /* on benefits, of the arm */
    int64_t weeks_ore[2][TTA_NET_YEARS][TTA_PAYERS]; /* what their benefits cost */
    int64_t effort_ore[TTA_NET_YEARS][TTA_PAYERS];
    int64_t first_year; /* of all; year 0 */
    int32_t last_year;  /* with anything in it */
};

/* Adds to the benefits of an arm (0, 1) or, arm -1, to the effort, in a calendar year. TTA_E_DATA:
 * too large. */
int tta_net_add(struct tta_net *net, int arm, int64_t year, int payer, int64_t ore,
                struct tta_error *e);

struct tta_net_row {
    int64_t gain_ore, cost_ore, net_ore, present_ore;
};
/*
 * Of a payer in a year. gain = the control's benefits x persons of the intervention
 * / persons of the control, half up, less the intervention's own. rate NULL:
 * present is net. TTA_E_DATA: too large.
 */
int tta_net_row(const struct tta_net *net, const struct tta_discount *rate,
                enum tta_flow_timing timing, int32_t year, int payer, struct tta_net_row *out,
                struct tta_error *e);

/* false: too large. */
bool tta_net_row_add(struct tta_net_row *sum, const struct tta_net_row *more);

/*
 * Adds weeks of an arm (0, 1) to those on benefits; wages, and what runs alongside a
 * benefit, are none. TTA_E_DATA: too many.
 */
int tta_net_add_weeks(struct tta_net *net, const struct tta_benefits *benefits, struct tta_text id,
                      int arm, int64_t weeks_micro, struct tta_error *e);

/* Payers whose money is looked at (a bit each), and how it is discounted. */
struct tta_net_view {
    unsigned payers;
    const struct tta_discount *rate; /* NULL: not */
    enum tta_flow_timing timing;
};
/*
 * Adds what the benefits of a case cost in a year to its sum, as present value. TTA_E_DATA:
 * too large.
 */
int tta_net_case_add(const struct tta_net *net, const struct tta_net_view *view, int64_t year,
                     const int64_t ore[TTA_PAYERS], int64_t *sum_ore, struct tta_error *e);
/* The effort's costs as present value, for each person of the intervention, half away from zero. */
int tta_net_effort_each(const struct tta_net *net, const struct tta_net_view *view, int64_t *ore,
                        struct tta_error *e);

/* What the effort did to people, against as many of the control. TTA_INTEGER_NONE: none. */
struct tta_net_people {
    int64_t additional_micro;  /* more in work at the end; none where that is not known */
    int64_t additional, parts; /* the same, exactly: so many parts of a person; 0 where none */
    int64_t months_micro;      /* fewer on benefits, of 52/12 weeks, of all persons together */
    /*
     * So many of those months would have paid for the effort, at the gain that each of
     * them brought; none unless there are months and a gain.
     */
    int64_t break_even_micro;
};
/* total: of the perspective, all years. TTA_E_DATA: too large. */
int tta_net_people(const struct tta_net *net, const struct tta_net_row *total,
                   struct tta_net_people *out, struct tta_error *e);
/* A row for each additional person, who are above 0, half away from zero. TTA_E_DATA: too large. */
int tta_net_each(const struct tta_net_row *total, const struct tta_net_people *people,
                 struct tta_net_row *out, struct tta_error *e);

#endif
