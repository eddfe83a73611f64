// What a disk makes of the writes to one directory: which of them a crash would leave, and which
// of them fail. The files themselves are real ones, for the process to read; what would be left of
// them is kept beside, and can be laid out as a directory of its own.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace ledger::log::test {

// Everything that changes a file or a directory, or makes a change durable.
enum class Operation {
    create,
    append,
    overwrite,
    sync,
    range_sync,
    close,
    truncate,
    rename,
    remove,
    create_directory,
    sync_directory,
};
inline constexpr std::size_t operation_count = 11;

enum class Verdict { done, io_error, no_space };

// Operation number `at`, the first is 1, fails, or all from it on. On a full disk only those fail
// that would take room. Of a write that fails one half is done. After a power cut nothing is done
// at all: what stands, stands.
struct Fault {
    enum class Kind { none, once, for_ever, disk_full, power_cut };

    Kind kind = Kind::none;
    std::uint64_t at = 0;
};

// How much survives of what was not synced.
struct Crash {
    enum class Data { synced, written, torn };

    bool names = false;        // created, renamed and removed names of an unsynced directory
    Data data = Data::synced;  // torn: of the last write `torn_at` bytes, all writes before it
                               // to its file, and of other files only what is synced
    std::size_t torn_at = 0;
};

class SimulatedDisk {
  public:
    // A file by whatever name. Of an unsynced range that a sync failed to write the kernel keeps
    // nothing to write: a later sync succeeds and leaves zeroes there.
    struct File {
        bool is_directory = false;
        std::string synced;   // what is left without its unsynced writes
        std::string written;  // what the next sync makes of it
    };

    using FileRef = std::shared_ptr<File>;

    // All that lies in `directory` already is taken to be durable.
    explicit SimulatedDisk(std::string directory);

    void plan(const Fault& fault);
    // The number of operations asked for so far.
    [[nodiscard]] std::uint64_t operations() const;
    [[nodiscard]] std::uint64_t operations(Operation operation) const;
    // A power cut now.
    void cut_power();
    [[nodiscard]] std::size_t last_write_size() const;
    // Makes `directory` what a crash now would leave.
    void lay_out(const Crash& crash, const std::string& directory) const;

    // For those who do the operations on the real files: first to be asked, then told. Paths are
    // absolute or as the directory was given.
    [[nodiscard]] Verdict admit(Operation operation);
    [[nodiscard]] FileRef find(const std::string& path) const;
    FileRef create(const std::string& path);
    void append(File& file, std::string_view bytes);
    void overwrite(File& file, std::size_t offset, std::string_view bytes);
    void truncate(File& file, std::size_t size);
    void sync(File& file);
    void fail_sync(File& file);
    void create_directory(const std::string& path);
    void rename(const std::string& from, const std::string& to);
    void remove(const std::string& path);
    void sync_directory(const std::string& path);

  private:
    using Names = std::map<std::string, FileRef>;

    struct LastWrite {
        const File* file = nullptr;
        std::size_t offset = 0;
        std::size_t size = 0;
    };

    [[nodiscard]] std::string within(const std::string& path) const;
    void note_write(const File& file, std::size_t offset, std::size_t size);
    [[nodiscard]] std::string content_after(const Crash& crash, const File& file) const;

    const std::string directory_;
    mutable std::mutex mutex_;  // RocksDB works in the background too
    Names names_;
    Names synced_names_;
    LastWrite last_write_;
    Fault fault_;
    bool powered_ = true;
    std::uint64_t operations_ = 0;
    std::array<std::uint64_t, operation_count> operations_by_kind_{};
};

}  // namespace ledger::log::test
