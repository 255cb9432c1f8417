-- tta-2009 for DuckDB; every column stays text, as it does for the others
COPY (
    SELECT *,
        CASE WHEN CAST(expected_weeks AS INTEGER) > 13 THEN CASE WHEN able_to_participate = 'true' THEN 2 ELSE 3 END
             WHEN health_unresolved = 'true' OR work_capacity_threatened = 'true' THEN 2 ELSE 1 END AS category,
        CASE WHEN CAST(expected_weeks AS INTEGER) > 13 THEN CASE WHEN able_to_participate = 'true' THEN 'coordinator' ELSE 'caseworker' END
             WHEN health_unresolved = 'true' OR work_capacity_threatened = 'true' THEN 'coordinator' ELSE 'caseworker' END AS route,
        CASE WHEN CAST(expected_weeks AS INTEGER) > 13 THEN CASE WHEN able_to_participate = 'true' THEN 'cat2-long' ELSE 'cat3' END
             WHEN health_unresolved = 'true' OR work_capacity_threatened = 'true' THEN 'cat2-risk' ELSE 'cat1' END AS rule
    FROM read_csv('INPUT', header = true, delim = ',', all_varchar = true)
) TO 'OUTPUT' (FORMAT csv, HEADER true);
