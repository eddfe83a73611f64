#include "tests/simulation/run/witness.h"

#include "ledger/base/assert.h"

#include <string_view>

namespace simulation {

ledger::proof::TreeHead Witness::head(const ledger::log::Journal& journal,
                                      ledger::log::SequenceNumber size) {
    const auto append = [this](ledger::log::SequenceNumber, std::string_view record) {
        tree_.append(ledger::proof::leaf_hash(record));
        return true;
    };
    if (tree_.size() < size) {
        LEDGER_ASSERT(journal.scan(tree_.size() + 1, size, append).has_value());
    }
    return {.size = tree_.size(), .root = tree_.root()};
}

}  // namespace simulation
