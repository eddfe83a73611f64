#include "executors/circuit_breaker.h"

#include <catch2/catch.hpp>

namespace circuit_breaker_test {

using executors::CircuitBreaker;

namespace {

CircuitBreaker opened(std::int64_t at_ns) {
    CircuitBreaker breaker{{.failures_max = 3, .pause_ns = 100}};
    for (int n = 0; n < 3; ++n) breaker.failed(at_ns);
    return breaker;
}

}  // namespace

TEST_CASE("a breaker opens after that many failures in a row", "[executors]") {
    CircuitBreaker breaker{{.failures_max = 3, .pause_ns = 100}};
    breaker.failed(0);
    breaker.failed(0);
    CHECK(breaker.wait_ns(0) == 0);
    breaker.failed(0);
    CHECK(breaker.open());
    CHECK(breaker.wait_ns(0) == 100);
}

TEST_CASE("an answer between failures starts the count again", "[executors]") {
    CircuitBreaker breaker{{.failures_max = 3, .pause_ns = 100}};
    breaker.failed(0);
    breaker.failed(0);
    breaker.succeeded();
    breaker.failed(0);
    breaker.failed(0);
    CHECK_FALSE(breaker.open());
}

TEST_CASE("an open breaker lets one probe through per pause", "[executors]") {
    CircuitBreaker breaker = opened(1'000);
    CHECK(breaker.wait_ns(1'060) == 40);
    REQUIRE(breaker.wait_ns(1'100) == 0);
    breaker.start(1'100);
    CHECK(breaker.wait_ns(1'100) == 100);
    // A probe that never ends does not keep the broker shut.
    CHECK(breaker.wait_ns(1'200) == 0);
}

TEST_CASE("a probe that is answered closes the breaker, one that fails does not", "[executors]") {
    CircuitBreaker breaker = opened(0);
    breaker.start(100);
    breaker.failed(150);
    CHECK(breaker.wait_ns(150) == 100);
    breaker.start(250);
    breaker.succeeded();
    CHECK_FALSE(breaker.open());
    CHECK(breaker.wait_ns(251) == 0);
}

}  // namespace circuit_breaker_test
