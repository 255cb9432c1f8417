/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_RANDOMIZE_REPORT_H
#define TTA_CMD_RANDOMIZE_REPORT_H
/* --report=consort: the paragraph for the paper instead of rows. */
#include "tta/audit.h"
#include "tta/tool.h"

struct report_args {
    int kind; /* -1: none */
    int language;
};
#define REPORT_DEFAULTS                                                                            \
    {                                                                                              \
        .kind = -1                                                                                 \
    }

extern const char *const report_kinds[];
extern const char *const report_languages[];

/* Of a struct with a member report. */
#define REPORT_OPTIONS(type)                                                                       \
    {.name = "report",                                                                             \
     .value = "consort",                                                                           \
     .kind = TTA_OPT_CHOICE,                                                                       \
     .choices = report_kinds,                                                                      \
     .offset = offsetof(type, report.kind),                                                        \
     .help = "instead of rows, the paragraph for the paper"},                                      \
    {                                                                                              \
        .name = "lang", .value = "en|da", .kind = TTA_OPT_CHOICE, .choices = report_languages,     \
        .offset = offsetof(type, report.language), .help = "of the report [en]"                    \
    }

int report_print(struct tta_run *run, const struct report_args *args, const struct tta_audit *a,
                 struct tta_error *e);

#endif
