#include "ledger/proof/proof_file.h"

#include "ledger/text/json_value.h"
#include "tests/proof/sample_log.h"

#include <cstdint>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace proof_file_test {

namespace {

using namespace ledger::proof;
using ledger::Errc;
using ledger::Result;
using proof_test::SampleLog;

const SampleLog& sample() {
    static const SampleLog log{21};
    return log;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != text.npos);
    return text.replace(at, from.size(), to);
}

template <class Checked>
std::string fault_of(const Result<Checked>& result) {
    if (result) return "none";
    CHECK(result.error().code == Errc::invalid_input);
    CHECK_FALSE(result.error().detail.empty());
    return result.error().field;
}

std::string inclusion_fault(const std::string& json) {
    return fault_of(check_inclusion(json, sample().keys()));
}

std::string consistency_fault(const std::string& json) {
    return fault_of(check_consistency(json, sample().keys()));
}

// Of the first line at fault, with its number.
std::string bundle_fault(const std::vector<std::string>& lines) {
    auto bundle = BundleChecker::begin(lines.front(), sample().keys());
    if (!bundle) return fault_of(bundle);
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const auto checked = bundle.value().check(lines[i]);
        if (!checked) return std::to_string(i) + " " + fault_of(checked);
    }
    return "none";
}

bool holds(const std::string& file) {
    const auto kind = proof_kind(file);
    if (!kind) return false;
    switch (kind.value()) {
        case ProofKind::inclusion:
            return check_inclusion(file, sample().keys()).has_value();
        case ProofKind::consistency:
            return check_consistency(file, sample().keys()).has_value();
        case ProofKind::checkpoint:
        case ProofKind::bundle:
            break;
    }
    return false;
}

}  // namespace

TEST_CASE("an inclusion proof has the form that the interfaces say", "[proof]") {
    const InclusionProof proof{
        .leaf_index = 41, .tree_size = 100, .record = "abc", .hashes = {empty_tree_hash()}};
    CHECK(
        inclusion_json(proof, "text\n") ==
        R"({"type":"copyledger/inclusion-v1","leaf_index":"41","tree_size":"100","record":"YWJj",)"
        R"("hashes":["47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="],"checkpoint":"text\n"})");
    CHECK(bundle_line_json({.leaf_index = 0, .tree_size = 1, .record = "", .hashes = {}}) ==
          R"({"type":"copyledger/inclusion-v1","leaf_index":"0","tree_size":"1","record":"",)"
          R"("hashes":[]})");
    CHECK(consistency_json({.first = "a", .second = "b", .hashes = {}}) ==
          R"({"type":"copyledger/consistency-v1","first":"a","second":"b","hashes":[]})");
    CHECK(bundle_header_json("C\"1", "a") ==
          R"({"type":"copyledger/bundle-v1","account":"C\"1","checkpoint":"a"})");
}

TEST_CASE("what a log proves is checked without it", "[proof]") {
    const auto& log = sample();
    rc::prop("inclusion", [&] {
        const auto size = *rc::gen::inRange<std::uint64_t>(1, 22);
        const auto index = *rc::gen::inRange<std::uint64_t>(0, size);
        const auto checked = check_inclusion(log.inclusion_file(index, size), log.keys());
        RC_ASSERT(checked.has_value());
        RC_ASSERT(checked.value().checkpoint == log.checkpoint(size));
        RC_ASSERT(checked.value().proof == log.inclusion(index, size));
    });
    rc::prop("consistency", [&] {
        const auto second = *rc::gen::inRange<std::uint64_t>(0, 22);
        const auto first = *rc::gen::inRange<std::uint64_t>(0, second + 1);
        const auto checked = check_consistency(log.consistency_file(first, second), log.keys());
        RC_ASSERT(checked.has_value());
        RC_ASSERT(checked.value().first == log.checkpoint(first));
        RC_ASSERT(checked.value().second == log.checkpoint(second));
    });
}

TEST_CASE("a bundle's events are checked one by one", "[proof]") {
    const std::vector<std::uint64_t> indices{0, 3, 20};
    const auto lines = sample().bundle(indices, 21);
    auto bundle = BundleChecker::begin(lines[0], sample().keys()).value();
    CHECK(bundle.account() == "C0042");
    CHECK(bundle.checkpoint() == sample().checkpoint(21));
    for (std::size_t i = 0; i < indices.size(); ++i) {
        CHECK(bundle.check(lines[i + 1]).value() == sample().inclusion(indices[i], 21));
    }
}

TEST_CASE("a bundle with a line of another log, twice or out of order is refused", "[proof]") {
    const auto lines = sample().bundle({2, 3, 4}, 21);
    CHECK(bundle_fault(lines) == "none");
    CHECK(bundle_fault({lines[0], lines[2], lines[1]}) == "2 leaf_index");
    CHECK(bundle_fault({lines[0], lines[1], lines[1]}) == "2 leaf_index");
    const auto smaller = sample().bundle({2}, 20);
    CHECK(bundle_fault({lines[0], smaller[1]}) == "1 tree_size");
    CHECK(bundle_fault({lines[0], sample().inclusion_file(2, 21)}) == "1 checkpoint");
    CHECK(bundle_fault({lines[0], replaced(lines[1], "\"21\"", "\"20\"")}) == "1 tree_size");
    CHECK(bundle_fault({lines[1]}) == "type");
    CHECK(bundle_fault({replaced(lines[0], "account", "acount")}) == "acount");
}

TEST_CASE("every fault of an inclusion proof is named", "[proof]") {
    const std::string good = sample().inclusion_file(5, 21);
    CHECK(inclusion_fault(good) == "none");
    CHECK(inclusion_fault("[1]").empty());
    CHECK(inclusion_fault("{").empty());
    CHECK(inclusion_fault("{}") == "type");
    CHECK(inclusion_fault(replaced(good, "inclusion-v1", "inclusion-v2")) == "type");
    CHECK(inclusion_fault(replaced(good, "\"leaf_index\"", "\"leaf\"")) == "leaf");
    CHECK(inclusion_fault(replaced(good, "\"leaf_index\":\"5\",", "")) == "leaf_index");
    CHECK(inclusion_fault(replaced(good, "\"5\"", "5")) == "leaf_index");
    CHECK(inclusion_fault(replaced(good, "\"5\"", "\"05\"")) == "leaf_index");
    CHECK(inclusion_fault(replaced(good, "\"5\"", "\"21\"")) == "leaf_index");
    CHECK(inclusion_fault(replaced(good, "\"5\"", "\"6\"")) == "hashes");
    CHECK(inclusion_fault(replaced(good, "\"tree_size\":\"21\"", "\"tree_size\":\"22\"")) ==
          "tree_size");
    CHECK(inclusion_fault(replaced(good, "\"record\":\"", "\"record\":\"*")) == "record");
    CHECK(inclusion_fault(replaced(good, "\"record\":\"", "\"record\":\"AAAA")) == "hashes");
    CHECK(inclusion_fault(replaced(good, "\"hashes\":[", "\"hashes\":[1,")) == "hashes");
    CHECK(inclusion_fault(replaced(good, "\"hashes\":[", "\"hashes\":[\"AAAA\",")) == "hashes");
    CHECK(inclusion_fault(replaced(good, "\"checkpoint\":\"copy", "\"checkpoint\":\"c")) ==
          "checkpoint.signature");
    CHECK(inclusion_fault(replaced(good, "\\n21\\n", "\\n21x\\n")) == "checkpoint.size");
    CHECK(inclusion_fault(replaced(good, "\\n\\n", "\\n")) == "checkpoint.note");
    CHECK(fault_of(check_inclusion(good, {})) == "checkpoint.signature");
}

TEST_CASE("every fault of a consistency proof is named", "[proof]") {
    const std::string good = sample().consistency_file(6, 21);
    CHECK(consistency_fault(good) == "none");
    CHECK(consistency_fault(sample().inclusion_file(5, 21)) == "type");
    CHECK(consistency_fault(replaced(good, "\\n6\\n", "\\n7\\n")) == "first.signature");
    CHECK(consistency_fault(replaced(good, "\\n21\\n", "\\n20\\n")) == "second.signature");
    CHECK(consistency_fault(replaced(good, "\"hashes\":[", "\"hashes\":[\"\",")) == "hashes");
    const std::string backwards = consistency_json({.first = sample().checkpoint_note(21),
                                                    .second = sample().checkpoint_note(6),
                                                    .hashes = {}});
    CHECK(consistency_fault(backwards) == "second");
    Checkpoint other = sample().checkpoint(21);
    other.origin = "another.example/log";
    const std::string mixed = consistency_json({.first = sample().checkpoint_note(21),
                                                .second = sign_checkpoint(other, sample().key()),
                                                .hashes = {}});
    CHECK(consistency_fault(mixed) == "second");
}

TEST_CASE("what a file is stands in its first line", "[proof]") {
    CHECK(proof_kind(sample().inclusion_file(0, 1)).value() == ProofKind::inclusion);
    CHECK(proof_kind(sample().consistency_file(0, 1)).value() == ProofKind::consistency);
    CHECK(proof_kind(sample().bundle({}, 1)[0]).value() == ProofKind::bundle);
    CHECK(proof_kind("copyledger.example/log").value() == ProofKind::checkpoint);
    CHECK(fault_of(proof_kind("{}")) == "type");
    CHECK(fault_of(proof_kind(R"({"type":"x"})")) == "type");
}

TEST_CASE("sizes are bounded", "[proof]") {
    const std::string good = sample().inclusion_file(5, 21);
    std::string hashes;
    for (int i = 0; i < 66; ++i) {
        hashes += "\"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\",";
    }
    CHECK(inclusion_fault(replaced(good, "\"hashes\":[", "\"hashes\":[" + hashes)) == "hashes");
    CHECK(inclusion_fault(replaced(good, "\"record\":\"",
                                   "\"record\":\"" + std::string(std::size_t{9} << 20, 'A')))
              .empty());
}

TEST_CASE("a proof with one byte changed does not hold", "[proof]") {
    const std::string whole =
        GENERATE(sample().inclusion_file(5, 21), sample().consistency_file(6, 21));
    REQUIRE(holds(whole));
    for (std::size_t i = 0; i < whole.size(); ++i) {
        for (const int change : {1, 2, 4, 8, 0x10, 0x20, 0x40, 0x80}) {
            std::string bad = whole;
            bad[i] = static_cast<char>(bad[i] ^ change);
            if (holds(bad)) FAIL_CHECK("byte " << i << " changed by " << change);
        }
        std::string shorter = whole;
        shorter.erase(i, 1);
        if (holds(shorter)) FAIL_CHECK("without byte " << i);
    }
}

}  // namespace proof_file_test
