/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CHAIN_H
#define TTA_CHAIN_H
/*
 * Records that only grow, in which a changed or removed line is found: the audit
 * file and the log of assignments (man tta-randomize, FILES). A line is
 *
 *   {"previous":"H",MEMBERS,"hash":"H'"}
 *
 * where H is the hash of the line before (64 zeros in the first) and H' the BLAKE2b
 * digest of 32 bytes, in hexadecimal digits, of this line's bytes before ,"hash".
 * Whoever changes a line and all hashes behind it is found by anybody who has kept
 * one of them. And two more hashes that audit files hold. Nothing here does I/O.
 */
#include "tta/random.h"

#define TTA_HEX_SIZE 65

struct tta_chain {
    int64_t entries;
    char head[TTA_HEX_SIZE]; /* of the last line */
};

void tta_chain_begin(struct tta_chain *c);

/* Appends the next line to out, with its newline. members: what stands between the hashes. */
int tta_chain_add(struct tta_chain *c, struct tta_text members, struct tta_buffer *out,
                  struct tta_error *e);

/*
 * The next line, without its newline. TTA_E_DATA with the number of the line when it
 * was changed, or does not follow the one before.
 */
int tta_chain_check(struct tta_chain *c, struct tta_text line, struct tta_error *e);

/*
 * All lines of a file; each is given to line (may be NULL), whose failure ends it.
 * known (may be NULL) is a state that the file was in, however long ago: the lines up
 * to there must be the same, so that lines cut off behind it are missed.
 */
int tta_chain_walk(struct tta_chain *c, struct tta_text file, const struct tta_chain *known,
                   int (*line)(void *context, struct tta_text line, struct tta_error *e),
                   void *context, struct tta_error *e);

/* Could a killed run have left this of the next line? */
bool tta_chain_torn(const struct tta_chain *c, struct tta_text part);

/* A state as one line of text, "17 HASH\n", and back (TTA_E_DATA). */
int tta_chain_write(const struct tta_chain *c, struct tta_buffer *out);
int tta_chain_parse(struct tta_chain *c, struct tta_text text, struct tta_error *e);

/*
 * The commitment to a key: the BLAKE2b digest of 32 bytes of no bytes, under the key,
 * personalised "tta-1 commitment". It hides 32 drawn bytes (not a text that can be
 * guessed), and no second key has it. man tta-generator, The commitment to a
 * key.
 */
void tta_key_commitment(const struct tta_key *key, char hex[TTA_HEX_SIZE]);

/* BLAKE2b-256 of texts, each with a NUL behind it: cells and arms in the audit. */
struct tta_digest {
    _Alignas(64) unsigned char state[384]; /* libsodium's */
};
void tta_hash_text(const unsigned char digest[32], char hex[TTA_HEX_SIZE]);
void tta_digest_begin(struct tta_digest *d);
void tta_digest_add(struct tta_digest *d, struct tta_text text);
void tta_digest_end(struct tta_digest *d, char hex[TTA_HEX_SIZE]);

#endif
