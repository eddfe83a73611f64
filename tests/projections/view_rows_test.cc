// One order's day, seen through every view.
#include "projections/view_rows.h"

#include "tests/projections/one_order_day.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace view_rows_test {

using namespace projections;
using namespace projections::test;
using namespace ledger;

namespace {

void check_cells(const Row& row, const std::vector<std::pair<std::string, std::string>>& wanted) {
    for (const auto& [name, text] : wanted) {
        INFO(name);
        CHECK(cell(row, name) == text);
    }
}

}  // namespace

TEST_CASE("accounts and links are shown with their terms and without their credentials",
          "[projections]") {
    const Day day;
    check_cells(day.row("accounts", {{"role", "FOLLOWER"}}), {{"id", "2"},
                                                              {"broker", "blaze"},
                                                              {"broker_account", "FA"},
                                                              {"username", "user-FA"},
                                                              {"name", "Name of FA"},
                                                              {"credential_hint", "7f3a"},
                                                              {"enabled", "true"},
                                                              {"closed", "false"}});
    check_cells(day.row("links"), {{"master_id", "1"},
                                   {"master", "MA"},
                                   {"follower_id", "2"},
                                   {"follower", "FA"},
                                   {"copy_strategy", "FIXED_RATIO"},
                                   {"scaling_factor", "0.5"},
                                   {"active", "true"},
                                   {"removed", "false"}});
}

TEST_CASE("an order that is not sent waits, on its own and as a copy", "[projections]") {
    const Day day;
    const std::string id = to_text(day.placing.order);
    check_cells(day.row("orders", {{"role", "MASTER"}}), {{"broker_order_id", "M-1"},
                                                          {"account", "MA"},
                                                          {"symbol", "RELIANCE"},
                                                          {"exchange", "NSECM"},
                                                          {"side", "BUY"},
                                                          {"order_type", "LIMIT"},
                                                          {"quantity", "100"},
                                                          {"price", "1405.05"},
                                                          {"status", "NEW"},
                                                          {"filled_quantity", "0"},
                                                          {"average_price", "0"},
                                                          {"followers", "1"}});
    check_cells(day.row("mappings"), {{"master", "MA"},
                                      {"follower", "FA"},
                                      {"master_broker_order_id", "M-1"},
                                      {"order_id", id},
                                      {"broker_order_id", ""},
                                      {"quantity", "50"},
                                      {"status", "INTENDED"}});
    check_cells(day.row("pending"), {{"intent_id", id},
                                     {"action", "NEW"},
                                     {"stage", "WAITING"},
                                     {"account", "FA"},
                                     {"attempts", "0"}});
    CHECK(rows_of(day.live.view(), "positions").empty());
}

TEST_CASE("an order under way, placed and filled is shown as such", "[projections]") {
    Day day;
    day.live.says(StartAttempt{day.placing.order, day.placing.intent});
    CHECK(day.status() == "PENDING_NEW");
    CHECK(cell(day.row("pending"), "stage") == "IN_FLIGHT");
    day.live.says(RecordUnknown{day.placing, "timeout"});
    CHECK(day.status() == "UNKNOWN");
    CHECK(cell(day.row("pending"), "stage") == "UNKNOWN");
    day.live.says(RecordAccepted{day.placing, "B-1", true});
    CHECK(rows_of(day.live.view(), "pending").empty());

    day.is_filled(20, 14'000'000);
    day.is_filled(30, 14'001'000);
    check_cells(
        day.row("orders", {{"order", "B-1"}}),
        {{"status", "PARTIALLY_FILLED"}, {"filled_quantity", "30"}, {"average_price", "1400.1"}});
    check_cells(day.row("positions"), {{"account", "FA"},
                                       {"symbol", "RELIANCE"},
                                       {"product", "MIS"},
                                       {"quantity", "30"},
                                       {"average_price", "1400.1"},
                                       {"bought", "30"},
                                       {"sold", "0"},
                                       {"bought_value", "42003"},
                                       {"realised", "0"}});
    day.is_filled(50, 14'000'000);
    CHECK(day.status() == "FILLED");
    check_cells(day.row("audit", {{"account", "FA"}}), {{"orders_intended", "1"},
                                                        {"attempts", "1"},
                                                        {"unknown", "1"},
                                                        {"accepted", "1"},
                                                        {"recovered", "1"},
                                                        {"fills", "3"},
                                                        {"BELOW_MIN_LOT", "0"}});
}

TEST_CASE("a change under way stands before the order's status", "[projections]") {
    Day day;
    day.is_placed();
    day.live.says(ReportMasterOrder{report(MasterEventType::modified, 60)});
    const EventId modify = day.live.state().follower_orders[0].changes.front().intent;
    CHECK(day.status() == "NEW");
    check_cells(day.row("pending"), {{"action", "MODIFY"}, {"stage", "WAITING"}});
    day.live.says(StartAttempt{day.placing.order, modify});
    CHECK(day.status() == "PENDING_REPLACE");
    day.live.says(RecordAccepted{{day.placing.order, modify, the_follower, 1}, "B-1", false});
    check_cells(day.row("orders", {{"order", "B-1"}}), {{"status", "NEW"}, {"quantity", "30"}});

    day.live.says(ReportMasterOrder{report(MasterEventType::canceled, 60)});
    const EventId cancel = day.live.state().follower_orders[0].changes.front().intent;
    day.live.says(StartAttempt{day.placing.order, cancel});
    CHECK(day.status() == "PENDING_CANCEL");
    CHECK(cell(day.row("orders", {{"role", "MASTER"}}), "status") == "CANCELED");
}

TEST_CASE("a parked intent is shown as one that needs a person", "[projections]") {
    Day day;
    day.live.says(StartAttempt{day.placing.order, day.placing.intent});
    day.live.says(ParkIntent{day.placing, "cannot look up"});
    CHECK(cell(day.row("pending"), "stage") == "NEEDS_REVIEW");
}

TEST_CASE("I14 no view shows what is sealed", "[projections]") {
    rc::prop("in any row of any view", [] {
        const LiveLedger& live = lived(*ledger::test::any_steps(1));
        for (const std::string_view name : view_names()) {
            for (const Row& row : rows_of(live.view(), name)) RC_ASSERT(!shows(row, "sealed-"));
        }
    });
}

TEST_CASE("every row of a view has the same columns", "[projections]") {
    rc::prop("and each but once", [] {
        const LiveLedger& live = lived(*ledger::test::any_steps(1));
        for (const std::string_view view : view_names()) {
            std::vector<std::string_view> first;
            for (const Row& row : rows_of(live.view(), view)) {
                std::vector<std::string_view> names;
                for (const Cell& shown : row.cells()) {
                    RC_ASSERT(std::ranges::find(names, shown.name) == names.end());
                    names.push_back(shown.name);
                }
                if (first.empty()) first = names;
                RC_ASSERT(names == first);
            }
        }
    });
}

}  // namespace view_rows_test
