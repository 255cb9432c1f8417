/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_RANDOMIZE_ASSIGN_H
#define TTA_CMD_RANDOMIZE_ASSIGN_H
/* Arrivals, the log on disk, and what they are assigned. Zeroed an assignment is empty. */
#include "lots.h"
#include "tta/log.h"

struct assignment {
    struct lots lots; /* units: the arrivals */
    bool listed;
    struct tta_lot_list list;
    struct tta_log log;
    struct tta_names ids;   /* of the arrivals, in their order: none comes twice */
    struct tta_names cells; /* the same; the id is in them, so neither does this */
    struct place *place;    /* the same */
    size_t place_cap;
    size_t moved, first_moved; /* arrivals that have another stratum than in the log */
    bool begun;                /* the log is new */
};

/* Can units of this plan come one by one? */
int assign_check(const struct tta_plan *plan, struct tta_error *e);

/* The list of tta-randomize list, to its last row. */
int assign_read_list(struct tta_run *run, const char *path, struct tta_lot_list *list,
                     struct tta_error *e);

/* A row: the cells of the plan, and where it stands. */
int assign_arrive(struct assignment *a, const union tta_slot *cells, struct place place,
                  struct tta_error *e);
struct tta_text assign_id(const struct assignment *a, size_t arrival);
/* Adds to the error where the arrival stands. */
int assign_place(const struct assignment *a, size_t arrival, struct tta_error *e);

/*
 * All arrivals, or none: those that are not in the log are put there, and are on the
 * disk when this returns. torn: the bytes of a line that a killed run left.
 */
int assign_all(struct assignment *a, const char *path, size_t *torn, struct tta_error *e);

/* The lines of the new ones, from the list; or as plan and key draw them behind the log. */
int assign_from_list(struct assignment *a, const char *log, struct tta_buffer *lines,
                     struct tta_error *e);
int assign_from_key(struct assignment *a, const char *log, struct tta_buffer *lines,
                    struct tta_error *e);

void assign_release(struct assignment *a);

#endif
