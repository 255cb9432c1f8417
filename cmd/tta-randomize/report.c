/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report.h"

const char *const report_kinds[] = {"consort", NULL};
const char *const report_languages[] = {"en", "da", NULL};

int report_print(struct tta_run *run, const struct report_args *args, const struct tta_audit *a,
                 struct tta_error *e)
{
    struct tta_buffer text = {0};
    int rc = tta_audit_paragraph(a, args->language == 1 ? TTA_DANISH : TTA_ENGLISH, &text, e);

    if (rc == 0)
        rc = tta_print(run, &text, e);
    tta_buffer_release(&text);
    return rc;
}
