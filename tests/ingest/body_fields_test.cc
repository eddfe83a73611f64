#include "ingest/body_fields.h"

#include <string>

#include <catch2/catch.hpp>

namespace ingest::test::body_fields_test {

namespace {

using ledger::text::JsonValue;

JsonValue object(const std::string& members) {
    auto value = ledger::text::parse_json("{" + members + "}");
    REQUIRE(value);
    return std::move(value).value();
}

}  // namespace

TEST_CASE("a null is an absent field", "[ingest]") {
    const JsonValue body = object(R"("a":null)");
    const BodyFields fields{body};
    CHECK_FALSE(fields.has("a"));
    CHECK_FALSE(fields.text("a").value().has_value());
    CHECK_FALSE(fields.integer("b").value().has_value());
    CHECK(required("a", fields.text("a")).error() == ledger::invalid_field("a", "is required"));
}

TEST_CASE("a text is bounded in bytes", "[ingest]") {
    const JsonValue body = object(R"("a":"four","b":"")");
    const BodyFields fields{body};
    CHECK(fields.text("a", 4).value() == "four");
    CHECK(fields.text("a", 3).error().field == "a");
    CHECK(fields.text("b").error().field == "b");
}

TEST_CASE("control characters of either range are not printable, letters of any script are",
          "[ingest]") {
    CHECK(is_printable("plain text"));
    CHECK(is_printable("\xe0\xa4\xa8\xe0\xa4\xae"));  // Devanagari
    CHECK(is_printable("caf\xc3\xa9"));
    CHECK_FALSE(is_printable("a\x1b[31m"));
    CHECK_FALSE(is_printable("a\x7f"));
    CHECK_FALSE(is_printable("a\xc2\x9b"));
    CHECK_FALSE(is_printable(std::string_view{"a\0b", 3}));
}

TEST_CASE("a ratio is exact and positive", "[ingest]") {
    const JsonValue body = object(R"("a":0.29,"b":"1.5","c":0,"d":-1,"e":0.123456789,"f":true)");
    const BodyFields fields{body};
    CHECK(fields.ratio("a").value() == ledger::Ratio{29, 100});
    CHECK(fields.ratio("b").value() == ledger::Ratio{3, 2});
    for (const char* name : {"c", "d", "e", "f"}) CHECK(fields.ratio(name).error().field == name);
}

TEST_CASE("an integer may be written as a number with a fraction of zero", "[ingest]") {
    const JsonValue body = object(R"("a":10.0,"b":1e3,"c":10.5,"d":9223372036854775808,"e":"0x5")");
    const BodyFields fields{body};
    CHECK(fields.integer("a").value() == 10);
    CHECK(fields.integer("b").value() == 1000);
    for (const char* name : {"c", "d", "e"}) CHECK(fields.integer(name).error().field == name);
}

TEST_CASE("a boolean is true or false and nothing like it", "[ingest]") {
    const JsonValue body = object(R"("a":true,"b":"true","c":1)");
    const BodyFields fields{body};
    CHECK(fields.boolean("a").value() == true);
    CHECK(fields.boolean("b").error().field == "b");
    CHECK(fields.boolean("c").error().field == "c");
}

TEST_CASE("an amount is exact and not negative", "[ingest]") {
    const JsonValue body = object(R"("a":"0.0001","b":1e3,"c":0,"d":-1,"e":0.00001,"f":1e15)");
    const BodyFields fields{body};
    CHECK(fields.money("a").value() == ledger::Money{1});
    CHECK(fields.money("b").value() == ledger::Money{10'000'000});
    CHECK(fields.money("c").value() == ledger::Money{0});
    for (const char* name : {"d", "e", "f"}) CHECK(fields.money(name).error().field == name);
}

TEST_CASE("a percentage has at most two decimals and ends at 100", "[ingest]") {
    const JsonValue body = object(R"("a":0.01,"b":"100","c":100.01,"d":0.001,"e":-1)");
    const BodyFields fields{body};
    CHECK(fields.percent_as_bps("a").value() == 1U);
    CHECK(fields.percent_as_bps("b").value() == bps_max);
    for (const char* name : {"c", "d", "e"}) {
        CHECK(fields.percent_as_bps(name).error().field == name);
    }
}

TEST_CASE("a field has one name at a time", "[ingest]") {
    const JsonValue body = object(R"("b":1,"c":null)");
    const BodyFields fields{body};
    CHECK(fields.one_of({"a", "b"}).value() == "b");
    CHECK(fields.one_of({"a", "x"}).value() == "a");
    CHECK(fields.one_of({"a", "c"}).value() == "c");
    CHECK(fields.one_of({"b", "c"}).error().field == "c");
}

}  // namespace ingest::test::body_fields_test
