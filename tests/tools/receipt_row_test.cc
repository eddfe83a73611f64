#include "tools/receipt_row.h"

#include <string>

#include <catch2/catch.hpp>

namespace tools::receipt_row_test {

namespace {

ledger::Receipt receipt_of(const ledger::EventId& event, bool duplicate) {
    ledger::Receipt receipt;
    receipt.event_id = event;
    receipt.sequence = 7;
    receipt.duplicate = duplicate;
    return receipt;
}

}  // namespace

TEST_CASE("a server's answer is told as what the command itself recorded", "[tools]") {
    const ledger::EventId event = ledger::NaturalKey{"test"}.id();
    const std::string answer = R"({"account_id":null,"halted":true,"event_id":")" + to_text(event) +
                               R"(","sequence":7,"recorded_at":"x","duplicate":false})";
    const auto told = receipt_row_of(answer);
    REQUIRE(told.has_value());
    CHECK(told.value().cells() == receipt_row(receipt_of(event, false)).cells());
    CHECK(told.value().cells().front().text == to_text(event));
}

TEST_CASE("a word that changes nothing is told without an event", "[tools]") {
    const auto told = receipt_row_of(R"({"event_id":null,"sequence":7,"duplicate":true})");
    REQUIRE(told.has_value());
    CHECK(told.value().cells() == receipt_row(receipt_of({}, true)).cells());
    CHECK(told.value().cells().front().text.empty());
}

TEST_CASE("an answer that is not a receipt is said to be unreadable", "[tools]") {
    for (const char* answer : {"", "[]", "{}", R"({"event_id":"a","sequence":7})",
                               R"({"event_id":3,"sequence":7,"duplicate":true})",
                               R"({"event_id":"a","sequence":"7","duplicate":true})",
                               R"({"event_id":"a","sequence":7,"duplicate":"no"})"}) {
        const auto told = receipt_row_of(answer);
        REQUIRE_FALSE(told.has_value());
        CHECK(told.error().code == ledger::Errc::unavailable);
    }
}

}  // namespace tools::receipt_row_test
