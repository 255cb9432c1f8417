/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "tta/refusion.h"

struct reasons {
    const char **paragraph;
    size_t count;
    enum tta_confidence least;
};

static void add(struct reasons *r, const char *paragraph, enum tta_confidence confidence)
{
    if (confidence > r->least)
        r->least = confidence;
    if (*paragraph == '\0' || r->count == TTA_REFUSION_REASONS)
        return;
    for (size_t i = 0; i < r->count; i++)
        if (strcmp(r->paragraph[i], paragraph) == 0)
            return;
    r->paragraph[r->count++] = paragraph;
}

/* The share: that of the band, or of what makes the days active where that differs. */
static void add_share(struct reasons *r, const struct tta_refusion_part *part)
{
    const struct tta_refusion_scheme *s = part->scheme;
    const struct tta_refusion_band *band = part->band;

    add(r, "", s->confidence);
    if (!part->active || band->active_micro == band->state_micro) {
        add(r, band->paragraph, band->confidence);
        return;
    }
    add(r, "", band->confidence);
    for (int kind = 0; kind < TTA_ACTIVE_STATED; kind++)
        if (s->active[kind].counts && (part->kind == TTA_ACTIVE_STATED || (int)part->kind == kind))
            add(r, s->active[kind].paragraph, s->active[kind].confidence);
}

size_t tta_refusion_reasons(const struct tta_refusion_part *part,
                            const char *paragraph[TTA_REFUSION_REASONS], enum tta_confidence *least)
{
    struct reasons r = {paragraph, 0, TTA_SEEN};

    if (part->employer_ore > 0)
        add(&r, part->employer->paragraph, part->employer->confidence);
    if (part->band != NULL)
        add_share(&r, part);
    if (part->shifted)
        add(&r, part->scheme->shift_paragraph, part->scheme->confidence);
    if (part->restarted)
        add(&r, part->scheme->restart_paragraph, part->scheme->restart_confidence);
    if (part->reduced)
        add(&r, "lov om sygedagpenge § 53", TTA_DERIVED);
    if (part->maximum != NULL)
        add(&r, part->maximum->paragraph, part->maximum->confidence);
    *least = r.least;
    return r.count;
}
