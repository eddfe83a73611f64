// Events for the executors' pure parts, as the core would record them.
#pragma once

#include "ledger/model/event.h"

#include <cstdint>
#include <string>
#include <utility>

namespace told {

using ledger::AccountNumber;
using ledger::EventId;

inline constexpr std::int64_t ms = 1'000'000;
inline constexpr std::int64_t second = 1'000 * ms;

inline EventId id_of(const std::string& name) {
    return ledger::NaturalKey{name}.id();
}

inline ledger::Event event(const std::string& name, ledger::Payload payload,
                           std::int64_t recorded_at_ns = 0) {
    ledger::Event event;
    event.id = id_of(name);
    event.recorded_at_ns = recorded_at_ns;
    event.payload = std::move(payload);
    return event;
}

inline ledger::OrderTerms terms(std::int64_t quantity, std::int64_t price = 1'000'000) {
    ledger::OrderTerms terms;
    terms.type = ledger::OrderType::limit;
    terms.quantity = ledger::Quantity{quantity};
    terms.price = ledger::Price{price};
    return terms;
}

inline ledger::Instrument instrument() {
    return {ledger::Segment::nse_cash, "2885", "RELIANCE"};
}

inline ledger::Event master_reported(const std::string& name) {
    ledger::MasterOrderReported report;
    report.account = AccountNumber{1};
    report.instrument = instrument();
    return event(name, std::move(report));
}

// Follows from the master's event of the name "master".
inline ledger::Event intended(const std::string& order, AccountNumber follower,
                              std::int64_t quantity = 100) {
    ledger::FollowerOrderIntended intended;
    intended.follower = follower;
    intended.terms = terms(quantity);
    ledger::Event made = event(order, std::move(intended));
    made.causation = id_of("master");
    return made;
}

inline ledger::Event modify_intended(const std::string& name, const std::string& order,
                                     AccountNumber follower, std::int64_t price) {
    return event(name,
                 ledger::FollowerModifyIntended{id_of(order), follower, terms(100, price), {}});
}

inline ledger::Event cancel_intended(const std::string& name, const std::string& order,
                                     AccountNumber follower) {
    return event(name, ledger::FollowerCancelIntended{id_of(order), follower});
}

inline ledger::AttemptRef ref(const std::string& order, const std::string& intent,
                              AccountNumber follower, std::uint32_t attempt = 1) {
    return {id_of(order), id_of(intent), follower, attempt};
}

inline ledger::Event started(const ledger::AttemptRef& ref, ledger::IntentKind kind) {
    return event("started", ledger::AttemptStarted{ref, kind});
}

inline ledger::Event accepted(const ledger::AttemptRef& ref, const std::string& broker_order_id) {
    return event("accepted", ledger::AttemptAccepted{ref, broker_order_id, false});
}

inline ledger::Event rejected(const ledger::AttemptRef& ref, bool retryable) {
    return event("rejected", ledger::AttemptRejected{ref, "CODE", "", retryable});
}

}  // namespace told
