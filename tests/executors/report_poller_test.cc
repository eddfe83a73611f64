#include "executors/report_poller.h"

#include "tests/executors/told_events.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace report_poller_test {

using executors::Book;
using executors::BookRead;
using executors::BookRow;
using executors::BookUnread;
using executors::ReportPoller;
using ledger::OrdStatus;
using namespace told;

namespace {

constexpr AccountNumber alice{2};

BookRow row(const std::string& order, const std::string& broker_order_id,
            OrdStatus status = OrdStatus::new_) {
    BookRow row;
    row.client_reference = std::string{ledger::cl_ord_id_of(id_of(order)).view()};
    row.broker_order_id = broker_order_id;
    row.terms = terms(100);
    row.status = status;
    return row;
}

struct Desk {
    void place(const std::string& order, const std::string& broker_order_id) {
        poller.apply(accepted(ref(order, order, alice), broker_order_id), now_ns);
    }

    void report(const std::string& order, OrdStatus status) {
        ledger::FollowerOrderReported report;
        report.order = id_of(order);
        report.follower = alice;
        report.broker_order_id = "77";
        report.status = status;
        poller.apply(event("report", std::move(report)), now_ns);
    }

    std::vector<ledger::ReportFollowerOrder> sees(const Book& book) {
        return poller.on_book(alice, {book, {}, now_ns, now_ns});
    }

    std::vector<ledger::ReportFollowerOrder> reads(std::vector<BookRow> rows) {
        return sees(BookRead{std::move(rows)});
    }

    ReportPoller poller{{}};
    std::int64_t now_ns = 0;
};

}  // namespace

TEST_CASE("nobody's book is polled while nothing works", "[executors]") {
    Desk desk;
    CHECK_FALSE(desk.poller.next_due_ns());
}

TEST_CASE("an accepted order is looked at soon and then every interval", "[executors]") {
    Desk desk;
    desk.place("A", "77");
    CHECK(desk.poller.next_due_ns() == 100 * ms);
    desk.now_ns = 100 * ms;
    REQUIRE(desk.poller.take_due(desk.now_ns) == alice);
    desk.reads({row("A", "77")});
    CHECK(desk.poller.next_due_ns() == desk.now_ns + second);
}

TEST_CASE("a row is reported when it says something new", "[executors]") {
    Desk desk;
    desk.place("A", "77");
    BookRow shown = row("A", "77");
    CHECK(desk.reads({shown}).size() == 1);
    CHECK(desk.reads({shown}).empty());
    shown.cum_qty = ledger::Quantity{40};
    const auto news = desk.reads({shown});
    REQUIRE(news.size() == 1);
    CHECK(news[0].report.order == id_of("A"));
    CHECK(news[0].report.cum_qty == ledger::Quantity{40});
}

TEST_CASE("rows of orders that are not watched are nobody's", "[executors]") {
    Desk desk;
    desk.place("A", "77");
    BookRow manual = row("A", "90");
    manual.client_reference = "";
    CHECK(desk.reads({row("B", "78"), manual}).empty());
}

TEST_CASE("another order under a watched one's reference is reported, unless it was refused",
          "[executors]") {
    Desk desk;
    desk.place("A", "77");
    CHECK(desk.reads({row("A", "70", OrdStatus::rejected)}).empty());
    const auto news = desk.reads({row("A", "78")});
    REQUIRE(news.size() == 1);
    CHECK(news[0].report.broker_order_id == "78");
    CHECK(desk.reads({row("A", "78")}).empty());
}

TEST_CASE("an order that ended is polled no more", "[executors]") {
    Desk desk;
    desk.place("A", "77");
    desk.report("A", GENERATE(OrdStatus::filled, OrdStatus::rejected));
    CHECK(desk.poller.watched() == 0);
    CHECK_FALSE(desk.poller.next_due_ns());
}

TEST_CASE("a cancelled order gets one late look for a trade that crossed the cancel",
          "[executors]") {
    Desk desk;
    desk.place("A", "77");
    desk.report("A", OrdStatus::canceled);
    desk.reads({row("A", "77", OrdStatus::canceled)});
    CHECK(desk.poller.next_due_ns() == 10 * second);
    desk.now_ns = 10 * second;
    BookRow late = row("A", "77", OrdStatus::canceled);
    late.cum_qty = ledger::Quantity{30};
    CHECK(desk.reads({late}).size() == 1);
    CHECK(desk.poller.watched() == 0);
}

TEST_CASE("an end that the ledger does not take over ends the watch all the same", "[executors]") {
    Desk desk;
    desk.place("A", "77");
    for (int n = 0; n < 30; ++n) {
        desk.reads({row("A", "77", OrdStatus::rejected)});
        desk.now_ns += second;
    }
    CHECK(desk.poller.watched() == 0);
}

TEST_CASE("polls grow rarer while books cannot be read, and recover at once", "[executors]") {
    Desk desk;
    desk.place("A", "77");
    std::int64_t wait_ns = 0;
    for (int n = 0; n < 10; ++n) {
        desk.sees(BookUnread{"timeout"});
        CHECK(*desk.poller.next_due_ns() - desk.now_ns >= wait_ns);
        wait_ns = *desk.poller.next_due_ns() - desk.now_ns;
    }
    CHECK(wait_ns == 30 * second);
    desk.reads({});
    CHECK(desk.poller.next_due_ns() == desk.now_ns + second);
}

}  // namespace report_poller_test
