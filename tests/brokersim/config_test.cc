#include "tests/brokersim/sim_fixture.h"
#include "tools/brokersim/sim_config.h"
#include "tools/settings/listen_address.h"

#include <fstream>
#include <iterator>

#include <catch2/catch.hpp>

namespace tools::brokersim::config_test {

namespace {

ledger::Result<SimConfig> config_of(const std::string& toml) {
    const TemporaryDirectory directory;
    const std::string path = directory.file("sim.toml");
    std::ofstream{path} << toml;
    return load_config(path);
}

std::string config_error(const std::string& toml) {
    const auto config = config_of(toml);
    return config ? std::string{} : config.error().detail;
}

}  // namespace

TEST_CASE("without a file every key has its default", "[brokersim]") {
    const auto config = load_config("");
    REQUIRE(config.has_value());
    CHECK(config.value().listen == "127.0.0.1:9090");
    CHECK(config.value().sync);
    CHECK(config.value().faults == FaultSettings{});
}

TEST_CASE("a configuration file sets what it names", "[brokersim]") {
    const auto config = config_of(R"(
listen = "127.0.0.1:0"
journal = ""
sync = false
[limits]
orders_max = 5
[login]
accept_unregistered_keys = false
cash_available = 2500.50
[[accounts]]
app_key = "key"
secret_key = "secret"
client_id = "IIFL24"
[orders]
first_app_order_id = 1234567890123456789
long_reference = "truncate"
[matching]
fill_quantity_max = 7
price_without_market = 99.95
[[prices]]
exchangeSegment = "NSECM"
exchangeInstrumentID = 2885
price = 1405.05
[faults]
seed = 3
[faults.place]
reject = 0.000001
latency = { shape = "lognormal", p50_ms = 40, p99_ms = 400 }
)");
    INFO((config ? std::string{} : config.error().detail));
    REQUIRE(config.has_value());
    const SimConfig& sim = config.value();
    CHECK_FALSE(sim.sync);
    CHECK(sim.store.orders_max == 5);
    CHECK(sim.login.cash_available == ledger::Money{25'005'000});
    REQUIRE(sim.login.accounts.size() == 1);
    CHECK(sim.login.accounts[0].client_id == "IIFL24");
    CHECK(sim.first_app_order_id == AppOrderId{1'234'567'890'123'456'789});
    CHECK(sim.place.long_reference == LongReference::truncate);
    CHECK(sim.exchange.matching.price_without_market == ledger::Price{999'500});
    REQUIRE(sim.prices.size() == 1);
    CHECK(sim.prices[0].price == ledger::Price{14'050'500});
    CHECK(sim.faults.operations[0].rates[1] == 1);
    CHECK(sim.faults.operations[0].latency == Latency{Latency::Shape::lognormal, 40, 400});
}

TEST_CASE("the documented configuration is read, and holds the defaults", "[brokersim]") {
    std::ifstream file{COPYLEDGER_SOURCE_DIR "/docs/brokersim.md"};
    const std::string page{std::istreambuf_iterator<char>{file}, {}};
    const std::size_t begin = page.find("```toml\n") + 8;
    REQUIRE(begin > 8);
    const auto config = config_of(page.substr(begin, page.find("```", begin) - begin));
    INFO((config ? std::string{} : config.error().detail));
    REQUIRE(config.has_value());
    const SimConfig& documented = config.value();
    const SimConfig standard;
    CHECK(documented.listen == standard.listen);
    CHECK(documented.journal == standard.journal);
    CHECK(documented.sync == standard.sync);
    CHECK(documented.first_app_order_id == standard.first_app_order_id);
    CHECK(documented.connections_max == standard.connections_max);
    CHECK(documented.body_bytes_max == standard.body_bytes_max);
    CHECK(documented.store.orders_max == standard.store.orders_max);
    CHECK(documented.store.trades_max == standard.store.trades_max);
    CHECK(documented.store.moments_per_order_max == standard.store.moments_per_order_max);
    CHECK(documented.exchange.instruments_max == standard.exchange.instruments_max);
    CHECK(documented.login.cash_available == standard.login.cash_available);
    CHECK(documented.login.sessions_max == standard.login.sessions_max);
    CHECK(documented.place.reference_bytes_max == standard.place.reference_bytes_max);
    CHECK(documented.exchange.matching.price_without_market ==
          standard.exchange.matching.price_without_market);
    CHECK(documented.faults == standard.faults);
}

TEST_CASE("an unknown key is refused with the nearest known one", "[brokersim]") {
    CHECK_THAT(config_error("journl = \"x\""),
               Catch::Contains("journl: unknown key; nearest known: journal"));
    CHECK_THAT(config_error("[orders]\nrefuse_markt = true"),
               Catch::Contains("orders.refuse_markt: unknown key; nearest known: "
                               "orders.refuse_market"));
}

TEST_CASE("values of the wrong kind or out of bounds are refused by name", "[brokersim]") {
    CHECK_THAT(config_error("sync = 1"), Catch::Contains("sync: must be true or false"));
    CHECK_THAT(config_error("[limits]\norders_max = 0"),
               Catch::Contains("limits.orders_max: must be a number from 1 to"));
    CHECK_THAT(config_error("listen = 2020-01-01"), Catch::Contains("line 1"));
    CHECK_THAT(config_error("= 3"), Catch::Contains("line 1"));
    CHECK_THAT(config_error("[[accounts]]\napp_key = \"a\""),
               Catch::Contains("accounts[0].client_id: is required"));
    CHECK(load_config("/nonexistent/sim.toml").error().code == ledger::Errc::unavailable);
}

TEST_CASE("an address to listen on is a host and a port", "[brokersim]") {
    CHECK(tools::settings::parse_listen("127.0.0.1:9090").value().port == 9090);
    CHECK(tools::settings::parse_listen("[::1]:0").value().host == "::1");
    CHECK(tools::settings::parse_listen("localhost:1").value().host == "127.0.0.1");
    CHECK_FALSE(tools::settings::parse_listen("9090").has_value());
    CHECK_FALSE(tools::settings::parse_listen(":9090").has_value());
    CHECK_FALSE(tools::settings::parse_listen("127.0.0.1:65536").has_value());
    CHECK_FALSE(tools::settings::parse_listen("127.0.0.1:x").has_value());
}

}  // namespace tools::brokersim::config_test
