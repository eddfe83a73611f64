// Answers HTTP's questions: from the projector's view, of events from the log itself, and of the
// past through the historian.
#pragma once

#include "ingest/queries.h"
#include "ledger/clock.h"
#include "ledger/log/journal.h"
#include "ledger/log/tree_journal.h"
#include "ledger/replication/policy.h"
#include "ledger/vault/subject_keys.h"
#include "tools/historian.h"
#include "tools/projector.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>

namespace tools {

class QueryService final : public ingest::Queries {
  public:
    struct Ports {
        Projector& projector;
        Historian& historian;
        const ledger::log::Journal& journal;
        const ledger::log::TreeJournal& tree;  // of the same log
        const ledger::Clock& clock;
        // Called when the log is found damaged, before the asker is told: the process must end.
        std::function<void(const ledger::Error&)> on_damage;
        ledger::vault::SubjectKeys subjects{};  // which open what is shown
    };

    // What it is made from must outlive this.
    QueryService(Ports ports, ledger::replication::Policy policy)
        : ports_(std::move(ports)), policy_(std::move(policy)) {}

    boost::asio::awaitable<ledger::Result<ingest::Page>> run(ingest::Query query) override;
    boost::asio::awaitable<ledger::Result<std::string>> report(ingest::Query query) override;
    boost::asio::awaitable<ledger::Result<void>> ask(ingest::StateQuestion question) override;
    boost::asio::awaitable<ledger::Result<std::string>> checkpoint() override;
    boost::asio::awaitable<ledger::Result<std::string>> inclusion_proof(std::string event) override;
    boost::asio::awaitable<ledger::Result<std::vector<ledger::replication::Consequence>>> simulate(
        const ledger::MasterOrderReported& report,
        const ledger::replication::Marks& marks) override;

  private:
    boost::asio::awaitable<ledger::Result<ingest::Page>> read(ingest::Query query);

    const Ports ports_;
    const ledger::replication::Policy policy_;
};

}  // namespace tools
