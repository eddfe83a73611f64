// The test vectors of Certificate Transparency's reference implementation.
#include "ledger/proof/tree_hash.h"

#include "ledger/proof/compact_range.h"
#include "ledger/proof/tree_proof.h"
#include "ledger/proof/tree_verify.h"
#include "tests/proof/tree_of.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace tree_hash_test {

namespace {

using namespace ledger::proof;
using proof_test::hash_of_hex;
using proof_test::hashes_of;

const std::vector<std::string> records{
    "",
    std::string(1, '\0'),
    "\x10",
    "\x20\x21",
    "\x30\x31",
    "\x40\x41\x42\x43",
    "\x50\x51\x52\x53\x54\x55\x56\x57",
    "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
};

const std::vector<std::string> roots{
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

// Nodes of the tree of eight that the proofs are made of.
const std::string node_0_1 = roots[2];
const std::string node_0_3 = roots[4];
const std::string leaf_1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
const std::string leaf_4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
const std::string node_2_3 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
const std::string node_4_5 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
const std::string node_6_7 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
const std::string node_4_7 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";

std::vector<Hash> hashes(const std::vector<std::string>& hex) {
    std::vector<Hash> all;
    for (const std::string& each : hex) all.push_back(hash_of_hex(each));
    return all;
}

TreeHead head(std::size_t size) {
    return {.size = size, .root = hash_of_hex(roots[size])};
}

}  // namespace

TEST_CASE("the roots of the first leaves are those everyone computes", "[proof]") {
    CompactRange range;
    CHECK(range.root() == hash_of_hex(roots[0]));
    CHECK(empty_tree_hash() == hash_of_hex(roots[0]));
    for (std::size_t i = 0; i < records.size(); ++i) {
        range.append(leaf_hash(records[i]));
        CHECK(range.root() == hash_of_hex(roots[i + 1]));
    }
    CHECK(leaf_hash(records[1]) == hash_of_hex(leaf_1));
    CHECK(node_hash(leaf_hash(records[0]), leaf_hash(records[1])) == hash_of_hex(node_0_1));
}

TEST_CASE("inclusion proofs are those everyone makes", "[proof]") {
    const auto index = GENERATE(0U, 5U);
    const auto expected = hashes(index == 0 ? std::vector<std::string>{leaf_1, node_2_3, node_4_7}
                                            : std::vector<std::string>{leaf_4, node_6_7, node_0_3});
    CHECK(inclusion_proof(hashes_of(records), index, 8).value() == expected);
    CHECK(verify_inclusion({.index = index, .hash = leaf_hash(records[index])}, head(8), expected));
}

TEST_CASE("consistency proofs are those everyone makes", "[proof]") {
    const auto first = GENERATE(2U, 6U);
    const auto expected =
        hashes(first == 2 ? std::vector<std::string>{node_2_3, node_4_7}
                          : std::vector<std::string>{node_4_5, node_6_7, node_0_3});
    CHECK(consistency_proof(hashes_of(records), first, 8).value() == expected);
    CHECK(verify_consistency(head(first), head(8), expected));
}

}  // namespace tree_hash_test
