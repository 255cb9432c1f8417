/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cases by a decision table: its columns, and what it says of each row. */
#include "visit.h"

int visit_read_inputs(struct tta_run *run, const struct tta_rules_family *f, size_t more,
                      struct tta_error *e)
{
    int rc = tta_set_record_size(run, (f->input_count + more) * sizeof(union tta_slot), e);

    for (size_t i = 0; rc == 0 && i < f->input_count; i++) {
        const struct tta_rules_column *in = &f->inputs[i];
        struct tta_column column = {.name = in->name,
                                    .type = in->type,
                                    .flags = in->nullable ? TTA_NULLABLE : TTA_REQUIRED,
                                    .offset = i * sizeof(union tta_slot),
                                    .choices = in->values,
                                    .help = in->description_en};

        if (in->optional)
            column.flags |= TTA_OPTIONAL;
        rc = tta_read_column(run, &column, e);
    }
    return rc;
}

/* Is output i empty in some row, by any version? */
static bool may_be_empty(const struct tta_rules_family *f, size_t i)
{
    for (size_t v = 0; v < f->count; v++)
        if (f->versions[v]->outputs[i].nullable)
            return true;
    return false;
}

int visit_add_outputs(struct tta_run *run, const struct tta_rules_family *f, bool explain,
                      struct tta_error *e)
{
    const struct tta_rules *t = f->versions[0];
    /* a COLLECT table may take a row by no rule at all */
    unsigned flags = t->hit_policy == TTA_HIT_COLLECT ? TTA_NULLABLE : 0;
    const struct tta_column rule = {.name = "rule",
                                    .type = TTA_TEXT,
                                    .flags = flags,
                                    .help = "id of the rule that took the row"};
    const struct tta_column because = {
        .name = "because", .type = TTA_TEXT, .flags = flags, .help = "why that rule took the row"};
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < t->output_count; i++) {
        const struct tta_rules_column *out = &t->outputs[i];
        struct tta_column column = {.name = out->name,
                                    .type = out->type,
                                    .flags = may_be_empty(f, i) ? TTA_NULLABLE : 0,
                                    .help = out->description_en};

        rc = tta_add_column(run, &column, e);
    }
    if (rc == 0)
        rc = tta_add_column(run, &rule, e);
    return rc == 0 && explain ? tta_add_column(run, &because, e) : rc;
}

/*
 * The ids, or the sentences, of the rules that took the row; of sentences the full stop
 * before the semicolon goes.
 */
static int join(struct visit_state *state, const struct tta_rules *t, bool because, bool danish,
                union tta_slot *out, struct tta_error *e)
{
    const struct tta_rules_answer *a = &state->answer;
    struct tta_buffer *b = &state->text[because];

    b->len = 0;
    for (size_t i = 0; i < a->hit_count; i++) {
        const struct tta_rule *r = &t->rules[a->hits[i]];
        const char *text = !because ? r->id : danish ? r->because_da : r->because_en;

        if (a->hit_count == 1) {
            out->text = tta_text_of(text);
            return 0;
        }
        if (because && i > 0 && b->len > 0 && b->ptr[b->len - 1] == '.')
            b->len--;
        if (tta_buffer_string(b, i == 0    ? ""
                                 : because ? "; "
                                           : ";") != 0 ||
            tta_buffer_string(b, text) != 0)
            return tta_fail_memory(e);
    }
    out->text = tta_buffer_text(b);
    return 0;
}

int visit_put_answer(struct tta_run *run, const struct tta_rules *t, union tta_slot *own,
                     struct tta_error *e)
{
    const struct visit_args *args = tta_args(run);
    struct visit_state *state = tta_state(run);
    int rc;

    memcpy(own, state->answer.out, t->output_count * sizeof *own);
    rc = join(state, t, false, false, &own[t->output_count], e);
    return rc == 0 && args->explain
               ? join(state, t, true, args->lang == 1, &own[t->output_count + 1], e)
               : rc;
}

int visit_classify(struct tta_run *run, struct tta_error *e)
{
    struct visit_state *state = tta_state(run);
    const struct tta_rules *t;
    tta_date day = state->dated ? ((const union tta_slot *)tta_record(run))[state->deciding].date
                                : TTA_DATE_NONE;
    int rc = tta_rules_family_answer(state->family, tta_record(run), &t, &state->answer, e);

    if (rc == 0 && day != TTA_DATE_NONE) {
        state->days++;
        state->outside +=
            day < t->valid_from || (t->valid_to != TTA_DATE_NONE && day > t->valid_to);
    }
    if (rc == 0)
        rc = visit_put_answer(run, t, tta_own(run), e);
    return rc == 0 ? tta_emit(run, e) : rc;
}

/* A table named by itself decides days outside its validity too, but not in silence. */
void visit_note_days(struct tta_run *run)
{
    const struct visit_state *state = tta_state(run);

    if (state->outside > 0)
        tta_note(run, "%lld of %lld row%s %s a %s outside the validity of %s",
                 (long long)state->outside, (long long)state->days, state->days == 1 ? "" : "s",
                 state->outside == 1 ? "has" : "have",
                 state->family->versions[0]->inputs[state->deciding].name,
                 state->family->versions[0]->id);
}
