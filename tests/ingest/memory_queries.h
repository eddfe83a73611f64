// The Queries port over a plain fold in memory: the twin of the projections.
#pragma once

#include "ingest/queries.h"
#include "ledger/model/event.h"
#include "ledger/replication/state.h"
#include "ledger/vault/subject_keys.h"

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ingest::test {

class MemoryQueries final : public Queries {
  public:
    // These open what is sealed in its rows.
    explicit MemoryQueries(ledger::vault::SubjectKeys subjects = {})
        : subjects_(std::move(subjects)) {}

    // On the writer's thread.
    void observe(const std::vector<ledger::Event>& committed);

    using Consequences = std::vector<ledger::replication::Consequence>;

    // Knows the views "accounts", "links" and "events", and "orders", "positions", "pending" and
    // "mappings" as empty ones.
    boost::asio::awaitable<ledger::Result<Page>> run(Query query) override;

    // An object of the query itself.
    boost::asio::awaitable<ledger::Result<std::string>> report(Query query) override;
    boost::asio::awaitable<ledger::Result<void>> ask(StateQuestion question) override;
    // "a checkpoint", and what was asked for; there is no event "none".
    boost::asio::awaitable<ledger::Result<std::string>> checkpoint() override;
    boost::asio::awaitable<ledger::Result<std::string>> inclusion_proof(std::string event) override;
    boost::asio::awaitable<ledger::Result<Consequences>> simulate(
        const ledger::MasterOrderReported& report,
        const ledger::replication::Marks& marks) override;

    [[nodiscard]] std::optional<ledger::AccountNumber> find_master(
        std::string_view broker, std::string_view broker_account) const;
    [[nodiscard]] std::vector<ledger::Event> events() const;

  private:
    using Rows = ledger::Result<std::vector<std::string>>;
    [[nodiscard]] Rows rows_of(const Query& query) const;
    [[nodiscard]] Rows accounts(const Query& query) const;
    [[nodiscard]] Rows links(const Query& query) const;
    [[nodiscard]] Rows recorded(const Query& query) const;
    using Filter = std::pair<std::string, std::string>;
    [[nodiscard]] bool is_wanted(const ledger::Event& event, const Filter& filter) const;

    ledger::vault::SubjectKeys subjects_;
    mutable std::mutex mutex_;
    ledger::replication::State state_;
    std::vector<ledger::Event> events_;
};

}  // namespace ingest::test
