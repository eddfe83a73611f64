// The past of one log, for those who ask again: pages of one instant follow one another, and an
// instant soon after the last one is not far to fold.
#pragma once

#include "ledger/base/result.h"
#include "ledger/log/journal.h"
#include "ledger/vault/subject_keys.h"
#include "projections/ledger_view.h"
#include "tools/as_of.h"
#include "tools/data_directory.h"

#include <cstdint>
#include <list>
#include <string>
#include <utility>

namespace tools {

class History {
  public:
    // The journal must outlive this.
    History(const ledger::log::Journal& journal, std::string directory)
        : journal_(journal), paths_{std::move(directory)} {}

    struct Moment {
        Past past;
        const projections::LedgerView* view = nullptr;  // until the next call
    };

    // invalid_input by the name of the query's part at fault.
    [[nodiscard]] ledger::Result<Moment> at(const PastQuery& query, const PastNames& names);

    // Gives back what is kept in memory.
    void forget() { kept_.clear(); }

    [[nodiscard]] const ledger::log::Journal& journal() const { return journal_; }

    [[nodiscard]] ledger::vault::SubjectKeys subjects() const {
        return ledger::vault::SubjectKeys{paths_.subjects()};
    }

  private:
    struct Kept {
        Past past;
        projections::LedgerView view;
    };

    [[nodiscard]] ledger::Result<projections::LedgerView> view_at(std::uint64_t sequence);
    [[nodiscard]] ledger::Result<projections::LedgerView> make(const Past& past);

    const ledger::log::Journal& journal_;
    const DataPaths paths_;
    std::list<Kept> kept_;  // the latest first
};

}  // namespace tools
