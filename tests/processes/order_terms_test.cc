// What reaches the broker is what the master ordered, to the paisa.
#include "tests/processes/stage.h"

#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace processes {

using ledger::text::JsonValue;

namespace {

// The only order of that type at the broker; null where there is none.
JsonValue accepted_of_type(const Stage& stage, const std::string& type) {
    const JsonValue page = stage.broker_page("/sim/accepted");
    for (const JsonValue& order : page.find("orders")->items()) {
        if (member_of(order, "orderType") == type) return order;
    }
    return JsonValue::make_null();
}

}  // namespace

TEST_CASE("LIMIT, SL and SL-M orders carry their price and trigger to the broker", "[processes]") {
    struct Sample {
        std::string type;
        std::string price;
        std::string trigger;
        std::string broker_type;
        std::string limit_price;
        std::string stop_price;
    };

    const std::vector<Sample> samples{
        {"LIMIT", "1405.05", "", "LIMIT", "1405.05", "0"},
        {"SL", "99.95", "99.9", "STOPLIMIT", "99.95", "99.9"},
        {"SL-M", "", "0.05", "STOPMARKET", "0", "0.05"},
        {"MARKET", "", "", "MARKET", "0", "0"},
    };
    Stage stage;
    stage.open_accounts(1);
    HttpClient client = stage.admin();
    for (const Sample& sample : samples) {
        const Answer answer =
            client.post(webhook, webhook_body({{"order_id", json_string(sample.type)},
                                               {"order_type", json_string(sample.type)},
                                               {"price", sample.price},
                                               {"trigger_price", sample.trigger}}));
        INFO(answer.body);
        REQUIRE(answer.status == 200);
    }
    stage.await_quiescence();
    for (const Sample& sample : samples) {
        INFO(sample.type);
        const JsonValue order = accepted_of_type(stage, sample.broker_type);
        CHECK(member_of(order, "limitPrice") == sample.limit_price);
        CHECK(member_of(order, "stopPrice") == sample.stop_price);
        CHECK(member_of(order, "orderSide") == "BUY");
        CHECK(member_of(order, "orderQuantity") == "100");
    }
}

TEST_CASE("a hundred at a ratio of 0.29 is twenty-nine at the broker", "[processes]") {
    Stage stage;
    stage.open_accounts(1, "0.29");
    REQUIRE(stage.admin().post(webhook, webhook_body()).status == 200);
    stage.await_quiescence();
    CHECK(member_of(accepted_of_type(stage, "LIMIT"), "orderQuantity") == "29");
}

}  // namespace processes
