#include "tests/proof/tree_of.h"

#include <catch2/catch.hpp>

namespace proof_test {

using ledger::Result;
using ledger::proof::Subtree;

std::vector<std::string> records_of(std::uint64_t count) {
    std::vector<std::string> records;
    for (std::uint64_t i = 0; i < count; ++i) records.push_back("record " + std::to_string(i));
    return records;
}

Hash defined_root(const std::vector<std::string>& records, std::uint64_t first, std::uint64_t end) {
    const std::uint64_t count = end - first;
    if (count == 0) return ledger::proof::sha256("");
    if (count == 1) return ledger::proof::sha256(std::string(1, '\0') + records[first]);
    std::uint64_t k = 1;
    while (k * 2 < count) k *= 2;
    std::string node(1, '\1');
    for (const Hash& hash :
         {defined_root(records, first, first + k), defined_root(records, first + k, end)}) {
        node.append(hash.begin(), hash.end());
    }
    return ledger::proof::sha256(node);
}

ledger::proof::TreeHead head_of(const std::vector<std::string>& records, std::uint64_t size) {
    return {.size = size, .root = defined_root(records, 0, size)};
}

ledger::proof::SubtreeHash hashes_of(const std::vector<std::string>& records) {
    return [&records](Subtree subtree) -> Result<Hash> {
        const std::uint64_t first = subtree.index << subtree.level;
        const std::uint64_t end = first + (std::uint64_t{1} << subtree.level);
        REQUIRE(end <= records.size());
        return defined_root(records, first, end);
    };
}

Hash hash_of_hex(const std::string& hex) {
    Hash hash{};
    REQUIRE(hex.size() == 2 * hash.size());
    for (std::size_t i = 0; i < hash.size(); ++i) {
        hash[i] = static_cast<std::uint8_t>(std::stoul(hex.substr(2 * i, 2), nullptr, 16));
    }
    return hash;
}

}  // namespace proof_test
