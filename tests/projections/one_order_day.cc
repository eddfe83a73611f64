#include "tests/projections/one_order_day.h"

#include <catch2/catch.hpp>

namespace projections::test {

using namespace ledger;

namespace {

void opens(LiveLedger& live, AccountRole role, const std::string& code) {
    AccountProfile profile;
    profile.name = "Name of " + code;
    profile.sealed_credentials = "sealed-" + code;
    profile.credential_hint = "7f3a";
    live.says(OpenAccount{{role, "blaze", code, "user-" + code}, profile});
}

}  // namespace

MasterOrderReported report(MasterEventType type, std::int64_t quantity) {
    MasterOrderReported said;
    said.account = the_master;
    said.broker_order_id = "M-1";
    said.type = type;
    said.instrument = {Segment::nse_cash, "2885", "RELIANCE"};
    said.terms.type = OrderType::limit;
    said.terms.quantity = Quantity{quantity};
    said.terms.price = Price{14'050'500};
    return said;
}

Day::Day() {
    opens(live, AccountRole::master, "MA");
    opens(live, AccountRole::follower, "FA");
    SetLink link;
    link.master = the_master;
    link.follower = the_follower;
    link.ratio = Ratio{1, 2};
    live.says(link);
    live.says(ReportMasterOrder{report(MasterEventType::new_, 100)});
    const auto& order = live.state().follower_orders[0];
    placing = {order.id, order.id, the_follower, 1};
}

void Day::is_sent() {
    live.says(StartAttempt{placing.order, placing.intent});
}

void Day::is_placed() {
    is_sent();
    live.says(RecordAccepted{placing, "B-1", false});
}

void Day::is_told(OrdStatus status, std::int64_t filled, std::int64_t average) {
    FollowerOrderReported row;
    row.order = placing.order;
    row.broker_order_id = "B-1";
    row.status = status;
    row.order_qty = Quantity{50};
    row.cum_qty = Quantity{filled};
    row.avg_px = Price{average};
    live.says(ReportFollowerOrder{row});
}

void Day::is_filled(std::int64_t quantity, std::int64_t average) {
    is_told(OrdStatus::partially_filled, quantity, average);
}

Row Day::row(std::string_view view, const FilterValues& filters) const {
    const auto rows = rows_of(live.view(), view, filters);
    REQUIRE(rows.size() == 1);
    return rows.front();
}

std::string Day::status() const {
    return cell(row("orders", {{"role", "FOLLOWER"}}), "status");
}

}  // namespace projections::test
