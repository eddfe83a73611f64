#include "projections/audit_counts.h"

#include "ledger/base/overloaded.h"

#include <optional>

namespace projections {

using namespace ledger;

namespace {

// Account 0 is the whole ledger.
std::optional<AccountNumber> of_one(AccountNumber account) {
    return account.value() == 0 ? std::nullopt : std::optional{account};
}

// The account whose row an event counts in; nothing for one that concerns no single account.
std::optional<AccountNumber> account_of(const Payload& payload) {
    using Number = std::optional<AccountNumber>;
    return std::visit(Overloaded{
                          [](const AccountOpened& e) -> Number { return e.account; },
                          [](const AccountChanged& e) -> Number { return e.account; },
                          [](const AccountClosed& e) -> Number { return e.account; },
                          [](const LinkSet& e) -> Number { return e.follower; },
                          [](const LinkRemoved& e) -> Number { return e.follower; },
                          [](const InstrumentDefined&) -> Number { return std::nullopt; },
                          [](const MasterOrderReported& e) -> Number { return e.account; },
                          [](const ConflictRecorded&) -> Number { return std::nullopt; },
                          [](const FollowerOrderIntended& e) -> Number { return e.follower; },
                          [](const FollowerOrderSkipped& e) -> Number { return e.follower; },
                          [](const FollowerModifyIntended& e) -> Number { return e.follower; },
                          [](const FollowerCancelIntended& e) -> Number { return e.follower; },
                          [](const UnsentOrderAmended& e) -> Number { return e.follower; },
                          [](const UnsentOrderWithdrawn& e) -> Number { return e.follower; },
                          [](const IntentSuperseded& e) -> Number { return e.follower; },
                          [](const AttemptStarted& e) -> Number { return e.ref.follower; },
                          [](const AttemptAccepted& e) -> Number { return e.ref.follower; },
                          [](const AttemptRejected& e) -> Number { return e.ref.follower; },
                          [](const AttemptUnknown& e) -> Number { return e.ref.follower; },
                          [](const AttemptNotPlaced& e) -> Number { return e.ref.follower; },
                          [](const IntentExpired& e) -> Number { return e.follower; },
                          [](const IntentParked& e) -> Number { return e.ref.follower; },
                          [](const IntentResolved& e) -> Number { return e.ref.follower; },
                          [](const FollowerOrderReported& e) -> Number { return e.follower; },
                          [](const AnomalyRecorded& e) -> Number { return e.account; },
                          [](const RiskLimitsSet& e) -> Number { return of_one(e.account); },
                          [](const ConsentRecorded& e) -> Number { return e.account; },
                          [](const FundsReported& e) -> Number { return e.account; },
                          [](const TradingHalted& e) -> Number { return of_one(e.account); },
                          [](const TradingResumed& e) -> Number { return of_one(e.account); },
                          [](const ExitRequested& e) -> Number { return e.master; },
                          [](const CalendarSet&) -> Number { return std::nullopt; },
                          [](const RequestAnswered& e) -> Number { return of_one(e.account); },
                          [](const CheckpointSigned&) -> Number { return std::nullopt; },
                          [](const SubjectErased& e) -> Number { return e.account; },
                          [](const RecordsArchived&) -> Number { return std::nullopt; },
                      },
                      payload);
}

// Counts one event in its account's row.
struct Counter {
    AuditRow& row;

    void operator()(const AccountOpened&) const {}

    void operator()(const AccountChanged&) const {}

    void operator()(const AccountClosed&) const {}

    void operator()(const LinkSet&) const {}

    void operator()(const LinkRemoved&) const {}

    void operator()(const InstrumentDefined&) const {}

    void operator()(const IntentResolved&) const {}

    void operator()(const RiskLimitsSet&) const {}

    void operator()(const ConsentRecorded&) const {}

    void operator()(const FundsReported&) const {}

    void operator()(const TradingHalted&) const {}

    void operator()(const TradingResumed&) const {}

    void operator()(const ExitRequested&) const {}

    void operator()(const CalendarSet&) const {}

    void operator()(const RequestAnswered&) const {}

    void operator()(const CheckpointSigned&) const {}

    void operator()(const SubjectErased&) const {}

    void operator()(const RecordsArchived&) const {}

    void operator()(const ConflictRecorded&) const {}

    void operator()(const MasterOrderReported&) const { ++row.master_events; }

    void operator()(const FollowerOrderIntended&) const { ++row.orders_intended; }

    void operator()(const FollowerOrderSkipped& e) const {
        ++row.skipped.at(static_cast<std::size_t>(e.reason));
    }

    void operator()(const FollowerModifyIntended&) const { ++row.modifies_intended; }

    void operator()(const FollowerCancelIntended&) const { ++row.cancels_intended; }

    void operator()(const UnsentOrderAmended&) const { ++row.amended_unsent; }

    void operator()(const UnsentOrderWithdrawn&) const { ++row.withdrawn_unsent; }

    void operator()(const IntentSuperseded&) const { ++row.superseded; }

    void operator()(const AttemptStarted&) const { ++row.attempts; }

    void operator()(const AttemptAccepted& e) const {
        ++row.accepted;
        if (e.recovered) ++row.recovered;
    }

    void operator()(const AttemptRejected&) const { ++row.rejected; }

    void operator()(const AttemptUnknown&) const { ++row.unknown; }

    void operator()(const AttemptNotPlaced&) const { ++row.not_placed; }

    void operator()(const IntentExpired&) const { ++row.expired; }

    void operator()(const IntentParked&) const { ++row.parked; }

    void operator()(const FollowerOrderReported& e) const {
        if (e.last_qty.value() > 0) ++row.fills;
    }

    void operator()(const AnomalyRecorded&) const { ++row.anomalies; }
};

// Every count of a row in the order of its bytes; written and read by the same list.
template <class Row, class Visit>
void for_each_count(Row& row, const Visit& visit) {
    for (auto* count :
         {&row.first_sequence, &row.last_sequence, &row.master_events, &row.orders_intended,
          &row.modifies_intended, &row.cancels_intended, &row.amended_unsent, &row.withdrawn_unsent,
          &row.superseded, &row.attempts, &row.accepted, &row.recovered, &row.rejected,
          &row.unknown, &row.not_placed, &row.expired, &row.parked, &row.fills, &row.anomalies}) {
        visit(*count);
    }
    for (auto& count : row.skipped) visit(count);
}

}  // namespace

AuditRow& AuditCounts::row_of(AccountNumber account, std::uint64_t sequence) {
    AuditRow* row = rows_.find(account);
    if (row == nullptr) {
        AuditRow fresh;
        fresh.account = account;
        fresh.first_sequence = sequence;
        row = &rows_.add(account, fresh);
    }
    row->last_sequence = sequence;
    return *row;
}

void AuditCounts::apply(const Event& event) {
    const auto account = account_of(event.payload);
    if (!account) return;
    std::visit(Counter{row_of(*account, event.sequence)}, event.payload);
}

void AuditCounts::serialize(ByteWriter& out) const {
    out.integer(rows_.size());
    for (const AuditRow& row : rows_) {
        out.integer(row.account.value());
        for_each_count(row, [&](std::uint64_t count) { out.integer(count); });
    }
}

Result<void> AuditCounts::restore(std::string_view bytes) {
    ByteReader in{bytes};
    const auto count = in.integer<std::uint32_t>();
    for (std::uint32_t n = 0; n < count && in.ok(); ++n) {
        AuditRow row;
        row.account = AccountNumber{in.integer<std::uint32_t>()};
        for_each_count(row, [&](std::uint64_t& value) { value = in.integer<std::uint64_t>(); });
        if (rows_.find(row.account) != nullptr) in.fail();
        if (in.ok()) rows_.add(row.account, row);
    }
    if (in.finished()) return boost::outcome_v2::success();
    return Error{Errc::corrupt, "the snapshot of the audit counts is damaged", {}};
}

}  // namespace projections
