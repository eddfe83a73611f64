// Asks the kernel for the tables of a long scan before it comes to them, so that the disk reads
// while records are decoded.
#pragma once

#include "ledger/log/journal.h"
#include "ledger/log/rocksdb_store.h"

#include <string>
#include <vector>

namespace ledger::log {

class ReadAhead {
  public:
    // Of the records first..last.
    ReadAhead(const RocksdbStore& store, SequenceNumber first, SequenceNumber last);

    // The scan has come to that record.
    void at(SequenceNumber sequence) {
        if (!to_come_.empty() && sequence >= ask_from_) ask(sequence);
    }

  private:
    struct Table {
        SequenceNumber first = 0;
        std::string path;
    };

    void ask(SequenceNumber sequence);

    std::vector<Table> to_come_;  // not asked for yet, the nearest last
    SequenceNumber ask_from_ = 0;
};

}  // namespace ledger::log
