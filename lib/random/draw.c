/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/random.h"

#include <inttypes.h>

void tta_shuffle_u16(uint16_t *list, size_t n, struct tta_stream *s)
{
    for (size_t i = n; i-- > 1;) {
        size_t j = (size_t)tta_stream_below(s, (uint64_t)i + 1);
        uint16_t swap = list[i];
        list[i] = list[j];
        list[j] = swap;
    }
}

void tta_shuffle_u32(uint32_t *list, size_t n, struct tta_stream *s)
{
    for (size_t i = n; i-- > 1;) {
        size_t j = (size_t)tta_stream_below(s, (uint64_t)i + 1);
        uint32_t swap = list[i];
        list[i] = list[j];
        list[j] = swap;
    }
}

/* "20 + 10 = 30 units are to be drawn, the input has 12"; of many arms the first eight. */
static int fail_sum(const uint64_t sizes[], size_t arms, uint64_t sum, size_t n,
                    struct tta_error *e)
{
    const size_t most = 8;
    struct tta_buffer terms = {0};
    int code = 0;

    for (size_t i = 0; code == 0 && i < arms && i < most; i++)
        code = tta_buffer_format(&terms, "%s%" PRIu64, i == 0 ? "" : " + ", sizes[i]);
    if (code == 0 && arms > most)
        code = tta_buffer_string(&terms, " + ...");
    if (code == 0 && arms > 1)
        code = tta_buffer_format(&terms, " = %" PRIu64, sum);
    if (code != 0)
        code = tta_fail_memory(e);
    else
        code = tta_fail(e, TTA_E_DATA, "%.*s units are to be drawn, the input has %zu",
                        (int)terms.len, tta_buffer_text(&terms).ptr, n);
    tta_buffer_release(&terms);
    return code;
}

int tta_draw_check(const uint64_t sizes[], size_t arms, size_t n, struct tta_error *e)
{
    uint64_t sum = 0;

    if (arms == 0)
        return tta_fail(e, TTA_E_DATA, "no arms to draw");
    if (arms > UINT16_MAX)
        return tta_fail(e, TTA_E_DATA, "more than %d arms", UINT16_MAX);
    for (size_t i = 0; i < arms; i++) {
        if (sizes[i] > UINT64_MAX - sum)
            return tta_fail(e, TTA_E_DATA, "the arms' sizes are too large to add up");
        sum += sizes[i];
    }
    return sum == n ? 0 : fail_sum(sizes, arms, sum, n, e);
}

int tta_draw_complete(const uint64_t sizes[], size_t arms, size_t n, struct tta_stream *s,
                      uint16_t *arm_of_unit, struct tta_error *e)
{
    size_t at = 0;

    if (tta_draw_check(sizes, arms, n, e) != 0)
        return e->code;
    for (size_t i = 0; i < arms; i++)
        for (uint64_t k = 0; k < sizes[i]; k++)
            arm_of_unit[at++] = (uint16_t)i;
    tta_shuffle_u16(arm_of_unit, n, s);
    return tta_stream_check(s, e);
}
