#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The answers that our random generator is held to, made again by other
# programs (tests/known-answers/tta-1.sh: b2sum, openssl, perl).
# Usage: tests/suites/known-answers.sh build/MODE
set -u
# shellcheck source=tests/suites/lib/suite.sh
. "$(dirname "$0")/lib/suite.sh"
missing=
for tool in b2sum openssl perl; do
    command -v $tool >/dev/null || missing="$missing $tool"
done
if [ -n "$missing" ]; then
    skip "tta-1:$missing not here"
    finish
fi
tests/known-answers/tta-1.sh --check >"$tmp/out" 2>&1
check 'tta-1.txt is what b2sum, openssl and perl say' "$(head -n 1 "$tmp/out")" test $? -eq 0

# and the filter draws what they say, arms named 0, 1, 2: "draw 20,10 0 0 1 ..."
awk '/^seed/ { seed = substr($0, 6) } /^label/ { label = $2 }
    /^draw .*,/ && label == "" && seed != "" { print seed "|" $2 "|" substr($0, length($1 $2) + 3) }' \
    tests/known-answers/tta-1.txt >"$tmp/draws"
while IFS='|' read -r seed sizes answer; do
    arms=$(printf '%s\n' "$sizes" | awk -F, '{ for (i = 1; i <= NF; i++) printf "%s%d:%d", (i > 1 ? "," : ""), i - 1, $i }')
    printf '%s\n' "$answer" | tr ' ' '\n' >"$tmp/answer"
    {
        echo unit
        awk '{ print NR }' "$tmp/answer"
    } | "$bin/tta-randomize" draw --seed="$seed" --arms="$arms" | sed 1d | cut -d, -f2 |
        cmp -s - "$tmp/answer"
    check "tta-randomize draws $sizes as they do, seed $seed" 'it does not' test $? -eq 0
done <"$tmp/draws"
check 'there were draws' "$(wc -l <"$tmp/draws")" test "$(wc -l <"$tmp/draws")" -ge 3
finish
