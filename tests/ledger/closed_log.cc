#include "tests/ledger/closed_log.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include <catch2/catch.hpp>

namespace ledger::log::test {

namespace fs = std::filesystem;

ClosedLog::ClosedLog() : storage_(scratch_.data()) {
    append_in_one_life({3, 400, 5});
    append_in_one_life({1, 4, 2});
    lay_out();
    for (const auto& entry : fs::recursive_directory_iterator(work())) {
        if (entry.is_regular_file()) files_.push_back(fs::relative(entry.path(), work()));
    }
    std::sort(files_.begin(), files_.end());
}

void ClosedLog::append_in_one_life(const std::vector<std::uint64_t>& batches) {
    const auto journal = open_on(storage_, scratch_.data());
    REQUIRE(journal);
    for (const std::uint64_t size : batches) REQUIRE(append_next(*journal.value(), size));
    last_ = journal.value()->last_sequence();
}

void ClosedLog::lay_out() const {
    storage_.disk().lay_out({.names = true, .data = Crash::Data::written}, work());
}

std::optional<Error> ClosedLog::read_in_full(bool read_only) const {
    const SimulatedStorage storage(work());
    RocksdbJournalOptions options;
    options.directory = work();
    options.read_only = read_only;
    options.storage = storage.below(small_write_buffer);
    const auto journal = RocksdbJournal::open(options);
    if (!journal) return journal.error();
    return read_all(*journal.value(), last_);
}

std::string kind_of(const std::string& file) {
    const fs::path path(file);
    if (path.has_extension()) return path.extension().string().substr(1);
    const std::string name = path.filename();
    return name.substr(0, name.find('-'));
}

void count_outcomes(const ClosedLog& log, const std::string& file,
                    const std::function<void()>& harm, Tally& tally) {
    Outcomes& outcomes = tally[kind_of(file)];
    for (const bool read_only : {true, false}) {
        INFO(file << ", read only " << read_only);
        log.lay_out();
        harm();
        const auto error = log.read_in_full(read_only);
        if (error) CHECK((error->code == Errc::corrupt || error->code == Errc::unavailable));
        ++(error ? outcomes.refused : outcomes.harmless);
    }
}

}  // namespace ledger::log::test
