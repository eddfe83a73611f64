#include "bench/options.h"

#include "ledger/text/decimal.h"

#include <string_view>

namespace bench {

using ledger::Errc;
using ledger::Error;
using ledger::Result;

Result<Options> parse_options(int argc, char** argv) {
    Options options;
    for (int at = 1; at < argc; ++at) {
        const std::string_view word{argv[at]};
        const bool takes_value = word == "--only" || word == "--json" || word == "--past-events";
        if (takes_value && at + 1 == argc) {
            return Error{Errc::invalid_input, std::string{word} + " wants a value", {}};
        }
        if (word == "--only") {
            options.only.emplace_back(argv[++at]);
        } else if (word == "--json") {
            options.json = argv[++at];
        } else if (word == "--past-events") {
            const auto events = ledger::text::parse_integer(argv[++at]);
            if (!events || events.value() < 1) {
                return Error{Errc::invalid_input, "--past-events wants a number", {}};
            }
            options.past_events = static_cast<std::uint64_t>(events.value());
        } else if (word == "--quick") {
            options.quick = true;
        } else if (word == "--echo-server") {
            options.echo_server = true;
        } else if (word == "--help" || word == "-h") {
            options.help = true;
        } else {
            return Error{Errc::invalid_input, "there is no option " + std::string{word}, {}};
        }
    }
    return options;
}

}  // namespace bench
