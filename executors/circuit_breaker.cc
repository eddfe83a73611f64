#include "executors/circuit_breaker.h"

#include "ledger/base/assert.h"

#include <algorithm>

namespace executors {

std::int64_t CircuitBreaker::wait_ns(std::int64_t now_ns) const {
    return open() ? std::max<std::int64_t>(0, open_until_ns_ - now_ns) : 0;
}

void CircuitBreaker::start(std::int64_t now_ns) {
    LEDGER_ASSERT(wait_ns(now_ns) == 0);
    if (open()) open_until_ns_ = now_ns + settings_.pause_ns;
}

void CircuitBreaker::succeeded() {
    failures_ = 0;
}

void CircuitBreaker::failed(std::int64_t now_ns) {
    if (failures_ < settings_.failures_max) ++failures_;
    if (open()) open_until_ns_ = now_ns + settings_.pause_ns;
}

}  // namespace executors
