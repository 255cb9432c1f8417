-- rehabteam-forsoeg, in its usual reading, for DuckDB
COPY (
    WITH decided AS NOT MATERIALIZED (
        SELECT *, CASE case_type
            WHEN 'jobafklaring' THEN CASE
                WHEN further_course = 'true' THEN 'j-further'
                WHEN CAST(recovery_weeks AS INTEGER) <= 8 THEN 'j-recovery-8'
                WHEN needs_cross_disciplinary = 'true' THEN 'j-need'
                ELSE 'j-' || exemption_ground END
            WHEN 'fleksjob' THEN CASE
                WHEN CAST(weekly_hours AS DECIMAL(9, 6)) < 10
                    THEN CASE WHEN more_hours_likely = 'true' THEN 'f-horizon' ELSE 'f-few-hours' END
                WHEN retention = 'true' THEN 'f-retention'
                WHEN needs_cross_disciplinary = 'true' THEN 'f-need'
                ELSE 'f-labour-market' END
            WHEN 'selvstaendig' THEN 's-exempt'
            ELSE CASE
                WHEN CAST(pension_date AS DATE) > CAST(application_date AS DATE) + INTERVAL 60 MONTH
                    THEN 'p-too-early'
                WHEN obvious_refusal = 'true' THEN 'p-obvious-refusal'
                ELSE 'p-exempt' END
            END AS rule
        FROM read_csv('INPUT', header = true, delim = ',', all_varchar = true)
    )
    SELECT * EXCLUDE (rule), CASE
            WHEN rule IN ('j-further', 'j-need', 'f-few-hours', 'f-need') THEN 'team'
            WHEN rule IN ('j-working-plan', 'j-treatment') THEN 'later'
            WHEN rule = 'p-too-early' THEN 'not-covered'
            ELSE 'exempt' END AS forum_forsoeg, rule
    FROM decided
) TO 'OUTPUT' (FORMAT csv, HEADER true);
