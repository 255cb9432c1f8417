-- vestegn-2020, in its usual reading, for DuckDB: each rule's id where it takes the row
COPY (
    WITH typed AS NOT MATERIALIZED (
        SELECT *, CAST(screening_date AS DATE) AS screened, CAST(benefit_since AS DATE) AS since
        FROM read_csv('INPUT', header = true, delim = ',', all_varchar = true)
    ), met AS NOT MATERIALIZED (
        SELECT *,
            CASE WHEN CAST(municipality_code AS INTEGER) NOT IN (153, 155, 165, 167, 175, 183, 185) THEN 'municipality' END AS i1,
            CASE WHEN CAST(age AS INTEGER) NOT BETWEEN 18 AND 60 THEN 'age' END AS i2,
            CASE WHEN readiness IN ('jobparat', 'åbenlyst uddannelsesparat') THEN 'readiness' END AS i3,
            CASE WHEN benefit = 'other' THEN 'benefit' END AS i4,
            CASE WHEN benefit <> 'other' AND since + INTERVAL 12 MONTH > screened THEN 'too-short' END AS i5,
            CASE WHEN benefit <> 'other' AND since + INTERVAL 84 MONTH < screened THEN 'too-long' END AS i6,
            CASE WHEN interpreter_needed = 'true' THEN 'interpreter' END AS i7,
            CASE WHEN exempt_from_contact = 'true' THEN 'exempt' END AS x1,
            CASE WHEN too_ill = 'true' THEN 'too-ill' END AS x2,
            CASE WHEN other_course IN ('project', 'progressing') THEN 'other-project' END AS x3,
            CASE WHEN CAST(expected_clarified AS DATE) <= screened + INTERVAL 3 MONTH THEN 'clarified-soon' END AS x4
        FROM typed
    ), counted AS NOT MATERIALIZED (
        SELECT * EXCLUDE (screened, since),
            CAST(i1 IS NOT NULL AS INTEGER) + CAST(i2 IS NOT NULL AS INTEGER) + CAST(i3 IS NOT NULL AS INTEGER) +
            CAST(i4 IS NOT NULL AS INTEGER) + CAST(i5 IS NOT NULL AS INTEGER) + CAST(i6 IS NOT NULL AS INTEGER) +
            CAST(i7 IS NOT NULL AS INTEGER) AS inclusion_unmet,
            CAST(x1 IS NOT NULL AS INTEGER) + CAST(x2 IS NOT NULL AS INTEGER) + CAST(x3 IS NOT NULL AS INTEGER) +
            CAST(x4 IS NOT NULL AS INTEGER) AS exclusion_met
        FROM met
    )
    SELECT * EXCLUDE (i1, i2, i3, i4, i5, i6, i7, x1, x2, x3, x4, inclusion_unmet, exclusion_met),
        inclusion_unmet + exclusion_met = 0 AS eligible, inclusion_unmet, exclusion_met,
        NULLIF(concat_ws(';', i1, i2, i3, i4, i5, i6, i7, x1, x2, x3, x4), '') AS rule
    FROM counted
) TO 'OUTPUT' (FORMAT csv, HEADER true);
