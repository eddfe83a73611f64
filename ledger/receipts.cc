#include "ledger/receipts.h"

#include <algorithm>

namespace ledger {

namespace {

// The follower that a consequence decides something for; 0 where it decides nothing.
AccountNumber follower_of(const Payload& payload) {
    if (const auto* e = std::get_if<FollowerOrderIntended>(&payload)) return e->follower;
    if (const auto* e = std::get_if<FollowerModifyIntended>(&payload)) return e->follower;
    if (const auto* e = std::get_if<FollowerCancelIntended>(&payload)) return e->follower;
    if (const auto* e = std::get_if<UnsentOrderAmended>(&payload)) return e->follower;
    if (const auto* e = std::get_if<UnsentOrderWithdrawn>(&payload)) return e->follower;
    if (const auto* e = std::get_if<FollowerOrderSkipped>(&payload)) return e->follower;
    return {};
}

}  // namespace

void DecisionCount::add(const Payload& payload) {
    const AccountNumber follower = follower_of(payload);
    if (follower == AccountNumber{}) return;
    const auto place = std::ranges::lower_bound(counted_, follower);
    if (place != counted_.end() && *place == follower) return;
    counted_.insert(place, follower);
    const bool skipped = std::holds_alternative<FollowerOrderSkipped>(payload);
    (skipped ? receipt_.skipped : receipt_.intended) += 1;
    receipt_.followers = receipt_.intended + receipt_.skipped;
}

Receipt start_receipt(const Event& event) {
    Receipt receipt;
    receipt.event_id = event.id;
    receipt.sequence = event.sequence;
    receipt.recorded_at_ns = event.recorded_at_ns;
    if (const auto* opened = std::get_if<AccountOpened>(&event.payload)) {
        receipt.account = opened->account;
    } else if (const auto* changed = std::get_if<AccountChanged>(&event.payload)) {
        receipt.account = changed->account;
    } else if (const auto* started = std::get_if<AttemptStarted>(&event.payload)) {
        receipt.attempt = started->ref;
    } else if (const auto* answered = std::get_if<RequestAnswered>(&event.payload)) {
        receipt.account = answered->account;
    }
    return receipt;
}

Receipt unchanged_receipt(const replication::State& state, const Command& command) {
    Receipt receipt;
    receipt.sequence = state.sequence;
    receipt.recorded_at_ns = state.recorded_at_ns;
    receipt.duplicate = true;
    if (const auto* open = std::get_if<OpenAccount>(&command.payload)) {
        const auto& identity = open->identity;
        const replication::Account* account = state.accounts.find(
            replication::BrokerAccountKey{identity.role, identity.broker, identity.broker_account});
        if (account != nullptr) receipt.account = account->number;
    } else if (const auto* change = std::get_if<ChangeAccount>(&command.payload)) {
        receipt.account = change->account;
    }
    return receipt;
}

}  // namespace ledger
