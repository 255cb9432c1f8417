#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Laws of tta-refusion on simulated cases, under every scheme, with persons,
# history, activity and gradual returns: parts add up to the benefit, none is
# negative; weeks, months and years come to what the cases come to, payer by
# payer; --compare and --explain change nothing else; --merge of any division
# is the whole, byte for byte.
# Usage: tests/suites/refusion.sh build/MODE
set -u
# shellcheck source=tests/suites/lib/suite.sh
. "$(dirname "$0")/lib/suite.sh"
refusion=$bin/tta-refusion
cd "$tmp" || exit 70

# cases.csv, activity.csv and history.csv: persons in order, their cases apart
awk '
function pick(n) { seed = (seed * 16807) % 2147483647; return seed % n }
function date(z, era, doe, yoe, doy, mp, d, m) { # days since 1970-01-01 (Hinnant, civil_from_days)
    z += 719468; era = int(z / 146097); doe = z - era * 146097
    yoe = int((doe - int(doe / 1460) + int(doe / 36524) - int(doe / 146096)) / 365)
    doy = doe - (365 * yoe + int(yoe / 4) - int(yoe / 100)); mp = int((5 * doy + 2) / 153)
    d = doy - int((153 * mp + 2) / 5) + 1; m = mp < 10 ? mp + 3 : mp - 9
    return sprintf("%04d-%02d-%02d", yoe + era * 400 + (m <= 2), m, d)
}
BEGIN {
    seed = 994; split("lab_10 lab_11 lab_12 lab_32_1_1 gradual_return", kind, " ")
    split("101 147 265 ", town, " ")
    print("person_id,case_id,municipality,first_absence_date,last_absence_date,employment," \
        "weekly_benefit,employer_exception,partial_from,partial_to,hours_worked") > "cases.csv"
    print "case_id,from,to,kind,hours_per_week" > "activity.csv"
    print "person_id,from,to,kind" > "history.csv"
    for (p = 1; p <= 150; p++) {
        at = 13332 + (pick(3) ? pick(3600) : 2900 + pick(700)) # from 2006-07-03
        if (pick(3) == 0) {
            h = at - 400 + pick(500)
            printf("%05d,%s,%s,%s\n", p, date(h), date(h + pick(300)), pick(2) ? "benefit" : "other") > "history.csv"
        }
        for (k = 1 + pick(3); k > 0; k--) {
            id = ++cases; last = at + (pick(4) ? pick(150) : pick(800))
            employed = pick(2); partial = at + pick(90); active = partial + 40 + pick(60)
            line = sprintf("%05d,%d,%s,%s,%s,%s,%d.%02d,%s,", p, id, town[1 + pick(4)], date(at), date(last),
                employed ? "employed" : "unemployed", pick(3200), pick(100), employed && pick(5) == 0 ? "fleksjob" : "")
            to = partial + pick(40)
            if (partial <= last && pick(2))
                line = line sprintf("%s,%s,%s", date(partial), to > last ? "" : date(to), pick(3) ? pick(38) : "")
            else
                line = line ",,"
            print line > "cases.csv"
            to = active + pick(120)
            if (active <= last)
                printf("%d,%s,%s,%s,%d\n", id, date(active), to >= last ? "" : date(to), kind[1 + pick(5)], pick(30)) > "activity.csv"
            at = last + 1 + (pick(2) ? pick(20) : pick(500))
        }
    }
}'
check 'cases were drawn' "$(wc -l <cases.csv)" test "$(wc -l <cases.csv)" -gt 200

run() { # OUTPUT OPTION...: leaves the reason in why when it fails
    out=$1
    shift
    "$refusion" --activity=activity.csv "$@" cases.csv >"$out" 2>err
}

# sums FILE FIRST: the sums in øre of the columns from that name on, four or three more;
# fails where the first of four is not the other three, or one is negative
sums() {
    awk -F, -v first="$2" -v of="$3" '
    function ore(t) { sub(/\./, "", t); return t + 0 }
    NR == 1 { for (i = 1; i <= NF; i++) if ($i == first) c = i; next }
    {
        for (i = 0; i < of; i++) { v[i] = ore($(c + i)); sum[i] += v[i]; if (v[i] < 0) bad = NR }
        if (of == 4 && v[0] != v[1] + v[2] + v[3]) bad = NR
    }
    END { if (!c || bad) print "line " bad " does not add up"; for (i = 0; i < of; i++) printf "%.0f ", sum[i] }' "$1"
}

laws() { # NAME OPTION...
    name=$1
    shift
    wrong=
    for by in case week month year; do
        run $by "$@" --by=$by || wrong="$wrong $by: $(head -n 1 err);"
        run $by.other "$@" --by=$by --compare=2016 || wrong="$wrong compare $by: $(head -n 1 err);"
        run $by.why "$@" --by=$by --explain || wrong="$wrong explain $by: $(head -n 1 err);"
        width=$(head -n 1 $by | awk -F, '{ print NF }')
        cut -d, -f"1-$width" $by.other | cmp -s - $by || wrong="$wrong --compare changes $by;"
        cut -d, -f"1-$width" $by.why | cmp -s - $by || wrong="$wrong --explain changes $by;"
    done
    run month.town "$@" --by=month,municipality || wrong="$wrong town: $(head -n 1 err);"
    whole=$(sums case benefit_total 4)
    other=$(sums case.other compare_employer_amount 3)
    case " $whole" in *" 0 "* | *line*) wrong="$wrong nothing, or no sum: $whole" ;; esac
    for by in week month year month.town; do
        [ "$(sums $by benefit 4)" = "$whole" ] || wrong="$wrong $by: $(sums $by benefit 4), not $whole;"
    done
    for by in week month year; do
        [ "$(sums $by.other compare_employer_amount 3)" = "$other" ] || wrong="$wrong $by.other;"
    done
    check "cases, weeks, months and years: $name" "$wrong" test -z "$wrong"
}

# compared with itself every row says the same twice; compared with another, what that says
twins() { # NAME OPTION...
    name=$1
    shift
    wrong=
    for by in case week month; do
        run twin "$@" --by=$by --compare=auto || wrong=$(head -n 1 err)
        awk -F, 'NR > 1 && ($NF != $(NF - 3) || $(NF - 1) != $(NF - 4) || $(NF - 2) != $(NF - 5))' twin |
            grep -q . && wrong="$wrong $by differs from itself;"
        [ "$(wc -l <twin)" -gt 100 ] || wrong="$wrong $by has no rows;"
    done
    for by in case month; do
        run twin "$@" --by=$by --compare=2016 || wrong=$(head -n 1 err)
        run single "$@" --by=$by --scheme=2016 || wrong=$(head -n 1 err)
        for f in twin single; do
            awk -F, 'NR > 1 { print $(NF - 2) "," $(NF - 1) "," $NF }' $f >$f.3
        done
        cmp -s twin.3 single.3 || wrong="$wrong $by is not that of 2016;"
    done
    check "compared: $name" "$wrong" test -z "$wrong"
}

for scheme in auto 2006 2010 2011 2016; do
    laws "$scheme" --scheme=$scheme
    laws "$scheme, persons" --scheme=$scheme --persons
    laws "$scheme, persons with a history" --scheme=$scheme --persons --history=history.csv
done
twins 'cases'
twins 'persons' --persons --history=history.csv
laws 'auto, other readings' --reading=from-july-2009,white-paper-hours,white-paper-prose

# divided NAME COUNT KEY OPTION...: in COUNT shards, put together from the last to the first
divided() {
    name="$1, in $2" count=$2 key=$3
    shift 3
    wrong=
    run whole "$@" || wrong=$(head -n 1 err)
    i=1
    parts=
    while [ "$i" -le "$count" ]; do
        run "part.$i" "$@" --partial --shard="$i/$count" --shard-key="$key" || wrong=$(head -n 1 err)
        parts="part.$i $parts"
        i=$((i + 1))
    done
    options=
    for option; do
        case $option in --history=*) ;; *) options="$options $option" ;; esac
    done
    # shellcheck disable=SC2086 # words
    "$refusion" $options --merge $parts >merged 2>err || wrong=$(head -n 1 err)
    cmp -s whole merged || wrong="$wrong; not the same"
    check "merge: $name" "$wrong" test -z "$wrong"
    rm -f part.*
}

for count in 1 2 3 7 13 29 64; do
    divided 'months' "$count" case_id --by=month,municipality
    divided 'years, compared and explained' "$count" case_id --by=year,municipality --compare=2016 --explain
    divided 'persons' "$count" person_id --by=month --persons --history=history.csv
done
head -n 3 cases.csv >few.csv && cp few.csv cases.csv
head -n 1 activity.csv >none.csv && cp none.csv activity.csv
divided 'two rows' 64 case_id --by=month
head -n 1 few.csv >cases.csv
divided 'no rows' 5 case_id --by=month

# by file, one without rows twice: nothing stands twice then
printf 'case_id,first_absence_date,last_absence_date,employment,weekly_benefit\n' >none.csv
{
    cat none.csv
    echo 1,2012-01-02,2012-03-04,unemployed,1000
} >one.csv
for f in none one; do "$refusion" --by=month --partial $f.csv >$f.part; done
"$refusion" --by=month one.csv >whole
"$refusion" --by=month --merge none.part one.part none.part 2>err | cmp -s - whole
check 'merge: files without rows' "$(head -n 1 err)" test $? -eq 0
"$refusion" --by=month --partial one.csv none.csv >both.part
"$refusion" --by=month --merge both.part one.part >out 2>err
check 'merge: a file in two parts' "$(head -n 1 err)" test $? -eq 65
finish
