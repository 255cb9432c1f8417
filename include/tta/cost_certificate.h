/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_COST_CERTIFICATE_H
#define TTA_COST_CERTIFICATE_H
/*
 * What fewer medical certificates save: Nordjylland, frikommune applications
 * (2017), application 3: all cases of categories 2 and 3 at the fixed price, less
 * the certificates that were asked for and what else was bought instead.
 */
#include <stdint.h>

#include "tta/date.h"
#include "tta/error.h"

/*
 * The price of a certificate (LÆ265, LÆ285) on a day, from a document of kind
 * "certificate". TTA_E_USAGE: no such certificate, or no price known on the day.
 */
struct tta_certificate_price {
    char document[64];
    unsigned char hash[32];
    int64_t ore;
};
int tta_certificate_price(const char *name_or_path, const char *certificate, tta_date day,
                          struct tta_certificate_price *out, struct tta_error *e);

struct tta_certificate_saving {
    int64_t counterfactual_ore; /* a certificate in every case */
    int64_t actual_ore;         /* certificates and alternatives */
    int64_t saving_ore;         /* below zero: dearer than before */
};
/* TTA_E_DATA: anything negative, above TTA_CASES_MOST or TTA_ORE_MOST (tta/cost.h), too large. */
int tta_certificate_saving(int64_t category2, int64_t category3, int64_t certificates,
                           int64_t alternatives_ore, int64_t price_ore,
                           struct tta_certificate_saving *out, struct tta_error *e);

#endif
