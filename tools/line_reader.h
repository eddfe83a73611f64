// The lines of a file, compressed with gzip or not, one at a time.
#pragma once

#include "ledger/base/result.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

struct gzFile_s;  // zlib's

namespace tools {

class LineReader {
  public:
    static constexpr std::size_t line_bytes_max = 1 << 20;

    // unavailable where the file cannot be read.
    [[nodiscard]] static ledger::Result<LineReader> open(const std::string& path);

    // Without its end; nothing after the last one. invalid_input naming a line that is too long,
    // unavailable where what was compressed is damaged.
    [[nodiscard]] ledger::Result<std::optional<std::string>> next();

    // Of the line that next() gave, from 1.
    [[nodiscard]] std::uint64_t number() const { return number_; }

    // Of the file, for a progress bar.
    [[nodiscard]] std::uint64_t bytes_total() const { return bytes_total_; }

    [[nodiscard]] std::uint64_t bytes_done() const;

  private:
    struct Close {
        void operator()(gzFile_s* file) const;
    };

    using File = std::unique_ptr<gzFile_s, Close>;

    LineReader(File file, std::uint64_t bytes_total)
        : file_(std::move(file)), bytes_total_(bytes_total) {}

    [[nodiscard]] ledger::Result<void> check_end() const;

    File file_;
    std::uint64_t bytes_total_;
    std::uint64_t number_ = 0;
};

}  // namespace tools
