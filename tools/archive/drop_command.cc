// `archive drop`: the log does without the records that an archive holds. Nothing is deleted before
// all that takes their place is on the disk: the archive, their hashes, the state after them, and
// the signed word of the log itself.
#include "ledger/base/kill_point.h"
#include "ledger/log/tree_file.h"
#include "ledger/proof/base64.h"
#include "ledger/proof/tree_proof.h"
#include "ledger/text/rfc3339.h"
#include "projections/snapshot.h"
#include "tools/archive/archive_command.h"
#include "tools/archive/retention.h"
#include "tools/config.h"
#include "tools/data_directory.h"
#include "tools/kill_setting.h"
#include "tools/open_log.h"
#include "tools/progress.h"
#include "tools/signed_log.h"
#include "tools/submit_now.h"
#include "tools/system_ports.h"

#include <filesystem>
#include <span>
#include <system_error>
#include <utility>

namespace tools {

using boost::outcome_v2::success;
using ledger::Errc;
using ledger::Error;
using ledger::KillPoint;
using ledger::RecordsArchived;
using ledger::Result;
using ledger::log::RocksdbJournal;
using projections::LedgerView;

namespace {

// In whole tiles, so that the tree of what is dropped needs none of its records.
std::uint64_t droppable(const VerifiedArchive& archive) {
    return archive.tree.size - archive.tree.size % ledger::log::tile_leaves;
}

Error not_allowed(std::string detail) {
    return Error{Errc::not_allowed, std::move(detail), "FILE"};
}

Result<void> check_retention(const RocksdbJournal& journal, std::uint64_t through,
                             std::uint32_t years) {
    BOOST_OUTCOME_TRY(const ledger::Event youngest, read_event(journal, through));
    const std::int64_t from_ns = droppable_from_ns(youngest.recorded_at_ns, years);
    if (SystemClock{}.now_ns() >= from_ns) return success();
    return not_allowed("holds what was recorded until " +
                       ledger::text::format_rfc3339(youngest.recorded_at_ns) +
                       "; ledger.retention_years is " + std::to_string(years) +
                       ": it may be dropped from " + ledger::text::format_rfc3339(from_ns) + " on");
}

Result<void> check_archive(const RocksdbJournal& journal, const ledger::log::TreeJournal& tree,
                           const VerifiedArchive& archive) {
    const std::uint64_t through = droppable(archive);
    if (archive.tree.size >= journal.last_sequence()) return not_allowed("is of another log");
    BOOST_OUTCOME_TRY(const auto root,
                      ledger::proof::tree_root(tree.source().hashes(), archive.tree.size));
    if (root != archive.tree.root) return not_allowed("is of another log");
    if (through == 0) return not_allowed("holds too few records to drop any");
    if (through <= journal.archived().through) {
        return not_allowed("holds nothing that was not dropped already");
    }
    return success();
}

// The hashes that a start will read.
Result<void> check_tiles(const std::string& path, const ledger::log::TreeSource& tree,
                         std::uint64_t through) {
    BOOST_OUTCOME_TRY(const auto kept, ledger::log::read_tree_file(path));
    const auto known = tree.tiles();
    const std::size_t needed = through / ledger::log::tile_leaves;
    const bool held =
        kept.size() >= needed && known.size() >= needed &&
        std::ranges::equal(std::span{kept}.first(needed), std::span{known}.first(needed));
    if (held) return success();
    return Error{Errc::storage_failed, path + " does not hold the hashes of the records", {}};
}

// What a dropped beginning leaves behind is of no use once more is dropped.
void remove_older_bases(const DataPaths& paths, std::uint64_t through) {
    std::error_code ignored;
    for (const auto& base : projections::list_snapshots(paths.base())) {
        if (base.sequence < through) std::filesystem::remove(base.path, ignored);
    }
}

// A log that is open for writing, and what is to be dropped from it.
struct Dropping {
    RocksdbJournal& journal;
    SignedLog& log;
    const DataPaths& paths;
    const VerifiedArchive& archive;
    const ledger::replication::Policy& policy;

    [[nodiscard]] std::uint64_t through() const { return droppable(archive); }

    [[nodiscard]] Result<LedgerView> write_base(ledger::proof::States& states) const;
    [[nodiscard]] Result<void> record(const LedgerView& view, ledger::proof::States states) const;
};

// The state after the last record that goes; gives the state of today.
Result<LedgerView> Dropping::write_base(ledger::proof::States& states) const {
    ProgressBar bar{"folding the log"};
    const FoldProgress progress = [&](auto done, auto) {
        bar.update(done, journal.last_sequence());
    };
    BOOST_OUTCOME_TRY(LedgerView view, load_view(journal, paths, through(), progress));
    states = as_states(through(), view.digests());
    const auto base = projections::write_snapshot(view, paths.base());
    if (!base) return Error{Errc::storage_failed, base.error().detail, {}};
    BOOST_OUTCOME_TRYV(fold(journal, journal.last_sequence(), view, progress));
    return view;
}

// The log's own word, signed together with what the projections held.
Result<void> Dropping::record(const LedgerView& view, ledger::proof::States states) const {
    const SystemClock clock;
    ledger::Sequencer sequencer{log.journal(), clock, view.state(), policy};
    BOOST_OUTCOME_TRYV(log.begin_signing(sequencer));
    ledger::Command command;
    command.actor = "cli";
    command.payload =
        ledger::ArchiveRecords{{.through = through(),
                                .archive_records = archive.tree.size,
                                .archive_root = ledger::proof::to_base64(archive.tree.root)}};
    BOOST_OUTCOME_TRYV(submit_now(sequencer, std::move(command)));
    log.notary().keep(std::move(states));
    BOOST_OUTCOME_TRYV(log.notary().sign());
    return journal.sync_head();
}

}  // namespace

Result<ExitCode> run_archive_drop(const ArchiveOptions& options) {
    BOOST_OUTCOME_TRYV(heed_kill_setting());
    BOOST_OUTCOME_TRY(const Config config, load_config(options.config_path));
    BOOST_OUTCOME_TRY(auto keys, believed_keys_of(options));
    BOOST_OUTCOME_TRY(const auto archive, verify_archive(options.file, std::move(keys)));
    const DataPaths paths{options.data};
    BOOST_OUTCOME_TRY(const auto journal, open_log_to_write(options.data, true));
    BOOST_OUTCOME_TRY(const auto log, SignedLog::open(*journal, paths, config.witness));
    BOOST_OUTCOME_TRYV(check_archive(*journal, log->journal(), archive));
    BOOST_OUTCOME_TRYV(check_retention(*journal, droppable(archive), config.retention_years));
    const Dropping dropping{*journal, *log, paths, archive, config.policy};
    ledger::proof::States states;
    BOOST_OUTCOME_TRY(const LedgerView view, dropping.write_base(states));
    log->journal().sync_file();
    BOOST_OUTCOME_TRYV(check_tiles(paths.tree(), log->journal().source(), dropping.through()));
    BOOST_OUTCOME_TRYV(dropping.record(view, std::move(states)));
    ledger::reached(KillPoint::records_archived);
    BOOST_OUTCOME_TRYV(journal->drop_archived());
    remove_older_bases(paths, dropping.through());
    projections::Row row;
    row.text("file", options.file)
        .text("dropped_to", std::to_string(dropping.through()))
        .text("last", std::to_string(journal->last_sequence()));
    const auto printer = RowPrinter::make(options.output, stdout);
    printer->print(row);
    printer->finish();
    return ExitCode::done;
}

}  // namespace tools
