/* SPDX-License-Identifier: GPL-2.0-or-later */
/* With --partial: an option of the estimation would be accepted and forgotten. */
#include "parts.h"

/* Has the option the value that it has where it is not named? */
static bool is_default(const struct tta_option *o, const void *args, const void *defaults)
{
    const char *given = (const char *)args + o->offset;
    const char *usual = defaults == NULL ? NULL : (const char *)defaults + o->offset;

    switch (o->kind) {
    case TTA_OPT_LIST:
        return ((const struct tta_list *)(const void *)given)->count == 0;
    case TTA_OPT_FLAG:
        return !*(const bool *)given;
    case TTA_OPT_CHOICE:
        return *(const int *)(const void *)given ==
               (usual == NULL ? 0 : *(const int *)(const void *)usual);
    case TTA_OPT_NUMBER: {
        double number = *(const double *)(const void *)given;
        double other = usual == NULL ? 0 : *(const double *)(const void *)usual;

        return number >= other && number <= other;
    }
    default:
        return *(const char *const *)(const void *)given == NULL;
    }
}

int parts_check_options(struct tta_run *run, const struct tta_tool *form,
                        const struct parts_args *args, struct tta_error *e)
{
    /* what is read, and by what it is counted; --id and --cluster: parts_begin says more */
    static const char *const counted[] = {"time",   "event",   "censored", "entry",  "weight",
                                          "id",     "cluster", "by",       "strata", "x",
                                          "offset", "causes",  "partial",  "merge",  NULL};

    for (const struct tta_option *o = form->options; args->partial != NULL && o->name != NULL;
         o++) {
        bool of_counts = false;

        for (size_t i = 0; counted[i] != NULL; i++)
            of_counts = of_counts || strcmp(o->name, counted[i]) == 0;
        if (!of_counts && !is_default(o, tta_args(run), form->defaults))
            return tta_fail(e, TTA_E_USAGE, "--%s: name it when merging, not with --partial",
                            o->name);
    }
    return 0;
}
