// Rows kept in the order in which they were made, found by key. Walking a table walks that order;
// the hash index can be looked into and never walked, so no hash order leaks into an outcome.
#pragma once

#include "ledger/base/assert.h"
#include "ledger/base/row_blocks.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include <boost/unordered/unordered_flat_map.hpp>

namespace ledger {

using RowIndex = std::uint32_t;

// Hash must be deterministic. Rows are never removed and never move.
template <class Key, class Row, class Hash>
class Table {
  public:
    [[nodiscard]] const Row* find(const Key& key) const {
        const auto found = index_.find(key);
        return found == index_.end() ? nullptr : &rows_[found->second];
    }

    [[nodiscard]] Row* find(const Key& key) {
        const auto found = index_.find(key);
        return found == index_.end() ? nullptr : &rows_[found->second];
    }

    [[nodiscard]] std::optional<RowIndex> index_of(const Key& key) const {
        const auto found = index_.find(key);
        return found == index_.end() ? std::nullopt : std::optional{found->second};
    }

    // Requires that the key is not there yet.
    Row& add(const Key& key, Row row) {
        Row* added = try_add(key, std::move(row));
        LEDGER_ASSERT(added != nullptr);
        return *added;
    }

    // Nothing where the key is there already.
    Row* try_add(const Key& key, Row&& row) {
        if (!index_.emplace(key, static_cast<RowIndex>(rows_.size())).second) return nullptr;
        return &rows_.add(std::move(row));
    }

    // For so many rows in all: saves the index its growing.
    void reserve(std::size_t rows) { index_.reserve(rows); }

    [[nodiscard]] const Row& operator[](RowIndex index) const { return rows_[index]; }

    [[nodiscard]] Row& operator[](RowIndex index) { return rows_[index]; }

    [[nodiscard]] RowIndex size() const { return static_cast<RowIndex>(rows_.size()); }

    [[nodiscard]] auto begin() { return rows_.begin(); }

    [[nodiscard]] auto end() { return rows_.end(); }

    [[nodiscard]] auto begin() const { return rows_.begin(); }

    [[nodiscard]] auto end() const { return rows_.end(); }

  private:
    RowBlocks<Row> rows_;
    boost::unordered_flat_map<Key, RowIndex, Hash> index_;
};

}  // namespace ledger
