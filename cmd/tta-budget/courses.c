/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "courses.h"

struct course {
    struct tta_text case_id;
    int8_t completed;
};

static int take(void *context, const void *record, int64_t line, struct tta_error *e)
{
    struct courses *courses = context;
    const struct course *course = record;
    int32_t before = courses->names.count, number;

    (void)line;
    if (tta_names_number(&courses->names, course->case_id, &number) != 0)
        return tta_fail_memory(e);
    if (courses->names.count == before)
        return tta_fail(e, TTA_E_DATA, "a case that stands twice");
    courses->completed += course->completed;
    return 0;
}

int courses_read(struct tta_run *run, const char *file, struct courses *out, struct tta_error *e)
{
    static const struct tta_column reads[] = {
        {.name = "case_id", .type = TTA_TEXT, .offset = offsetof(struct course, case_id)},
        {.name = "completed", .type = TTA_BOOLEAN, .offset = offsetof(struct course, completed)},
        {.name = NULL},
    };
    const struct tta_table table = {.kind = "courses",
                                    .option = "cases",
                                    .reads = reads,
                                    .record_size = sizeof(struct course),
                                    .row = take,
                                    .context = out};
    int rc = tta_read_table(run, file, &table, e);

    return rc == 0 && out->names.count == 0 ? tta_fail(e, TTA_E_DATA, "--cases: there are none")
                                            : rc;
}

void courses_release(struct courses *c)
{
    tta_names_release(&c->names);
}
