#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Runs the examples of the manual pages (the displays under EXAMPLES) and of the README
# (its console blocks) and compares what they print, byte for byte. A line "$ ..." is a
# command, lines "> ..." below continue it, what follows is its output (standard error
# too). The commands of a page share a shell, and a folder with the files of testdata/demo.
# A comment '.\" needs: openssl' before a display skips it where a program is missing.
# Usage: tests/suites/examples.sh [--redo] build/MODE
#   --redo writes what came out into the pages; read the diff
set -u
redo=
if [ "${1-}" = --redo ]; then
    redo=yes
    shift
fi
cd "$(dirname "$0")/../.." || exit 70
build=${1:?usage: tests/suites/examples.sh [--redo] build/MODE}
case $build in /*) ;; *) build=$PWD/$build ;; esac
PATH=$build/bin:$PATH
LC_ALL=C
unset SOURCE_DATE_EPOCH
export PATH LC_ALL
for program in cmd/tta-*.c; do # half a build says nothing, and --redo would write it down
    "$build/bin/$(basename "$program" .c)" --version > /dev/null || {
        echo "not ok examples: $program is not built"
        echo "0 passed, 1 failed"
        exit 1
    }
done
work=$(mktemp -d) || exit 70
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
passed=0
failed=0
skipped=0

# extract PAGE FOLDER: D.K.cmd, D.K.want and D.K.line for command K of display D, and list
extract()
{
    awk -v dir="$2" -v readme="${1##*.}" '
        function plain(s) {          # mdoc to text
            if (readme == "md") return s
            gsub(/\\\(aq/, "\047", s); gsub(/\\\(dq/, "\"", s); gsub(/\\-/, "-", s)
            gsub(/\\\(ha/, "^", s); gsub(/\\\(ti/, "~", s); gsub(/\\\(ga/, "`", s)
            gsub(/\\&/, "", s); gsub(/\\e/, "\\", s)
            return s
        }
        function done() { if (k > 0) print d, k, needs > (dir "/list"); inside = 0; needs = "" }
        readme != "md" && /^\.Sh / { examples = ($2 == "EXAMPLES") }
        readme != "md" && /^\.\\" needs: / { needs = substr($0, 12) }
        readme == "md" ? /^```console$/ : (examples && /^\.Bd -literal/) {
            inside = 1; d++; k = 0; next
        }
        inside && (readme == "md" ? /^```$/ : /^\.Ed/) { done(); next }
        !inside { next }
        { line = plain($0) }
        line ~ /^\$ / {
            name = dir "/" d "." (++k)
            print substr(line, 3) > (name ".cmd")
            printf "" > (name ".want")
            print NR > (name ".line")
            open = 1
            next
        }
        open && line ~ /^> / { print substr(line, 3) > (name ".cmd"); next }
        k == 0 { print "no command before the output, line " NR > (dir "/bad"); next }
        { open = 0; print line > (name ".want") }
    ' "$1"
}

# rewrite PAGE FOLDER: the page with the outputs of FOLDER in the place of its own
rewrite()
{
    awk -v dir="$2" -v readme="${1##*.}" '
        function mdoc(s) {
            if (readme == "md") return s
            gsub(/\\/, "\\e", s); gsub(/\047/, "\\(aq", s); gsub(/`/, "\\(ga", s)
            gsub(/\^/, "\\(ha", s); gsub(/~/, "\\(ti", s)
            return s ~ /^\./ ? "\\&" s : s
        }
        function results(   name, s) {
            if (k == 0) return
            name = dir "/" d "." k ".out"
            while ((getline s < name) > 0) print mdoc(s)
            close(name)
        }
        readme != "md" && /^\.Sh / { examples = ($2 == "EXAMPLES") }
        readme == "md" ? /^```console$/ : (examples && /^\.Bd -literal/) { inside = 1; d++; k = 0 }
        inside && (readme == "md" ? /^```$/ : /^\.Ed/) { results(); inside = 0 }
        inside && /^\$ / { results(); k++; open = 1 }
        inside && k > 0 && !/^\$ / && !(open && /^> /) { open = 0; next }
        { print }
    ' "$1"
}

# add_display FOLDER D K: the commands of a display, each with its output apart; $? goes on
add_display()
{
    i=1
    while [ $i -le "$3" ]; do
        echo "(exit \$s); {"
        cat "$1/$2.$i.cmd"
        echo "} > \"$1/$2.$i.out\" 2>&1 < /dev/null; s=\$?"
        i=$((i + 1))
    done
}

missing_program() # of a list; succeeds and prints the first that is not there
{
    for p in $1; do
        if ! command -v "$p" > /dev/null 2>&1; then
            echo "$p"
            return 0
        fi
    done
    return 1
}

check_display() # PAGE FOLDER D K
{
    i=1
    while [ $i -le "$4" ]; do
        line=$(cat "$2/$3.$i.line")
        first=$(head -n 1 "$2/$3.$i.cmd")
        if cmp -s "$2/$3.$i.want" "$2/$3.$i.out"; then
            passed=$((passed + 1))
            printf "ok %s:%s %s\n" "$1" "$line" "$first"
        else
            failed=$((failed + 1))
            printf "not ok %s:%s: not what the page says: %s\n" "$1" "$line" "$first"
            diff "$2/$3.$i.want" "$2/$3.$i.out" | sed 's/^/    /' | head -n 10
        fi
        i=$((i + 1))
    done
}

n=0
for page in man/*.[1-8] README.md; do
    [ -f "$page" ] || continue
    n=$((n + 1))
    dir=$work/$n
    mkdir -p "$dir/here"
    cp testdata/demo/*.csv testdata/rtw_open/rtw_open.csv "$dir/here" || exit 70
    : > "$dir/list"
    extract "$page" "$dir"
    echo 's=0' > "$dir/page.sh"
    : > "$dir/run"
    while read -r d k needs; do
        if p=$(missing_program "$needs"); then
            skipped=$((skipped + k))
            echo "# skipped: $page, display $d, needs $p"
            continue
        fi
        add_display "$dir" "$d" "$k" >> "$dir/page.sh"
        echo "$d $k" >> "$dir/run"
    done < "$dir/list"
    (cd "$dir/here" && sh ../page.sh)
    while [ -z "$redo" ] && read -r d k; do
        check_display "$page" "$dir" "$d" "$k"
    done < "$dir/run"
    if [ -n "$redo" ]; then
        rewrite "$page" "$dir" > "$work/page" && cat "$work/page" > "$page"
    elif [ -f "$dir/bad" ]; then
        failed=$((failed + 1))
        echo "not ok $page: $(head -n 1 "$dir/bad")"
    elif [ "${page##*.}" = 1 ] && [ ! -s "$dir/list" ]; then
        failed=$((failed + 1))
        echo "not ok $page: no example"
    fi
done
[ $skipped -eq 0 ] || echo "# skipped: $skipped commands"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
