// The named views of a LedgerView, row by row, filtered and paged. HTTP and the CLI show the same.
#pragma once

#include "ledger/base/result.h"
#include "projections/ledger_view.h"
#include "projections/row.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace projections {

struct ViewQuery {
    std::string view;
    // Names are the view's own (see view_filters); an account is its number, its username or its
    // broker's code.
    std::vector<std::pair<std::string, std::string>> filters;
    std::string cursor;  // empty, or what visit_view() returned for the page before
    std::uint64_t rows_max = 100;
};

// "accounts", "links", "instruments", "orders", "mappings", "positions", "pending", "audit".
[[nodiscard]] std::vector<std::string_view> view_names();

// The filters that a view knows; empty for an unknown view.
[[nodiscard]] std::vector<std::string_view> view_filters(std::string_view view);

using RowSink = std::function<void(const Row&)>;

// Calls `sink` for each row of the page, in the order in which the rows came to be. Returns the
// cursor of the next page, empty after the last. not_found for an unknown view, invalid_input
// naming an unknown filter, a filter's bad value or a bad cursor.
[[nodiscard]] ledger::Result<std::string> visit_view(const LedgerView& view, const ViewQuery& query,
                                                     const RowSink& sink);

}  // namespace projections
