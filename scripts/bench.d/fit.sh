#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck disable=SC2154  # bin, top, here and runs are set by scripts/bench
# The Cox regression alone, from a matrix in memory to the coefficients, a million rows and five
# covariates: tta_cox of the library beside the programs, and R's coxph.fit.
library=$(dirname "$bin")/libtta.a
[ -s "$library" ] || {
    echo "bench: no $library; make it first" >&2
    exit 66
}
# shellcheck disable=SC2046 # words
cc -O3 -flto=auto -I"$top/include" -o fit "$here/fit.c" "$library" \
    $(pkg-config --cflags --libs jansson libsodium libRmath lapacke) -lcsv -lm
echo "The fit alone, 1000000 rows in memory, 5 covariates, Efron's ties; medians of $runs:"
echo
have_r && heading=$(Rscript "$here/versions.R") || heading="R is not installed"
echo "| times      | tta_cox, seconds | coxph.fit, seconds |"
echo "|------------|-----------------:|-------------------:|"
for times in continuous weekly; do
    file=$(simulated 1000000 $times)
    ./fit "$runs" "$file" >ours.txt
    theirs=-
    if have_r; then
        Rscript "$here/fit.R" "$runs" "$file" >theirs.txt 2>R.err
        if same_numbers 1e-8 <(tail -n +2 ours.txt) <(tail -n +2 theirs.txt); then
            theirs=$(awk 'NR == 1 { printf "%.3f", $1 }' theirs.txt)
        else
            echo "bench: coxph.fit gives other coefficients, $times; not shown" >&2
        fi
    fi
    printf '| %-10s | %16.3f | %18s |\n' $times "$(head -n 1 ours.txt)" "$theirs"
done
echo
echo "$heading"
