#include "bench/closed_loop.h"

#include "bench/process_use.h"
#include "ledger/base/assert.h"

#include <chrono>

namespace bench {

namespace {

// So few at a time that the writer has work while the next are made.
constexpr std::size_t taken_max = 64;
constexpr std::chrono::milliseconds patience{10'000};

}  // namespace

ClosedLoop::ClosedLoop(std::size_t appenders, std::int64_t row_ns)
    : count_from_ns_(now_ns() + row_ns / 10),
      until_ns_(count_from_ns_ + row_ns),
      cpu_before_(cpu_seconds()),
      begun_ns_(appenders),
      free_(appenders) {
    for (std::uint32_t appender = 0; appender < appenders; ++appender) {
        LEDGER_ASSERT(free_.try_push(std::uint32_t{appender}));
    }
}

bool ClosedLoop::take_free(std::vector<std::uint32_t>& out) {
    out.clear();
    if (now_ns() >= until_ns_) return false;
    static_cast<void>(free_.pop_some(out, taken_max, patience));
    return !out.empty();
}

void ClosedLoop::begin(std::uint32_t appender) {
    begun_ns_[appender] = now_ns();
}

void ClosedLoop::end(std::uint32_t appender) {
    const std::int64_t now = now_ns();
    if (now >= count_from_ns_ && now < until_ns_) {
        latencies_.add(now - begun_ns_[appender]);
        ++counted_;
    }
    static_cast<void>(free_.try_push(std::uint32_t{appender}));
}

ClosedLoop::Outcome ClosedLoop::outcome() const {
    return {.latency = latencies_.spread(),
            .per_second = static_cast<double>(counted_) / to_seconds(until_ns_ - count_from_ns_),
            .cpu_seconds = cpu_seconds() - cpu_before_};
}

}  // namespace bench
