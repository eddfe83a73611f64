#!/usr/bin/env bash
# tidy.sh BUILD_DIR [PATH...]: clang-tidy over what BUILD_DIR compiles, or only over those of its
# files that lie under the named paths. Exits 1 where it finds something. The build is best one of
# unity files (the lint preset): most of the time goes into headers.
set -euo pipefail
[ $# -ge 1 ] || { echo "usage: tidy.sh BUILD_DIR [PATH...]" >&2; exit 2; }
build=$(readlink -f "$1")
shift
cd "$(dirname "$(readlink -f "$0")")/../.."
[ -r "$build/compile_commands.json" ] || { echo "tidy.sh: $build is not configured" >&2; exit 3; }

# What a unity file includes; any other file itself.
members() {
    case $1 in
        */unity_*) sed -nE 's/^#include "(.*)"$/\1/p' "$1" ;;
        *) echo "$1" ;;
    esac
}

# cmake/ holds the bodies of libraries, nothing of the project's.
files() {
    local wanted=("${@:-.}")
    sed -nE 's/^ *"file": "(.*)",?$/\1/p' "$build/compile_commands.json" | sort -u |
        while read -r file; do
            for path in "${wanted[@]}"; do
                members "$file" | grep -v "^$PWD/cmake/" | grep "^$(readlink -f "$path")" >/dev/null &&
                    echo "$file" && break
            done
        done
}

files "$@" | xargs -r -P "$(nproc)" -n 1 tools/lint/tidy_file.sh "$build" || exit 1
