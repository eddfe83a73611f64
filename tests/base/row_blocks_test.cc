#include "ledger/base/row_blocks.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <catch2/catch.hpp>

namespace row_blocks_test {

namespace {

using ledger::RowBlocks;

constexpr int many = 1000;  // several blocks, and a part of one

RowBlocks<int> counted() {
    RowBlocks<int> rows;
    for (int i = 0; i < many; ++i) rows.add(int{i});
    return rows;
}

}  // namespace

static_assert(std::forward_iterator<decltype(std::declval<const RowBlocks<int>&>().begin())>);

TEST_CASE("rows are found by their place and walked in its order", "[base]") {
    const RowBlocks<int> rows = counted();
    REQUIRE(rows.size() == many);
    CHECK(rows[0] == 0);
    CHECK(rows[127] == 127);
    CHECK(rows[128] == 128);
    CHECK(std::ranges::is_sorted(rows));
    CHECK(std::ranges::distance(rows) == many);
    const RowBlocks<int> none;
    CHECK(none.begin() == none.end());
}

TEST_CASE("no row moves while others are added, to a copy neither", "[base]") {
    RowBlocks<int> rows = counted();
    RowBlocks<int> copy = rows;
    for (RowBlocks<int>* grows : {&rows, &copy}) {
        const int* last = &(*grows)[many - 1];
        for (int i = 0; i < many; ++i) grows->add(int{i});
        CHECK(&(*grows)[many - 1] == last);
    }
}

TEST_CASE("a copy of rows is by itself, and what was moved from is empty", "[base]") {
    RowBlocks<int> rows = counted();
    RowBlocks<int> copy;
    copy = rows;
    copy[5] = -1;
    CHECK(rows[5] == 5);
    const RowBlocks<int> moved = std::move(rows);
    CHECK(moved.size() == many);
    CHECK(rows.size() == 0);  // NOLINT(bugprone-use-after-move)
}

}  // namespace row_blocks_test
