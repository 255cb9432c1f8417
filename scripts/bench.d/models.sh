#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck disable=SC2154,SC2016  # bin, here and runs are set by scripts/bench; $1 is awk's
# Whole commands of tta-survival beside R, from file to table, on the same simulated rows: times
# in whole weeks, of which many are tied, and times that hardly ever are.
have_r || {
    echo "models: R with its package survival is not installed"
    exit 0
}
versions=$(Rscript "$here/versions.R")
has() { [[ $versions == *", $1 "* ]]; }
# before 3.8 the time of survival's robust variance grows with the square of the rows
survival=${versions#*, survival } survival=${survival%%[,]*}
[ "$(printf '3.8\n%s\n' "$survival" | sort -V | head -n 1)" = 3.8 ] && robust=true || robust=false

seconds() { awk -v s="$1" 'BEGIN { printf s < 0.1 ? "%.3f" : s < 10 ? "%.2f" : "%.1f", s }'; }
# title, rows, times, runs of R, tolerance, what to print of ours (awk), R's task, its
# arguments (or -), arguments of tta-survival
beside() {
    local title=$1 n=$2 times=$3 theirs=$4 tolerance=$5 pick=$6 task=$7 more=$8 file s p rs rp answer=
    shift 8
    [ "$more" != - ] || more=
    file=$(simulated "$n" "$times")
    "$bin/tta-survival" "$@" <"$file" | awk -F, "$pick" >ours.txt
    read -r s p _ < <(./timed "$runs" "$file" "$bin/tta-survival" "$@")
    read -r rs rp _ < <(./timed "$theirs" "$file" bash -c 'exec Rscript "$0" "$@" >theirs.txt 2>R.err' \
        "$here/models.R" "$task" "$file" ${more:+"$more"})
    if grep -qiE '^(NA|NaN)' theirs.txt; then
        answer=", which has no answer"
    elif ! same_numbers "$tolerance" ours.txt theirs.txt; then
        echo "bench: R gives another answer for $title, $times; not shown" >&2
        return
    fi
    printf '| %-36s | %7d | %-10s | %7s | %7.0f | %10s | %7.0f | %6.0f |%s\n' "$title" "$n" "$times" \
        "$(seconds "$s")" "$((p / 1024))" "$(seconds "$rs")" "$((rp / 1024))" \
        "$(awk -v a="$rs" -v b="$s" 'BEGIN { print a / b }')" "${answer:+ R$answer}"
}

echo "Whole commands, from file to table; $versions; $(nproc) cores; our seconds are medians of $runs:"
echo
echo "| tta-survival                         |    rows | times      | seconds | peak MB | R, seconds |   R, MB | x ours |"
echo "|--------------------------------------|--------:|------------|--------:|--------:|-----------:|--------:|-------:|"
five=--x=x1,x2,x3,x4,x5
second='NR > 1 { print $2 }'
# by cause, then time: the estimates, then the errors
cif='NR > 1 { a[NR] = $6; b[NR] = $7 } END { for (i = 2; i < 8; i++) print a[i]; for (i = 2; i < 8; i++) print b[i] }'
finegray='$1 == 1 { a[++n] = $3; b[n] = $5 } END { for (i = 1; i <= n; i++) print a[i]; for (i = 1; i <= n; i++) print b[i] }'
km='NR > 1 { a[NR] = $3; b[NR] = $6; c[NR] = $7 } END { for (i = 2; i <= NR; i++) print a[i]
    for (i = 2; i <= NR; i++) print b[i]; for (i = 2; i <= NR; i++) print c[i] }'
test='NR > 1 { a[NR] = $3; b[NR] = $4; c = $5 } END { for (i = 2; i <= NR; i++) print a[i]
    for (i = 2; i <= NR; i++) print b[i]; print c }'
for times in continuous weekly; do
    at=0.1,0.5,1
    [ $times = continuous ] || at=2,10,20
    beside "cox, 5 covariates" 1000000 $times 3 1e-8 "$second" cox - \
        cox --time=time --event=event $five
    if $robust; then
        beside "cox, robust in 1000 clusters" 1000000 $times 1 1e-9 'NR > 1 { print $5 }' robust - \
            cox --time=time --event=event $five --cluster=cluster
    fi
    beside "cox, start-stop" 1000000 $times 1 1e-8 "$second" spans - \
        cox --time=time --event=event $five --entry=start
    beside "km, 2 groups" 1000000 $times 3 1e-9 "$km" km $at \
        km --time=time --event=event --by=arm --at=$at
    beside "test, 2 groups" 1000000 $times 3 1e-9 "$test" test - \
        test --time=time --event=event --by=arm
    beside "cif (Aalen-Johansen)" 100000 $times 1 1e-9 "$cif" causes $at \
        cif --time=time --event=cause --at=$at
    beside "cif, Fine and Gray as finegray" 10000 $times 1 1e-8 "$finegray" finegray - \
        cif --time=time --event=cause --x=x1,x2 --convention=survival
    if has cmprsk; then
        beside "cif, Fine and Gray as cmprsk" 10000 $times 1 1e-5 "$finegray" crr - \
            cif --time=time --event=cause --x=x1,x2 --convention=cmprsk
    fi
done
for n in 1000 4000; do
    beside "cox, exact ties" $n weekly 1 1e-8 "$second" exact - \
        cox --time=time --event=event $five --ties=exact
done
$robust || echo "
Not timed: R's robust variance, which before survival 3.8 takes a time that grows with the square of the rows."
