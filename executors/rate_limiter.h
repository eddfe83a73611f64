// Token buckets, in integers: how many order requests may go to a broker per second, in all and
// for one account.
#pragma once

#include "ledger/model/account.h"

#include <cstdint>
#include <map>

namespace executors {

// Holds up to one second's tokens, and is full at first.
class TokenBucket {
  public:
    // 0: no limit.
    explicit TokenBucket(std::uint32_t per_second);

    // 0 when a token is there now. Time must not run backwards between calls.
    [[nodiscard]] std::int64_t wait_ns(std::int64_t now_ns) const;

    // Requires that a token is there.
    void take(std::int64_t now_ns);

  private:
    [[nodiscard]] std::int64_t level(std::int64_t now_ns) const;

    std::int64_t per_second_;
    std::int64_t level_;  // in billionths of a token: one nanosecond brings `per_second_` of them
    std::int64_t at_ns_ = 0;
};

class RateLimiter {
  public:
    RateLimiter(std::uint32_t per_second, std::uint32_t account_per_second)
        : account_per_second_(account_per_second), all_(per_second) {}

    [[nodiscard]] std::int64_t wait_ns(ledger::AccountNumber account, std::int64_t now_ns) const;
    // Requires that wait_ns() is 0.
    void take(ledger::AccountNumber account, std::int64_t now_ns);

  private:
    std::uint32_t account_per_second_;
    TokenBucket all_;
    std::map<ledger::AccountNumber, TokenBucket> accounts_;  // those that sent anything
};

}  // namespace executors
