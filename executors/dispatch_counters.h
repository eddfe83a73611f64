// What the executors did since they started and stand at now, for metrics.
#pragma once

#include "executors/latency_histogram.h"
#include "ledger/model/event.h"

#include <cstddef>
#include <cstdint>

namespace executors {

struct DispatchCounters {
    // Now.
    std::size_t queued = 0;     // intents that wait for their turn
    std::size_t in_flight = 0;  // claimed, or at a broker
    std::size_t in_doubt = 0;
    std::size_t watched = 0;  // working orders whose book is polled
    std::size_t reading = 0;  // books under way

    // Since the start, by what became durable.
    std::uint64_t sent = 0;
    std::uint64_t accepted = 0;  // the recovered among them
    std::uint64_t recovered = 0;
    std::uint64_t rejected = 0;  // those to be repeated among them
    std::uint64_t unknown = 0;
    std::uint64_t not_placed = 0;
    std::uint64_t expired = 0;
    std::uint64_t parked = 0;
    std::uint64_t anomalies = 0;

    // From the intent's being recorded.
    LatencyHistogram intended_to_sent;
    LatencyHistogram intended_to_acknowledged;  // durably
};

// Counts an event of the log.
void count(const ledger::Event& event, DispatchCounters& counters);

}  // namespace executors
