#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Models from the counts of parts: any division of an input, its rows in any order, into 1 to 64
# parts, some of them empty, merged in any order, gives the bytes of one run over the whole; and
# that gives the same bytes for its rows in another order. A part that counts by more columns
# than are asked for gives them too, with the same notes on standard error: a row without a value
# is left out where the column is used, and only there. (Curves and tests:
# tests/unit/survival/counts.c.)
# Usage: tests/suites/parts.sh build/MODE
set -u
# shellcheck source=tests/suites/lib/suite.sh
. "$(dirname "$0")/lib/suite.sh"
LC_ALL=C
export LC_ALL

# simulate SEED: a factor, an age that is missing now and then and is written in two ways, an
# education and a number that are missing more often, some rows many times, weights (w: whole, f: not), entries, two causes, times in weeks and (day)
# almost without ties
simulate() {
    awk -v seed="$1" 'BEGIN { srand(seed)
        print "week,day,entry,cause,back,arm,age,bmi,sex,w,f,edu,pain"
        for (i = 0; i < 700; i++) {
            t = 1 + int(rand() * 40); c = int(rand() * 3.3); if (c > 2) c = 0
            e = rand() < 0.3 ? int(rand() * t) : 0
            row = t "," t + int(rand() * 10000) / 10001 "," e "," c "," (c == 1) ","\
                substr("abc", 1 + int(rand() * 3), 1) "," \
                (rand() < 0.02 ? "" : 25 + 10 * int(rand() * 4) (rand() < 0.3 ? ".0" : "")) "," \
                20 + int(rand() * 60) / 7 "," \
                substr("MK", 1 + int(rand() * 2), 1) "," 1 + int(rand() * 3) "," \
                0.1 * (1 + int(rand() * 4)) "," \
                (rand() < 0.1 ? "" : substr("xyz", 1 + int(rand() * 3), 1)) "," \
                (rand() < 0.2 ? "" : int(rand() * 10))
            for (k = rand() < 0.2 ? 3 : 1; k > 0; k--) print row
        } }' >"$tmp/all.csv"
}

# shuffle SEED: shuffled.csv, the same rows in another order
shuffle() {
    awk -v seed="$1" 'BEGIN { srand(seed) } NR == 1 { print; next } { row[n++] = $0 }
        END { while (n > 0) { i = int(rand() * n); print row[i]; row[i] = row[--n] } }' \
        "$tmp/all.csv" >"$tmp/shuffled.csv"
}

# divide SEED PARTS: part-I.csv; every third seed leaves about half of them empty
divide() {
    rm -f "$tmp"/part-*
    i=1
    while [ $i -le "$2" ]; do
        head -n 1 "$tmp/all.csv" >"$tmp/part-$i.csv"
        i=$((i + 1))
    done
    awk -v seed="$1" -v parts="$2" -v to="$tmp/part-" 'BEGIN { srand(seed)
            use = seed % 3 == 0 ? int((parts + 1) / 2) : parts }
        NR > 1 { print >>(to (1 + int(rand() * use)) ".csv") }' "$tmp/shuffled.csv"
}

# counted MODEL: those of its options that say by what rows are counted
counted() {
    for word in $1; do
        case $word in --x=* | --strata=* | --offset=* | --by=*) printf '%s ' "$word" ;; esac
    done
}

trial=0
# try COMMAND "WHAT IS READ" "MODEL" ["COUNTED"]: the model is asked of the parts, which count by
# what it names, or are of COUNTED, a command with its options
try() {
    by=${4-$1 $(counted "$3")}
    trial=$((trial + 1))
    case $trial in
        1) parts=1 ;;
        2) parts=64 ;;
        *) parts=$((trial * 37 % 64 + 1)) ;;
    esac
    shuffle $trial
    divide $trial $parts
    i=1
    while [ $i -le $parts ]; do
        # shellcheck disable=SC2086 # words
        "$bin/tta-survival" $by $2 --partial=$i/$parts -o "$tmp/part-$i.json" \
            "$tmp/part-$i.csv" 2>"$tmp/err" || cat "$tmp/err"
        i=$((i + 1))
    done
    # another order than that of the numbers: the shell's, of the names, or its reverse
    files=$(printf '%s\n' "$tmp"/part-*.json | if [ $((trial % 2)) -eq 0 ]; then sort -r; else cat; fi)
    # shellcheck disable=SC2086
    {
        "$bin/tta-survival" merge $files "$1" $3 >"$tmp/merged" 2>"$tmp/err"
        "$bin/tta-survival" "$1" $2 $3 "$tmp/all.csv" >"$tmp/whole" 2>"$tmp/notes"
        "$bin/tta-survival" "$1" $2 $3 "$tmp/shuffled.csv" >"$tmp/other" 2>/dev/null
    }
    if ! [ -s "$tmp/merged" ]; then
        not_ok "$1 $2 $3" "$(cat "$tmp/err" "$tmp/notes")"
    elif ! cmp -s "$tmp/merged" "$tmp/whole"; then
        not_ok "$1 $2 $3, $parts parts" "merged, not the bytes of the whole"
    elif ! cmp -s "$tmp/other" "$tmp/whole"; then
        not_ok "$1 $2 $3" "not the same bytes for the rows in another order"
    elif ! cmp -s "$tmp/err" "$tmp/notes"; then
        not_ok "$1 $2 $3, $parts parts" "other notes: $(cat "$tmp/err" "$tmp/notes")"
    else
        ok "$1 $2 $3, $parts parts"
    fi
}

time='--time=week --event=back'
cause='--time=week --event=cause'
for round in 1 2; do
    simulate $round
    try cox "$time" '--x=arm,age,sex'
    try cox "$time" '--x=arm,age,sex --summary --ties=breslow'
    try cox "$time --entry=entry" '--x=arm,age --strata=sex --baseline'
    try cox "$time --entry=entry --weight=f" '--x=arm,age --curve=arm=b,age=40'
    try cox "$time --weight=w" '--x=arm,age,arm:bmi,sex --offset=f'
    try cox "$time --weight=f" '--x=log(age),arm:sex,arm,sex --summary'
    try cox "$time" '--x=arm,ns(bmi,3) --robust --ties=breslow'
    try cox "$time --weight=f" '--x=arm,sex --strata=f'
    try cox "$time" '--x=arm,sex --ties=exact'
    try cox "$time --entry=entry" '--x=arm,bmi --ties=exact --strata=sex'
    try cox '--time=day --event=back' '--x=arm,bmi,age --strata=sex --summary'
    try cox '--time=day --event=back --entry=entry' '--x=age,sex:bmi --factor=age --robust'
    try cif "$cause --entry=entry" '--by=arm,sex'
    try cif "$cause --weight=f" '--by=arm --at=10,20'
    try cif "$cause --censored=1,0" '--at=10,20,30'
    try cif "$cause" '--by=arm --test'
    try cif "$cause" '--by=arm --test --strata=sex --rho=1'
    try cif "$cause" '--x=arm,age --strata=sex'
    try cif "$cause" '--x=arm,bmi --convention=survival'
    try cif '--time=day --event=cause' '--x=arm,bmi --convention=survival --strata=sex'
    try cif '--time=day --event=cause' '--x=arm,ns(bmi,2)'
    try cif "$cause --entry=entry --weight=f" '--x=arm,age --regression=cause-specific'
    try km "$time --weight=f --by=arm,sex" '--level=0.9'
    try km "$time --entry=entry --by=arm,sex --weight=w" '--at=5,10'
    try test "$time --weight=w --by=arm --strata=sex" '--rho=1'
    all='cox --x=edu,arm,pain,age,sex,bmi'
    try cox "$time" '--x=arm,age --ref=arm=b' "$all"
    try cox "$time" '--x=pain,edu --strata=sex --summary' "$all"
    try cox "$time --entry=entry --weight=f" '--x=arm,sex,edu:bmi --level=0.9' "$all --strata=edu"
    try cox "$time" '--x=arm --strata=pain --ties=exact' "$all"
    try km "$time" '--by=arm,sex --at=5,10 --cumhaz' "$all"
    try km "$time --weight=w" '--quantiles=0.5' "$all"
    try test "$time" '--by=arm --strata=sex' "$all"
    causes="cif ${all#cox}"
    try cif "$cause" '--by=edu,arm --at=10,20' "$causes --by=sex"
    try cif "$cause" '--by=edu --test' "$causes"
    try cif "$cause" '--x=arm,age --ties=breslow' "$causes"
    try cif "$cause --weight=f" '--x=edu,pain --regression=cause-specific' "$causes"
done

# groups DESCRIPTION "COMMAND OF THE PARTS" "COMMAND OF MERGE" "COMMAND OF THE WHOLE"
groups() {
    # shellcheck disable=SC2086
    {
        "$bin/tta-survival" $2 --partial "$tmp/all.csv" >"$tmp/one.json"
        "$bin/tta-survival" merge "$tmp/one.json" $3 >"$tmp/merged" 2>"$tmp/err"
        "$bin/tta-survival" $4 "$tmp/all.csv" >"$tmp/whole" 2>"$tmp/notes"
    }
    check "$1" "$(cat "$tmp/err")" cmp -s "$tmp/merged" "$tmp/whole"
}
groups 'cif takes the groups of the parts' "cif $cause --by=arm" cif "cif $cause --by=arm"
groups 'cif takes strata of the parts' "cif $cause --by=arm --strata=sex" 'cif --test' \
    "cif $cause --by=arm --strata=sex --test"
groups 'cif over the groups of the parts' "cif $cause --by=arm,sex" 'cif --by=' "cif $cause"
groups 'cif by some of them' "cif $cause --by=arm,sex" 'cif --by=sex' "cif $cause --by=sex"
groups 'km over the groups of the parts' "km $time --by=arm,sex" 'km --by=' "km $time"
groups 'km by some of them' "km $time --by=arm,sex" 'km --by=sex' "km $time --by=sex"
groups 'test without the strata of the parts' "test $time --by=arm --strata=sex" \
    'test --strata=' "test $time --by=arm"
check 'there were trials' "$round rounds" test $trial -eq 72
finish
