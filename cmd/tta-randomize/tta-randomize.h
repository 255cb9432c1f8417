/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_RANDOMIZE_H
#define TTA_CMD_RANDOMIZE_H
#include "tta/tool.h"

extern const struct tta_tool tta_randomize_draw, tta_randomize_commit, tta_randomize_reveal,
    tta_randomize_verify, tta_randomize_check, tta_randomize_list, tta_randomize_next;

#endif
