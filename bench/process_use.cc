#include "bench/process_use.h"

#include <chrono>
#include <fstream>
#include <sstream>

#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

namespace bench {

using ledger::Errc;
using ledger::Error;
using ledger::Result;

std::int64_t now_ns() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

double cpu_seconds() {
    rusage use{};
    ::getrusage(RUSAGE_SELF, &use);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(use.ru_utime) + seconds(use.ru_stime);
}

// proc(5): utime and stime, in clock ticks, are the 14th and 15th field; the 2nd is the name in
// parentheses, which may hold blanks.
Result<double> cpu_seconds_of(int pid) {
    std::ifstream file{"/proc/" + std::to_string(pid) + "/stat"};
    std::string line;
    if (!std::getline(file, line)) {
        return Error{Errc::unavailable, "process " + std::to_string(pid) + " is gone", {}};
    }
    std::istringstream fields{line.substr(line.rfind(')') + 1)};
    std::string skipped;
    for (int field = 3; field < 14; ++field) fields >> skipped;
    double user_ticks = 0;
    double system_ticks = 0;
    fields >> user_ticks >> system_ticks;
    return (user_ticks + system_ticks) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

Result<std::uint64_t> resident_bytes() {
    ::malloc_trim(0);
    std::ifstream file{"/proc/self/statm"};
    std::uint64_t all_pages = 0;
    std::uint64_t resident_pages = 0;
    if (!(file >> all_pages >> resident_pages)) {
        return Error{Errc::unavailable, "/proc/self/statm cannot be read", {}};
    }
    return resident_pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

std::string processor_name() {
    std::ifstream file{"/proc/cpuinfo"};
    std::string line;
    while (std::getline(file, line)) {
        if (line.starts_with("model name")) return line.substr(line.find(": ") + 2);
    }
    return {};
}

}  // namespace bench
