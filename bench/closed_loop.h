// So many appenders, each with one append outstanding: it makes the next when the last is durable.
// Two threads: one makes appends for whoever is free, the other makes them durable in groups.
#pragma once

#include "bench/latencies.h"
#include "ledger/bounded_queue.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bench {

class ClosedLoop {
  public:
    struct Outcome {
        Spread latency;
        double per_second = 0;
        double cpu_seconds = 0;
    };

    // The clock starts now; the first tenth of `row_ns` is not counted.
    ClosedLoop(std::size_t appenders, std::int64_t row_ns);

    [[nodiscard]] std::size_t appenders() const { return begun_ns_.size(); }

    // ---- on the thread that makes appends

    // Sets `out` to appenders that are free, waiting for one. False when the time is up.
    [[nodiscard]] bool take_free(std::vector<std::uint32_t>& out);

    void begin(std::uint32_t appender);

    // ---- on the thread that makes them durable

    void end(std::uint32_t appender);

    // No append will end any more.
    void give_up() { free_.close(); }

    // ---- when neither thread runs any more

    [[nodiscard]] Outcome outcome() const;

  private:
    std::int64_t count_from_ns_;
    std::int64_t until_ns_;
    double cpu_before_;
    std::vector<std::int64_t> begun_ns_;  // by appender
    ledger::BoundedQueue<std::uint32_t> free_;
    Latencies latencies_;
    std::size_t counted_ = 0;
};

}  // namespace bench
