#include "projections/checkpoint_cells.h"

#include "ledger/proof/base64.h"
#include "ledger/proof/checkpoint.h"

namespace projections {

void add_checkpoint(Row& row, const std::string& note) {
    const auto read = ledger::proof::parse_checkpoint(note);
    const auto tree = read ? read.value().checkpoint.tree : ledger::proof::TreeHead{};
    row.text("tree_size", read ? std::to_string(tree.size) : "")
        .text("root", read ? ledger::proof::to_base64(tree.root) : "")
        .text("note", note);
}

}  // namespace projections
