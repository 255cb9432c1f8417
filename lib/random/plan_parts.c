/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lists of arms and of columns, whole numbers and fractions, as a plan's settings write them. */
#include <stdlib.h>

#include "plan.h"
#include "tta/number.h"

static const struct tta_number_style plain = {'.', 0};

size_t tta_plan_cut(char *text, char mark)
{
    size_t count = 1;

    for (char *p = text; *p != '\0'; p++)
        if (*p == mark) {
            *p = '\0';
            count++;
        }
    return count;
}

bool tta_plan_parse_whole(const char *text, uint64_t least, uint64_t most, uint64_t *out)
{
    int64_t value;

    if (tta_integer_parse(tta_text_of(text), plain, &value) != NULL || value < 0 ||
        (uint64_t)value < least || (uint64_t)value > most)
        return false;
    *out = (uint64_t)value;
    return true;
}

static void lowest_terms(struct tta_fraction *f)
{
    uint64_t a = f->num, b = f->den;

    while (b != 0) {
        uint64_t rest = a % b;

        a = b;
        b = rest;
    }
    f->num /= a;
    f->den /= a;
}

bool tta_plan_parse_fraction(char *text, struct tta_fraction *out)
{
    const uint64_t most = 1000000000;
    struct tta_fraction f = {0, TTA_MICRO};
    char *slash = strchr(text, '/');
    int64_t micro;

    if (slash != NULL) {
        *slash = '\0';
        if (!tta_plan_parse_whole(text, 0, most, &f.num) ||
            !tta_plan_parse_whole(slash + 1, 1, most, &f.den))
            return false;
    } else if (tta_decimal_parse(tta_text_of(text), plain, &micro) != NULL || micro < 0) {
        return false;
    } else {
        f.num = (uint64_t)micro;
    }
    if (f.num > f.den)
        return false;
    lowest_terms(&f);
    *out = f;
    return true;
}

static int same_name(struct tta_names *seen, const char *name, size_t i, const char *setting,
                     const char *what, struct tta_error *e)
{
    int32_t number;

    if (tta_names_number(seen, tta_text_of(name), &number) != 0)
        return tta_fail_memory(e);
    if ((size_t)number != i)
        return tta_fail(e, TTA_E_USAGE, "--%s: %s %d and %zu have one name", setting, what,
                        number + 1, i + 1);
    return 0;
}

static int parse_arm(char *piece, struct tta_arms *arms, size_t i, const char *setting,
                     struct tta_error *e)
{
    char *colon = strrchr(piece, ':');
    struct tta_arm *arm = &arms->items[i];

    if (i == 0)
        arms->numbered = colon != NULL;
    if ((colon != NULL) != arms->numbered || colon == piece || *piece == '\0' ||
        (colon != NULL && !tta_plan_parse_whole(colon + 1, 0, INT64_MAX, &arm->number)))
        return tta_fail(e, TTA_E_USAGE, "--%s: NAME:N,NAME:N with whole numbers N", setting);
    if (colon != NULL)
        *colon = '\0';
    else
        arm->number = 1;
    arm->name = piece;
    if (__builtin_add_overflow(arms->sum, arm->number, &arms->sum))
        arms->sum = UINT64_MAX;
    return 0;
}

int tta_plan_parse_arms(char *text, struct tta_arms *out, const char *setting, struct tta_error *e)
{
    struct tta_names seen = {0};
    char *piece = text;
    int rc = 0;

    out->count = tta_plan_cut(text, ',');
    if (out->count > TTA_ARMS_MAX)
        return tta_fail(e, TTA_E_USAGE, "--%s: more than %d", setting, TTA_ARMS_MAX);
    out->items = calloc(out->count, sizeof *out->items);
    if (out->items == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; rc == 0 && i < out->count; i++) {
        char *next = tta_plan_next(piece);

        rc = parse_arm(piece, out, i, setting, e);
        if (rc == 0)
            rc = same_name(&seen, piece, i, setting, setting, e);
        piece = next;
    }
    tta_names_release(&seen);
    return rc;
}

static int parse_cuts(char *text, struct tta_term *term, const char *setting, struct tta_error *e)
{
    term->cut_count = tta_plan_cut(text, '<');
    term->cuts = calloc(term->cut_count, sizeof *term->cuts);
    term->cut = calloc(term->cut_count, sizeof *term->cut);
    if (term->cuts == NULL || term->cut == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < term->cut_count; i++, text = tta_plan_next(text)) {
        term->cut[i] = text;
        if (tta_double_parse(tta_text_of(text), plain, &term->cuts[i]) != NULL)
            return tta_fail(e, TTA_E_USAGE, "--%s: COLUMN<NUMBER<NUMBER", setting);
        if (i > 0 && !(term->cuts[i] > term->cuts[i - 1]))
            return tta_fail(e, TTA_E_USAGE, "--%s: the numbers must rise: %s<%s", setting,
                            term->cut[i - 1], term->cut[i]);
    }
    return 0;
}

static int parse_term(char *piece, unsigned may, struct tta_term *term, const char *setting,
                      struct tta_error *e)
{
    char *colon = (may & TTA_MAY_WEIGH) != 0 ? strrchr(piece, ':') : NULL;
    char *cut = (may & TTA_MAY_CUT) != 0 ? strchr(piece, '<') : NULL;

    term->column = piece;
    term->weight = 1;
    if (colon != NULL) {
        *colon = '\0';
        if (!tta_plan_parse_whole(colon + 1, 1, 1000, &term->weight))
            return tta_fail(e, TTA_E_USAGE,
                            "--%s: COLUMN:WEIGHT with a whole number from 1 to 1000", setting);
    }
    if (cut != NULL)
        *cut = '\0';
    if (*piece == '\0')
        return tta_fail(e, TTA_E_USAGE, "--%s: a column without a name", setting);
    return cut == NULL ? 0 : parse_cuts(cut + 1, term, setting, e);
}

int tta_plan_parse_terms(char *text, unsigned may, struct tta_terms *out, const char *setting,
                         struct tta_error *e)
{
    struct tta_names seen = {0};
    char *piece = text;
    int rc = 0;

    out->count = tta_plan_cut(text, ',');
    if (out->count > TTA_TERMS_MAX)
        return tta_fail(e, TTA_E_USAGE, "--%s: more than %d columns", setting, TTA_TERMS_MAX);
    out->items = calloc(out->count, sizeof *out->items);
    if (out->items == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; rc == 0 && i < out->count; i++) {
        char *next = tta_plan_next(piece);

        rc = parse_term(piece, may, &out->items[i], setting, e);
        if (rc == 0)
            rc = same_name(&seen, piece, i, setting, "columns", e);
        piece = next;
    }
    tta_names_release(&seen);
    return rc;
}

void tta_plan_release_terms(struct tta_terms *t)
{
    for (size_t i = 0; t->items != NULL && i < t->count; i++) {
        free(t->items[i].cuts);
        free(t->items[i].cut);
    }
    free(t->items);
}
