// What lies where in a snapshot file: heading, parts, contents, and a trailer that says how long
// the contents are. Each part has its checksum, and those of the orders have one for every block,
// so that a reader checks what it reads and need not read the rest.
#pragma once

#include "ledger/base/block_store.h"
#include "ledger/base/result.h"
#include "ledger/log/checksum.h"
#include "ledger/replication/order_blocks.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace projections {

// A stretch of the file.
struct SnapshotPart {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    ledger::log::Checksum checksum{};
};

// One block within the part of its section: its rows, and behind them their side.
struct BlockPlace {
    std::uint64_t offset = 0;
    std::uint32_t rows_size = 0;
    std::uint32_t side_size = 0;
    std::int64_t settled_at_ns = 0;
    ledger::log::Checksum checksum{};
};

// Of a section that is in blocks.
struct BlockIndex {
    ledger::RowIndex rows = 0;
    SnapshotPart places;
    SnapshotPart keys;
};

struct SnapshotSection {
    std::string name;
    ledger::log::Checksum digest{};  // of the canonical bytes
    SnapshotPart body;               // which are these, where there are no blocks
    std::optional<BlockIndex> blocks;
};

struct SnapshotContents {
    std::uint64_t sequence = 0;
    std::int64_t recorded_at_ns = 0;
    std::vector<SnapshotSection> sections;
    SnapshotPart live_orders;
};

struct SnapshotTrailer {
    std::uint64_t contents_size = 0;
    ledger::log::Checksum checksum{};  // of the contents
};

inline constexpr std::size_t snapshot_trailer_size = 24;

// What every file of these versions begins with.
[[nodiscard]] const std::string& snapshot_heading();
// unavailable where a file that begins so is of another version, corrupt where it is damaged.
[[nodiscard]] ledger::Error no_snapshot_of_ours(const std::string& path,
                                                std::string_view beginning);
[[nodiscard]] ledger::Error damaged_snapshot(const std::string& path);

// Which orders this projection's bytes hold, where it is in blocks.
[[nodiscard]] std::optional<ledger::replication::OrderTable> order_table(
    std::string_view projection);

[[nodiscard]] std::string encode(const SnapshotContents& contents);
[[nodiscard]] std::string encode(const SnapshotTrailer& trailer);
[[nodiscard]] std::string encode(const std::vector<BlockPlace>& places);

// Kept as they are in memory, for they are read at once: a snapshot does not leave its machine.
static_assert(std::endian::native == std::endian::little);
static_assert(std::is_trivially_copyable_v<ledger::KeyPlace> && sizeof(ledger::KeyPlace) == 8);
[[nodiscard]] std::string_view bytes_of(const std::vector<ledger::KeyPlace>& keys);

// Nothing where the bytes are not what encode() made.
[[nodiscard]] std::optional<SnapshotContents> decode_contents(std::string_view bytes);
[[nodiscard]] std::optional<std::vector<BlockPlace>> decode_places(std::string_view bytes,
                                                                   std::size_t blocks);
[[nodiscard]] SnapshotTrailer decode_trailer(std::string_view bytes);

// Every part in the order of the file.
[[nodiscard]] std::vector<SnapshotPart> parts_of(const SnapshotContents& contents);

}  // namespace projections
