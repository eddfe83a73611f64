// One fact told many times, and two facts told under one name.
#include "tests/processes/stage.h"

#include <algorithm>
#include <cstddef>
#include <future>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace processes {

namespace {

std::vector<Answer> post_repeatedly(HttpClient client, const std::string& body, int times) {
    std::vector<Answer> answers;
    for (int i = 0; i < times; ++i) answers.push_back(client.post(webhook, body));
    return answers;
}

}  // namespace

TEST_CASE("a webhook sent 100 times over 10 connections is one event and one set of orders",
          "[processes]") {
    constexpr int connections = 10;
    constexpr int followers = 5;
    Stage stage;
    stage.open_accounts(followers);
    std::vector<std::future<std::vector<Answer>>> senders;
    for (int i = 0; i < connections; ++i) {
        senders.push_back(std::async(std::launch::async, [&stage] {
            return post_repeatedly(stage.admin(), webhook_body(), 100 / connections);
        }));
    }
    int duplicates = 0;
    std::set<std::string> first_sequences;
    std::set<std::string> sequences;
    for (auto& sender : senders) {
        for (const Answer& answer : sender.get()) {
            REQUIRE(answer.status == 200);
            const bool duplicate = answer.member("duplicate") == "true";
            duplicates += duplicate ? 1 : 0;
            if (!duplicate) first_sequences.insert(answer.member("sequence"));
            sequences.insert(answer.member("sequence"));
        }
    }
    CHECK(duplicates == 99);
    CHECK(first_sequences.size() == 1);
    CHECK(sequences == first_sequences);

    stage.await_quiescence();
    CHECK(stage.column({"events", "--kind", "MasterOrderReported"}, "sequence") ==
          std::vector<std::string>{*first_sequences.begin()});
    CHECK(stage.rows({"events", "--kind", "FollowerOrderIntended"}).size() == followers);
    CHECK(stage.broker_journal("accepted").size() == followers);
    CHECK(stage.cli({"witness", stage.broker_journal_path()}).exit == Exit{.code = 0, .signal = 0});
}

TEST_CASE("the same id with another body is a 409 and recorded as a conflict", "[processes]") {
    Stage stage;
    stage.open_accounts(2);
    HttpClient client = stage.admin();
    const Answer first = client.post(webhook, webhook_body({{"sequence", "7"}}));
    REQUIRE(first.status == 200);
    const Answer other = client.post(webhook, webhook_body({{"sequence", "7"}, {"quantity", "9"}}));
    CHECK(other.status == 409);
    CHECK(other.head.find("application/problem+json") != std::string::npos);
    CHECK(other.member("detail").find(first.member("sequence")) != std::string::npos);

    CHECK(stage.column({"events", "--kind", "ConflictRecorded"}, "existing") ==
          std::vector<std::string>{first.member("event_id")});
    CHECK(stage.rows({"events", "--kind", "MasterOrderReported"}).size() == 1);
    CHECK(stage.column({"orders", "--role", "FOLLOWER"}, "quantity") ==
          std::vector<std::string>{"100", "100"});
}

TEST_CASE("a webhook repeated after kill -9 is told its first sequence", "[processes]") {
    Stage stage;
    stage.open_accounts(1);
    HttpClient client = stage.admin();
    const Answer first = client.post(webhook, webhook_body());
    REQUIRE(first.status == 200);
    stage.ledger().kill();
    stage.ledger().start();
    const Answer again = client.post_until_answered(webhook, webhook_body());
    CHECK(again.status == 200);
    CHECK(again.member("duplicate") == "true");
    CHECK(again.member("sequence") == first.member("sequence"));
    CHECK(again.member("event_id") == first.member("event_id"));
    stage.await_quiescence();
    CHECK(stage.broker_journal("accepted").size() == 1);
}

}  // namespace processes
