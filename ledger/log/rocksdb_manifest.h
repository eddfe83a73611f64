// The manifest: the file in which RocksDB lists its tables. What was cut off it RocksDB takes for a
// write that a crash interrupted, and opens without those tables; so the head record vouches for
// it.
#pragma once

#include "ledger/base/result.h"
#include "ledger/base/unique_fd.h"
#include "ledger/log/checksum.h"
#include "ledger/log/head_record.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ledger::log {

// So much of the manifest in use as is durable. It only grows, until one of a higher number takes
// its place; whoever opens for writing begins a new one.
struct ManifestExtent {
    std::uint64_t number = 0;
    std::uint64_t size = 0;
};

// Sums a growing manifest, each byte once.
class ManifestSum {
  public:
    explicit ManifestSum(std::string log_directory);

    // The mark of that extent, which does not go back from one call to the next. corrupt where the
    // file is gone or shorter, unavailable where it cannot be read.
    [[nodiscard]] Result<ManifestMark> mark(const ManifestExtent& extent);

  private:
    [[nodiscard]] Result<void> begin(std::uint64_t number);

    std::string log_directory_;
    std::string path_;
    UniqueFd fd_;
    ManifestExtent summed_;
    ChecksumStream sum_;
};

// The number in the name of a manifest; nothing for any other file.
[[nodiscard]] std::optional<std::uint64_t> manifest_number(std::string_view file_name);

// corrupt unless the manifest in use begins with what `mark` knows, or is a newer one: a writer
// that died between beginning it and writing its head leaves that.
[[nodiscard]] Result<void> check_manifest(const std::string& log_directory,
                                          const ManifestMark& mark);

}  // namespace ledger::log
