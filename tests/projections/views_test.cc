#include "projections/views.h"

#include "tests/projections/live_ledger.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace views_test {

using namespace projections;
using namespace projections::test;
using ledger::Errc;
using ledger::test::any_steps;

namespace {

// Where a filter's value stands in the rows that it lets through.
struct FilterCell {
    std::string_view view;
    std::string_view filter;
    std::string_view cell;
};

constexpr FilterCell filter_cells[]{
    {"accounts", "role", "role"},           {"accounts", "id", "id"},
    {"accounts", "id", "username"},         {"accounts", "id", "broker_account"},
    {"links", "master", "master_id"},       {"links", "master", "master"},
    {"links", "follower", "follower_id"},   {"links", "follower", "follower"},
    {"instruments", "symbol", "symbol"},    {"orders", "role", "role"},
    {"orders", "account", "account_id"},    {"orders", "account", "account"},
    {"orders", "status", "status"},         {"orders", "order", "order_id"},
    {"mappings", "master", "master"},       {"mappings", "follower", "follower_id"},
    {"mappings", "follower", "follower"},   {"mappings", "order", "order_id"},
    {"mappings", "order", "cl_ord_id"},     {"mappings", "order", "master_order_id"},
    {"positions", "account", "account_id"}, {"positions", "account", "account"},
    {"positions", "symbol", "symbol"},      {"pending", "account", "account_id"},
    {"pending", "account", "account"},      {"pending", "order", "order_id"},
    {"pending", "order", "cl_ord_id"},      {"audit", "account", "account_id"},
    {"audit", "account", "account"},        {"limits", "account", "account_id"},
    {"limits", "account", "account"},       {"limits", "scope", "scope"},
};

// All pages of a query, one after the other.
std::vector<Row> pages_of(const LedgerView& view, ViewQuery query) {
    // A pending order is one or more rows, which are not torn apart.
    constexpr std::size_t rows_of_an_order_max = 3;
    std::vector<Row> rows;
    while (true) {
        const std::size_t before = rows.size();
        const auto next = visit_view(view, query, [&](const Row& row) { rows.push_back(row); });
        RC_ASSERT(next.has_value());
        RC_ASSERT(rows.size() - before < query.rows_max + rows_of_an_order_max);
        if (next.value().empty()) return rows;
        RC_ASSERT(next.value() != query.cursor);
        query.cursor = next.value();
    }
}

// The rows of `all` that a filter ought to let through: a master's order brings its copies along.
std::vector<Row> let_through(const std::vector<Row>& all, const FilterCell& filter,
                             const std::string& value) {
    std::vector<Row> rows;
    for (const Row& row : all) {
        const bool copy_of = filter.cell == "order_id" && cell(row, "master_order_id") == value;
        if (cell(row, filter.cell) == value || copy_of) rows.push_back(row);
    }
    return rows;
}

ledger::Error refused(const ViewQuery& query) {
    const auto visited = visit_view(LedgerView{}, query, [](const Row&) {});
    REQUIRE_FALSE(visited);
    return visited.error();
}

ViewQuery asks(std::string_view view, FilterValues filters = {}, std::string cursor = {}) {
    return {std::string{view}, std::move(filters), std::move(cursor), 100};
}

}  // namespace

TEST_CASE("pages laid end to end are the whole view, whatever their size", "[projections]") {
    rc::prop("every view, with and without a filter", [] {
        const LiveLedger& live = lived(*any_steps(2));
        ViewQuery query;
        query.rows_max = 1 + any_below(12);
        for (const std::string_view name : view_names()) {
            query.view = name;
            query.filters.clear();
            RC_ASSERT(cells_of(pages_of(live.view(), query)) ==
                      cells_of(rows_of(live.view(), name)));
        }
        query.view = "orders";
        query.filters = {{"status", "FILLED"}};
        RC_ASSERT(cells_of(pages_of(live.view(), query)) ==
                  cells_of(rows_of(live.view(), "orders", query.filters)));
    });
}

TEST_CASE("a filter lets through the rows that bear its value, and no others", "[projections]") {
    rc::prop("every filter of every view, every value there is", [] {
        const LiveLedger& live = lived(*any_steps(1));
        for (const FilterCell& filter : filter_cells) {
            const auto all = rows_of(live.view(), filter.view);
            std::set<std::string> values;
            for (const Row& row : all) values.insert(cell(row, filter.cell));
            values.erase("");  // limits of the whole ledger belong to no account
            for (const std::string& value : values) {
                const auto found =
                    rows_of(live.view(), filter.view, {{std::string{filter.filter}, value}});
                RC_ASSERT(cells_of(found) == cells_of(let_through(all, filter, value)));
            }
        }
    });
}

TEST_CASE("every filter of every view is known by a test", "[projections]") {
    for (const std::string_view view : view_names()) {
        for (const std::string_view filter : view_filters(view)) {
            INFO(view << " by " << filter);
            CHECK(std::ranges::any_of(filter_cells, [&](const FilterCell& known) {
                return known.view == view && known.filter == filter;
            }));
        }
    }
    CHECK(view_filters("no such view").empty());
}

TEST_CASE("two filters let through what both do", "[projections]") {
    LiveLedger live;
    live.runs({});
    CHECK(rows_of(live.view(), "links", {{"master", "MA"}, {"follower", "FB"}}).size() == 1);
    CHECK(rows_of(live.view(), "links", {{"master", "MA"}, {"follower", "MB"}}).empty());
    CHECK(rows_of(live.view(), "accounts", {{"role", "MASTER"}, {"id", "FA"}}).empty());
}

TEST_CASE("a filter may be written in other letters", "[projections]") {
    LiveLedger live;
    live.runs({});
    CHECK(rows_of(live.view(), "links", {{"master", "ma"}, {"follower", "Fb"}}).size() == 1);
    CHECK(cells_of(rows_of(live.view(), "accounts", {{"role", "master"}})) ==
          cells_of(rows_of(live.view(), "accounts", {{"role", "MASTER"}})));
}

TEST_CASE("a query that cannot be is refused by the field that is wrong", "[projections]") {
    CHECK(refused(asks("no such view")).code == Errc::not_found);
    CHECK(refused(asks("no such view")).field == "view");
    for (const ViewQuery& query : {asks("orders", {{"colour", "red"}}),
                                   asks("audit", {{"account", "1"}, {"colour", "x"}})}) {
        CHECK(refused(query).code == Errc::invalid_input);
        CHECK(refused(query).field == "colour");
    }
    CHECK(refused(asks("orders", {{"role", "BOSS"}})).field == "role");
    CHECK(refused(asks("accounts", {{"role", ""}})).field == "role");
    CHECK(refused(asks("orders", {{"status", "OPEN"}})).field == "status");
    for (const char* cursor : {"x", "-1", "1.5", " 1", "99999999999999999999"}) {
        INFO(cursor);
        CHECK(refused(asks("orders", {}, cursor)).code == Errc::invalid_input);
        CHECK(refused(asks("orders", {}, cursor)).field == "cursor");
    }
}

TEST_CASE("every status that an order can be in may be asked for", "[projections]") {
    for (int value = 1; value <= static_cast<int>(ledger::OrdStatus::withdrawn); ++value) {
        const std::string status{to_text(static_cast<ledger::OrdStatus>(value))};
        CHECK(visit_view({}, asks("orders", {{"status", status}}), [](const Row&) {}));
    }
    CHECK(visit_view({}, asks("orders", {{"status", "PENDING_CANCEL"}}), [](const Row&) {}));
    CHECK(visit_view({}, asks("orders", {{"status", "PENDING_REPLACE"}}), [](const Row&) {}));
}

TEST_CASE("beyond the last row there is nothing, and no next page", "[projections]") {
    LiveLedger live;
    live.runs({});
    for (const std::string_view name : view_names()) {
        for (const char* cursor : {"1000", "9223372036854775807"}) {
            std::size_t rows = 0;
            const auto next =
                visit_view(live.view(), asks(name, {}, cursor), [&](const Row&) { ++rows; });
            CHECK(next.value().empty());
            CHECK(rows == 0);
        }
    }
}

}  // namespace views_test
