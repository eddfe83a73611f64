// Rows that stay where they are stored until they are needed, block by block.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace ledger {

using RowIndex = std::uint32_t;

// As many rows as are made, kept and stored together.
inline constexpr std::size_t block_rows = 128;

[[nodiscard]] constexpr std::size_t blocks_of(std::size_t rows) {
    return (rows + block_rows - 1) / block_rows;
}

// Where the row of a key may be: keys that differ may share a place, which is as good as random.
struct KeyPlace {
    std::uint32_t place = 0;
    RowIndex row = 0;

    friend auto operator<=>(const KeyPlace&, const KeyPlace&) = default;
};

// Those of one place, among places that ascend.
[[nodiscard]] std::span<const KeyPlace> at_place(std::span<const KeyPlace> places,
                                                 std::uint32_t place);

// Evenly spread where the hashes differ in any bits.
[[nodiscard]] std::uint32_t place_of_hash(std::uint64_t hash);

struct StoredBlock {
    std::string rows;  // their canonical bytes
    std::string side;  // what these leave out
};

// The bytes of a table. It never changes, and may be read from several threads.
class BlockStore {
  public:
    BlockStore() = default;
    BlockStore(const BlockStore&) = delete;
    BlockStore& operator=(const BlockStore&) = delete;
    virtual ~BlockStore() = default;

    [[nodiscard]] virtual RowIndex rows() const = 0;
    // Ends the process where the block is not what was stored.
    [[nodiscard]] virtual StoredBlock read(std::size_t block) const = 0;
    // When the last of its rows came to rest: never, or at once, at the ends of the range.
    [[nodiscard]] virtual std::int64_t settled_at_ns(std::size_t block) const = 0;
    // Of all its rows, ascending.
    [[nodiscard]] virtual std::span<const KeyPlace> keys() const = 0;
    // Ends the process: what read() gave is no block of such rows.
    [[noreturn]] virtual void damaged() const = 0;
};

// Makes rows of a store's bytes.
template <class Row>
class BlockSource {
  public:
    BlockSource() = default;
    BlockSource(const BlockSource&) = delete;
    BlockSource& operator=(const BlockSource&) = delete;
    virtual ~BlockSource() = default;

    [[nodiscard]] virtual const BlockStore& store() const = 0;
    // Appends the block's rows to `rows`, which have room for them and do not move.
    virtual void take(std::size_t block, std::vector<Row>& rows) const = 0;
};

// And knows them by their keys.
template <class Key, class Row>
class RowSource : public BlockSource<Row> {
  public:
    [[nodiscard]] virtual std::uint32_t place_of(const Key& key) const = 0;
    [[nodiscard]] virtual bool has_key(const Row& row, const Key& key) const = 0;
};

}  // namespace ledger
