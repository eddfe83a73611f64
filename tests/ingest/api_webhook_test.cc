// POST /api/webhooks/blaze/order from the wire to the log.
#include "tests/ingest/api_fixture.h"

#include <set>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

namespace ingest::test::api_webhook_test {

namespace {

const std::string webhook = "/api/webhooks/blaze/order";

}  // namespace

TEST_CASE("a webhook is recorded with an outcome for every follower", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 3);
    const Answer answer = api.client(Role::ingest).post(webhook, webhook_body());
    CHECK(answer.status == 200);
    CHECK(member(answer, "event_id").size() == 32);
    CHECK(member(answer, "sequence") == "8");
    CHECK(member(answer, "duplicate") == "false");
    CHECK(member(answer, "followers") == "3");
    CHECK(member(answer, "intended") == "3");
    CHECK(member(answer, "skipped") == "0");
    CHECK(api.count_events("MasterOrderReported") == 1);
    CHECK(api.count_events("FollowerOrderIntended") == 3);
}

TEST_CASE("the same webhook from many connections at once is one event", "[ingest]") {
    constexpr std::size_t connections = 10;
    constexpr std::size_t repetitions = 10;
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 4);
    const std::string token = api.token(Role::ingest);
    std::vector<std::vector<Answer>> answers(connections);
    std::vector<std::thread> senders;
    for (auto& mine : answers) {
        senders.emplace_back([&] {
            ApiClient client = api.client_with(token);
            for (std::size_t i = 0; i < repetitions; ++i) {
                mine.push_back(client.post(webhook, webhook_body()));
            }
        });
    }
    for (auto& sender : senders) sender.join();

    int firsts = 0;
    std::set<std::string> ids;
    std::set<std::string> sequences;
    for (const auto& mine : answers) {
        for (const Answer& answer : mine) {
            REQUIRE(answer.status == 200);
            firsts += member(answer, "duplicate") == "false" ? 1 : 0;
            ids.insert(member(answer, "event_id"));
            sequences.insert(member(answer, "sequence"));
            CHECK(member(answer, "intended") == "4");
        }
    }
    CHECK(firsts == 1);
    CHECK(ids.size() == 1);
    CHECK(sequences.size() == 1);
    CHECK(api.count_events("MasterOrderReported") == 1);
    CHECK(api.count_events("FollowerOrderIntended") == 4);
    CHECK(admin.get("/metrics").body.find("copyledger_webhook_duplicates_total 99") !=
          std::string::npos);
}

TEST_CASE("the same fact with other content is a conflict, recorded once", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    const Answer first = admin.post(webhook, webhook_body({{"sequence", "1"}}));
    REQUIRE(first.status == 200);
    const std::string other = webhook_body({{"sequence", "1"}, {"quantity", "200"}});
    for (int i = 0; i < 2; ++i) {
        const Answer conflict = admin.post(webhook, other);
        CHECK(conflict.status == 409);
        CHECK(member(conflict, "detail").find("sequence " + member(first, "sequence")) !=
              std::string::npos);
    }
    CHECK(api.count_events("ConflictRecorded") == 1);
    CHECK(api.count_events("MasterOrderReported") == 1);
    const std::string third = webhook_body({{"sequence", "1"}, {"quantity", "300"}});
    CHECK(admin.post(webhook, third).status == 409);
    CHECK(api.count_events("ConflictRecorded") == 2);
    CHECK(admin.get("/metrics").body.find("copyledger_webhook_conflicts_total 3") !=
          std::string::npos);
}

TEST_CASE("a webhook for an account that nobody opened is a 404 naming it", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    for (const char* code : {R"("M2")", R"("f1")", "1"}) {
        const Answer answer = admin.post(webhook, webhook_body({{"account_id", code}}));
        CHECK(answer.status == 404);
        CHECK(member(answer, "field") == "account_id");
    }
    CHECK(api.count_events("MasterOrderReported") == 0);
}

TEST_CASE("a webhook with a bad field is a 422 naming it and records nothing", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    const std::size_t before = api.events().size();
    for (const auto& [name, value] : {std::pair{"quantity", "-5"},
                                      {"quantity", "0"},
                                      {"quantity", "1.5"},
                                      {"quantity", ""},
                                      {"price", "null"},
                                      {"transaction_type", "7"},
                                      {"symbol", ""},
                                      {"order_type", "[]"}}) {
        const Answer answer = admin.post(webhook, webhook_body({{name, value}}));
        CHECK(answer.status == 422);
        CHECK(member(answer, "field") == name);
    }
    CHECK(api.events().size() == before);
}

TEST_CASE("the source's time stands in the event", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 0);
    REQUIRE(admin.post(webhook, webhook_body({{"event_time", "1799984700123"}})).status == 200);
    CHECK(api.events().back().occurred_at_ns == 1'799'984'700'123'000'000);
}

TEST_CASE("a full queue is a 429 that tells when to come again", "[ingest]") {
    ledger::SequencerLimits limits;
    limits.queued_commands_max = 1;
    ApiFixture api(limits, ApiFixture::Writer::waiting);
    const std::string body = R"({"master_name":"A","broker_account":"M1"})";
    ApiClient first = api.client(Role::admin);
    ApiClient second = api.client(Role::admin);
    first.begin_post("/api/masters", body);
    while (api.sequencer().queued_commands() == 0) std::this_thread::yield();

    const Answer refused = second.post("/api/masters", body);
    CHECK(refused.status == 429);
    CHECK(refused.headers.at("retry-after") == "1");
    api.start_writer();
    CHECK(first.receive().status == 201);
    CHECK(second.post("/api/masters", body).status == 200);
}

}  // namespace ingest::test::api_webhook_test
