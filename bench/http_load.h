// A generator of webhooks that costs little: one thread, epoll, requests made beforehand of which
// only the order's number changes. Each connection sends its next request when it has its answer.
#pragma once

#include "bench/latencies.h"
#include "ledger/base/result.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace bench {

struct LoadPlan {
    std::uint16_t port = 0;
    std::string token;
    std::string account_id;  // the master's code
    std::size_t connections = 1;
    std::int64_t row_ns = 0;  // a tenth of it is warm-up, before
    std::uint64_t first_order = 0;
};

struct LoadOutcome {
    Spread latency;
    double per_second = 0;
    double generator_cpu_seconds = 0;
    std::uint64_t orders = 0;  // sent in all
};

// Fails where any answer is not a 200, or a connection breaks.
[[nodiscard]] ledger::Result<LoadOutcome> run_load(const LoadPlan& plan);

}  // namespace bench
