// Each rule makes what version 1 could say of an event and compares the event with it, so that a
// field that is added later is taken for new without anyone thinking of it.
#include "ledger/base/overloaded.h"
#include "ledger/log/record_payload.h"

#include <cstdint>
#include <variant>

namespace ledger::log {
namespace {

bool in_version_1(const SizingFigures& figures) {
    SizingFigures said;
    said.ratio = figures.ratio;
    said.master_quantity = figures.master_quantity;
    said.raw_quantity = figures.raw_quantity;
    said.lot_size = figures.lot_size;
    return figures == said;
}

bool in_version_1(const LinkTerms& terms) {
    LinkTerms said;
    said.ratio = terms.ratio;
    said.active = terms.active;
    said.round_up_to_min_lot = terms.round_up_to_min_lot;
    return terms == said;
}

bool in_version_1(const InstrumentRules& rules) {
    InstrumentRules said = rules;
    said.valid_on = 0;
    return rules == said;
}

bool in_version_1(SkipReason reason) {
    return reason <= SkipReason::quantity_overflow;
}

bool in_version_1(const Payload& payload) {
    return std::visit(
        Overloaded{
            [](const AccountOpened&) { return true; },
            [](const AccountChanged&) { return true; },
            [](const AccountClosed&) { return true; },
            [](const LinkSet& e) { return in_version_1(e.terms); },
            [](const LinkRemoved&) { return true; },
            [](const InstrumentDefined& e) { return in_version_1(e.rules); },
            [](const MasterOrderReported&) { return true; },
            [](const ConflictRecorded&) { return true; },
            [](const FollowerOrderIntended& e) {
                return in_version_1(e.figures) && e.purpose == OrderPurpose::copy &&
                       e.instrument == Instrument{};
            },
            [](const FollowerOrderSkipped& e) {
                return in_version_1(e.figures) && in_version_1(e.reason);
            },
            [](const FollowerModifyIntended& e) { return in_version_1(e.figures); },
            [](const FollowerCancelIntended& e) { return e.because == SkipReason::none; },
            [](const UnsentOrderAmended& e) { return in_version_1(e.figures); },
            [](const UnsentOrderWithdrawn& e) { return e.because == SkipReason::none; },
            [](const IntentSuperseded&) { return true; },
            [](const AttemptStarted&) { return true; },
            [](const AttemptAccepted&) { return true; },
            [](const AttemptRejected&) { return true; },
            [](const AttemptUnknown&) { return true; },
            [](const AttemptNotPlaced&) { return true; },
            [](const IntentExpired&) { return true; },
            [](const IntentParked&) { return true; },
            [](const IntentResolved&) { return true; },
            [](const FollowerOrderReported&) { return true; },
            [](const AnomalyRecorded&) { return true; },
            [](const RiskLimitsSet&) { return false; },
            [](const ConsentRecorded&) { return false; },
            [](const FundsReported&) { return false; },
            [](const TradingHalted&) { return false; },
            [](const TradingResumed&) { return false; },
            [](const ExitRequested&) { return false; },
            [](const CalendarSet&) { return false; },
            [](const RequestAnswered&) { return false; },
            [](const CheckpointSigned&) { return false; },
            [](const SubjectErased&) { return false; },
            [](const RecordsArchived&) { return false; },
        },
        payload);
}

}  // namespace

std::uint16_t schema_version_of(const Payload& payload) {
    if (std::holds_alternative<CheckpointSigned>(payload)) return 3;
    if (std::holds_alternative<SubjectErased>(payload)) return 3;
    if (std::holds_alternative<RecordsArchived>(payload)) return 3;
    return in_version_1(payload) ? 1 : 2;
}

}  // namespace ledger::log
