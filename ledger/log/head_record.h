// What the log last acknowledged, kept in a small file outside the database: a log that has lost
// its end or one of its tables, or was put back to an earlier day, is told by it.
#pragma once

#include "ledger/base/result.h"
#include "ledger/base/unique_fd.h"
#include "ledger/log/checksum.h"
#include "ledger/log/head_calls.h"
#include "ledger/log/journal.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace ledger::log {

// The beginning of one of the database's manifests, and what was in it. See rocksdb_manifest.h.
struct ManifestMark {
    std::uint64_t number = 0;  // 0: of none
    std::uint64_t size = 0;
    Checksum checksum{};  // of so many bytes

    friend bool operator==(const ManifestMark&, const ManifestMark&) = default;
};

struct HeadRecord {
    SequenceNumber sequence = 0;  // 0: nothing was ever appended
    Checksum checksum{};          // of the record at `sequence`, zeroes for sequence 0
    ManifestMark manifest{};

    friend bool operator==(const HeadRecord&, const HeadRecord&) = default;
};

// The file has two slots, written in turn, so that a torn write leaves the one before it whole.
class HeadFile {
  public:
    // Nothing where there is no file; corrupt where neither slot is whole.
    [[nodiscard]] static Result<std::optional<HeadRecord>> read(const std::string& path);

    // Puts a durable file with `head` in it at `path`, whole or not at all.
    // The calls outlive the file.
    [[nodiscard]] static Result<HeadFile> create(const std::string& path, const HeadRecord& head,
                                                 const HeadCalls& calls = system_head_calls());
    [[nodiscard]] static Result<HeadFile> open(const std::string& path,
                                               const HeadCalls& calls = system_head_calls());

    // Survives the process; survives the machine only after sync(). The caller has synced what
    // `head` speaks of before, so that the head never leads the log. Neither the sequence nor the
    // manifest goes back from one call to the next: that tells the newer slot.
    [[nodiscard]] Result<void> write(const HeadRecord& head);
    [[nodiscard]] Result<void> sync();

  private:
    HeadFile(const HeadCalls& calls, UniqueFd fd, std::size_t next_slot);

    const HeadCalls* calls_;
    UniqueFd fd_;
    std::size_t next_slot_ = 0;
};

}  // namespace ledger::log
