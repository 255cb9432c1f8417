/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "study.h"

#include <stdlib.h>
#include <string.h>

#include "evaluation.h"
#include "tta/cost.h"

const char *const study_arms[] = {"intervention", "control", NULL};

struct person {
    struct tta_text case_id;
    int32_t arm;
    int8_t in_work;
};

static int take_person(void *context, const void *record, int64_t line, struct tta_error *e)
{
    struct study *s = context;
    const struct person *person = record;
    int32_t before = s->names.count, number;

    (void)line;
    if (tta_names_number(&s->names, person->case_id, &number) != 0)
        return tta_fail_memory(e);
    if (s->names.count == before)
        return tta_fail(e, TTA_E_DATA, "a case that stands twice");
    if ((size_t)number >= s->cap) {
        size_t cap = s->cap == 0 ? 1024 : 2 * s->cap;
        uint8_t *arm = realloc(s->arm, cap);
        int8_t *in_work = arm == NULL ? NULL : realloc(s->in_work, cap);

        if (arm != NULL)
            s->arm = arm;
        if (in_work == NULL)
            return tta_fail_memory(e);
        s->in_work = in_work;
        s->cap = cap;
    }
    s->arm[number] = (uint8_t)person->arm;
    s->in_work[number] = person->in_work;
    s->net->persons[person->arm]++;
    s->net->in_work[person->arm] += person->in_work == 1;
    s->net->work_known += person->in_work != TTA_BOOLEAN_NONE;
    return 0;
}

static int read_cases(struct tta_run *run, const char *file, struct study *s, struct tta_error *e)
{
    static const struct tta_column reads[] = {
        {.name = "case_id", .type = TTA_TEXT, .offset = offsetof(struct person, case_id)},
        {.name = "arm",
         .type = TTA_CHOICE,
         .choices = study_arms,
         .offset = offsetof(struct person, arm)},
        {.name = "in_work",
         .type = TTA_BOOLEAN,
         .flags = TTA_OPTIONAL,
         .offset = offsetof(struct person, in_work)},
        {.name = NULL},
    };
    const struct tta_table table = {.kind = "cases",
                                    .reads = reads,
                                    .record_size = sizeof(struct person),
                                    .row = take_person,
                                    .context = s,
                                    .hash = s->cases_hash};
    int rc = tta_read_table(run, file, &table, e);

    for (int arm = 0; rc == 0 && arm < 2; arm++)
        if (s->net->persons[arm] == 0)
            rc = tta_fail(e, TTA_E_DATA, "--cases: nobody in the arm %s", study_arms[arm]);
    if (rc == 0 && s->net->work_known > 0 &&
        s->net->work_known < s->net->persons[0] + s->net->persons[1])
        rc = tta_fail(e, TTA_E_DATA, "--cases: column in_work: not known of everybody");
    return rc;
}

struct paid {
    struct tta_text currency;
    int64_t year, amount;
    int32_t payer;
};

static int take_paid(void *context, const void *record, int64_t line, struct tta_error *e)
{
    struct study *s = context;
    const struct paid *paid = record;

    (void)line;
    if (evaluation_row_currency(paid->currency, s->currency, e) != 0)
        return e->code;
    if (paid->amount > TTA_ORE_MOST || paid->amount < -TTA_ORE_MOST)
        return tta_fail(e, TTA_E_DATA, "column amount: above 10^12 kr");
    if (s->last_year > 0 && paid->year > s->last_year) {
        s->beyond++;
        return 0;
    }
    s->income += paid->amount < 0;
    return tta_net_add(s->net, -1, paid->year, paid->payer, paid->amount, e);
}

static int read_costs(struct tta_run *run, const char *file, struct study *s, struct tta_error *e)
{
    static const struct tta_column reads[] = {
        {.name = "year", .type = TTA_INTEGER, .offset = offsetof(struct paid, year)},
        {.name = "payer",
         .type = TTA_CHOICE,
         .choices = tta_payer_names,
         .offset = offsetof(struct paid, payer)},
        {.name = "amount", .type = TTA_MONEY, .offset = offsetof(struct paid, amount)},
        {.name = "currency",
         .type = TTA_TEXT,
         .flags = TTA_OPTIONAL,
         .offset = offsetof(struct paid, currency)},
        {.name = NULL},
    };
    const struct tta_table table = {.kind = "costs",
                                    .reads = reads,
                                    .record_size = sizeof(struct paid),
                                    .row = take_paid,
                                    .context = s,
                                    .hash = s->costs_hash};

    return tta_read_table(run, file, &table, e);
}

int study_persons(const struct tta_list *list, struct study *s, struct tta_error *e)
{
    const struct tta_number_style plain = {'.', 0};

    for (size_t i = 0; list->count == 2 && i < 2; i++)
        if (tta_integer_parse(tta_text_of(list->items[i]), plain, &s->persons[i]) != NULL ||
            s->persons[i] < 1 || s->persons[i] > 100000000)
            s->persons[0] = 0;
    return list->count == 2 && s->persons[0] > 0
               ? 0
               : tta_fail(e, TTA_E_USAGE, "--persons: not two numbers, 1 to 100000000");
}

int study_read(struct tta_run *run, const char *cases, const char *costs, int64_t first_year,
               struct study *s, struct tta_error *e)
{
    int rc;

    s->net = calloc(1, sizeof *s->net);
    if (s->net == NULL)
        return tta_fail_memory(e);
    s->net->first_year = first_year;
    memcpy(s->net->persons, s->persons, sizeof s->persons);
    rc = cases == NULL ? 0 : read_cases(run, cases, s, e);
    if (rc == 0 && costs != NULL)
        rc = read_costs(run, costs, s, e);
    if (rc == 0 && s->income > 0)
        tta_note(run, "amounts of --costs below 0: %lld; they count as income of the payer",
                 (long long)s->income);
    return rc;
}

void study_release(struct study *s)
{
    tta_names_release(&s->names);
    free(s->arm);
    free(s->in_work);
    free(s->net);
    tta_net_weeks_release(&s->weeks);
}
