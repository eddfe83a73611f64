// I14: a secret is in the log only encrypted, and in no answer at all.
#include "ingest/credentials.h"
#include "tests/ingest/api_fixture.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace ingest::test::api_secrets_test {

namespace {

const std::string secret = "s3cr3t-Zq9";

}  // namespace

TEST_CASE("I14: no answer, record or metric holds a secret", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    std::string said;
    const auto post = [&](const std::string& path, const std::string& body) {
        const Answer answer = admin.post_with_key(path, body, "key" + std::to_string(said.size()));
        said += answer.body;
        return answer.status;
    };
    const auto master = [&](const std::string& more) {
        return R"({"master_name":"A","blaze_account_id":"M1","blaze_api_key":")" + secret +
               R"(-1","blaze_api_secret":")" + secret + R"(-2","password":")" + secret + R"(-3")" +
               more + "}";
    };
    CHECK(post("/api/masters", master("")) == 201);
    CHECK(post("/api/masters", master(R"(,"email":"x")")) == 409);
    CHECK(post("/api/masters", master(R"(,"enabled":"x")")) == 422);
    CHECK(post("/api/masters", master(",")) == 400);
    CHECK(post("/api/masters", master(R"(,"password":"twice")")) == 400);
    CHECK(post("/api/followers",
               R"({"username":"f1","credentials":{"appKey":")" + secret + R"(-4"}})") == 201);
    CHECK(post("/api/followers",
               R"({"username":"f2","credentials":{"appKey":[")" + secret + R"("]}})") == 422);
    CHECK(post("/api/followers/credentials", R"({"followerId":"f1","clientId":"C77","apiKey":")" +
                                                 secret + R"(-5","accessToken":")" + secret +
                                                 R"(-6"})") == 200);
    said += admin.put("/api/followers/f1", R"({"credentials":{"appKey":")" + secret + "\"}}").body;
    for (const char* path : {"/api/masters", "/api/followers", "/api/events", "/metrics"}) {
        said += admin.get(path).body;
    }
    CHECK(said.find("AccountOpened") != std::string::npos);
    CHECK(said.find(secret) == std::string::npos);
    const std::string log = api.log_bytes();
    CHECK(log.find("f1") != std::string::npos);
    CHECK(log.find(secret) == std::string::npos);
}

TEST_CASE("credentials are answered by their last four characters and sealed for the executor",
          "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    REQUIRE(admin.post("/api/followers", R"({"username":"f1","broker":"zerodha"})").status == 201);
    REQUIRE(admin.post("/api/followers", R"({"username":"f2"})").status == 201);
    const Answer kite = admin.post(
        "/api/followers/credentials",
        R"({"followerId":1,"clientId":"ZX1234","apiKey":"abcdefgh1234","accessToken":"tokentoken"})");
    CHECK(kite.status == 200);
    CHECK(kite.body ==
          R"({"followerId":"1","clientId":"****","apiKey":"****1234","accessToken":"****oken"})");
    const Answer xts =
        admin.post("/api/followers/credentials",
                   R"({"followerId":"f2","apiKey":"abcdefgh5678","accessToken":"tokentoken"})");
    CHECK(xts.status == 200);
    CHECK(member(admin.get("/api/followers/f2"), "credential_hint") == "5678");

    const auto opened = [&](std::size_t event, std::string_view broker, std::string_view account) {
        const auto all = api.events();
        const auto& changed = std::get<ledger::AccountChanged>(all.at(event).payload);
        return api.subjects()
            .open(changed.profile.sealed_credentials, credential_context(broker, account))
            .value();
    };
    CHECK(opened(2, "zerodha", "f1") == ledger::vault::Credentials{{"client_id", "ZX1234"},
                                                                   {"api_key", "abcdefgh1234"},
                                                                   {"access_token", "tokentoken"}});
    CHECK(opened(3, "blaze", "f2") ==
          ledger::vault::Credentials{{"appKey", "abcdefgh5678"}, {"secretKey", "tokentoken"}});
}

TEST_CASE("credentials for nobody, or without a part, are refused by the field", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    REQUIRE(admin.post("/api/followers", R"({"username":"f1"})").status == 201);
    const auto refused = [&](const std::string& body, int status) {
        const Answer answer = admin.post("/api/followers/credentials", body);
        CHECK(answer.status == status);
        return member(answer, "field");
    };
    CHECK(refused(R"({"followerId":"f9","apiKey":"k","accessToken":"t"})", 404) == "followerId");
    CHECK(refused(R"({"apiKey":"k","accessToken":"t"})", 422) == "followerId");
    CHECK(refused(R"({"followerId":"f1","accessToken":"t"})", 422) == "apiKey");
    CHECK(refused(R"({"followerId":"f1","apiKey":"k"})", 422) == "accessToken");
    CHECK(api.events().size() == 1);
}

}  // namespace ingest::test::api_secrets_test
