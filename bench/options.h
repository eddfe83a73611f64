// What `copyledger_bench` is told on its command line.
#pragma once

#include "ledger/base/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace bench {

struct Options {
    std::vector<std::string> only;  // names of benchmarks; empty: all of them
    bool quick = false;
    std::uint64_t past_events = 0;  // 0: as many as `past` has of itself
    std::string json;               // a path, "-" for standard output, empty for none
    bool help = false;
    bool echo_server = false;  // this process is the server without a ledger
};

// invalid_input with a sentence for a person.
[[nodiscard]] ledger::Result<Options> parse_options(int argc, char** argv);

}  // namespace bench
