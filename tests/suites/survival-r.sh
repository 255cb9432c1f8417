#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Beside R's survival, where it is there: what the tables in testdata/reference do not have.
# Usage: tests/suites/survival-r.sh build/MODE
set -u
# shellcheck source=tests/suites/lib/suite.sh
. "$(dirname "$0")/lib/suite.sh"
data=testdata/reference/data/rtw_open.csv
if ! Rscript -e 'library(survival)' >/dev/null 2>&1; then
    skip 'there is no R with its package survival'
    finish
fi
Rscript tests/known-answers/survival.R $data "$tmp" >"$tmp/log" 2>&1 || cat "$tmp/log"

# beside NAME COLUMNS COMMAND...: those columns of its output are R's table, to 1e-8
beside() {
    name=$1 columns=$2
    shift 2
    "$bin/tta-survival" "$@" $data 2>"$tmp/err" | cut -d, -f"$columns" >"$tmp/ours"
    awk -F, 'FNR == 1 { next } NR == FNR { line[FNR] = $0; n = FNR; next }
        { k = split(line[FNR], r, FS); for (i = 1; i <= k; i++) { d = $i - r[i]; s = r[i] < 0 ? -r[i] : r[i]
            if ((d < 0 ? -d : d) > 1e-8 * (s > 1e-3 ? s : 1e-3)) { print "line " FNR ": " $0 " for " line[FNR]; exit bad = 1 } } }
        END { if (!bad && (FNR != n || n < 6)) { print FNR " lines for " n; bad = 1 } exit bad }' \
        "$tmp/$name.r" "$tmp/ours" >"$tmp/why"
    status=$?
    check "$* is R's ($name)" "$(cat "$tmp/why" "$tmp/err")" test $status -eq 0
}

gray='cif --time=week --event=event --x=arm,age --ref=arm=kontrol --convention=survival'
cox='cox --time=week --event=event=1 --x=arm,age --ref=arm=kontrol'
# shellcheck disable=SC2086 # words
{
    beside plain 3,5 $gray
    beside cluster 3,5 $gray --cluster=kommune
    beside strata 3,5 $gray --strata=sex
    beside strata-cluster 3,5 $gray --strata=sex --cluster=kommune
    for ties in efron breslow; do
        beside baseline-$ties 2,5 $cox --strata=sex --ties=$ties --baseline
    done
    beside curve 2,6- $cox --curve=arm=indsats,age=40
}
finish
