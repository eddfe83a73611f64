// The Queries port over a plain fold in memory: the twin of the projections.
#pragma once

#include "ingest/queries.h"
#include "ledger/model/event.h"
#include "ledger/replication/state.h"

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ingest::test {

class MemoryQueries final : public Queries {
  public:
    // On the writer's thread.
    void observe(const std::vector<ledger::Event>& committed);

    // Knows the views "accounts", "links" and "events", and "orders", "positions", "pending" and
    // "mappings" as empty ones.
    boost::asio::awaitable<ledger::Result<Page>> run(Query query) override;

    [[nodiscard]] std::optional<ledger::AccountNumber> find_master(
        std::string_view broker, std::string_view broker_account) const;
    [[nodiscard]] std::vector<ledger::Event> events() const;

  private:
    using Rows = ledger::Result<std::vector<std::string>>;
    [[nodiscard]] Rows rows_of(const Query& query) const;
    [[nodiscard]] Rows accounts(const Query& query) const;
    [[nodiscard]] Rows links(const Query& query) const;
    [[nodiscard]] Rows recorded(const Query& query) const;

    mutable std::mutex mutex_;
    ledger::replication::State state_;
    std::vector<ledger::Event> events_;
};

}  // namespace ingest::test
