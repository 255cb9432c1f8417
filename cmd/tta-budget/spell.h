/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_BUDGET_SPELL_H
#define TTA_CMD_BUDGET_SPELL_H
/* A spell of DREAM as tta-budget weeks reads it, by days or by weeks. */
#include "tta/cost_dream.h"
#include "tta/tool.h"

struct spell {
    struct tta_text case_id, code, from_week, to_week;
    tta_date from, to;
};
extern const struct tta_column spell_columns[];

/* Its days, both included; to is TTA_DATE_NONE where it is open. TTA_E_DATA. */
int spell_days(const struct tta_run *run, const struct spell *spell, tta_date *from, tta_date *to,
               struct tta_error *e);

#endif
