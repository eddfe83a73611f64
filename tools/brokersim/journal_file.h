// The append-only file behind the accepted journal: whole lines, held by one process alone.
#pragma once

#include "ledger/base/byte_size.h"
#include "ledger/base/result.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace tools::brokersim {

inline constexpr std::size_t journal_line_bytes_max = 8 * ledger::kib;

class JournalFile {
  public:
    using Visit = std::function<ledger::Result<void>(std::string_view line)>;

    // Opens or makes the file, gives each of its lines to `visit` and cuts off a torn last one: its
    // answer never left. unavailable where it cannot be opened or another process holds it;
    // corrupt, naming the line, where a line is too long or `visit` fails.
    [[nodiscard]] static ledger::Result<JournalFile> open(const std::string& path,
                                                          const Visit& visit);

    JournalFile(JournalFile&& other) noexcept;
    JournalFile& operator=(JournalFile&&) = delete;
    ~JournalFile();

    // Appends; with `sync`, durable when this returns. storage_failed is final.
    [[nodiscard]] ledger::Result<void> append(std::string_view lines, bool sync);

  private:
    explicit JournalFile(int descriptor) : descriptor_(descriptor) {}

    [[nodiscard]] ledger::Result<void> replay(const std::string& path, const Visit& visit);

    int descriptor_;
};

}  // namespace tools::brokersim
