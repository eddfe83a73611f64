#include "projections/execution_report.h"

#include "projections/view_rows.h"
#include "tests/projections/live_ledger.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace execution_report_test {

using namespace projections;
using namespace projections::test;
using ledger::Event;
using ledger::Quantity;
using ledger::test::any_steps;

namespace {

std::vector<ExecutionReport> reports_of(const std::vector<Event>& events, LedgerView& view) {
    std::vector<ExecutionReport> all;
    for (const Event& event : events) {
        view.apply(event);
        for (auto& report : execution_reports_of(view, event)) all.push_back(std::move(report));
    }
    return all;
}

bool is_over(char status) {
    return std::string_view{"248C"}.find(status) != std::string_view::npos;
}

}  // namespace

TEST_CASE("each ExecutionReport has an id of its own and quantities that fit", "[projections]") {
    rc::prop("as FIX 4.4 wants them", [] {
        const LiveLedger& live = lived(*any_steps(2));
        LedgerView view;
        std::set<std::string> ids;
        for (const ExecutionReport& report : reports_of(live.events(), view)) {
            RC_ASSERT(ids.insert(report.exec_id).second);
            RC_ASSERT_FALSE(report.order_id.empty());
            RC_ASSERT_FALSE(report.account.empty());
            const Quantity left = report.terms.quantity - report.cum_qty;
            const Quantity leaves = is_over(report.ord_status) ? Quantity{} : left;
            RC_ASSERT(report.leaves_qty == std::max(leaves, Quantity{}));
            RC_ASSERT((report.exec_type == 'F') == (report.last_qty.value() > 0));
            if (report.ord_status == '2') RC_ASSERT(report.leaves_qty.value() == 0);
            if (report.ord_status == '0') RC_ASSERT(report.cum_qty.value() == 0);
        }
    });
}

TEST_CASE("the trades of a follower order add up to its fills", "[projections]") {
    rc::prop("by its ClOrdID", [] {
        const LiveLedger& live = lived(*any_steps(2));
        LedgerView view;
        std::map<std::string, std::int64_t> traded;
        for (const ExecutionReport& report : reports_of(live.events(), view)) {
            traded[report.cl_ord_id] += report.last_qty.value();
        }
        for (const auto& order : view.state().follower_orders) {
            const std::string id{ledger::cl_ord_id_of(order.id).view()};
            RC_ASSERT(traded[id] == order.cum_qty.value());
        }
    });
}

TEST_CASE("a change is reported under its own ClOrdID and names the order's", "[projections]") {
    std::set<char> types;
    rc::prop("sent and agreed", [&] {
        const LiveLedger& live = lived(*any_steps(2));
        LedgerView view;
        for (const ExecutionReport& report : reports_of(live.events(), view)) {
            types.insert(report.exec_type);
            if (report.orig_cl_ord_id.empty()) continue;
            RC_ASSERT(report.cl_ord_id != report.orig_cl_ord_id);
            RC_ASSERT(std::string_view{"56E"}.find(report.exec_type) != std::string_view::npos);
        }
    });
    // All that are ever made.
    CHECK(types == std::set<char>{'0', '4', '5', '6', '8', 'A', 'C', 'E', 'F', 'I'});
}

TEST_CASE("decisions, accounts and limits are no ExecutionReports", "[projections]") {
    LiveLedger live;
    live.runs({});
    LedgerView view;
    CHECK(reports_of(live.events(), view).empty());
}

}  // namespace execution_report_test
