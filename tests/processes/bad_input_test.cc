// Whatever comes in, the answer is a 4xx that names what is wrong, and nothing is recorded.
#include "tests/processes/stage.h"

#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

namespace processes {

namespace {

void check_problem(const Answer& answer, int status) {
    INFO(answer.body);
    CHECK(answer.status == status);
    CHECK(answer.head.find("application/problem+json") != std::string::npos);
    CHECK(answer.member("status") == std::to_string(status));
    CHECK_FALSE(answer.member("detail").empty());
    CHECK_FALSE(answer.member("request_id").empty());
}

// Nothing was recorded since then, and the server goes on.
void check_untouched(Stage& stage, std::size_t events_before) {
    CHECK(stage.events() == events_before);
    HttpClient client = stage.admin();
    CHECK(client.get("/health").member("status") == "healthy");
    CHECK(client.post(webhook, webhook_body()).status == 200);
    CHECK(stage.ledger().stop() == Exit{.code = 0, .signal = 0});
}

}  // namespace

TEST_CASE("a webhook that lacks a field is a 422 naming it", "[processes]") {
    Stage stage;
    stage.open_accounts(1);
    const std::size_t before = stage.events();
    HttpClient client = stage.admin();
    for (const char* name :
         {"event_type", "order_id", "symbol", "scrip_code", "exchange", "segment",
          "transaction_type", "order_type", "quantity", "price", "status", "account_id"}) {
        const Answer answer = client.post(webhook, webhook_body({{name, ""}}));
        check_problem(answer, 422);
        CHECK(answer.member("field") == name);
    }
    const Answer answer = client.post(webhook, webhook_body({{"order_type", R"("SL")"}}));
    check_problem(answer, 422);
    CHECK(answer.member("field") == "trigger_price");
    check_untouched(stage, before);
}

TEST_CASE("a field of the wrong type or out of range is a 422 naming it", "[processes]") {
    Stage stage;
    stage.open_accounts(1);
    const std::size_t before = stage.events();
    HttpClient client = stage.admin();
    std::vector<std::pair<std::string, std::string>> samples{
        {"quantity", "-5"},
        {"quantity", "0"},
        {"quantity", "1.5"},
        {"quantity", "1e400"},
        {"quantity", "99999999999999999999"},
        {"quantity", R"("many")"},
        {"price", "-0.05"},
        {"price", "1.23456789"},
        {"price", "0"},
        {"price", R"("cheap")"},
        {"filled_quantity", "-1"},
        {"sequence", "-1"},
        {"event_time", R"("yesterday")"},
        {"event_type", R"("order_dreamt")"},
        {"order_type", R"("ICEBERG")"},
        {"transaction_type", R"("HOLD")"},
        {"exchange", R"("NYSE")"},
        {"order_id", R"("")"},
        {"symbol", json_string(std::string(4000, 'A'))},
    };
    for (const char* name : {"event_type", "order_id", "symbol", "scrip_code", "exchange",
                             "segment", "transaction_type", "order_type", "quantity", "price",
                             "status", "account_id", "sequence", "event_time", "product"}) {
        for (const char* value : {"true", "[]", "{}", "[1]"}) samples.emplace_back(name, value);
    }
    for (const auto& [name, value] : samples) {
        INFO(name << " " << value.substr(0, 40));
        const Answer answer = client.post(webhook, webhook_body({{name, value}}));
        check_problem(answer, 422);
        CHECK(answer.member("field") == name);
    }
    check_untouched(stage, before);
}

TEST_CASE("a body that is no JSON object is a 400, and one of 20 MB a 413", "[processes]") {
    Stage stage;
    stage.open_accounts(1);
    const std::size_t before = stage.events();
    HttpClient client = stage.admin();
    const std::string good = webhook_body();
    for (const std::string& body :
         {std::string{}, std::string{"{"}, good + "}", good.substr(0, good.size() / 2),
          std::string{"quantity=5"}, std::string{"[]"}, std::string{"7"},
          std::string{R"({"quantity":1,"quantity":2})"}, std::string{"{\"a\":\"\xff\"}"},
          std::string(1000, '[')}) {
        INFO(body.substr(0, 60));
        check_problem(client.post(webhook, body), 400);
    }
    const std::string huge = webhook_body({{"symbol", json_string(std::string(20'000'000, 'A'))}});
    check_problem(client.post(webhook, huge), 413);
    check_untouched(stage, before);
}

TEST_CASE("an unknown account, path, method or caller is told what is wrong", "[processes]") {
    Stage stage;
    stage.open_accounts(1);
    const std::string ingest_token = stage.new_token("INGEST");
    const std::string auditor_token = stage.new_token("AUDITOR");
    const std::size_t before = stage.events();
    HttpClient admin = stage.admin();

    // A follower's code, and nobody's.
    for (const char* code : {R"("F1")", R"("M2")"}) {
        const Answer answer = admin.post(webhook, webhook_body({{"account_id", code}}));
        check_problem(answer, 404);
        CHECK(answer.member("field") == "account_id");
    }
    check_problem(admin.post("/api/webhooks/blaze/ordr", webhook_body()), 404);
    check_problem(admin.get("/api/masters/99"), 404);
    const Answer wrong_method = admin.call("DELETE", webhook);
    check_problem(wrong_method, 405);
    CHECK(wrong_method.head.find("allow: POST") != std::string::npos);

    const std::uint16_t port = stage.ledger().port();
    check_problem(HttpClient(port, "").post(webhook, webhook_body()), 401);
    check_problem(HttpClient(port, "guessed").post(webhook, webhook_body()), 401);
    check_problem(HttpClient(port, auditor_token).post(webhook, webhook_body()), 403);
    check_problem(HttpClient(port, ingest_token).post("/api/masters", R"({"master_name":"B"})"),
                  403);
    check_problem(HttpClient(port, ingest_token).get("/api/events"), 403);
    check_untouched(stage, before);
}

}  // namespace processes
