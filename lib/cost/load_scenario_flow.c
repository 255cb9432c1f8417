/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Flows by year, from the document of kind "scenario". */
#include <stdio.h>
#include <string.h>

#include "load_scenario.h"

static int take_factors(const struct tta_document *d, const json_t *names, const char *place,
                        const struct tta_scenario *s, struct tta_scenario_part *part,
                        struct tta_error *e)
{
    for (size_t i = 0; i < json_array_size(names); i++) {
        struct tta_text id = tta_text_of(json_string_value(json_array_get(names, i)));
        size_t at = tta_scenario_input_named(s, id);

        if (at == SIZE_MAX)
            return tta_document_fail(d, e, place, "names no input");
        part->factor[part->count++] = at;
    }
    return 0;
}

static int take_part(const struct tta_document *d, const json_t *item, const char *place,
                     int32_t years, struct tta_scenario *s, struct tta_error *e)
{
    struct tta_scenario_part *part = &s->part[s->part_count];
    const json_t *by_year = json_object_get(item, "by_year");

    if (s->part_count == TTA_SCENARIO_PARTS || s->cell_count + (size_t)years > TTA_SCENARIO_CELLS)
        return tta_document_fail(d, e, place, "too many parts for one scenario");
    if (json_array_size(by_year) != (size_t)years)
        return tta_document_fail(d, e, place, "by_year does not have the %d years of its flow",
                                 years);
    tta_scenario_take_names(item, part->id, part->unit);
    part->cell = s->cell_count;
    part->at_end = tta_json_boolean(item, "at_end", false);
    for (size_t i = 0; i < (size_t)years; i++)
        tta_json_exact(json_array_get(by_year, i), TTA_MICRO, &s->cell[s->cell_count++]);
    s->part_count++;
    return take_factors(d, json_object_get(item, "multiply"), place, s, part, e);
}

static size_t flow_named(const struct tta_scenario *s, const char *id)
{
    for (size_t i = 0; i < s->flow_count; i++)
        if (strcmp(s->flow[i].id, id) == 0)
            return i;
    return SIZE_MAX;
}

int tta_scenario_take_flow(const struct tta_document *d, const json_t *item, const char *place,
                           struct tta_scenario *s, struct tta_error *e)
{
    struct tta_scenario_flow *flow = &s->flow[s->flow_count];
    const json_t *parts = json_object_get(item, "parts");

    tta_scenario_take_names(item, flow->id, flow->unit);
    flow->years = (int32_t)tta_json_integer(item, "years", 0);
    flow->first = s->part_count;
    if (flow_named(s, flow->id) != SIZE_MAX)
        return tta_document_fail(d, e, place, "its id stands twice");
    for (size_t i = 0; i < json_array_size(parts); i++) {
        char at[96];

        snprintf(at, sizeof at, "%s/parts/%zu", place, i);
        if (take_part(d, json_array_get(parts, i), at, flow->years, s, e) != 0)
            return e->code;
        flow->count++;
    }
    s->flow_count++;
    return 0;
}

static int take_rate(const struct tta_document *d, const json_t *band, const char *place, bool last,
                     const struct tta_scenario *s, struct tta_scenario_figure *f,
                     struct tta_error *e)
{
    int64_t to = tta_json_integer(band, "to_year", INT32_MAX);
    size_t at = tta_scenario_input_named(s, tta_text_of(tta_json_text(band, "rate", "")));

    if (at == SIZE_MAX)
        return tta_document_fail(d, e, place, "its rate is no input");
    if ((to == INT32_MAX) != last)
        return tta_document_fail(d, e, place,
                                 "to_year is null in the last of the rates, and only "
                                 "there");
    if (f->count > 1 && to <= f->to_year[f->count - 2])
        return tta_document_fail(d, e, place, "to_year is not later than that before");
    f->to_year[f->count - 1] = (int32_t)to;
    f->term[f->count++] = at;
    return 0;
}

int tta_scenario_take_over_years(const struct tta_document *d, const json_t *over,
                                 const char *place, const struct tta_scenario *s,
                                 struct tta_scenario_figure *f, struct tta_error *e)
{
    const json_t *rates = json_object_get(over, "rates");
    const char *timing = tta_json_text(over, "timing", tta_flow_timing_names[0]);
    size_t years = tta_scenario_input_named(s, tta_text_of(tta_json_text(over, "years", "")));

    f->flow = flow_named(s, tta_json_text(over, "flow", ""));
    if (f->flow == SIZE_MAX)
        return tta_document_fail(d, e, place, "names no flow");
    if (years == SIZE_MAX || !s->input[years].whole || s->input[years].least < TTA_MICRO ||
        s->input[years].most > s->flow[f->flow].years * TTA_MICRO)
        return tta_document_fail(d, e, place,
                                 "its years are no input that is whole and lies between 1 and the "
                                 "%d years of its flow",
                                 s->flow[f->flow].years);
    while (strcmp(tta_flow_timing_names[f->timing], timing) != 0)
        f->timing++; /* the schema knows no others */
    f->term[f->count++] = years;
    for (size_t i = 0; i < json_array_size(rates); i++)
        if (take_rate(d, json_array_get(rates, i), place, i + 1 == json_array_size(rates), s, f,
                      e) != 0)
            return e->code;
    return 0;
}
