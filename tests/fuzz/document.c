/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes as a document: the schema refuses them with a sentence, or the
 * loader of the kind makes of them what it promises. The first byte is the kind.
 */
#include "file.h"

#include <math.h>
#include <stdio.h>

#include "tta/cost.h"
#include "tta/data.h"
#include "tta/rates.h"
#include "tta/refusion.h"
#include "tta/rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "document: %s\n", what);
    abort();
}

/* A code that loading may end with, and a sentence with it. */
static void judge(int rc, const struct tta_error *e)
{
    must(rc == 0 || rc == TTA_E_CONFIG, "another code");
    must(e->code == rc && (rc == 0) == (e->text[0] == '\0'), "a code without its sentence");
}

/* Every rule is asked, about nothing and about something. */
static void decide(const struct tta_rules *rules)
{
    union tta_slot *inputs = calloc(rules->input_count + 1, sizeof *inputs);

    if (inputs == NULL)
        abort();
    for (int way = 0; way < 4; way++) {
        struct tta_error e = {0};
        size_t rule = SIZE_MAX;
        int rc;

        for (size_t i = 0; i < rules->input_count; i++)
            if (way == 0)
                tta_type_set_missing(rules->inputs[i].type, &inputs[i]);
            else if (rules->inputs[i].type == TTA_TEXT)
                inputs[i].text = tta_text_of(way == 1 ? "" : "text");
            else if (rules->inputs[i].type == TTA_NUMBER)
                inputs[i].number = way * 1.5;
            else
                memset(&inputs[i], way == 1 ? 0 : way == 2 ? 1 : 0x7F, sizeof *inputs);
        rc = tta_rules_decide(rules, inputs, &rule, &e);
        must(rc == 0 ? rule <= rules->rule_count : rc == TTA_E_DATA && e.text[0] != '\0',
             "a decision that is none");
        must(rc != 0 || rule < rules->rule_count || rules->has_default, "a default that is not");
    }
    free(inputs);
}

static void load_rules(const char *path)
{
    struct tta_error e = {0};
    struct tta_rules *rules = NULL;
    int rc = tta_rules_load(path, &rules, &e);

    judge(rc, &e);
    if (rc == 0)
        decide(rules);
    tta_rules_free(rules);
}

static void load_refusion(const char *path)
{
    struct tta_error e = {0};
    struct tta_refusion_scheme scheme;

    judge(tta_refusion_scheme_load(path, NULL, &scheme, &e), &e);
}

static void load_cost(const char *path)
{
    struct tta_error e = {0};
    struct tta_cost_model model;

    judge(tta_cost_model_load(path, &model, &e), &e);
}

static void load_rates(const char *path)
{
    struct tta_rates rates;
    struct tta_error e = {0};

    judge(tta_employer_periods_load(path, &rates, &e), &e);
}

static void load_any(const char *kind, const char *path)
{
    struct tta_error e = {0};
    struct tta_document d;
    int rc = tta_document_load(kind, path, &d, &e);

    judge(rc, &e);
    must((rc == 0) == (d.root != NULL), "a document that failed, or none");
    tta_document_release(&d);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const kinds[] = {"rules", "refusion", "cost",
                                        "rates", "codes",    "simulation"};
    const char *path;

    if (size < 1)
        return 0;
    path = file_of(data + 1, size - 1);
    load_any(kinds[data[0] % 6], path);
    if (data[0] % 6 == 0)
        load_rules(path);
    else if (data[0] % 6 == 1)
        load_refusion(path);
    else if (data[0] % 6 == 2)
        load_cost(path);
    else if (data[0] % 6 == 3)
        load_rates(path);
    return 0;
}
