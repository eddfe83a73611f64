// Limits, consent, the kill switch, funds and marks over HTTP.
#include "tests/ingest/api_fixture.h"

#include <algorithm>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

namespace ingest::test::api_risk_test {

namespace {

const std::string follower_config = "/api/followers/risk-config";

std::string body_with(const std::string& members) {
    return R"({"followerId":"f1",)" + members + "}";
}

template <class Kind>
Kind latest(const ApiFixture& api) {
    const auto events = api.events();
    const auto found = std::find_if(events.rbegin(), events.rend(), [](const auto& event) {
        return std::holds_alternative<Kind>(event.payload);
    });
    REQUIRE(found != events.rend());
    return std::get<Kind>(found->payload);
}

}  // namespace

TEST_CASE("a follower's limits are set whole and shown", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    const Answer set = admin.post(
        follower_config,
        body_with(R"("max_quantity":80,"max_order_value":"50000.5","max_position_value":1e6,
            "max_open_orders":0,"max_capital":250000,"max_daily_loss":0,"max_orders_per_second":5,
            "price_band_percent":2.5,"max_event_age_ms":3000,
            "trading_hours":{"from":"09:15","to":"15:30"},"allowed_instruments":["RELIANCE",2885],
            "allowed_product_types":["MIS","intraday"],"allowed_order_types":["LIMIT"],
            "allowed_exchanges":["nse"],"on_limit":"CAP")"));
    CHECK(set.status == 200);
    CHECK(member(set, "followerId") == "2");
    CHECK(member(set, "max_quantity") == "80");
    CHECK(member(set, "max_order_value") == "50000.5");
    CHECK(member(set, "max_open_orders") == "0");
    CHECK(member(set, "price_band_percent") == "2.5");
    CHECK(member(set, "on_limit") == "CAP");
    CHECK(set.body.find(R"("trading_hours":{"from":"09:15","to":"15:30"})") != std::string::npos);
    CHECK(set.body.find(R"("allowed_product_types":["MIS"])") != std::string::npos);
    CHECK(set.body.find(R"("allowed_exchanges":["NSE"])") != std::string::npos);
    for (const char* id : {"2", "f1"}) {
        const std::string path = "/api/followers/" + std::string{id} + "/risk-config";
        CHECK(api.client(Role::auditor).get(path).body == set.body);
    }
    const auto limits = latest<ledger::RiskLimitsSet>(api).limits;
    CHECK(limits.max_order_value == ledger::Money{500'005'000});
    CHECK(limits.price_band_bps == 250U);
    CHECK(limits.trading_hours == ledger::TradingHours{555, 930});
}

TEST_CASE("only the limits that are named change, and null lifts them", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    REQUIRE(admin
                .post(follower_config, body_with(R"("max_quantity":80,"max_daily_loss":9,
        "trading_hours":{"from":"00:00","to":"24:00"},"allowed_exchanges":["NSE"],
        "on_limit":"SKIP")"))
                .status == 200);
    const Answer changed =
        admin.post(follower_config, body_with(R"("max_quantity":null,"max_open_orders":3,
            "trading_hours":null,"allowed_exchanges":null,"on_limit":null)"));
    CHECK(member(changed, "max_quantity").empty());
    CHECK(member(changed, "max_daily_loss") == "9");
    CHECK(member(changed, "max_open_orders") == "3");
    CHECK(member(changed, "on_limit") == "DEFAULT");
    CHECK(changed.body.find(R"("trading_hours":null)") != std::string::npos);
    CHECK(changed.body.find(R"("allowed_exchanges":null)") != std::string::npos);
    const auto before = api.events().size();
    CHECK(admin.post(follower_config, R"({"followerId":2})").body == changed.body);
    CHECK(admin.post(follower_config, body_with(R"("max_open_orders":3)")).status == 200);
    CHECK(api.events().size() == before);
}

TEST_CASE("changes of different limits at the same time are all kept", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    const std::string token = api.token(Role::admin);
    const std::vector<std::string> members{R"("max_quantity":80)", R"("max_capital":7)",
                                           R"("max_open_orders":3)", R"("max_daily_loss":9)"};
    std::vector<std::thread> senders;
    for (const std::string& one : members) {
        senders.emplace_back([&] {
            ApiClient client = api.client_with(token);
            client.post(follower_config, body_with(one));
        });
    }
    for (auto& sender : senders) sender.join();
    const Answer all = admin.get("/api/followers/f1/risk-config");
    CHECK(member(all, "max_quantity") == "80");
    CHECK(member(all, "max_capital") == "7");
    CHECK(member(all, "max_open_orders") == "3");
    CHECK(member(all, "max_daily_loss") == "9");
}

TEST_CASE("a lot multiplier becomes the ratio of every link of the follower", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    REQUIRE(admin.post("/api/masters", R"({"master_name":"B","broker_account":"M2"})").status ==
            201);
    REQUIRE(admin.post("/api/masters/M2/followers", R"({"follower_id":"f1","ratio":3})").status ==
            201);
    const std::string body = body_with(R"("lot_multiplier":0.5,"enabled":false,"max_quantity":4)");
    const Answer set = admin.post_with_key(follower_config, body, "k");
    CHECK(member(set, "lot_multiplier") == "0.5");
    CHECK(member(set, "enabled") == "false");
    CHECK(member(set, "max_quantity") == "4");
    const std::string masters = admin.get("/api/followers/f1/masters").body;
    CHECK(masters.find(R"("scaling_factor":"3")") == std::string::npos);
    CHECK(masters.find(R"("scaling_factor":"1")") == std::string::npos);
    const auto before = api.events().size();
    CHECK(admin.post_with_key(follower_config, body, "k").body == set.body);
    CHECK(api.events().size() == before);
    const std::string other = body_with(R"("max_quantity":5)");
    CHECK(admin.post_with_key(follower_config, other, "k").status == 409);
}

TEST_CASE("each bad limit is refused by its name, and so is one that nobody knows", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    const auto before = api.events().size();
    const std::vector<std::pair<std::string, std::string>> cases{
        {"max_quantity", R"("max_quantity":"many")"},
        {"max_quantity", R"("max_quantity":0)"},
        {"max_order_value", R"("max_order_value":0)"},
        {"max_order_value", R"("max_order_value":"1.00001")"},
        {"max_position_value", R"("max_position_value":-1)"},
        {"max_open_orders", R"("max_open_orders":-1)"},
        {"max_open_orders", R"("max_open_orders":4294967296)"},
        {"max_capital", R"("max_capital":true)"},
        {"max_daily_loss", R"("max_daily_loss":-1)"},
        {"max_orders_per_second", R"("max_orders_per_second":0)"},
        {"price_band_percent", R"("price_band_percent":0)"},
        {"price_band_percent", R"("price_band_percent":100.01)"},
        {"price_band_bps", R"("price_band_bps":10001)"},
        {"price_band_bps", R"("price_band_bps":5,"price_band_percent":5)"},
        {"max_event_age_ms", R"("max_event_age_ms":0)"},
        {"trading_hours", R"("trading_hours":"all day")"},
        {"trading_hours", R"("trading_hours":{"from":"15:30","to":"09:15"})"},
        {"trading_hours.from", R"("trading_hours":{"from":"9:15","to":"15:30"})"},
        {"trading_hours.to", R"("trading_hours":{"from":"09:15","to":"24:01"})"},
        {"trading_hours.to", R"("trading_hours":{"from":"09:15"})"},
        {"allowed_instruments", R"("allowed_instruments":"RELIANCE")"},
        {"allowed_instruments", R"("allowed_instruments":[""])"},
        {"allowed_product_types", R"("allowed_product_types":["MIS","XYZ"])"},
        {"allowed_order_types", R"("allowed_order_types":[null])"},
        {"allowed_exchanges", R"("allowed_exchanges":["NYSE"])"},
        {"on_limit", R"("on_limit":"WARN")"},
        {"lot_multiplier", R"("lot_multiplier":0)"},
        {"enabled", R"("enabled":"yes")"},
        {"max_orders", R"("max_orders":5)"},
        {"comment", R"("comment":"x")"},
    };
    for (const auto& [field, members] : cases) {
        INFO(members);
        const Answer answer = admin.post(follower_config, body_with(members));
        CHECK(answer.status == 422);
        CHECK(member(answer, "field") == field);
    }
    CHECK(member(admin.post(follower_config, R"({"max_quantity":5})"), "field") == "followerId");
    const Answer master = admin.post(follower_config, R"({"followerId":"M1","max_quantity":5})");
    CHECK(master.status == 404);
    CHECK(member(master, "field") == "followerId");
    CHECK(api.events().size() == before);
}

TEST_CASE("masters and the whole ledger have limits of their own", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    const Answer master =
        admin.post("/api/masters/risk-config", R"({"masterId":"M1","max_open_orders":9})");
    CHECK(member(master, "masterId") == "1");
    CHECK(admin.get("/api/masters/1/risk-config").body == master.body);
    CHECK(member(admin.post("/api/masters/risk-config", R"({"masterId":1,"lot_multiplier":2})"),
                 "field") == "lot_multiplier");
    const Answer global = admin.post("/api/risk-config", R"({"max_capital":1000})");
    CHECK(member(global, "max_capital") == "1000");
    CHECK(member(global, "max_open_orders").empty());
    CHECK(admin.get("/api/risk-config").body == global.body);
    CHECK(latest<ledger::RiskLimitsSet>(api).account.value() == 0);
    CHECK(member(admin.post("/api/risk-config", R"({"enabled":false})"), "field") == "enabled");
}

TEST_CASE("consent is recorded with where it came from", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    const std::string path = "/api/followers/consent";
    const Answer given =
        admin.send("POST", path, R"({"followerId":"f1","accepted":true,"text_version":"2026-04"})",
                   "User-Agent: Browser/1.0\r\n");
    CHECK(given.status == 200);
    CHECK(member(given, "accepted") == "true");
    const auto consent = latest<ledger::ConsentRecorded>(api);
    CHECK(consent.accepted);
    CHECK(consent.text_version == "2026-04");
    CHECK(consent.address == "127.0.0.1");
    CHECK(consent.user_agent == "Browser/1.0");
    CHECK(admin.post(path, R"({"followerId":2,"accepted":false,"text_version":3})").status == 200);
    CHECK_FALSE(latest<ledger::ConsentRecorded>(api).accepted);
    CHECK(member(admin.post(path, R"({"accepted":true,"text_version":"1"})"), "field") ==
          "followerId");
    CHECK(member(admin.post(path, R"({"followerId":"f1","text_version":"1"})"), "field") ==
          "accepted");
    CHECK(member(admin.post(path, R"({"followerId":"f1","accepted":true})"), "field") ==
          "text_version");
    CHECK(admin.post(path, R"({"followerId":"M1","accepted":true,"text_version":"1"})").status ==
          404);
}

TEST_CASE("the kill switch stops an account, a master or everything, with a reason", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    const Answer all = admin.post("/api/halt", R"({"why":"fire"})");
    CHECK(all.status == 200);
    CHECK(member(all, "halted") == "true");
    CHECK(member(all, "account_id").empty());
    CHECK(member(all, "event_id") == ledger::to_text(api.events().back().id));
    CHECK(member(admin.get("/api/risk-config"), "halted") == "true");
    const Answer again = admin.post("/api/halt", R"({"why":"again"})");
    CHECK(member(again, "duplicate") == "true");
    CHECK(member(again, "event_id").empty());
    CHECK(member(admin.post("/api/halt", R"({"account":"f1","why":"x"})"), "account_id") == "2");
    CHECK(member(admin.post("/api/halt", R"({"masterId":"M1","why":"x"})"), "account_id") == "1");
    CHECK(member(admin.get("/api/masters/M1/risk-config"), "halted") == "true");
    const Answer resumed = admin.post("/api/resume", R"({"followerId":2,"why":"over"})");
    CHECK(member(resumed, "halted") == "false");
    CHECK(member(admin.get("/api/followers/f1/risk-config"), "halted") == "false");
    CHECK(api.count_events("TradingHalted") == 3);
}

TEST_CASE("a switch that is thrown by mistake stays where it is", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    const auto before = api.events().size();
    for (const char* path : {"/api/halt", "/api/resume"}) {
        CHECK(member(admin.post(path, "{}"), "field") == "why");
        CHECK(member(admin.post(path, R"({"acount":"f1","why":"x"})"), "field") == "acount");
        CHECK(member(admin.post(path, R"({"account":null,"why":"x"})"), "field") == "account");
        CHECK(member(admin.post(path, R"({"account":1,"masterId":1,"why":"x"})"), "field") ==
              "masterId");
        CHECK(admin.post(path, R"({"followerId":"M1","why":"x"})").status == 404);
        CHECK(admin.post(path, R"({"account":"nobody","why":"x"})").status == 404);
    }
    CHECK(api.events().size() == before);
}

TEST_CASE("marks are taken in bulk and refused one by one", "[ingest]") {
    ApiFixture api;
    ApiClient ingest = api.client(Role::ingest);
    const std::string path = "/api/marks";
    const Answer taken = ingest.post(path, R"([{"symbol":"RELIANCE","price":1405.05},
                  {"scrip_code":"2885","exchange":"NSE","segment":"EQ","price":"1405.1",
                   "time":"2027-01-15T07:00:00Z"}])");
    CHECK(taken.status == 200);
    CHECK(taken.body == R"({"accepted":2})");
    CHECK(ingest.post(path, "[]").status == 200);
    CHECK(api.events().empty());
    const auto field_of = [&](const std::string& item) {
        return member(ingest.post(path, "[{\"symbol\":\"A\",\"price\":1}," + item + "]"), "field");
    };
    CHECK(field_of("5") == "marks[1]");
    CHECK(field_of(R"({"price":5})") == "marks[1].symbol");
    CHECK(field_of(R"({"symbol":"B"})") == "marks[1].price");
    CHECK(field_of(R"({"symbol":"B","price":0})") == "marks[1].price");
    CHECK(field_of(R"({"symbol":"B","price":1,"exchange":"NYSE"})") == "marks[1].exchange");
    CHECK(field_of(R"({"symbol":"B","price":1,"time":"tomorrow"})") == "marks[1].time");
    CHECK(field_of(R"({"symbol":"B","price":1,"time":"2038-01-01T00:00:00Z"})") == "marks[1].time");
    CHECK(ingest.post(path, "{}").status == 400);
    std::string many = "[" + std::string{R"({"symbol":"A","price":1})"};
    for (int i = 0; i < 5000; ++i) many += R"(,{"symbol":"A","price":1})";
    CHECK(member(ingest.post(path, many + "]"), "field") == "marks");
}

TEST_CASE("funds come with an account, with its change or by themselves", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    const std::string body = R"({"username":"f1","initial_balance":"1000.5"})";
    const Answer opened = admin.post("/api/followers", body);
    CHECK(opened.status == 201);
    CHECK(member(opened, "equity") == "1000.5");
    CHECK(member(opened, "capital") == "1000.5");
    CHECK(admin.post("/api/followers", body).body == opened.body);
    CHECK(api.count_events("FundsReported") == 1);
    const Answer changed = admin.put("/api/followers/f1", R"({"equity":2000,"capital":500})");
    CHECK(member(changed, "equity") == "2000");
    CHECK(member(changed, "capital") == "500");
    // The account's beginning is not told a second time.
    CHECK(member(admin.post("/api/followers", body), "equity") == "2000");
    const Answer told =
        admin.post("/api/accounts/f1/funds", R"({"equity":3000,"as_of":"2027-01-15T08:00:00Z"})");
    CHECK(told.status == 200);
    CHECK(member(told, "equity") == "3000");
    CHECK(api.events().back().occurred_at_ns == 1'800'000'000'000'000'000);
}

TEST_CASE("bad funds are refused by their names", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    REQUIRE(admin.post("/api/followers", R"({"username":"f1"})").status == 201);
    const auto field_of = [&](const std::string& body) {
        const Answer answer = admin.post("/api/accounts/f1/funds", body);
        CHECK(answer.status == 422);
        return member(answer, "field");
    };
    CHECK(field_of("{}") == "equity");
    CHECK(field_of(R"({"equity":-1})") == "equity");
    CHECK(field_of(R"({"equity":"1.23456"})") == "equity");
    CHECK(field_of(R"({"capital":"lots"})") == "capital");
    CHECK(field_of(R"({"equity":1,"initial_balance":1})") == "initial_balance");
    CHECK(field_of(R"({"equity":1,"as_of":"now"})") == "as_of");
    CHECK(field_of(R"({"equity":1,"as_of":"2038-01-01T00:00:00Z"})") == "as_of");
    CHECK(admin.post("/api/accounts/nobody/funds", R"({"equity":1})").status == 404);
    CHECK(member(admin.post("/api/followers", R"({"username":"f2","equity":"x"})"), "field") ==
          "equity");
    CHECK(api.events().size() == 1);
}

TEST_CASE("a new scaling factor reaches the links that had the old one", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    REQUIRE(admin.post("/api/masters", R"({"master_name":"B","broker_account":"M2"})").status ==
            201);
    REQUIRE(admin.post("/api/masters/M2/followers", R"({"follower_id":"f1","ratio":3})").status ==
            201);
    CHECK(admin.put("/api/followers/f1", R"({"scaling_factor":0.25})").status == 200);
    CHECK(admin.get("/api/masters/M1/followers").body.find(R"("scaling_factor":"0.25")") !=
          std::string::npos);
    CHECK(admin.get("/api/masters/M2/followers").body.find(R"("scaling_factor":"3")") !=
          std::string::npos);
    CHECK(api.count_events("LinkSet") == 3);
    CHECK(admin.put("/api/masters/M1", R"({"scaling_factor":2})").status == 200);
    CHECK(api.count_events("LinkSet") == 3);
}

TEST_CASE("limits of an account are set where limits are set", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    const Answer answer = admin.post("/api/followers", R"({"username":"f","max_quantity":5})");
    CHECK(answer.status == 422);
    CHECK(member(answer, "field") == "max_quantity");
    CHECK(member(answer, "detail").find("risk-config") != std::string::npos);
}

TEST_CASE("the reasons are told with their meanings", "[ingest]") {
    ApiFixture api;
    const Answer reasons = api.client(Role::auditor).get("/api/reasons");
    CHECK(reasons.status == 200);
    CHECK(reasons.body.find(R"({"code":"BELOW_MIN_LOT","meaning":"Rounded down)") !=
          std::string::npos);
    CHECK(reasons.body.find("KILL_SWITCH") != std::string::npos);
}

}  // namespace ingest::test::api_risk_test
