/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model_input.h"

#include <stdio.h>

static int add_source(struct tta_buffer *out, const char *kind, const char *name,
                      const unsigned char *hash)
{
    char hex[65];

    tta_hash_hex(hash, 32, hex);
    return tta_buffer_format(out, "%s%s%s %s", out->len == 0 ? "" : ", ", kind, name, hex);
}

/* By kind and hash, not by path: a path can say who somebody is. */
static int add_sources(const struct tta_run *run, const struct model_args *args,
                       const struct model_input *m, struct tta_buffer *out)
{
    const struct evaluation *ev = &m->evaluation;
    const unsigned char *hash;
    int rc = 0;

    for (size_t i = 0; (hash = tta_input_hash(run, i)) != NULL; i++)
        rc |= add_source(out, "weeks", "", hash);
    if (args->cases != NULL)
        rc |= add_source(out, "cases", "", m->study.cases_hash);
    if (args->costs != NULL)
        rc |= add_source(out, "costs", "", m->study.costs_hash);
    if (args->activity != NULL)
        rc |= add_source(out, "activity", "", m->activity_hash) |
              add_source(out, "prices/", m->prices.id, m->prices.hash);
    rc |= add_source(out, "benefits/", m->benefits.id, m->benefits.hash);
    for (size_t i = 0; i < m->benefits.schemes; i++)
        rc |= add_source(out, "refusion/", m->benefits.scheme[i].id, m->benefits.scheme[i].hash);
    rc |= add_source(out, "index/", ev->index.id, ev->index.hash);
    if (ev->rate.id[0] != '\0')
        rc |= add_source(out, "discount/", ev->rate.id, ev->rate.hash);
    return rc | tta_buffer_format(out, " (BLAKE2b-256)%c", 0);
}

static int add_note(const struct tta_run *run, const struct model_args *args,
                    const struct model_input *m, struct tta_buffer *out)
{
    const int64_t *persons = m->study.net->persons;
    int rc = tta_buffer_format(
        out,
        "Made by tta-budget model; %lld people in the intervention, %lld in the control. Weeks of "
        "a benefit are those that the perspective bears, net of refusion and tax: the control's "
        "for as many people, less those of the intervention. Weeks and units hold the price "
        "index, because prices are those of their own year. Only inputs with a range or a "
        "distribution are varied; both come from whoever made this, not from the data.",
        (long long)persons[0], (long long)persons[1]);

    if (args->gross)
        rc |= tta_buffer_string(out, " Without subsidies and saved costs.");
    if (tta_rejected(run) > 0)
        rc |= tta_buffer_format(out, " Rows that were rejected, and left out: %lld.",
                                (long long)tta_rejected(run));
    return rc | tta_buffer_char(out, '\0');
}

static int add_title(const struct model_args *args, struct tta_buffer *out)
{
    return tta_buffer_format(out, "Evaluation: perspective %s, prices of %d, %d %s from %d%c",
                             evaluation_perspectives[args->evaluation.perspective],
                             (int)args->evaluation.price_year, (int)args->evaluation.horizon,
                             args->evaluation.horizon == 1 ? "year" : "years",
                             (int)args->evaluation.first_year, 0);
}

int model_write(struct tta_run *run, const struct model_args *args, struct model_input *m,
                struct tta_buffer *out, struct tta_error *e)
{
    struct tta_buffer title = {0}, source = {0}, note = {0};
    struct tta_evaluation_head head = {.id = args->id};
    int rc = add_title(args, &title) | add_sources(run, args, m, &source) |
             add_note(run, args, m, &note);

    head.title = title.ptr;
    head.source = source.ptr;
    head.note = note.ptr;
    head.uncertain = m->benefits.uncertain || m->prices.uncertain ||
                     m->evaluation.index.uncertain || m->evaluation.rate.uncertain;
    snprintf(m->scenario.perspective, sizeof m->scenario.perspective, "%s",
             evaluation_perspectives[args->evaluation.perspective]);
    if (rc == 0)
        rc = tta_evaluation_write(&head, &m->scenario, out);
    tta_buffer_release(&title);
    tta_buffer_release(&source);
    tta_buffer_release(&note);
    return rc == 0 ? 0 : tta_fail_memory(e);
}
