// Links over HTTP: how a follower copies a master.
#include "tests/ingest/api_fixture.h"

#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

namespace ingest::test::api_links_test {

namespace {

const std::string links = "/api/masters/M1/followers";

std::string body_with(const std::string& members) {
    return R"({"follower_id":"f1",)" + members + "}";
}

}  // namespace

TEST_CASE("a link takes every term and shows it", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    const Answer changed = admin.post(
        links, body_with(R"("copy_strategy":"PERCENTAGE","percentage":2.5,"sides":"BUY_ONLY",
            "price_mode":"MARKETABLE_LIMIT","protection_percent":"0.75",
            "product_map":{"MIS":"CNC"},"order_type_map":{"LIMIT":"MARKET","SL":"SL-M"},
            "on_join":"open_positions","on_leave":"close_positions","max_capital_limit":"100000.25",
            "max_quantity":80)"));
    CHECK(changed.status == 201);
    CHECK(member(changed, "copy_strategy") == "PERCENTAGE");
    CHECK(member(changed, "percentage") == "2.5");
    CHECK(member(changed, "sides") == "BUY_ONLY");
    CHECK(member(changed, "price_mode") == "MARKETABLE_LIMIT");
    CHECK(member(changed, "protection_bps") == "75");
    CHECK(member(changed, "product_rules") == "1");
    CHECK(member(changed, "order_type_rules") == "2");
    CHECK(member(changed, "on_join") == "open_positions");
    CHECK(member(changed, "on_leave") == "close_positions");
    CHECK(member(changed, "max_capital") == "100000.25");
    CHECK(member(changed, "max_quantity") == "80");
}

TEST_CASE("what a change of a link does not name stays, and null lifts a limit", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    REQUIRE(admin.post(links, body_with(R"("max_quantity":80,"max_capital":5)")).status == 201);
    const Answer changed = admin.put(links + "/f1", R"({"ratio":0.5,"max_capital":null})");
    CHECK(changed.status == 200);
    CHECK(member(changed, "scaling_factor") == "0.5");
    CHECK(member(changed, "max_quantity") == "80");
    CHECK(member(changed, "max_capital").empty());
    const auto before = api.events().size();
    CHECK(admin.put(links + "/f1", R"({"lot_multiplier":"0.5"})").body == changed.body);
    CHECK(api.events().size() == before);
}

TEST_CASE("PUT changes links that exist and makes none", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    REQUIRE(admin.post("/api/followers", R"({"username":"f2"})").status == 201);
    const Answer none = admin.put(links + "/f2", R"({"ratio":2})");
    CHECK(none.status == 404);
    CHECK(member(none, "field") == "follower_id");
    REQUIRE(admin.remove(links + "/f1").status == 204);
    CHECK(admin.put(links + "/f1", R"({"ratio":2})").status == 404);
}

TEST_CASE("each bad term of a link is refused by its name", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    const auto before = api.events().size();
    const std::vector<std::pair<std::string, std::string>> cases{
        {"copy_strategy", R"("copy_strategy":"DOUBLE")"},
        {"percentage", R"("copy_strategy":"PERCENTAGE")"},
        {"percentage", R"("percentage":0)"},
        {"fixed_quantity", R"("copy_strategy":"FIXED_QUANTITY")"},
        {"fixed_quantity", R"("fixed_quantity":1.5)"},
        {"fixed_quantity", R"("fixed_quantity":0)"},
        {"ratio", R"("scaling_factor":1,"ratio":1)"},
        {"lot_multiplier", R"("lot_multiplier":-1)"},
        {"sides", R"("sides":"SELL_ONLY")"},
        {"price_mode", R"("price_mode":"BEST")"},
        {"protection_bps", R"("protection_bps":10000)"},
        {"protection_percent", R"("protection_percent":0.125)"},
        {"product_map", R"("product_map":{"MIS":"XYZ"})"},
        {"product_map", R"("product_map":{"MIS":"CNC","INTRADAY":"CNC"})"},
        {"product_map", R"("product_map":["MIS"])"},
        {"order_type_map", R"("order_type_map":{"LIMIT":5})"},
        {"on_join", R"("on_join":"all")"},
        {"on_leave", R"("on_leave":"sell")"},
        {"active", R"("active":1)"},
        {"max_quantity", R"("max_quantity":0)"},
        {"max_capital_limit", R"("max_capital_limit":"0.00001")"},
        {"max_capital_limit", R"("max_capital":1,"max_capital_limit":1)"},
        {"max_daily_loss", R"("max_daily_loss":-5)"},
        {"max_drawdown", R"("max_drawdown":5)"},
        {"allowed_brokers", R"("allowed_brokers":[])"},
    };
    for (const auto& [field, members] : cases) {
        INFO(members);
        const Answer answer = admin.post(links, body_with(members));
        CHECK(answer.status == 422);
        CHECK(member(answer, "field") == field);
    }
    CHECK(api.events().size() == before);
}

TEST_CASE("an administrator makes a follower follow and unfollow", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    REQUIRE(admin.post("/api/followers", R"({"username":"f2"})").status == 201);
    const std::string body =
        R"({"master_id":"M1","follower_id":"f2","copy_strategy":"FIXED_QUANTITY","fixed_quantity":7})";
    const Answer followed = admin.post_with_key("/api/masters/follow", body, "k");
    CHECK(followed.status == 201);
    CHECK(member(followed, "fixed_quantity") == "7");
    CHECK(admin.post_with_key("/api/masters/follow", body, "k").status == 200);
    const std::string end = R"({"master_id":1,"follower_id":"f2"})";
    CHECK(admin.post("/api/masters/unfollow", end).status == 204);
    CHECK(admin.post("/api/masters/unfollow", end).status == 204);
    CHECK(api.count_events("LinkRemoved") == 1);
}

TEST_CASE("following without a follower says why one must be named", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    for (const char* path : {"/api/masters/follow", "/api/masters/unfollow"}) {
        const Answer answer = admin.post(path, R"({"master_id":"M1"})");
        CHECK(answer.status == 422);
        CHECK(member(answer, "field") == "follower_id");
        CHECK(member(answer, "detail").find("ADMIN") != std::string::npos);
        CHECK(member(admin.post(path, R"({"follower_id":"f1"})"), "field") == "master_id");
        CHECK(admin.post(path, R"({"master_id":"f1","follower_id":"f1"})").status == 404);
    }
}

}  // namespace ingest::test::api_links_test
