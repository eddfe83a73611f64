// The beginning of a log where it no longer stands in the log itself: in an archive.
#pragma once

#include "ledger/base/result.h"
#include "ledger/log/journal.h"
#include "ledger/model/event.h"

#include <functional>
#include <memory>

namespace ledger::log {

// The records from the first up to those that a RecordsArchived names. For any thread.
class ArchivedRecords {
  public:
    ArchivedRecords() = default;
    ArchivedRecords(const ArchivedRecords&) = delete;
    ArchivedRecords& operator=(const ArchivedRecords&) = delete;
    virtual ~ArchivedRecords() = default;

    // As Journal::scan().
    [[nodiscard]] virtual Result<void> scan(SequenceNumber first, SequenceNumber last,
                                            const Journal::Visit& visit) const = 0;
};

// The archive of that event; null where it is not at hand, an error where what is there is damaged.
using FindArchive =
    std::function<Result<std::shared_ptr<const ArchivedRecords>>(const RecordsArchived&)>;

}  // namespace ledger::log
