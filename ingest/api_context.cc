#include "ingest/api_context.h"

#include <algorithm>

namespace ingest {

ledger::Result<Broker> find_broker(const ApiContext& context,
                                   const std::optional<std::string>& name) {
    const std::string& wanted = name ? *name : context.default_broker;
    const auto found = std::ranges::find(context.brokers, wanted, &Broker::name);
    if (found != context.brokers.end()) return *found;
    std::string known;
    for (const Broker& broker : context.brokers) {
        known += (known.empty() ? "" : ", ") + broker.name;
    }
    if (!name) return ledger::invalid_field("broker", "is required, one of: " + known);
    return ledger::invalid_field("broker", "must be one of the configuration's: " + known);
}

}  // namespace ingest
