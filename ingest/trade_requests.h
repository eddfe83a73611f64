// Bodies of /api/trades and /api/simulate. Pure.
#pragma once

#include "ledger/base/result.h"
#include "ledger/model/command.h"
#include "ledger/replication/state.h"
#include "ledger/text/json_value.h"

#include <cstdint>
#include <optional>
#include <string>

namespace ingest {

inline constexpr int wait_ms_default = 5'000;
inline constexpr int wait_ms_max = 30'000;

// The channel that a master order's report names when it came this way.
inline constexpr std::string_view trades_channel = "api/trades";

// The new order of `trade`, without its account; the instrument has no token where the body has no
// scrip_code. A price makes it a LIMIT order unless order_type says otherwise.
[[nodiscard]] ledger::Result<ledger::MasterOrderReported> read_trade(
    const ledger::text::JsonValue& body);

// How long the caller waits for the brokers.
[[nodiscard]] ledger::Result<int> read_wait_ms(const ledger::text::JsonValue& body);

// The master order that a body speaks of, as it names it.
struct OrderName {
    std::optional<std::string> master;
    std::string order;
};

[[nodiscard]] ledger::Result<OrderName> read_order_name(const ledger::text::JsonValue& body);

// ORDER unless the body says POSITION.
[[nodiscard]] ledger::Result<ledger::ExitScope> read_scope(const ledger::text::JsonValue& body);

struct Modification {
    enum class Type { stop_loss, target, price, quantity };

    Type type = Type::price;
    ledger::Price price;        // of all but `quantity`
    ledger::Quantity quantity;  // of `quantity`
};

[[nodiscard]] ledger::Result<Modification> read_modification(const ledger::text::JsonValue& body);

// The order's report with the one term changed. not_allowed where the order has no such term.
[[nodiscard]] ledger::Result<ledger::MasterOrderReported> modified(
    const ledger::replication::State& state, const ledger::replication::MasterOrder& order,
    const Modification& modification);

}  // namespace ingest
