/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_LIB_DATA_EMBEDDED_H
#define TTA_LIB_DATA_EMBEDDED_H
/* What scripts/embed makes: every lib/data/KIND/NAME.json, schemas (kind "schema") among them. */
#include "tta/data.h"

extern const struct tta_embedded tta_embedded_all[];
extern const unsigned tta_embedded_count;

#endif
