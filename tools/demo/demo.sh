#!/usr/bin/env bash
# The demonstration: a recorded order stream through the ledger to a broker that misbehaves, with a
# kill -9 in the middle. Ends non-zero unless the broker's own journal and the ledger agree.
#
#   demo.sh BINARY [LINES [RATE]]    in copyledger-demo, or in the directory COPYLEDGER_DEMO
set -euo pipefail
binary=$(readlink -f "$1")
lines=${2:-12000}
rate=${3:-600}  # messages a second
root=$(dirname "$(readlink -f "$0")")
project=$(readlink -f "$root/../..")
here=${COPYLEDGER_DEMO:-$project/copyledger-demo}
data=$here/ledger

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }

pids=()
cleanup() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
}
trap cleanup EXIT

# Waits for "listening on URL" in a file and prints the URL.
url_in() {
    for _ in $(seq 200); do
        local url
        url=$(sed -n 's/^listening on //p' "$1" 2>/dev/null | tail -n 1)
        [ -n "$url" ] && { echo "$url"; return; }
        sleep 0.1
    done
    echo "demo: nothing listens; see $1 and $1.err" >&2
    exit 1
}

start_ledger() {
    : >"$here/serve.out"
    "$binary" serve --config "$here/copyledger.toml" --listen "$1" \
        >"$here/serve.out" 2>>"$here/serve.out.err" &
    ledger_pid=$!
    pids+=("$ledger_pid")
    ledger_url=$(url_in "$here/serve.out")
}

post() {
    curl -sS --fail-with-body -o /dev/null -H "Authorization: Bearer $token" \
        -H 'content-type: application/json' -d "$2" "$ledger_url$1"
}

rm -rf "$here"
mkdir -p "$here"

say "1. A broker that speaks XTS, loses answers and repeats itself"
cp "$root/brokersim.toml" "$here/brokersim.toml"
(cd "$here" && exec "$binary" brokersim --config brokersim.toml >brokersim.out 2>brokersim.out.err) &
pids+=($!)
broker_url=$(url_in "$here/brokersim.out")
echo "   $broker_url, its journal of accepted orders: $here/brokersim-accepted.jsonl"

say "2. The ledger, on an empty directory"
cat >"$here/copyledger.toml" <<TOML
data = "$data"
[brokers.iifl]
adapter = "xts"
base_url = "$broker_url"
orders_per_second = 100000
timeout_ms = 2000
visibility_window_ms = 1500
poll_interval_ms = 300
[instruments]
files = ["$root/instruments.csv"]
TOML
start_ledger 127.0.0.1:0
token=$(cat "$data/admin.token")
echo "   $ledger_url"

say "3. One master; followers at 1, 0.5 and 1.5 times, in lots of 10"
post /api/masters '{"master_name":"Demo master","blaze_account_id":"MASTER1","blaze_api_key":"MASTER1","blaze_api_secret":"s"}'
for follower in FULL:1 HALF:0.5 MORE:1.5; do
    code=${follower%:*}
    post /api/followers "{\"username\":\"$code\",\"iifl_customer_code\":\"$code\",\"credentials\":{\"appKey\":\"$code\",\"secretKey\":\"s\"}}"
    post /api/masters/MASTER1/followers "{\"follower_id\":\"$code\",\"scaling_factor\":${follower#*:}}"
done
"$binary" links --data "$data" --output table

say "4. $lines messages of a recorded order book (AAPL, 21 June 2012) as the master's webhooks"
started=$(date +%s%N)
"$binary" import "$project/tests/data/lobster_aapl_2012-06-21_first40000.csv.gz" --master MASTER1 \
    --to "$ledger_url" --token-file "$data/admin.token" --lines "$lines" --rate "$rate" --output table &
import_pid=$!
sleep $((lines / rate / 2 + 1))
say "5. kill -9 of the ledger, with orders on their way"
kill -9 "$ledger_pid"
wait "$ledger_pid" 2>/dev/null || true
"$binary" pending --data "$data" --output jsonl | wc -l | sed 's/^/   without an outcome at that instant: /'
start_ledger "${ledger_url#http://}"
echo "   the ledger is back on $ledger_url; the feed goes on"
wait "$import_pid"

say "6. Until every intent has its outcome"
for _ in $(seq 300); do
    [ "$("$binary" pending --data "$data" --output jsonl | wc -l)" -eq 0 ] && break
    sleep 0.2
done
# What the broker has done last is reported a poll later.
for _ in $(seq 100); do
    "$binary" witness "$here/brokersim-accepted.jsonl" --data "$data" >/dev/null 2>&1 && break
    sleep 0.2
done
printf '   %s.%01d seconds for all of it\n' \
    $((($(date +%s%N) - started) / 1000000000)) $((($(date +%s%N) - started) / 100000000 % 10))

say "7. What happened, by follower"
"$binary" summary --data "$data" --output table

say "8. The broker's own journal against the ledger: no double, no orphan, none missing"
verdict=0
"$binary" witness "$here/brokersim-accepted.jsonl" --data "$data" --output table || verdict=$?

say "9. The log, folded again from its first event"
kill -TERM "$ledger_pid"
wait "$ledger_pid" || true
"$binary" replay --check --data "$data" --output table || verdict=$?

say "10. Every record and every signed checkpoint, read again; one event proved away from the ledger"
"$binary" audit verify --data "$data" --output table || verdict=$?
"$binary" audit prove --event 1 --out "$here/event-1.json" --data "$data" || verdict=$?
cp "$data/checkpoint.pub" "$here/log.pub"
"$binary" audit check "$here/event-1.json" --pubkey "$here/log.pub" --output table || verdict=$?

say "Look around: COPYLEDGER_DATA=$data $binary orders | positions | events | show ID"
exit "$verdict"
