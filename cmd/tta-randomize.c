/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tta-randomize: draws lots that can be drawn again. Every subcommand is a form
 * of its own in cmd/tta-randomize/; lib/random draws, by the frozen generator
 * that include/tta/random.h and man tta-generator specify.
 */
#include "tta-randomize/tta-randomize.h"

static const struct tta_tool *const tools[] = {
    &tta_randomize_draw,   &tta_randomize_check, &tta_randomize_verify, &tta_randomize_commit,
    &tta_randomize_reveal, &tta_randomize_list,  &tta_randomize_next,   NULL};
static const struct tta_program program = {
    .name = "tta-randomize", .summary = "draw lots that can be drawn again", .tools = tools};

int main(int argc, char **argv)
{
    return tta_main(&program, argc, argv);
}
