/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The scenario of an evaluation as a document that its reader can change by hand. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tta/cost_evaluation.h"

/* What an id is called; one that ends in : or _from_ stands for all that begin so. */
static const struct title {
    const char *id, *en, *da;
} titles[] = {
    {"rate", "discount rate", "Diskonteringsrate"},
    {"rate_from_", "discount rate from year ", "Diskonteringsrate fra år "},
    {"horizon", "horizon", "Tidshorisont"},
    {"effect", "factor of the difference in weeks between the arms",
     "Faktor på forskellen i uger mellem grupperne"},
    {"resource_use", "factor of all that the effort uses", "Faktor på hele ressourceforbruget"},
    {"in_work", "more in work at the end than of the control, at the effect",
     "Flere i arbejde til sidst end i kontrolgruppen, ved effekten"},
    {"in_work_parts", "into how many parts a person is cut, to count in_work exactly",
     "Hvor mange dele en person deles i, så in_work tælles nøjagtigt"},
    {"in_work_rest", "parts that the six decimals of in_work leave out",
     "Dele som de seks decimaler i in_work udelader"},
    {"week:", "price of a week: ", "Pris på en uge: "},
    {"use:", "factor of the quantity: ", "Faktor på mængden: "},
    {"price:", "unit price: ", "Enhedspris: "},
};

static const struct title flow_titles[] = {
    {"gain",
     "what the weeks of the control would have cost for as many people, less those that came",
     "Hvad kontrolgruppens uger ville have kostet for lige så mange, minus indsatsgruppens"},
    {"cost", "cost of the effort", "Indsatsens udgifter"},
};

static const struct title figure_titles[] = {
    {"gain", "gain", "Gevinst"},
    {"cost", "cost of the effort", "Indsatsens udgifter"},
    {"net", "net result", "Nettoresultat"},
    {"gain_present", "present value of the gain", "Nutidsværdi af gevinsten"},
    {"cost_present", "present value of the cost", "Nutidsværdi af udgifterne"},
    {"net_present", "net present value", "Nettonutidsværdi"},
    {"in_work_rounded", "in_work in parts of a person", "in_work i dele af en person"},
    {"in_work_exact", "the same with what was rounded", "Det samme med det afrundede"},
    {"persons_in_parts", "the same at the effect", "Det samme ved effekten"},
    {"persons", "more in work at the end than of the control",
     "Flere i arbejde til sidst end i kontrolgruppen"},
    {"cost_per_person", "cost for each of them", "Udgift pr. ekstra person i arbejde"},
    {"net_present_per_person", "net present value for each of them",
     "Nettonutidsværdi pr. ekstra person i arbejde"},
};
#define COUNT(list) (sizeof(list) / sizeof *(list))

static int put_string(struct tta_buffer *out, const char *text)
{
    int rc = tta_buffer_char(out, '"');

    for (; rc == 0 && *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;

        if (c < 0x20)
            rc = tta_buffer_format(out, "\\u%04x", c);
        else if (c == '"' || c == '\\')
            rc = tta_buffer_format(out, "\\%c", c);
        else
            rc = tta_buffer_char(out, (char)c);
    }
    return rc | tta_buffer_char(out, '"');
}

static int put_text(struct tta_buffer *out, const char *key, const char *text)
{
    return tta_buffer_format(out, "\"%s\": ", key) | put_string(out, text);
}

static int put_micro(struct tta_buffer *out, const char *key, int64_t micro)
{
    char text[TTA_NUMBER_SIZE];

    tta_decimal_write(micro, '.', text);
    return tta_buffer_format(out, "%s%s", key, text);
}

static int put_names(struct tta_buffer *out, const char *id, const char *unit,
                     const struct title *list, size_t count)
{
    char en[256] = "", da[256] = "";

    for (size_t i = 0; i < count && en[0] == '\0'; i++) {
        size_t len = strlen(list[i].id);
        bool begins = strchr(":_", list[i].id[len - 1]) != NULL;

        if (strncmp(list[i].id, id, len) == 0 && (begins || id[len] == '\0')) {
            snprintf(en, sizeof en, "%s%s", list[i].en, id + len);
            snprintf(da, sizeof da, "%s%s", list[i].da, id + len);
        }
    }
    return tta_buffer_string(out, "{") | put_text(out, "id", id) | tta_buffer_string(out, ", ") |
           put_text(out, "unit", unit) | tta_buffer_string(out, ", \"title\": {") |
           put_text(out, "da", da) | tta_buffer_string(out, ", ") | put_text(out, "en", en) |
           tta_buffer_string(out, "}");
}

static int put_distribution(struct tta_buffer *out, const struct tta_distribution *d)
{
    static const char *const keys[][3] = {
        [TTA_UNIFORM] = {"from", "to", NULL}, [TTA_TRIANGULAR] = {"from", "to", "mode"},
        [TTA_NORMAL] = {"mean", "sd", NULL},  [TTA_LOGNORMAL] = {"mean", "sd", NULL},
        [TTA_GAMMA] = {"mean", "sd", NULL},   [TTA_BETA] = {"successes", "failures", NULL}};
    const double number[] = {d->a, d->b, d->c};
    int rc = tta_buffer_string(out, ", \"distribution\": {") |
             put_text(out, "kind", tta_distribution_names[d->kind]);

    for (int i = 0; i < 3 && keys[d->kind][i] != NULL; i++)
        rc |= tta_buffer_format(out, ", \"%s\": ", keys[d->kind][i]) |
              put_micro(out, "", llround(number[i] * (double)TTA_MICRO));
    return rc | tta_buffer_string(out, "}");
}

static int put_input(struct tta_buffer *out, const struct tta_scenario_input *in)
{
    int rc = put_names(out, in->id, in->unit, titles, COUNT(titles)) |
             put_micro(out, ", \"value\": ", in->value) |
             put_micro(out, ", \"least\": ", in->least) | put_micro(out, ", \"most\": ", in->most);

    if (in->whole)
        rc |= tta_buffer_string(out, ", \"whole\": true");
    if (in->low != TTA_INTEGER_NONE)
        rc |= put_micro(out, ", \"low\": ", in->low) | put_micro(out, ", \"high\": ", in->high);
    if (in->distribution.kind != TTA_FIXED)
        rc |= put_distribution(out, &in->distribution);
    return rc | tta_buffer_string(out, "}");
}

static int put_part(struct tta_buffer *out, const struct tta_scenario *s,
                    const struct tta_scenario_part *part, int32_t years)
{
    int rc = tta_buffer_string(out, "{") | put_text(out, "id", part->id) |
             tta_buffer_string(out, ", ") | put_text(out, "unit", part->unit) |
             tta_buffer_string(out, ", \"multiply\": [");

    for (size_t i = 0; i < part->count; i++)
        rc |= tta_buffer_string(out, i == 0 ? "" : ", ") |
              put_string(out, s->input[part->factor[i]].id);
    rc |= tta_buffer_string(out, part->at_end ? "], \"at_end\": true, \"by_year\": ["
                                              : "], \"by_year\": [");
    for (size_t y = 0; y < (size_t)years; y++)
        rc |= put_micro(out, y == 0 ? "" : ", ", s->cell[part->cell + y]);
    return rc | tta_buffer_string(out, "]}");
}

static int put_flow(struct tta_buffer *out, const struct tta_scenario *s,
                    const struct tta_scenario_flow *flow)
{
    int rc = put_names(out, flow->id, flow->unit, flow_titles, COUNT(flow_titles)) |
             tta_buffer_format(out, ", \"years\": %d, \"parts\": [", flow->years);

    for (size_t i = 0; i < flow->count; i++)
        rc |= tta_buffer_string(out, i == 0 ? "\n      " : ",\n      ") |
              put_part(out, s, &s->part[flow->first + i], flow->years);
    return rc | tta_buffer_string(out, flow->count == 0 ? "]}" : "\n    ]}");
}

static const char *term_id(const struct tta_scenario *s, size_t term)
{
    return term < TTA_SCENARIO_INPUTS ? s->input[term].id
                                      : s->figure[term - TTA_SCENARIO_INPUTS].id;
}

static int put_terms(struct tta_buffer *out, const struct tta_scenario *s, const char *key,
                     const struct tta_scenario_figure *f, size_t from, size_t to)
{
    int rc = from == to ? 0 : tta_buffer_format(out, ", \"%s\": [", key);

    for (size_t i = from; i < to; i++)
        rc |=
            tta_buffer_string(out, i == from ? "" : ", ") | put_string(out, term_id(s, f->term[i]));
    return from == to ? 0 : rc | tta_buffer_string(out, "]");
}

static int put_over_years(struct tta_buffer *out, const struct tta_scenario *s,
                          const struct tta_scenario_figure *f)
{
    int rc = tta_buffer_string(out, ", \"over_years\": {") |
             put_text(out, "flow", s->flow[f->flow].id) | tta_buffer_string(out, ", ") |
             put_text(out, "years", s->input[f->term[0]].id);

    for (size_t i = 1; i < f->count; i++) {
        rc |= i == 1 ? tta_buffer_format(out, ", \"timing\": \"%s\", \"rates\": [",
                                         tta_flow_timing_names[f->timing])
                     : tta_buffer_string(out, ", ");
        rc |= i + 1 == f->count ? tta_buffer_string(out, "{\"to_year\": null")
                                : tta_buffer_format(out, "{\"to_year\": %d", f->to_year[i - 1]);
        rc |= tta_buffer_string(out, ", ") | put_text(out, "rate", s->input[f->term[i]].id) |
              tta_buffer_string(out, "}");
    }
    return rc | tta_buffer_string(out, f->count > 1 ? "]}" : "}");
}

static int put_figure(struct tta_buffer *out, const struct tta_scenario *s,
                      const struct tta_scenario_figure *f)
{
    int rc = put_names(out, f->id, f->unit, figure_titles, COUNT(figure_titles));

    if (f->operation == TTA_OVER_YEARS)
        rc |= put_over_years(out, s, f);
    else
        rc |= put_terms(out, s, f->operation == TTA_SUM ? "add" : "multiply", f, 0, f->first) |
              put_terms(out, s, f->operation == TTA_SUM ? "subtract" : "divide", f, f->first,
                        f->count);
    if (f->least != TTA_INTEGER_NONE)
        rc |= put_micro(out, ", \"least\": ", f->least);
    return rc | tta_buffer_string(out, "}");
}

static int put_head(struct tta_buffer *out, const struct tta_evaluation_head *head,
                    const struct tta_scenario *s)
{
    return tta_buffer_string(out, "{\n  ") | put_text(out, "id", head->id) |
           tta_buffer_string(out, ",\n  ") | put_text(out, "title", head->title) |
           tta_buffer_format(out, ",\n  \"valid_from\": \"%04d-01-01\",\n", s->first_year) |
           tta_buffer_format(out, "  \"valid_to\": \"%04d-12-31\",\n  ",
                             s->first_year + s->flow[0].years - 1) |
           put_text(out, "source", head->source) | tta_buffer_string(out, ",\n  ") |
           put_text(out, "confidence", head->uncertain ? "uncertain" : "derived") |
           tta_buffer_string(out, ",\n  ") | put_text(out, "note", head->note) |
           tta_buffer_string(out, ",\n  \"currency\": \"DKK\",\n  ") |
           tta_buffer_format(out, "\"price_year\": %d,\n  ", s->price_year) |
           put_text(out, "perspective", s->perspective) |
           tta_buffer_format(out, ",\n  \"first_year\": %d,\n", s->first_year);
}

int tta_evaluation_write(const struct tta_evaluation_head *head, const struct tta_scenario *s,
                         struct tta_buffer *out)
{
    int rc = put_head(out, head, s) | tta_buffer_string(out, "  \"inputs\": [");

    for (size_t i = 0; i < s->input_count; i++)
        rc |= tta_buffer_string(out, i == 0 ? "\n    " : ",\n    ") | put_input(out, &s->input[i]);
    rc |= tta_buffer_string(out, "\n  ],\n  \"flows\": [");
    for (size_t i = 0; i < s->flow_count; i++)
        rc |= tta_buffer_string(out, i == 0 ? "\n    " : ",\n    ") | put_flow(out, s, &s->flow[i]);
    rc |= tta_buffer_string(out, "\n  ],\n  \"figures\": [");
    for (size_t i = 0; i < s->figure_count; i++)
        rc |= tta_buffer_string(out, i == 0 ? "\n    " : ",\n    ") |
              put_figure(out, s, &s->figure[i]);
    return (rc | tta_buffer_string(out, "\n  ],\n  \"claims\": []\n}\n")) == 0 ? 0 : TTA_E_MEMORY;
}
