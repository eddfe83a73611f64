// What became of a request about a master order, per follower. Pure.
#pragma once

#include "ledger/model/event.h"
#include "ledger/replication/state.h"
#include "ledger/text/json_value.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ingest {

// An intent or amendment that followed from the request's event.
struct TouchedOrder {
    ledger::EventId order;
    ledger::OrderTerms terms;  // as intended; without a quantity where it is a cancel
    std::string capped_by;     // the limit that left less of it; empty: none did
};

struct Skipped {
    ledger::AccountNumber follower;
    std::string action;
    std::string reason;
};

enum class RequestKind { copy, modify, exit };

// What a request set in motion, as the log has it.
struct Motion {
    RequestKind kind = RequestKind::copy;
    std::vector<ledger::EventId> master_orders;  // of `copy` the one, of `exit` all that it ends
    std::vector<TouchedOrder> touched;
    std::vector<Skipped> skipped;
};

// Adds what the rows of its consequences say.
void add_consequences(const std::vector<ledger::text::JsonValue>& rows, Motion& motion);

enum class CopyStatus : std::uint8_t { success, failed, skipped, pending };

[[nodiscard]] std::string_view to_text(CopyStatus status);  // SUCCESS, ...

struct CopyResult {
    ledger::AccountNumber follower;
    std::string username;
    CopyStatus status = CopyStatus::skipped;
    ledger::Quantity executed;  // works at the broker, or filled where the order has ended
    ledger::Quantity filled;
    std::string reason;
    std::string capped_by;
    std::vector<ledger::replication::FollowerOrder> orders;
    ledger::EventId failed;  // the order to blame; zero: none
};

// In follower order.
[[nodiscard]] std::vector<CopyResult> copy_results(const ledger::replication::State& state,
                                                   const Motion& motion);

// No more outcomes are to be expected without a person.
[[nodiscard]] bool is_settled(const std::vector<CopyResult>& results);

}  // namespace ingest
