/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tta-survival: did people return to work, and when. Every subcommand is a form
 * of its own in cmd/tta-survival/; the estimators are lib/survival.
 */
#include "tta-survival/tta-survival.h"

static const struct tta_tool *const tools[] = {
    &tta_survival_km,     &tta_survival_test,  &tta_survival_rmst,
    &tta_survival_pseudo, &tta_survival_cox,   &tta_survival_zph,
    &tta_survival_cif,    &tta_survival_merge, NULL};
static const struct tta_program program = {
    .name = "tta-survival", .summary = "did people return to work, and when", .tools = tools};

int main(int argc, char **argv)
{
    merge_rewrite(argc, argv, tools);
    return tta_main(&program, argc, argv);
}
