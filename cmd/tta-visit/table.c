/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What tta-visit tells of a table itself. */
#include "visit.h"

#include <stdio.h>

int visit_prepare(const struct tta_run *run, struct tta_rules_family *f, struct tta_error *e)
{
    const struct visit_args *args = tta_args(run);
    bool rows = !args->describe && !args->check && !tta_wants_schema(run);

    if (tta_rules_family_reading(f, args->reading.items, args->reading.count, e) != 0)
        return e->code;
    for (size_t i = 0; i < f->count; i++) {
        struct tta_rules *t = f->versions[i];

        if (t->needs_today && args->on == TTA_DATE_NONE && rows)
            return tta_fail(e, TTA_E_USAGE, "%s asks for today: --on=DATE is needed", f->name);
        tta_rules_on(t, args->on);
        tta_rules_speak(t, args->lang == 1);
    }
    return 0;
}

int visit_describe(struct tta_run *run, const struct tta_rules_family *f, bool danish,
                   struct tta_error *e)
{
    struct tta_buffer text = {0};
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < f->count; i++) {
        if (i > 0 && tta_buffer_char(&text, '\n') != 0)
            rc = tta_fail_memory(e);
        if (rc == 0)
            rc = tta_rules_describe(f->versions[i], danish, &text, e);
    }
    if (rc == 0)
        rc = tta_answer(run, &text, NULL, e);
    tta_buffer_release(&text);
    return rc;
}

/* One table: its examples, then all rows that there can be. */
static int check(struct tta_rules *t, struct tta_buffer *text, size_t *faults, struct tta_error *e)
{
    size_t failed = 0, found = 0;
    int rc = tta_rules_run_examples(t, text, &failed, e);

    if (rc == 0 &&
        tta_buffer_format(text, "%s: %zu example%s, %zu as expected\n", t->id, t->example_count,
                          t->example_count == 1 ? "" : "s", t->example_count - failed) != 0)
        rc = tta_fail_memory(e);
    if (rc == 0)
        rc = tta_rules_analyse(t, text, &found, e);
    *faults += failed + found;
    return rc;
}

int visit_check(struct tta_run *run, const struct tta_rules_family *f, struct tta_error *e)
{
    struct tta_buffer text = {0};
    size_t faults = 0;
    char no[120];
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < f->count; i++)
        rc = check(f->versions[i], &text, &faults, e);
    snprintf(no, sizeof no, "%s: %zu fault%s", f->name, faults, faults == 1 ? "" : "s");
    if (rc == 0)
        rc = tta_answer(run, &text, faults > 0 ? no : NULL, e);
    tta_buffer_release(&text);
    return rc;
}
