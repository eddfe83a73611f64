#include "ledger/log_prover.h"

#include "ledger/proof/tree_proof.h"

#include <utility>

namespace ledger {
namespace {

Error not_what_was_signed(const Error& found) {
    return Error{Errc::corrupt, "the log is not what was signed: " + found.detail, {}};
}

}  // namespace

Result<log::StoredCheckpoint> LogProver::checkpoint() const {
    BOOST_OUTCOME_TRY(auto last, log::last_checkpoint(journal_));
    if (!last) return Error{Errc::not_found, "no checkpoint was signed yet", {}};
    return std::move(*last);
}

Result<proof::InclusionProof> LogProver::inclusion(log::SequenceNumber sequence,
                                                   const proof::TreeHead& tree) const {
    if (sequence > tree.size) {
        return Error{Errc::unavailable,
                     "record " + std::to_string(sequence) + " came after the checkpoint of " +
                         std::to_string(tree.size) + ": the next one has it",
                     {}};
    }
    proof::InclusionProof made;
    made.leaf_index = sequence - 1;
    made.tree_size = tree.size;
    BOOST_OUTCOME_TRY(made.record, journal_.read(sequence));
    BOOST_OUTCOME_TRY(made.hashes,
                      proof::inclusion_proof(tree_.hashes(), made.leaf_index, tree.size));
    const proof::Leaf leaf{.index = made.leaf_index, .hash = proof::leaf_hash(made.record)};
    const auto verified = proof::verify_inclusion(leaf, tree, made.hashes);
    if (!verified) return not_what_was_signed(verified.error());
    return made;
}

Result<proof::ConsistencyProof> LogProver::consistency(std::string first,
                                                       std::string second) const {
    BOOST_OUTCOME_TRY(const auto from, proof::parse_checkpoint(first));
    BOOST_OUTCOME_TRY(const auto to, proof::parse_checkpoint(second));
    const proof::TreeHead& begin = from.checkpoint.tree;
    const proof::TreeHead& end = to.checkpoint.tree;
    if (begin.size > end.size || end.size > journal_.last_sequence()) {
        return invalid_field("size", "the log has only " + std::to_string(end.size) +
                                         " signed records, the checkpoint " +
                                         std::to_string(begin.size));
    }
    BOOST_OUTCOME_TRY(auto hashes, proof::consistency_proof(tree_.hashes(), begin.size, end.size));
    const auto verified = proof::verify_consistency(begin, end, hashes);
    if (!verified) return not_what_was_signed(verified.error());
    return proof::ConsistencyProof{
        .first = std::move(first), .second = std::move(second), .hashes = std::move(hashes)};
}

}  // namespace ledger
