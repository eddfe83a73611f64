// Trees of made-up records, their hashes computed by the definition of RFC 6962 alone.
#pragma once

#include "ledger/proof/subtree.h"
#include "ledger/proof/tree_verify.h"

#include <cstdint>
#include <string>
#include <vector>

namespace proof_test {

using ledger::proof::Hash;

[[nodiscard]] std::vector<std::string> records_of(std::uint64_t count);

// MTH of the records from `first` on up to `end`.
[[nodiscard]] Hash defined_root(const std::vector<std::string>& records, std::uint64_t first,
                                std::uint64_t end);

[[nodiscard]] ledger::proof::TreeHead head_of(const std::vector<std::string>& records,
                                              std::uint64_t size);

// Of whole subtrees; fails the test where a proof asks for one beyond the records. `records` must
// outlive it.
[[nodiscard]] ledger::proof::SubtreeHash hashes_of(const std::vector<std::string>& records);

[[nodiscard]] Hash hash_of_hex(const std::string& hex);

}  // namespace proof_test
