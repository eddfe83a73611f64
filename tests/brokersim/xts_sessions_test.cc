// Logging in, tokens, and whose orders a session may see.
#include "tests/brokersim/sim_fixture.h"

#include <catch2/catch.hpp>

namespace tools::brokersim::xts_sessions_test {

namespace {

using ledger::text::JsonValue;

constexpr const char* reference = "c0ffee0123456789abcd";

}  // namespace

TEST_CASE("a login answers what the clients read", "[brokersim]") {
    const RunningSim sim{quiet_config()};
    const Answer answer = sim.call("POST", "/interactive/user/session",
                                   R"({"secretKey":"any","appKey":"IIFL24","source":"WEBAPI"})");
    const JsonValue body = answer.json();
    const JsonValue& result = *body.find("result");
    CHECK(text_at(body, "type") == "success");
    CHECK(text_at(result, "userID") == "IIFL24");
    CHECK(result.find("isInvestorClient")->boolean());
    CHECK_FALSE(result.find("isOneTouchUser")->boolean());
    CHECK(result.find("clientCodes")->items()[0].text() == "IIFL24");
    CHECK(result.find("enums")->is(JsonValue::Kind::object));
    CHECK(result.find("exchangeSegmentArray")->items().size() == 6);
    CHECK_FALSE(text_at(result, "token").empty());
}

TEST_CASE("a token is needed, and is good until logout", "[brokersim]") {
    const RunningSim sim{quiet_config()};
    const Call without{"GET", "/interactive/orders", {}, {}};
    check_error(exchange(sim.port(), without), 401, "e-token-0002");
    const Call wrong{"GET", "/interactive/orders", {}, "nonsense"};
    check_error(exchange(sim.port(), wrong), 400, "e-session-0002");
    CHECK(sim.call("DELETE", "/interactive/user/session").status == 200);
    check_error(sim.call("GET", "/interactive/user/profile"), 400, "e-session-0002");
}

TEST_CASE("registered keys have their own client, secret and no other", "[brokersim]") {
    SimConfig config = quiet_config();
    config.login.accounts = {{"TEST", "s", "IIFL24", false}, {"desk", "s", "DEALER", true}};
    config.login.accept_unregistered_keys = false;
    const RunningSim sim{config};
    const auto login = [&sim](const std::string& key, const std::string& secret) {
        return sim.call("POST", "/user/session",
                        R"({"appKey":")" + key + R"(","secretKey":")" + secret + "\"}");
    };
    check_error(login("TEST", "wrong"), 400, "e-session-0001");
    check_error(login("nobody", "s"), 400, "e-session-0001");
    CHECK_THAT(login("desk", "s").body, Catch::Contains(R"("isInvestorClient":false)"));
    CHECK_THAT(sim.call("GET", "/user/profile").body, Catch::Contains("IIFL24"));
    // The recorded body names TEST, which is not this session's client.
    check_error(sim.place(reference), 400, "e-property-validation-failed");
    const Call dealer{"POST", "/orders", recorded_place(reference), log_in(sim.port(), "desk")};
    CHECK(exchange(sim.port(), dealer).status == 200);
    CHECK(text_at(sim.accepted(reference), "clientID") == "TEST");
}

TEST_CASE("clients do not see each other's orders", "[brokersim]") {
    const RunningSim sim{quiet_config()};
    const std::string id = id_of(sim.place(reference));
    const std::string other = log_in(sim.port(), "OTHER");
    const Call book{"GET", "/orders", {}, other};
    check_error(exchange(sim.port(), book), 400, "e-orders-0005");
    const Call history{"GET", "/orders?appOrderID=" + id, {}, other};
    check_error(exchange(sim.port(), history), 400, "e-orders-0005");
}

TEST_CASE("balance and profile answer", "[brokersim]") {
    const RunningSim sim{quiet_config()};
    CHECK_THAT(sim.call("GET", "/user/balance").body,
               Catch::Contains(R"("cashAvailable":"10000000.00")"));
    CHECK_THAT(sim.call("GET", "/interactive/user/profile?clientID=undefined").body,
               Catch::Contains(R"("ClientId":"TEST")"));
}

}  // namespace tools::brokersim::xts_sessions_test
