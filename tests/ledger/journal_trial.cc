#include "tests/ledger/journal_trial.h"

#include "tests/ledger/journal_fixture.h"

#include <utility>
#include <vector>

#include <catch2/catch.hpp>

namespace ledger::log::test {
namespace {

constexpr std::uint64_t accounts = 3;

// Refuses everything from now on, without a look at what the disk could do by now.
void check_stopped(RocksdbJournal& journal, const Error& error) {
    CHECK(error.code == Errc::storage_failed);
    const SequenceNumber last = journal.last_sequence();
    const auto appended = append_next(journal, 1);
    CHECK((!appended && appended.error().code == Errc::storage_failed));
    const auto synced = journal.sync_head();
    CHECK((!synced && synced.error().code == Errc::storage_failed));
    CHECK(journal.last_sequence() == last);
}

bool append_batches(RocksdbJournal& journal, const std::vector<std::uint64_t>& sizes, Told& told) {
    for (const std::uint64_t size : sizes) {
        told.attempted = told.acknowledged + size;
        const auto appended = append_next(journal, size);
        if (!appended) {
            check_stopped(journal, appended.error());
            return false;
        }
        told.acknowledged = told.attempted;
        CHECK(journal.last_sequence() == told.acknowledged);
    }
    return true;
}

bool open_next(Trial& trial, const SimulatedStorage& storage, const std::string& directory) {
    trial.journal.reset();
    auto opened = open_on(storage, directory);
    trial.told.opened_all = opened.has_value();
    if (!opened) {
        // A disk that fails does not make a log corrupt.
        CHECK(opened.error().code != Errc::corrupt);
        return false;
    }
    trial.journal = std::move(opened).value();
    CHECK(trial.journal->last_sequence() == trial.told.acknowledged);
    return true;
}

std::vector<SequenceNumber> every_third(SequenceNumber first, SequenceNumber last) {
    std::vector<SequenceNumber> sequences;
    for (SequenceNumber n = first == 0 ? accounts : first; n <= last; n += accounts) {
        sequences.push_back(n);
    }
    return sequences;
}

std::optional<Error> read_records(const Journal& journal, SequenceNumber last) {
    SequenceNumber next = 1;
    const auto scanned = journal.scan(1, last, [&](SequenceNumber sequence, auto record) {
        const bool right = sequence == next && record == record_of(sequence);
        if (right) ++next;
        return right;
    });
    if (!scanned) return scanned.error();
    CHECK(next == last + 1);
    return std::nullopt;
}

std::optional<Error> read_ids(const Journal& journal, SequenceNumber last) {
    for (SequenceNumber n = 1; n <= last; ++n) {
        for (const EventId& id : {id_of(n), alias_of(n)}) {
            const auto found = journal.find(id);
            if (!found) return found.error();
            if (found.value() == n) continue;
            FAIL_CHECK("an id of record " << n << " does not lead to it");
            return std::nullopt;
        }
    }
    return std::nullopt;
}

std::optional<Error> read_entities(const Journal& journal, SequenceNumber last) {
    for (std::uint64_t account = 0; account < accounts; ++account) {
        const auto found = journal.entity_sequences(account_of(account), 1, last + 1);
        if (!found) return found.error();
        CHECK((found.value() == every_third(account, last)));
    }
    return std::nullopt;
}

}  // namespace

Result<std::unique_ptr<RocksdbJournal>> open_on(const SimulatedStorage& storage,
                                                const std::string& directory) {
    RocksdbJournalOptions options;
    options.directory = directory;
    options.storage = storage.below(small_write_buffer);
    return RocksdbJournal::open(options);
}

Trial run_trial(const SimulatedStorage& storage, const std::string& directory) {
    Trial trial;
    if (!open_next(trial, storage, directory)) return trial;
    if (!append_batches(*trial.journal, {3, 1, 5}, trial.told)) return trial;
    const auto synced = trial.journal->sync_head();
    if (!synced) {
        check_stopped(*trial.journal, synced.error());
        return trial;
    }
    if (!open_next(trial, storage, directory)) return trial;
    append_batches(*trial.journal, {1, 300, 2, 300, 1, 300, 4}, trial.told);
    return trial;
}

std::optional<Error> read_all(const Journal& journal, SequenceNumber last) {
    CHECK(journal.last_sequence() == last);
    if (auto refused = read_records(journal, last)) return refused;
    if (auto refused = read_ids(journal, last)) return refused;
    return read_entities(journal, last);
}

void check_kept(const std::string& directory, const Told& told) {
    const SimulatedStorage storage(directory);
    const auto opened = open_on(storage, directory);
    if (!opened) {
        FAIL_CHECK(opened.error().detail);
        return;
    }
    RocksdbJournal& journal = *opened.value();
    const SequenceNumber last = journal.last_sequence();
    CHECK((last == told.acknowledged || last == told.attempted));
    const auto refused = read_all(journal, last);
    if (refused) FAIL_CHECK(refused->detail);
    CHECK(append_next(journal, 3).has_value());
    CHECK_FALSE(read_all(journal, last + 3).has_value());
}

}  // namespace ledger::log::test
