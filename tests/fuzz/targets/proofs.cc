// A file that somebody offers as a proof, to be checked away from the log.
#include "ledger/proof/proof_file.h"
#include "tests/fuzz/genuine_log.h"
#include "tests/fuzz/target.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace fuzz {

namespace {

using ledger::proof::InclusionProof;
using ledger::proof::TreeHead;
using ledger::proof::VerifierKey;

using Keys = std::array<VerifierKey, 1>;

void check_head(const TreeHead& tree) {
    law(std::ranges::count(genuine_log().heads, tree) == 1, "only what was signed is verified");
}

void check_record(const InclusionProof& proof) {
    const auto& records = genuine_log().records;
    law(proof.leaf_index < records.size() && proof.record == records[proof.leaf_index],
        "only a record of the log is in it");
}

Input take_line(Input& rest) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const Input line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return line;
}

void check_bundle(Input header, Input rest, const Keys& keys) {
    auto bundle = ledger::proof::BundleChecker::begin(header, keys);
    if (!bundle) return;
    check_head(bundle.value().checkpoint().tree);
    std::optional<std::uint64_t> last;
    while (!rest.empty()) {
        const auto proof = bundle.value().check(take_line(rest));
        if (!proof) return;
        check_record(proof.value());
        law(!last || *last < proof.value().leaf_index, "each event comes once, in order");
        last = proof.value().leaf_index;
    }
}

}  // namespace

void proofs(Input input) {
    const Keys keys{genuine_log().key};
    Input rest = input;
    const Input line = take_line(rest);
    if (const auto key = VerifierKey::parse(line)) {
        law(key.value().text() == line, "a key that was read is written as the same");
    }
    if (const auto checkpoint = ledger::proof::verified_checkpoint(input, keys)) {
        check_head(checkpoint.value().tree);
    }
    if (const auto inclusion = ledger::proof::check_inclusion(line, keys)) {
        check_head(inclusion.value().checkpoint.tree);
        check_record(inclusion.value().proof);
    }
    if (const auto consistency = ledger::proof::check_consistency(line, keys)) {
        check_head(consistency.value().first.tree);
        check_head(consistency.value().second.tree);
    }
    check_bundle(line, rest, keys);
}

}  // namespace fuzz
