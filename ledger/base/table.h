// Rows kept in the order in which they were made, found by key. Walking a table walks that order;
// the hash index can be looked into and never walked, so no hash order leaks into an outcome.
#pragma once

#include "ledger/base/assert.h"
#include "ledger/base/block_store.h"
#include "ledger/base/row_blocks.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <utility>

#include <boost/unordered/unordered_flat_map.hpp>

namespace ledger {

// Hash must be deterministic. Rows are never removed and never move.
template <class Key, class Row, class Hash>
class Table {
  public:
    [[nodiscard]] const Row* find(const Key& key) const {
        const auto found = index_of(key);
        return found ? &rows_[*found] : nullptr;
    }

    [[nodiscard]] Row* find(const Key& key) {
        const auto found = index_of(key);
        return found ? &rows_[*found] : nullptr;
    }

    [[nodiscard]] std::optional<RowIndex> index_of(const Key& key) const {
        const auto found = index_.find(key);
        if (found != index_.end()) return found->second;
        return source_ == nullptr ? std::nullopt : stored_index_of(key);
    }

    // Requires that the key is not there yet.
    Row& add(const Key& key, Row row) {
        Row* added = try_add(key, std::move(row));
        LEDGER_ASSERT(added != nullptr);
        return *added;
    }

    // Nothing where the key is there already.
    Row* try_add(const Key& key, Row&& row) {
        if (source_ != nullptr && stored_index_of(key)) return nullptr;
        if (!index_.emplace(key, static_cast<RowIndex>(rows_.size())).second) return nullptr;
        return &rows_.add(std::move(row));
    }

    // For so many rows in all: saves the index its growing.
    void reserve(std::size_t rows) { index_.reserve(rows); }

    // The rows of `source`, which stay there until they are asked for. Requires that there are none
    // yet, and no two of its own with one key.
    void restore(std::shared_ptr<const RowSource<Key, Row>> source) {
        rows_.restore(source);
        source_ = std::move(source);
    }

    // Where rows were restored from; nothing where they were added.
    [[nodiscard]] const BlockStore* store() const {
        return source_ == nullptr ? nullptr : &source_->store();
    }

    [[nodiscard]] std::size_t blocks() const { return rows_.blocks(); }

    // No row of this block was asked for: it is as it is stored.
    [[nodiscard]] bool untouched(std::size_t block) const { return rows_.untouched(block); }

    [[nodiscard]] const Row& operator[](RowIndex index) const { return rows_[index]; }

    [[nodiscard]] Row& operator[](RowIndex index) { return rows_[index]; }

    [[nodiscard]] RowIndex size() const { return static_cast<RowIndex>(rows_.size()); }

    [[nodiscard]] auto begin() { return rows_.begin(); }

    [[nodiscard]] auto end() { return rows_.end(); }

    [[nodiscard]] auto begin() const { return rows_.begin(); }

    [[nodiscard]] auto end() const { return rows_.end(); }

  private:
    [[nodiscard]] std::optional<RowIndex> stored_index_of(const Key& key) const {
        for (const KeyPlace& at : at_place(source_->store().keys(), source_->place_of(key))) {
            if (source_->has_key(rows_[at.row], key)) return at.row;
        }
        return std::nullopt;
    }

    RowBlocks<Row> rows_;
    std::shared_ptr<const RowSource<Key, Row>> source_;
    boost::unordered_flat_map<Key, RowIndex, Hash> index_;  // of rows that were added
};

}  // namespace ledger
