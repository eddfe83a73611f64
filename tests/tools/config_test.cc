#include "tools/config.h"

#include "tests/tools/tool_fixture.h"

#include <vector>

#include <catch2/catch.hpp>

namespace tools::test::config_test {

namespace {

using ledger::replication::UnknownInstrument;

ledger::Result<Config> config_of(const std::string& toml) {
    const TemporaryDirectory directory;
    return load_config(directory.file("copyledger.toml", toml));
}

Config loaded(const std::string& toml) {
    auto config = config_of(toml);
    if (!config) FAIL(config.error().detail << "\n" << toml);
    return std::move(config).value();
}

ledger::Error error_of(const std::string& toml) {
    const auto config = config_of(toml);
    INFO(toml);
    REQUIRE_FALSE(config.has_value());
    return config.error();
}

// Loading what was printed and printing it again changes nothing.
void check_round_trip(const Config& config) {
    const std::string printed = print_config(config);
    CHECK(print_config(loaded(printed)) == printed);
}

}  // namespace

TEST_CASE("without a file every key has its default, and one broker in this process", "[tools]") {
    const auto config = load_config("");
    REQUIRE(config.has_value());
    CHECK(config.value().data == "./copyledger-data");
    CHECK(config.value().http.listen == "127.0.0.1:8080");
    CHECK(config.value().sync);
    CHECK(config.value().policy.unknown_instrument == UnknownInstrument::cash_only);
    CHECK(config.value().policy.max_age_market_ns == 30'000'000'000);
    CHECK(config.value().policy.max_age_other_ns == 300'000'000'000);
    CHECK_FALSE(config.value().policy.require_consent);
    CHECK(config.value().policy.max_equity_age_ns == 86'400'000'000'000);
    CHECK(config.value().policy.weekends_closed);
    CHECK(config.value().policy.holidays.empty());
    CHECK(config.value().calendar ==
          ledger::Calendar{.utc_offset_minutes = 330, .session_start_minute = 540});
    REQUIRE(config.value().brokers.size() == 1);
    CHECK(config.value().brokers.begin()->first == "simulated");
    CHECK(config.value().brokers.begin()->second.adapter == "simulated");
}

TEST_CASE("the printed defaults are a configuration file with the same defaults", "[tools]") {
    const auto defaults = load_config("");
    REQUIRE(defaults.has_value());
    check_round_trip(defaults.value());
}

TEST_CASE("an empty configuration file is the defaults", "[tools]") {
    CHECK(print_config(loaded("")) == print_config(load_config("").value()));
}

TEST_CASE("a configuration file sets what it names and survives being printed", "[tools]") {
    const Config config = loaded(R"(
data = "/var/lib/copyledger"
[http]
listen = "[::1]:9999"
connections_max = 7
body_bytes_max = 2048
[ledger]
sync = false
snapshot_every_events = 12
[audit]
witness = "/mnt/witness"
[brokers.one]
adapter = "xts"
base_url = "https://broker.example:8443/interactive"
orders_per_second = 3
timeout_ms = 1500
visibility_window_ms = 60000
poll_interval_ms = 250
connections_max = 5
[brokers.two]
adapter = "simulated"
[instruments]
files = ["a.csv", { path = "b.txt", date = "1970-01-02" }, { path = "c" }]
unknown = "refuse"
[orders]
max_age_market_ms = 1000
max_age_other_ms = 2000
[risk]
require_consent = true
max_equity_age_ms = 60000
[calendar]
utc_offset = "-04:30"
session_start = "00:01"
weekends_closed = false
holidays = ["2026-11-24", "1970-01-02", "2026-11-24"]
)");
    CHECK(config.data == "/var/lib/copyledger");
    CHECK(config.http.listen == "[::1]:9999");
    CHECK(config.http.connections_max == 7);
    CHECK(config.http.body_bytes_max == 2048);
    CHECK_FALSE(config.sync);
    CHECK(config.snapshot_every_events == 12);
    CHECK(config.witness == "/mnt/witness");
    REQUIRE(config.brokers.size() == 2);
    const BrokerConfig& one = config.brokers.at("one");
    CHECK(one.base_url == "https://broker.example:8443/interactive");
    CHECK(one.orders_per_second == 3);
    CHECK(one.timeout_ms == 1500);
    CHECK(one.visibility_window_ms == 60'000);
    CHECK(one.poll_interval_ms == 250);
    CHECK(one.connections_max == 5);
    CHECK(config.brokers.at("two").adapter == "simulated");
    CHECK(config.instrument_files ==
          std::vector<InstrumentFile>{{"a.csv", {}}, {"b.txt", 1}, {"c", {}}});
    CHECK(config.policy.unknown_instrument == UnknownInstrument::refuse);
    CHECK(config.policy.max_age_market_ns == 1'000'000'000);
    CHECK(config.policy.max_age_other_ns == 2'000'000'000);
    CHECK(config.policy.require_consent);
    CHECK(config.policy.max_equity_age_ns == 60'000'000'000);
    CHECK(config.calendar ==
          ledger::Calendar{.utc_offset_minutes = -270, .session_start_minute = 1});
    CHECK_FALSE(config.policy.weekends_closed);
    CHECK(config.policy.holidays == std::vector<std::int32_t>{1, 20'781});
    check_round_trip(config);
}

TEST_CASE("texts that TOML must escape survive being printed", "[tools]") {
    Config config = load_config("").value();
    config.data = "a \"quoted\" back\\slash\tand\nlines \x7f, also \xe2\x82\xb9";
    config.instrument_files = {{"with, comma.csv", {}}, {"]", 20'777}};
    const Config again = loaded(print_config(config));
    CHECK(again.data == config.data);
    CHECK(again.instrument_files == config.instrument_files);
}

TEST_CASE("a broker's name may be any text", "[tools]") {
    for (const std::string name : {"my broker", "a.b", "\"quoted\"", "x]\n[http", "7-up_Ltd", ""}) {
        Config config = load_config("").value();
        config.brokers = {{name, BrokerConfig{}}};
        const Config again = loaded(print_config(config));
        REQUIRE(again.brokers.size() == 1);
        CHECK(again.brokers.begin()->first == name);
    }
}

TEST_CASE("an unknown key is an error that names it and the nearest known one", "[tools]") {
    struct Case {
        const char* toml;
        const char* key;
        const char* nearest;
    };

    const std::vector<Case> cases{
        {"dta = \"x\"", "dta", "data"},
        {"[http]\nlisen = \"127.0.0.1:1\"", "http.lisen", "http.listen"},
        {"[ledgr]\nsync = true", "ledgr", "ledger"},
        {"[brokers.one]\ntimeout = 3", "brokers.one.timeout", "brokers.one.timeout_ms"},
        {"[orders]\nmax_age_markt_ms = 3", "orders.max_age_markt_ms", "orders.max_age_market_ms"},
        {"[risk]\nrequire_consnt = true", "risk.require_consnt", "risk.require_consent"},
        {"[calendar]\nholiday = []", "calendar.holiday", "calendar.holidays"},
        {"[instruments]\nfiles = [{ path = \"a\", day = \"\" }]", "instruments.files.day",
         "instruments.files.date"},
    };
    for (const auto& [toml, key, nearest] : cases) {
        const ledger::Error error = error_of(toml);
        CHECK(error.code == ledger::Errc::invalid_input);
        CHECK(error.field == key);
        CHECK(error.detail.ends_with(std::string{"nearest known: "} + nearest));
    }
}

TEST_CASE("a bad value is an error that names its key", "[tools]") {
    struct Case {
        const char* toml;
        const char* key;
    };

    const std::vector<Case> cases{
        {"data = 3", "data"},
        {"http = 3", "http"},
        {"[http]\nlisten = 8080", "http.listen"},
        {"[http]\nconnections_max = 0", "http.connections_max"},
        {"[http]\nbody_bytes_max = 1023", "http.body_bytes_max"},
        {"[ledger]\nsync = \"yes\"", "ledger.sync"},
        {"[ledger]\nsnapshot_every_events = 1.5", "ledger.snapshot_every_events"},
        {"brokers = 3", "brokers"},
        {"[brokers]\none = \"xts\"", "brokers.one"},
        {"[brokers.one]\nadapter = \"fix\"", "brokers.one.adapter"},
        {"[brokers.one]\nbase_url = 1", "brokers.one.base_url"},
        {"[brokers.one]\norders_per_second = 0", "brokers.one.orders_per_second"},
        {"[brokers.one]\ntimeout_ms = -1", "brokers.one.timeout_ms"},
        {"[brokers.one]\nvisibility_window_ms = 86400001", "brokers.one.visibility_window_ms"},
        {"[brokers.one]\npoll_interval_ms = 9", "brokers.one.poll_interval_ms"},
        {"[brokers.one]\nconnections_max = true", "brokers.one.connections_max"},
        {"[instruments]\nfiles = \"a.csv\"", "instruments.files"},
        {"[instruments]\nfiles = [1]", "instruments.files"},
        {"[instruments]\nfiles = [{}]", "instruments.files.path"},
        {"[instruments]\nfiles = [{ path = \"a\", date = \"2026-11-31\" }]",
         "instruments.files.date"},
        {"[instruments]\nunknown = \"maybe\"", "instruments.unknown"},
        {"[risk]\nrequire_consent = 1", "risk.require_consent"},
        {"[risk]\nmax_equity_age_ms = 0", "risk.max_equity_age_ms"},
        {"calendar = 3", "calendar"},
        {"[calendar]\nutc_offset = \"05:30\"", "calendar.utc_offset"},
        {"[calendar]\nutc_offset = \"+14:01\"", "calendar.utc_offset"},
        {"[calendar]\nutc_offset = 330", "calendar.utc_offset"},
        {"[calendar]\nsession_start = \"24:00\"", "calendar.session_start"},
        {"[calendar]\nsession_start = \"9:00\"", "calendar.session_start"},
        {"[calendar]\nsession_start = \"09:60\"", "calendar.session_start"},
        {"[calendar]\nweekends_closed = \"yes\"", "calendar.weekends_closed"},
        {"[calendar]\nholidays = \"2026-11-24\"", "calendar.holidays"},
        {"[calendar]\nholidays = [\"2026-11-31\"]", "calendar.holidays"},
        {"[calendar]\nholidays = [3]", "calendar.holidays"},
        {"[orders]\nmax_age_market_ms = 0", "orders.max_age_market_ms"},
        {"[orders]\nmax_age_other_ms = 99999999999999999", "orders.max_age_other_ms"},
    };
    for (const auto& [toml, key] : cases) {
        const ledger::Error error = error_of(toml);
        CHECK(error.code == ledger::Errc::invalid_input);
        CHECK(error.field == key);
    }
}

TEST_CASE("a setting of a part that this version lacks is refused, not left out", "[tools]") {
    CHECK(error_of("[http]\ntls_certificate = \"cert.pem\"").field == "http.tls_certificate");
    CHECK(error_of("[http]\ntls_key = \"key.pem\"").field == "http.tls_key");
    CHECK(error_of("[http]\nregistration = \"open\"").field == "http.registration");
}

TEST_CASE("what is no TOML is an error that names the line", "[tools]") {
    const ledger::Error error = error_of("data = \"x\"\n[http\n");
    CHECK(error.code == ledger::Errc::invalid_input);
    CHECK(error.detail.find("line 2") != std::string::npos);
}

TEST_CASE("a configuration file that is not there cannot be opened", "[tools]") {
    const auto config = load_config("/nonexistent/copyledger.toml");
    REQUIRE_FALSE(config.has_value());
    CHECK(config.error().code == ledger::Errc::unavailable);
}

}  // namespace tools::test::config_test
