/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/encoding.h"

#include <string.h>

#define HIGH UINT64_C(0x8080808080808080)

size_t tta_ascii_prefix(const char *p, size_t len)
{
    size_t i = 0;
    uint64_t words[4];

    for (; i + sizeof words <= len; i += sizeof words) {
        memcpy(words, p + i, sizeof words);
        if (((words[0] | words[1] | words[2] | words[3]) & HIGH) != 0)
            break;
    }
    for (; i + 8 <= len; i += 8) {
        memcpy(words, p + i, 8);
        if ((words[0] & HIGH) == 0)
            continue;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
        return i + (size_t)__builtin_ctzll(words[0] & HIGH) / 8;
#else
        break;
#endif
    }
    while (i < len && (unsigned char)p[i] < 0x80)
        i++;
    return i;
}

size_t tta_utf8_sequence(const char *p, size_t len)
{
    const unsigned char *u = (const unsigned char *)p;
    unsigned char low = 0x80, high = 0xBF;
    size_t size;

    if (u[0] < 0x80)
        return 1;
    if (u[0] >= 0xC2 && u[0] <= 0xDF)
        size = 2;
    else if (u[0] >= 0xE0 && u[0] <= 0xEF)
        size = 3;
    else if (u[0] >= 0xF0 && u[0] <= 0xF4)
        size = 4;
    else
        return 0;
    if (len < size)
        return 0;
    /* the second byte keeps out overlong forms, surrogates and what lies above U+10FFFF */
    if (u[0] == 0xE0)
        low = 0xA0;
    else if (u[0] == 0xED)
        high = 0x9F;
    else if (u[0] == 0xF0)
        low = 0x90;
    else if (u[0] == 0xF4)
        high = 0x8F;
    if (u[1] < low || u[1] > high)
        return 0;
    for (size_t i = 2; i < size; i++)
        if ((u[i] & 0xC0) != 0x80)
            return 0;
    return size;
}

size_t tta_utf8_prefix(const char *p, size_t len)
{
    size_t i = 0;

    for (;;) {
        size_t size;

        i += tta_ascii_prefix(p + i, len - i);
        if (i == len)
            return len;
        size = tta_utf8_sequence(p + i, len - i);
        if (size == 0)
            return i;
        i += size;
    }
}

size_t tta_utf8_write(uint32_t c, char out[4])
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

uint32_t tta_windows_1252(unsigned char byte)
{
    /* 0x80 to 0x9F, from Unicode's mapping table CP1252.TXT */
    static const uint16_t c1[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

    return byte >= 0x80 && byte <= 0x9F ? c1[byte - 0x80] : byte;
}
