// Every tree of up to 70 leaves: 64 and what lies around it.
#include "ledger/proof/tree_proof.h"

#include "ledger/proof/compact_range.h"
#include "ledger/proof/tree_verify.h"
#include "tests/proof/tree_of.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace tree_proof_test {

namespace {

using namespace ledger::proof;
using ledger::Errc;
using ledger::Error;
using ledger::Result;
using proof_test::head_of;
using proof_test::records_of;

constexpr std::uint64_t size_max = 70;

const std::vector<std::string>& records() {
    static const std::vector<std::string> all = records_of(size_max + 1);
    return all;
}

const std::vector<TreeHead>& heads() {
    static const std::vector<TreeHead> all = [] {
        std::vector<TreeHead> made;
        for (std::uint64_t size = 0; size <= size_max + 1; ++size) {
            made.push_back(head_of(records(), size));
        }
        return made;
    }();
    return all;
}

std::vector<Hash> inclusion(std::uint64_t index, std::uint64_t size) {
    return inclusion_proof(proof_test::hashes_of(records()), index, size).value();
}

std::vector<Hash> consistency(std::uint64_t first, std::uint64_t second) {
    return consistency_proof(proof_test::hashes_of(records()), first, second).value();
}

Leaf leaf_at(std::uint64_t index) {
    return {.index = index, .hash = leaf_hash(records()[index])};
}

Hash altered(Hash hash) {
    hash[17] ^= 0x20;
    return hash;
}

// Every proof that is this one with something changed.
std::vector<std::vector<Hash>> alterations(const std::vector<Hash>& proof) {
    std::vector<std::vector<Hash>> all;
    for (std::size_t i = 0; i < proof.size(); ++i) {
        std::vector<Hash> changed = proof;
        changed[i] = altered(changed[i]);
        all.push_back(changed);
        std::vector<Hash> without = proof;
        without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
        all.push_back(without);
        std::vector<Hash> twice = proof;
        twice.insert(twice.begin() + static_cast<std::ptrdiff_t>(i), proof[i]);
        all.push_back(twice);
        if (i == 0) continue;
        std::vector<Hash> swapped = proof;
        std::swap(swapped[i - 1], swapped[i]);
        all.push_back(swapped);
    }
    std::vector<Hash> longer = proof;
    longer.push_back(Hash{});
    all.push_back(longer);
    return all;
}

std::string field_of(const Result<void>& result) {
    if (result) return "none";
    CHECK(result.error().code == Errc::invalid_input);
    CHECK_FALSE(result.error().detail.empty());
    return result.error().field;
}

}  // namespace

TEST_CASE("the root of a compact range is the defined one", "[proof]") {
    CompactRange range;
    for (std::uint64_t size = 0; size <= size_max; ++size) {
        CHECK(range.size() == size);
        CHECK(range.root() == heads()[size].root);
        CHECK(tree_root(proof_test::hashes_of(records()), size).value() == heads()[size].root);
        range.append(leaf_at(size).hash);
    }
}

TEST_CASE("whole subtrees make the range that their leaves make", "[proof]") {
    rc::prop("in any aligned cut", [] {
        CompactRange range;
        CompactRange by_leaves;
        while (range.size() < size_max) {
            const auto level_max = range.size() == 0 ? 6 : std::countr_zero(range.size());
            const auto level = *rc::gen::inRange(0, level_max + 1);
            const std::uint64_t end = range.size() + (std::uint64_t{1} << level);
            if (end > size_max) break;
            const Hash root = proof_test::defined_root(records(), range.size(), end);
            range.append_subtree(root, static_cast<unsigned>(level));
            while (by_leaves.size() < end) by_leaves.append(leaf_at(by_leaves.size()).hash);
            RC_ASSERT(range == by_leaves);
        }
    });
}

TEST_CASE("every leaf of every tree is proved to be in it", "[proof]") {
    for (std::uint64_t size = 1; size <= size_max; ++size) {
        for (std::uint64_t index = 0; index < size; ++index) {
            CHECK(verify_inclusion(leaf_at(index), heads()[size], inclusion(index, size)));
        }
    }
}

TEST_CASE("an altered inclusion proof proves nothing", "[proof]") {
    for (std::uint64_t size = 1; size <= size_max; ++size) {
        for (std::uint64_t index = 0; index < size; ++index) {
            const std::vector<Hash> proof = inclusion(index, size);
            const TreeHead& tree = heads()[size];
            for (const auto& other : alterations(proof)) {
                REQUIRE(field_of(verify_inclusion(leaf_at(index), tree, other)) == "hashes");
            }
            const Leaf other_record{.index = index, .hash = altered(leaf_at(index).hash)};
            REQUIRE(field_of(verify_inclusion(other_record, tree, proof)) == "hashes");
            const TreeHead other_root{.size = size, .root = altered(tree.root)};
            REQUIRE(field_of(verify_inclusion(leaf_at(index), other_root, proof)) == "hashes");
            for (std::uint64_t other = 0; other < size; ++other) {
                if (other == index) continue;
                const Leaf elsewhere{.index = other, .hash = leaf_at(index).hash};
                REQUIRE(field_of(verify_inclusion(elsewhere, tree, proof)) == "hashes");
            }
            const Leaf beyond{.index = size, .hash = leaf_at(index).hash};
            REQUIRE(field_of(verify_inclusion(beyond, tree, proof)) == "leaf_index");
        }
    }
}

TEST_CASE("every tree is proved to begin every larger one", "[proof]") {
    for (std::uint64_t second = 0; second <= size_max; ++second) {
        for (std::uint64_t first = 0; first <= second; ++first) {
            CHECK(verify_consistency(heads()[first], heads()[second], consistency(first, second)));
        }
    }
}

TEST_CASE("an altered consistency proof proves nothing", "[proof]") {
    for (std::uint64_t second = 1; second <= size_max; ++second) {
        for (std::uint64_t first = 1; first < second; ++first) {
            const std::vector<Hash> proof = consistency(first, second);
            const TreeHead& from = heads()[first];
            const TreeHead& to = heads()[second];
            for (const auto& other : alterations(proof)) {
                REQUIRE(field_of(verify_consistency(from, to, other)) == "hashes");
            }
            const TreeHead other_from{.size = first, .root = altered(from.root)};
            REQUIRE(field_of(verify_consistency(other_from, to, proof)) == "hashes");
            const TreeHead other_to{.size = second, .root = altered(to.root)};
            REQUIRE(field_of(verify_consistency(from, other_to, proof)) == "hashes");
            REQUIRE(field_of(verify_consistency(to, from, proof)) == "second");
        }
    }
}

TEST_CASE("trees of one size are consistent where they are one", "[proof]") {
    const TreeHead other{.size = 5, .root = altered(heads()[5].root)};
    CHECK(field_of(verify_consistency(heads()[5], other, {})) == "second");
    CHECK(field_of(verify_consistency(heads()[5], heads()[5], std::vector<Hash>{Hash{}})) ==
          "hashes");
    CHECK(field_of(verify_consistency({.size = 0, .root = Hash{}}, heads()[5], {})) == "first");
    CHECK(field_of(verify_consistency(heads()[0], heads()[5], std::vector<Hash>{Hash{}})) ==
          "hashes");
}

TEST_CASE("a history that was rewritten has no consistency proof", "[proof]") {
    rc::prop("whichever record was changed", [] {
        const auto first = *rc::gen::inRange<std::uint64_t>(1, size_max);
        const auto second = *rc::gen::inRange<std::uint64_t>(first, size_max + 1);
        std::vector<std::string> rewritten = records();
        rewritten[*rc::gen::inRange<std::uint64_t>(0, first)] += '!';
        const auto proof =
            consistency_proof(proof_test::hashes_of(rewritten), first, second).value();
        RC_ASSERT(!verify_consistency(heads()[first], head_of(rewritten, second), proof));
    });
}

TEST_CASE("what the hashes' source cannot read is told", "[proof]") {
    const Error unreadable{Errc::corrupt, "gone", {}};
    const SubtreeHash broken = [&](Subtree) -> Result<Hash> { return unreadable; };
    CHECK(inclusion_proof(broken, 3, 7).error() == unreadable);
    CHECK(consistency_proof(broken, 3, 7).error() == unreadable);
    CHECK(tree_root(broken, 7).error() == unreadable);
}

}  // namespace tree_proof_test
