/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tta-simulate: simulated cases and municipalities, for demonstrations, tests
 * and benchmarks. Every subcommand is a form of its own in cmd/tta-simulate/;
 * lib/simulate draws, from documents of kind "simulation".
 */
#include "tta-simulate/tta-simulate.h"

static const struct tta_tool *const tools[] = {&tta_simulate_cases, &tta_simulate_municipalities,
                                               NULL};
static const struct tta_program program = {
    .name = "tta-simulate", .summary = "simulated cases and municipalities", .tools = tools};

int main(int argc, char **argv)
{
    return tta_main(&program, argc, argv);
}
