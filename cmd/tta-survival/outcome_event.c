/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Had the row the event? What is nearly one of two values is an error, and no third. */
#include <math.h>

#include "outcome.h"

/* Without the blanks around it. */
static struct tta_text trimmed(struct tta_text t)
{
    while (t.len > 0 && t.ptr[0] == ' ') {
        t.ptr++;
        t.len--;
    }
    while (t.len > 0 && t.ptr[t.len - 1] == ' ')
        t.len--;
    return t;
}

bool outcome_is_nearly(const struct tta_either *cell, struct tta_text value, double number)
{
    char a[128], b[128];

    if (cell->text.ptr == NULL || tta_text_equal(cell->text, value))
        return false;
    if (!isnan(cell->number) && !isnan(number))
        return cell->number >= number && cell->number <= number;
    return tta_text_normal(trimmed(cell->text), a, sizeof a) &&
           tta_text_normal(trimmed(value), b, sizeof b) && strcmp(a, b) == 0;
}

/* A value of the command line. */
static bool is_nearly(const struct tta_either *cell, const char *value)
{
    static const struct tta_number_style plain = {'.', 0};
    double number;

    if (tta_double_parse(tta_text_of(value), plain, &number) != NULL)
        number = NAN;
    return outcome_is_nearly(cell, tta_text_of(value), number);
}

static int read_truth(const struct outcome *o, const struct tta_either *cell, bool *event,
                      struct tta_error *e)
{
    int8_t truth = 0;
    const char *problem = tta_boolean_parse(cell->text, &truth);

    if (problem != NULL)
        return tta_fail(e, TTA_E_DATA,
                        "column %s: %s; say which value is the event, such as --event=%s=2",
                        o->event_column, problem, o->event_column);
    *event = truth == 1;
    return 0;
}

static int read_cause(const struct outcome_args *args, const struct tta_either *cell, bool *event,
                      struct tta_error *e)
{
    bool nearly = args->censored.count == 0 && is_nearly(cell, "0");

    *event = !outcome_is_censored(args, cell);
    for (size_t i = 0; i < args->censored.count; i++)
        nearly = nearly || is_nearly(cell, args->censored.items[i]);
    return *event && nearly ? tta_fail(e, TTA_E_DATA, "nearly %s: is it a cause or not?",
                                       args->censored.count == 0 ? "0" : "a value of --censored")
                            : 0;
}

int outcome_read_event(const struct outcome *o, const struct outcome_record *r, bool *event,
                       struct tta_error *e)
{
    const struct tta_list *others = &o->args->censored;

    if (o->args->causes)
        return read_cause(o->args, &r->event_text, event, e);
    if (o->event_value == NULL)
        return read_truth(o, &r->event_text, event, e);
    *event = tta_text_is(r->event_text.text, o->event_value);
    if (!*event && is_nearly(&r->event_text, o->event_value))
        return tta_fail(e, TTA_E_DATA, "nearly the VALUE of --event: is it the event or not?");
    if (*event || others->count == 0)
        return 0;
    for (size_t i = 0; i < others->count; i++)
        if (tta_text_is(r->event_text.text, others->items[i]))
            return 0;
    return tta_fail(e, TTA_E_DATA, "column %s holds neither the event nor a value of --censored",
                    o->event_column);
}
