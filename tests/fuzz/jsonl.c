/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The reader of JSON Lines beside Jansson. The first byte says how the rest is cut (0: not at all).
 */
#include "jsonl_reference.h"

#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint64_t state;
    const char *differs;

    if (size < 1 || (size > 2 && (data[1] | data[2]) == 0xFF && (data[1] & data[2]) == 0xFE))
        return 0; /* UTF-16 is another story */
    state = UINT64_C(0x9E3779B97F4A7C15) * data[0];
    differs = jref_check(data + 1, size - 1, state == 0 ? NULL : &state);
    if (differs != NULL) {
        fprintf(stderr, "jsonl: %s\n", differs);
        abort();
    }
    return 0;
}
