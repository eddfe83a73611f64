#!/usr/bin/env bash
# keep.sh PROGRAMS [TARGET...]: adds to tests/fuzz/corpus, of all that earlier runs found, the
# fewest inputs that together reach every edge that was reached. BYTES_MAX of them for each target.
set -euo pipefail
[ $# -ge 1 ] || { echo "usage: keep.sh PROGRAMS [TARGET...]" >&2; exit 2; }
programs=$(readlink -f "$1")
shift
cd "$(dirname "$(readlink -f "$0")")"
bytes_max=${BYTES_MAX:-10000}

targets=("$@")
[ $# -gt 0 ] || for file in targets/*.cc; do targets+=("$(basename "$file" .cc)"); done

for name in "${targets[@]}"; do
    merged=$(mktemp -d)
    "$programs/fuzz_$name" -set_cover_merge=1 -use_counters=0 -max_len=4096 "$merged" "corpus/$name" \
        "$programs/found/$name" 2>"$programs/$name.merge.log"
    # Short ones first: each still reaches something, and the whole stays small.
    spent=$(find "corpus/$name" -type f -printf '%s\n' | awk '{s += $1} END {print s + 0}')
    find "$merged" -type f -printf '%s %p\n' | sort -n | while read -r size file; do
        [ -e "corpus/$name/${file##*/}" ] && continue
        spent=$((spent + size))
        [ "$spent" -le "$bytes_max" ] || break
        cp "$file" "corpus/$name/"
    done
    rm -r "$merged"
    find "corpus/$name" -type f -printf '%s\n' |
        awk -v name="$name" '{s += $1} END {print name ": " NR " inputs, " s " bytes"}'
done
