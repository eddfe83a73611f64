#include "ledger/log/record_payload.h"
#include "ledger/log/record_read.h"

#include <array>
#include <cstddef>

namespace ledger::log {
namespace {

struct Reader {
    stored::Payload type = stored::Payload::NONE;
    void (*read)(const void* table, Payload& payload) = nullptr;
};

template <class Table, class Kind>
constexpr Reader reader() {
    return {stored::PayloadTraits<Table>::enum_value, [](const void* table, Payload& payload) {
                log::read(*static_cast<const Table*>(table), payload.emplace<Kind>());
            }};
}

// In the order of the union, whose first member has the number 1.
constexpr std::array readers{
    reader<stored::AccountOpened, AccountOpened>(),
    reader<stored::AccountChanged, AccountChanged>(),
    reader<stored::AccountClosed, AccountClosed>(),
    reader<stored::LinkSet, LinkSet>(),
    reader<stored::LinkRemoved, LinkRemoved>(),
    reader<stored::InstrumentDefined, InstrumentDefined>(),
    reader<stored::MasterOrderReported, MasterOrderReported>(),
    reader<stored::ConflictRecorded, ConflictRecorded>(),
    reader<stored::FollowerOrderIntended, FollowerOrderIntended>(),
    reader<stored::FollowerOrderSkipped, FollowerOrderSkipped>(),
    reader<stored::FollowerModifyIntended, FollowerModifyIntended>(),
    reader<stored::FollowerCancelIntended, FollowerCancelIntended>(),
    reader<stored::UnsentOrderAmended, UnsentOrderAmended>(),
    reader<stored::UnsentOrderWithdrawn, UnsentOrderWithdrawn>(),
    reader<stored::IntentSuperseded, IntentSuperseded>(),
    reader<stored::AttemptStarted, AttemptStarted>(),
    reader<stored::AttemptAccepted, AttemptAccepted>(),
    reader<stored::AttemptRejected, AttemptRejected>(),
    reader<stored::AttemptUnknown, AttemptUnknown>(),
    reader<stored::AttemptNotPlaced, AttemptNotPlaced>(),
    reader<stored::IntentExpired, IntentExpired>(),
    reader<stored::IntentParked, IntentParked>(),
    reader<stored::IntentResolved, IntentResolved>(),
    reader<stored::FollowerOrderReported, FollowerOrderReported>(),
    reader<stored::AnomalyRecorded, AnomalyRecorded>(),
    reader<stored::RiskLimitsSet, RiskLimitsSet>(),
    reader<stored::ConsentRecorded, ConsentRecorded>(),
    reader<stored::FundsReported, FundsReported>(),
    reader<stored::TradingHalted, TradingHalted>(),
    reader<stored::TradingResumed, TradingResumed>(),
    reader<stored::ExitRequested, ExitRequested>(),
    reader<stored::CalendarSet, CalendarSet>(),
    reader<stored::RequestAnswered, RequestAnswered>(),
    reader<stored::CheckpointSigned, CheckpointSigned>(),
    reader<stored::SubjectErased, SubjectErased>(),
    reader<stored::RecordsArchived, RecordsArchived>(),
};

constexpr bool in_union_order() {
    for (std::size_t i = 0; i < readers.size(); ++i) {
        if (static_cast<std::size_t>(readers[i].type) != i + 1) return false;
    }
    return readers.size() == static_cast<std::size_t>(stored::Payload::MAX);
}

static_assert(in_union_order(), "a kind has no reader");

}  // namespace

bool read_payload(std::uint8_t type, const void* table, Payload& payload) {
    if (type == 0 || type > readers.size()) return false;
    readers[type - 1U].read(table, payload);
    return true;
}

}  // namespace ledger::log
