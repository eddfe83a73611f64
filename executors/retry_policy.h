// How long to wait before the same request is tried again: capped exponential backoff with full
// jitter, so that accounts refused together do not come back together.
#pragma once

#include "ledger/random.h"

#include <cstdint>

namespace executors {

struct RetryPolicy {
    std::int64_t first_ns_max = 200'000'000;
    std::int64_t ns_max = 30'000'000'000;

    // The longest wait after the given number of failures (from 1); each doubles it.
    [[nodiscard]] std::int64_t ceiling_ns(std::uint32_t failures) const;

    // Uniform from 1 to that ceiling.
    [[nodiscard]] std::int64_t delay_ns(std::uint32_t failures, ledger::Random& random) const;
};

}  // namespace executors
