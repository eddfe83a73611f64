// Sizes, limits and exits as a person meets them: over HTTP, at the broker, and on the command
// line.
#include "tests/processes/stage.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace processes {

using ledger::text::JsonValue;
using Texts = std::vector<std::string>;

namespace {

std::string post(const Stage& stage, std::string_view target, std::string_view body) {
    const Answer answer = stage.admin().post(target, body);
    INFO(target << " " << answer.body);
    REQUIRE(answer.status / 100 == 2);
    return answer.body;
}

// Half of it, at most eighty, nothing at all.
void open_three_followers(const Stage& stage) {
    stage.open_accounts(3);
    post(stage, "/api/masters/M1/followers", R"({"follower_id":"F1","scaling_factor":0.5})");
    post(stage, "/api/followers/risk-config", R"({"followerId":"F2","max_quantity":80})");
    post(stage, "/api/followers/risk-config", R"({"followerId":"F3","enabled":false})");
}

std::string order_at(const std::string& price, const std::string& event = "order_placed") {
    return webhook_body({{"price", price}, {"event_type", json_string(event)}});
}

void set_price(Stage& stage, const std::string& price) {
    HttpClient broker{stage.broker().port(), {}};
    const Answer answer = broker.post(
        "/sim/prices",
        R"([{"exchangeSegment":"NSECM","exchangeInstrumentID":2885,"price":)" + price + "}]");
    REQUIRE(answer.status == 200);
}

// "F1 BUY 50 at 500: Filled 50", of every order at the broker, sorted.
Texts orders_at_broker(const Stage& stage) {
    Texts lines;
    const JsonValue page = stage.broker_page("/sim/accepted");
    for (const JsonValue& order : page.find("orders")->items()) {
        const auto text = [&](std::string_view name) { return member_of(order, name); };
        lines.push_back(text("clientID") + " " + text("orderSide") + " " + text("orderQuantity") +
                        " at " + text("limitPrice") + ": " + text("state") + " " +
                        text("cumulativeQuantity"));
    }
    std::ranges::sort(lines);
    return lines;
}

std::int64_t filled_in_ledger(const Stage& stage) {
    std::int64_t sum = 0;
    for (const auto& filled : stage.column({"orders", "--role", "FOLLOWER"}, "filled_quantity")) {
        sum += std::stoll(filled);
    }
    return sum;
}

void await_filled(const Stage& stage, std::int64_t quantity) {
    await(std::to_string(quantity) + " filled",
          [&] { return filled_in_ledger(stage) == quantity; });
    stage.await_quiescence();
}

}  // namespace

TEST_CASE("a half, a capped and a disabled follower: sized, moved and closed by what filled",
          "[processes]") {
    Stage stage{{.broker_toml = "[matching]\nfill_quantity_max = 30\n"}};
    open_three_followers(stage);

    const std::string answer = post(stage, webhook, order_at("500"));
    CHECK(answer.find(R"("intended":2,"skipped":1)") != std::string::npos);
    stage.await_quiescence();
    CHECK(orders_at_broker(stage) == Texts{"F1 BUY 50 at 500: New 0", "F2 BUY 80 at 500: New 0"});
    const auto intended = stage.rows({"events", "--kind", "followerorderintended"});
    REQUIRE(intended.size() == 2);
    CHECK(member_of(intended[1], "raw_quantity") == "100");
    CHECK(member_of(intended[1], "quantity") == "80");
    CHECK(member_of(intended[1], "limit_rule") == "MAX_QUANTITY");
    CHECK(stage.column({"events", "--kind", "FollowerOrderSkipped"}, "reason") ==
          Texts{"ACCOUNT_DISABLED"});

    post(stage, webhook, order_at("495", "order_modified"));
    stage.await_quiescence();
    CHECK(orders_at_broker(stage) ==
          Texts{"F1 BUY 50 at 495: Replaced 0", "F2 BUY 80 at 495: Replaced 0"});

    set_price(stage, "495");
    await_filled(stage, 60);
    post(stage, "/api/trades/exit", R"({"masterOrderId":"1001"})");
    await_filled(stage, 120);
    for (const std::string follower : {"F1", "F2"}) {
        CHECK(stage.column({"positions", "--account", follower}, "quantity") == Texts{"0"});
    }
    const Texts orders = orders_at_broker(stage);
    REQUIRE(orders.size() == 4);
    CHECK(orders[0] == "F1 BUY 50 at 495: Cancelled 30");
    CHECK(orders[1].starts_with("F1 SELL 30 "));
    CHECK(orders[2] == "F2 BUY 80 at 495: Cancelled 30");
    CHECK(orders[3].starts_with("F2 SELL 30 "));
    CHECK(stage.ledger().stop() == Exit{.code = 0, .signal = 0});
    CHECK(stage.cli({"replay", "--check"}).exit.code == 0);
}

TEST_CASE("a simulation shows what will come, beside a running server, and changes nothing",
          "[processes]") {
    Stage stage;
    open_three_followers(stage);
    const std::string file = stage.workspace().file("order.json");
    stage.workspace().write("order.json", order_at("500"));
    const std::vector<std::string> simulate{"simulate", "--order", file, "--config",
                                            stage.workspace().file("serve.toml")};
    const std::size_t before = stage.events();
    CHECK(stage.column(simulate, "quantity") == Texts{"50", "80", ""});
    CHECK(stage.column(simulate, "follower") == Texts{"F1", "F2", "F3"});
    CHECK(stage.column(simulate, "reason") == Texts{"", "", "ACCOUNT_DISABLED"});
    CHECK(stage.events() == before);

    // Before the limits were set, there were none.
    const auto set = stage.column({"events", "--kind", "RiskLimitsSet"}, "sequence");
    REQUIRE(set.size() == 1);
    auto earlier = simulate;
    earlier.insert(earlier.end(), {"--as-of", std::to_string(std::stoll(set[0]) - 1)});
    CHECK(stage.column(earlier, "quantity") == Texts{"50", "100", "100"});
}

TEST_CASE("limits are listed by account and by the kind of place", "[processes]") {
    Stage stage;
    open_three_followers(stage);
    CHECK(stage.column({"limits"}, "scope") ==
          Texts{"GLOBAL", "MASTER", "FOLLOWER", "FOLLOWER", "FOLLOWER", "LINK", "LINK", "LINK"});
    CHECK(stage.column({"limits", "--account", "F2"}, "scope") == Texts{"FOLLOWER", "LINK"});
    CHECK(stage.column({"limits", "--scope", "follower"}, "account") == Texts{"F1", "F2", "F3"});
    CHECK(stage.column({"limits", "--scope", "LINK"}, "master") == Texts{"M1", "M1", "M1"});
    CHECK(stage.column({"limits", "--scope", "FOLLOWER", "--account", "F2"}, "max_quantity") ==
          Texts{"80"});
    CHECK(stage.column({"limits", "--scope", "GLOBAL", "--account", "F2"}, "scope").empty());
    CHECK(stage.cli({"limits", "--scope", "anywhere"}).exit.code == 2);
    CHECK(stage.column({"limits", "--account", "nobody"}, "scope").empty());
}

TEST_CASE("a halt reaches the server that holds the directory, and lasts until it is resumed",
          "[processes]") {
    Stage stage;
    stage.open_accounts(2);
    const auto told = stage.rows({"halt", "--account", "F1", "--why", "drill"});
    REQUIRE(told.size() == 1);
    CHECK(Texts{member_of(told[0], "event_id")} ==
          stage.column({"events", "--kind", "TradingHalted"}, "event_id"));
    CHECK(post(stage, webhook, order_at("500")).find(R"("intended":1,"skipped":1)") !=
          std::string::npos);
    REQUIRE(stage.cli({"halt", "--why", "all of it"}).exit.code == 0);
    CHECK(post(stage, webhook, webhook_body({{"order_id", "7"}}))
              .find(R"("intended":0,"skipped":2)") != std::string::npos);
    CHECK(stage.column({"events", "--kind", "FollowerOrderSkipped"}, "reason") ==
          Texts{"KILL_SWITCH", "KILL_SWITCH", "KILL_SWITCH"});
    REQUIRE(stage.cli({"resume", "--why", "over"}).exit.code == 0);
    REQUIRE(stage.cli({"resume", "--account", "F1", "--why", "over"}).exit.code == 0);
    CHECK(post(stage, webhook, webhook_body({{"order_id", "8"}}))
              .find(R"("intended":2,"skipped":0)") != std::string::npos);
    stage.await_quiescence();
    CHECK(stage.cli({"halt", "--account", "nobody", "--why", "x"}).exit.code == 1);
    CHECK(stage.cli({"halt"}).exit.code == 2);
    CHECK(stage.cli({"halt", "--why", ""}).exit.code == 2);
}

TEST_CASE("a halt without a server goes into the log, where its next server finds it",
          "[processes]") {
    Stage stage;
    stage.open_accounts(1);
    stage.ledger().kill();
    const Finished told =
        stage.cli({"halt", "--account", "F1", "--why", "at night", "--output", "csv"});
    REQUIRE(told.exit.code == 0);
    CHECK(told.output.starts_with("event_id,sequence,duplicate\r\n"));
    CHECK(stage.column({"events", "--kind", "TradingHalted"}, "why") == Texts{"at night"});
    stage.ledger().start();
    CHECK(post(stage, webhook, order_at("500")).find(R"("intended":0,"skipped":1)") !=
          std::string::npos);
    CHECK(stage.cli_on(stage.workspace().file("nothing"), {"halt", "--why", "x"}).exit.code == 3);
}

TEST_CASE("a word on an intent that does not wait for one is refused", "[processes]") {
    Stage stage;
    stage.open_accounts(1);
    post(stage, webhook, order_at("500"));
    stage.await_quiescence();
    const auto intents = stage.column({"events", "--kind", "FollowerOrderIntended"}, "event_id");
    REQUIRE(intents.size() == 1);
    const std::vector<std::string> resolve{"resolve", intents[0], "--not-placed", "--why", "x"};
    CHECK(stage.cli(resolve).exit.code == 6);
    CHECK(stage.cli({"resolve", std::string(32, '0'), "--not-placed", "--why", "x"}).exit.code ==
          1);
    CHECK(stage.cli({"resolve", "../halt", "--not-placed", "--why", "x"}).exit.code == 2);
    CHECK(stage.cli({"resolve", intents[0], "--why", "x"}).exit.code == 2);
    CHECK(stage.cli({"resolve", intents[0], "--found", "1", "--not-placed", "--why", "x"})
              .exit.code == 2);
    REQUIRE(stage.ledger().stop() == Exit{.code = 0, .signal = 0});
    CHECK(stage.cli(resolve).exit.code == 6);
}

}  // namespace processes
