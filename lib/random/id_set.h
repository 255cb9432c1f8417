/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_RANDOM_ID_SET_H
#define TTA_RANDOM_ID_SET_H
#include "tta/text.h"

struct tta_id_set;

/* *set NULL is an empty set. fresh: it was not there before. 0 or TTA_E_MEMORY. */
int tta_id_set_add(struct tta_id_set **set, struct tta_text id, bool *fresh);
void tta_id_set_free(struct tta_id_set *set);

#endif
