#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# tta-budget model on random data is net and cost: the same figures, and what
# sensitivity finds at the end of a range is what they write when they are run
# with that rate, horizon or price. Amounts are compared in øre; net rounds each
# payer's year and cost each activity, so present values, and amounts at other
# prices, may be out by a half øre for each of them.
# Usage: tests/suites/model.sh build/MODE
set -u
# shellcheck source=tests/suites/lib/suite.sh
. "$(dirname "$0")/lib/suite.sh"
budget=$bin/tta-budget
cd "$tmp" || exit 70

awk '
function pick(n) { seed = (seed * 16807) % 2147483647; return seed % n }
BEGIN {
    seed = 2012; years = 6
    n = split("sygedagpenge kontanthjælp uddannelseshjælp jobafklaring førtidspension beskæftigelse vejledning", benefit, " ")
    m = split("laege socialfaglig psykolog virksomhedskonsulent uddannelse drift materiel tilskud sparet-indsats", component, " ")
    print "case_id,arm,in_work" > "study.csv"
    print "case_id,completed" > "courses.csv"
    print "case_id,year,benefit,weeks,first_week,count" > "weeks.csv"
    print "case_id,date,component,quantity" > "activity.csv"
    for (i = 1; i <= 200; i++) {
        id = sprintf("ZQ%04d", i); treated = i % 3 != 0
        printf("%s,%s,%s\n", id, treated ? "intervention" : "control", pick(treated ? 3 : 5) ? "no" : "yes") > "study.csv"
        for (y = 0; y < years; y++)
            if (pick(3))
                printf("%s,%d,%s,%d.%02d,%d,%d\n", id, 2018 + y, benefit[1 + pick(n)], pick(50), pick(100), 1 + pick(90), y + 1) > "weeks.csv"
        if (!treated)
            continue
        printf("%s,%s\n", id, pick(2) ? "yes" : "no") > "courses.csv"
        for (k = 0; k < 5; k++)
            printf("%s,%d-%02d-%02d,%s,%d.%03d\n", id, 2018 + pick(years), 1 + pick(12), 1 + pick(28), component[1 + pick(m)], pick(300), pick(1000)) > "activity.csv"
    }
}'

# of PERSPECTIVE RATE HORIZON TIMING: gain, cost and net present value, of net and of cost
of() {
    "$budget" net --cases=study.csv --benefits="$benefits" --perspective="$1" --price-year=2021 \
        --rate="$2" --first-year=2018 --horizon="$3" --timing="$4" weeks.csv 2>/dev/null > net.out &&
        "$budget" cost --cases=courses.csv --prices="$prices" --perspective="$1" --price-year=2021 \
            --rate="$2" --first-year=2018 --horizon="$3" --timing="$4" activity.csv \
            2>/dev/null > cost.out &&
        awk -F, 'FNR == 1 {for (i = 1; i <= NF; i++) at[FILENAME, $i] = i}
            $1 == "total" && FILENAME == "net.out" {gain = $4; worth = $(at[FILENAME, "present_value"])}
            $1 == "total" && FILENAME == "cost.out" {cost = $6; worth -= $7}
            END {printf "%.2f %.2f %.2f\n", gain, cost, worth}' net.out cost.out
}

# model PERSPECTIVE RATE TIMING RANGES > FILE
model() {
    "$budget" model --cases=study.csv --activity=activity.csv --benefits="$benefits" \
        --prices="$prices" --perspective="$1" --price-year=2021 --rate="$2" --first-year=2018 \
        --horizon=6 --timing="$3" --range="$4" weeks.csv
}

# near NAME WANTED FOUND ORE
near() {
    check "$1" "$2 of net and cost, $3 of the model" awk -v a="$2" -v b="$3" -v ore="$4" 'BEGIN {
        n = split(a, x, " "); m = split(b, y, " ")
        if (n != m || n == 0)
            exit 1
        for (i = 1; i <= n; i++)
            if (x[i] == "" || (x[i] - y[i]) ^ 2 > (ore / 100 + 1e-6) ^ 2)
                exit 1
    }'
}

# end_of INPUT COLUMN: of the tornado of net_present
end_of() {
    "$budget" sensitivity --model=./model.json --figure=net_present 2>/dev/null |
        awk -F, -v id="$1" -v at="$2" '$1 == id {print $at}'
}

benefits=satser-2020 prices=vestegn-2020
ranges=rate=0.01:0.06,horizon=2:6,week:sygedagpenge=4000:5000,price:laege=500.50:1200
"$budget" --print-data=benefits/satser-2020 |
    sed '/"id": "sygedagpenge"/s/4405/5000/' > dearer.json
"$budget" --print-data=prices/vestegn-2020 | sed '/"id": "laege"/s/943.84/500.50/' > cheaper.json
activities=$(wc -l < activity.csv) rows=$(wc -l < weeks.csv)

for perspective in public kommune region stat; do
    for rate in 0.035 0 fm2021; do
        timing=start
        [ "$rate" = 0 ] || timing=middle
        name="$perspective $rate"
        model "$perspective" "$rate" "$timing" rate=0:0.1 > model.json 2> err ||
            not_ok "$name" "$(cat err)"
        found=$("$budget" scenario --model=./model.json | awk -F, '
            $1 == "figure" {v[$2] = $3} END {print v["gain"], v["cost"]}')
        wanted=$(of "$perspective" "$rate" 6 "$timing")
        near "$name: gain and cost" "${wanted% *}" "$found" 0
        found=$("$budget" scenario --model=./model.json | awk -F, '$2 == "net_present" {print $3}')
        near "$name: net present value" "${wanted##* }" "$found" $((18 + activities / 2))
    done
done

model public 0.035 end "$ranges" > model.json
near "sensitivity: the low rate" "$(of public 0.01 6 end | cut -d' ' -f3)" "$(end_of rate 4)" \
    $((18 + activities / 2))
near "sensitivity: the high rate" "$(of public 0.06 6 end | cut -d' ' -f3)" "$(end_of rate 5)" \
    $((18 + activities / 2))
near "sensitivity: the short horizon" "$(of public 0.035 2 end | cut -d' ' -f3)" \
    "$(end_of horizon 4)" $((18 + activities / 2))
benefits=./dearer.json
near "sensitivity: the high price of a week" "$(of public 0.035 6 end | cut -d' ' -f3)" \
    "$(end_of week:sygedagpenge 5)" $((18 + activities / 2 + 2 * rows))
benefits=satser-2020 prices=./cheaper.json
near "sensitivity: the low unit price" "$(of public 0.035 6 end | cut -d' ' -f3)" \
    "$(end_of price:laege 4)" $((18 + 2 * activities))

prices=vestegn-2020
"$budget" sensitivity --model=./model.json --figure=net_present \
    --grid=rate=0.01:0.06:1,horizon=2:6:1 > grid
near "the grid: both at their far ends" "$(of public 0.06 2 end | cut -d' ' -f3)" \
    "$(sed -n 4p grid | cut -d, -f3)" $((18 + activities / 2))

printf 'arm,year,benefit,weeks,first_week\nintervention,2018,sygedagpenge,7.25,1\n' > means.csv
printf 'intervention,2019,beskæftigelse,20.5,1\ncontrol,2018,sygedagpenge,19.75,3\n' >> means.csv
"$budget" net --persons=466,311 --perspective=public --price-year=2021 --rate=0.04 \
    --first-year=2018 --horizon=3 means.csv > net.out
"$budget" model --persons=466,311 --perspective=public --price-year=2021 --rate=0.04 \
    --first-year=2018 --horizon=3 means.csv > means.json
near "means of arms: the gain" "$(awk -F, '$1 == "total" {print $4}' net.out)" \
    "$("$budget" scenario --model=./means.json | awk -F, '$2 == "gain" {print $3}')" 0

check "no case and no path in the model" "there is one" \
    sh -c '! grep -e ZQ -e /tmp -e csv model.json'
# shellcheck disable=SC2016 # for the inner shell
check "the model is the same again" "it is another" sh -c \
    '"$0" model --cases=study.csv --activity=activity.csv --perspective=public --price-year=2021 \
        --rate=0.035 --first-year=2018 --horizon=6 --timing=end --range="$1" < weeks.csv |
        cmp -s - model.json' "$budget" "$ranges"
finish
