// Answers HTTP's questions from the projector's view and, for events, from the log itself.
#pragma once

#include "ingest/queries.h"
#include "ledger/clock.h"
#include "ledger/log/journal.h"
#include "ledger/replication/policy.h"
#include "projections/row.h"
#include "tools/projector.h"

#include <string>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>

namespace tools {

class QueryService final : public ingest::Queries {
  public:
    // What it is made from must outlive this.
    QueryService(Projector& projector, const ledger::log::Journal& journal,
                 const ledger::Clock& clock, ledger::replication::Policy policy)
        : projector_(projector), journal_(journal), clock_(clock), policy_(std::move(policy)) {}

    boost::asio::awaitable<ledger::Result<ingest::Page>> run(ingest::Query query) override;
    boost::asio::awaitable<ledger::Result<void>> ask(ingest::StateQuestion question) override;
    boost::asio::awaitable<ledger::Result<std::vector<ledger::replication::Consequence>>> simulate(
        const ledger::MasterOrderReported& report,
        const ledger::replication::Marks& marks) override;

  private:
    Projector& projector_;
    const ledger::log::Journal& journal_;
    const ledger::Clock& clock_;
    const ledger::replication::Policy policy_;
};

// One JSON object of the row's cells.
void append_json(const projections::Row& row, std::string& out);

}  // namespace tools
