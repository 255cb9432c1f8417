/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_BASE_SHORTEST_H
#define TTA_BASE_SHORTEST_H
/*
 * The fewest digits, 15 at the least, that read back as value, for the values that tables are
 * full of: whole numbers below 10^15, and 0.0001 up to there. 0 where it has no answer (the
 * caller's slow way has), else the length; the bytes are those of printf's %.15g, %.16g or %.17g.
 */
#include <stdbool.h>

int tta_shortest(double value, char *out);

#endif
