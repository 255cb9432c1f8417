/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_STAT_MODEL_H
#define TTA_STAT_MODEL_H
#include "tta/model.h"

/* Is the item without its part number skip an item of the model, or nothing? */
bool tta_model_has_rest(const struct tta_model *m, const struct tta_item *item, size_t skip);

#endif
