/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_BUDGET_COURSES_H
#define TTA_CMD_BUDGET_COURSES_H
/* The courses that were started, from a second file: case_id, completed. */
#include "tta/names.h"
#include "tta/tool.h"

struct courses {
    struct tta_names names;
    int64_t completed;
};

/* TTA_E_DATA: a case that stands twice, none at all. */
int courses_read(struct tta_run *run, const char *file, struct courses *out, struct tta_error *e);
void courses_release(struct courses *c);

#endif
