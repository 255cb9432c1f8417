/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tta-visit: classifies cases by a decision table and says where each goes.
 *
 * The tables are documents (lib/data/rules; lib/rules decides): which columns
 * are read and added is what the table says, and `rule` behind them.
 */
#include "tta/rules.h"
#include "tta/tool.h"

struct args {
    const char *rules;
};

struct state {
    struct tta_rules *rules;
};

static const struct args defaults = {.rules = "tta-2009"};

static const struct tta_option options[] = {
    {.name = "rules",
     .value = "NAME|FILE",
     .kind = TTA_OPT_TEXT,
     .offset = offsetof(struct args, rules),
     .help = "decision table: a built-in one or a JSON file [tta-2009]"},
    {.name = NULL},
};

static int read_inputs(struct tta_run *run, const struct tta_rules *rules, struct tta_error *e)
{
    int rc = tta_set_record_size(run, rules->input_count * sizeof(union tta_slot), e);

    for (size_t i = 0; rc == 0 && i < rules->input_count; i++) {
        const struct tta_rules_column *in = &rules->inputs[i];
        struct tta_column column = {.name = in->name,
                                    .type = in->type,
                                    .flags = in->nullable ? TTA_NULLABLE : TTA_REQUIRED,
                                    .offset = i * sizeof(union tta_slot),
                                    .choices = in->values,
                                    .help = in->description_en};

        rc = tta_read_column(run, &column, e);
    }
    return rc;
}

static int add_outputs(struct tta_run *run, const struct tta_rules *rules, struct tta_error *e)
{
    static const struct tta_column rule = {
        .name = "rule", .type = TTA_TEXT, .help = "id of the rule that took the row"};
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < rules->output_count; i++) {
        const struct tta_rules_column *out = &rules->outputs[i];
        struct tta_column column = {
            .name = out->name, .type = out->type, .help = out->description_en};

        rc = tta_add_column(run, &column, e);
    }
    return rc == 0 ? tta_add_column(run, &rule, e) : rc;
}

static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    int rc = tta_rules_load(args->rules, &state->rules, e);

    if (rc == 0)
        rc = read_inputs(run, state->rules, e);
    if (rc == 0)
        rc = add_outputs(run, state->rules, e);
    if (rc == 0)
        rc = tta_used_document(run, "rules", state->rules->id, state->rules->hash, e);
    return rc;
}

static int record(struct tta_run *run, struct tta_error *e)
{
    const struct state *state = tta_state(run);
    const struct tta_rules *rules = state->rules;
    union tta_slot *own = tta_own(run);
    size_t rule;
    int rc = tta_rules_decide(rules, tta_record(run), &rule, e);

    if (rc != 0)
        return rc;
    memcpy(own, rules->rules[rule].then, rules->output_count * sizeof *own);
    own[rules->output_count].text = tta_text_of(rules->rules[rule].id);
    return tta_emit(run, e);
}

static void release(struct tta_run *run)
{
    struct state *state = tta_state(run);

    tta_rules_free(state->rules);
}

static const struct tta_tool visit = {
    .summary = "classify sick-leave cases and route them",
    .example = "  tta-visit --rules=tta-2009 cases.csv > classified.csv",
    .about = "Reads the columns that the decision table names (--schema shows them for any\n"
             "table) and adds what it gives, and the id of the rule that took the row.",
    .shape = TTA_ROWS,
    .options = options,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .state_size = sizeof(struct state),
    .begin = begin,
    .record = record,
    .release = release,
};

static const struct tta_tool *const tools[] = {&visit, NULL};
static const struct tta_program program = {
    .name = "tta-visit", .summary = "classify and route cases", .tools = tools};

int main(int argc, char **argv)
{
    return tta_main(&program, argc, argv);
}
