#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every allocation fails in turn, once alone and once with all later ones: the
# program says so in one line and exits 71, without a signal, and leaves nothing
# half done. tests/faults/fail-malloc.c forks at every place that allocates (a
# call stack met for the first or second time; TTA_MEMORY=all: at every single
# allocation), so one run of a filter tests them all.
#
# One allocation may fail without a 71: libcsv tries again with less.
# Usage: tests/suites/memory.sh build/MODE
set -u
# shellcheck source=tests/suites/lib/suite.sh
. "$(dirname "$0")/lib/suite.sh"
shim=$build/tests/fail-malloc.so
cases=$suite_root/testdata/cases

if [ "$mode" = asan ]; then
    skip "the sanitizers have an allocator of their own"
    finish
fi

# Results are "N STATUS LINES". What is neither 71 with one line nor, for the
# failing of one allocation only, the same output as ever, is wrong.
judge() { # NAME ONE|FROM
    awk '{ print $2, $3 }' "$tmp/each/results" | sort | uniq -c >"$tmp/counts"
    while read -r n status lines; do
        [ "$status $lines" = "71 1" ] && continue
        if [ "$2" = ONE ] && [ "$status" -eq 0 ] && [ "$lines" -eq "$usual_lines" ]; then
            same=true
            for out in "$tmp/each"/out.*; do
                number=${out##*.}
                grep -q "^$number 0 " "$tmp/each/results" || continue
                cmp -s "$out" "$tmp/usual" || same=false
            done
            $same && continue
        fi
        not_ok "$1" "$n times exit status $status with $lines lines on standard error, as at $(
            awk -v s="$status" -v l="$lines" '$2 == s && $3 == l { print $1; exit }' \
                "$tmp/each/results")"
        return
    done <"$tmp/counts"
    for out in "$tmp/each"/out.*; do
        # rows that went out before the failure are whole and the usual ones
        [ -s "$out" ] || continue
        head -c "$(wc -c <"$out")" "$tmp/usual" | cmp -s - "$out" || {
            not_ok "$1" "the output ${out##*/} is no beginning of the usual one"
            return
        }
        [ "$(tail -c 1 "$out" | wc -l)" -eq 1 ] || {
            not_ok "$1" "the output ${out##*/} ends inside a row"
            return
        }
    done
    tried=$(wc -l <"$tmp/each/results")
    if [ "$tried" -lt 4 ]; then
        not_ok "$1" "only $tried allocations were seen"
    else
        ok "$1 ($tried allocations)"
    fi
}

torture() { # NAME PROGRAM ARGUMENT...
    name=$1 program=$bin/$2
    shift 2
    "$program" "$@" >"$tmp/usual" 2>"$tmp/usual.err"
    usual_lines=$(wc -l <"$tmp/usual.err")
    for how in ONE FROM; do
        rm -rf "$tmp/each"
        mkdir "$tmp/each"
        env LD_PRELOAD="$shim" FAIL_EACH="$tmp/each" ${TTA_MEMORY:+FAIL_ALL=1} \
            "$([ $how = FROM ] && echo FAIL_FROM=1 || echo FAIL_ONE=1)" \
            "$program" "$@" >"$tmp/out" 2>"$tmp/err"
        judge "$name, $([ $how = ONE ] && echo 'one fails' || echo 'all fail from one on')" $how
        cmp -s "$tmp/out" "$tmp/usual" || not_ok "$name" "the run around the failures differs"
    done
}

torture visit tta-visit --rules=tta-2009 "$cases/tta-visit/quoted/cases.csv"
torture 'visit, options' tta-visit --rules="$cases/tta-visit/rules-file/by-age.json" \
    --dialect="$cases/tta-visit/dialect-file/d.json" --delimiter=, --rename=age=age \
    --missing=NA,x --shard=1/1 --shard-key=age "$cases/tta-visit/rules-file/cases.csv"
torture 'visit, JSON Lines' tta-visit "$cases/tta-visit/jsonl/cases.jsonl"
torture 'visit, JSON Lines to CSV' tta-visit --to=csv "$cases/tta-visit/jsonl-to-csv/cases.jsonl"
torture 'visit, two files' tta-visit "$cases/tta-visit/two-files/one.csv" \
    "$cases/tta-visit/two-files/two.csv"
torture 'visit, collected reasons' tta-visit --rules=fem-komponenter --explain \
    "$cases/tta-visit/table-fem-komponenter/cases.csv"
torture 'visit, groups' tta-visit --rules=vestegn-sagsstamme --by=coordinator \
    "$cases/tta-visit/by-coordinator/loads.csv"
torture 'visit, flow' tta-visit --flow "$cases/tta-visit/flow-consort/cases.csv"
torture 'visit, a drawing' tta-visit --flow --to=dot --by=municipality \
    "$cases/tta-visit/flow-by/cases.csv"
torture 'visit, windows-1252' tta-visit --dialect=dk \
    "$cases/tta-visit/dk-windows-1252/sager.csv"
torture refusion tta-refusion --scheme=2011 --dialect=dk "$cases/tta-refusion/dk/sager.csv"
torture 'refusion, activity' tta-refusion --by=week --explain --compare=2016 \
    --activity="$cases/tta-refusion/activity/act.csv" "$cases/tta-refusion/activity/cases.csv"
torture 'refusion, persons, part of the months' tta-refusion --persons --by=month,case_id --explain \
    --partial --history="$cases/tta-refusion/persons-restart/history.csv" \
    "$cases/tta-refusion/persons-restart/cases.csv"
"$bin/tta-refusion" --persons --by=month,case_id --explain --partial \
    "$cases/tta-refusion/persons-restart/cases.csv" >"$tmp/part.csv"
torture 'refusion, parts merged' tta-refusion --persons --by=month,case_id --explain --merge \
    "$tmp/part.csv"
torture budget tta-budget grant "$cases/tta-budget/consortium/municipalities.csv"
b=$cases/tta-budget
torture 'budget consortium' tta-budget consortium --adjacent="$b/consortium-adjacent/n.csv" \
    "$b/consortium-adjacent/m.csv"
torture 'budget staffing' tta-budget staffing --coordinators=1 "$b/staffing-municipalities/m.csv"
torture 'budget package' tta-budget package --rate=sekretaer=410
torture 'budget sensitivity' tta-budget sensitivity --figure=net --draws=10 --seed=1
torture 'budget cost' tta-budget cost --cases="$b/cost/c.csv" --perspective=public \
    --price-year=2020 --rate=fm2013 --first-year=2020 --until=2023-12-31 "$b/cost/a.csv"
torture 'budget net' tta-budget net --cases="$b/net/c.csv" --costs="$b/net/k.csv" \
    --perspective=public --price-year=2020 --rate=0.04 --first-year=2020 --horizon=2 "$b/net/w.csv"
torture 'budget weeks' tta-budget weeks --cases="$b/weeks/c.csv" --until=2021-12-31 "$b/weeks/s.csv"
torture 'budget weeks, anybody' tta-budget weeks --until=2021-12-31 "$b/weeks/s.csv"
torture 'budget model' tta-budget model --cases="$b/model/s.csv" --activity="$b/model/a.csv" \
    --perspective=public --price-year=2020 --rate=fm2021 --first-year=2020 --horizon=2 \
    --range=rate=0:0.1 --distribution=effect=normal:1:1 "$b/model/w.csv"
torture 'budget scenario of flows' tta-budget scenario --model="$b/scenario-model/m.json"
torture 'budget icer' tta-budget icer --perspective=public --price-year=2020 --horizon=1 --seed=1 \
    --draws=9 "$b/icer/d.csv"
torture randomize tta-randomize draw --seed='dice 4 1 6' --arms=a:3,b:3,c:3 \
    "$cases/tta-randomize/three-arms/municipalities.csv"
torture 'randomize, R' tta-randomize draw --generator=r --as=randomizr --seed=1 --arms=a,b,c \
    "$cases/tta-randomize/three-arms/municipalities.csv"
torture 'randomize, Stata' tta-randomize draw --generator=stata-kiss32 --seed=1 --arms=a:3,b:3,c:3 \
    "$cases/tta-randomize/three-arms/municipalities.csv"
torture 'randomize, verify' tta-randomize verify --audit="$cases/tta-randomize/verify/trial.audit" \
    --seed='dice 4 1 6' "$cases/tta-randomize/verify/drawn.csv"
torture 'randomize, report' tta-randomize verify --audit="$cases/tta-randomize/verify/trial.audit" \
    --seed='dice 4 1 6' --report=consort "$cases/tta-randomize/verify/drawn.csv"
torture 'randomize, check' tta-randomize check --seed=x --method=blocks --blocks=2 --arms=a,b --redraws=2 \
    "$cases/tta-randomize/three-arms/municipalities.csv"
torture 'randomize, list' tta-randomize list --seed=x --n=4 --arms=a,b --strata='x=1|2,y=3'
cp -R "$cases/tta-randomize/next-again" "$tmp/again" # whoever is in the log gets what he got
torture 'randomize, next' tta-randomize next --list="$tmp/again/lots.csv" --log="$tmp/again/trial.log" \
    --id=id --strata='sex,age<30' "$tmp/again/today.csv"
torture randomize-strata tta-randomize draw --seed=x --arms=a:10,b:10 --id=id \
    --strata='sex,age<30' "$cases/tta-randomize/blocks/list.csv"
torture randomize-blocks tta-randomize draw --seed=x --arms=a,b --method=blocks --blocks=2,4 \
    --unit=municipality "$cases/tta-randomize/blocks/list.csv"
torture randomize-minimise tta-randomize draw --seed=x --arms=a,b --method=minimise \
    --factors='sex,age<30:2' "$cases/tta-randomize/blocks/list.csv"
torture randomize-match tta-randomize draw --seed=x --arms=a,b --method=pairs \
    --match=cases,unemployment "$cases/tta-randomize/match/m.csv"
torture randomize-constrained tta-randomize draw --seed=x --arms=a:8,b:4 --method=constrained \
    --covariates=cases,unemployment "$cases/tta-randomize/match/m.csv"
torture 'survival km' tta-survival km --time=time --event=status --by=x,age --missing=x \
    "$cases/tta-survival/cox-na/aml.csv"
torture 'survival km, weights' tta-survival km --time=weeks --event=left --weight=n \
    "$cases/tta-survival/km-figure7/durations.csv"
torture 'survival km, entries and clusters' tta-survival km --time=week --event=event --entry=entry \
    --cluster=town --weight=w --by=arm "$cases/tta-survival/km-entry/cases.csv"
torture 'survival test' tta-survival test --time=week --event=event --by=arm --strata=sex \
    "$cases/tta-survival/test-strata/cases.csv"
torture 'survival rmst' tta-survival rmst --time=week --event=event --by=arm --x=sex --tau=7 \
    "$cases/tta-survival/rmst-adjusted/cases.csv"
torture 'survival pseudo' tta-survival pseudo --time=week --event=event --at=5,8 \
    "$cases/tta-survival/pseudo/cases.csv"
torture 'survival partial' tta-survival km --time=week --event=event --by=arm,sex --weight=w \
    --partial=1/2 "$cases/tta-survival/km-partial/cases.csv"
torture 'survival merge' tta-survival merge "$cases/tta-survival/merge/a.json" \
    "$cases/tta-survival/merge/b.json" km
head -n 80 testdata/reference/data/rtw_open.csv >"$tmp/few.csv"
torture 'survival cox' tta-survival cox --time=time --event=status --x=x,age --missing=NA \
    --ref=x=Nonmaintained "$cases/tta-survival/cox-na/aml.csv"
torture 'survival cox, strata, robust, summary' tta-survival cox --time=week --event=cause=1 \
    --x=age --strata=w --cluster=id --summary "$cases/tta-survival/cox-order/c.csv"
torture 'survival cox, residuals' tta-survival cox --time=week --event=cause=1 --entry=start \
    --id=id --x=age,arm --residuals=dfbeta,schoenfeld "$cases/tta-survival/cox-order/c.csv"
torture 'survival cox, curve' tta-survival cox --time=week --event=cause=1 --x=age,arm \
    --curve=age=40,arm=a "$cases/tta-survival/cox-order/c.csv"
torture 'survival cox, weights' tta-survival cox --time=week --event=cause=1 --x=age,arm \
    --weight=w "$cases/tta-survival/cox-order/c.csv"
torture 'survival cox, partial' tta-survival cox --time=week --event=cause=1 --x=age,arm \
    --partial=1/2 "$cases/tta-survival/cox-order/c.csv"
torture 'survival cox, merge' tta-survival merge "$cases/tta-survival/merge-cox/h1.json" \
    "$cases/tta-survival/merge-cox/h2.json" cox --x=age,arm
torture 'survival cox, markdown' tta-survival cox --time=week --event=cause=1 --x=age,arm \
    --to=markdown "$cases/tta-survival/cox-order/c.csv"
torture 'survival zph' tta-survival zph --time=week --event=cause=1 --x=age,arm \
    "$cases/tta-survival/cox-order/c.csv"
torture 'survival cif' tta-survival cif --time=week --event=cause --by=arm --entry=start \
    "$cases/tta-survival/cox-order/c.csv"
torture 'survival cif, test' tta-survival cif --time=week --event=cause --by=arm --test \
    "$cases/tta-survival/cox-order/c.csv"
torture 'survival cif, Fine and Gray' tta-survival cif --time=week --event=event --x=age,arm \
    --strata=sex "$tmp/few.csv"
torture 'survival cif, cause-specific' tta-survival cif --time=week --event=event --x=age \
    --regression=cause-specific "$tmp/few.csv"
torture 'survival cox, curve with a spline' tta-survival cox --time=week --event=event=1 \
    --x='arm,ns(age,2)' --curve=arm=kontrol,age=40 "$tmp/few.csv"
torture 'survival cif, merge' tta-survival merge "$cases/tta-survival/merge-cif/h1.json" \
    "$cases/tta-survival/merge-cif/h2.json" cif --by=arm
torture simulate tta-simulate cases --n=3 --seed=x
torture help tta-visit --help
torture schema tta-refusion --scheme=2011 --schema
torture completion tta-survival --completion=bash

# Output files: nothing half done. Here every run is one of its own, so the
# failures are spread over the run: about sixty of them.
for how in ONE FROM; do
    step=1 at=1 runs=0 bad=
    rm -rf "$tmp/files"
    mkdir "$tmp/files"
    LD_PRELOAD=$shim FAIL_AT=1000000000 FAIL_COUNT=$tmp/count "$bin/tta-visit" -o "$tmp/files/out" \
        --rejects="$tmp/files/bad" --manifest="$tmp/files/run" \
        "$cases/tta-visit/rejects/cases.csv" 2>/dev/null
    total=$(cat "$tmp/count")
    while [ $at -le "$total" ]; do
        rm -rf "$tmp/files"
        mkdir "$tmp/files"
        env LD_PRELOAD="$shim" FAIL_AT=$at "$([ $how = FROM ] && echo FAIL_FROM=1 || echo FAIL_ONE=1)" \
            "$bin/tta-visit" -o "$tmp/files/out" --rejects="$tmp/files/bad" \
            --manifest="$tmp/files/run" "$cases/tta-visit/rejects/cases.csv" 2>"$tmp/err"
        status=$?
        runs=$((runs + 1))
        left=$(ls -A "$tmp/files")
        if [ $status -eq 71 ] && [ -z "$left" ] && [ "$(wc -l <"$tmp/err")" -eq 1 ]; then
            :
        elif [ $status -eq 0 ] && [ $how = ONE ] && [ "$(printf '%s' "$left" | tr '\n' ' ')" = "bad out run" ]; then
            :
        else
            bad="$bad at $at: status $status, files [$left], $(cat "$tmp/err");"
        fi
        # the last forty, where the files are open, one by one
        [ $at -ge $((total - 40)) ] && step=1 || step=$((total / 30 + 1))
        at=$((at + step))
        [ $step -gt 1 ] && [ $at -gt $((total - 40)) ] && at=$((total - 40))
    done
    name="no file is left half done ($([ $how = ONE ] && echo 'one fails' || echo 'all fail from one on'))"
    if [ -z "$bad" ]; then ok "$name ($runs runs)"; else not_ok "$name" "$bad"; fi
done
finish
