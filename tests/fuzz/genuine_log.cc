#include "tests/fuzz/genuine_log.h"

#include "ledger/proof/compact_range.h"
#include "ledger/proof/proof_file.h"
#include "ledger/proof/tree_proof.h"

#include <cstdint>
#include <utility>

namespace fuzz {

namespace {

using ledger::Result;
using ledger::proof::CompactRange;
using ledger::proof::Hash;
using ledger::proof::InclusionProof;
using ledger::proof::SignerKey;
using ledger::proof::Subtree;
using ledger::proof::TreeHead;

constexpr std::uint64_t first_size = 5;
constexpr std::uint64_t second_size = 13;

SignerKey signer() {
    SignerKey::Seed seed{};
    seed.fill(0x5a);
    return {"genuine.example/log", seed};
}

std::string record_at(std::uint64_t index) {
    return "record " + std::to_string(index);
}

Hash root_of(std::uint64_t begin, std::uint64_t end) {
    CompactRange range;
    for (std::uint64_t i = begin; i < end; ++i) {
        range.append(ledger::proof::leaf_hash(record_at(i)));
    }
    return range.root();
}

Result<Hash> subtree(Subtree place) {
    const std::uint64_t leaves = std::uint64_t{1} << place.level;
    return root_of(place.index * leaves, (place.index + 1) * leaves);
}

std::string checkpoint_of(std::uint64_t size) {
    const SignerKey key = signer();
    return ledger::proof::sign_checkpoint({.origin = key.verifier().name(),
                                           .tree = {.size = size, .root = root_of(0, size)},
                                           .states = {}},
                                          key);
}

InclusionProof inclusion_of(std::uint64_t index) {
    return {.leaf_index = index,
            .tree_size = second_size,
            .record = record_at(index),
            .hashes = ledger::proof::inclusion_proof(subtree, index, second_size).value()};
}

GenuineLog make_log() {
    GenuineLog log{.key = signer().verifier(),
                   .records = {},
                   .heads = {TreeHead{.size = first_size, .root = root_of(0, first_size)},
                             TreeHead{.size = second_size, .root = root_of(0, second_size)}}};
    for (std::uint64_t i = 0; i < second_size; ++i) log.records.push_back(record_at(i));
    return log;
}

}  // namespace

const GenuineLog& genuine_log() {
    static const GenuineLog log = make_log();
    return log;
}

std::vector<Seed> proof_seeds() {
    const std::string first = checkpoint_of(first_size);
    const std::string second = checkpoint_of(second_size);
    std::string bundle = ledger::proof::bundle_header_json("F1", second) + '\n';
    for (const std::uint64_t index : {0U, 4U, 12U}) {
        bundle += ledger::proof::bundle_line_json(inclusion_of(index)) + '\n';
    }
    const auto consistency =
        ledger::proof::consistency_proof(subtree, first_size, second_size).value();
    return {{"key", genuine_log().key.text()},
            {"checkpoint", first},
            {"inclusion", ledger::proof::inclusion_json(inclusion_of(7), second) + '\n'},
            {"consistency", ledger::proof::consistency_json(
                                {.first = first, .second = second, .hashes = consistency}) +
                                '\n'},
            {"bundle", bundle}};
}

}  // namespace fuzz
