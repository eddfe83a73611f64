// Answers HTTP's questions from the projector's view and, for events, from the log itself.
#pragma once

#include "ingest/queries.h"
#include "ledger/log/journal.h"
#include "projections/row.h"
#include "tools/projector.h"

#include <string>

#include <boost/asio/awaitable.hpp>

namespace tools {

class QueryService final : public ingest::Queries {
  public:
    // Both must outlive this.
    QueryService(Projector& projector, const ledger::log::Journal& journal)
        : projector_(projector), journal_(journal) {}

    boost::asio::awaitable<ledger::Result<ingest::Page>> run(ingest::Query query) override;

  private:
    Projector& projector_;
    const ledger::log::Journal& journal_;
};

// One JSON object of the row's cells.
void append_json(const projections::Row& row, std::string& out);

}  // namespace tools
