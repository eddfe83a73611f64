// The bytes of an archive of a log, as docs/archive.md has them: a line that says what it is,
// blocks of records, and the checksum of it all.
#pragma once

#include "ledger/base/byte_size.h"
#include "ledger/base/result.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tools {

struct ArchiveHeader {
    std::uint64_t records = 0;  // from the first on
    std::string checkpoint;     // the text of the signed checkpoint of just these

    friend bool operator==(const ArchiveHeader&, const ArchiveHeader&) = default;
};

inline constexpr std::size_t archive_header_bytes_max = 256 * ledger::kib;

// One line without its newline.
[[nodiscard]] std::string to_text(const ArchiveHeader& header);
// invalid_input naming the member at fault.
[[nodiscard]] ledger::Result<ArchiveHeader> parse_archive_header(std::string_view line);

// Records that follow one another, compressed together.
struct ArchiveBlock {
    std::uint64_t first = 0;  // sequence of its first record
    std::string records;      // as add_to_block() writes them

    friend bool operator==(const ArchiveBlock&, const ArchiveBlock&) = default;
};

// A block ends with the record that brings it here.
inline constexpr std::size_t archive_block_bytes = ledger::mib;
// No block that is read is larger.
inline constexpr std::size_t archive_block_bytes_max = 64 * ledger::mib;

// What stands before the compressed bytes of a block.
struct ArchiveBlockHead {
    static constexpr std::size_t bytes = 24;

    std::uint64_t first = 0;
    std::uint64_t size = 0;        // of the records
    std::uint64_t compressed = 0;  // of the bytes that follow

    friend bool operator==(const ArchiveBlockHead&, const ArchiveBlockHead&) = default;
};

void add_to_block(ArchiveBlock& block, std::string_view record);

// Takes the first record off `rest`; corrupt where none stands there.
[[nodiscard]] ledger::Result<std::string_view> take_record(std::string_view& rest);

// Head, compressed bytes and the checksum of both. Requires at least one record.
[[nodiscard]] std::string pack_block(const ArchiveBlock& block);

// How many bytes stand between a head and the next: the compressed ones and the checksum.
[[nodiscard]] std::size_t bytes_behind(const ArchiveBlockHead& head);

// `bytes` are ArchiveBlockHead::bytes; corrupt where no block can be of these sizes. A head of
// zeros ends the blocks.
[[nodiscard]] ledger::Result<ArchiveBlockHead> read_block_head(std::string_view bytes);
// corrupt where the bytes are not those that were packed.
[[nodiscard]] ledger::Result<ArchiveBlock> unpack_block(std::string_view head,
                                                        std::string_view behind);

}  // namespace tools
