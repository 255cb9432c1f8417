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

int dream_no_code(const struct tta_dream_codes *codes, const char *text, int *code,
                  struct tta_error *e)
{
    *code = text == NULL ? -1 : tta_dream_find(codes, tta_text_of(text));
    if (text != NULL && *code < 0)
        return tta_fail(e, TTA_E_USAGE, "--no-code: dream/%s does not know it", codes->id);
    return 0;
}

int dream_study_check(const struct dream_study *study, bool listed, const char *needs_end,
                      struct tta_error *e)
{
    if (needs_end != NULL && study->until == TTA_DATE_NONE && study->follow_up == 0)
        return tta_fail(e, TTA_E_USAGE, "%s needs --until or --follow-up", needs_end);
    if (study->since != TTA_DATE_NONE && study->until != TTA_DATE_NONE &&
        study->until < study->since)
        return tta_fail(e, TTA_E_USAGE, "--until is before --since");
    if (study->follow_up > 0 && study->since == TTA_DATE_NONE && !listed)
        return tta_fail(e, TTA_E_USAGE,
                        "--follow-up needs --since, or --cases with inclusion_date");
    return 0;
}

int dream_cases_fill(struct dream_cases *c, const struct dream_study *study,
                     const struct tta_dream_codes *codes, int code, struct tta_error *e)
{
    int64_t weeks = 0;
    int32_t cases = 0;

    for (int32_t i = 0; i < c->names.count; i++) {
        struct tta_dream_case *of = &c->person[i].weeks;
        struct tta_dream_window window = dream_window(study, &c->person[i]);
        int32_t blank = tta_dream_blank(of, window);

        if (dream_cases_empty(c, i))
            continue;
        if (blank < 0)
            return tta_fail(e, TTA_E_DATA,
                            "a case without a spell in the study needs a first day: --since, or "
                            "its inclusion_date in --cases");
        if (code >= 0 && tta_dream_fill(of, codes, code, window, e) != 0)
            return e->code;
        weeks += blank;
        cases += blank > 0;
    }
    if (code < 0 && weeks > 0)
        return tta_fail(e, TTA_E_DATA,
                        "weeks without a code: %lld, in cases: %d; --no-code says what they are, "
                        "as 100 (work) or 0 (self-support)",
                        (long long)weeks, cases);
    return 0;
}

bool dream_cases_empty(const struct dream_cases *c, int32_t number)
{
    return c->person[number].weeks.count == 0 && !c->closed;
}

void dream_cases_release(struct dream_cases *c)
{
    for (int32_t i = 0; i < c->names.count; i++)
        tta_dream_case_release(&c->person[i].weeks);
    free(c->person);
    tta_names_release(&c->names);
}
