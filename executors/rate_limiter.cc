#include "executors/rate_limiter.h"

#include "ledger/base/assert.h"
#include "ledger/base/time_units.h"

#include <algorithm>

namespace executors {

namespace {

constexpr std::int64_t token = 1'000'000'000;

}  // namespace

TokenBucket::TokenBucket(std::uint32_t per_second)
    : per_second_(per_second), level_(per_second_ * token) {}

std::int64_t TokenBucket::level(std::int64_t now_ns) const {
    // After a second it is full whatever it was, and the product cannot overflow.
    const std::int64_t elapsed_ns =
        std::clamp<std::int64_t>(now_ns - at_ns_, 0, ledger::ns_per_second);
    return std::min(per_second_ * token, level_ + elapsed_ns * per_second_);
}

std::int64_t TokenBucket::wait_ns(std::int64_t now_ns) const {
    if (per_second_ == 0) return 0;
    const std::int64_t missing = token - level(now_ns);
    return missing <= 0 ? 0 : (missing + per_second_ - 1) / per_second_;
}

void TokenBucket::take(std::int64_t now_ns) {
    if (per_second_ == 0) return;
    level_ = level(now_ns) - token;
    at_ns_ = std::max(at_ns_, now_ns);
    LEDGER_ASSERT(level_ >= 0);
}

std::int64_t RateLimiter::wait_ns(ledger::AccountNumber account, std::int64_t now_ns) const {
    const auto own = accounts_.find(account);
    const std::int64_t own_ns = own == accounts_.end() ? 0 : own->second.wait_ns(now_ns);
    return std::max(own_ns, all_.wait_ns(now_ns));
}

void RateLimiter::take(ledger::AccountNumber account, std::int64_t now_ns) {
    all_.take(now_ns);
    accounts_.try_emplace(account, account_per_second_).first->second.take(now_ns);
}

}  // namespace executors
