#include "ingest/credentials.h"

#include <string>

#include <catch2/catch.hpp>

namespace ingest::test::credentials_test {

namespace {

ledger::Result<MaybeCredentials> read(const std::string& json) {
    const auto body = ledger::text::parse_json(json);
    REQUIRE(body);
    return read_credentials(BodyFields{body.value()});
}

}  // namespace

TEST_CASE("flat names stand for the adapter's own", "[ingest]") {
    const auto credentials = read(
        R"({"blaze_api_key":"k","blaze_api_secret":"s","iifl_user_id":"u","iifl_password":"p",
            "credentials":{"source":"WEBAPI"}})");
    CHECK(credentials.value() == ledger::vault::Credentials{{"appKey", "k"},
                                                            {"secretKey", "s"},
                                                            {"userId", "u"},
                                                            {"password", "p"},
                                                            {"source", "WEBAPI"}});
    CHECK_FALSE(read("{}").value().has_value());
    CHECK_FALSE(read(R"({"credentials":{}})").value().has_value());
}

TEST_CASE("bad credentials are refused without a word of them", "[ingest]") {
    for (const std::string json :
         {R"({"credentials":"hunter2hunter2"})", R"({"credentials":{"appKey":["hunter2"]}})",
          R"({"credentials":{"appKey":"hunter2\u0007"}})", R"({"credentials":{"":"hunter2"}})",
          R"({"blaze_api_key":"hunter2","credentials":{"appKey":"other"}})",
          R"({"blaze_api_key":{"x":"hunter2"}})"}) {
        const auto credentials = read(json);
        REQUIRE_FALSE(credentials);
        CHECK(credentials.error().code == ledger::Errc::invalid_input);
        CHECK_FALSE(credentials.error().field.empty());
        CHECK(credentials.error().detail.find("hunter2") == std::string::npos);
    }
}

TEST_CASE("a hint is the tail of a key, never of a password, and never most of it", "[ingest]") {
    CHECK(hint_of({{"appKey", "0123456789abcd"}, {"secretKey", "zzzzzzzzzzzz"}}) == "abcd");
    CHECK(hint_of({{"password", "correct horse"}}).empty());
    CHECK(hint_of({{"api_key", "short"}}).empty());
    CHECK(last_four("1234567").empty());
    CHECK(last_four("12345678") == "5678");
    CHECK(last_four("1234567\xc3\xa9").empty());
}

TEST_CASE("credentials are bound to broker and account without ambiguity", "[ingest]") {
    CHECK(credential_context("a", "bc") != credential_context("ab", "c"));
}

}  // namespace ingest::test::credentials_test
