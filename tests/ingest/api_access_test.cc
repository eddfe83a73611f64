// Who is let in where, and what goes wrong before a route is reached.
#include "tests/ingest/api_fixture.h"

#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace ingest::test::api_access_test {

namespace {

struct Target {
    std::string method;
    std::string path;
};

const std::vector<Target> open_targets{
    {"GET", "/health"}, {"GET", "/api/webhooks/health"}, {"GET", "/metrics"}};

const std::vector<Target> read_targets{{"GET", "/api/masters"},
                                       {"GET", "/api/masters/1"},
                                       {"GET", "/api/masters/1/followers"},
                                       {"GET", "/api/followers"},
                                       {"GET", "/api/followers/2"},
                                       {"GET", "/api/followers/2/masters"},
                                       {"GET", "/api/events"},
                                       {"GET", "/api/orders"},
                                       {"GET", "/api/positions"},
                                       {"GET", "/api/pending"},
                                       {"GET", "/api/trades/mappings"},
                                       {"GET", "/api/reasons"},
                                       {"GET", "/api/risk-config"},
                                       {"GET", "/api/followers/2/risk-config"},
                                       {"GET", "/api/masters/1/risk-config"},
                                       {"GET", "/api/trades/events"},
                                       {"GET", "/api/trades/replicate"},
                                       {"POST", "/api/simulate"}};

const std::vector<Target> administer_targets{{"POST", "/api/masters"},
                                             {"PUT", "/api/masters/1"},
                                             {"DELETE", "/api/masters/9"},
                                             {"POST", "/api/followers"},
                                             {"PUT", "/api/followers/2"},
                                             {"DELETE", "/api/followers/9"},
                                             {"POST", "/api/masters/1/followers"},
                                             {"DELETE", "/api/masters/1/followers/9"},
                                             {"POST", "/api/followers/credentials"},
                                             {"PUT", "/api/masters/1/followers/9"},
                                             {"POST", "/api/masters/follow"},
                                             {"POST", "/api/masters/unfollow"},
                                             {"POST", "/api/accounts/2/funds"},
                                             {"POST", "/api/followers/risk-config"},
                                             {"POST", "/api/masters/risk-config"},
                                             {"POST", "/api/risk-config"},
                                             {"POST", "/api/followers/consent"},
                                             {"POST", "/api/halt"},
                                             {"POST", "/api/resume"},
                                             {"POST", "/api/trades/replicate"},
                                             {"POST", "/api/trades/exit"},
                                             {"POST", "/api/trades/modify"}};

const std::vector<Target> report_targets{{"POST", "/api/webhooks/blaze/order"},
                                         {"POST", "/api/marks"}};

bool is_let_in(ApiClient& client, const Target& target) {
    const bool body = target.method == "POST" || target.method == "PUT";
    const Answer answer = client.send(target.method, target.path, body ? "{}" : "");
    REQUIRE(answer.status != 0);
    return answer.status != 401 && answer.status != 403;
}

}  // namespace

TEST_CASE("each role gets into its own routes and no others", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    const std::map<Role, std::array<bool, 3>> table{
        // read, administer, report
        {Role::admin, {true, true, true}},       {Role::auditor, {true, false, false}},
        {Role::ingest, {false, false, true}},    {Role::master, {false, false, false}},
        {Role::follower, {false, false, false}},
    };
    for (const auto& [role, allowed] : table) {
        INFO(to_text(role));
        ApiClient client = api.client(role);
        for (const auto& target : open_targets) CHECK(is_let_in(client, target));
        for (const auto& target : read_targets) CHECK(is_let_in(client, target) == allowed[0]);
        for (const auto& target : administer_targets) {
            CHECK(is_let_in(client, target) == allowed[1]);
        }
        for (const auto& target : report_targets) CHECK(is_let_in(client, target) == allowed[2]);
    }
}

TEST_CASE("without a token only the open routes answer", "[ingest]") {
    ApiFixture api;
    ApiClient nobody = api.client_with("");
    ApiClient stranger = api.client_with("cl_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    for (const auto& target : open_targets) CHECK(is_let_in(nobody, target));
    for (ApiClient* client : {&nobody, &stranger}) {
        for (const auto* targets : {&read_targets, &administer_targets, &report_targets}) {
            for (const auto& target : *targets) {
                const bool body = target.method == "POST" || target.method == "PUT";
                const Answer answer = client->send(target.method, target.path, body ? "{}" : "");
                CHECK(answer.status == 401);
                CHECK(answer.headers.at("content-type") == "application/problem+json");
                CHECK(answer.headers.at("www-authenticate").substr(0, 7) == "Bearer ");
            }
        }
    }
}

TEST_CASE("a refused role is told which ones are wanted", "[ingest]") {
    ApiFixture api;
    const Answer answer = api.client(Role::auditor).post("/api/webhooks/blaze/order", "{}");
    CHECK(answer.status == 403);
    CHECK(member(answer, "detail").find("ADMIN or INGEST") != std::string::npos);
    CHECK(member(answer, "detail").find("AUDITOR") != std::string::npos);
}

TEST_CASE("x-qa-secret stands for the bearer token", "[ingest]") {
    ApiFixture api;
    ApiClient bare = api.client_with("");
    const std::string header = "x-qa-secret: " + api.token(Role::auditor) + "\r\n";
    CHECK(bare.send("GET", "/api/events", "", header).status == 200);
    CHECK(bare.send("GET", "/api/events", "", "Authorization: Basic YTpi\r\n").status == 401);
    const std::string lower = "authorization: bearer  " + api.token(Role::auditor) + "\r\n";
    CHECK(bare.send("GET", "/api/events", "", lower).status == 200);
}

TEST_CASE("health tells the version and metrics count the requests", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 0);
    ApiClient nobody = api.client_with("");
    CHECK(nobody.get("/nowhere").status == 404);
    CHECK(nobody.get("/health").body == R"({"status":"healthy","version":"9.9.9"})");
    CHECK(nobody.get("/api/webhooks/health").body == nobody.get("/health").body);
    const Answer metrics = nobody.get("/metrics");
    CHECK(metrics.headers.at("content-type").substr(0, 10) == "text/plain");
    for (const char* line : {
             R"(copyledger_http_requests_total{class="2xx",route="POST /api/masters"} 1)",
             R"(copyledger_events_total{kind="AccountOpened"} 1)",
             "copyledger_last_sequence 1",
             "copyledger_queued_commands 0",
             "copyledger_commit_seconds_count 1",
             "copyledger_webhook_duplicates_total 0",
             R"(copyledger_http_responses_total{class="4xx"} 1)",
             "copyledger_http_connections_accepted_total 2",
         }) {
        INFO(line);
        CHECK(metrics.body.find(line) != std::string::npos);
    }
}

TEST_CASE("a body that is no JSON object is a 400", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    for (const char* path : {"/api/masters", "/api/webhooks/blaze/order"}) {
        for (const char* body : {"{", "[]", "null", "\"text\"", "{\"a\":1,}", "\xff"}) {
            const Answer answer = admin.post(path, body);
            CHECK(answer.status == 400);
            CHECK_FALSE(member(answer, "request_id").empty());
        }
        CHECK(admin.post(path, "").status == 400);
        CHECK(admin.post(path, std::string(100, '[')).status == 400);
    }
    CHECK(api.events().empty());
}

}  // namespace ingest::test::api_access_test
