#include "ledger/replication/order_status.h"

#include <array>
#include <set>
#include <string_view>
#include <utility>

#include <catch2/catch.hpp>

namespace ledger::replication::test::order_status_test {

namespace {

using enum OrdStatus;
using Transition = std::pair<OrdStatus, OrdStatus>;

constexpr std::array statuses{intended, pending_new, unknown, new_,       partially_filled, filled,
                              canceled, rejected,    expired, not_placed, withdrawn};

// The order table of the specification, as far as the ledger has the statuses. The states of a
// pending replace or cancel live in the order's changes, not in its status.
const std::set<Transition> in_the_table{
    {intended, pending_new},
    {intended, withdrawn},
    {intended, expired},
    {pending_new, new_},
    {pending_new, partially_filled},
    {pending_new, filled},
    {pending_new, rejected},
    {pending_new, canceled},
    {pending_new, unknown},
    {unknown, new_},
    {unknown, partially_filled},
    {unknown, filled},
    {unknown, rejected},
    {unknown, canceled},
    {unknown, expired},
    {unknown, not_placed},
    {new_, partially_filled},
    {new_, filled},
    {new_, canceled},
    {new_, expired},
    {new_, rejected},
    {partially_filled, partially_filled},
    {partially_filled, filled},
    {partially_filled, canceled},
    {partially_filled, expired},
    {canceled, canceled},  // a late trade moves CumQty
    {expired, expired},
};

// What the table leaves open and the ledger needs.
const std::set<Transition> beyond_the_table{
    {intended, not_placed},   // sent once, proved absent, and too old to be sent again
    {pending_new, intended},  // refused for now
    {unknown, intended},      // proved absent, and still wanted
    {pending_new, expired},   // an order that the broker lets expire at once
    {new_, new_},             // the same said of its terms
    {filled, filled},         // trade corrections
    {canceled, filled},       // the late trade was the last
    {expired, filled},
    {expired, canceled},  // a broker's two words for one end
};

}  // namespace

TEST_CASE("an order may go where the table of outcomes says, and nowhere else", "[replication]") {
    for (const OrdStatus from : statuses) {
        for (const OrdStatus to : statuses) {
            INFO(to_text(from) << " to " << to_text(to));
            const Transition step{from, to};
            CHECK(is_legal(from, to) ==
                  (in_the_table.contains(step) || beyond_the_table.contains(step)));
        }
    }
}

TEST_CASE("nothing leaves a refused, absent or withdrawn order", "[replication]") {
    for (const OrdStatus from : {rejected, not_placed, withdrawn}) {
        for (const OrdStatus to : statuses) CHECK_FALSE(is_legal(from, to));
    }
}

TEST_CASE("an order that has ended never works again", "[replication]") {
    for (const OrdStatus from : statuses) {
        for (const OrdStatus to : statuses) {
            if (is_terminal(from) && is_legal(from, to)) CHECK(is_terminal(to));
        }
    }
}

TEST_CASE("an order is waiting, working or ended", "[replication]") {
    for (const OrdStatus status : statuses) {
        const bool waiting = status == intended || status == pending_new || status == unknown;
        CHECK(int{waiting} + int{is_working(status)} + int{is_terminal(status)} == 1);
    }
}

}  // namespace ledger::replication::test::order_status_test
