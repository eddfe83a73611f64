#include "executors/reconciler.h"

#include "tests/executors/told_events.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace reconciler_test {

using executors::Book;
using executors::BookRead;
using executors::BookRow;
using executors::BookUnread;
using executors::Doubt;
using executors::LookUp;
using executors::Reconciler;
using executors::Verdict;
using ledger::IntentKind;
using ledger::OrdStatus;
using namespace told;

namespace {

constexpr AccountNumber alice{2};
constexpr std::int64_t window = 60 * second;

Doubt doubt_of(IntentKind kind, std::uint32_t attempt = 1) {
    const bool placing = kind == IntentKind::new_;
    return {.ref = ref("A", placing ? "A" : "C", alice, attempt),
            .kind = kind,
            .instrument = instrument(),
            .wanted = terms(100, 2'000'000),
            .broker_order_id = placing ? "" : "77"};
}

BookRow row(const std::string& broker_order_id = "77", OrdStatus status = OrdStatus::new_) {
    BookRow row;
    row.client_reference = std::string{ledger::cl_ord_id_of(id_of("A")).view()};
    row.broker_order_id = broker_order_id;
    row.token = instrument().token;
    row.terms = terms(100, 2'000'000);
    row.status = status;
    return row;
}

// A reconciler with one doubt, since time 0.
struct Inquiry {
    explicit Inquiry(Doubt about) { reconciler.add(std::move(about), 0); }

    std::vector<Verdict> sees(const Book& book, std::int64_t at_ns) {
        return reconciler.on_book(alice, {book, look_up, at_ns, at_ns});
    }

    std::vector<Verdict> reads(std::vector<BookRow> rows, std::int64_t at_ns) {
        return sees(BookRead{std::move(rows)}, at_ns);
    }

    Reconciler reconciler{{}};
    LookUp look_up{.possible = true, .visibility_window_ns = window};
};

// The verdict's command of this kind, which must be there.
template <class T>
T command(const std::vector<Verdict>& verdicts) {
    REQUIRE(verdicts.size() == 1);
    for (const auto& payload : verdicts[0].commands) {
        if (const auto* found = std::get_if<T>(&payload)) return *found;
    }
    FAIL("no such command in the verdict");
    return {};
}

template <class T>
std::size_t count(const std::vector<Verdict>& verdicts) {
    std::size_t found = 0;
    for (const Verdict& verdict : verdicts) {
        for (const auto& payload : verdict.commands) found += std::holds_alternative<T>(payload);
    }
    return found;
}

}  // namespace

TEST_CASE("an order found in the book is adopted at the first look", "[executors]") {
    const auto status = GENERATE(OrdStatus::new_, OrdStatus::filled, OrdStatus::canceled,
                                 OrdStatus::rejected, OrdStatus::unknown);
    Inquiry inquiry{doubt_of(IntentKind::new_)};
    const auto verdicts = inquiry.reads({row("77", status)}, 1);
    const auto accepted = command<ledger::RecordAccepted>(verdicts);
    CHECK(accepted.broker_order_id == "77");
    CHECK(accepted.recovered);
    CHECK(command<ledger::ReportFollowerOrder>(verdicts).report.status == status);
    CHECK(inquiry.reconciler.size() == 0);
    CHECK_FALSE(inquiry.reconciler.next_due_ns());
}

TEST_CASE("the first of several orders is adopted and the others are anomalies", "[executors]") {
    Inquiry inquiry{doubt_of(IntentKind::new_)};
    const auto verdicts = inquiry.reads({row("101"), row("99"), row("100")}, 1);
    CHECK(command<ledger::RecordAccepted>(verdicts).broker_order_id == "99");
    CHECK(count<ledger::RecordAnomaly>(verdicts) == 2);
    CHECK(count<ledger::RecordNotPlaced>(verdicts) == 0);
}

TEST_CASE("one order in several rows of a book is one order", "[executors]") {
    Inquiry inquiry{doubt_of(IntentKind::new_)};
    const auto verdicts = inquiry.reads({row("99"), row("100"), row("99"), row("100")}, 1);
    CHECK(command<ledger::RecordAccepted>(verdicts).broker_order_id == "99");
    CHECK(command<ledger::RecordAnomaly>(verdicts).anomaly.broker_order_id == "100");
    CHECK(count<ledger::RecordAnomaly>(verdicts) == 1);
}

TEST_CASE("an order that bears our reference but is another is never adopted", "[executors]") {
    BookRow other = row();
    const auto what = GENERATE(0, 1, 2, 3);
    if (what == 0) other.token = "1594";
    if (what == 1) other.segment = ledger::Segment::bse_cash;
    if (what == 2) other.terms.side = ledger::Side::sell;
    if (what == 3) other.terms.quantity = ledger::Quantity{99};
    Inquiry inquiry{doubt_of(IntentKind::new_)};
    const auto verdicts = inquiry.reads({other}, 1);
    CHECK(command<ledger::RecordAnomaly>(verdicts).anomaly.kind ==
          ledger::AnomalyKind::foreign_order);
    CHECK(count<ledger::ParkIntent>(verdicts) == 1);
    CHECK(count<ledger::RecordAccepted>(verdicts) == 0);
}

TEST_CASE("other people's orders are no evidence", "[executors]") {
    BookRow other = row();
    other.client_reference = "openalgo";
    Inquiry inquiry{doubt_of(IntentKind::new_)};
    CHECK(inquiry.reads({other}, 1).empty());
}

TEST_CASE("absence takes several reads over the window and one behind its end", "[executors]") {
    Inquiry inquiry{doubt_of(IntentKind::new_)};
    CHECK(inquiry.reads({}, second).empty());
    CHECK(inquiry.reads({}, 30 * second).empty());
    CHECK(inquiry.reads({}, window - 1).empty());
    const auto not_placed = command<ledger::RecordNotPlaced>(inquiry.reads({}, window));
    CHECK(not_placed.book_reads == 4);
    CHECK(not_placed.window_ms == 60'000);
}

TEST_CASE("an order of those terms without its whole reference is not sent again", "[executors]") {
    BookRow unclear = row();
    unclear.client_reference.resize(GENERATE(0U, 15U));
    const bool refused = GENERATE(false, true);
    if (refused) unclear.status = OrdStatus::rejected;
    Inquiry inquiry{doubt_of(IntentKind::new_)};
    CHECK(inquiry.reads({unclear}, second).empty());
    CHECK(inquiry.reads({unclear}, window - 1).empty());
    const auto verdicts = inquiry.reads({unclear}, window);
    CHECK(count<ledger::ParkIntent>(verdicts) == (refused ? 0 : 1));
    CHECK(count<ledger::RecordNotPlaced>(verdicts) == (refused ? 1 : 0));
}

TEST_CASE("reads that do not span half the window prove nothing", "[executors]") {
    Inquiry inquiry{doubt_of(IntentKind::new_)};
    for (int n = 0; n < 10; ++n) CHECK(inquiry.reads({}, window + n).empty());
    CHECK(inquiry.reads({}, window + window / 2).size() == 1);
}

TEST_CASE("a read begun before the doubt counts for what it shows, not for what it lacks",
          "[executors]") {
    Inquiry inquiry{doubt_of(IntentKind::new_)};
    CHECK(inquiry.reads({}, -1).empty());
    CHECK(inquiry.reads({}, window).empty());
    CHECK(inquiry.reads({}, window + 1).empty());
    CHECK(inquiry.reads({row()}, -1).size() == 1);
}

TEST_CASE("a refused row of an earlier attempt says nothing of a later one", "[executors]") {
    Inquiry inquiry{doubt_of(IntentKind::new_, 2)};
    CHECK(inquiry.reads({row("77", OrdStatus::rejected)}, 1).empty());
    const auto verdicts = inquiry.reads({row("77", OrdStatus::rejected), row("78")}, 2);
    CHECK(command<ledger::RecordAccepted>(verdicts).broker_order_id == "78");
    CHECK(count<ledger::RecordAnomaly>(verdicts) == 0);
}

TEST_CASE("a book that was not read ends no doubt", "[executors]") {
    rc::prop("whenever and however often", [] {
        Inquiry inquiry{doubt_of(IntentKind::new_)};
        std::int64_t at_ns = 0;
        for (int n = 0; n < 50; ++n) {
            at_ns += *rc::gen::inRange<std::int64_t>(1, window);
            RC_ASSERT(inquiry.sees(BookUnread{"502"}, at_ns).empty());
        }
        RC_ASSERT(inquiry.reads({}, at_ns).empty());
        RC_ASSERT(inquiry.reconciler.size() == 1U);
    });
}

TEST_CASE("a modify is made when the order stands as wanted", "[executors]") {
    const auto status = GENERATE(OrdStatus::new_, OrdStatus::filled);
    Inquiry inquiry{doubt_of(IntentKind::modify)};
    const auto verdicts = inquiry.reads({row("77", status)}, 1);
    CHECK(command<ledger::RecordAccepted>(verdicts).recovered);
}

TEST_CASE("a modify was not made when settled reads show the old terms", "[executors]") {
    BookRow old = row();
    old.terms.price = ledger::Price{1};
    Inquiry inquiry{doubt_of(IntentKind::modify)};
    CHECK(inquiry.reads({old}, second).empty());
    CHECK(inquiry.reads({old}, 2 * second - 1).empty());
    CHECK(count<ledger::RecordNotPlaced>(inquiry.reads({old}, 2 * second)) == 1);
}

TEST_CASE("a change came too late when its order had ended", "[executors]") {
    BookRow ended = row("77", OrdStatus::filled);
    ended.terms.price = ledger::Price{1};
    Inquiry inquiry{doubt_of(GENERATE(IntentKind::modify, IntentKind::cancel))};
    const auto rejected = command<ledger::RecordRejected>(inquiry.reads({ended}, 1));
    CHECK(rejected.code == "ORDER_DONE");
    CHECK_FALSE(rejected.retryable);
}

TEST_CASE("a cancel is made when the order is cancelled, and repeated when it works on",
          "[executors]") {
    Inquiry inquiry{doubt_of(IntentKind::cancel)};
    CHECK(inquiry.reads({row()}, second).empty());
    SECTION("cancelled") {
        const auto verdicts = inquiry.reads({row("77", OrdStatus::canceled)}, 2 * second);
        CHECK(command<ledger::RecordAccepted>(verdicts).recovered);
    }
    SECTION("working") {
        CHECK(count<ledger::RecordNotPlaced>(inquiry.reads({row()}, 2 * second)) == 1);
    }
}

TEST_CASE("a change of an order that no book shows waits for a person", "[executors]") {
    Inquiry inquiry{doubt_of(IntentKind::cancel)};
    CHECK(inquiry.reads({}, 1).empty());
    CHECK(inquiry.reads({}, 2).empty());
    CHECK(count<ledger::ParkIntent>(inquiry.reads({}, window)) == 1);
}

TEST_CASE("where a book shows no references every doubt waits for a person", "[executors]") {
    Inquiry inquiry{doubt_of(GENERATE(IntentKind::new_, IntentKind::modify, IntentKind::cancel))};
    inquiry.look_up.possible = false;
    CHECK(count<ledger::ParkIntent>(inquiry.sees(BookUnread{}, 1)) == 1);
}

TEST_CASE("one read serves every doubt of the account", "[executors]") {
    Inquiry inquiry{doubt_of(IntentKind::new_)};
    Doubt other = doubt_of(IntentKind::new_);
    other.ref = ref("B", "B", alice);
    inquiry.reconciler.add(other, 0);
    BookRow second_row = row("78");
    second_row.client_reference = std::string{ledger::cl_ord_id_of(id_of("B")).view()};
    CHECK(inquiry.reads({row(), second_row}, 1).size() == 2);
}

TEST_CASE("reads come soon, then rarer, never rarer than every five seconds, and at the end",
          "[executors]") {
    Inquiry inquiry{doubt_of(IntentKind::new_)};
    CHECK(inquiry.reconciler.next_due_ns() == 100 * ms);
    std::int64_t last_ns = 0;
    bool at_end = false;
    while (const auto at_ns = inquiry.reconciler.next_due_ns()) {
        REQUIRE(inquiry.reconciler.take_due(*at_ns) == alice);
        CHECK(*at_ns - last_ns <= 5 * second);
        last_ns = *at_ns;
        at_end = last_ns == window;
        static_cast<void>(inquiry.reads({}, last_ns));
    }
    CHECK(at_end);
}

}  // namespace reconciler_test
