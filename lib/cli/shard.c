/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --shard=I/N --shard-key=COLUMN: every part reads the whole input and keeps
 * the rows whose key hashes to it, so that quoted newlines and the rows of one
 * person are never torn apart. The hash is FNV-1a, 64 bits, over the bytes of
 * the cell, then the finaliser of SplitMix64; the part is hash mod N (+ 1).
 * It is part of the contract: it stays as it is.
 */
#include "cli.h"

static uint64_t hash(struct tta_text t)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < t.len; i++)
        h = (h ^ (unsigned char)t.ptr[i]) * UINT64_C(0x100000001b3);
    h = (h ^ h >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    h = (h ^ h >> 27) * UINT64_C(0x94d049bb133111eb);
    return h ^ h >> 31;
}

int tta_shard_parse(struct tta_run *run, struct tta_error *e)
{
    static const struct tta_number_style plain = {'.', 0};
    const char *slash;
    struct tta_text part, count;

    if ((run->common.shard == NULL) != (run->common.shard_key == NULL))
        return tta_fail(e, TTA_E_USAGE, "--shard and --shard-key go together");
    if (run->common.shard == NULL)
        return 0;
    slash = strchr(run->common.shard, '/');
    part = tta_text_of(run->common.shard);
    count = tta_text_of(slash == NULL ? "" : slash + 1);
    part.len = slash == NULL ? 0 : (size_t)(slash - part.ptr);
    if (tta_integer_parse(part, plain, &run->shard_index) != NULL ||
        tta_integer_parse(count, plain, &run->shard_count) != NULL || run->shard_index < 1 ||
        run->shard_index > run->shard_count)
        return tta_fail(e, TTA_E_USAGE, "--shard: I/N with I from 1 to N");
    return 0;
}

bool tta_shard_mine(const struct tta_run *run, const struct tta_row *row)
{
    struct tta_text key = {"", 0};

    if (run->shard_count == 0)
        return true;
    if (run->shard_column < row->count && row->cells[run->shard_column].ptr != NULL) {
        key.ptr = row->cells[run->shard_column].ptr;
        key.len = row->cells[run->shard_column].len;
    }
    return hash(key) % (uint64_t)run->shard_count == (uint64_t)run->shard_index - 1;
}
