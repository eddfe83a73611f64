// What the journal's tests share: a directory, entries by number, and a second process.
#pragma once

#include "ledger/log/journal.h"
#include "ledger/log/rocksdb_journal.h"

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ledger::log::test {

// A new directory, gone with its object.
class ScratchDirectory {
  public:
    ScratchDirectory();
    ScratchDirectory(const ScratchDirectory&) = delete;
    ScratchDirectory& operator=(const ScratchDirectory&) = delete;
    ~ScratchDirectory();

    [[nodiscard]] const std::string& path() const { return path_; }

    // The data directory within it; not made yet.
    [[nodiscard]] std::string data() const { return path_ + "/data"; }

  private:
    std::string path_;
};

// Everything about the record of one number, the same in every process.
[[nodiscard]] std::string record_of(std::uint64_t number);
[[nodiscard]] EventId id_of(std::uint64_t number);
[[nodiscard]] EventId alias_of(std::uint64_t number);
// Three accounts share the records among them; all have the one order.
[[nodiscard]] EntityKey account_of(std::uint64_t number);
inline constexpr EntityKey the_order{'o', 77};

// Appends the records of the next `count` numbers as one batch.
[[nodiscard]] Result<void> append_next(Journal& journal, std::uint64_t count);
// Record n at sequence n, for all from first to last; reports what is wrong through Catch.
void check_records(const Journal& journal, SequenceNumber first, SequenceNumber last);

[[nodiscard]] Result<std::unique_ptr<RocksdbJournal>> open_journal(const std::string& directory);
[[nodiscard]] Result<std::unique_ptr<RocksdbJournal>> open_reader(const std::string& directory);
// One that must succeed.
[[nodiscard]] std::unique_ptr<RocksdbJournal> writer_of(const std::string& directory);
[[nodiscard]] std::unique_ptr<RocksdbJournal> reader_of(const std::string& directory);

// Files of DIRECTORY/log with this extension, sorted by name.
[[nodiscard]] std::vector<std::filesystem::path> log_files(const std::string& directory,
                                                           const std::string& extension);
void flip_byte(const std::filesystem::path& file, std::uint64_t offset);

// This test binary once more, running one hidden test case, its working directory `directory`:
// RocksDB's threads do not survive a bare fork.
class Child {
  public:
    Child(const std::string& test_case, const std::string& directory);
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child();

    // What the child printed; nothing after it has ended.
    [[nodiscard]] std::optional<std::string> read_line();
    void write_line(const std::string& line);
    void kill_now();
    // The exit status, or minus the signal that ended it.
    [[nodiscard]] int wait();

  private:
    int pid_ = -1;
    std::FILE* from_child_ = nullptr;
    std::FILE* to_child_ = nullptr;
};

// For the child's side: a line to the parent, at once.
void tell_parent(const std::string& line);

}  // namespace ledger::log::test
