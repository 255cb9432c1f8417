/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_LOG_H
#define TTA_LOG_H
/*
 * Units that arrive one after the other: a list of lots made in advance, and the log of
 * who got which. Both are files of others; here they are only read, checked and added to.
 */
#include "tta/chain.h"
#include "tta/allocate.h"

/*
 * A list: every row has its place (1, 2, 3 ... of so many), its stratum, its number
 * within the stratum, its arm and a seal, the first 32 digits of the BLAKE2b-256 of the
 * seal before ("" in the first), the places, the stratum, the number and the arm, each
 * with a NUL behind it. So a row that was changed, moved, taken out or cut off is found.
 */
#define TTA_SEAL_SIZE 33

struct tta_lot_list {
    uint64_t places; /* as every row says */
    char seal[TTA_SEAL_SIZE];
    struct tta_names strata, arms;
    struct tta_list_lot {
        int32_t stratum, arm;
        uint64_t ordinal;
    } * lots;
    uint64_t count, cap;
};

/* The seal of the next row, from that of the one before. */
void tta_lot_seal(char seal[TTA_SEAL_SIZE], uint64_t places, struct tta_text stratum,
                  uint64_t ordinal, struct tta_text arm);

/* The next row as it stands in the file; TTA_E_DATA when it is not what was written. */
int tta_lot_list_add(struct tta_lot_list *l, uint64_t place, uint64_t places,
                     struct tta_text stratum, uint64_t ordinal, struct tta_text arm,
                     struct tta_text seal, struct tta_error *e);
/* After the last: are they all there, and each once? From now on they can be found. */
int tta_lot_list_end(struct tta_lot_list *l, struct tta_error *e);
/* The arm (borrowed) of a stratum's ordinal-th lot; false when it has none. */
bool tta_lot_list_find(const struct tta_lot_list *l, struct tta_text stratum, uint64_t ordinal,
                       struct tta_text *arm);
void tta_lot_list_release(struct tta_lot_list *l);

/*
 * A log: its first line says by what is assigned (the settings of the plan with the
 * commitment to the key, or the last seal of the list with strata and id), every other one a unit:
 * the cells that the plan reads, its stratum, its number within the stratum and its arm.
 */
struct tta_log_unit {
    char *cells; /* JSON, as tta_log_cells makes it */
    int32_t id, stratum, arm;
    uint64_t ordinal;
    char receipt[TTA_HEX_SIZE]; /* the hash of its line */
};

struct tta_log {
    struct tta_chain chain;
    char *origin; /* JSON of the first line; NULL: the log is empty */
    struct tta_names ids, strata, arms;
    uint64_t *taken; /* of every stratum */
    size_t taken_cap;
    struct tta_log_unit *units;
    size_t count, cap;
};

/* What the first line of a log says. With a list: of the plan strata and id only. */
int tta_log_origin(const struct tta_plan *plan, const char *commitment,
                   const struct tta_lot_list *list, struct tta_buffer *out, struct tta_error *e);

/* The cells of a row, as JSON; and a unit from them. */
int tta_log_cells(const struct tta_plan *p, const union tta_slot *cells, struct tta_buffer *out,
                  struct tta_error *e);
int tta_log_add_unit(struct tta_units *u, const struct tta_plan *p, const char *cells,
                     struct tta_error *e);

/* All lines of a log; head as in tta_chain_walk. */
int tta_log_read(struct tta_log *l, struct tta_text file, const struct tta_chain *head,
                 struct tta_error *e);

/* The unit of that id, or NULL. */
const struct tta_log_unit *tta_log_find(const struct tta_log *l, struct tta_text id);

/* How many of a stratum are in the log. */
uint64_t tta_log_taken(const struct tta_log *l, struct tta_text stratum);

/* Adds a line to the log and to out: its origin, or a unit with the stratum's next number. */
int tta_log_begin(struct tta_log *l, struct tta_text origin, struct tta_buffer *out,
                  struct tta_error *e);
int tta_log_assign(struct tta_log *l, struct tta_text id, const char *cells,
                   struct tta_text stratum, struct tta_text arm, struct tta_buffer *out,
                   struct tta_error *e);

void tta_log_release(struct tta_log *l);

#endif
