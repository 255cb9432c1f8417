/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Computed values of a row: each when it is first asked for, and once. */
#include "internal.h"

#define NO_DAY "a day outside 1800 to 2199"
#define TOO_LARGE "a number too large to hold"

void tta_rules_row_begin(struct tta_rules_row *r, const struct tta_rules *t,
                         const union tta_slot *in, struct tta_rules_space *space)
{
    r->t = t;
    r->code = t->program->code;
    r->values = t->program->values;
    r->in = in;
    r->missing = 0;
    r->bad = NULL;
    r->space = space;
    if (space != NULL)
        memset(space->done, 0, (t->program->value_count + 63) / 64 * sizeof *space->done);
}

void tta_rules_row_start(struct tta_rules_row *r, const struct tta_rules *t,
                         const union tta_slot *in, struct tta_rules_space *space)
{
    tta_rules_row_begin(r, t, in, space);
    if (in != NULL)
        tta_rules_take_inputs(t, in, r->number);
}

bool tta_rules_slot_equal(enum tta_type type, const union tta_slot *a, const union tta_slot *b)
{
    return type == TTA_TEXT
               ? (a->text.ptr == NULL) == (b->text.ptr == NULL) && tta_text_equal(a->text, b->text)
               : memcmp(a, b, tta_type_size(type)) == 0;
}

static int bad(struct tta_rules_row *r, const char *why)
{
    r->bad = why;
    return ROW_BAD;
}

static int take_day(struct tta_rules_row *r, int64_t day, union tta_slot *out)
{
    if (day < TTA_RULES_FIRST_DAY || day > TTA_RULES_LAST_DAY)
        return bad(r, NO_DAY);
    out->date = (tta_date)day;
    return ROW_YES;
}

static int add_days(struct tta_rules_row *r, tta_date day, int64_t n, int64_t scale,
                    union tta_slot *out)
{
    if (n < -1000000 || n > 1000000)
        return bad(r, NO_DAY);
    return take_day(r, day + n * scale, out);
}

static int add_months(struct tta_rules_row *r, tta_date day, int64_t n, union tta_slot *out)
{
    if (n < -4800 || n > 4800)
        return bad(r, NO_DAY);
    return take_day(r, tta_date_add_months(day, (int)n), out);
}

static int age_on(struct tta_rules_row *r, tta_date birth, tta_date day, union tta_slot *out)
{
    int y1, m1, d1, y2, m2, d2;

    if (day < birth)
        return bad(r, "an age before the birth");
    tta_date_to_ymd(birth, &y1, &m1, &d1);
    tta_date_to_ymd(day, &y2, &m2, &d2);
    out->integer = y2 - y1 - (m2 < m1 || (m2 == m1 && d2 < d1));
    return ROW_YES;
}

static void month_end(tta_date day, union tta_slot *out)
{
    int year, month, dom;
    tta_date first = day;

    tta_date_to_ymd(day, &year, &month, &dom);
    tta_date_from_ymd(year, month, 1, &first);
    out->date = tta_date_add_months(first, 1) - 1;
}

static int divide(struct tta_rules_row *r, int64_t a, int64_t scale, int64_t b, int64_t *out)
{
    if (b == 0)
        return bad(r, "a division by zero");
    if (b < 0) {
        a = -a;
        b = -b;
    }
    return tta_muldiv_half_up(a, scale, b, out) ? ROW_YES : bad(r, TOO_LARGE);
}

static int compute_number(struct tta_rules_row *r, const struct tta_rules_value *v, int64_t a,
                          int64_t b, int64_t *out)
{
    switch (v->op) {
    case VALUE_ADD:
        return tta_add(a, b, out) && *out != TTA_INTEGER_NONE ? ROW_YES : bad(r, TOO_LARGE);
    case VALUE_SUBTRACT:
        return tta_add(a, -b, out) && *out != TTA_INTEGER_NONE ? ROW_YES : bad(r, TOO_LARGE);
    case VALUE_MULTIPLY:
        return tta_muldiv_half_up(a, b, v->scale, out) ? ROW_YES : bad(r, TOO_LARGE);
    case VALUE_DIVIDE:
        return divide(r, a, v->scale, b, out);
    case VALUE_MIN:
        *out = a < b ? a : b;
        return ROW_YES;
    default:
        *out = a > b ? a : b;
        return ROW_YES;
    }
}

static int compute_date(struct tta_rules_row *r, const struct tta_rules_value *v,
                        const union tta_slot *a, const union tta_slot *b, union tta_slot *out)
{
    int year, week;

    switch (v->op) {
    case VALUE_MIN_DATE:
        out->date = a->date < b->date ? a->date : b->date;
        return ROW_YES;
    case VALUE_MAX_DATE:
        out->date = a->date > b->date ? a->date : b->date;
        return ROW_YES;
    case VALUE_DAYS:
        out->integer = (int64_t)b->date - a->date;
        return ROW_YES;
    case VALUE_WEEKS:
        out->integer = ((int64_t)b->date - a->date) / 7;
        return ROW_YES;
    case VALUE_ADD_DAYS:
        return add_days(r, a->date, b->integer, v->scale, out);
    case VALUE_ADD_MONTHS:
        return add_months(r, a->date, b->integer, out);
    case VALUE_AGE:
        return age_on(r, a->date, b->date, out);
    case VALUE_ISO_WEEK:
        tta_date_iso_week(a->date, &year, &week);
        out->integer = week;
        return ROW_YES;
    default:
        month_end(a->date, out);
        return ROW_YES;
    }
}

/* What has operands that must be there. */
static int compute(struct tta_rules_row *r, const struct tta_rules_value *v, union tta_slot *out)
{
    const union tta_slot *a, *b = NULL;
    int rc = tta_rules_value(r, v->a, &a);

    if (rc != ROW_YES)
        return rc;
    if (v->op == VALUE_INPUT) {
        out->text = tta_text_of(v->column.values[a->choice]);
        return ROW_YES;
    }
    if (v->op != VALUE_ISO_WEEK && v->op != VALUE_MONTH_END) {
        rc = tta_rules_value(r, v->b, &b);
        if (rc != ROW_YES)
            return rc;
    }
    return v->op <= VALUE_MAX ? compute_number(r, v, a->integer, b->integer, &out->integer)
                              : compute_date(r, v, a, b, out);
}

/* What chooses between values. */
static int choose(struct tta_rules_row *r, const struct tta_rules_value *v, union tta_slot *out)
{
    const union tta_slot *chosen;
    int rc = tta_rules_walk(r, v->pc);

    if (rc == ROW_MISSING || rc == ROW_BAD)
        return rc;
    if (v->op == VALUE_CONDITION) {
        out->boolean = rc == ROW_YES;
        return ROW_YES;
    }
    rc = tta_rules_value(r, rc == ROW_YES ? v->a : v->b, &chosen);
    if (rc == ROW_YES)
        *out = *chosen;
    return rc;
}

static int compute_value(struct tta_rules_row *r, const struct tta_rules_value *v,
                         union tta_slot *out)
{
    const struct tta_rules_program *p = r->t->program;

    switch (v->op) {
    case VALUE_NULL:
        tta_type_set_missing(v->column.type, out);
        return ROW_YES;
    case VALUE_TODAY:
        out->date = p->today;
        return p->today != TTA_DATE_NONE ? ROW_YES : bad(r, "today, which is not known");
    case VALUE_CONDITION:
    case VALUE_IF:
        return choose(r, v, out);
    default:
        return compute(r, v, out);
    }
}

int tta_rules_value(struct tta_rules_row *r, uint16_t slot, const union tta_slot **out)
{
    const struct tta_rules_value *v;
    size_t i = slot;
    int rc;

    if (i < r->t->input_count) {
        *out = &r->in[i];
        if (r->number[i] != TTA_INTEGER_NONE)
            return ROW_YES;
        r->missing = slot;
        return ROW_MISSING;
    }
    i -= r->t->input_count;
    v = &r->values[i];
    if (v->op == VALUE_CONSTANT || v->op == VALUE_OPTION) {
        *out = v->op == VALUE_CONSTANT ? &v->constant : &r->t->program->readings[v->a];
        return ROW_YES;
    }
    *out = &r->space->computed[i];
    if ((r->space->done[i / 64] >> i % 64 & 1) != 0)
        return ROW_YES;
    rc = compute_value(r, v, &r->space->computed[i]);
    if (rc == ROW_YES)
        r->space->done[i / 64] |= UINT64_C(1) << i % 64;
    return rc;
}
