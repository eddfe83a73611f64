#include "tools/config.h"

#include "ledger/base/byte_size.h"
#include "ledger/base/time_units.h"
#include "tools/calendar_config.h"
#include "tools/day.h"
#include "tools/settings/object_reader.h"
#include "tools/settings/toml_tree.h"

#include <utility>

namespace tools {

namespace {

using ledger::Result;
using ledger::replication::Policy;
using ledger::replication::UnknownInstrument;
using ledger::text::JsonValue;
using settings::ObjectReader;

constexpr std::int64_t day_ms = 86'400'000;
constexpr std::size_t retention_years_max = 100;
const std::vector<std::string_view> adapters{"xts", "simulated"};

// Settings of parts that this version lacks: known, so that they are no typing errors, and refused
// rather than quietly left out.
void refuse_unsupported(ObjectReader& reader) {
    for (const std::string_view key : {"tls_certificate", "tls_key"}) {
        if (!reader.text(key, "").empty()) reader.fail(key, "HTTPS is not in this version");
    }
    if (reader.choice("registration", 0, {"closed", "open"}) != 0) {
        reader.fail("registration", "is closed in this version");
    }
}

Result<void> read_http(const JsonValue& object, HttpConfig& http) {
    ObjectReader reader{object, "http"};
    http.listen = reader.text("listen", http.listen);
    refuse_unsupported(reader);
    http.connections_max = reader.size("connections_max", http.connections_max, {1, 100'000});
    http.body_bytes_max =
        reader.size("body_bytes_max", http.body_bytes_max, {ledger::kib, 16 * ledger::mib});
    return reader.finish();
}

Result<void> read_ledger(const JsonValue& object, Config& config) {
    ObjectReader reader{object, "ledger"};
    config.sync = reader.boolean("sync", config.sync);
    config.snapshot_every_events =
        reader.size("snapshot_every_events", config.snapshot_every_events, {1, 1'000'000'000});
    config.retention_years = static_cast<std::uint32_t>(
        reader.size("retention_years", config.retention_years, {0, retention_years_max}));
    return reader.finish();
}

Result<void> read_audit(const JsonValue& object, Config& config) {
    ObjectReader reader{object, "audit"};
    config.witness = reader.text("witness", config.witness);
    return reader.finish();
}

Result<BrokerConfig> read_broker(const JsonValue& object, const std::string& name) {
    ObjectReader reader{object, "brokers." + name};
    BrokerConfig broker;
    broker.adapter = adapters[reader.choice("adapter", 0, adapters)];
    broker.base_url = reader.text("base_url", broker.base_url);
    broker.orders_per_second = static_cast<std::uint32_t>(
        reader.integer("orders_per_second", broker.orders_per_second, {1, 1'000'000}));
    broker.timeout_ms = reader.integer("timeout_ms", broker.timeout_ms, {1, day_ms});
    broker.visibility_window_ms =
        reader.integer("visibility_window_ms", broker.visibility_window_ms, {1, day_ms});
    broker.poll_interval_ms =
        reader.integer("poll_interval_ms", broker.poll_interval_ms, {10, day_ms});
    broker.connections_max = reader.size("connections_max", broker.connections_max, {1, 10'000});
    BOOST_OUTCOME_TRY(reader.finish());
    return broker;
}

Result<void> read_brokers(const JsonValue& object, Config& config) {
    for (const auto& [name, value] : object.members()) {
        if (!value.is(JsonValue::Kind::object)) {
            return ledger::invalid_field("brokers." + name, "is a table: [brokers." + name + "]");
        }
        BOOST_OUTCOME_TRY(BrokerConfig broker, read_broker(value, name));
        config.brokers.emplace(name, std::move(broker));
    }
    return boost::outcome_v2::success();
}

// "a.csv", or { path = "a.csv", date = "2026-11-20" }.
Result<InstrumentFile> read_instrument_file(const JsonValue& value) {
    if (value.is(JsonValue::Kind::string)) return InstrumentFile{value.text(), {}};
    if (!value.is(JsonValue::Kind::object)) {
        return ledger::invalid_field("instruments.files",
                                     "instruments.files: is a list of paths, or of { path = "
                                     "\"FILE\", date = \"YYYY-MM-DD\" }");
    }
    ObjectReader reader{value, "instruments.files"};
    InstrumentFile file{reader.text("path", ""), {}};
    if (file.path.empty()) reader.fail("path", "is required");
    const std::string date = reader.text("date", "");
    if (!date.empty()) {
        file.day = parse_day(date);
        if (!file.day) reader.fail("date", "must be a day such as \"2026-11-20\"");
    }
    BOOST_OUTCOME_TRY(reader.finish());
    return file;
}

Result<void> read_instruments(const JsonValue& object, Config& config) {
    ObjectReader reader{object, "instruments"};
    if (const JsonValue* files = reader.array("files")) {
        for (const JsonValue& file : files->items()) {
            BOOST_OUTCOME_TRY(InstrumentFile read, read_instrument_file(file));
            config.instrument_files.push_back(std::move(read));
        }
    }
    config.policy.unknown_instrument =
        static_cast<UnknownInstrument>(reader.choice("unknown", 0, unknown_instrument_words));
    return reader.finish();
}

Result<void> read_orders(const JsonValue& object, Policy& policy) {
    ObjectReader reader{object, "orders"};
    policy.max_age_market_ns =
        ledger::ns_per_ms * reader.integer("max_age_market_ms",
                                           policy.max_age_market_ns / ledger::ns_per_ms,
                                           {1, day_ms});
    policy.max_age_other_ns =
        ledger::ns_per_ms * reader.integer("max_age_other_ms",
                                           policy.max_age_other_ns / ledger::ns_per_ms,
                                           {1, day_ms});
    return reader.finish();
}

Result<void> read_risk(const JsonValue& object, Policy& policy) {
    constexpr std::int64_t year_ms = 366 * day_ms;
    ObjectReader reader{object, "risk"};
    policy.require_consent = reader.boolean("require_consent", policy.require_consent);
    policy.max_equity_age_ns =
        ledger::ns_per_ms * reader.integer("max_equity_age_ms",
                                           policy.max_equity_age_ns / ledger::ns_per_ms,
                                           {1, year_ms});
    return reader.finish();
}

Result<Config> read_config(const JsonValue& root) {
    Config config;
    ObjectReader reader{root, ""};
    config.data = reader.text("data", config.data);
    if (const auto* part = reader.object("http")) {
        BOOST_OUTCOME_TRY(read_http(*part, config.http));
    }
    if (const auto* part = reader.object("ledger")) {
        BOOST_OUTCOME_TRY(read_ledger(*part, config));
    }
    if (const auto* part = reader.object("audit")) {
        BOOST_OUTCOME_TRY(read_audit(*part, config));
    }
    if (const auto* part = reader.object("brokers")) {
        BOOST_OUTCOME_TRY(read_brokers(*part, config));
    }
    if (const auto* part = reader.object("instruments")) {
        BOOST_OUTCOME_TRY(read_instruments(*part, config));
    }
    if (const auto* part = reader.object("orders")) {
        BOOST_OUTCOME_TRY(read_orders(*part, config.policy));
    }
    if (const auto* part = reader.object("risk")) {
        BOOST_OUTCOME_TRY(read_risk(*part, config.policy));
    }
    if (const auto* part = reader.object("calendar")) {
        BOOST_OUTCOME_TRY(read_calendar(*part, config));
    }
    BOOST_OUTCOME_TRY(reader.finish());
    return config;
}

void add_default_broker(Config& config) {
    if (!config.brokers.empty()) return;
    BrokerConfig broker;
    broker.adapter = "simulated";
    config.brokers.emplace("simulated", broker);
}

}  // namespace

Result<Config> load_config(const std::string& path) {
    Config config;
    if (!path.empty()) {
        BOOST_OUTCOME_TRY(const JsonValue root, settings::read_toml_file(path));
        BOOST_OUTCOME_TRY(config, read_config(root));
    }
    add_default_broker(config);
    return config;
}

}  // namespace tools
