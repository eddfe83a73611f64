// A snapshot file that is open: what it holds is read, and checked, part by part as it is needed.
#pragma once

#include "ledger/base/block_store.h"
#include "ledger/base/result.h"
#include "ledger/base/unique_fd.h"
#include "projections/snapshot_layout.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace projections {

class SnapshotFile {
  public:
    // corrupt where its heading or its contents are damaged; unavailable where it is of another
    // version or cannot be read.
    [[nodiscard]] static ledger::Result<std::shared_ptr<const SnapshotFile>> open(
        const std::string& path);

    [[nodiscard]] const std::string& path() const { return path_; }

    [[nodiscard]] const SnapshotContents& contents() const { return contents_; }

    // corrupt where its bytes are not what the contents say.
    [[nodiscard]] ledger::Result<std::string> read(const SnapshotPart& part) const;
    // The canonical bytes of a section.
    [[nodiscard]] ledger::Result<std::string> read(const SnapshotSection& section) const;
    // Every byte of the file is one that the contents vouch for.
    [[nodiscard]] ledger::Result<void> check() const;
    // As many as there are from `offset` on; corrupt where they are fewer.
    [[nodiscard]] ledger::Result<void> read_at(std::uint64_t offset, char* out,
                                               std::size_t size) const;

    // Of a section that is in blocks. Shares the file.
    [[nodiscard]] static ledger::Result<std::shared_ptr<const ledger::BlockStore>> store_of(
        std::shared_ptr<const SnapshotFile> file, const SnapshotSection& section);

  private:
    [[nodiscard]] ledger::Result<std::vector<BlockPlace>> read_places(
        const SnapshotSection& section) const;

    explicit SnapshotFile(const std::string& path);

    [[nodiscard]] ledger::Result<void> read_heading() const;
    [[nodiscard]] ledger::Result<void> read_contents();
    [[nodiscard]] ledger::Result<void> check(const SnapshotPart& part) const;

    std::string path_;
    ledger::UniqueFd file_;
    std::uint64_t contents_at_ = 0;
    SnapshotContents contents_;
};

}  // namespace projections
