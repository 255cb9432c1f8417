/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tta-visit: classifies cases by a decision table and says where each goes.
 *
 * The tables are documents (lib/data/rules; lib/rules decides): which columns
 * are read and added is what the table says, and `rule` behind them. What else can be
 * asked of a table, or of classified cases, stands in cmd/tta-visit/.
 */
#include "tta-visit/visit.h"
#include "tta/flow.h"

static const struct visit_args defaults = {.on = TTA_DATE_NONE};

static const char *const languages[] = {"en", "da", NULL};
/* enum tta_flow_language */
static const char *const drawings[] = {"dot", "mermaid", NULL};

#define AT(member) offsetof(struct visit_args, member)

static const struct tta_option options[] = {
    {.name = "rules",
     .value = "NAME|FILE",
     .kind = TTA_OPT_TEXT,
     .offset = AT(rules),
     .help = "decision table: a built-in one, its versions, or a JSON file [tta-2009]"},
    {.name = "on",
     .value = "DATE",
     .kind = TTA_OPT_DATE,
     .offset = AT(on),
     .help = "what today is, for tables that ask"},
    {.name = "reading",
     .value = "NAME=VALUE,...",
     .kind = TTA_OPT_LIST,
     .offset = AT(reading),
     .help = "how to read a table that can be read in several ways"},
    {.name = "explain",
     .kind = TTA_OPT_FLAG,
     .offset = AT(explain),
     .help = "add the column because: the rule's sentence"},
    {.name = "lang",
     .value = "en|da",
     .kind = TTA_OPT_CHOICE,
     .offset = AT(lang),
     .choices = languages,
     .help = "language of the sentences [en]"},
    {.name = "describe",
     .kind = TTA_OPT_FLAG,
     .offset = AT(describe),
     .help = "print the table as Markdown, and read nothing"},
    {.name = "check-rules",
     .kind = TTA_OPT_FLAG,
     .offset = AT(check),
     .help = "run the table's examples, look for overlaps and gaps, and read nothing"},
    {.name = "flow",
     .kind = TTA_OPT_FLAG,
     .offset = AT(flow),
     .help = "count classified cases beside the plan of 2009; --to=dot or mermaid draws it"},
    {.name = "by",
     .value = "COLUMN",
     .kind = TTA_OPT_TEXT,
     .offset = AT(by),
     .help =
         "rows with the same value here are added up, and the sum decided; --flow: counted too"},
    {.name = NULL},
};

/* What would be passed over in silence. */
static int check_options(const struct visit_args *args, struct tta_error *e)
{
    if (args->flow + args->describe + args->check > 1)
        return tta_fail(e, TTA_E_USAGE, "one of --describe, --check-rules and --flow at a time");
    if (args->flow && (args->rules != NULL || args->explain || args->on != TTA_DATE_NONE ||
                       args->reading.count > 0))
        return tta_fail(e, TTA_E_USAGE,
                        "--flow counts cases that are classified already: --rules, --on, "
                        "--reading and --explain belong before it, tta-visit ... | tta-visit "
                        "--flow");
    return 0;
}

/* The columns, of cases or of groups of them. */
static int begin_rows(struct tta_run *run, struct tta_error *e)
{
    const struct visit_args *args = tta_args(run);
    const struct visit_state *state = tta_state(run);
    int rc;

    if (args->by != NULL)
        return visit_groups_begin(run, e);
    rc = visit_read_inputs(run, state->family, 0, e);
    return rc == 0 ? visit_add_outputs(run, state->family, args->explain, e) : rc;
}

static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct visit_args *args = tta_args(run);
    struct visit_state *state = tta_state(run);
    int rc;

    rc = check_options(args, e);
    if (rc != 0)
        return rc;
    if (!args->flow && tta_drawing(run) >= 0)
        return tta_fail(e, TTA_E_USAGE, "--to=%s is for --flow", drawings[tta_drawing(run)]);
    if (args->flow)
        return visit_flow_begin(run, e);
    rc = tta_rules_family_load(args->rules == NULL ? "tta-2009" : args->rules, &state->family, e);
    if (rc == 0)
        rc = visit_prepare(run, state->family, e);
    if (rc != 0)
        return rc;
    if (args->describe)
        return visit_describe(run, state->family, args->lang == 1, e);
    if (args->check)
        return visit_check(run, state->family, e);
    state->dated = state->family->count == 1 && state->family->versions[0]->deciding != SIZE_MAX;
    state->deciding = state->family->versions[0]->deciding;
    rc = begin_rows(run, e);
    for (size_t i = 0; rc == 0 && i < state->family->count; i++) {
        struct tta_rules *t = state->family->versions[i];

        rc = tta_used_document(run, "rules", t->id, t->hash, e);
        if (rc == 0)
            rc = tta_rules_settle(t, e);
    }
    return rc;
}

static int record(struct tta_run *run, struct tta_error *e)
{
    const struct visit_args *args = tta_args(run);

    return args->flow         ? visit_flow_record(run, e)
           : args->by != NULL ? visit_groups_record(run, e)
                              : visit_classify(run, e);
}

static int end(struct tta_run *run, struct tta_error *e)
{
    const struct visit_args *args = tta_args(run);

    if (args->flow)
        return visit_flow_end(run, e);
    if (args->by != NULL)
        return visit_groups_end(run, e);
    visit_note_days(run);
    return 0;
}

static void release(struct tta_run *run)
{
    struct visit_state *state = tta_state(run);

    tta_buffer_release(&state->text[0]);
    tta_buffer_release(&state->text[1]);
    tta_rules_groups_free(state->groups);
    tta_rules_family_free(state->family);
    tta_flow_free(state->flow);
}

static const struct tta_tool visit = {
    .summary = "classify sick-leave cases and route them",
    .example = "  tta-visit --rules=tta-2009 cases.csv > classified.csv",
    .about = "Reads the columns that the decision table names (--schema shows them for any\n"
             "table) and adds what it gives, and the id of the rule that took the row.\n"
             "--print-data lists the tables; --describe prints one to be read.",
    .shape = TTA_ROWS,
    .options = options,
    .drawings = drawings,
    .args_size = sizeof(struct visit_args),
    .defaults = &defaults,
    .state_size = sizeof(struct visit_state),
    .begin = begin,
    .record = record,
    .end = end,
    .release = release,
};

static const struct tta_tool *const tools[] = {&visit, NULL};
static const struct tta_program program = {
    .name = "tta-visit", .summary = "classify and route cases", .tools = tools};

int main(int argc, char **argv)
{
    return tta_main(&program, argc, argv);
}
