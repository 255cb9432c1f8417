/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Asks nothing twice: each step is written once for every set of earlier answers that
 * still says something about what can be asked from there on, up to VARIANTS of them.
 * Jumps go down in the program, so what can be asked is known from its end.
 */
#include <stdlib.h>

#include "internal.h"

#define STEPS 2000  /* programs longer than that stay as they are */
#define VARIANTS 12 /* of one step; one more for all other ways to it */
#define FACTS 12    /* answers remembered */
#define NO_VARIANT UINT32_MAX

/* A step, with what is known there: question x 2 + answer, in order. */
struct variant {
    uint16_t pc, count;
    uint16_t facts[FACTS];
    uint32_t next; /* of the same step */
};

struct threader {
    const struct tta_rules *t;
    const struct tta_rules_step *code;
    size_t count;
    uint16_t *question; /* of each step: the first step that asks the same */
    size_t words;       /* of a set of questions */
    uint64_t *ahead;    /* for each step: what can be asked from there on */
    uint64_t *told;     /* for each fact: the questions that it answers */
    uint32_t *first;    /* for each step: its variants */
    uint16_t *variants_of;
    struct variant *variants;
    size_t variant_count, variant_cap;
};

static void add_bits(uint64_t *to, const uint64_t *from, size_t words)
{
    for (size_t i = 0; i < words; i++)
        to[i] |= from[i];
}

static void find_questions(struct threader *w)
{
    for (size_t i = 0; i < w->count; i++) {
        const struct tta_rules_step *s = &w->code[i];
        uint64_t *ahead = &w->ahead[i * w->words];
        size_t q = 0;

        while (q < i && (w->code[q].op != s->op || w->code[q].slot != s->slot ||
                         w->code[q].lo != s->lo || w->code[q].hi != s->hi))
            q++;
        w->question[i] = (uint16_t)q;
        w->first[i] = NO_VARIANT;
        if (s->op < OP_BEGIN) {
            ahead[q / 64] |= UINT64_C(1) << q % 64;
            add_bits(ahead, &w->ahead[s->no * w->words], w->words);
            if (s->missing != TTA_RULES_FAIL)
                add_bits(ahead, &w->ahead[s->missing * w->words], w->words);
        }
        if (s->op <= OP_HIT)
            add_bits(ahead, &w->ahead[s->yes * w->words], w->words);
    }
}

static void find_told(struct threader *w)
{
    for (size_t q = 0; q < w->count; q++)
        for (size_t other = 0; w->code[q].op < OP_BEGIN && w->question[q] == q && other < w->count;
             other++)
            for (size_t answer = 0; w->question[other] == other && answer < 2; answer++)
                if (tta_rules_implied(w->t, &w->code[q], answer != 0, &w->code[other]) >= 0)
                    w->told[(q * 2 + answer) * w->words + other / 64] |= UINT64_C(1) << other % 64;
}

/* Past all that the facts answer. */
static uint16_t follow(const struct threader *w, uint16_t pc, const struct variant *known)
{
    for (;;) {
        const struct tta_rules_step *s = &w->code[pc];
        int answer = s->op == OP_BEGIN ? 1 : -1;

        for (size_t i = 0; s->op < OP_BEGIN && answer < 0 && i < known->count; i++)
            answer =
                tta_rules_implied(w->t, &w->code[known->facts[i] / 2], known->facts[i] % 2 != 0, s);
        if (answer < 0)
            return pc;
        pc = answer != 0 ? s->yes : s->no;
    }
}

/* Forgets what answers nothing that can still be asked. */
static void forget(const struct threader *w, struct variant *v)
{
    const uint64_t *ahead = &w->ahead[v->pc * w->words];
    uint16_t kept = 0;

    for (size_t i = 0; i < v->count; i++) {
        const uint64_t *told = &w->told[v->facts[i] * w->words];
        bool useful = false;

        for (size_t k = 0; k < w->words; k++)
            useful = useful || (told[k] & ahead[k]) != 0;
        if (useful)
            v->facts[kept++] = v->facts[i];
    }
    v->count = kept;
}

static void learn(struct variant *v, uint16_t fact)
{
    size_t i;

    if (v->count == FACTS)
        memmove(v->facts, v->facts + 1, --v->count * sizeof *v->facts);
    for (i = v->count++; i > 0 && v->facts[i - 1] > fact; i--)
        v->facts[i] = v->facts[i - 1];
    v->facts[i] = fact;
}

static int new_variant(struct threader *w, const struct variant *v, uint16_t *at)
{
    if (w->variant_count == w->variant_cap) {
        size_t cap = w->variant_cap == 0 ? 256 : w->variant_cap * 2;
        struct variant *grown = realloc(w->variants, cap * sizeof *grown);

        if (grown == NULL)
            return TTA_E_MEMORY;
        w->variants = grown;
        w->variant_cap = cap;
    }
    *at = (uint16_t)w->variant_count;
    w->variants[w->variant_count] = *v;
    w->variants[w->variant_count].next = w->first[v->pc];
    w->first[v->pc] = (uint32_t)w->variant_count++;
    w->variants_of[v->pc]++;
    return 0;
}

/* Where to go on at pc with that known: *at among the variants. */
static int reach(struct threader *w, uint16_t pc, const struct variant *known, uint16_t *at)
{
    struct variant v = *known;

    v.pc = follow(w, pc, known);
    forget(w, &v);
    for (;;) {
        for (uint32_t i = w->first[v.pc]; i != NO_VARIANT; i = w->variants[i].next)
            if (w->variants[i].count == v.count &&
                memcmp(w->variants[i].facts, v.facts, v.count * sizeof *v.facts) == 0) {
                *at = (uint16_t)i;
                return 0;
            }
        if (v.count == 0 || w->variants_of[v.pc] < VARIANTS)
            return new_variant(w, &v, at);
        v.count = 0;
    }
}

/* Writes the step of a variant; places are behind the program. */
static int write_step(struct threader *w, size_t from, struct tta_rules_step *out)
{
    struct variant v = w->variants[from], knows = v;
    const struct tta_rules_step *s = &w->code[v.pc];
    uint16_t base = (uint16_t)w->count;
    int rc = 0;

    *out = *s;
    if (s->op < OP_BEGIN)
        learn(&knows, (uint16_t)(w->question[v.pc] * 2 + 1));
    if (s->op <= OP_HIT)
        rc = reach(w, s->yes, &knows, &out->yes);
    if (rc == 0 && s->op < OP_BEGIN) {
        knows = v;
        learn(&knows, (uint16_t)(w->question[v.pc] * 2));
        rc = reach(w, s->no, &knows, &out->no);
    }
    if (rc == 0 && s->op < OP_BEGIN && s->missing != TTA_RULES_FAIL) {
        rc = reach(w, s->missing, &v, &out->missing);
        out->missing = (uint16_t)(out->missing + base);
    }
    out->yes = (uint16_t)(out->yes + base);
    out->no = (uint16_t)(out->no + base);
    return rc;
}

static int write_all(struct threader *w, struct tta_rules_settled *p)
{
    struct variant nothing = {0};
    size_t cap = w->count * (VARIANTS + 2) + 1;
    struct tta_rules_step *code = realloc(p->code, cap * sizeof *code);
    uint16_t at;
    int rc;

    if (code == NULL)
        return TTA_E_MEMORY;
    w->code = p->code = code;
    rc = reach(w, p->entry, &nothing, &at);
    for (size_t i = 0; rc == 0 && i < w->variant_count; i++)
        rc = write_step(w, i, &code[w->count + i]);
    p->entry = (uint16_t)(w->count + at);
    p->count = w->count + w->variant_count;
    return rc;
}

int tta_rules_thread(const struct tta_rules *t, struct tta_rules_settled *p, struct tta_error *e)
{
    struct threader w = {.t = t, .code = p->code, .count = p->count};
    int rc = TTA_E_MEMORY;

    if (p->count > STEPS)
        return 0;
    w.words = (p->count + 63) / 64;
    w.question = calloc(w.count, sizeof *w.question);
    w.variants_of = calloc(w.count, sizeof *w.variants_of);
    w.first = calloc(w.count, sizeof *w.first);
    w.ahead = calloc(w.count * w.words, sizeof *w.ahead);
    w.told = calloc(2 * w.count * w.words, sizeof *w.told);
    if (w.question != NULL && w.variants_of != NULL && w.first != NULL && w.ahead != NULL &&
        w.told != NULL) {
        find_questions(&w);
        find_told(&w);
        rc = write_all(&w, p);
    }
    free(w.question);
    free(w.variants_of);
    free(w.first);
    free(w.ahead);
    free(w.told);
    free(w.variants);
    return rc == 0 ? 0 : tta_fail_memory(e);
}
