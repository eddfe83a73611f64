#include "executors/retry_policy.h"

#include <set>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace retry_policy_test {

using executors::RetryPolicy;

TEST_CASE("the ceiling of a wait doubles with each failure, up to the cap", "[executors]") {
    const RetryPolicy policy{.first_ns_max = 200, .ns_max = 1'000};
    CHECK(policy.ceiling_ns(1) == 200);
    CHECK(policy.ceiling_ns(2) == 400);
    CHECK(policy.ceiling_ns(3) == 800);
    CHECK(policy.ceiling_ns(4) == 1'000);
    CHECK(policy.ceiling_ns(4'000'000'000) == 1'000);
}

TEST_CASE("a wait is positive and within its ceiling", "[executors]") {
    rc::prop("for any policy, count and seed", [] {
        const auto first = *rc::gen::inRange<std::int64_t>(1, INT64_MAX / 2);
        const auto cap = *rc::gen::inRange<std::int64_t>(first, INT64_MAX);
        const auto failures = *rc::gen::inRange<std::uint32_t>(1, 200);
        ledger::SeededRandom random{*rc::gen::arbitrary<std::uint64_t>()};
        const RetryPolicy policy{.first_ns_max = first, .ns_max = cap};
        const std::int64_t delay_ns = policy.delay_ns(failures, random);
        RC_ASSERT(delay_ns > 0);
        RC_ASSERT(delay_ns <= policy.ceiling_ns(failures));
        RC_ASSERT(policy.ceiling_ns(failures) <= cap);
    });
}

TEST_CASE("the jitter uses the whole range below the ceiling", "[executors]") {
    const RetryPolicy policy{.first_ns_max = 8, .ns_max = 8};
    ledger::SeededRandom random{1};
    std::set<std::int64_t> seen;
    for (int n = 0; n < 1'000; ++n) seen.insert(policy.delay_ns(1, random));
    CHECK(seen == std::set<std::int64_t>{1, 2, 3, 4, 5, 6, 7, 8});
}

}  // namespace retry_policy_test
