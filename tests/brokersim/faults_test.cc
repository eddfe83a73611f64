// Each fault over a real socket, set at run time through /sim/faults and /sim/script.
#include "tests/brokersim/sim_fixture.h"

#include <chrono>

#include <catch2/catch.hpp>

namespace tools::brokersim::faults_test {

namespace {

using ledger::text::JsonValue;

constexpr const char* reference = "c0ffee0123456789abcd";

void set_faults(const RunningSim& sim, const std::string& json) {
    const Answer answer = sim.call("POST", "/sim/faults", json);
    INFO(answer.body);
    REQUIRE(answer.status == 200);
}

bool was_accepted(const RunningSim& sim) {
    return !sim.accepted(reference).is(JsonValue::Kind::null);
}

std::size_t rows(const Answer& answer) {
    return answer.json().find("result")->items().size();
}

}  // namespace

TEST_CASE("refusing behaviours do nothing and say so", "[brokersim]") {
    const RunningSim sim{quiet_config()};
    set_faults(sim, R"({"place":{"throttle":1}})");
    const Answer throttled = sim.place(reference);
    CHECK(throttled.status == 429);
    CHECK_THAT(throttled.body, Catch::Contains("e-apirl-0004"));
    set_faults(sim, R"({"place":{"reject":1}})");
    CHECK(sim.place(reference).status == 400);
    CHECK_FALSE(was_accepted(sim));
}

TEST_CASE("drop_before_accept closes the connection and does nothing", "[brokersim]") {
    const RunningSim sim{quiet_config()};
    set_faults(sim, R"({"place":{"drop_before_accept":1}})");
    CHECK(sim.place(reference).status == 0);
    CHECK_FALSE(was_accepted(sim));
}

TEST_CASE("accept_then_drop closes the connection after the order is in", "[brokersim]") {
    const RunningSim sim{quiet_config()};
    set_faults(sim, R"({"place":{"accept_then_drop":1}})");
    CHECK(sim.place(reference).status == 0);
    CHECK(was_accepted(sim));
}

TEST_CASE("accept_then_502 answers a gateway's page after the order is in", "[brokersim]") {
    const RunningSim sim{quiet_config()};
    set_faults(sim, R"({"place":{"accept_then_502":1}})");
    const Answer answer = sim.place(reference);
    CHECK(answer.status == 502);
    CHECK_THAT(answer.body, Catch::StartsWith("<html>"));
    CHECK(was_accepted(sim));
}

TEST_CASE("accept_then_truncate breaks off inside the body", "[brokersim]") {
    const RunningSim sim{quiet_config()};
    set_faults(sim, R"({"place":{"accept_then_truncate":1}})");
    const Answer answer = sim.place(reference);
    CHECK(answer.status == 200);
    CHECK_FALSE(answer.whole);
    CHECK_FALSE(answer.body.empty());
    CHECK_FALSE(ledger::text::parse_json(answer.body).has_value());
    CHECK(was_accepted(sim));
}

TEST_CASE("accept_then_reject answers as usual and the book says Rejected", "[brokersim]") {
    const RunningSim sim{quiet_config()};
    set_faults(sim, R"({"place":{"accept_then_reject":1}})");
    CHECK(sim.place(reference).status == 200);
    CHECK_THAT(sim.call("GET", "/orders").body, Catch::Contains(R"("OrderStatus":"Rejected")"));
}

TEST_CASE("hanging ends with a closed connection", "[brokersim]") {
    const RunningSim sim{quiet_config()};
    set_faults(sim, R"({"hang_ms":1,"place":{"accept_then_hang":1}})");
    CHECK(sim.place(reference).status == 0);
    CHECK(was_accepted(sim));
    set_faults(sim, R"({"hang_ms":1,"place":{"hang_before_accept":1}})");
    CHECK(sim.place("other").status == 0);
    CHECK(sim.accepted("other").is(JsonValue::Kind::null));
}

TEST_CASE("while one request hangs others are answered", "[brokersim]") {
    const RunningSim sim{quiet_config()};
    const Answer scripted = sim.call("POST", "/sim/script", R"([{"do":"accept_then_hang"}])");
    REQUIRE(scripted.body == R"({"steps":1})");
    const RawClient hanging{sim.port()};
    const Call call{"POST", "/orders", recorded_place(reference), sim.token()};
    hanging.send(request_text(call));
    // The order of the hanging request is in as soon as a later request finds it.
    while (!was_accepted(sim)) std::this_thread::yield();
    CHECK(sim.place("next").status == 200);
}

TEST_CASE("a latency lets the order in first and answers after it", "[brokersim]") {
    const RunningSim sim{quiet_config()};
    set_faults(sim, R"({"place":{"latency":{"shape":"fixed","ms":30}}})");
    const auto before = std::chrono::steady_clock::now();
    CHECK(sim.place(reference).status == 200);
    CHECK(std::chrono::steady_clock::now() - before >= std::chrono::milliseconds{30});
}

TEST_CASE("modify, cancel and read have faults of their own", "[brokersim]") {
    const RunningSim sim{quiet_config()};
    set_faults(sim, R"({"cancel":{"accept_then_drop":1},"modify":{"throttle":1},
                        "read":{"accept_then_502":1}})");
    REQUIRE(sim.place(reference).status == 200);
    CHECK(sim.call("PUT", "/orders",
                   R"({"appOrderID":1000000001,"modifiedProductType":"MIS",)"
                   R"("modifiedOrderType":"LIMIT","modifiedOrderQuantity":8,)"
                   R"("modifiedLimitPrice":1406,"modifiedTimeInForce":"DAY"})")
              .status == 429);
    CHECK(sim.call("GET", "/orders").status == 502);
    CHECK(sim.call("DELETE", "/orders?appOrderID=1000000001").status == 0);
    CHECK(sim.accepted(reference).find("state")->text() == "Cancelled");
    CHECK(sim.accepted(reference).find("orderQuantity")->text() == "10");
}

TEST_CASE("an order accepted late in sight is in no book, history or trade", "[brokersim]") {
    const RunningSim sim{quiet_config()};
    set_faults(sim, R"({"visibility_delay_ms":3600000})");
    REQUIRE(sim.place(reference).status == 200);
    CHECK_THAT(sim.call("GET", "/orders").body, Catch::Contains("e-orders-0005"));
    CHECK_THAT(sim.call("GET", "/orders?appOrderID=1000000001").body,
               Catch::Contains("e-orders-0001"));
    CHECK(was_accepted(sim));
    set_faults(sim, "{}");
    REQUIRE(sim.place("seen").status == 200);
    CHECK(rows(sim.call("GET", "/orders")) == 1);
}

TEST_CASE("an order comes in sight when its delay is over", "[brokersim]") {
    const RunningSim sim{quiet_config()};
    const Answer scripted =
        sim.call("POST", "/sim/script", R"([{"do":"answer","visibility_delay_ms":20}])");
    REQUIRE(scripted.status == 200);
    REQUIRE(sim.place(reference).status == 200);
    Answer book = sim.call("GET", "/orders");
    while (book.status != 200) book = sim.call("GET", "/orders");
    CHECK(rows(book) == 1);
}

TEST_CASE("rows are repeated and shuffled on demand", "[brokersim]") {
    const RunningSim sim{quiet_config()};
    for (int i = 0; i < 30; ++i) REQUIRE(sim.place("r" + std::to_string(i)).status == 200);
    CHECK(rows(sim.call("GET", "/orders")) == 30);
    const std::string in_order = sim.call("GET", "/orders").body;
    set_faults(sim, R"({"repeat_rows":1})");
    CHECK(rows(sim.call("GET", "/orders")) == 60);
    set_faults(sim, R"({"shuffle_rows":1})");
    const Answer shuffled = sim.call("GET", "/orders");
    CHECK(rows(shuffled) == 30);
    CHECK(shuffled.body != in_order);
}

TEST_CASE("a session expires after as many requests as it may serve", "[brokersim]") {
    const RunningSim sim{quiet_config()};
    set_faults(sim, R"({"session_requests_max":2})");
    CHECK(sim.place("a").status == 200);
    CHECK(sim.place("b").status == 200);
    const Answer expired = sim.place("c");
    CHECK(expired.status == 400);
    CHECK_THAT(expired.body, Catch::Contains("e-session-0002"));
}

TEST_CASE("a script picks out one reference", "[brokersim]") {
    const RunningSim sim{quiet_config()};
    REQUIRE(sim.call("POST", "/sim/script",
                     R"([{"do":"accept_then_drop","orderUniqueIdentifier":")" +
                         std::string{reference} + R"("}])")
                .status == 200);
    CHECK(sim.place("other").status == 200);
    CHECK(sim.place(reference).status == 0);
    CHECK(sim.place(reference).status == 200);
    CHECK_THAT(sim.call("GET", "/sim/stats").body,
               Catch::Contains(R"("place":{"answer":2,"accept_then_drop":1})"));
}

TEST_CASE("wrong faults and scripts change nothing", "[brokersim]") {
    const RunningSim sim{quiet_config()};
    set_faults(sim, R"({"seed":9})");
    const std::string before = sim.call("GET", "/sim/faults").body;
    const Answer refused = sim.call("POST", "/sim/faults", R"({"place":{"rejct":1}})");
    CHECK(refused.status == 400);
    CHECK_THAT(refused.body, Catch::Contains("nearest known: faults.place.reject"));
    CHECK(sim.call("GET", "/sim/faults").body == before);
    CHECK(sim.call("POST", "/sim/script", R"([{"do":"explode"}])").status == 400);
    CHECK(sim.call("POST", "/sim/prices", R"([{"exchangeSegment":"NSECM","price":1}])").status ==
          400);
}

}  // namespace tools::brokersim::faults_test
