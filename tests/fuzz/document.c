/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes as a document: the schema refuses them with a sentence, or the
 * loader of the kind makes of them what it promises. The first byte is the kind; from 128 on it is
 * one of those of tta-budget.
 */
#include "file.h"

#include <math.h>
#include <stdio.h>

#include "tta/cost.h"
#include "tta/cost_certificate.h"
#include "tta/cost_dream.h"
#include "tta/cost_net.h"
#include "tta/cost_package.h"
#include "tta/cost_scenario.h"
#include "tta/cost_staffing.h"
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

/* The row of a way to fill one. */
static void fill(const struct tta_rules *rules, int way, union tta_slot *inputs)
{
    for (size_t i = 0; i < rules->input_count; i++)
        if (way == 0)
            tta_type_set_missing(rules->inputs[i].type, &inputs[i]);
        else if (rules->inputs[i].type == TTA_TEXT)
            inputs[i].text = tta_text_of(way == 1 ? "" : "text");
        else if (rules->inputs[i].type == TTA_NUMBER)
            inputs[i].number = way * 1.5;
        else
            memset(&inputs[i], way == 1 ? 0 : way == 2 ? 1 : 0x7F, sizeof *inputs);
}

/* The readings that the document declares: the default, and each of its values in turn. */
static void read_as(struct tta_rules *rules, size_t turn)
{
    for (size_t i = 0; i < rules->option_count; i++) {
        const struct tta_rules_column *c = &rules->options[i];
        union tta_slot value = c->start;

        if (turn > 0 && c->type == TTA_CHOICE)
            value.choice = (int32_t)((turn - 1) % c->value_count);
        tta_rules_read(rules, i, &value);
    }
    tta_rules_on(rules, turn % 2 == 0 ? 15000 : TTA_DATE_NONE);
}

/* What is said of a row, and that a settled table says the same. */
static void decide(struct tta_rules *rules, const union tta_slot *inputs)
{
    static struct tta_rules_answer first, second;
    struct tta_error e = {0}, again = {0}, memory = {0};
    int rc = tta_rules_answer(rules, inputs, &first, &e), other;

    must(rc == 0 || (rc == TTA_E_DATA && e.text[0] != '\0'), "a decision that is none");
    for (size_t i = 0; rc == 0 && i < first.hit_count; i++)
        must(first.hits[i] < rules->rule_count || rules->has_default, "a default that is not");
    must(tta_rules_settle(rules, &memory) == 0, "a table that does not settle");
    other = tta_rules_answer(rules, inputs, &second, &again);
    must(other == rc && strcmp(e.text, again.text) == 0 && strcmp(e.column, again.column) == 0,
         "settled, another error");
    must(rc != 0 || (first.hit_count == second.hit_count &&
                     memcmp(first.hits, second.hits, first.hit_count * sizeof *first.hits) == 0),
         "settled, other rules");
}

/* Every rule is asked, about nothing and about something, in every reading. */
static void decide_all(struct tta_rules *rules)
{
    union tta_slot *inputs = calloc(rules->input_count + 1, sizeof *inputs);

    if (inputs == NULL)
        abort();
    for (size_t turn = 0; turn < 6; turn++)
        for (int way = 0; way < 4; way++) {
            read_as(rules, turn);
            fill(rules, way, inputs);
            decide(rules, inputs);
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
        decide_all(rules);
    tta_rules_free(rules);
}

static void load_scheme(const char *path, const char *const *ids, size_t count)
{
    struct tta_refusion_readings readings = {.ids = ids, .count = count};
    struct tta_error e = {0};
    struct tta_refusion_scheme scheme;
    int rc = tta_refusion_scheme_load(path, &readings, &scheme, &e);

    judge(rc, &e);
    for (size_t i = 0; rc == 0 && i < count; i++)
        must(readings.used[i], "a reading that it declares is not used");
}

/* As it stands, with each reading that it declares, and with all. */
static void load_refusion(const char *path)
{
    struct tta_error e = {0};
    struct tta_document d;
    const char *ids[32];
    size_t count = 0;

    load_scheme(path, NULL, 0);
    if (tta_document_load("refusion", path, &d, &e) != 0)
        return;
    for (size_t i = 0; count < 32 && i < json_array_size(json_object_get(d.root, "readings")); i++)
        ids[count++] =
            tta_json_text(json_array_get(json_object_get(d.root, "readings"), i), "id", "");
    for (size_t i = 0; i < count; i++)
        load_scheme(path, &ids[i], 1);
    if (count > 1)
        load_scheme(path, ids, count);
    tta_document_release(&d);
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

/* What is loaded is computed too, with all that it lets an input be. */
static void load_scenario(const char *path)
{
    static struct tta_scenario s;
    int64_t value[TTA_SCENARIO_FIGURES];
    struct tta_error e = {0}, computing = {0};

    judge(tta_scenario_load(path, &s, &e), &e);
    if (e.code != 0)
        return;
    (void)tta_scenario_compute(&s, value, &computing);
    for (size_t i = 0; i < s.input_count; i++)
        s.input[i].value = i % 2 == 0 ? s.input[i].most : s.input[i].least;
    tta_error_clear(&computing);
    must(tta_scenario_compute(&s, value, &computing) == 0 || computing.code == TTA_E_DATA,
         "a scenario that ends with another code");
}

static void load_of_cost(size_t kind, const char *path)
{
    static struct tta_benefits benefits;
    struct tta_certificate_price price;
    static struct tta_discount discount;
    static struct tta_price_index index;
    static struct tta_package package;
    static struct tta_prices prices;
    static struct tta_staffing_norms norms;
    static struct tta_dream_codes codes;
    struct tta_error e = {0};
    int rc = kind == 0   ? tta_benefits_load(path, &benefits, &e)
             : kind == 1 ? tta_certificate_price(path, "LÆ265", 16800, &price, &e)
             : kind == 2 ? tta_discount_load(path, &discount, &e)
             : kind == 3 ? tta_index_load(path, &index, &e)
             : kind == 4 ? tta_package_load(path, &package, &e)
             : kind == 5 ? tta_prices_load(path, &prices, &e)
             : kind == 6 ? tta_staffing_load(path, &norms, &e)
                         : tta_dream_codes_load(path, &codes, &e);

    if (kind == 1 && rc == TTA_E_USAGE) /* no price of it on that day */
        return;
    judge(rc, &e);
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
    static const char *const of_cost[] = {"benefits", "certificate", "discount", "index", "package",
                                          "prices",   "staffing",    "scenario", "dream"};
    const char *path;

    if (size < 1)
        return 0;
    path = file_of(data + 1, size - 1);
    if (data[0] >= 128) {
        load_any(of_cost[(data[0] - 128) % 9], path);
        if ((data[0] - 128) % 9 == 7)
            load_scenario(path);
        else
            load_of_cost((data[0] - 128) % 9, path);
        return 0;
    }
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
