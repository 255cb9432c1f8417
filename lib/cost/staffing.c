/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/cost_staffing.h"

#include <stdbool.h>
#include <string.h>

#define MOST_CASES INT64_C(1000000000)
#define MONTHS 12

static bool possible(int64_t cases)
{
    return cases == TTA_INTEGER_NONE || (cases >= 0 && cases <= MOST_CASES);
}

/* value x mul / div of numbers that the norms and MOST_CASES keep small. */
static int64_t times(int64_t value, int64_t mul, int64_t div)
{
    int64_t out = 0;

    tta_muldiv_half_up(value, mul, div, &out);
    return out;
}

static int64_t up(int64_t value, int64_t step)
{
    return (value + step - 1) / step;
}

static int64_t meetings(const struct tta_staffing_norms *n, const struct tta_staffing_month *m)
{
    int64_t a = m->rehabilitation_cases, b = m->clarification_cases;

    if (a == TTA_INTEGER_NONE && b == TTA_INTEGER_NONE)
        return TTA_INTEGER_NONE;
    a = a == TTA_INTEGER_NONE ? 0 : a;
    b = b == TTA_INTEGER_NONE ? 0 : b;
    return up(a * n->meeting_clarifications + b * n->meeting_cases,
              n->meeting_cases * n->meeting_clarifications);
}

int tta_staffing_need(const struct tta_staffing_norms *n, const struct tta_staffing_month *m,
                      struct tta_staffing_need *out, struct tta_error *e)
{
    const struct {
        const char *column;
        int64_t cases;
    } given[] = {{"incoming_cases", m->incoming_cases},
                 {"rehabilitation_cases", m->rehabilitation_cases},
                 {"clarification_cases", m->clarification_cases},
                 {"courses", m->courses}};

    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        if (!possible(given[i].cases) || (i == 0 && given[i].cases == TTA_INTEGER_NONE))
            return tta_fail(e, TTA_E_DATA, "column %s: a number of cases that cannot be",
                            given[i].column);
    out->category2_micro = m->incoming_cases * n->category2_micro;
    out->coordinators_micro = times(out->category2_micro, MONTHS, n->capacity_cases);
    out->teams_micro = out->coordinators_micro;
    out->team_members = up(out->teams_micro, TTA_MICRO) * n->team_size;
    out->team_micro = times(out->category2_micro, n->team_micro, TTA_MICRO);
    out->clinic_micro = times(out->category2_micro, n->clinic_micro, TTA_MICRO);
    out->clinic_hours_micro = times(out->clinic_micro, n->patient_hours_micro, TTA_MICRO) +
                              times(n->conference_hours_micro, m->days, 7);
    out->meetings = meetings(n, m);
    out->course_coordinators_least = out->course_coordinators_most = TTA_INTEGER_NONE;
    if (m->courses != TTA_INTEGER_NONE) {
        out->course_coordinators_least = up(m->courses, n->courses_most);
        out->course_coordinators_most = up(m->courses, n->courses_least);
    }
    return 0;
}

int64_t tta_staffing_capacity(const struct tta_staffing_norms *n, int64_t staff_micro)
{
    return times(staff_micro, n->capacity_cases, MONTHS);
}

int64_t tta_staffing_clinic_capacity(const struct tta_staffing_norms *n, int64_t hours_micro,
                                     int days)
{
    int64_t left = hours_micro - times(n->conference_hours_micro, days, 7);

    return left <= 0 || n->patient_hours_micro == 0
               ? 0
               : times(left, TTA_MICRO, n->patient_hours_micro);
}

int tta_queue_month(struct tta_queue *q, int64_t arrivals_micro, int64_t capacity_micro,
                    struct tta_error *e)
{
    int64_t handled;

    if (!tta_add(q->waiting_micro, arrivals_micro, &q->waiting_micro))
        return tta_fail(e, TTA_E_DATA, "more waiting than can be counted");
    handled = q->waiting_micro < capacity_micro ? q->waiting_micro : capacity_micro;
    q->waiting_micro -= handled;
    q->used_micro = TTA_INTEGER_NONE;
    if (capacity_micro > 0)
        q->used_micro = times(handled, TTA_MICRO, capacity_micro);
    return 0;
}
