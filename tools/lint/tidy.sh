#!/usr/bin/env bash
# tidy.sh BUILD_DIR [PATH...]: clang-tidy over what BUILD_DIR compiles, or only over those of its
# files that lie under the named paths. Exits 1 where it finds something.
set -euo pipefail
[ $# -ge 1 ] || { echo "usage: tidy.sh BUILD_DIR [PATH...]" >&2; exit 2; }
build=$(readlink -f "$1")
shift
cd "$(dirname "$(readlink -f "$0")")/../.."
[ -r "$build/compile_commands.json" ] || { echo "tidy.sh: $build is not configured" >&2; exit 3; }

# cmake/ holds the bodies of libraries, nothing of the project's.
files() {
    local wanted=("${@:-.}")
    sed -nE 's/^ *"file": "(.*)",?$/\1/p' "$build/compile_commands.json" | sort -u |
        grep -v "^$PWD/cmake/" |
        while read -r file; do
            for path in "${wanted[@]}"; do
                case $file in "$(readlink -f "$path")"*) echo "$file" && break ;; esac
            done
        done
}

files "$@" | xargs -r -P "$(nproc)" -n 1 tools/lint/tidy_file.sh "$build" || exit 1
