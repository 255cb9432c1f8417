/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tta-budget: what an effort costs, what is granted for it, what it brings.
 * Every subcommand is a form of its own in cmd/tta-budget/; lib/cost computes,
 * from documents of kind "cost".
 */
#include "tta-budget/tta-budget.h"

static const struct tta_tool *const tools[] = {
    &tta_budget_grant,    &tta_budget_consortium,  &tta_budget_staffing,     &tta_budget_package,
    &tta_budget_cost,     &tta_budget_weeks,       &tta_budget_net,          &tta_budget_icer,
    &tta_budget_scenario, &tta_budget_sensitivity, &tta_budget_certificates, NULL};
static const struct tta_program program = {.name = "tta-budget",
                                           .summary =
                                               "what return-to-work efforts need, cost and bring",
                                           .tools = tools};

int main(int argc, char **argv)
{
    return tta_main(&program, argc, argv);
}
