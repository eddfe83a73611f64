// Small files with secrets: readable by their owner alone, replaced whole or not at all.
#pragma once

#include "ledger/base/byte_size.h"
#include "ledger/base/result.h"
#include "ledger/base/unique_fd.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ingest {

inline constexpr std::size_t private_file_bytes_max = ledger::mib;

// What changes whenever replace_private_file has put another file in place. Zero: there is none.
struct FileStamp {
    std::uint64_t inode = 0;
    std::int64_t size = 0;
    std::int64_t modified_at_ns = 0;

    friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

[[nodiscard]] FileStamp stamp_of(const std::string& path);

// not_found where there is none, not_allowed where others may read or write it, corrupt where it
// is larger than any that this program writes.
[[nodiscard]] ledger::Result<std::string> read_private_file(const std::string& path);

// Durable when this returns; after a crash the file is the old one or the new one.
[[nodiscard]] ledger::Result<void> replace_private_file(const std::string& path,
                                                        std::string_view bytes);

// One holder at a time among all processes, until the descriptor is closed. unavailable when
// another holds it for lock_patience_ms.
inline constexpr int lock_patience_ms = 5'000;
[[nodiscard]] ledger::Result<ledger::UniqueFd> lock_private_file(const std::string& path);

}  // namespace ingest
