# SPDX-License-Identifier: GPL-2.0-or-later
# tta-2009 for awk: finds its columns by name, classifies, adds three cells.
BEGIN { FS = ","; OFS = "," }
NR == 1 {
    for (i = 1; i <= NF; i++) at[$i] = i
    w = at["expected_weeks"]; h = at["health_unresolved"]
    c = at["work_capacity_threatened"]; a = at["able_to_participate"]
    print $0, "category", "route", "rule"
    next
}
{
    if ($w > 13) {
        if ($a == "true") print $0, 2, "coordinator", "cat2-long"
        else print $0, 3, "caseworker", "cat3"
    } else if ($h == "true" || $c == "true") print $0, 2, "coordinator", "cat2-risk"
    else print $0, 1, "caseworker", "cat1"
}
