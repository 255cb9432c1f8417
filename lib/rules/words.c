/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A text that rules hold against constants is read once: an automaton over its bytes says
 * to which of at most 64 classes it belongs, and each question is about a set of those.
 */
#include "internal.h"

#define STATES 256

struct tta_rules_words {
    uint8_t next[STATES][256]; /* 0: no constant goes on like that */
    uint8_t part[STATES];      /* the class of a text that goes on otherwise, */
    uint8_t whole[STATES];     /* or ends here */
    size_t state_count, class_count;
    uint64_t classes[64]; /* which questions are true of a class */
    struct {
        uint8_t op;
        int64_t text;
    } questions[64];
    size_t question_count;
};

int64_t tta_rules_words_class(const struct tta_rules_words *w, struct tta_text t)
{
    size_t state = 0, i = 0;

    while (i < t.len) {
        size_t next = w->next[state][(unsigned char)t.ptr[i]];

        if (next == 0)
            return w->part[state];
        state = next;
        i++;
    }
    return w->whole[state];
}

size_t tta_rules_words_count(const struct tta_rules_words *w)
{
    return w->class_count;
}

int64_t tta_rules_words_set(const struct tta_rules_words *w, const struct tta_rules_step *s)
{
    uint64_t set = 0;

    for (size_t i = 0; i < w->class_count; i++)
        for (size_t q = 0; q < w->question_count; q++)
            if (w->questions[q].op == s->op && w->questions[q].text == s->lo)
                set |= (w->classes[i] >> q & 1) << i;
    return (int64_t)set;
}

/* The number of a class, a new one where there is room. */
static bool take_class(struct tta_rules_words *w, uint64_t truths, uint8_t *out)
{
    size_t i = 0;

    while (i < w->class_count && w->classes[i] != truths)
        i++;
    if (i == 64)
        return false;
    if (i == w->class_count)
        w->classes[w->class_count++] = truths;
    *out = (uint8_t)i;
    return true;
}

static bool add_constant(struct tta_rules_words *w, struct tta_text t)
{
    size_t state = 0;

    for (size_t i = 0; i < t.len; i++) {
        uint8_t *next = &w->next[state][(unsigned char)t.ptr[i]];

        if (*next == 0 && w->state_count == STATES)
            return false;
        if (*next == 0)
            *next = (uint8_t)w->state_count++;
        state = *next;
    }
    return true;
}

/* The text that leads to a state, back to front. */
static size_t spell(const struct tta_rules_words *w, size_t state, char *out)
{
    size_t len = 0;

    for (size_t from = state; state != 0 && from-- > 0;) /* states come after those before them */
        for (size_t c = 0; c < 256; c++)
            if (w->next[from][c] == state) {
                out[len++] = (char)c;
                state = from;
                break;
            }
    for (size_t i = 0; i < len / 2; i++) {
        char swap = out[i];

        out[i] = out[len - 1 - i];
        out[len - 1 - i] = swap;
    }
    return len;
}

static bool find_classes(struct tta_rules_words *w, const struct tta_text *texts)
{
    for (size_t state = 0; state < w->state_count; state++) {
        char bytes[STATES];
        size_t len = spell(w, state, bytes);
        uint64_t part = 0, whole = 0;

        for (size_t q = 0; q < w->question_count; q++) {
            struct tta_text t = texts[w->questions[q].text];
            bool begins = t.len <= len && memcmp(t.ptr, bytes, t.len) == 0;

            if (w->questions[q].op == OP_PREFIX)
                part |= (uint64_t)begins << q;
            whole |= (uint64_t)(begins && (w->questions[q].op == OP_PREFIX || t.len == len)) << q;
        }
        if (!take_class(w, part, &w->part[state]) || !take_class(w, whole, &w->whole[state]))
            return false;
    }
    return true;
}

static bool add_question(struct tta_rules_words *w, const struct tta_rules_step *s)
{
    for (size_t q = 0; q < w->question_count; q++)
        if (w->questions[q].op == s->op && w->questions[q].text == s->lo)
            return true;
    if (w->question_count == 64)
        return false;
    w->questions[w->question_count].op = s->op;
    w->questions[w->question_count++].text = s->lo;
    return true;
}

int tta_rules_read_words(struct tta_rules *t, uint16_t slot, const struct tta_rules_words **out)
{
    const struct tta_rules_program *p = t->program;
    struct tta_rules_words *w = NULL;
    bool fits = true;

    *out = NULL;
    for (size_t i = 0; fits && i < p->count; i++) {
        const struct tta_rules_step *s = &p->code[i];

        if (s->slot != slot || (s->op != OP_TEXT && s->op != OP_PREFIX))
            continue;
        if (w == NULL) {
            w = tta_rules_alloc(t, 1, sizeof *w);
            if (w == NULL)
                return TTA_E_MEMORY;
            w->state_count = 1;
        }
        fits = add_question(w, s) && add_constant(w, p->texts[s->lo]);
    }
    if (w != NULL && fits && w->question_count > 1 && find_classes(w, p->texts))
        *out = w;
    return 0;
}
