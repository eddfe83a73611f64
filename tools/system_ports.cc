#include "tools/system_ports.h"

#include <chrono>
#include <random>

namespace tools {

std::int64_t SystemClock::now_ns() const {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

std::uint64_t SystemRandom::next() {
    thread_local std::random_device device;
    return std::uint64_t{device()} << 32U | device();
}

}  // namespace tools
