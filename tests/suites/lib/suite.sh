#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What every suite begins with: . "$(dirname "$0")/lib/suite.sh" build/MODE
# Goes to the root of the repository; sets $bin, $mode and $tmp (a new folder,
# removed at the end). ok, not_ok and skip print one line; finish ends the suite.

suite_root=$(cd "$(dirname "$0")/../.." && pwd) || exit 70
cd "$suite_root" || exit 70
case ${1:-build/release} in
/*) build=$1 ;;
*) build=$suite_root/${1:-build/release} ;;
esac
# shellcheck disable=SC2034 # for the suites
mode=$(basename "$build") bin=$build/bin
LC_ALL=C TZ=UTC
export LC_ALL TZ
unset SOURCE_DATE_EPOCH POSIXLY_CORRECT LD_PRELOAD
passed=0
failed=0
tmp=$(mktemp -d "${TMPDIR:-/tmp}/tta-test.XXXXXX") || exit 70
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM HUP

ok() { # name
    passed=$((passed + 1))
    printf 'ok %s\n' "$1"
}

not_ok() { # name why
    failed=$((failed + 1))
    printf 'not ok %s: %s\n' "$1" "$2"
}

skip() { # why
    printf '# skipped: %s\n' "$1"
}

# check NAME WHY COMMAND...: ok when the command succeeds
check() {
    check_name=$1 check_why=$2
    shift 2
    if "$@"; then ok "$check_name"; else not_ok "$check_name" "$check_why"; fi
}

finish() {
    printf '%d passed, %d failed\n' "$passed" "$failed"
    [ "$failed" -eq 0 ]
    exit
}
