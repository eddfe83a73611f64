// An archive in place of the records that the log has dropped: any of them is found in it.
#pragma once

#include "ledger/base/unique_fd.h"
#include "ledger/log/archived_records.h"
#include "tools/archive/archive_format.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tools {

class AttachedArchive final : public ledger::log::ArchivedRecords {
  public:
    // Reads where its blocks are, and none of them: each is checked when it is needed. unavailable
    // where the file cannot be read, corrupt where it is no whole archive.
    [[nodiscard]] static ledger::Result<std::unique_ptr<AttachedArchive>> open(
        const std::string& path);

    [[nodiscard]] const ArchiveHeader& header() const { return header_; }

    [[nodiscard]] ledger::Result<void> scan(
        std::uint64_t first, std::uint64_t last,
        const ledger::log::Journal::Visit& visit) const override;

    AttachedArchive(std::string path, ledger::UniqueFd file, ArchiveHeader header)
        : path_(std::move(path)), file_(std::move(file)), header_(std::move(header)) {}

  private:
    struct Place {
        std::uint64_t first = 0;  // sequence of the block's first record
        std::uint64_t offset = 0;
    };

    struct Unpacked {
        ArchiveBlock block;
        std::vector<std::string_view> records;  // in `block`
    };

    [[nodiscard]] ledger::Result<void> find_blocks(std::uint64_t offset);
    [[nodiscard]] ledger::Result<ArchiveBlockHead> head_at(std::uint64_t offset) const;
    [[nodiscard]] ledger::Result<std::string> bytes_at(std::uint64_t offset,
                                                       std::size_t count) const;
    [[nodiscard]] ledger::Result<std::shared_ptr<const Unpacked>> unpack(const Place& place) const;
    // The block that holds the record; the last one is kept.
    [[nodiscard]] ledger::Result<std::shared_ptr<const Unpacked>> block_of(
        std::uint64_t sequence) const;
    [[nodiscard]] ledger::Error wrong(std::uint64_t offset, const std::string& what) const;

    std::string path_;
    ledger::UniqueFd file_;
    ArchiveHeader header_;
    std::vector<Place> places_;  // by `first`
    mutable std::mutex mutex_;
    mutable std::shared_ptr<const Unpacked> kept_;
};

}  // namespace tools
