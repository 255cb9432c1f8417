/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/audit.h"

#include <stdlib.h>

static int compare_texts(const void *a, const void *b)
{
    return tta_text_compare(*(const struct tta_text *)a, *(const struct tta_text *)b);
}

/* The labels of the strata in byte order, whatever the order of the rows. */
static int list_strata(struct tta_audit *a, const struct tta_units *u, struct tta_error *e)
{
    size_t n = u->strata.count == 0 ? 1 : (size_t)u->strata.count;
    struct tta_text *labels = calloc(n, sizeof *labels);
    int32_t number;
    int rc = labels == NULL ? TTA_E_MEMORY : 0;

    for (size_t i = 0; rc == 0 && i < n; i++)
        labels[i] = u->strata.count == 0 ? tta_text_of("") : tta_names_text(&u->strata, (int32_t)i);
    if (rc == 0)
        qsort(labels, n, sizeof *labels, compare_texts);
    for (size_t i = 0; rc == 0 && i < n; i++)
        rc = tta_names_number(&a->strata, labels[i], &number);
    free(labels);
    return rc != 0 ? tta_fail_memory(e) : 0;
}

int tta_audit_count(struct tta_audit *a, const struct tta_units *u,
                    const struct tta_allocation *drawn, struct tta_error *e)
{
    const struct tta_plan *p = a->plan;
    size_t arms = tta_plan_goals(p)->count;
    struct tta_digest digest;
    int rc = list_strata(a, u, e);

    if (rc != 0)
        return rc;
    a->counts = calloc((size_t)a->strata.count * arms + 1, sizeof *a->counts);
    if (a->counts == NULL)
        return tta_fail_memory(e);
    tta_digest_begin(&digest);
    for (size_t i = 0; i < u->n; i++) {
        int32_t s = tta_names_find(&a->strata, tta_units_label(u, i));

        if (p->method == TTA_STEPPED)
            tta_digest_add(&digest, tta_text_of(p->steps.items[drawn->arm[i]].name));
        a->counts[(size_t)s * arms + drawn->arm[i]]++;
        tta_digest_add(&digest, tta_text_of(tta_allocation_arm(p, u, drawn, i)));
    }
    tta_digest_end(&digest, a->allocation);
    a->rows = u->n;
    a->candidates = drawn->candidates;
    a->kept = drawn->kept;
    return 0;
}
