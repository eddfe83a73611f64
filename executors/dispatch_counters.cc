#include "executors/dispatch_counters.h"

namespace executors {

void count(const ledger::Event& event, DispatchCounters& counters) {
    const ledger::Payload& payload = event.payload;
    if (const auto* accepted = std::get_if<ledger::AttemptAccepted>(&payload)) {
        ++counters.accepted;
        counters.recovered += accepted->recovered ? 1U : 0U;
    }
    counters.rejected += std::holds_alternative<ledger::AttemptRejected>(payload) ? 1U : 0U;
    counters.unknown += std::holds_alternative<ledger::AttemptUnknown>(payload) ? 1U : 0U;
    counters.not_placed += std::holds_alternative<ledger::AttemptNotPlaced>(payload) ? 1U : 0U;
    counters.expired += std::holds_alternative<ledger::IntentExpired>(payload) ? 1U : 0U;
    counters.parked += std::holds_alternative<ledger::IntentParked>(payload) ? 1U : 0U;
    counters.anomalies += std::holds_alternative<ledger::AnomalyRecorded>(payload) ? 1U : 0U;
}

}  // namespace executors
