#include "executors/rate_limiter.h"

#include <algorithm>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace rate_limiter_test {

using executors::RateLimiter;
using executors::TokenBucket;
using ledger::AccountNumber;

namespace {

constexpr std::int64_t second = 1'000'000'000;

}  // namespace

TEST_CASE("a bucket gives a second's tokens at once and then one per interval", "[executors]") {
    TokenBucket bucket{4};
    const std::int64_t now = 100 * second;
    for (int n = 0; n < 4; ++n) {
        REQUIRE(bucket.wait_ns(now) == 0);
        bucket.take(now);
    }
    CHECK(bucket.wait_ns(now) == second / 4);
    CHECK(bucket.wait_ns(now + second / 8) == second / 8);
    CHECK(bucket.wait_ns(now + second / 4) == 0);
}

TEST_CASE("a bucket without a limit never makes anyone wait", "[executors]") {
    TokenBucket bucket{0};
    for (int n = 0; n < 1'000; ++n) bucket.take(0);
    CHECK(bucket.wait_ns(0) == 0);
}

TEST_CASE("a wait is exactly long enough and no token is lost to rounding", "[executors]") {
    rc::prop("for any rate and any pauses", [] {
        const auto rate = *rc::gen::inRange<std::uint32_t>(1, 2'000'000);
        const auto pauses = *rc::gen::container<std::vector<std::int64_t>>(
            30, rc::gen::inRange<std::int64_t>(0, 2 * second / rate));
        TokenBucket bucket{rate};
        std::int64_t now = 0;
        for (std::uint32_t n = 0; n < std::min(rate, 1'000U); ++n) bucket.take(now);
        for (const std::int64_t pause : pauses) {
            now += pause;
            const std::int64_t wait = bucket.wait_ns(now);
            if (wait > 0) RC_ASSERT(bucket.wait_ns(now + wait - 1) > 0);
            now += wait;
            RC_ASSERT(bucket.wait_ns(now) == 0);
            bucket.take(now);
        }
        // The first second's tokens, and what the time since has brought.
        const auto taken = std::int64_t{std::min(rate, 1'000U)} + 30;
        RC_ASSERT(taken <= rate + now / (second / rate) + 1);
    });
}

TEST_CASE("an account is limited by itself and by its broker", "[executors]") {
    RateLimiter limiter{3, 2};
    const AccountNumber one{1};
    const AccountNumber two{2};
    limiter.take(one, 0);
    limiter.take(one, 0);
    CHECK(limiter.wait_ns(one, 0) == second / 2);
    CHECK(limiter.wait_ns(two, 0) == 0);
    limiter.take(two, 0);
    CHECK(limiter.wait_ns(two, 0) > 0);
    CHECK(limiter.wait_ns(AccountNumber{3}, 0) > 0);
}

}  // namespace rate_limiter_test
