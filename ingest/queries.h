// The port through which HTTP reads: projections answer it, but ingest does not know them.
#pragma once

#include "ledger/base/result.h"
#include "ledger/replication/simulate.h"
#include "ledger/replication/state.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>

namespace ingest {

struct Query {
    // "accounts", "links", "orders", "mappings", "positions", "pending", "events", ...
    std::string view;
    // As given in the URL: "account", "master", "order", "kind", "from", "to", "role", ...
    std::vector<std::pair<std::string, std::string>> filters;
    std::string cursor;            // empty: from the start; else the `next` of the page before
    std::uint32_t rows_max = 100;  // bounded by the caller
    std::string as_of{};           // a sequence or a time: what was known; empty: now
    std::string valid_at{};        // a time: what of it had happened; empty: all of it

    [[nodiscard]] bool of_the_past() const { return !as_of.empty() || !valid_at.empty(); }
};

// The instant of the past that an answer is from.
struct PastInstant {
    std::uint64_t sequence = 0;       // of the last event that was known
    std::int64_t recorded_at_ns = 0;  // of that event; 0 before the first
    std::optional<std::int64_t> valid_at_ns{};
};

struct Page {
    std::string rows_json;              // a JSON array of objects
    std::string next;                   // empty: this was the last page
    std::uint64_t sequence = 0;         // the instant that the answer is from
    std::optional<PastInstant> past{};  // where one was asked for
};

// Asked of the state on whatever thread holds it, perhaps after the asker is gone: it must own all
// that it uses.
using StateQuestion = std::function<void(const ledger::replication::State&)>;

class Queries {
  public:
    Queries() = default;
    Queries(const Queries&) = delete;
    Queries& operator=(const Queries&) = delete;
    virtual ~Queries() = default;

    // Sees everything that was durable when it was called, or then. invalid_input naming the
    // filter, "as_of" or "valid_at" at fault; not_found for an unknown view.
    virtual boost::asio::awaitable<ledger::Result<Page>> run(Query query) = 0;

    // The JSON object of a report that is not made of rows: "why" (filter "id") or "completeness"
    // ("from", "to"). invalid_input naming the filter at fault; not_found for an unknown report, or
    // where nothing is called so.
    virtual boost::asio::awaitable<ledger::Result<std::string>> report(Query query) = 0;

    // Returns when `question` was called, once, with everything that was durable when this was;
    // overloaded where it was not. For what a row cannot tell exactly.
    virtual boost::asio::awaitable<ledger::Result<void>> ask(StateQuestion question) = 0;

    // The newest signed checkpoint; not_found where nothing was signed yet.
    virtual boost::asio::awaitable<ledger::Result<std::string>> checkpoint() = 0;

    // The inclusion proof of an event, by its id or sequence, as JSON (docs/proofs.md). not_found
    // where there is no such event, unavailable where no checkpoint is of it yet.
    virtual boost::asio::awaitable<ledger::Result<std::string>> inclusion_proof(
        std::string event) = 0;

    // What recording `report` now would have for its consequences, at these last prices; nothing is
    // changed. The arguments outlive the wait.
    virtual boost::asio::awaitable<ledger::Result<std::vector<ledger::replication::Consequence>>>
    simulate(const ledger::MasterOrderReported& report,
             const ledger::replication::Marks& marks) = 0;
};

}  // namespace ingest
