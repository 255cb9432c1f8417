/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_COST_EVALUATION_H
#define TTA_COST_EVALUATION_H
/*
 * An evaluation as a scenario: the weeks of both arms (cost_net.h) and the
 * activities of the effort (cost_activity.h) collapse to quantities by year, so
 * that prices, rate, horizon, resource use and effect can be turned.
 *
 * The quantities of a benefit are the weeks that the payers bear, net of refusion
 * and tax: the control's for as many people, less those of the intervention. Those
 * of a component are its units, and at the end what is left of investments. Both
 * hold the price index, because a price stays one of its own year. With the prices
 * as they were, gain and cost of every year are those of tta_net_row() to the øre,
 * and what is left that of tta_costing_add(): what each row was rounded by stands
 * as parts of their own, "roundings".
 */
#include "tta/cost_net.h"
#include "tta/cost_scenario.h"

struct tta_evaluation_rules {
    const struct tta_benefits *benefits;
    struct tta_costing_rules costing; /* prices NULL: no activities; no rate and no until */
    int32_t years;                    /* the horizon, 1 .. TTA_SCENARIO_YEARS */
    unsigned payers;                  /* of the perspective, a bit each */
};

struct tta_evaluation {
    struct tta_benefits benefits; /* where a week costs 1,000,000 kr, so that øre are quantities */
    struct tta_prices prices;     /* the same of a unit */
    int64_t weeks[2][TTA_BENEFITS][TTA_SCENARIO_YEARS]; /* 10^-8 weeks, by arm */
    int64_t units[TTA_COMPONENTS][TTA_SCENARIO_YEARS];  /* 10^-8 units */
    int64_t left[TTA_COMPONENTS][TTA_SCENARIO_YEARS];   /* of them at the end of each year; < 0 */
    int64_t left_ore[TTA_SCENARIO_YEARS];               /* the same of all, in øre */
    int64_t costs_ore[TTA_SCENARIO_YEARS];              /* given as amounts */
};

/*
 * Of a net that holds the persons and, where they were given as amounts, the costs
 * of the effort. TTA_E_DATA: costs after the horizon.
 */
int tta_evaluation_begin(const struct tta_evaluation_rules *rules, const struct tta_net *net,
                         struct tta_evaluation *out, struct tta_error *e);

struct tta_evaluation_row {
    int arm;
    int32_t case_number;
    int64_t year, weeks_micro, first_week, count;
    int64_t persons; /* so many alike, as where the weeks are means of an arm */
    struct tta_text benefit;
};
/* As tta_benefit_cost() and tta_net_weeks_take(). A year after the horizon is not counted. */
int tta_evaluation_weeks(const struct tta_evaluation_rules *rules,
                         const struct tta_evaluation_row *row, struct tta_evaluation *ev,
                         struct tta_net_weeks *seen, struct tta_net *net, struct tta_error *e);
/*
 * As tta_costing_add(), until the end of any of the years; what is left of investments then
 * is not in the net. Also TTA_E_DATA: a year outside the horizon.
 */
int tta_evaluation_activity(const struct tta_evaluation_rules *rules, struct tta_text component,
                            tta_date day, int64_t quantity_micro, struct tta_evaluation *ev,
                            struct tta_net *net, struct tta_error *e);

/*
 * The scenario, without its head; no input has a range or a distribution. TTA_E_DATA:
 * a quantity or a price too large for one (999,999,999).
 */
int tta_evaluation_scenario(const struct tta_evaluation_rules *rules,
                            const struct tta_evaluation *ev, const struct tta_net *net,
                            const struct tta_discount *rate, enum tta_flow_timing timing,
                            struct tta_scenario *out, struct tta_error *e);

struct tta_evaluation_head {
    const char *id, *title, *source, *note;
    bool uncertain; /* what it is derived from */
};
/* The document, of kind "scenario". TTA_E_MEMORY. */
int tta_evaluation_write(const struct tta_evaluation_head *head, const struct tta_scenario *s,
                         struct tta_buffer *out);

#endif
