#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The rooms of the house (design, section 2): a layer knows only those below it,
# nothing below lib/cli touches streams, the environment or the end of the
# process, every global name is ours, every public header stands alone.
# Usage: tests/suites/layers.sh build/MODE
set -u
# shellcheck source=tests/suites/lib/suite.sh
. "$(dirname "$0")/lib/suite.sh"
CC=${CC:-gcc}
nm=$(command -v gcc-nm || echo nm) # objects with -flto hold bytecode
domains='rules refusion cost random survival stat simulate'

# empty NAME OUTPUT: nothing is good
empty() {
    check "$1" "$(printf '%s' "$2" | head -n 5 | tr '\n' ';')" test -z "$2"
}

# layer_of tta/NAME.h or lib/LAYER/...
layer_of() {
    case $1 in
    tta/error.h | tta/text.h | tta/date.h | tta/number.h | tta/names.h | tta/type.h | tta/exact.h) echo base ;;
    tta/encoding.h | tta/dialect.h | tta/reader.h | tta/writer.h | tta/column.h) echo io ;;
    tta/data.h | tta/rates.h) echo data ;;
    tta/tool.h | tta/keyfile.h | tta/journal.h) echo cli ;;
    tta/frame.h | tta/model.h | tta/binomial.h | tta/flow.h) echo stat ;;
    tta/refusion_*.h) echo refusion ;;
    tta/allocate.h | tta/replay.h | tta/chain.h | tta/audit.h | tta/assess.h | tta/log.h) echo random ;;
    tta/cost_*.h) echo cost ;;
    tta/cells.h | tta/counts.h | tta/cox.h | tta/competing.h) echo survival ;;
    tta/*.h) basename "$1" .h ;;
    lib/*) printf '%s\n' "$1" | cut -d/ -f2 ;;
    cmd/*) echo cmd ;;
    esac
}

# may LAYER OTHER: may a file of LAYER include a header of OTHER?
may() {
    [ "$1" = "$2" ] && return 0
    case $1:$2 in
    *:base) ;;
    cli:io | cli:data | cmd:*) ;;
    base:* | io:* | data:* | cli:* | *:cli | *:io) return 1 ;;
    *:data | *:rules) ;;
    simulate:random) ;; # simulated rows come from the frozen generator, too
    cost:random | cost:refusion) ;; # draws by seed; what a benefit costs a municipality
    *) return 1 ;;      # a domain knows no other domain
    esac
}

includes() { # FILE: what it includes with quotes
    sed -n 's/^[ \t]*#[ \t]*include[ \t]*"\([^"]*\)".*/\1/p' "$1"
}

# ---- includes ----
for file in lib/*/*.[ch] include/tta/*.h cmd/*.[ch] cmd/*/*.[ch]; do
    case $file in
    include/*) own=$(layer_of "${file#include/}") ;;
    *) own=$(layer_of "$file") ;;
    esac
    bad=
    for header in $(includes "$file"); do
        case $header in
        tta/*) other=$(layer_of "$header") ;;
        ../*) other=outside ;;
        *) continue ;; # of its own folder
        esac
        # a tool's form names its columns (column.h) and the documents it used (data.h)
        may "$own" "$other" || bad="$bad $header"
    done
    empty "$file knows only what is below it" "$bad"
done
for header in include/tta/*.h; do
    layer=$(layer_of "${header#include/}")
    check "$header belongs to a room" "lib/$layer is not there; say in layers.sh where it belongs" \
        test -d "lib/$layer"
done
# a command's form knows one domain (survival's forms also stat, which makes its matrices)
for file in cmd/*.c cmd/*/*.c; do
    known=
    for header in $(includes "$file"); do
        case $header in tta/*) ;; *) continue ;; esac
        other=$(layer_of "$header")
        case " $domains " in *" $other "*) [ "$other" = stat ] || known="$known $other" ;; esac
    done
    kinds=$(printf '%s' "$known" | tr ' ' '\n' | sort -u | grep -c .)
    check "$file knows one domain" "$known" test "$kinds" -le 1
done
for domain in $domains; do
    [ -d "lib/$domain" ] || continue
    empty "lib/$domain: Jansson in its loader only" "$(grep -lE '<jansson\.h>|tta/data\.h' lib/"$domain"/*.[ch] |
        grep -vE '/load[a-z_]*\.[ch]$')"
    # data.h shows Jansson: no public header of a domain may include it
    empty "lib/$domain: no streams, no rows" "$(grep -nE 'include.*(tta/(reader|writer|tool|column|dialect)\.h)' \
        lib/"$domain"/*.[ch])"
    for header in include/tta/*.h; do
        [ "$(layer_of "${header#include/}")" = "$domain" ] || continue
        empty "$header shows no JSON" "$(grep -nE 'jansson|json_t|tta/data\.h' "$header")"
    done
done

# ---- words of the sources, comments and strings apart ----
words() { # FILE: its code, with the line's number in front
    perl -0777 -pe 's{/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\x27(?:\\.|[^\x27\\\n])*\x27}{ (my $s = $&) =~ tr/\n//cd; $s . " " }gse' "$1" |
        grep -nE "$2" | sed "s|^|$1:|"
}
never='\b(exit|_exit|_Exit|quick_exit|abort|assert|atexit|stdin|stdout|stderr|printf|vprintf|fprintf|vfprintf|dprintf|puts|fputs|fputc|putchar|putc|fwrite|fopen|fdopen|freopen|scanf|fscanf|fgets|fread|getchar|perror|getopt|getopt_long|setlocale|getenv|secure_getenv|setenv|putenv|signal|sigaction|raise|kill|system|popen|fork|time|localtime|gettimeofday|clock_gettime|rand|srand|random|strtod|strtol|atoi|atof|strftime)[[:space:]]*\('
for file in lib/*/*.[ch] cmd/*.[ch] cmd/*/*.[ch]; do
    case $file in
    lib/cli/*) continue ;;
    esac
    empty "$file leaves the process and its streams alone" "$(words "$file" "$never|\\b(stdin|stdout|stderr|environ|errno_location)\\b")"
done

# ---- symbols of the objects ----
# (what the compiler knows itself, such as puts, is not listed where -flto left
# bytecode; the words above and the other modes have it)
below=$(find "$build/lib" -name '*.o' ! -path '*/lib/cli/*' 2>/dev/null)
if [ -z "$below" ]; then
    skip "no objects in $build/lib"
else
    for object in $below; do
        bad=$("$nm" -u "$object" 2>/dev/null | awk '{ print $NF }' |
            grep -xE '(exit|_exit|_Exit|quick_exit|abort|__assert_fail|atexit|stdin|stdout|stderr|_?_?v?f?d?printf(_chk)?|f?puts|fputc|putchar|putc|fwrite|perror|getopt|getopt_long|setlocale|getenv|secure_getenv|environ|signal|sigaction|raise|time|localtime|gmtime|srand|rand|random)')
        empty "${object#"$build"/} refers to nothing that belongs to lib/cli" "$bad"
    done
fi
if [ -f "$build/libtta.a" ]; then
    "$nm" -g --defined-only "$build/libtta.a" 2>/dev/null |
        awk 'NF == 3 { print $3 }' | sort -u >"$tmp/globals"
    empty 'every global name of libtta is ours' "$(grep -vE '^(tta_|__odr_asan|__asan|__ubsan|__gcov|_sub_)' "$tmp/globals")"
    check 'and there are some' "$(wc -l <"$tmp/globals")" test "$(wc -l <"$tmp/globals")" -gt 100
else
    skip "no $build/libtta.a"
fi

# ---- headers alone ----
flags=$(pkg-config --cflags jansson libsodium libRmath lapacke 2>/dev/null)
for header in include/tta/*.h; do
    printf '#include "%s"\nint alone;\n' "${header#include/}" >"$tmp/alone.c"
    # shellcheck disable=SC2086 # flags are words
    "$CC" -std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Wpedantic -Wstrict-prototypes -Werror \
        -Iinclude $flags -fsyntax-only "$tmp/alone.c" >"$tmp/out" 2>&1
    check "$header compiles alone" "$(head -n 1 "$tmp/out")" test $? -eq 0
    # twice does not hurt; C++ would not mind either
    guard=$(sed -n 's/^#ifndef \(TTA_[A-Z0-9_]*_H\)$/\1/p' "$header" | head -n 1)
    check "$header is guarded" "no #ifndef TTA_..._H" test -n "$guard"
done
finish
