/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_COST_PACKAGE_H
#define TTA_COST_PACKAGE_H
/*
 * Budgets from hours x hourly rates x citizens, and from products of factors:
 * Vestegnsprojektet, application (2019/20), bilag 2. Amounts are kept in
 * millionths of a krone, and rounded half up where they are shown, to the øre
 * and to the krone: sums are of what is not rounded.
 */
#include <stdbool.h>
#include <stdint.h>

#include "tta/error.h"
#include "tta/number.h"

#define TTA_PACKAGE_STAFF 16
#define TTA_PACKAGE_FACTORS 8
#define TTA_PACKAGE_SECTIONS 16
#define TTA_PACKAGE_LINES (TTA_PACKAGE_SECTIONS * 32)
#define TTA_PACKAGE_ID 32

struct tta_package_staff {
    char id[TTA_PACKAGE_ID];
    int64_t rate_micro;    /* kroner an hour */
    int64_t printed_micro; /* as the source rounds it; the same where it says none */
};

/* Printed amounts are whole kroner, TTA_INTEGER_NONE where the source prints none. */
struct tta_package_line {
    char id[TTA_PACKAGE_ID];
    size_t section;
    int64_t share_micro;                    /* of the citizens; TTA_INTEGER_NONE: factors */
    int64_t hours_micro[TTA_PACKAGE_STAFF]; /* for each citizen; NONE: the package has no such */
    int64_t staff_printed[TTA_PACKAGE_STAFF];
    size_t factors;
    int64_t factor_micro[TTA_PACKAGE_FACTORS];
    int64_t divide_by;
    int64_t printed_price, printed;
};

struct tta_package_sum {
    char id[TTA_PACKAGE_ID];
    uint32_t sections; /* a bit for each section that is in it */
    int64_t printed;
};

/* Plain: copied and dropped at will. Large: some 200 kB. */
struct tta_package {
    char id[64];
    unsigned char hash[32];
    int32_t price_year;
    int64_t citizens;
    size_t staff_count, line_count, section_count, total_count;
    struct tta_package_staff staff[TTA_PACKAGE_STAFF];
    struct tta_package_line line[TTA_PACKAGE_LINES]; /* in order of sections */
    struct tta_package_sum section[TTA_PACKAGE_SECTIONS];
    struct tta_package_sum total[TTA_PACKAGE_SECTIONS];
};

/*
 * A document of kind "package": vestegn-2020 or a path. TTA_E_CONFIG: an id that
 * stands twice or leads nowhere, a line that is neither a package nor factors,
 * shares of a section that do not add up to 1.
 */
int tta_package_load(const char *name_or_path, struct tta_package *out, struct tta_error *e);

/* Changes by id; false when there is no such package or profession. */
bool tta_package_set_share(struct tta_package *p, struct tta_text id, int64_t share_micro);
bool tta_package_set_rate(struct tta_package *p, struct tta_text id, int64_t rate_micro);
void tta_package_use_printed_rates(struct tta_package *p);

/* TTA_E_DATA when the shares of a section's packages do not add up to 1. */
int tta_package_check_shares(const struct tta_package *p, struct tta_error *e);

enum tta_package_level {
    TTA_PACKAGE_PROFESSION, /* of a package */
    TTA_PACKAGE_LINE,
    TTA_PACKAGE_SECTION,
    TTA_PACKAGE_TOTAL
};
extern const char *const tta_package_level_names[]; /* NULL at the end */

/* TTA_INTEGER_NONE where a row has no such thing. */
struct tta_package_row {
    enum tta_package_level level;
    const char *of, *id;         /* the section or package it belongs to, or NULL; borrowed */
    int64_t hours_micro;         /* for each citizen */
    int64_t rate_micro;          /* kroner an hour */
    int64_t citizens_micro;      /* 31500000 is 31.5 */
    int64_t price_ore;           /* for each citizen */
    int64_t printed_price;       /* kroner */
    int64_t amount_ore;          /* price x citizens */
    int64_t kroner;              /* the amount to the krone */
    int64_t printed, difference; /* kroner - printed */
};

/*
 * The budget row by row: each package after its professions (when they are
 * wanted), each section after its lines, the totals last. The caller frees rows.
 * TTA_E_DATA: an amount too large to hold.
 */
int tta_package_rows(const struct tta_package *p, bool professions, struct tta_package_row **rows,
                     size_t *count, struct tta_error *e);

#endif
