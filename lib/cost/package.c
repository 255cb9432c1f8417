/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/cost_package.h"

#include <stdlib.h>
#include <string.h>

#define MICRO_A_ORE (TTA_MICRO / 100)

const char *const tta_package_level_names[] = {"profession", "line", "section", "total", NULL};

bool tta_package_set_share(struct tta_package *p, struct tta_text id, int64_t share_micro)
{
    for (size_t i = 0; i < p->line_count; i++)
        if (p->line[i].share_micro != TTA_INTEGER_NONE && tta_text_is(id, p->line[i].id)) {
            p->line[i].share_micro = share_micro;
            return true;
        }
    return false;
}

bool tta_package_set_rate(struct tta_package *p, struct tta_text id, int64_t rate_micro)
{
    for (size_t i = 0; i < p->staff_count; i++)
        if (tta_text_is(id, p->staff[i].id)) {
            p->staff[i].rate_micro = rate_micro;
            return true;
        }
    return false;
}

void tta_package_use_printed_rates(struct tta_package *p)
{
    for (size_t i = 0; i < p->staff_count; i++)
        p->staff[i].rate_micro = p->staff[i].printed_micro;
}

int tta_package_check_shares(const struct tta_package *p, struct tta_error *e)
{
    for (size_t s = 0; s < p->section_count; s++) {
        int64_t sum = 0;
        bool any = false;

        for (size_t i = 0; i < p->line_count; i++) {
            const struct tta_package_line *line = &p->line[i];

            if (line->section != s || line->share_micro == TTA_INTEGER_NONE)
                continue;
            any = true;
            sum += line->share_micro; /* none is above 1 */
        }
        if (any && sum != TTA_MICRO) {
            char shown[TTA_NUMBER_SIZE];

            tta_decimal_write(sum, '.', shown);
            return tta_fail(e, TTA_E_DATA, "the shares of section %s add up to %s, not to 1",
                            p->section[s].id, shown);
        }
    }
    return 0;
}

/* What is being written; micro are unrounded kroner. */
struct rows {
    const struct tta_package *p;
    struct tta_package_row *row;
    size_t count;
    const char *at; /* what is being computed, for the message */
};

/* A row with an amount, of `micro` kroner. */
static bool put(struct rows *r, const struct tta_package_row *row, int64_t micro)
{
    struct tta_package_row *out = &r->row[r->count++];

    *out = *row;
    r->at = row->id;
    if (!tta_muldiv_half_up(micro, 1, MICRO_A_ORE, &out->amount_ore) ||
        !tta_muldiv_half_up(micro, 1, TTA_MICRO, &out->kroner))
        return false;
    if (out->printed != TTA_INTEGER_NONE)
        out->difference = out->kroner - out->printed;
    return true;
}

static struct tta_package_row row_of(enum tta_package_level level, const char *of, const char *id,
                                     int64_t printed)
{
    struct tta_package_row row = {.level = level,
                                  .of = of,
                                  .id = id,
                                  .hours_micro = TTA_INTEGER_NONE,
                                  .rate_micro = TTA_INTEGER_NONE,
                                  .citizens_micro = TTA_INTEGER_NONE,
                                  .price_ore = TTA_INTEGER_NONE,
                                  .printed_price = TTA_INTEGER_NONE,
                                  .printed = printed,
                                  .difference = TTA_INTEGER_NONE};

    return row;
}

/* Writes the professions when they are wanted; adds up hours and price. */
static bool professions(struct rows *r, const struct tta_package_line *line, bool wanted,
                        int64_t citizens, int64_t *hours, int64_t *price)
{
    for (size_t i = 0; i < r->p->staff_count; i++) {
        const struct tta_package_staff *staff = &r->p->staff[i];
        struct tta_package_row row =
            row_of(TTA_PACKAGE_PROFESSION, line->id, staff->id, TTA_INTEGER_NONE);
        int64_t cost, total;

        if (line->hours_micro[i] == TTA_INTEGER_NONE)
            continue;
        if (!tta_muldiv_half_up(line->hours_micro[i], staff->rate_micro, TTA_MICRO, &cost) ||
            !tta_muldiv_half_up(cost, citizens, TTA_MICRO, &total) ||
            !tta_add(*hours, line->hours_micro[i], hours) || !tta_add(*price, cost, price) ||
            !tta_muldiv_half_up(cost, 1, MICRO_A_ORE, &row.price_ore))
            return false;
        row.hours_micro = line->hours_micro[i];
        row.rate_micro = staff->rate_micro;
        row.citizens_micro = citizens;
        row.printed_price = line->staff_printed[i];
        if (wanted && !put(r, &row, total))
            return false;
    }
    return true;
}

static bool package(struct rows *r, const struct tta_package_line *line, bool wanted,
                    int64_t *micro)
{
    struct tta_package_row row =
        row_of(TTA_PACKAGE_LINE, r->p->section[line->section].id, line->id, line->printed);
    int64_t citizens, price = 0;

    r->at = line->id;
    row.hours_micro = 0;
    if (__builtin_mul_overflow(r->p->citizens, line->share_micro, &citizens) ||
        !professions(r, line, wanted, citizens, &row.hours_micro, &price) ||
        !tta_muldiv_half_up(price, citizens, TTA_MICRO, micro) ||
        !tta_muldiv_half_up(price, 1, MICRO_A_ORE, &row.price_ore))
        return false;
    row.citizens_micro = citizens;
    row.printed_price = line->printed_price;
    return put(r, &row, *micro);
}

static bool product(struct rows *r, const struct tta_package_line *line, int64_t *micro)
{
    struct tta_package_row row =
        row_of(TTA_PACKAGE_LINE, r->p->section[line->section].id, line->id, line->printed);

    r->at = line->id;
    *micro = TTA_MICRO;
    for (size_t i = 0; i < line->factors; i++)
        if (!tta_muldiv_half_up(*micro, line->factor_micro[i], TTA_MICRO, micro))
            return false;
    return tta_muldiv_half_up(*micro, 1, line->divide_by, micro) && put(r, &row, *micro);
}

static bool fill(struct rows *r, bool wanted)
{
    const struct tta_package *p = r->p;
    int64_t sum[TTA_PACKAGE_SECTIONS] = {0};

    for (size_t s = 0, i = 0; s < p->section_count; s++) {
        struct tta_package_row row =
            row_of(TTA_PACKAGE_SECTION, NULL, p->section[s].id, p->section[s].printed);

        for (; i < p->line_count && p->line[i].section == s; i++) {
            const struct tta_package_line *line = &p->line[i];
            int64_t micro;

            if (!(line->share_micro == TTA_INTEGER_NONE ? product(r, line, &micro)
                                                        : package(r, line, wanted, &micro)) ||
                !tta_add(sum[s], micro, &sum[s]))
                return false;
        }
        if (!put(r, &row, sum[s]))
            return false;
    }
    for (size_t t = 0; t < p->total_count; t++) {
        struct tta_package_row row =
            row_of(TTA_PACKAGE_TOTAL, NULL, p->total[t].id, p->total[t].printed);
        int64_t total = 0;

        r->at = row.id;
        for (size_t s = 0; s < p->section_count; s++)
            if ((p->total[t].sections >> s & 1) != 0 && !tta_add(total, sum[s], &total))
                return false;
        if (!put(r, &row, total))
            return false;
    }
    return true;
}

int tta_package_rows(const struct tta_package *p, bool wanted, struct tta_package_row **rows,
                     size_t *count, struct tta_error *e)
{
    size_t most = p->line_count * (1 + p->staff_count) + p->section_count + p->total_count;
    struct rows r = {.p = p, .row = calloc(most + 1, sizeof *r.row)};

    *rows = r.row;
    *count = 0;
    if (r.row == NULL)
        return tta_fail_memory(e);
    if (!fill(&r, wanted)) {
        free(r.row);
        *rows = NULL;
        return tta_fail(e, TTA_E_DATA, "%s: an amount too large to hold", r.at);
    }
    *count = r.count;
    return 0;
}
