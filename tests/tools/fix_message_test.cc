#include "tools/fix_message.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

namespace tools::test::fix_message_test {

namespace {

using namespace ledger;
using Fields = std::vector<std::pair<int, std::string>>;

projections::ExecutionReport a_trade() {
    projections::ExecutionReport report;
    report.exec_id = "00ff";
    report.exec_type = 'F';
    report.ord_status = '1';
    report.order_id = "B-7";
    report.cl_ord_id = "c0ffee";
    report.account = "F1";
    report.instrument = {Segment::nse_cash, "2885", "RELIANCE"};
    report.terms.side = Side::sell;
    report.terms.type = OrderType::stop_limit;
    report.terms.quantity = Quantity{10};
    report.terms.price = Price{1'015'000};
    report.terms.trigger = Price{1'020'025};
    report.cum_qty = Quantity{4};
    report.leaves_qty = Quantity{6};
    report.avg_px = Price{1'015'500};
    report.last_qty = Quantity{4};
    report.last_px = Price{1'015'500};
    report.transact_time_ns = 1'795'252'500'123'456'789;
    report.recorded_at_ns = 1'795'252'501'999'999'999;
    return report;
}

Fields fields_of(const std::string& message) {
    Fields fields;
    for (std::size_t at = 0; at < message.size();) {
        const auto equals = message.find('=', at);
        const auto end = message.find(fix_delimiter, at);
        REQUIRE(equals != message.npos);
        REQUIRE(end != message.npos);
        fields.emplace_back(std::stoi(message.substr(at, equals - at)),
                            message.substr(equals + 1, end - equals - 1));
        at = end + 1;
    }
    return fields;
}

std::map<int, std::string> map_of(const std::string& message) {
    const Fields fields = fields_of(message);
    std::map<int, std::string> map{fields.begin(), fields.end()};
    CHECK(map.size() == fields.size());  // no tag comes twice
    return map;
}

}  // namespace

TEST_CASE("a message begins and ends as FIX 4.4 wants it", "[tools]") {
    const std::string message = fix_message(a_trade(), 12);
    const Fields fields = fields_of(message);
    CHECK(fields[0] == std::pair{8, std::string{"FIX.4.4"}});
    CHECK(fields[1].first == 9);
    CHECK(fields[2] == std::pair{35, std::string{"8"}});
    CHECK(fields.back().first == 10);
    CHECK(fields.back().second.size() == 3);
}

TEST_CASE("BodyLength and CheckSum are those of the bytes", "[tools]") {
    auto report = a_trade();
    for (int length = 0; length < 300; ++length) {
        report.text.push_back(static_cast<char>('a' + length % 26));
        const std::string message = fix_message(report, 1);
        const auto body = message.find(
                              "\x01"
                              "35=") +
                          1;
        const auto trailer = message.find(
                                 "\x01"
                                 "10=") +
                             1;
        CHECK(map_of(message).at(9) == std::to_string(trailer - body));
        unsigned sum = 0;
        for (const char c : message.substr(0, trailer)) sum += static_cast<unsigned char>(c);
        CHECK(std::stoul(map_of(message).at(10)) == sum % 256);
    }
}

TEST_CASE("a trade bears the fields that the dictionary requires", "[tools]") {
    const auto fields = map_of(fix_message(a_trade(), 12));
    const std::map<int, std::string> expected{{49, "COPYLEDGER"},
                                              {56, "AUDIT"},
                                              {34, "12"},
                                              {52, "20261121-09:15:01.999"},
                                              {37, "B-7"},
                                              {11, "c0ffee"},
                                              {17, "00ff"},
                                              {150, "F"},
                                              {39, "1"},
                                              {1, "F1"},
                                              {55, "RELIANCE"},
                                              {48, "2885"},
                                              {54, "2"},
                                              {38, "10"},
                                              {40, "4"},
                                              {44, "101.5"},
                                              {99, "102.0025"},
                                              {32, "4"},
                                              {31, "101.55"},
                                              {151, "6"},
                                              {14, "4"},
                                              {6, "101.55"},
                                              {60, "20261121-09:15:00.123"},
                                              {59, "0"}};
    for (const auto& [tag, value] : expected) {
        INFO(tag);
        REQUIRE(fields.contains(tag));
        CHECK(fields.at(tag) == value);
    }
    CHECK_FALSE(fields.contains(41));
    CHECK_FALSE(fields.contains(58));
}

TEST_CASE("a price stands only where the order has one", "[tools]") {
    auto report = a_trade();
    report.terms.type = OrderType::market;
    report.exec_type = '0';
    report.last_qty = Quantity{};
    const auto fields = map_of(fix_message(report, 1));
    CHECK(fields.at(40) == "1");
    for (const int tag : {44, 99, 31, 32}) CHECK_FALSE(fields.contains(tag));
}

TEST_CASE("a broker's words cannot end a field or a message", "[tools]") {
    auto report = a_trade();
    report.text =
        "RMS\x01"
        "10=000\x01\nrefused";
    const auto fields = map_of(fix_message(report, 1));
    CHECK(fields.at(58) == "RMS?10=000??refused");
}

}  // namespace tools::test::fix_message_test
