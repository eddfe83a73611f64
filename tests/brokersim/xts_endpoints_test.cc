// The routes over a real socket, with requests as recorded from the broker's own Node client.
#include "tests/brokersim/sim_fixture.h"

#include <catch2/catch.hpp>

namespace tools::brokersim::xts_endpoints_test {

namespace {

using ledger::text::JsonValue;

// The first row of a book's or a history's result.
const JsonValue& row_of(const JsonValue& answer, std::size_t row = 0) {
    REQUIRE(text_at(answer, "type") == "success");
    REQUIRE(answer.find("result")->items().size() > row);
    return answer.find("result")->items()[row];
}

void set_price(const RunningSim& sim, const std::string& price) {
    const Answer answer = sim.call(
        "POST", "/sim/prices",
        R"([{"exchangeSegment":"NSECM","exchangeInstrumentID":2885,"price":)" + price + "}]");
    REQUIRE(answer.body == R"({"prices":1})");
}

constexpr const char* reference = "c0ffee0123456789abcd";

}  // namespace

TEST_CASE("the recorded place, modify and cancel are carried out", "[brokersim]") {
    const RunningSim sim{quiet_config()};
    const Answer placed = sim.place(reference);
    CHECK(placed.body ==
          R"({"type":"success","code":"s-orders-0001","description":"Request sent","result":)"
          R"({"AppOrderID":1000000001,"OrderUniqueIdentifier":"c0ffee0123456789abcd",)"
          R"("ClientID":"TEST"}})");

    const Answer modified = sim.call(
        "PUT", "/interactive/orders",
        R"({"appOrderID":1000000001,"modifiedProductType":"MIS","modifiedOrderType":"LIMIT",)"
        R"("modifiedOrderQuantity":8,"modifiedDisclosedQuantity":0,"modifiedLimitPrice":1406.0,)"
        R"("modifiedStopPrice":0,"modifiedTimeInForce":"DAY",)"
        R"("orderUniqueIdentifier":"c0ffee0123456789abcd","clientID":"TEST"})");
    CHECK(modified.status == 200);
    const JsonValue book = sim.call("GET", "/interactive/orders").json();
    CHECK(text_at(row_of(book), "OrderStatus") == "Replaced");
    CHECK(text_at(row_of(book), "OrderQuantity") == "8");
    CHECK(text_at(row_of(book), "OrderPrice") == "1406");

    const std::string cancel =
        "/interactive/orders?appOrderID=1000000001"
        "&orderUniqueIdentifier=c0ffee0123456789abcd&clientID=undefined";
    CHECK(sim.call("DELETE", cancel).status == 200);
    CHECK(text_at(sim.accepted(reference), "state") == "Cancelled");
    check_error(sim.call("DELETE", cancel), 400, "e-orders-sim-closed");
}

TEST_CASE("a book row has the fields and types of the broker's own", "[brokersim]") {
    const RunningSim sim{quiet_config()};
    REQUIRE(sim.place(reference).status == 200);
    set_price(sim, "1400");
    const JsonValue book = sim.call("GET", "/orders").json();
    const JsonValue& row = row_of(book);
    for (const char* name : {"LoginID",
                             "ClientID",
                             "OrderReferenceID",
                             "GeneratedBy",
                             "ExchangeOrderID",
                             "OrderCategoryType",
                             "ExchangeSegment",
                             "OrderSide",
                             "OrderType",
                             "ProductType",
                             "TimeInForce",
                             "OrderStatus",
                             "OrderAverageTradedPrice",
                             "OrderGeneratedDateTime",
                             "ExchangeTransactTime",
                             "LastUpdateDateTime",
                             "OrderExpiryDate",
                             "CancelRejectReason",
                             "OrderUniqueIdentifier",
                             "OrderLegStatus"}) {
        INFO(name);
        REQUIRE(row.find(name) != nullptr);
        CHECK(row.find(name)->is(JsonValue::Kind::string));
    }
    for (const char* name :
         {"AppOrderID", "ExchangeInstrumentID", "OrderPrice", "OrderQuantity", "OrderStopPrice",
          "LeavesQuantity", "CumulativeQuantity", "OrderDisclosedQuantity", "MessageCode",
          "MessageVersion", "TokenID", "ApplicationType", "SequenceNumber"}) {
        INFO(name);
        REQUIRE(row.find(name) != nullptr);
        CHECK(row.find(name)->is(JsonValue::Kind::number));
    }
    CHECK(text_at(row, "OrderSide") == "Buy");
    CHECK(text_at(row, "OrderType") == "Limit");
    CHECK(text_at(row, "OrderPrice") == "1405.05");
    CHECK(text_at(row, "OrderStatus") == "Filled");
    CHECK(text_at(row, "OrderAverageTradedPrice") == "1405.05");
    CHECK(text_at(row, "CumulativeQuantity") == "10");
    CHECK(text_at(row, "LeavesQuantity") == "0");
    CHECK(text_at(row, "OrderGeneratedDateTime").size() == 27);
    CHECK(text_at(row, "OrderGeneratedDateTime").find_first_of("Z+") == std::string::npos);
}

TEST_CASE("history has a row for each state, trades have execution ids", "[brokersim]") {
    SimConfig config = quiet_config();
    config.exchange.matching.fill_quantity_max = ledger::Quantity{6};
    const RunningSim sim{config};
    const std::string id = id_of(sim.place(reference));
    set_price(sim, "1400.00");
    set_price(sim, "1399");
    const JsonValue history = sim.call("GET", "/interactive/orders?appOrderID=" + id).json();
    CHECK(history.find("result")->items().size() == 3);
    CHECK(text_at(row_of(history, 0), "OrderStatus") == "New");
    CHECK(text_at(row_of(history, 0), "OrderAverageTradedPrice").empty());
    CHECK(text_at(row_of(history, 1), "OrderStatus") == "PartiallyFilled");
    CHECK(text_at(row_of(history, 1), "LeavesQuantity") == "4");
    CHECK(text_at(row_of(history, 2), "OrderStatus") == "Filled");
    const JsonValue trades = sim.call("GET", "/interactive/orders/trades").json();
    REQUIRE(trades.find("result")->items().size() == 2);
    CHECK(text_at(row_of(trades, 0), "LastTradedQuantity") == "6");
    CHECK(text_at(row_of(trades, 1), "LastTradedQuantity") == "4");
    CHECK(text_at(row_of(trades, 0), "ExecutionID") != text_at(row_of(trades, 1), "ExecutionID"));
    CHECK(row_of(trades).find("ExecutionID")->is(JsonValue::Kind::string));
    CHECK(text_at(row_of(trades), "AppOrderID") == id);
}

TEST_CASE("an empty book and an unknown order answer the broker's 400", "[brokersim]") {
    const RunningSim sim{quiet_config()};
    check_error(sim.call("GET", "/interactive/orders"), 400, "e-orders-0005");
    check_error(sim.call("GET", "/orders/trades"), 400, "e-orders-0005");
    check_error(sim.call("GET", "/orders?appOrderID=7"), 400, "e-orders-0005");
    check_error(sim.call("DELETE", "/orders?appOrderID=7&clientID=TEST"), 400, "e-orders-0005");
}

TEST_CASE("requests that do not make sense are refused by field", "[brokersim]") {
    const RunningSim sim{quiet_config()};
    const std::string body = recorded_place(reference);
    const auto with = [&body](std::string_view from, std::string_view to) {
        std::string changed = body;
        return changed.replace(changed.find(from), from.size(), to);
    };
    for (const std::string& wrong :
         {with("\"BUY\"", "\"Buy\""), with(":10,", ":0,"), with(":10,", ":1.5,"),
          with("1405.05", "1405.00001"), with("1405.05", "0"), with("\"MIS\"", "\"MISS\""),
          with("NSECM", "NSE"), with("\"orderQuantity\":10,", ""), with("2885", "\"x\""),
          std::string{"[]"}, std::string{"{"}}) {
        INFO(wrong);
        check_error(sim.call("POST", "/orders", wrong), 400, "e-property-validation-failed");
    }
    const Answer answer = sim.call("POST", "/orders", with(":10,", ":0,"));
    CHECK_THAT(answer.body, Catch::Contains(R"("field":["orderQuantity"])"));
    CHECK(sim.accepted(reference).is(JsonValue::Kind::null));
}

TEST_CASE("numbers may come as strings", "[brokersim]") {
    const RunningSim sim{quiet_config()};
    std::string body = recorded_place(reference);
    body.replace(body.find("2885"), 4, "\"2885\"");
    CHECK(sim.call("POST", "/orders", body).status == 200);
}

TEST_CASE("cancelall cancels what is open", "[brokersim]") {
    const RunningSim sim{quiet_config()};
    REQUIRE(sim.place("a").status == 200);
    REQUIRE(sim.place("b").status == 200);
    const Answer other =
        sim.call("POST", "/orders/cancelall",
                 R"({"exchangeSegment":"NSECM","exchangeInstrumentID":1,"clientID":"TEST"})");
    CHECK_THAT(other.body, Catch::Contains(R"("cancelled":0)"));
    const Answer all =
        sim.call("POST", "/interactive/orders/cancelall",
                 R"({"exchangeSegment":"NSECM","exchangeInstrumentID":0,"clientID":"TEST"})");
    CHECK_THAT(all.body, Catch::Contains(R"("cancelled":2)"));
    CHECK(text_at(sim.accepted("b"), "state") == "Cancelled");
}

TEST_CASE("a repeated reference makes a second order unless refused", "[brokersim]") {
    SECTION("by default") {
        const RunningSim sim{quiet_config()};
        CHECK(id_of(sim.place(reference)) != id_of(sim.place(reference)));
        CHECK_THAT(sim.call("GET", "/sim/stats").body,
                   Catch::Contains(R"("repeated_references":1)"));
    }
    SECTION("with refuse_repeated_reference") {
        SimConfig config = quiet_config();
        config.exchange.refuse_repeated_reference = true;
        const RunningSim sim{config};
        CHECK(sim.place(reference).status == 200);
        check_error(sim.place(reference), 400, "e-orders-sim-repeated");
    }
}

TEST_CASE("market orders are refused where the broker refuses them", "[brokersim]") {
    SimConfig config = quiet_config();
    config.place.refuse_market = true;
    const RunningSim sim{config};
    std::string body = recorded_place(reference);
    body.replace(body.find("LIMIT"), 5, "MARKET");
    check_error(sim.call("POST", "/orders", body), 400, "e-orders-0002");
    CHECK(sim.place(reference).status == 200);
}

TEST_CASE("a long reference is kept, cut or refused", "[brokersim]") {
    const std::string longer = "c0ffee0123456789abcdEXTRA";
    SimConfig config = quiet_config();
    SECTION("kept") {
        const RunningSim sim{config};
        CHECK_THAT(sim.place(longer).body, Catch::Contains(longer));
    }
    SECTION("cut") {
        config.place.long_reference = LongReference::truncate;
        const RunningSim sim{config};
        CHECK_THAT(sim.place(longer).body, Catch::Contains("\"c0ffee0123456789abcd\""));
    }
    SECTION("refused") {
        config.place.long_reference = LongReference::refuse;
        const RunningSim sim{config};
        check_error(sim.place(longer), 400, "e-property-validation-failed");
    }
}

TEST_CASE("several requests share one connection", "[brokersim]") {
    const RunningSim sim{quiet_config()};
    const RawClient client{sim.port()};
    for (int i = 0; i < 20; ++i) {
        const Call call{"POST", "/orders", recorded_place("r" + std::to_string(i)), sim.token()};
        client.send(request_text(call));
        const Answer answer = client.receive();
        CHECK(answer.whole);
        CHECK(id_of(answer) == std::to_string(1'000'000'001 + i));
    }
}

TEST_CASE("GET /sim/accepted is read page by page", "[brokersim]") {
    const RunningSim sim{quiet_config()};
    for (const char* name : {"a", "b", "c"}) REQUIRE(sim.place(name).status == 200);
    const JsonValue page = sim.call("GET", "/sim/accepted?limit=2").json();
    CHECK(page.find("orders")->items().size() == 2);
    CHECK(text_at(page, "next") == "1000000002");
    const JsonValue rest = sim.call("GET", "/sim/accepted?after=1000000002").json();
    REQUIRE(rest.find("orders")->items().size() == 1);
    CHECK(text_at(rest.find("orders")->items()[0], "orderUniqueIdentifier") == "c");
    CHECK(rest.find("next")->is(JsonValue::Kind::null));
    CHECK(sim.call("GET", "/sim/accepted?limit=-1").status == 400);
}

}  // namespace tools::brokersim::xts_endpoints_test
