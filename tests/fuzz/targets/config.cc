// A configuration file, of the ledger or of the simulator. What was read is printed and read again
// as the same.
#include "tools/config.h"

#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/target.h"
#include "tools/brokersim/sim_config.h"

#include <string>

namespace fuzz {

namespace {

void check_printed(const tools::Config& config) {
    const std::string printed = tools::print_config(config);
    const MemoryFile file{printed};
    const auto again = tools::load_config(file.path());
    law(again.has_value(), "what is printed can be loaded");
    law(tools::print_config(again.value()) == printed, "printing and loading changes nothing");
}

}  // namespace

void config(Input input) {
    const MemoryFile file{input};
    const auto loaded = tools::load_config(file.path());
    if (loaded) {
        law(!loaded.value().brokers.empty(), "there is a broker");
        check_printed(loaded.value());
    } else {
        law(loaded.error().code == ledger::Errc::invalid_input, "a bad file is invalid input");
        law(!loaded.error().detail.empty(), "a refusal says why");
    }
    const auto simulator = tools::brokersim::load_config(file.path());
    law(simulator || !simulator.error().detail.empty(), "a refusal says why");
}

}  // namespace fuzz
