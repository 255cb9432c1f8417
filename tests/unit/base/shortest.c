/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Doubles written the fast way: the bytes of printf with the fewest digits that read back. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "quick.h"
#include "tta/number.h"

Suite *base_shortest_suite(void);

static void same(double v)
{
    char got[TTA_NUMBER_SIZE], want[64];
    int digits = 15;

    if (v != 0 && fabs(v) < 1e-300) /* fewer digits than 15 can do: base/double has those */
        return;
    snprintf(want, sizeof want, "%.*g", digits, v);
    while (digits < 17 && !(strtod(want, NULL) == v))
        snprintf(want, sizeof want, "%.*g", ++digits, v);
    tta_double_write(v, '.', got);
    if (strcmp(got, want) != 0)
        ck_abort_msg("%a: %s, not %s", v, got, want);
}

START_TEST(test_like_printf)
{
    static const double edges[] = {0,
                                   1,
                                   -1,
                                   0.1,
                                   0.3,
                                   0.1 + 0.2,
                                   1e-4,
                                   1.5e-4,
                                   0.00012345,
                                   1e15,
                                   1e14,
                                   999999999999999.0,
                                   1.0 / 3,
                                   2.0 / 3,
                                   99999999999999.984,
                                   0.99999999999999989,
                                   9.9999999999999995,
                                   1e22,

                                   123456789012345.67,
                                   0.5,
                                   0.25,
                                   4503599627370496.5};
    uint64_t s = 88172645463325252u;

    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
        same(edges[i]);
        same(nextafter(edges[i], 1e300));
        same(-nextafter(edges[i], 0));
    }
    for (int i = 0; i < 200000; i++) {
        double v;

        s ^= s << 13;
        s ^= s >> 7;
        s ^= s << 17;
        v = i % 3 == 0   ? ldexp((double)(s >> 11), -53)
            : i % 3 == 1 ? ldexp((double)(s >> 11), -(int)(s % 66) - 3)
                         : (double)(s % 1000000) / (double)(1 + s / 7 % 1000);
        same(s & 1 ? v : -v);
    }
}
END_TEST

Suite *base_shortest_suite(void)
{
    Suite *s = suite_create("base/shortest");
    TCase *t = tcase_create("shortest");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, test_like_printf);
    suite_add_tcase(s, t);
    return s;
}
