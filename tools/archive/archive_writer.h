// Writes an archive of a log record by record, in bounded memory.
#pragma once

#include "ledger/base/result.h"
#include "ledger/base/unique_fd.h"
#include "ledger/log/checksum.h"
#include "tools/archive/archive_format.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace tools {

class ArchiveWriter {
  public:
    // A file of its own, which must not be there yet: invalid_input naming "out" where one is.
    [[nodiscard]] static ledger::Result<ArchiveWriter> create(const std::string& path,
                                                              const ArchiveHeader& header);

    // The next record, from the first on.
    [[nodiscard]] ledger::Result<void> add(std::string_view record);

    // Whole and on the disk when this returns; its name is not yet.
    [[nodiscard]] ledger::Result<void> finish();

  private:
    ArchiveWriter(std::string path, ledger::UniqueFd fd)
        : path_(std::move(path)), fd_(std::move(fd)) {}

    [[nodiscard]] ledger::Result<void> put(std::string_view bytes);
    [[nodiscard]] ledger::Result<void> end_block();

    std::string path_;
    ledger::UniqueFd fd_;
    ledger::log::ChecksumStream checksum_;
    std::uint64_t added_ = 0;
    ArchiveBlock block_{.first = 1, .records = {}};
};

}  // namespace tools
