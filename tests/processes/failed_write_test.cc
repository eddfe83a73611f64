// A disk that takes no more: the process says so and ends, and what it acknowledged is there.
#include "tests/processes/stage.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>

#include <catch2/catch.hpp>

namespace processes {

TEST_CASE("after a failed write the ledger ends non-zero and keeps what it acknowledged",
          "[processes]") {
    constexpr std::uint64_t file_bytes_max = 262'144;
    constexpr int orders_max = 5'000;  // several times what fits
    Stage stage;
    stage.open_accounts(3);
    REQUIRE(stage.ledger().stop().code == 0);
    stage.ledger().start(file_bytes_max);

    std::set<std::string> acknowledged;
    HttpClient client = stage.admin();
    bool answered = true;
    for (int i = 1; i <= orders_max && answered; ++i) {
        const Answer answer = client.post(webhook, webhook_body({{"order_id", std::to_string(i)}}));
        answered = answer.status == 200;
        if (answered) acknowledged.insert(answer.member("event_id"));
    }
    REQUIRE_FALSE(answered);
    REQUIRE_FALSE(acknowledged.empty());
    const Exit exit = stage.ledger().wait();
    CHECK(exit.signal == 0);
    CHECK(exit.code == 7);
    INFO(stage.ledger().told());
    CHECK(stage.ledger().told().find("the ledger stops") != std::string::npos);

    stage.ledger().start();
    const auto recorded = stage.column({"events", "--kind", "MasterOrderReported"}, "event_id");
    const std::set<std::string> there{recorded.begin(), recorded.end()};
    CHECK(std::ranges::includes(there, acknowledged));
    stage.await_quiescence();
    CHECK(stage.cli({"witness", stage.broker_journal_path()}).exit == Exit{.code = 0, .signal = 0});
    CHECK(stage.ledger().stop() == Exit{.code = 0, .signal = 0});
    CHECK(stage.cli({"replay", "--check"}).exit == Exit{.code = 0, .signal = 0});
}

TEST_CASE("a broker simulator that cannot write ends non-zero, and the ledger recovers",
          "[processes]") {
    constexpr std::uint64_t file_bytes_max = 8'192;
    constexpr int orders = 20;
    constexpr int followers = 3;  // 60 orders are more than fits
    Stage stage;
    stage.open_accounts(followers);
    REQUIRE(stage.broker().stop().code == 0);
    stage.broker().start(file_bytes_max);
    HttpClient client = stage.admin();
    for (int i = 1; i <= orders; ++i) {
        const std::string id = std::to_string(i);
        REQUIRE(client.post(webhook, webhook_body({{"order_id", id}})).status == 200);
    }
    const Exit exit = stage.broker().wait();
    CHECK(exit.signal == 0);
    CHECK(exit.code > 0);
    CHECK_FALSE(stage.broker().told().empty());

    stage.broker().start();
    stage.await_quiescence();
    CHECK(stage.broker_journal("accepted").size() == std::size_t{orders} * followers);
    CHECK(stage.cli({"witness", stage.broker_journal_path()}).exit == Exit{.code = 0, .signal = 0});
}

}  // namespace processes
