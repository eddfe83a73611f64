#include "tools/import/lobster.h"

#include "ingest/blaze_webhook.h"
#include "tests/tools/tool_fixture.h"
#include "tools/import/import_source.h"

#include <array>
#include <map>
#include <vector>

#include <catch2/catch.hpp>

namespace tools::test::lobster_test {

namespace {

ImportOptions options_of_day(const std::string& date) {
    ImportOptions options;
    options.account = "M1";
    options.date = date;
    return options;
}

// Reads lines one after another, as a file holds them.
class Feed {
  public:
    Feed() : reader_(LobsterReader::make(options_of_day("2012-06-21")).value()) {}

    ledger::Result<std::optional<std::string>> line(std::string_view text) {
        return reader_.read(text, ++number_);
    }

    // The body of a line that concerns an order.
    std::string body(std::string_view text) {
        const auto read = line(text);
        if (!read) FAIL(read.error().field << " " << read.error().detail);
        REQUIRE(read.value().has_value());
        return *read.value();
    }

  private:
    LobsterReader reader_;
    std::uint64_t number_ = 0;
};

// "event_type quantity filled status"
std::string said(const std::string& body) {
    std::string out;
    for (const char* name : {"event_type", "quantity", "filled_quantity", "status"}) {
        out += (out.empty() ? "" : " ") + member(body, name).value_or("-");
    }
    return out;
}

}  // namespace

TEST_CASE("a submission becomes a new limit order, its price and time exact", "[tools]") {
    Feed feed;
    const std::string body = feed.body("34200.004241176,1,16113575,18,5853301,1");
    CHECK(said(body) == "order_placed 18 0 OPEN");
    CHECK(member(body, "order_id") == "16113575");
    CHECK(member(body, "price") == "585.3301");
    CHECK(member(body, "transaction_type") == "BUY");
    CHECK(member(body, "order_type") == "LIMIT");
    CHECK(member(body, "symbol") == "AAPL");
    CHECK(member(body, "account_id") == "M1");
    CHECK(member(body, "sequence") == "1");
    CHECK(member(body, "event_time") == "2012-06-21T13:30:00.004241176Z");
    CHECK_FALSE(member(body, "average_price").has_value());
}

TEST_CASE("the side is that of the resting order", "[tools]") {
    Feed feed;
    CHECK(member(feed.body("1,1,7,10,100,-1"), "transaction_type") == "SELL");
    CHECK(member(feed.body("1,4,7,10,100,-1"), "transaction_type") == "SELL");
}

TEST_CASE("a partial cancellation becomes a modify to what remains", "[tools]") {
    Feed feed;
    CHECK(said(feed.body("1,1,7,100,5853300,1")) == "order_placed 100 0 OPEN");
    CHECK(said(feed.body("2,2,7,30,5853300,1")) == "order_modified 70 0 OPEN");
    CHECK(said(feed.body("3,4,7,20,5853300,1")) == "order_executed 70 20 OPEN");
    CHECK(said(feed.body("4,2,7,10,5853300,1")) == "order_modified 60 20 OPEN");
    CHECK(said(feed.body("5,4,7,40,5853300,1")) == "order_executed 60 60 COMPLETE");
}

TEST_CASE("a deletion becomes a cancel that keeps what was filled", "[tools]") {
    Feed feed;
    feed.body("1,1,7,100,5853300,1");
    feed.body("2,4,7,25,5853300,1");
    CHECK(said(feed.body("3,3,7,75,5853300,1")) == "order_cancelled 100 25 CANCELLED");
}

TEST_CASE("an execution becomes a fill with the cumulated quantity and its price", "[tools]") {
    Feed feed;
    feed.body("1,1,7,100,5853300,1");
    const std::string first = feed.body("2,4,7,40,5853300,1");
    CHECK(said(first) == "order_executed 100 40 OPEN");
    CHECK(member(first, "average_price") == "585.33");
    CHECK(said(feed.body("3,4,7,60,5853300,1")) == "order_executed 100 100 COMPLETE");
}

TEST_CASE("of an order that rested before the file no more is said than the file says", "[tools]") {
    Feed feed;
    CHECK(said(feed.body("1,3,7,100,5853300,1")) == "order_cancelled 100 0 CANCELLED");
    CHECK(said(feed.body("2,4,8,40,5853300,1")) == "order_executed 40 40 COMPLETE");
    CHECK(said(feed.body("3,4,8,5,5853300,1")) == "order_executed 45 45 COMPLETE");
    CHECK(said(feed.body("4,2,9,30,5853300,1")) == "order_modified 30 0 OPEN");
    // What a cancellation leaves can be filled, so the order was larger than it seemed.
    CHECK(said(feed.body("5,2,8,5,5853300,1")) == "order_modified 46 45 OPEN");
}

TEST_CASE("hidden executions, crosses and halts concern no order but count as lines", "[tools]") {
    Feed feed;
    for (const char* text : {"1,5,0,10,5853300,1", "1,6,-1,10,5853300,1", "1,7,0,0,-1,-1"}) {
        const auto read = feed.line(text);
        REQUIRE(read.has_value());
        CHECK_FALSE(read.value().has_value());
    }
    CHECK(member(feed.body("2,1,7,10,100,1"), "sequence") == "4");
}

TEST_CASE("a line that says nothing sensible is refused by its number", "[tools]") {
    for (const char* text : {
             "",
             "1,1,7,10,100",
             "1,1,7,10,100,1,",
             "1;1;7;10;100;1",
             "x,1,7,10,100,1",
             "1.0000000001,1,7,10,100,1",
             "-1,1,7,10,100,1",
             "86400,1,7,10,100,1",
             "1,0,7,10,100,1",
             "1,8,7,10,100,1",
             "1,1,,10,100,1",
             "1,1,7,0,100,1",
             "1,1,7,-10,100,1",
             "1,4,7,9223372036854775807,100,1",
             "1,1,7,10,0,1",
             "1,1,7,10,-100,1",
             "1,1,7,10,100.5,1",
             "1,1,7,10,100,0",
             "1,1,7,10,100,buy",
         }) {
        INFO(text);
        Feed feed;
        feed.body("1,1,5,10,100,1");
        const auto read = feed.line(text);
        REQUIRE_FALSE(read.has_value());
        CHECK(read.error().code == ledger::Errc::invalid_input);
        CHECK(read.error().field == "line 2");
    }
}

TEST_CASE("without a date of the calendar there is no reader", "[tools]") {
    for (const char* date : {"", "2012-6-21", "2012-06-31", "yesterday"}) {
        const auto reader = LobsterReader::make(options_of_day(date));
        REQUIRE_FALSE(reader.has_value());
        CHECK(reader.error().field == "date");
    }
}

TEST_CASE("the recorded morning reads as webhook bodies that the ledger takes", "[tools]") {
    constexpr std::uint64_t lines = 3000;
    ImportOptions options;
    options.file = COPYLEDGER_SOURCE_DIR "/tests/data/lobster_aapl_2012-06-21_first40000.csv.gz";
    options.account = "M1";
    options.lines_max = lines;
    auto source = ImportSource::open(options);
    REQUIRE(source.has_value());

    std::map<ledger::MasterEventType, std::uint64_t> kinds;
    std::uint64_t sequence = 0;
    while (true) {
        const auto body = source.value()->next();
        REQUIRE(body.has_value());
        if (!body.value()) break;
        const auto json = ledger::text::parse_json(*body.value());
        REQUIRE(json.has_value());
        const auto report = ingest::read_blaze_order(json.value());
        if (!report) FAIL(report.error().field << " " << report.error().detail << *body.value());
        ++kinds[report.value().report.type];
        REQUIRE(report.value().report.version.value > sequence);
        sequence = report.value().report.version.value;
        if (sequence == 1) {
            CHECK(report.value().report.broker_order_id == "16113575");
            CHECK(report.value().report.terms.price == ledger::Price{5'853'300});
            CHECK(report.value().report.terms.quantity == ledger::Quantity{18});
        }
    }
    CHECK(sequence <= lines);
    CHECK(kinds[ledger::MasterEventType::new_] == 1496);
    CHECK(kinds[ledger::MasterEventType::modified] == 8);
    CHECK(kinds[ledger::MasterEventType::canceled] == 1078);
    CHECK(kinds[ledger::MasterEventType::fill] == 249);
}

}  // namespace tools::test::lobster_test
