/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dream_cases.h"

#include <stdlib.h>

#include "study.h"

struct entry {
    struct tta_text case_id;
    tta_date included;
    int32_t arm;
};

struct reading {
    struct dream_cases *cases;
    const struct dream_study *study;
};

static int new_person(struct dream_cases *c, struct tta_text id, struct dream_person **out,
                      struct tta_error *e)
{
    int32_t number;

    if (tta_names_number(&c->names, id, &number) != 0)
        return tta_fail_memory(e);
    if ((size_t)number >= c->cap) {
        size_t cap = c->cap == 0 ? 1024 : 2 * c->cap;
        struct dream_person *grown = realloc(c->person, cap * sizeof *grown);

        if (grown == NULL) {
            c->names.count--; /* so that what is released was filled */
            return tta_fail_memory(e);
        }
        c->person = grown;
        c->cap = cap;
    }
    *out = &c->person[number];
    **out = (struct dream_person){.included = TTA_DATE_NONE, .arm = TTA_CHOICE_NONE};
    return 0;
}

static int take_entry(void *context, const void *record, int64_t line, struct tta_error *e)
{
    const struct reading *r = context;
    const struct entry *entry = record;
    struct dream_person *person;

    (void)line;
    if (tta_names_find(&r->cases->names, entry->case_id) >= 0)
        return tta_fail(e, TTA_E_DATA, "a case that stands twice");
    if (r->study->follow_up > 0 && r->study->since == TTA_DATE_NONE &&
        entry->included == TTA_DATE_NONE)
        return tta_fail(e, TTA_E_DATA,
                        "column inclusion_date: --follow-up needs the day, or --since");
    if (entry->included != TTA_DATE_NONE && r->study->until != TTA_DATE_NONE &&
        entry->included > r->study->until)
        return tta_fail(e, TTA_E_DATA, "column inclusion_date: after --until");
    if (r->cases->needs_arm && entry->arm == TTA_CHOICE_NONE)
        return tta_fail(e, TTA_E_DATA, "column arm: --by=arm needs it");
    if (new_person(r->cases, entry->case_id, &person, e) != 0)
        return e->code;
    person->included = entry->included;
    person->arm = entry->arm;
    return 0;
}

int dream_cases_read(struct tta_run *run, const char *file, const struct dream_study *study,
                     struct dream_cases *c, struct tta_error *e)
{
    static const struct tta_column reads[] = {
        {.name = "case_id", .type = TTA_TEXT, .offset = offsetof(struct entry, case_id)},
        {.name = "arm",
         .type = TTA_CHOICE,
         .flags = TTA_OPTIONAL,
         .choices = study_arms,
         .offset = offsetof(struct entry, arm)},
        {.name = "inclusion_date",
         .type = TTA_DATE,
         .flags = TTA_OPTIONAL,
         .offset = offsetof(struct entry, included)},
        {.name = NULL},
    };
    struct reading reading = {c, study};
    const struct tta_table table = {.kind = "cases",
                                    .reads = reads,
                                    .record_size = sizeof(struct entry),
                                    .row = take_entry,
                                    .context = &reading};

    c->closed = true;
    return tta_read_table(run, file, &table, e);
}

int dream_cases_find(struct dream_cases *c, struct tta_text id, struct dream_person **out,
                     struct tta_error *e)
{
    int32_t number = tta_names_find(&c->names, id);

    if (number < 0)
        return c->closed
                   ? tta_fail(e, TTA_E_DATA, "column case_id: a spell of a case that is not known")
                   : new_person(c, id, out, e);
    *out = &c->person[number];
    return 0;
}

struct tta_dream_window dream_window(const struct dream_study *study,
                                     const struct dream_person *person)
{
    struct tta_dream_window w = tta_dream_window_of(
        person->included != TTA_DATE_NONE ? person->included : study->since, study->until);
    int64_t last = w.first + study->follow_up - 1;

    if (study->follow_up > 0 && last < w.last)
        w.last = (int32_t)last;
    return w;
}

void dream_cases_release(struct dream_cases *c)
{
    for (int32_t i = 0; i < c->names.count; i++)
        tta_dream_case_release(&c->person[i].weeks);
    free(c->person);
    tta_names_release(&c->names);
}
