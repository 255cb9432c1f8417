/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tta-survival merge FILE... km|test|cox|cif: the same as km --merge FILE..., for which the
 * program (cmd/tta-survival.c) rewrites the command line. What is left for this form is
 * --help, and to say that no analysis was named.
 */
#include <string.h>

#include "tta-survival.h"

static const struct tta_option options[] = {{.name = NULL}};

static int begin(struct tta_run *run, struct tta_error *e)
{
    (void)run;
    return tta_fail(e, TTA_E_USAGE, "which analysis? merge FILE... km, test, cox or cif");
}

void merge_rewrite(int argc, char **argv, const struct tta_tool *const *tools)
{
    static char merge[] = "--merge";
    char *command;
    int analysis = 0;

    for (int i = 2; i < argc && strcmp(argv[1], "merge") == 0; i++)
        for (size_t t = 0; tools[t] != NULL; t++)
            if (tools[t] != &tta_survival_merge && strcmp(argv[i], tools[t]->command) == 0)
                analysis = i;
    if (analysis == 0)
        return;
    command = argv[analysis];
    for (int i = analysis; i > 2; i--)
        argv[i] = argv[i - 1];
    argv[1] = command;
    argv[2] = merge;
}

const struct tta_tool tta_survival_merge = {
    .command = "merge",
    .summary = "the whole from its parts: merge FILE... km, test, cox or cif",
    .example = "  tta-survival km --time=weeks --event=left --by=arm --partial=1/2 a.csv >a.json\n"
               "  tta-survival km --time=weeks --event=left --by=arm --partial=2/2 b.csv >b.json\n"
               "  tta-survival merge a.json b.json km",
    .about = "FILEs are all the parts that --partial wrote of one input, in any order; the result\n"
             "is, byte for byte, that of the whole input. Behind the files the analysis, km,\n"
             "test, cox or cif, with options of its own.",
    .shape = TTA_SUMMARY,
    .options = options,
    .begin = begin,
};
