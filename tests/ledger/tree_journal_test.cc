#include "ledger/log/tree_journal.h"

#include "ledger/log/memory_journal.h"
#include "ledger/proof/tree_proof.h"
#include "tests/ledger/journal_fixture.h"

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace ledger::log::tree_journal_test {
namespace {

using proof::TreeHead;
using test::append_next;
using test::record_of;
using test::ScratchDirectory;

// Of the fixture's records, leaf by leaf.
TreeHead expected_head(std::uint64_t size) {
    proof::CompactRange range;
    for (std::uint64_t number = 1; number <= size; ++number) {
        range.append(proof::leaf_hash(record_of(number)));
    }
    return {.size = size, .root = range.root()};
}

std::string tree_path(const ScratchDirectory& scratch) {
    return scratch.path() + "/tree";
}

std::unique_ptr<TreeJournal> opened(Journal& below, const ScratchDirectory& scratch,
                                    const std::optional<TreeHead>& known = {}) {
    auto journal = TreeJournal::open(below, tree_path(scratch), known);
    if (!journal) FAIL(journal.error().detail);
    return std::move(journal).value();
}

void write_file(const std::string& path, const std::string& bytes) {
    std::ofstream{path, std::ios::binary | std::ios::trunc} << bytes;
}

}  // namespace

TEST_CASE("the head is the tree of all records, however they came", "[ledger]") {
    rc::prop("in any batches, opened again anywhere", [] {
        const ScratchDirectory scratch;
        MemoryJournal below;
        auto journal = opened(below, scratch);
        RC_ASSERT(journal->head() == expected_head(0));
        std::optional<TreeHead> known;
        const auto batches =
            *rc::gen::resize(8, rc::gen::container<std::vector<std::uint64_t>>(rc::gen::resize(
                                    rc::kNominalSize, rc::gen::inRange<std::uint64_t>(1, 400))));
        for (const std::uint64_t batch : batches) {
            RC_ASSERT(append_next(*journal, batch).has_value());
            const TreeHead head = journal->head();
            RC_ASSERT(head == expected_head(below.last_sequence()));
            if (batch % 3 == 0) known = head;
            if (batch % 2 == 0) journal = opened(below, scratch, known);
        }
    });
}

TEST_CASE("every whole subtree is that of its records, with tiles or without", "[ledger]") {
    const ScratchDirectory scratch;
    MemoryJournal below;
    const auto journal = opened(below, scratch);
    constexpr std::uint64_t size = 5 * tile_leaves + 7;
    REQUIRE(append_next(*journal, size));
    const auto tiles = journal->source().tiles();
    CHECK(tiles.size() == 5);
    for (const std::size_t kept : {0U, 1U, 4U, 5U}) {
        const TreeSource source{below, std::span{tiles}.first(kept)};
        for (unsigned level = 0; level <= tile_level + 2; ++level) {
            const std::uint64_t leaves = std::uint64_t{1} << level;
            for (std::uint64_t index = 0; (index + 1) * leaves <= size; index += 1 + index / 2) {
                proof::CompactRange range;
                for (std::uint64_t i = index * leaves; i < (index + 1) * leaves; ++i) {
                    range.append(proof::leaf_hash(record_of(i + 1)));
                }
                CHECK(source.subtree({.level = level, .index = index}).value() == range.root());
            }
        }
        CHECK(proof::tree_root(source.hashes(), size).value() == journal->head().root);
    }
}

TEST_CASE("whatever is missing in the file of tiles, the tree is right", "[ledger]") {
    const ScratchDirectory scratch;
    MemoryJournal below;
    REQUIRE(append_next(*opened(below, scratch), 1000));
    const TreeHead head = expected_head(1000);
    const std::vector<proof::Hash> right = read_tree_file(tree_path(scratch)).value();
    REQUIRE(right.size() == 3);
    const std::string whole = [&] {
        std::ifstream file{tree_path(scratch), std::ios::binary};
        return std::string{std::istreambuf_iterator<char>{file}, {}};
    }();
    CHECK(whole.size() == 8 + 3 * 32);
    for (const std::string& bytes : {std::string{}, whole.substr(0, 7), whole.substr(0, 8),
                                     whole.substr(0, 60), whole + whole, whole}) {
        write_file(tree_path(scratch), bytes);
        CHECK(opened(below, scratch, head)->head() == head);
        CHECK(read_tree_file(tree_path(scratch)).value() == right);
    }
    // Where no checkpoint vouches for it, it is not looked at.
    std::string altered = whole;
    altered[50] = static_cast<char>(altered[50] ^ 1);
    write_file(tree_path(scratch), altered);
    CHECK(opened(below, scratch)->head() == head);
    CHECK(read_tree_file(tree_path(scratch)).value() == right);
    // Any bit of it, where one does.
    for (std::size_t at = 0; at < whole.size(); ++at) {
        altered = whole;
        altered[at] = static_cast<char>(altered[at] ^ 1);
        write_file(tree_path(scratch), altered);
        const auto refused = TreeJournal::open(below, tree_path(scratch), head);
        REQUIRE(refused.has_error());
        CHECK(refused.error().code == Errc::corrupt);
        CHECK(refused.error().detail.find(tree_path(scratch)) != std::string::npos);
    }
}

TEST_CASE("tiles that a crash left behind the last checkpoint are hashed again", "[ledger]") {
    const ScratchDirectory scratch;
    MemoryJournal below;
    REQUIRE(append_next(*opened(below, scratch), 1000));
    std::vector<proof::Hash> tiles = read_tree_file(tree_path(scratch)).value();
    tiles[2][0] ^= 1;
    { const TreeFile file{tree_path(scratch), tiles}; }
    CHECK(opened(below, scratch, expected_head(600))->head() == expected_head(1000));
}

TEST_CASE("records that are not those that were signed are refused", "[ledger]") {
    const ScratchDirectory scratch;
    MemoryJournal below;
    REQUIRE(append_next(*opened(below, scratch), 600));
    TreeHead other = expected_head(500);
    other.root[5] ^= 1;
    const auto refused = TreeJournal::open(below, tree_path(scratch), other);
    REQUIRE(refused.has_error());
    CHECK(refused.error().code == Errc::corrupt);
    CHECK(refused.error().detail.find("500") != std::string::npos);
    const auto longer = TreeJournal::open(below, tree_path(scratch), expected_head(601));
    REQUIRE(longer.has_error());
    CHECK(longer.error().code == Errc::corrupt);
}

TEST_CASE("a failed append adds no leaf", "[ledger]") {
    const ScratchDirectory scratch;
    MemoryJournal below;
    const auto journal = opened(below, scratch);
    REQUIRE(append_next(*journal, 3));
    below.fail_next_append();
    CHECK_FALSE(append_next(*journal, 3));
    CHECK(journal->head() == expected_head(3));
}

TEST_CASE("a file that cannot be written costs nothing but time", "[ledger]") {
    MemoryJournal below;
    auto journal = TreeJournal::open(below, "/nonexistent/tree", {});
    REQUIRE(journal.has_value());
    REQUIRE(append_next(*journal.value(), 600));
    CHECK(journal.value()->head() == expected_head(600));
}

}  // namespace ledger::log::tree_journal_test
