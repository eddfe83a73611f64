// Reads an archive of a log from its beginning to its end, in bounded memory.
#pragma once

#include "ledger/base/result.h"
#include "ledger/log/checksum.h"
#include "ledger/log/journal.h"
#include "tools/archive/archive_format.h"

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <string>
#include <utility>

namespace tools {

class ArchiveReader {
  public:
    // unavailable where the file cannot be read; corrupt where it is no archive.
    [[nodiscard]] static ledger::Result<ArchiveReader> open(const std::string& path);

    [[nodiscard]] const ArchiveHeader& header() const { return header_; }

    // How far into the file the first block begins.
    [[nodiscard]] std::uint64_t blocks_at() const { return blocks_at_; }

    // Calls `visit` for every record in order until it returns false. corrupt, with the file and
    // the record it was found at, where anything in it is not as it was written; what was visited
    // before that stands in it all the same.
    [[nodiscard]] ledger::Result<void> scan(const ledger::log::Journal::Visit& visit);

  private:
    ArchiveReader(std::string path, std::ifstream file)
        : path_(std::move(path)), file_(std::move(file)) {}

    [[nodiscard]] ledger::Result<void> read_header();
    [[nodiscard]] ledger::Result<std::string> take(std::size_t count);
    // Empty records where the blocks end.
    [[nodiscard]] ledger::Result<ArchiveBlock> next_block();
    [[nodiscard]] ledger::Result<void> check_end();
    [[nodiscard]] ledger::Error wrong(const std::string& what) const;

    std::string path_;
    std::ifstream file_;
    ArchiveHeader header_;
    std::uint64_t blocks_at_ = 0;
    ledger::log::ChecksumStream checksum_;
    std::uint64_t next_ = 1;  // sequence
};

}  // namespace tools
