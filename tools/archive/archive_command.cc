#include "tools/archive/archive_command.h"

#include "ledger/base/os_error.h"
#include "ledger/base/sync_directory.h"
#include "ledger/log/checkpoints.h"
#include "ledger/log/entity_keys.h"
#include "ledger/log_verifier.h"
#include "ledger/text/rfc3339.h"
#include "tools/archive/archive_reader.h"
#include "tools/archive/archive_writer.h"
#include "tools/as_of.h"
#include "tools/audit_files.h"
#include "tools/open_log.h"
#include "tools/progress.h"
#include "tools/system_ports.h"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include <unistd.h>

namespace tools {

namespace fs = std::filesystem;

using boost::outcome_v2::success;
using ledger::Errc;
using ledger::Error;
using ledger::Result;
using ledger::log::Journal;
using ledger::log::StoredCheckpoint;
using Keys = std::vector<ledger::proof::VerifierKey>;

namespace {

// The newest checkpoint that is of no more than so many records.
Result<StoredCheckpoint> checkpoint_within(const Journal& journal, std::uint64_t records) {
    std::uint64_t newest = 0;
    std::uint64_t first = 1;
    std::uint64_t last = records + 1;  // a checkpoint stands behind what it is of
    while (first <= last) {
        const std::uint64_t middle = first + (last - first) / 2;
        BOOST_OUTCOME_TRY(const auto found,
                          journal.entity_sequences(ledger::log::checkpoints, middle, 1));
        if (!found.empty() && found.front() <= last) {
            newest = found.front();
            first = newest + 1;
        } else {
            last = middle - 1;
        }
    }
    // One of no records archives nothing.
    if (newest < 2) return Error{Errc::not_found, "nothing was signed by then", {}};
    BOOST_OUTCOME_TRY(auto checkpoint, ledger::log::checkpoint_over(journal, newest));
    return std::move(*checkpoint);
}

Result<void> write_records(const Journal& journal, std::uint64_t last, ArchiveWriter& writer) {
    ProgressBar bar{"archiving"};
    Result<void> outcome = success();
    BOOST_OUTCOME_TRYV(journal.scan(1, last, [&](std::uint64_t sequence, auto record) {
        outcome = writer.add(record);
        bar.update(sequence, last);
        return outcome.has_value();
    }));
    BOOST_OUTCOME_TRYV(std::move(outcome));
    return writer.finish();
}

// The name is taken only where no other file has it.
Result<void> name_archive(const std::string& work, const std::string& path) {
    if (::link(work.c_str(), path.c_str()) != 0) {
        return ledger::os_error(Errc::unavailable, "cannot make", path);
    }
    std::error_code ignored;  // a second name of the same file does no harm
    fs::remove(work, ignored);
    return ledger::sync_parent_directory(path);
}

// What the file says that it is, against what it was found to be.
Result<void> check_signed_tree(const ArchiveHeader& header, const Keys& keys,
                               VerifiedArchive& archive) {
    const auto checkpoint = ledger::proof::verified_checkpoint(header.checkpoint, keys);
    if (!checkpoint) {
        return Error{Errc::corrupt, "its checkpoint: " + checkpoint.error().detail, {}};
    }
    if (checkpoint.value().tree != archive.tree) {
        return Error{Errc::corrupt, "its records are not those of its checkpoint", {}};
    }
    archive.origin = checkpoint.value().origin;
    return success();
}

}  // namespace

void print_archive(const ArchiveOptions& options, const VerifiedArchive& archive) {
    projections::Row row;
    row.text("file", options.file)
        .text("origin", archive.origin)
        .text("records", std::to_string(archive.tree.size))
        .text("recorded_from", ledger::text::format_rfc3339(archive.recorded_from))
        .text("recorded_to", ledger::text::format_rfc3339(archive.recorded_to));
    const auto printer = RowPrinter::make(options.output, stdout);
    printer->print(row);
    printer->finish();
}

Result<Keys> believed_keys_of(const ArchiveOptions& options) {
    AuditOptions audit;
    audit.data = options.data;
    audit.keys_path = options.keys_path;
    return believed_keys(audit);
}

Result<VerifiedArchive> verify_archive(const std::string& path, Keys keys) {
    BOOST_OUTCOME_TRY(auto reader, ArchiveReader::open(path));
    ledger::LogVerifier verifier{std::move(keys)};
    VerifiedArchive archive;
    ProgressBar bar{"verifying"};
    Result<void> outcome = success();
    BOOST_OUTCOME_TRYV(reader.scan([&](std::uint64_t sequence, auto record) {
        const auto event = verifier.add(sequence, record);
        if (!event) {
            outcome = event.error();
            return false;
        }
        if (sequence == 1) archive.recorded_from = event.value().recorded_at_ns;
        archive.recorded_to = event.value().recorded_at_ns;
        bar.update(sequence, reader.header().records);
        return true;
    }));
    archive.tree = {verifier.tree().size(), verifier.tree().root()};
    if (outcome) outcome = check_signed_tree(reader.header(), verifier.trusted(), archive);
    if (outcome) return archive;
    return Error{Errc::corrupt, path + ": " + outcome.error().detail, {}};
}

Result<ExitCode> run_archive_create(const ArchiveOptions& options) {
    std::error_code ignored;
    if (fs::exists(options.file, ignored)) {
        return ledger::invalid_field("out", options.file + " is there already");
    }
    BOOST_OUTCOME_TRY(auto keys, believed_keys_of(options));
    BOOST_OUTCOME_TRY(const auto journal, open_log_to_read(options.data));
    const SystemClock clock;
    BOOST_OUTCOME_TRY(const AsOf to, parse_as_of(*journal, options.to, clock.now_ns()));
    BOOST_OUTCOME_TRY(const auto checkpoint, checkpoint_within(*journal, to.sequence));
    const std::string work = options.file + std::string{unfinished_suffix};
    const std::uint64_t records = checkpoint.read.checkpoint.tree.size;
    BOOST_OUTCOME_TRY(auto writer, ArchiveWriter::create(work, {records, checkpoint.note}));
    const auto finish = [&]() -> Result<VerifiedArchive> {
        BOOST_OUTCOME_TRYV(write_records(*journal, records, writer));
        BOOST_OUTCOME_TRY(auto archive, verify_archive(work, std::move(keys)));
        BOOST_OUTCOME_TRYV(name_archive(work, options.file));
        return archive;
    };
    const auto archive = finish();
    if (!archive) {
        fs::remove(work, ignored);
        return archive.error();
    }
    print_archive(options, archive.value());
    return ExitCode::done;
}

Result<ExitCode> run_archive_verify(const ArchiveOptions& options) {
    BOOST_OUTCOME_TRY(auto keys, believed_keys_of(options));
    BOOST_OUTCOME_TRY(const auto archive, verify_archive(options.file, std::move(keys)));
    print_archive(options, archive);
    return ExitCode::done;
}

}  // namespace tools
