/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "plan.h"

#include <stdlib.h>

static const struct {
    const char *name;
    size_t offset;
} lists[] = {
#define LIST(member)                                                                               \
    {                                                                                              \
#member, offsetof(struct plan_args, member)                                                \
    }
    LIST(arms),  LIST(strata),     LIST(unit),    LIST(id),     LIST(blocks), LIST(probability),
    LIST(limit), LIST(urn),        LIST(factors), LIST(pair),   LIST(match),  LIST(covariates),
    LIST(keep),  LIST(candidates), LIST(steps),   LIST(period),
};

static int set_list(struct tta_plan *plan, const char *name, const struct tta_list *list,
                    struct tta_error *e)
{
    struct tta_buffer text = {0};
    int rc = 0;

    if (list->count == 0)
        return 0;
    for (size_t i = 0; rc == 0 && i < list->count; i++)
        rc = tta_buffer_format(&text, "%s%s", i == 0 ? "" : ",", list->items[i]);
    if (rc == 0)
        rc = tta_buffer_char(&text, '\0');
    rc = rc == 0 ? tta_plan_set(plan, name, text.ptr, e) : tta_fail_memory(e);
    tta_buffer_release(&text);
    return rc;
}

int plan_columns(struct tta_run *run, const struct tta_plan *plan, struct tta_error *e)
{
    size_t count = tta_plan_columns(plan, NULL, 0);
    struct tta_plan_column *columns = calloc(count + 1, sizeof *columns);
    int rc = columns == NULL ? tta_fail_memory(e)
                             : tta_set_record_size(run, count * sizeof(union tta_slot), e);

    if (rc == 0)
        (void)tta_plan_columns(plan, columns, count);
    for (size_t i = 0; rc == 0 && i < count; i++) {
        struct tta_column column = {
            .name = columns[i].name, .type = columns[i].type, .offset = i * sizeof(union tta_slot)};

        rc = tta_read_column(run, &column, e);
    }
    free(columns);
    return rc;
}

bool plan_given(const struct plan_args *args)
{
    bool given = args->method != TTA_COMPLETE || args->ratio || args->measure >= 0;

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        const struct tta_list *list = (const void *)((const char *)args + lists[i].offset);

        given = given || list->count > 0;
    }
    return given;
}

int plan_for_unknown(const struct plan_args *args, struct tta_error *e)
{
    switch (args->method) {
    case TTA_COMPLETE:
    case TTA_BLOCKS:
    case TTA_SIMPLE:
    case TTA_BIASED_COIN:
    case TTA_BIG_STICK:
    case TTA_URN:
        return 0;
    default:
        return tta_fail(e, TTA_E_USAGE,
                        "--method: %s must know the units, which a list made in advance does not",
                        tta_method_names[args->method]);
    }
}

int plan_make(const struct plan_args *args, struct tta_plan *plan, struct tta_error *e)
{
    int rc = tta_plan_set(plan, "method", tta_method_names[args->method], e);

    if (rc == 0 && args->ratio)
        rc = tta_plan_set(plan, "ratio", "yes", e);
    if (rc == 0 && args->measure >= 0)
        rc = tta_plan_set(plan, "measure", tta_measure_names[args->measure], e);
    for (size_t i = 0; rc == 0 && i < sizeof lists / sizeof *lists; i++)
        rc = set_list(plan, lists[i].name, (const void *)((const char *)args + lists[i].offset), e);
    return rc == 0 ? tta_plan_check(plan, e) : rc;
}

int plan_begin(struct tta_run *run, const struct plan_args *args, struct tta_plan *plan,
               struct tta_error *e)
{
    int rc = plan_make(args, plan, e);

    return rc == 0 ? plan_columns(run, plan, e) : rc;
}
