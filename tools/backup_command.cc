#include "tools/backup_command.h"

#include "ledger/base/sync_directory.h"
#include "ledger/log/entity_keys.h"
#include "ledger/log/record_at.h"
#include "ledger/log/rocksdb_journal.h"
#include "tools/data_directory.h"
#include "tools/durable_copy.h"
#include "tools/erased_keys.h"
#include "tools/open_log.h"
#include "tools/progress.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <vector>


namespace tools {

namespace fs = std::filesystem;

using boost::outcome_v2::success;
using ledger::Errc;
using ledger::Error;
using ledger::Event;
using ledger::Result;
using ledger::log::Journal;
using ledger::log::RocksdbJournal;

namespace {

constexpr std::size_t batch_records_max = 2'048;
// What belongs to a process or to the log itself; each directory has its own.
constexpr std::array<std::string_view, 3> files_left_out{"head", "lock", "server"};

// What has been read and not yet appended.
class Batch {
  public:
    explicit Batch(SubjectsInUse& subjects) : subjects_(subjects) {}

    [[nodiscard]] Result<void> add(std::uint64_t sequence, std::string_view record) {
        BOOST_OUTCOME_TRY(const Event event, ledger::log::decode_record_at(sequence, record));
        subjects_.apply(event);
        items_.push_back(std::make_unique<Item>(Item{
            std::string{record}, ledger::log::ids_of(event), ledger::log::entity_keys_of(event)}));
        return success();
    }

    [[nodiscard]] bool full() const { return items_.size() == batch_records_max; }

    [[nodiscard]] Result<void> append_to(Journal& journal) {
        std::vector<ledger::log::JournalEntry> entries;
        entries.reserve(items_.size());
        for (const auto& item : items_) {
            entries.push_back({item->record, item->ids, item->entities});
        }
        BOOST_OUTCOME_TRYV(journal.append(entries));
        items_.clear();
        return success();
    }

  private:
    struct Item {
        std::string record;
        ledger::log::EventIds ids;
        ledger::log::EntityKeys entities;
    };

    SubjectsInUse& subjects_;  // after the records that were added
    std::vector<std::unique_ptr<Item>> items_;
};

Result<void> copy_records(const Journal& from, std::uint64_t last, Journal& to,
                          SubjectsInUse& subjects) {
    ProgressBar bar{"copying"};
    Batch batch{subjects};
    Result<void> outcome = success();
    const auto visit = [&](std::uint64_t sequence, std::string_view record) {
        outcome = batch.add(sequence, record);
        if (outcome && batch.full()) outcome = batch.append_to(to);
        bar.update(sequence, last);
        return outcome.has_value();
    };
    BOOST_OUTCOME_TRYV(from.scan(1, last, visit));
    BOOST_OUTCOME_TRYV(std::move(outcome));
    return batch.append_to(to);
}

// What was written is read again, with all its checksums, and is what was to be written.
Result<void> compare_records(const Journal& from, std::uint64_t last, const Journal& copy) {
    ProgressBar bar{"comparing"};
    if (copy.last_sequence() != last) {
        return Error{Errc::corrupt, "the copy ends at " + std::to_string(copy.last_sequence()), {}};
    }
    Result<void> outcome = success();
    const auto visit = [&](std::uint64_t sequence, std::string_view record) {
        const auto copied = copy.read(sequence);
        if (!copied) {
            outcome = copied.error();
        } else if (copied.value() != record) {
            outcome = Error{Errc::corrupt, "the copy differs at " + std::to_string(sequence), {}};
        }
        bar.update(sequence, last);
        return outcome.has_value();
    };
    BOOST_OUTCOME_TRYV(from.scan(1, last, visit));
    return outcome;
}

Result<void> copy_files(const std::string& from, const std::string& to) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(from, error)) {
        const std::string name = entry.path().filename();
        if (!entry.is_regular_file() || std::ranges::count(files_left_out, name) > 0) continue;
        BOOST_OUTCOME_TRYV(copy_durably(entry.path(), fs::path{to} / name));
    }
    if (error) return Error{Errc::unavailable, "cannot read " + from + ": " + error.message(), {}};
    return success();
}

// All files of a directory, if it is there.
Result<void> copy_directory(const std::string& from, const std::string& to) {
    std::error_code ignored;
    if (!fs::exists(from, ignored)) return success();
    BOOST_OUTCOME_TRYV(ledger::make_directory(to));
    BOOST_OUTCOME_TRYV(copy_files(from, to));
    return make_durable(to);
}

// A key that is destroyed meanwhile, the copy's log not saying so, is as if it had been copied and
// destroyed.
Result<void> copy_subject_keys(const std::string& from, const std::string& to,
                               const SubjectsInUse& subjects) {
    std::error_code ignored;
    if (!fs::exists(from, ignored)) return success();
    BOOST_OUTCOME_TRYV(ledger::make_directory(to));
    for (const std::string& name : subjects.names()) {
        const fs::path key = fs::path{from} / (name + ".key");
        if (!fs::exists(key, ignored)) continue;
        BOOST_OUTCOME_TRYV(copy_durably(key, fs::path{to} / key.filename()));
    }
    return make_durable(to);
}

Result<void> check_target(const std::string& to, const std::string& work) {
    std::error_code error;
    if (fs::exists(to, error) && !fs::is_empty(to, error)) {
        return ledger::invalid_field("DIR", to + " is there and not empty");
    }
    if (fs::exists(work, error)) {
        return ledger::invalid_field("DIR", work + " is in the way: an earlier copy left it");
    }
    return success();
}

Result<void> put_in_place(const std::string& work, const std::string& to) {
    std::error_code error;
    fs::remove(to, error);  // only where it is empty
    fs::rename(work, to, error);
    if (error) {
        return Error{Errc::storage_failed,
                     "cannot rename " + work + " to " + to + ": " + error.message(),
                     {}};
    }
    return ledger::sync_parent_directory(to);
}

Result<SubjectsInUse> write_copy(const Journal& from, std::uint64_t last,
                                 const std::string& directory) {
    SubjectsInUse subjects;
    BOOST_OUTCOME_TRY(const auto journal, RocksdbJournal::open({.directory = directory}));
    BOOST_OUTCOME_TRYV(copy_records(from, last, *journal, subjects));
    BOOST_OUTCOME_TRYV(journal->drop_archived());
    BOOST_OUTCOME_TRYV(journal->sync_head());
    return subjects;
}

}  // namespace

Result<ExitCode> run_copy(const CopyOptions& options) {
    const std::string to = fs::absolute(options.to).lexically_normal();
    const std::string work = to + ".part";
    BOOST_OUTCOME_TRYV(check_target(to, work));
    BOOST_OUTCOME_TRY(const auto from, open_log_to_read(options.from));
    const std::uint64_t last = from->last_sequence();
    BOOST_OUTCOME_TRY(const SubjectsInUse subjects, write_copy(*from, last, work));
    BOOST_OUTCOME_TRYV(copy_directory(DataPaths{options.from}.base(), DataPaths{work}.base()));
    BOOST_OUTCOME_TRYV(
        copy_directory(DataPaths{options.from}.archives(), DataPaths{work}.archives()));
    {
        BOOST_OUTCOME_TRY(const auto copy, open_log_to_read(work));
        BOOST_OUTCOME_TRYV(compare_records(*from, last, *copy));
    }
    BOOST_OUTCOME_TRYV(copy_files(options.from, work));
    if (options.subject_keys) {
        BOOST_OUTCOME_TRYV(copy_subject_keys(DataPaths{options.from}.subjects(),
                                             DataPaths{work}.subjects(), subjects));
    }
    BOOST_OUTCOME_TRYV(put_in_place(work, to));
    projections::Row row;
    row.text("directory", to).integer("events", static_cast<std::int64_t>(last));
    const auto printer = RowPrinter::make(options.output, stdout);
    printer->print(row);
    printer->finish();
    return ExitCode::done;
}

}  // namespace tools
