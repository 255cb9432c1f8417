/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_AUDIT_H
#define TTA_AUDIT_H
/*
 * What an audit file says of a draw: all that is needed to do it again but the key,
 * and the hashes that say whether the list and the lots are still the same. A line of
 * the file is an entry, JSON, in a chain (tta/chain.h); tta-randomize.1, FILES, has
 * its members. An entry "commit" only commits to a key.
 */
#include "tta/chain.h"
#include "tta/replay.h"

#define TTA_AUDIT_VERSION 1

enum tta_audit_kind { TTA_AUDIT_COMMIT, TTA_AUDIT_DRAW };

struct tta_audit {
    enum tta_audit_kind kind;
    char program[64]; /* "tta-randomize 0.1.0" */
    bool replayed;    /* drawn as R or Stata does: replay; else tta-1 and a commitment */
    struct tta_replay replay;
    bool public_seed;              /* the key came from a published text */
    char commitment[TTA_HEX_SIZE]; /* "": none */
    char (*inputs)[TTA_HEX_SIZE];  /* of the files as read, in their order */
    size_t input_count;
    uint64_t rows;
    char columns[TTA_HEX_SIZE];    /* of the cells that the plan reads; "" when it reads none */
    char list[TTA_HEX_SIZE];       /* of all cells of all rows as read; "": not made */
    char *marks;                   /* two digits a row: how the hash of its cells begins */
    char allocation[TTA_HEX_SIZE]; /* of the arms (stepped: step, arm), in the order of the rows */
    const struct tta_plan *plan;   /* borrowed */
    struct tta_names strata;       /* labels, in byte order */
    uint64_t *counts;              /* strata x arms */
    uint64_t earlier;              /* draws under the same key before it in its file */
    uint64_t candidates, kept;     /* constrained; else 0 */
};

void tta_audit_release(struct tta_audit *a);

/* Counts the units of every stratum and arm, and makes the hash of the allocation. */
int tta_audit_count(struct tta_audit *a, const struct tta_units *u,
                    const struct tta_allocation *drawn, struct tta_error *e);

/* The members of the entry, as tta_chain_add takes them. */
int tta_audit_write(const struct tta_audit *a, struct tta_buffer *out, struct tta_error *e);

/*
 * An entry from its line (checked by tta_chain_check). The settings go into plan,
 * which the entry then borrows. TTA_E_DATA for another version of the file or
 * anything this program did not write. {0} and the empty plan are released by the
 * caller also when it fails.
 */
int tta_audit_read(struct tta_text line, struct tta_audit *out, struct tta_plan *plan,
                   struct tta_error *e);

/*
 * The paragraph on randomisation for the paper, with the items of CONSORT 2025 (Hopewell
 * et al., BMJ 389 (2025) e081123): 17a and 17b sequence generation, 18 allocation
 * concealment, 19 implementation; and in Danish. What only people know stands in
 * brackets. a: an entry of a draw, counted.
 */
enum tta_language { TTA_ENGLISH, TTA_DANISH };
int tta_audit_paragraph(const struct tta_audit *a, enum tta_language language,
                        struct tta_buffer *out, struct tta_error *e);

#endif
