#!/usr/bin/env bash
# fuzz.sh PROGRAMS MINUTES [TARGET]: libFuzzer's programs in the directory PROGRAMS, each for its
# share of the minutes, or the one target alone. Every program begins with the corpus of the tree
# and what earlier runs found, which is kept beside the programs. Inputs that break something stay
# under tests/fuzz/crashes/TARGET. Exits 1 where there are new ones.
set -euo pipefail
[ $# -ge 2 ] || { echo "usage: fuzz.sh PROGRAMS MINUTES [TARGET]" >&2; exit 2; }
programs=$(readlink -f "$1") minutes=$2 only=${3:-}
cd "$(dirname "$(readlink -f "$0")")"

targets=()
for file in targets/*.cc; do
    name=$(basename "$file" .cc)
    [ -n "$only" ] && [ "$name" != "$only" ] || targets+=("$name")
done
[ ${#targets[@]} -gt 0 ] || { echo "fuzz.sh: there is no target '$only'" >&2; exit 2; }

at_once=$(nproc)
[ "$at_once" -le ${#targets[@]} ] || at_once=${#targets[@]}
export programs seconds=$((minutes * 60 * at_once / ${#targets[@]}))

# Bounds of one input: what takes longer or more is a finding.
fuzz_one() {
    local name=$1 found=$programs/found/$1 crashes=crashes/$1
    mkdir -p "$found" "$crashes"
    "$programs/fuzz_$name" "$found" "corpus/$name" "$crashes" \
        -artifact_prefix="$crashes/" -max_total_time="$seconds" -max_len=4096 \
        -timeout=5 -rss_limit_mb=2048 -malloc_limit_mb=256 -report_slow_units=5 \
        -print_final_stats=1 -verbosity=1 >"$programs/$name.log" 2>&1 ||
        touch "$programs/$name.failed"
    rmdir --ignore-fail-on-non-empty "$crashes"
}
export -f fuzz_one

# The last word of the lines that have this one.
figure() { sed -nE "s/.*$1:? +([0-9]+).*/\1/p" "$2" | tail -n 1; }

rm -f "$programs"/*.failed
printf '%s\n' "${targets[@]}" | xargs -P "$at_once" -I{} bash -c 'fuzz_one {}'

failed=0
printf '%-16s %12s %8s %9s %9s  %s\n' target inputs inputs/s edges features found
for name in "${targets[@]}"; do
    log=$programs/$name.log verdict=-
    if [ -e "$programs/$name.failed" ]; then
        failed=1
        verdict=$(grep -aoE 'crashes/[^ ]+$' "$log" | tail -n 1 || true)
        verdict="tests/fuzz/${verdict:-?}: see $log"
    fi
    printf '%-16s %12s %8s %9s %9s  %s\n' "$name" "$(figure number_of_executed_units "$log")" \
        "$(figure average_exec_per_sec "$log")" "$(figure cov "$log")" "$(figure ft "$log")" \
        "$verdict"
done
exit $failed
