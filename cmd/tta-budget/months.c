/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "months.h"

#include <stdio.h>
#include <stdlib.h>

#include "tta/date.h"

const struct tta_column months_queues[QUEUES][2] = {
    {{.name = "coordinator_queue", .type = TTA_DECIMAL, .help = "cases left at the month's end"},
     {.name = "coordinator_use",
      .type = TTA_DECIMAL,
      .flags = TTA_NULLABLE,
      .help = "share of their capacity"}},
    {{.name = "team_queue", .type = TTA_DECIMAL, .help = "the same of teams"},
     {.name = "team_use", .type = TTA_DECIMAL, .flags = TTA_NULLABLE, .help = "the same of teams"}},
    {{.name = "clinic_queue", .type = TTA_DECIMAL, .help = "the same of the clinic"},
     {.name = "clinic_use",
      .type = TTA_DECIMAL,
      .flags = TTA_NULLABLE,
      .help = "of its hours for patients"}}};

static int parse(struct tta_text text, int64_t *number, int *days, struct tta_error *e)
{
    char day[16];
    tta_date first;
    int year, month, dom;

    if (text.len != 7 || (snprintf(day, sizeof day, "%.7s-01", text.ptr),
                          tta_date_parse(tta_text_of(day), TTA_DATE_ISO, &first) != NULL))
        return tta_fail(e, TTA_E_DATA, "column month: not a month (yyyy-mm)");
    tta_date_to_ymd(first, &year, &month, &dom);
    *number = 12 * (int64_t)year + month - 1;
    *days = tta_date_add_months(first, 1) - first;
    return 0;
}

int months_take(struct months *m, struct tta_text municipality, struct tta_text month,
                struct months_of **of, int64_t *number, int *days, struct tta_error *e)
{
    int32_t at = -1, before = m->names.count;

    if (parse(month, number, days, e) != 0)
        return e->code;
    *of = &m->alone;
    if (municipality.ptr != NULL) {
        if (tta_names_number(&m->names, municipality, &at) != 0)
            return tta_fail_memory(e);
        if (m->names.count > before) {
            struct months_of *grown = realloc(m->of, (size_t)m->names.cap * sizeof *grown);

            if (grown == NULL)
                return tta_fail_memory(e);
            m->of = grown;
            m->of[at] = (struct months_of){0};
        }
        *of = &m->of[at];
    }
    if ((*of)->month != 0 && *number != (*of)->month + 1)
        return tta_fail(e, TTA_E_DATA, "column month: not the month after the one before");
    return 0;
}

void months_note_clinic(const struct tta_run *run, struct months *m, const struct tta_queue *clinic)
{
    if (clinic->used_micro != TTA_INTEGER_NONE || m->said)
        return;
    m->said = true;
    tta_note(run,
             "clinic hours: in row %lld the weekly conference takes them all, and no patient is "
             "seen (said of the first such row)",
             (long long)tta_row_number(run));
}

void months_release(struct months *m)
{
    tta_names_release(&m->names);
    free(m->of);
}
