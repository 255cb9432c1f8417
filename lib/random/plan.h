/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_RANDOM_PLAN_H
#define TTA_RANDOM_PLAN_H
/* The parts of a plan's settings. text is the plan's own copy, which is cut up. */
#include "tta/allocate.h"

/* "a:2,b:1" or "a,b". */
int tta_plan_parse_arms(char *text, struct tta_arms *out, const char *setting, struct tta_error *e);

/* "sex,age<30<50:2"; may: is a weight, a cut allowed? */
enum { TTA_MAY_WEIGH = 1, TTA_MAY_CUT = 2 };
int tta_plan_parse_terms(char *text, unsigned may, struct tta_terms *out, const char *setting,
                         struct tta_error *e);
void tta_plan_release_terms(struct tta_terms *t);

/* A whole number from least to most. */
bool tta_plan_parse_whole(const char *text, uint64_t least, uint64_t most, uint64_t *out);

/* "2/3" or "0.8"; from 0 to 1, neither part above 10^9. */
bool tta_plan_parse_fraction(char *text, struct tta_fraction *out);

/* Cuts the text at every comma; returns how many pieces, which follow each other. */
size_t tta_plan_cut(char *text, char mark);
static inline char *tta_plan_next(char *piece)
{
    return piece + strlen(piece) + 1;
}

/* The least common multiple of the arms' numbers, none of which is 0; UINT64_MAX: too large. */
uint64_t tta_arms_multiple(const struct tta_arms *arms);

#endif
