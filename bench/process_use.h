// What a process has used of the machine: time, processor and memory.
#pragma once

#include "ledger/base/result.h"

#include <cstdint>
#include <string>

namespace bench {

// The monotonic clock.
[[nodiscard]] std::int64_t now_ns();

[[nodiscard]] inline double to_seconds(std::int64_t ns) {
    return static_cast<double>(ns) / 1e9;
}

// User and system time of this process, all of its threads.
[[nodiscard]] double cpu_seconds();

// Of another process, to 10 ms.
[[nodiscard]] ledger::Result<double> cpu_seconds_of(int pid);

// Resident memory of this process, once the allocator has given back what it holds free.
[[nodiscard]] ledger::Result<std::uint64_t> resident_bytes();

// "Intel(R) Xeon(R) ...", as the kernel calls it; empty where it does not say.
[[nodiscard]] std::string processor_name();

}  // namespace bench
