// Rows that never move, in the order in which they were added.
#pragma once

#include <cstddef>
#include <iterator>
#include <utility>
#include <vector>

namespace ledger {

// In blocks of a power of two, so that an index is split by a shift: a deque divides.
template <class Row>
class RowBlocks {
    template <class Rows, class Value>
    class Iterator {
      public:
        using value_type = Row;
        using difference_type = std::ptrdiff_t;

        Iterator() = default;

        Iterator(Rows& rows, std::size_t at) : rows_(&rows), at_(at) {}

        Value& operator*() const { return (*rows_)[at_]; }

        Value* operator->() const { return &(*rows_)[at_]; }

        Iterator& operator++() {
            ++at_;
            return *this;
        }

        Iterator operator++(int) {
            Iterator before = *this;
            ++at_;
            return before;
        }

        friend bool operator==(const Iterator&, const Iterator&) = default;

      private:
        Rows* rows_ = nullptr;
        std::size_t at_ = 0;
    };

  public:
    [[nodiscard]] std::size_t size() const {
        if (blocks_.empty()) return 0;
        return (blocks_.size() - 1) * block_rows + blocks_.back().rows.size();
    }

    [[nodiscard]] const Row& operator[](std::size_t index) const {
        return blocks_[index / block_rows].rows[index % block_rows];
    }

    [[nodiscard]] Row& operator[](std::size_t index) {
        return blocks_[index / block_rows].rows[index % block_rows];
    }

    Row& add(Row&& row) {
        if (size() % block_rows == 0) blocks_.emplace_back();
        return blocks_.back().rows.emplace_back(std::move(row));
    }

    [[nodiscard]] auto begin() { return Iterator<RowBlocks, Row>{*this, 0}; }

    [[nodiscard]] auto end() { return Iterator<RowBlocks, Row>{*this, size()}; }

    [[nodiscard]] auto begin() const { return Iterator<const RowBlocks, const Row>{*this, 0}; }

    [[nodiscard]] auto end() const { return Iterator<const RowBlocks, const Row>{*this, size()}; }

  private:
    static constexpr std::size_t block_rows = 128;

    // Has room for all its rows from the start, a copy too.
    struct Block {
        Block() { rows.reserve(block_rows); }

        Block(const Block& other) : Block() {
            rows.insert(rows.end(), other.rows.begin(), other.rows.end());
        }

        Block(Block&&) noexcept = default;

        Block& operator=(const Block& other) {
            Block copy{other};
            rows.swap(copy.rows);
            return *this;
        }

        Block& operator=(Block&&) noexcept = default;
        ~Block() = default;

        std::vector<Row> rows;
    };

    std::vector<Block> blocks_;
};

}  // namespace ledger
