/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tta-survival: did people return to work, and when. Every subcommand is a form
 * of its own in cmd/tta-survival/; the estimators are lib/survival.
 */
#include <stdlib.h>

#include "tta-survival/tta-survival.h"

static const struct tta_tool *const tools[] = {
    &tta_survival_km,     &tta_survival_test,  &tta_survival_rmst,
    &tta_survival_pseudo, &tta_survival_cox,   &tta_survival_zph,
    &tta_survival_cif,    &tta_survival_merge, NULL};
static const struct tta_program program = {
    .name = "tta-survival", .summary = "did people return to work, and when", .tools = tools};

int main(int argc, char **argv)
{
    char **merged = calloc((size_t)argc + 3, sizeof *merged);
    int count = merged == NULL || argc < 2 ? 0 : merge_rewrite(argc, argv, tools, merged), status;

    status = count > 0 ? tta_main(&program, count, merged) : tta_main(&program, argc, argv);
    free(merged);
    return status;
}
