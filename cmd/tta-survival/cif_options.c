/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which options of cif go together: those of its curves, of its test and of its regressions. */
#include <math.h>

#include "cif.h"

static int check_test(const struct cif_args *args, struct tta_error *e)
{
    const struct outcome_args *o = &args->outcome;

    if (!args->test && (isgreater(args->rho, 0) || isless(args->rho, 0)))
        return tta_fail(e, TTA_E_USAGE, "--rho belongs to --test");
    if (args->test && !args->parts.merge && args->model.by.count == 0)
        return tta_fail(e, TTA_E_USAGE, "--test needs the groups of --by");
    if (args->test && (o->entry != NULL || o->weight != NULL || o->cluster != NULL))
        return tta_fail(e, TTA_E_USAGE, "Gray's test knows no --entry, --weight and --cluster");
    return 0;
}

static int check_regression(const struct cif_args *args, bool regression, struct tta_error *e)
{
    const struct outcome_args *o = &args->outcome;
    bool finegray = args->regression != CIF_CAUSE_SPECIFIC;

    if (!regression && (args->regression >= 0 || args->convention >= 0 || args->model.ties > 0))
        return tta_fail(e, TTA_E_USAGE, "--regression, --convention and --ties go with --x");
    if (!finegray && args->convention >= 0)
        return tta_fail(e, TTA_E_USAGE, "--convention is one of --regression=finegray");
    /* a part can serve another model */
    if (regression && finegray && args->parts.partial == NULL &&
        (o->entry != NULL || o->weight != NULL))
        return tta_fail(e, TTA_E_USAGE, "finegray knows no --entry and --weight");
    return 0;
}

int cif_check_counts(const struct cif_args *args, const struct tta_counts_of *of,
                     struct tta_error *e)
{
    bool finegray = args->model.x.count > 0 && args->regression != CIF_CAUSE_SPECIFIC;

    if ((finegray || args->test) && (of->entry != NULL || of->weight != NULL))
        return tta_fail(e, TTA_E_USAGE, "the parts have entries or weights: %s knows none",
                        finegray ? "finegray" : "Gray's test");
    return 0;
}

int cif_check_options(const struct cif_args *args, struct tta_error *e)
{
    bool regression = args->model.x.count > 0;
    bool part = args->parts.partial != NULL; /* counts by all that is named, for any analysis */

    if (regression && !part && (args->test || args->model.by.count > 0))
        return tta_fail(e, TTA_E_USAGE, "--x makes a regression: it goes without --by and --test");
    if (!regression && !args->test && !part && args->model.strata.count > 0)
        return tta_fail(e, TTA_E_USAGE, "--strata belongs to --test or --x; curves have --by");
    if ((args->at.count > 0 || args->std_err == CIF_AALEN) && (regression || args->test))
        return tta_fail(e, TTA_E_USAGE, "--at and --std-err belong to the curves");
    if (check_test(args, e) != 0)
        return e->code;
    return check_regression(args, regression, e);
}
