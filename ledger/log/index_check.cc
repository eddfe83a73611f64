#include "ledger/log/index_check.h"

#include "ledger/log/entity_keys.h"

#include <string>

namespace ledger::log {
namespace {

template <class Found>
Error astray(const Event& event, const std::string& index, const Result<Found>& found) {
    const std::string why = found ? "" : ": " + found.error().detail;
    return Error{Errc::corrupt,
                 "record " + std::to_string(event.sequence) + ": the index of " + index +
                     " does not lead to it" + why,
                 {}};
}

}  // namespace

Result<void> check_index(const Journal& journal, const Event& event) {
    for (const EventId& id : ids_of(event)) {
        const auto found = journal.find(id);
        if (!found || found.value() != event.sequence) {
            return astray(event, "ids, at " + to_text(id) + ",", found);
        }
    }
    for (const EntityKey entity : entity_keys_of(event)) {
        const auto found = journal.entity_sequences(entity, event.sequence, 1);
        const bool leads =
            found && !found.value().empty() && found.value().front() == event.sequence;
        if (!leads) return astray(event, "accounts and orders", found);
    }
    return boost::outcome_v2::success();
}

}  // namespace ledger::log
