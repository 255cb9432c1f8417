/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/chain.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>

#include "tta/number.h"

#define HEX (TTA_HEX_SIZE - 1)

static const char before[] = "{\"previous\":\"", after[] = ",\"hash\":\"", close_line[] = "\"}";
#define BEFORE (sizeof before - 1)
#define TAIL (sizeof after - 1 + HEX + sizeof close_line - 1)

void tta_hash_text(const unsigned char digest[32], char hex[TTA_HEX_SIZE])
{
    sodium_bin2hex(hex, TTA_HEX_SIZE, digest, 32);
}

static void hash(struct tta_text t, char hex[TTA_HEX_SIZE])
{
    unsigned char digest[32];

    crypto_generichash(digest, sizeof digest, (const unsigned char *)t.ptr, t.len, NULL, 0);
    tta_hash_text(digest, hex);
}

void tta_chain_begin(struct tta_chain *c)
{
    c->entries = 0;
    memset(c->head, '0', HEX);
    c->head[HEX] = '\0';
}

int tta_chain_add(struct tta_chain *c, struct tta_text members, struct tta_buffer *out,
                  struct tta_error *e)
{
    size_t from = out->len;
    struct tta_text sealed;

    if (tta_buffer_format(out, "%s%s\",", before, c->head) != 0 ||
        tta_buffer_append(out, members.ptr, members.len) != 0 ||
        tta_buffer_reserve(out, TAIL + 1) != 0)
        return tta_fail_memory(e);
    sealed.ptr = out->ptr + from;
    sealed.len = out->len - from;
    hash(sealed, c->head);
    c->entries++;
    return tta_buffer_format(out, "%s%s%s\n", after, c->head, close_line) != 0 ? tta_fail_memory(e)
                                                                               : 0;
}

static int changed(struct tta_error *e, int64_t line, const char *how)
{
    tta_fail(e, TTA_E_DATA, "%s", how);
    return tta_error_place(e, NULL, line);
}

int tta_chain_check(struct tta_chain *c, struct tta_text line, struct tta_error *e)
{
    static const char altered[] = "this line was changed: its hash is another";
    struct tta_text sealed = {line.ptr, line.len - TAIL};
    char hex[TTA_HEX_SIZE];
    const char *tail;

    if (line.len < BEFORE + HEX + TAIL || memcmp(line.ptr, before, BEFORE) != 0)
        return changed(e, c->entries + 1, "this is no line of tta-randomize, or it was changed");
    tail = line.ptr + sealed.len;
    hash(sealed, hex);
    if (memcmp(tail, after, sizeof after - 1) != 0 ||
        memcmp(tail + sizeof after - 1, hex, HEX) != 0 ||
        memcmp(tail + TAIL - 2, close_line, 2) != 0)
        return changed(e, c->entries + 1, altered);
    if (memcmp(line.ptr + BEFORE, c->head, HEX) != 0)
        return changed(e, c->entries + 1,
                       "this line does not follow the one before: one was taken out, put in or "
                       "changed");
    memcpy(c->head, hex, sizeof hex);
    c->entries++;
    return 0;
}

int tta_chain_walk(struct tta_chain *c, struct tta_text file, const struct tta_chain *known,
                   int (*line)(void *context, struct tta_text line, struct tta_error *e),
                   void *context, struct tta_error *e)
{
    const char *p = file.ptr, *end = p + file.len;
    int rc = 0;

    while (rc == 0 && p < end) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        struct tta_text one = {p, (size_t)((stop == NULL ? end : stop) - p)};

        rc = tta_chain_check(c, one, e);
        if (rc == 0 && known != NULL && c->entries == known->entries &&
            memcmp(c->head, known->head, HEX) != 0)
            rc = changed(e, c->entries, "this line was changed, and the hashes with it");
        if (rc == 0 && line != NULL) {
            rc = line(context, one, e);
            if (rc != 0)
                tta_error_place(e, NULL, c->entries);
        }
        p = stop == NULL ? end : stop + 1;
    }
    if (rc == 0 && known != NULL && c->entries < known->entries)
        rc = changed(e, c->entries + 1, "this line is missing: the end was cut off");
    return rc;
}

bool tta_chain_torn(const struct tta_chain *c, struct tta_text part)
{
    char begin[BEFORE + HEX + sizeof "\","];
    size_t len = (size_t)snprintf(begin, sizeof begin, "%s%s\",", before, c->head);

    return memcmp(begin, part.ptr, part.len < len ? part.len : len) == 0;
}

int tta_chain_write(const struct tta_chain *c, struct tta_buffer *out)
{
    return tta_buffer_format(out, "%" PRId64 " %s\n", c->entries, c->head);
}

int tta_chain_parse(struct tta_chain *c, struct tta_text text, struct tta_error *e)
{
    static const struct tta_number_style plain = {'.', 0};
    struct tta_text number = {text.ptr, 0};

    while (number.len < text.len && text.ptr[number.len] != ' ')
        number.len++;
    if (text.len != number.len + 1 + HEX + 1 || text.ptr[text.len - 1] != '\n' ||
        tta_integer_parse(number, plain, &c->entries) != NULL || c->entries < 0)
        return tta_fail(e, TTA_E_DATA, "is not what tta-randomize wrote");
    memcpy(c->head, text.ptr + number.len + 1, HEX);
    c->head[HEX] = '\0';
    return 0;
}

void tta_key_commitment(const struct tta_key *key, char hex[TTA_HEX_SIZE])
{
    static const unsigned char personal[crypto_generichash_blake2b_PERSONALBYTES] = {
        't', 't', 'a', '-', '1', ' ', 'c', 'o', 'm', 'm', 'i', 't', 'm', 'e', 'n', 't'};
    unsigned char digest[32];

    crypto_generichash_blake2b_salt_personal(digest, sizeof digest, NULL, 0, key->bytes,
                                             sizeof key->bytes, NULL, personal);
    tta_hash_text(digest, hex);
}

_Static_assert(sizeof(crypto_generichash_state) <= sizeof(struct tta_digest), "room for it");

void tta_digest_begin(struct tta_digest *d)
{
    crypto_generichash_init((void *)d->state, NULL, 0, 32);
}

void tta_digest_add(struct tta_digest *d, struct tta_text text)
{
    static const unsigned char end;

    if (text.len > 0)
        crypto_generichash_update((void *)d->state, (const unsigned char *)text.ptr, text.len);
    crypto_generichash_update((void *)d->state, &end, 1);
}

void tta_digest_end(struct tta_digest *d, char hex[TTA_HEX_SIZE])
{
    unsigned char digest[32];

    crypto_generichash_final((void *)d->state, digest, sizeof digest);
    tta_hash_text(digest, hex);
}
