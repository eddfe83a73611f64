#include "tools/audit_verify.h"

#include "ledger/log/index_check.h"
#include "ledger/log/tree_file.h"
#include "ledger/log/tree_source.h"
#include "ledger/log_verifier.h"
#include "projections/snapshot.h"
#include "tools/progress.h"
#include "tools/signed_log.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <variant>

namespace tools {

using ledger::Errc;
using ledger::Error;
using ledger::Event;
using ledger::Result;
using ledger::log::Journal;

namespace {

using ledger::proof::States;

std::string record_name(std::uint64_t sequence) {
    return "record " + std::to_string(sequence);
}

// What the checkpoint at `record` says.
struct SignedStates {
    std::uint64_t record;
    States states;
};

// One reading of the log, from its first record to its last.
class Verification {
  public:
    Verification(const Journal& journal, const DataPaths& paths,
                 std::vector<ledger::proof::VerifierKey> keys, const Beside& beside)
        : journal_(journal), paths_(paths), beside_(beside), verifier_(std::move(keys)) {}

    Result<VerifiedLog> run();

  private:
    Result<void> begin();
    Result<void> read_log(std::uint64_t last);
    void visit(std::uint64_t sequence, std::string_view record);
    void read_tiles();
    void check_tile();
    void check_kept();
    void keep_states(const Event& event);
    Result<void> check_folds();
    void check_snapshot(const std::string& path, const projections::LedgerView& view);
    void check_states(const SignedStates& said, const projections::LedgerView& view);
    void find(std::string where, std::string what);
    void find_in(std::uint64_t sequence, std::string_view detail);

    const Journal& journal_;
    const DataPaths& paths_;
    const Beside& beside_;
    ledger::LogVerifier verifier_;
    std::vector<ledger::proof::Hash> tiles_;
    ledger::proof::CompactRange tile_;
    std::multimap<std::uint64_t, std::string> snapshots_;  // paths, by sequence
    std::multimap<std::uint64_t, SignedStates> states_;    // by the sequence they are of
    bool whole_ = true;                                    // no record was missing so far
    VerifiedLog out_;
};

Result<VerifiedLog> Verification::run() {
    const std::uint64_t last = journal_.last_sequence();
    BOOST_OUTCOME_TRYV(begin());
    BOOST_OUTCOME_TRYV(read_log(last));
    for (const KeptCheckpoint& kept : beside_.checkpoints) {
        if (kept.checkpoint.tree.size <= last) continue;
        find(kept.where, "it is of " + std::to_string(kept.checkpoint.tree.size) +
                             " records, the log has only " + std::to_string(last));
    }
    for (const auto& snapshot : beside_.snapshots) {
        if (snapshot.sequence <= last) continue;
        find(snapshot.path, "it is of record " + std::to_string(snapshot.sequence) +
                                ", the log has only " + std::to_string(last));
    }
    // Only what is known to be what was signed is folded again.
    if (out_.findings.empty()) {
        BOOST_OUTCOME_TRYV(check_folds());
    }
    out_.first = journal_.first_sequence();
    out_.records = last;
    out_.checkpoints = verifier_.checkpoints();
    out_.copies = beside_.checkpoints.size();
    return std::move(out_);
}

// What stands before the first record that can be read is believed until a checkpoint speaks of it.
Result<void> Verification::begin() {
    read_tiles();
    if (!out_.findings.empty() && journal_.first_sequence() > 1) {
        // There is nothing left that the records could be compared with.
        whole_ = false;
        return boost::outcome_v2::success();
    }
    BOOST_OUTCOME_TRY(auto before, ledger::log::tree_before_journal(journal_, tiles_));
    for (const KeptCheckpoint& kept : beside_.checkpoints) {
        if (kept.checkpoint.tree.size >= before.size()) continue;
        // No one can say whether it is right without what it is of.
        BOOST_OUTCOME_TRYV(journal_.read(1));
    }
    verifier_.begin_after(std::move(before));
    check_kept();
    return boost::outcome_v2::success();
}

Result<void> Verification::read_log(std::uint64_t last) {
    ProgressBar bar{"verifying"};
    for (std::uint64_t next = journal_.first_sequence();
         next <= last && out_.findings.size() < findings_max;) {
        const auto scanned = journal_.scan(next, last, [&](std::uint64_t sequence, auto record) {
            visit(sequence, record);
            next = sequence + 1;
            bar.update(sequence, last);
            return out_.findings.size() < findings_max;
        });
        if (scanned) continue;
        if (scanned.error().code != Errc::corrupt) return scanned.error();
        // What follows a record that is gone has other hashes: it is read, and no longer compared.
        find(record_name(next), scanned.error().detail);
        whole_ = false;
        ++next;
    }
    return boost::outcome_v2::success();
}

void Verification::find(std::string where, std::string what) {
    if (out_.findings.size() >= findings_max) return;
    out_.findings.push_back({.where = std::move(where), .what = std::move(what)});
}

// `detail` begins with the record's name.
void Verification::find_in(std::uint64_t sequence, std::string_view detail) {
    const std::string place = record_name(sequence) + ": ";
    if (detail.starts_with(place)) detail.remove_prefix(place.size());
    find(record_name(sequence), std::string{detail});
}

void Verification::visit(std::uint64_t sequence, std::string_view record) {
    if (!whole_) return;
    const auto event = verifier_.add(sequence, record);
    tile_.append(verifier_.leaf());
    check_tile();
    check_kept();
    if (!event) return find_in(sequence, event.error().detail);
    const auto indexed = ledger::log::check_index(journal_, event.value());
    if (!indexed) find_in(sequence, indexed.error().detail);
    keep_states(event.value());
}

void Verification::read_tiles() {
    auto read = ledger::log::read_tree_file(paths_.tree());
    if (!read) return find("tree", read.error().detail);
    tiles_ = std::move(read).value();
}

void Verification::check_tile() {
    if (tile_.size() < ledger::log::tile_leaves) return;
    const std::uint64_t index = verifier_.tree().size() / ledger::log::tile_leaves - 1;
    if (index < tiles_.size() && tiles_[index] != tile_.root()) {
        find("tree", "the hash of the 256 records up to " +
                         std::to_string(verifier_.tree().size()) + " is another");
    }
    tile_ = {};
}

void Verification::check_kept() {
    for (const KeptCheckpoint& kept : beside_.checkpoints) {
        const auto& tree = kept.checkpoint.tree;
        if (tree.size != verifier_.tree().size() || tree.root == verifier_.tree().root()) continue;
        find(kept.where, "its root is not that of the first " + std::to_string(tree.size) +
                             " records: they were changed");
    }
}

void Verification::keep_states(const Event& event) {
    const auto* signed_note = std::get_if<ledger::CheckpointSigned>(&event.payload);
    if (signed_note == nullptr) return;
    auto read = ledger::proof::parse_checkpoint(signed_note->note);
    if (!read) return;
    auto& checkpoint = read.value().checkpoint;
    // Another version's digests are of bytes that this one does not make.
    if (checkpoint.states.version != as_states(0, {}).version) return;
    if (checkpoint.states.digests.empty()) return;
    const std::uint64_t sequence = checkpoint.states.sequence;
    states_.emplace(sequence, SignedStates{event.sequence, std::move(checkpoint.states)});
}

// The log folded once more, and held against what snapshots and checkpoints say of it.
Result<void> Verification::check_folds() {
    std::set<std::uint64_t> stops;
    for (const auto& [sequence, said] : states_) stops.insert(sequence);
    for (const auto& snapshot : beside_.snapshots) {
        snapshots_.emplace(snapshot.sequence, snapshot.path);
        stops.insert(snapshot.sequence);
    }
    auto beginning = load_beginning(journal_, paths_);
    if (!beginning) {
        if (beginning.error().code != Errc::corrupt) return beginning.error();
        find(paths_.base(), beginning.error().detail);
        return boost::outcome_v2::success();
    }
    projections::LedgerView view = std::move(beginning).value();
    ProgressBar bar{"folding"};
    for (const std::uint64_t stop : stops) {
        if (stop < view.sequence()) continue;
        BOOST_OUTCOME_TRYV(fold(journal_, stop, view, [&](auto done, auto) {
            bar.update(done, journal_.last_sequence());
        }));
        const auto [snapshot, last_snapshot] = snapshots_.equal_range(stop);
        for (auto at = snapshot; at != last_snapshot; ++at) check_snapshot(at->second, view);
        const auto [said, last_said] = states_.equal_range(stop);
        for (auto at = said; at != last_said; ++at) check_states(at->second, view);
    }
    return boost::outcome_v2::success();
}

void Verification::check_snapshot(const std::string& path, const projections::LedgerView& view) {
    const auto stored = projections::read_snapshot(path);
    // One that a running ledger has removed meanwhile is no longer there to be wrong.
    if (!stored && stored.error().code != Errc::corrupt) return;
    ++out_.snapshots;
    if (!stored) return find(path, stored.error().detail);
    const auto kept = stored.value().digests();
    const auto folded = view.digests();
    for (std::size_t i = 0; i < folded.size(); ++i) {
        if (i < kept.size() && kept[i].digest == folded[i].digest) continue;
        find(path, "it does not hold what the log says of " + std::string{folded[i].projection});
    }
}

void Verification::check_states(const SignedStates& said, const projections::LedgerView& view) {
    const auto& digests = said.states.digests;
    ++out_.states;
    for (const auto& folded : view.digests()) {
        const auto signed_digest =
            std::ranges::find(digests, folded.projection, &ledger::proof::StateDigest::projection);
        if (signed_digest != digests.end() &&
            std::ranges::equal(signed_digest->digest, folded.digest))
            continue;
        find(record_name(said.record), "the checkpoint's digest after record " +
                                           std::to_string(view.sequence()) + " is not that of " +
                                           std::string{folded.projection});
    }
}

}  // namespace

Result<VerifiedLog> verify_log(const Journal& journal, const DataPaths& paths,
                               std::vector<ledger::proof::VerifierKey> keys, const Beside& beside) {
    return Verification{journal, paths, std::move(keys), beside}.run();
}

}  // namespace tools
