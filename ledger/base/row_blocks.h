// Rows that never move, in the order in which they were added. Those that were restored may stay
// where they are stored until they are asked for.
#pragma once

#include "ledger/base/assert.h"
#include "ledger/base/block_store.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
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

    // Of one thread at a time, for this fetches what is not here.
    [[nodiscard]] const Row& operator[](std::size_t index) const {
        return fetched(index / block_rows)[index % block_rows];
    }

    [[nodiscard]] Row& operator[](std::size_t index) {
        return fetched(index / block_rows)[index % block_rows];
    }

    Row& add(Row&& row) {
        if (size() % block_rows == 0) blocks_.emplace_back().rows.reserve(block_rows);
        return blocks_.back().rows.emplace_back(std::move(row));
    }

    // Its rows, to be fetched when they are asked for. Requires that there are none yet.
    void restore(std::shared_ptr<const BlockSource<Row>> source) {
        LEDGER_ASSERT(blocks_.empty());
        source_ = std::move(source);
        blocks_.resize(blocks_of(source_->store().rows()));
        if (!blocks_.empty()) fetch(blocks_.size() - 1);  // it may have to grow
    }

    [[nodiscard]] std::size_t blocks() const { return blocks_.size(); }

    // Not one of its rows was asked for.
    [[nodiscard]] bool untouched(std::size_t block) const { return blocks_[block].rows.empty(); }

    [[nodiscard]] auto begin() { return Iterator<RowBlocks, Row>{*this, 0}; }

    [[nodiscard]] auto end() { return Iterator<RowBlocks, Row>{*this, size()}; }

    [[nodiscard]] auto begin() const { return Iterator<const RowBlocks, const Row>{*this, 0}; }

    [[nodiscard]] auto end() const { return Iterator<const RowBlocks, const Row>{*this, size()}; }

  private:
    // Empty as long as it is not fetched. Otherwise it has room for all its rows, a copy too.
    struct Block {
        Block() = default;

        Block(const Block& other) {
            if (other.rows.empty()) return;
            rows.reserve(block_rows);
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

    std::vector<Row>& fetched(std::size_t block) const {
        std::vector<Row>& rows = blocks_[block].rows;
        if (rows.empty()) [[unlikely]]
            fetch(block);
        return rows;
    }

    [[gnu::noinline]] void fetch(std::size_t block) const {
        std::vector<Row>& rows = blocks_[block].rows;
        rows.reserve(block_rows);
        source_->take(block, rows);
        const std::size_t before = block * block_rows;
        LEDGER_ASSERT(rows.size() == std::min(block_rows, source_->store().rows() - before));
    }

    mutable std::vector<Block> blocks_;  // what is fetched was there before
    std::shared_ptr<const BlockSource<Row>> source_;
};

}  // namespace ledger
