// Which events of the log a person asks for.
#pragma once

#include "ledger/base/result.h"
#include "ledger/log/journal.h"
#include "ledger/model/event.h"
#include "projections/ledger_view.h"
#include "tools/as_of.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tools {

struct EventQuery {
    std::uint64_t from = 1;
    std::uint64_t to = UINT64_MAX;
    std::string kind;     // empty: every kind
    std::string account;  // number, username or broker's code; empty: every account
    std::string order;    // id, ClOrdID or broker's order id; empty: every order
                          // (with an account too: what stands under both)
    std::uint64_t rows_max = UINT64_MAX;
    std::optional<std::int64_t> happened_by_ns{};

    // To what was known, and had happened, then.
    void limit_to(const Past& past);
};

// From "from", "to", "kind", "account", "order". invalid_input naming an unknown or bad one.
[[nodiscard]] ledger::Result<EventQuery> parse_event_query(
    const std::vector<std::pair<std::string, std::string>>& filters);

// What a query's names stand for in the index, where it has any.
struct QueryEntities {
    std::optional<ledger::log::EntityKey> order;
    std::optional<ledger::log::EntityKey> account;

    // Whether the event stands under all of them.
    [[nodiscard]] bool hold(const ledger::Event& event) const;
};

// not_found naming "order" or "account".
[[nodiscard]] ledger::Result<QueryEntities> find_entities(const projections::LedgerView& view,
                                                          const EventQuery& query);

// An audit trail by account or order goes through the index; the names are looked up in `view`.
// `visit` gets the events ascending. Returns the sequence to go on from, or nothing at the end.
using EventSink = std::function<void(const ledger::Event&)>;
[[nodiscard]] ledger::Result<std::optional<std::uint64_t>> visit_events(
    const ledger::log::Journal& journal, const projections::LedgerView& view,
    const EventQuery& query, const EventSink& visit);

// An order by its id, its ClOrdID or its broker's id; of a master order, also what its reports
// stand under in the index.
struct NamedOrder {
    ledger::EventId id;
    std::optional<ledger::log::EntityKey> reports;
};

[[nodiscard]] std::optional<NamedOrder> find_order_named(const projections::LedgerView& view,
                                                         const std::string& name);

// An event id, an intent id or a ClOrdID, or a sequence number; nothing where the log has none.
[[nodiscard]] ledger::Result<std::optional<ledger::Event>> find_event(
    const ledger::log::Journal& journal, const projections::LedgerView& view,
    const std::string& name);

}  // namespace tools
