/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_COST_ACTIVITY_H
#define TTA_COST_ACTIVITY_H
/*
 * Costs from the bottom up: activities x unit prices, in fixed prices and, with a
 * rate, as present value; by component and payer, for each started and each
 * completed course. The classes and steps are those of Socialstyrelsens
 * omkostningsmodel (guide, November 2021).
 *
 * Every activity is rounded to the øre in each step, so all sums are exact.
 */
#include "tta/cost_present.h"
#include "tta/date.h"
#include "tta/text.h"

#define TTA_COMPONENTS 128

enum tta_cost_class {
    TTA_COST_PREPARATION,
    TTA_COST_TRAINING,
    TTA_COST_RUNNING,
    TTA_COST_WAGES,
    TTA_COST_EQUIPMENT,
    TTA_COST_OTHER
};
extern const char *const tta_cost_class_names[]; /* forberedelse ...; NULL at the end */

enum tta_cost_kind { TTA_COST, TTA_SUBSIDY, TTA_SAVED };

enum tta_payer { TTA_KOMMUNE, TTA_REGION, TTA_STAT, TTA_PAYERS };
extern const char *const tta_payer_names[]; /* NULL at the end */

struct tta_component {
    char id[32];
    enum tta_cost_class class;
    enum tta_cost_kind kind;
    enum tta_payer payer;
    int64_t price_ore;
    int32_t price_year;     /* 0: of the activity */
    int32_t lifetime_years; /* 0: nothing is left of it */
};

struct tta_prices {
    char id[64];
    unsigned char hash[32];
    bool uncertain; /* the document's confidence */
    char currency[4];
    size_t count;
    struct tta_component component[TTA_COMPONENTS];
};

/*
 * A document of kind "prices": vestegn-2020 or a path. TTA_E_CONFIG: an id that
 * stands twice, more than one currency.
 */
int tta_prices_load(const char *name_or_path, struct tta_prices *out, struct tta_error *e);

struct tta_costing_rules {
    const struct tta_prices *prices;
    const struct tta_price_index *index;
    int32_t price_year;              /* the amounts come in prices of this */
    const struct tta_discount *rate; /* NULL: no present values */
    int32_t first_year;              /* year 0 of the discounting; nothing lies before it */
    enum tta_flow_timing timing;
    tta_date until; /* last day; TTA_DATE_NONE: no end, and then no investments */
    bool gross;     /* subsidies and saved costs are left out */
};

struct tta_cost_sum {
    int64_t quantity_micro, amount_ore, present_ore;
};

/* What has been added up; {0} is nothing. */
struct tta_costing {
    struct tta_cost_sum component[TTA_COMPONENTS];
    struct tta_cost_sum residual[TTA_PAYERS]; /* below zero */
    struct tta_cost_sum payer[TTA_PAYERS];    /* all, with what is left of investments taken off */
};

/* By calendar year and payer, never discounted; {0} is nothing. */
#define TTA_COST_FIRST_YEAR 1800 /* of the years that a tta_date has */
#define TTA_COST_YEARS 400
struct tta_cost_years {
    int64_t paid_ore[TTA_COST_YEARS][TTA_PAYERS];
    int64_t residual_ore[TTA_COST_YEARS][TTA_PAYERS]; /* below zero, in the year of until */
};

/* TTA_E_CONFIG: prices and index in two currencies; TTA_E_DATA: no such price year. */
int tta_costing_check(const struct tta_costing_rules *rules, struct tta_error *e);

/*
 * One activity. After a failure nothing has changed. TTA_E_DATA: no unit price for
 * the component, a negative or absurd quantity (above 10^9), a year outside the
 * index, before the first year or after until, an amount too large.
 */
int tta_costing_add(const struct tta_costing_rules *rules, struct tta_text component, tta_date day,
                    int64_t quantity_micro, struct tta_costing *c, struct tta_error *e);
/* The same, added to the years: over all of them a payer has what it has in a tta_costing. */
int tta_cost_years_add(const struct tta_costing_rules *rules, struct tta_text component,
                       tta_date day, int64_t quantity_micro, struct tta_cost_years *years,
                       struct tta_error *e);

/* Sum of the payers asked for (a bit each); then, half up, for one of so many courses. */
int tta_costing_total(const struct tta_costing *c, unsigned payers, struct tta_cost_sum *out,
                      struct tta_error *e);
/* courses > 0 */
struct tta_cost_sum tta_costing_each(const struct tta_cost_sum *total, int64_t courses);

#endif
