#include "executors/brokers/xts/xts_time.h"
#include "executors/brokers/xts/xts_wire.h"
#include "ledger/text/decimal.h"
#include "ledger/text/rfc3339.h"
#include "tests/executors/xts_samples.h"

#include <cstdint>
#include <string>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace xts_book_test {

using executors::BookRead;
using executors::BookRow;
using executors::BookUnread;
namespace xts = executors::xts;
using ledger::OrdStatus;

namespace {

constexpr auto plain_row =
    R"("AppOrderID":5,"ExchangeSegment":"NSECM","ExchangeInstrumentID":2885,"OrderSide":"BUY","OrderType":"LIMIT","ProductType":"CNC","TimeInForce":"DAY","OrderPrice":10.05,"OrderQuantity":10,"OrderUniqueIdentifier":"c0ffee0123456789abcd")";

std::string book_of(const std::string& rows) {
    return R"({"type":"success","code":"s-orders-0001","result":[)" + rows + "]}";
}

xts::BookAnswer read_rows(const std::string& rows) {
    return xts::parse_book_answer({200, book_of(rows)});
}

// The only row of a book with the plain row and these members more.
BookRow read_row(const std::string& more) {
    const std::string separator = more.empty() ? "" : ",";
    const auto answer = read_rows("{" + std::string{plain_row} + separator + more + "}");
    const auto& rows = std::get<BookRead>(answer).rows;
    REQUIRE(rows.size() == 1);
    return rows.front();
}

bool is_unread(const xts::BookAnswer& answer) {
    return std::holds_alternative<BookUnread>(answer);
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a recorded order book is read whole", "[executors]") {
    const auto answer = xts::parse_book_answer({200, samples::recorded("xts_order_book.json")});
    const auto& rows = std::get<BookRead>(answer).rows;
    REQUIRE(rows.size() == 1);
    BookRow expected;
    expected.client_reference = "123777";
    expected.broker_order_id = "10026325";
    expected.segment = ledger::Segment::nse_derivatives;
    expected.token = "39972";
    expected.terms.side = ledger::Side::sell;
    expected.terms.type = ledger::OrderType::market;
    expected.terms.quantity = ledger::Quantity{75};
    expected.status = OrdStatus::filled;
    expected.status_text = "Filled";
    expected.cum_qty = ledger::Quantity{75};
    expected.avg_px = ledger::Price{318'000};
    expected.updated_at_ns = ledger::text::parse_rfc3339("2020-12-21T09:19:16.350748Z").value();
    CHECK(rows.front() == expected);
}

TEST_CASE("an empty book is read, be it a list or XTS's error for it", "[executors]") {
    const auto list = read_rows("");
    CHECK(std::get<BookRead>(list).rows.empty());
    const auto error = xts::parse_book_answer(
        {400, R"({"type":"error","code":"e-orders-0005","description":"Data Not Available"})"});
    CHECK(std::get<BookRead>(error).rows.empty());
}

TEST_CASE("any other answer proves nothing about the book", "[executors]") {
    CHECK(is_unread(xts::parse_book_answer(
        {400, R"({"type":"error","code":"e-orders-0001","description":"not ready"})"})));
    CHECK(is_unread(xts::parse_book_answer(
        {500, R"({"type":"error","code":"e-orders-0005","description":"Data Not Available"})"})));
    CHECK(is_unread(xts::parse_book_answer({200, R"({"type":"success","result":{}})"})));
    CHECK(is_unread(xts::parse_book_answer({200, R"({"type":"success"})"})));
    CHECK(is_unread(xts::parse_book_answer({404, "<html>"})));
    CHECK(is_unread(xts::parse_book_answer(
        {429, R"({"type":"error","code":"e-apirl-0004","description":"slow"})"})));
    CHECK(std::holds_alternative<xts::SessionInvalid>(xts::parse_book_answer(
        {400, R"({"type":"error","code":"e-token-0002","description":"x"})"})));
}

TEST_CASE("no beginning of a book is taken for a book", "[executors]") {
    const std::string body = samples::recorded("xts_order_book.json");
    for (std::size_t length = 0; length < body.size(); ++length) {
        REQUIRE(is_unread(xts::parse_book_answer({200, body.substr(0, length)})));
    }
    const std::string empty = R"({"type":"error","code":"e-orders-0005","description":"none"})";
    for (std::size_t length = 0; length < empty.size(); ++length) {
        REQUIRE(is_unread(xts::parse_book_answer({400, empty.substr(0, length)})));
    }
}

TEST_CASE("a book with damaged bytes is unread, or holds every row it had", "[executors]") {
    rc::prop("one byte changed", [] {
        std::string body = samples::recorded("xts_order_book.json");
        const auto at = *rc::gen::inRange<std::size_t>(0, body.size());
        body[at] = *rc::gen::arbitrary<char>();
        const auto answer = xts::parse_book_answer({200, body});
        const auto* book = std::get_if<BookRead>(&answer);
        // A reference that can no longer be ours lets a row without meaning be passed over.
        const bool foreign = body.find(R"("OrderUniqueIdentifier":"123777")") == std::string::npos;
        const bool whole = book == nullptr || book->rows.size() == 1;
        RC_ASSERT(whole || foreign);
    });
}

TEST_CASE("status words are known in any case, and an unknown one is never terminal",
          "[executors]") {
    const std::vector<std::pair<std::string, OrdStatus>> words{
        {"New", OrdStatus::new_},
        {"NEW", OrdStatus::new_},
        {"Replaced", OrdStatus::new_},
        {"Trigger Pending", OrdStatus::new_},
        {"TriggerPending", OrdStatus::new_},
        {"open", OrdStatus::new_},
        {"PendingCancel", OrdStatus::new_},
        {"PendingReplace", OrdStatus::new_},
        {"PendingNew", OrdStatus::pending_new},
        {"partiallyfilled", OrdStatus::partially_filled},
        {"FILLED", OrdStatus::filled},
        {"Cancelled", OrdStatus::canceled},
        {"rejected", OrdStatus::rejected},
        {"Cancelled by gremlins", OrdStatus::unknown},
        {"", OrdStatus::unknown}};
    for (const auto& [word, status] : words) {
        const BookRow row = read_row(R"("OrderStatus":")" + word + "\"");
        INFO(word);
        CHECK(row.status == status);
        CHECK(row.status_text == word);
    }
}

TEST_CASE("a working order that has traded is partially filled, whatever its word", "[executors]") {
    for (const std::string word : {"New", "Replaced", "PendingCancel"}) {
        const BookRow row = read_row(R"("OrderStatus":")" + word + R"(","CumulativeQuantity":3)");
        CHECK(row.status == OrdStatus::partially_filled);
        CHECK(row.cum_qty == ledger::Quantity{3});
    }
}

TEST_CASE("a row needs neither the fields that only tell more nor their usual types",
          "[executors]") {
    const BookRow bare = read_row("");
    CHECK(bare.status == OrdStatus::unknown);
    CHECK(bare.cum_qty == ledger::Quantity{});
    CHECK(bare.updated_at_ns == 0);
    const BookRow filled = read_row(R"("OrderStatus":"Filled","OrderAverageTradedPrice":"")");
    CHECK(filled.cum_qty == ledger::Quantity{10});
    CHECK(filled.avg_px == ledger::Price{});
    const BookRow texts = read_row(
        R"("CumulativeQuantity":"4.0","OrderAverageTradedPrice":10.04999999999,"LastUpdateDateTime":null)");
    CHECK(texts.cum_qty == ledger::Quantity{4});
    CHECK(texts.avg_px == ledger::Price{100'500});
}

TEST_CASE("a row without meaning spoils the book only if it may be ours", "[executors]") {
    const std::string row = "{" + std::string{plain_row} + "}";
    const std::vector<std::pair<std::string, std::string>> damages{
        {R"("OrderSide":"BUY")", R"("OrderSide":"HOLD")"},
        {R"("OrderQuantity":10)", R"("OrderQuantity":"ten")"},
        {R"("OrderQuantity":10)", R"("OrderQuantity":-1)"},
        {R"("AppOrderID":5)", R"("AppOrderID":{})"},
        {R"("ExchangeSegment":"NSECM")", R"("ExchangeSegment":"MARS")"},
        {R"("ExchangeInstrumentID":2885)", R"("ExchangeInstrumentID":null)"},
        {R"("OrderType":"LIMIT")", R"("OrderType":"HOPE")"},
        {R"("OrderPrice":10.05)", R"("OrderPrice":"cheap")"}};
    const auto foreign = [](const std::string& text, const std::string& reference) {
        return replaced(text, "\"c0ffee0123456789abcd\"", reference);
    };
    for (const auto& [from, to] : damages) {
        INFO(to);
        const std::string damaged = replaced(row, from, to);
        CHECK(is_unread(read_rows(damaged)));
        CHECK(is_unread(read_rows(foreign(damaged, "\"C0FFEE01\""))));
        CHECK(is_unread(read_rows(foreign(damaged, "{}"))));
        CHECK(is_unread(read_rows(row + "," + damaged)));
        // A person's own order, in whose book ours must still be found.
        const auto read = read_rows(foreign(damaged, "\"\"") + "," + row);
        CHECK(std::get<BookRead>(read).rows.size() == 1);
        CHECK_FALSE(is_unread(read_rows(foreign(damaged, "\"algo_0123456789abcdef0123\""))));
    }
    CHECK(is_unread(read_rows("5")));
}

TEST_CASE("a cover order counts as intraday and an odd validity as a day's", "[executors]") {
    const std::string row = "{" + std::string{plain_row} + "}";
    const auto answer = read_rows(replaced(replaced(row, R"("CNC")", R"("CO")"),
                                           R"("TimeInForce":"DAY")", R"("TimeInForce":"GTC")"));
    const auto& read = std::get<BookRead>(answer).rows.at(0);
    CHECK(read.terms.product == ledger::Product::intraday);
    CHECK(read.terms.time_in_force == ledger::TimeInForce::day);
}

TEST_CASE("times are read in every recorded shape, and are the exchange's where they name no zone",
          "[executors]") {
    const auto utc = [](std::string_view text) {
        return ledger::text::parse_rfc3339(text).value();
    };
    CHECK(xts::parse_time("2020-12-21T14:49:16.350748") == utc("2020-12-21T09:19:16.350748Z"));
    CHECK(xts::parse_time("2020-12-21T14:49:16.0287269") == utc("2020-12-21T09:19:16.0287269Z"));
    CHECK(xts::parse_time("2020-12-21T14:49:16+05:30") == utc("2020-12-21T09:19:16Z"));
    CHECK(xts::parse_time("2020-12-21T14:49:16") == utc("2020-12-21T09:19:16Z"));
    CHECK(xts::parse_time("2020-12-21T14:49:16.5Z") == utc("2020-12-21T14:49:16.5Z"));
    CHECK(xts::parse_time("2020-12-21T14:49:16.12345678987") ==
          utc("2020-12-21T09:19:16.123456789Z"));
    CHECK(xts::parse_time("2020-12-21T14:49:16-05:30") == utc("2020-12-21T20:19:16Z"));
    CHECK(xts::parse_time("Jun 18 2026 09:20:15") == utc("2026-06-18T03:50:15Z"));
    CHECK(xts::parse_time("Jun  8 2026 09:20:15") == utc("2026-06-08T03:50:15Z"));
}

TEST_CASE("no time, and one that makes no sense, is zero", "[executors]") {
    for (const std::string text :
         {"", "1980-01-01T00:00:00", "1980-01-01", "yesterday", "2020-13-21T14:49:16",
          "2020-12-21T14:49:16.", "Jum 18 2026 09:20:15", "Jun 18 2026", "Jun", "+", "."}) {
        CHECK(xts::parse_time(text) == 0);
    }
    rc::prop("garbage is never a crash",
             [](const std::string& text) { static_cast<void>(xts::parse_time(text)); });
}

}  // namespace xts_book_test
