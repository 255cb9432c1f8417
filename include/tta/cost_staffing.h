/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_COST_STAFFING_H
#define TTA_COST_STAFFING_H
/*
 * From the cases of a month to the people and meetings that they need, and to
 * the queue when there are fewer. Decimals are millionths (1500000 is 1.5).
 */
#include <stdint.h>

#include "tta/error.h"
#include "tta/number.h"

struct tta_staffing_norms {
    char id[64];
    unsigned char hash[32];
    int64_t category2_micro, team_micro, clinic_micro; /* clinic: of category 2 */
    int64_t capacity_cases;                            /* a year */
    int64_t team_size;
    int64_t patient_hours_micro, conference_hours_micro; /* conference: a week */
    int64_t meeting_cases, meeting_clarifications;
    int64_t courses_least, courses_most; /* at a time */
};

/* A document of kind "staffing": normer or a path. */
int tta_staffing_load(const char *name_or_path, struct tta_staffing_norms *out,
                      struct tta_error *e);

/* TTA_INTEGER_NONE: not known. */
struct tta_staffing_month {
    int64_t incoming_cases;
    int64_t rehabilitation_cases; /* to a rehabilitation meeting, but jobafklaring */
    int64_t clarification_cases;  /* jobafklaring */
    int64_t courses;              /* running */
    int days;                     /* of the month */
};

/* Exact to a millionth, half up; people are whole. NONE where the cases are not known. */
struct tta_staffing_need {
    int64_t category2_micro;
    int64_t coordinators_micro, teams_micro; /* at a twelfth of the year's capacity */
    int64_t team_members;                    /* of so many teams, rounded up to whole teams */
    int64_t team_micro, clinic_micro;        /* cases that go there */
    int64_t clinic_hours_micro;              /* patients, and the conference of days / 7 weeks */
    int64_t meetings;                        /* rounded up */
    int64_t course_coordinators_least;       /* at the larger load, rounded up */
    int64_t course_coordinators_most;
};

/* TTA_E_DATA: a negative or absurd (above 10^9) number of cases. */
int tta_staffing_need(const struct tta_staffing_norms *norms,
                      const struct tta_staffing_month *month, struct tta_staffing_need *out,
                      struct tta_error *e);

/* What so many coordinators, or teams, take in a month. */
int64_t tta_staffing_capacity(const struct tta_staffing_norms *norms, int64_t staff_micro);
/* What so many hours of the clinic in a month leave for patients, in cases; 0 when too few. */
int64_t tta_staffing_clinic_capacity(const struct tta_staffing_norms *norms, int64_t hours_micro,
                                     int days);

/*
 * A month of a queue: who waited and who came are handled up to the capacity.
 * Used of the capacity; NONE when there is no capacity.
 */
struct tta_queue {
    int64_t waiting_micro; /* at the end of the month */
    int64_t used_micro;
};
/* TTA_E_DATA: too many waiting to count. */
int tta_queue_month(struct tta_queue *queue, int64_t arrivals_micro, int64_t capacity_micro,
                    struct tta_error *e);

#endif
