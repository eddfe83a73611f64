#include "tools/signed_log.h"

#include "executors/http/base_url.h"
#include "ledger/log/checkpoints.h"
#include "ledger/proof/tree_proof.h"
#include "ledger/replication/state_codec.h"
#include "tools/audit_files.h"
#include "tools/checkpoint_keys.h"
#include "tools/progress.h"

#include <filesystem>
#include <utility>

namespace tools {

using boost::outcome_v2::success;
using ledger::Result;
using ledger::log::StoredCheckpoint;
using ledger::log::TreeJournal;
using ledger::proof::SignerKey;

namespace {

Result<void> check_signature(const StoredCheckpoint& last, const DataPaths& paths) {
    BOOST_OUTCOME_TRY(const auto keys, read_verifiers(paths.checkpoint_keys()));
    const auto verified = ledger::proof::verify_note(last.read.note, keys);
    if (verified) return success();
    return ledger::Error{ledger::Errc::corrupt,
                         "the checkpoint at " + std::to_string(last.sequence) +
                             ": the signature: " + verified.error().detail + " (" +
                             paths.checkpoint_keys() + ")",
                         {}};
}

Result<void> check_witness(const std::string& witness) {
    if (!is_url(witness)) return success();
    const auto url = executors::parse_base_url(witness);
    if (!url) return ledger::invalid_field("audit.witness", url.error().detail);
    return success();
}

// Whoever put the log back to an earlier day, or wrote another, may have left the copy.
Result<void> check_copy(const DataPaths& paths, const TreeJournal& tree) {
    const std::string path = paths.checkpoint();
    if (!std::filesystem::exists(path)) return success();
    const auto wrong = [&](const std::string& what) {
        return ledger::Error{ledger::Errc::corrupt, path + ": " + what, {}};
    };
    BOOST_OUTCOME_TRY(const auto keys, read_verifiers(paths.checkpoint_keys()));
    BOOST_OUTCOME_TRY(const std::string text, read_text_file(path));
    const auto read = ledger::proof::verified_checkpoint(text, keys);
    if (!read) return wrong(read.error().field + ": " + read.error().detail);
    const ledger::proof::TreeHead& signed_tree = read.value().tree;
    const std::string records = std::to_string(signed_tree.size) + " records";
    if (signed_tree.size > tree.head().size) {
        return wrong("it is of " + records + ", the log has only " +
                     std::to_string(tree.head().size) + ": it was put back to an earlier day");
    }
    BOOST_OUTCOME_TRY(const auto root,
                      ledger::proof::tree_root(tree.source().hashes(), signed_tree.size));
    if (root == signed_tree.root) return success();
    return wrong("its root is not that of the first " + records + ": they were changed");
}

}  // namespace

ledger::proof::States as_states(std::uint64_t sequence,
                                const std::vector<projections::Digest>& digests) {
    ledger::proof::States states;
    states.sequence = sequence;
    states.version = std::to_string(ledger::replication::state_version) + '.' +
                     std::to_string(projections::view_version);
    for (const auto& [projection, digest] : digests) {
        states.digests.push_back({std::string{projection}, {digest.begin(), digest.end()}});
    }
    return states;
}

Result<std::unique_ptr<SignedLog>> SignedLog::open(ledger::log::RocksdbJournal& journal,
                                                   const DataPaths& paths,
                                                   const std::string& witness) {
    BOOST_OUTCOME_TRYV(check_witness(witness));
    BOOST_OUTCOME_TRY(const auto last, ledger::log::last_checkpoint(journal));
    BOOST_OUTCOME_TRY(SignerKey key, open_or_create_signer(paths));
    std::optional<ledger::proof::TreeHead> known;
    if (last) {
        BOOST_OUTCOME_TRYV(check_signature(*last, paths));
        known = last->read.checkpoint.tree;
    }
    ProgressBar bar{"hashing the log"};
    BOOST_OUTCOME_TRY(auto tree,
                      TreeJournal::open(journal, paths.tree(), known,
                                        [&](auto done, auto total) { bar.update(done, total); }));
    BOOST_OUTCOME_TRYV(check_copy(paths, *tree));
    auto log = std::make_unique<SignedLog>(std::move(tree), std::move(key), paths, witness);
    if (last) {
        log->signed_to_ = last->sequence;
        log->signed_states_ = last->read.checkpoint.states;
    }
    return log;
}

SignedLog::SignedLog(std::unique_ptr<TreeJournal> tree, SignerKey key, DataPaths paths,
                     const std::string& witness)
    : tree_(std::move(tree)),
      key_(std::move(key)),
      paths_(std::move(paths)),
      copy_(paths_.checkpoint(), witness) {}

Result<void> SignedLog::begin_signing(ledger::Sequencer& sequencer) {
    notary_.emplace(sequencer, *tree_, std::move(*key_), signed_to_,
                    [this](const std::string& note) { return copy_.write(note); });
    key_.reset();
    BOOST_OUTCOME_TRY(auto next, next_signer(paths_));
    if (!next) return success();
    // Its word is good before it is given, and the old key is given up only after.
    BOOST_OUTCOME_TRYV(trust(paths_, next->verifier()));
    BOOST_OUTCOME_TRYV(notary_->hand_over(std::move(*next)));
    return promote_next_signer(paths_);
}

}  // namespace tools
