// Stops sending orders to a broker that does not answer, then tries one request at a time. Book
// reads do not pass it: they are how doubts end.
#pragma once

#include <cstdint>

namespace executors {

struct BreakerSettings {
    std::uint32_t failures_max = 5;  // in a row, over all accounts of the broker
    std::int64_t pause_ns = 5'000'000'000;
};

class CircuitBreaker {
  public:
    explicit CircuitBreaker(BreakerSettings settings = {}) : settings_(settings) {}

    // 0 when a request may start now.
    [[nodiscard]] std::int64_t wait_ns(std::int64_t now_ns) const;

    // Requires that wait_ns() is 0. While open this is the probe; the next comes a pause later.
    void start(std::int64_t now_ns);

    // The broker answered, be it a refusal.
    void succeeded();
    // Nothing was sent, or nothing readable came back.
    void failed(std::int64_t now_ns);

    [[nodiscard]] bool open() const { return failures_ >= settings_.failures_max; }

  private:
    BreakerSettings settings_;
    std::uint32_t failures_ = 0;
    std::int64_t open_until_ns_ = 0;
};

}  // namespace executors
